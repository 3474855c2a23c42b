//! Items of which every line is one that fits: most that are generated. Parsing them in order to print them again takes
//! many times as long as all the rest, so they are laid out here, as the formatter would. Whatever wants more goes to the
//! formatter, a member or an item at a time; a test holds the two against each other.

use std::ops::Range;

use super::flat::{Flat, Kind};
use super::line::{self, Context};
use super::literal;

/// Columns of a line.
pub(super) const WIDTH: usize = 89;
pub(super) const INDENT: usize = 4;

/// Lays out items. What it cannot lay out goes to `formatter`, as source text of an item.
pub(super) fn items(flat: &Flat, formatter: &dyn Fn(&str) -> String) -> String {
    let mut printer = Printer { flat, out: String::new() };
    let mut at = 0;
    while at < flat.len() {
        let begin = printer.out.len();
        let end = printer.end(at).unwrap_or(flat.len());
        if printer.item(at..end, formatter).is_none() {
            printer.out.truncate(begin);
            printer.out.push_str(&formatter(&flat.source(at..end)));
        }
        at = end;
    }
    printer.out
}

pub(super) struct Printer<'f> {
    pub(super) flat: &'f Flat,
    pub(super) out: String,
}

impl Printer<'_> {
    /// Where the item or member ends that begins at a place, if that can be told.
    fn end(&self, begin: usize) -> Option<usize> {
        let (flat, mut at) = (self.flat, begin);
        while flat.is(at, '#') {
            at = flat.after(at + 1);
        }
        let start = self.visibility_end(at);
        // The braces of an expression or of names that are used are followed by something.
        let statement = match flat.word(start) {
            "const" => flat.word(start + 1) != "fn",
            "type" | "use" | "static" => true,
            "async" | "enum" | "fn" | "impl" | "mod" | "struct" => false,
            // A call of a macro.
            _ => true,
        };
        at = start;
        while at < flat.len() {
            let ends = match flat.kind(at)? {
                Kind::Open('{') => !statement,
                Kind::Punct(';') => true,
                Kind::Close(_) => return None,
                _ => false,
            };
            at = flat.after(at);
            if ends {
                return Some(at);
            }
        }
        None
    }

    /// The place behind `pub` or `pub(super)`.
    fn visibility_end(&self, at: usize) -> usize {
        match self.flat.word(at) {
            "pub" if self.flat.inside(at + 1, '(').is_some() => self.flat.after(at + 1),
            "pub" => at + 1,
            _ => at,
        }
    }

    fn item(&mut self, item: Range<usize>, formatter: &dyn Fn(&str) -> String) -> Option<()> {
        let flat = self.flat;
        let at = self.attributes(item.start, 0)?;
        let kind = self.visibility_end(at);
        match flat.word(kind) {
            "struct" => self.structure(at..item.end),
            "enum" => self.enumeration(at..item.end),
            "impl" => self.implementation(at..item.end, formatter),
            "fn" | "async" => self.function(at..item.end, 0),
            "const" | "type" => self.statement(at..item.end, 0),
            "use" => self.names(at..item.end - 1),
            "mod" => {
                line::append(flat, at..item.end - 1, Context::Type, &mut self.out)?;
                self.line_end(0, ";")
            }
            _ => self.call(at..item.end - 1),
        }
    }

    /// A call of a macro, with nothing but names.
    fn call(&mut self, call: Range<usize>) -> Option<()> {
        let flat = self.flat;
        let bang = (call.clone()).find(|&at| flat.is(at, '!'))?;
        let inside = flat.inside(bang + 1, '(').filter(|inside| inside.end + 1 == call.end)?;
        if !flat.is(call.end, ';') || inside.clone().any(|at| flat.is(at, ':')) {
            return None;
        }
        line::append(flat, call.start..bang, Context::Type, &mut self.out)?;
        self.out.push_str("!(");
        self.attribute(inside)?;
        self.line_end(0, ");")
    }

    /// `use a::{B, C};`, with as many names on a line as fit.
    fn names(&mut self, range: Range<usize>) -> Option<()> {
        let flat = self.flat;
        let list = (range.clone()).find(|&at| flat.kind(at) == Some(Kind::Open('{')));
        line::append(flat, range.start..list.unwrap_or(range.end), Context::Type, &mut self.out)?;
        let Some(list) = list else { return self.line_end(0, ";") };
        let inside = flat.inside(list, '{').filter(|inside| inside.end + 1 == range.end)?;
        let mut names = Vec::new();
        for name in inside.collect::<Vec<_>>().split(|&at| flat.is(at, ',')) {
            let (Some(first), Some(last)) = (name.first(), name.last()) else { continue };
            let mut text = String::new();
            line::append(flat, *first..last + 1, Context::Type, &mut text)?;
            names.push(text);
        }
        if let [name] = names.as_slice() {
            self.out.push_str(name);
            return if name == "self" { None } else { self.line_end(0, ";") };
        }
        let begin = self.out.len();
        self.out.push('{');
        self.out.push_str(&names.join(", "));
        if self.line_end(0, "};").is_some() {
            return Some(());
        }
        self.out.truncate(begin);
        self.line_end(0, "{")?;
        let mut width = 0;
        let last = names.len().checked_sub(1)?;
        for (index, name) in names.iter().enumerate() {
            // The comma behind the last name does not count.
            let wanted = name.len() + usize::from(index < last);
            if width > 0 && width + 1 + wanted <= WIDTH {
                self.out.push(' ');
                width += 1 + wanted;
            } else {
                self.out.push_str(if width > 0 { "\n    " } else { "    " });
                width = INDENT + wanted;
            }
            self.out.push_str(name);
            self.out.push(',');
        }
        self.line_end(0, "")?;
        self.line_end(0, "};")
    }

    /// Ends a line that began at some column, with a text.
    pub(super) fn line_end(&mut self, indent: usize, text: &str) -> Option<()> {
        self.out.push_str(text);
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        (line.len() <= WIDTH && line.len() >= indent).then(|| self.out.push('\n'))
    }

    pub(super) fn indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    /// Attributes and documentation, a line each. Gives the place behind them.
    fn attributes(&mut self, mut at: usize, indent: usize) -> Option<usize> {
        let flat = self.flat;
        while flat.is(at, '#') {
            let inside = flat.inside(at + 1, '[')?;
            self.indent(indent);
            if flat.word(inside.start) == "doc" && flat.is(inside.start + 1, '=') {
                if inside.len() != 3 {
                    return None;
                }
                let text = literal::value(flat.text(inside.start + 2))?;
                if text.contains('\n') || text.starts_with('/') {
                    return None;
                }
                self.out.push_str("///");
                self.out.push_str(text.trim_end_matches(' '));
                self.out.push('\n');
            } else {
                self.out.push_str("#[");
                self.attribute(inside)?;
                self.line_end(indent, "]")?;
            }
            at = flat.after(at + 1);
        }
        Some(at)
    }

    /// What stands in an attribute or a call of a macro: tokens that mean nothing by themselves.
    fn attribute(&mut self, inside: Range<usize>) -> Option<()> {
        let mut word = false;
        for at in inside {
            let kind = self.flat.kind(at)?;
            match kind {
                Kind::Word | Kind::Literal => {
                    if word {
                        self.out.push(' ');
                    }
                    self.out.push_str(self.flat.text(at));
                }
                Kind::Punct('=') if word => self.out.push_str(" = "),
                Kind::Punct(',') if matches!(self.flat.kind(at + 1), Some(Kind::Word)) => {
                    self.out.push_str(", ");
                }
                Kind::Punct(':') | Kind::Open('(') | Kind::Close(')') => {
                    self.out.push_str(self.flat.text(at));
                }
                _ => return None,
            }
            word = matches!(kind, Kind::Word | Kind::Literal);
        }
        Some(())
    }

    /// A constant or a type.
    fn statement(&mut self, range: Range<usize>, indent: usize) -> Option<()> {
        let flat = self.flat;
        self.indent(indent);
        let equals = range.clone().find(|&at| flat.is(at, '='))?;
        line::append(flat, range.start..equals, Context::Type, &mut self.out)?;
        self.out.push_str(" = ");
        let is_type = flat.word(self.visibility_end(range.start)) == "type";
        let context = if is_type { Context::Type } else { Context::Expression };
        let begin = self.out.len();
        line::append(flat, equals + 1..range.end - 1, context, &mut self.out)?;
        if self.line_end(indent, ";").is_some() {
            return Some(());
        }
        self.out.truncate(begin);
        self.chain(equals + 1..range.end - 1, indent)
    }

    fn structure(&mut self, range: Range<usize>) -> Option<()> {
        let flat = self.flat;
        if range.clone().any(|at| flat.word(at) == "where") {
            return None;
        }
        let body = (range.clone()).find(|&at| flat.kind(at) == Some(Kind::Open('{')));
        let Some(body) = body else {
            line::append(flat, range.start..range.end - 1, Context::Type, &mut self.out)?;
            return self.line_end(0, ";");
        };
        line::append(flat, range.start..body, Context::Type, &mut self.out)?;
        let fields = flat.inside(body, '{').filter(|fields| !fields.is_empty())?;
        self.line_end(0, " {")?;
        self.each(fields, INDENT, |printer, field| {
            let at = printer.attributes(field.start, INDENT)?;
            printer.indent(INDENT);
            line::append(flat, at..field.end, Context::Type, &mut printer.out)
        })?;
        self.line_end(0, "}")
    }

    fn enumeration(&mut self, range: Range<usize>) -> Option<()> {
        let flat = self.flat;
        let body = (range.clone()).find(|&at| flat.kind(at) == Some(Kind::Open('{')))?;
        if (range.start..body).any(|at| flat.word(at) == "where") {
            return None;
        }
        line::append(flat, range.start..body, Context::Type, &mut self.out)?;
        let variants = flat.inside(body, '{').filter(|variants| !variants.is_empty())?;
        self.line_end(0, " {")?;
        self.each(variants, INDENT, |printer, variant| {
            let at = printer.attributes(variant.start, INDENT)?;
            if (at..variant.end).any(|at| flat.is(at, '=')) {
                return None;
            }
            printer.indent(INDENT);
            line::append(flat, at..variant.end, Context::Type, &mut printer.out)
        })?;
        self.line_end(0, "}")
    }

    /// What stands between commas, a line each, with a comma behind it.
    pub(super) fn each(
        &mut self,
        range: Range<usize>,
        indent: usize,
        mut print: impl FnMut(&mut Self, Range<usize>) -> Option<()>,
    ) -> Option<()> {
        let (flat, mut at, mut angles) = (self.flat, range.start, 0_usize);
        let mut begin = at;
        while at < range.end {
            let arrow = at > 0 && flat.is_pair(at - 1, '-', '>');
            match flat.kind(at)? {
                Kind::Punct('<') => angles += 1,
                Kind::Punct('>') if !arrow => angles = angles.checked_sub(1)?,
                Kind::Punct(',') if angles == 0 => {
                    print(self, begin..at)?;
                    self.line_end(indent, ",")?;
                    begin = at + 1;
                }
                _ => {}
            }
            at = flat.after(at);
        }
        if begin < range.end {
            print(self, begin..range.end)?;
            self.line_end(indent, ",")?;
        }
        Some(())
    }

    fn implementation(
        &mut self,
        range: Range<usize>,
        formatter: &dyn Fn(&str) -> String,
    ) -> Option<()> {
        let flat = self.flat;
        let body = (range.clone()).find(|&at| flat.kind(at) == Some(Kind::Open('{')))?;
        if (range.start..body).any(|at| flat.word(at) == "where") {
            return None;
        }
        line::append(flat, range.start..body, Context::Type, &mut self.out)?;
        let members = flat.inside(body, '{')?;
        if members.is_empty() {
            return self.line_end(0, " {}");
        }
        self.line_end(0, " {")?;
        let mut at = members.start;
        while at < members.end {
            let (begin, end) = (self.out.len(), self.end(at)?);
            if self.member(at..end).is_none() {
                self.out.truncate(begin);
                let text = formatter(&format!("impl X {{ {} }}", flat.source(at..end)));
                // The lines between the braces, which are those around a member.
                self.out.push_str(text.strip_prefix("impl X {\n")?.strip_suffix("}\n")?);
            }
            at = end;
        }
        self.line_end(0, "}")
    }

    fn member(&mut self, range: Range<usize>) -> Option<()> {
        let at = self.attributes(range.start, INDENT)?;
        let kind = self.visibility_end(at);
        match self.flat.word(kind) {
            "type" => self.statement(at..range.end, INDENT),
            "const" if self.flat.word(kind + 1) != "fn" => self.statement(at..range.end, INDENT),
            "fn" | "async" | "const" => self.function(at..range.end, INDENT),
            _ => None,
        }
    }
}
