//! A type in one text with what may stand behind it: `TYPE flags -- doc`.

use super::{member, reader};
use crate::ast::{Flags, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, Mark, codes, nearest};
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node};
use crate::{foreign, type_expr, type_slips};

pub(super) const FLAGS: [&str; 4] = ["read", "write", "sensitive", "deprecated"];

/// A type with what may stand after it in one text.
pub(super) struct Short {
    pub(super) ty: TypeExpr,
    pub(super) flags: Flags,
    /// Where the flags stand, if there are any.
    pub(super) flags_span: Span,
    pub(super) doc: Option<Text>,
}

/// Reads `TYPE flags -- doc`, and offers what is meant where another language is spoken.
pub(super) fn read(node: &Node, text: &str, diagnostics: &mut Diagnostics) -> Short {
    let before = diagnostics.mark();
    let short = whole(node, text, diagnostics);
    // A comma inside { } may have torn off what closes it.
    if foreign::is_closed(text) && !foreign::member(text).is_some_and(|meant| meant.is_long()) {
        offer(before, (text, text, node.span), diagnostics);
    }
    keep_clean(node, text, before, diagnostics);
    diagnostics.explain_since(before, &codes::UNKNOWN_FLAG, flags_in_words);
    short
}

/// A type that stands alone, off which commas inside `{ }` may have torn something.
pub(super) fn bare(text: &Text, torn: &[Entry], diagnostics: &mut Diagnostics) -> TypeExpr {
    let before = diagnostics.mark();
    let (all, place) = member::joined(&text.value, text.span, torn);
    let ty = type_expr::parse(&text.value, text.span, diagnostics);
    offer(before, (&text.value, &all, place), diagnostics);
    ty
}

/// The same of a text of which commas have made keys: `all` of it, and its place.
pub(super) fn read_of(
    node: &Node,
    text: &str,
    (all, place): (&str, Span),
    diagnostics: &mut Diagnostics,
) -> Short {
    let before = diagnostics.mark();
    let short = whole(node, text, diagnostics);
    offer(before, (text, all, place), diagnostics);
    keep_clean(node, text, before, diagnostics);
    diagnostics.explain_since(before, &codes::UNKNOWN_FLAG, flags_in_words);
    short
}

/// Offers what is meant by a text in which something has been found, in place of what `stands` there.
fn offer(before: Mark, (stands, text, place): (&str, &str, Span), diagnostics: &mut Diagnostics) {
    if diagnostics.errors_since(before)
        && let Some(meant) = foreign::member(text)
        && meant.written.trim_matches('"') != stands
        && foreign::is_type(&meant.ty)
        && is_read(&meant.ty, place)
    {
        diagnostics.offer_since(before, place, &meant.written);
    }
}

/// Takes back a change of a part of the text that leaves another part unread, or offers all of it as it is meant.
fn keep_clean(node: &Node, text: &str, before: Mark, diagnostics: &mut Diagnostics) {
    let plain = (node.span.end - node.span.start) as usize == text.len();
    for found in diagnostics.found_since(before) {
        let Some(patch) = found.patch.as_ref().filter(|_| plain) else { continue };
        let inside = patch.span.start >= node.span.start && patch.span.end <= node.span.end;
        if !inside || patch.text.starts_with(['{', '"', '\'']) {
            continue;
        }
        let from = (patch.span.start - node.span.start) as usize;
        let to = (patch.span.end - node.span.start) as usize;
        let (Some(head), Some(tail)) = (text.get(..from), text.get(to..)) else { continue };
        let mut attempt = Diagnostics::default();
        whole(node, &format!("{head}{}{tail}", patch.text), &mut attempt);
        if !attempt.has_errors() {
            continue;
        }
        found.patch = None;
        let meant = foreign::member(text).filter(|meant| foreign::is_type(&meant.ty));
        if let Some(meant) = meant.filter(|meant| is_read(&meant.ty, node.span)) {
            found.help = Some(format!("did you mean `{}`?", reader::shown(&meant.written)));
            *found = found.clone().patch(node.span, meant.written);
        }
    }
}

/// Whether a type can be read.
fn is_read(ty: &str, span: Span) -> bool {
    let mut attempt = Diagnostics::default();
    type_expr::parse(ty, span, &mut attempt);
    !attempt.has_errors()
}

