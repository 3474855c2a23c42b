//! Functions whose statements are a line each, structs and choices among values in them included; and constants that are
//! made by calls.

use std::ops::Range;

use super::flat::Kind;
use super::line::{self, Context};
use super::plain::{INDENT, Printer, WIDTH};

/// Columns of a struct of which a value is made, up to its closing brace, if it is to be on one line.
const SMALL: usize = 34;

impl Printer<'_> {
    pub(super) fn function(&mut self, range: Range<usize>, indent: usize) -> Option<()> {
        let flat = self.flat;
        let arguments =
            (range.clone()).find(|&at| at > range.start && self.begins_arguments(at))?;
        let body = flat.inside(self.body(&range)?, '{')?;
        if (arguments..body.start).any(|at| flat.word(at) == "where") {
            return None;
        }
        self.indent(indent);
        let begin = self.out.len();
        line::append(flat, range.start..body.start - 1, Context::Type, &mut self.out)?;
        let opening = if body.is_empty() { " {}" } else { " {" };
        if indent + self.out.len() - begin + opening.len() > WIDTH {
            // One argument a line.
            self.out.truncate(begin);
            line::append(flat, range.start..arguments, Context::Type, &mut self.out)?;
            self.line_end(indent, "(")?;
            let inside = flat.inside(arguments, '(').filter(|inside| !inside.is_empty())?;
            self.each(inside, indent + INDENT, |printer, argument| {
                printer.indent(indent + INDENT);
                line::append(flat, argument, Context::Type, &mut printer.out)
            })?;
            self.indent(indent);
            self.out.push(')');
            let result = flat.after(arguments)..body.start - 1;
            line::append(flat, result, Context::Type, &mut self.out)?;
        }
        self.line_end(indent, opening)?;
        if body.is_empty() {
            return Some(());
        }
        self.block(body, indent + INDENT)?;
        self.indent(indent);
        self.line_end(indent, "}")
    }

    /// Whether the parenthesis at a place is the one behind the name of a function and its parameters.
    fn begins_arguments(&self, at: usize) -> bool {
        let flat = self.flat;
        flat.kind(at) == Some(Kind::Open('('))
            && (flat.word(at - 1) != "pub")
            && (flat.is(at - 1, '>') || at > 1 && flat.word(at - 2) == "fn")
    }

    /// Where the body of a function is.
    fn body(&self, range: &Range<usize>) -> Option<usize> {
        let mut at = range.start;
        while at < range.end {
            if self.flat.kind(at)? == Kind::Open('{') {
                return Some(at);
            }
            at = self.flat.after(at);
        }
        None
    }

    /// The statements of a block, which are not empty.
    fn block(&mut self, range: Range<usize>, indent: usize) -> Option<()> {
        let (flat, mut at) = (self.flat, range.start);
        while at < range.end {
            let begin = at;
            while at < range.end && !flat.is(at, ';') {
                at = flat.after(at);
            }
            let ends = if at < range.end { ";" } else { "" };
            self.indent(indent);
            match flat.inside(begin + 1, '{') {
                Some(fields) if at == range.end && fields.end + 1 == at => {
                    self.value(begin, fields, indent)?;
                }
                _ => {
                    let expression =
                        if flat.word(begin) == "let" { self.binding(begin, at)? } else { begin };
                    if flat.word(expression) == "match" {
                        self.choice(expression..at, indent)?;
                    } else {
                        line::append(flat, expression..at, Context::Expression, &mut self.out)?;
                    }
                    self.line_end(indent, ends)?;
                }
            }
            at += 1;
        }
        Some(())
    }

    /// `let name = `, and the place behind it.
    fn binding(&mut self, at: usize, end: usize) -> Option<usize> {
        let flat = self.flat;
        let name = if flat.word(at + 1) == "mut" { at + 2 } else { at + 1 };
        if flat.kind(name)? != Kind::Word || !flat.is(name + 1, '=') || name + 2 >= end {
            return None;
        }
        self.out.push_str(if name == at + 1 { "let " } else { "let mut " });
        self.out.push_str(flat.text(name));
        self.out.push_str(" = ");
        Some(name + 2)
    }

    /// `Self { a, b: b.into() }`
    fn value(&mut self, name: usize, fields: Range<usize>, indent: usize) -> Option<()> {
        let flat = self.flat;
        if flat.kind(name)? != Kind::Word || fields.is_empty() {
            return None;
        }
        self.out.push_str(flat.text(name));
        self.out.push_str(" {");
        let begin = self.out.len();
        // A comma behind the last field is not written on one line.
        let last = if flat.is(fields.end - 1, ',') { fields.end - 1 } else { fields.end };
        self.out.push(' ');
        line::append(flat, fields.start..last, Context::Expression, &mut self.out)?;
        self.out.push(' ');
        let small = self.out.len() - begin + flat.text(name).len() + 2 <= SMALL;
        if small {
            return self.line_end(indent, "}");
        }
        self.out.truncate(begin);
        self.line_end(indent, "")?;
        self.each(fields, indent + INDENT, |printer, field| {
            printer.indent(indent + INDENT);
            line::append(flat, field, Context::Expression, &mut printer.out)
        })?;
        self.indent(indent);
        self.line_end(indent, "}")
    }

    /// `match x { pattern => value, }`
    fn choice(&mut self, range: Range<usize>, indent: usize) -> Option<()> {
        let flat = self.flat;
        let body = (range.clone()).find(|&at| flat.kind(at) == Some(Kind::Open('{')))?;
        let arms = flat.inside(body, '{').filter(|arms| arms.end + 1 == range.end)?;
        self.out.push_str("match ");
        line::append(flat, range.start + 1..body, Context::Expression, &mut self.out)?;
        self.line_end(indent, " {")?;
        let mut at = arms.start;
        while at < arms.end {
            let arrow = (at..arms.end).find(|&at| flat.is_pair(at, '=', '>'))?;
            self.indent(indent + INDENT);
            line::append(flat, at..arrow, Context::Pattern, &mut self.out)?;
            self.out.push_str(" => ");
            let mut begin = arrow + 2;
            if flat.word(begin) == "return" {
                self.out.push_str("return ");
                begin += 1;
            }
            at = begin;
            while at < arms.end && !flat.is(at, ',') {
                at = flat.after(at);
            }
            line::append(flat, begin..at, Context::Expression, &mut self.out)?;
            self.line_end(indent, ",")?;
            at += 1;
        }
        self.indent(indent);
        self.out.push('}');
        Some(())
    }

    /// `Method::get(…).auth(…);` on several lines, behind what stands on the first one.
    pub(super) fn chain(&mut self, range: Range<usize>, indent: usize) -> Option<()> {
        let flat = self.flat;
        let call = (range.clone()).find(|&at| flat.kind(at) == Some(Kind::Open('(')))?;
        if (range.start..call).any(|at| flat.is(at, '.')) {
            return None;
        }
        let mut at = flat.after(call);
        let chained = at < range.end;
        let begin = self.out.len();
        line::append(flat, range.start..at, Context::Expression, &mut self.out)?;
        if !chained || self.line_end(indent, "").is_none() {
            self.out.truncate(begin);
            line::append(flat, range.start..call, Context::Expression, &mut self.out)?;
            self.line_end(indent, "(")?;
            let inner = if chained { indent + INDENT } else { indent };
            self.each(flat.inside(call, '(')?, inner + INDENT, |printer, argument| {
                printer.indent(inner + INDENT);
                line::append(flat, argument, Context::Expression, &mut printer.out)
            })?;
            self.indent(inner);
            self.line_end(inner, if chained { ")" } else { ");" })?;
        }
        while at < range.end {
            let end = flat.after(at + 2);
            if !flat.is(at, '.') || flat.kind(at + 2) != Some(Kind::Open('(')) {
                return None;
            }
            self.indent(indent + INDENT);
            self.out.push('.');
            line::append(flat, at + 1..end, Context::Expression, &mut self.out)?;
            self.line_end(indent, if end == range.end { ";" } else { "" })?;
            at = end;
        }
        Some(())
    }
}
