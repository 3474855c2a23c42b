//! Types and expressions that need one line: where the spaces stand between their tokens.

use std::ops::Range;

use super::flat::{Flat, Kind};

/// What a row of tokens is, which decides what `<` means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    Type,
    Expression,
    Pattern,
}

/// Words after which an expression is laid out by more than its width, or that begin no expression.
const REFUSED: [&str; 23] = [
    "as", "async", "await", "break", "const", "continue", "else", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "return", "static", "struct", "unsafe", "use", "while",
];
/// Words that no bracket, mark or path leans upon; lifetimes are like them.
const APART: [&str; 5] = ["as", "dyn", "for", "impl", "mut"];

/// What stands before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Word,
    /// A word of [`APART`], or a lifetime.
    Apart,
    /// A bracket or a mark that ends a value or a type.
    Close,
    /// A mark that wants no space behind it, or has it already.
    Mark,
}

/// Appends tokens as they stand on one line. Nothing where they may want several lines whatever their width is, or where
/// it takes more than this to tell.
pub(super) fn append(
    flat: &Flat,
    range: Range<usize>,
    context: Context,
    out: &mut String,
) -> Option<()> {
    let mut before = Before::Nothing;
    // How many `<` are open.
    let mut angles = 0_usize;
    // Of each bracket that is open whether a comma before its end means nothing, as it does unless it makes a tuple.
    let mut brackets: Vec<bool> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let is_type = context == Context::Type || angles > 0;
        let mut width = 1;
        match flat.kind(at)? {
            Kind::Word => {
                let word = flat.text(at);
                if !is_type && REFUSED.contains(&word) {
                    return None;
                }
                if !matches!(before, Before::Nothing | Before::Mark) {
                    out.push(' ');
                }
                out.push_str(word);
                let apart = APART.contains(&word) || at > range.start && flat.is(at - 1, '\'');
                before = if apart { Before::Apart } else { Before::Word };
            }
            Kind::Literal => {
                if !matches!(before, Before::Nothing | Before::Mark) || flat.text(at).contains('\n')
                {
                    return None;
                }
                out.push_str(flat.text(at));
                before = Before::Word;
            }
            Kind::Open('{') => return None,
            Kind::Open(open) => {
                if before == Before::Apart {
                    out.push(' ');
                }
                brackets.push(open == '[' || matches!(before, Before::Word | Before::Close));
                out.push(open);
                before = Before::Mark;
            }
            Kind::Close(close) => {
                brackets.pop();
                out.push(close);
                before = Before::Close;
            }
            Kind::Punct(',') if matches!(flat.kind(at + 1), Some(Kind::Close(_))) => {
                if brackets.last() != Some(&true) {
                    return None;
                }
            }
            Kind::Punct('|') if context == Context::Expression && before == Before::Mark => {
                let end = (at + 1..range.end).find(|&end| flat.is(end, '|'))?;
                out.push('|');
                append(flat, at + 1..end, Context::Pattern, out)?;
                out.push_str("| ");
                width = end + 1 - at;
            }
            Kind::Punct(punct) => {
                let context = if is_type { Context::Type } else { context };
                (before, width) = mark(flat, at, range.end, punct, context, before, out)?;
                match punct {
                    '<' => angles += 1,
                    '>' => angles = angles.checked_sub(1)?,
                    _ => {}
                }
            }
        }
        at += width;
    }
    (angles == 0).then_some(())
}

/// Appends a mark, and says what then stands before the next token and how many tokens it took.
fn mark(
    flat: &Flat,
    at: usize,
    end: usize,
    punct: char,
    context: Context,
    before: Before,
    out: &mut String,
) -> Option<(Before, usize)> {
    let is_type = context == Context::Type;
    let ends_value = matches!(before, Before::Word | Before::Close);
    if flat.is_pair(at, ':', ':') {
        if before == Before::Apart {
            out.push(' ');
        }
        out.push_str("::");
        return Some((Before::Mark, 2));
    }
    if is_type && flat.is_pair(at, '-', '>') {
        out.push_str(" -> ");
        return Some((Before::Mark, 2));
    }
    if flat.is_pair(at, '.', '.') && flat.is_pair(at + 1, '.', '=') && ends_value {
        out.push_str("..=");
        return Some((Before::Mark, 3));
    }
    let joint = flat.is_joint(at);
    match punct {
        '\'' => {
            if !matches!(before, Before::Nothing | Before::Mark) {
                out.push(' ');
            }
            out.push('\'');
        }
        '.' if !joint && ends_value => out.push('.'),
        ',' if at + 1 < end && !flat.is(at + 1, '>') => out.push_str(", "),
        '|' if context == Context::Pattern && !joint && ends_value => out.push_str(" | "),
        ':' if !joint => out.push_str(": "),
        '&' if !joint && !ends_value => {
            if before == Before::Apart {
                out.push(' ');
            }
            out.push('&');
        }
        '<' if is_type || out.ends_with("::") => out.push('<'),
        '>' => {
            out.push('>');
            return Some((Before::Close, 1));
        }
        '?' if !is_type && ends_value => {
            out.push('?');
            return Some((Before::Close, 1));
        }
        '+' if is_type && !joint => out.push_str(" + "),
        '=' if is_type && !joint => out.push_str(" = "),
        '!' | '*' if !is_type && !joint && !ends_value && before != Before::Apart => {
            out.push(punct);
        }
        _ => return None,
    }
    Some((Before::Mark, 1))
}