fn whole(node: &Node, text: &str, diagnostics: &mut Diagnostics) -> Short {
    let (head, doc) =
        match text.split_once(" -- ").or_else(|| text.strip_prefix("-- ").map(|doc| ("", doc))) {
            Some((head, doc)) => (head, Some(Spanned::new(doc.trim().to_owned(), node.span))),
            None => (text, None),
        };
    let doc = doc.filter(reader::says_something);
    // A comment behind a type alone cuts nothing off.
    if doc.is_some() {
        reader::warn_of_comment(node, diagnostics);
    }
    let span = type_expr::part(node.span, text, 0, head.len());
    if let Some(slip) = type_slips::before_type(head, span) {
        diagnostics.push(slip);
        return Short {
            ty: TypeExpr::poisoned(span),
            flags: Flags::default(),
            flags_span: span,
            doc,
        };
    }
    let (ty, rest) = type_expr::parse_prefix(head, span, diagnostics);
    let mut flags = Flags::default();
    let mut at = head.len() - rest.len();
    let words = rest.trim();
    let words_at = head.len() - rest.trim_start().len();
    let flags_span = type_expr::part(node.span, text, words_at, words_at + words.len());
    if !rest.is_empty() && !head[..at].ends_with(char::is_whitespace) {
        let place = type_expr::part(node.span, text, at, head.len());
        diagnostics.push(glued(&text[..at], rest, place));
        return Short { ty: TypeExpr::poisoned(span), flags, flags_span, doc };
    }
    // A word may be there once, the name of the type included.
    let mut said: Vec<&str> = head[..at].split_whitespace().filter(|it| *it != "|").collect();
    for word in rest.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let word = word.trim_end();
        if said.contains(&word) {
            let (from, to) = (text[..start].trim_end().len(), start + word.len());
            diagnostics.push(twice(word, type_expr::part(node.span, text, from, to)));
            continue;
        }
        if !word.is_empty() {
            said.push(word);
        }
        match word {
            "" => {}
            "read" => flags.read = true,
            "write" => flags.write = true,
            "sensitive" => flags.sensitive = true,
            "deprecated" => flags.deprecated = true,
            _ => {
                let span = type_expr::part(node.span, text, start, start + word.len());
                let found = match travels(&ty, word) {
                    Some(help) => not_a_flag(word, span).help(help),
                    None => unknown_flag(word, span),
                };
                // What is near to no flag says that the words before it are no type either.
                if found.patch.is_none() {
                    diagnostics.push(found);
                    return Short { ty: TypeExpr::poisoned(span), flags, flags_span, doc };
                }
                diagnostics.push(found);
                break;
            }
        }
    }
    not_both(flags, flags_span, diagnostics);
    Short { ty, flags, flags_span, doc }
}

/// Flags are about a member, not about every value of a type.
pub(super) fn no_flags(short: &Short, what: &str, diagnostics: &mut Diagnostics) {
    if short.flags != Flags::default() {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_FLAG, short.flags_span, format!("{what} has no flags"))
                .help("flags belong to the members that have this type"),
        );
    }
}

/// What is neither sent nor read is no member.
pub(super) fn not_both(flags: Flags, span: Span, diagnostics: &mut Diagnostics) {
    if flags.read && flags.write {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_FLAG, span, "a member cannot be both `read` and `write`")
                .label("neither sent nor read")
                .help("a member without flags is both sent and read"),
        );
    }
}

/// Something that follows a type without a space.
fn glued(before: &str, rest: &str, span: Span) -> Diagnostic {
    let word = rest.split_whitespace().next().unwrap_or(rest);
    let diagnostic = Diagnostic::error(
        &codes::TYPE_SYNTAX,
        span.slice(0, word.len()),
        format!("`{}` does not belong to the type", reader::shown(word)),
    )
    .label("the type ends before this");
    match type_slips::behind_type(before, word) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// How is said what `decimal string` says: a number in a text.
fn travels(ty: &TypeExpr, word: &str) -> Option<String> {
    let TypeKind::Name { name, arguments } = &ty.kind else { return None };
    let travels = matches!(word, "string" | "text" | "str") && arguments.is_empty();
    travels.then(|| {
        let name = reader::shown(name);
        format!("how a value travels has a key of its own: `{{ type: {name}, as: string }}`")
    })
}

/// A word that is there twice, with the blank before it.
fn twice(word: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` is said twice", reader::shown(word));
    Diagnostic::error(&codes::BAD_FLAG, span, message).help("once is enough").patch(span, "")
}

fn not_a_flag(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        &codes::UNKNOWN_FLAG,
        span,
        format!("`{}` is not a flag of a member", reader::shown(word)),
    )
}

fn unknown_flag(word: &str, span: Span) -> Diagnostic {
    let diagnostic = not_a_flag(word, span);
    match nearest(word, FLAGS) {
        _ if let Some(meant) = type_slips::flag(word) => match meant {
            Ok(flag) => diagnostic.help(format!("did you mean `{flag}`?")).patch(span, flag),
            Err(help) => diagnostic.help(help),
        },
        _ if matches!(word, "-" | "--" | "—" | "–" | "//") => {
            diagnostic.help("a documentation text begins after two hyphens: ` -- `")
        }
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(span, near),
        None => diagnostic,
    }
}

/// What is said of a word that is no flag, where nothing better is known.
fn flags_in_words() -> String {
    let flags = super::quoted_list(&FLAGS);
    format!("flags are {flags}; a documentation text begins after ` -- `")
}
