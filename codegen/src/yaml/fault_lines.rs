//! Faults of whole lines: tabs before them, and lines that belong to none of the mappings and lists that are open.

use std::ops::Range;

use crate::diag::codes;

use super::fault::{Fault, Reach, Stop};
use super::fault_types::{BESIDE_TYPE, foreign_type};
use super::lexical::{
    first_of_line, indent, line_end, line_start, next_line, plain_end, quoted, skip_blanks,
};
use super::recover;

impl Stop<'_> {
    pub(super) fn tab(&self) -> Fault {
        let mut line = Some(line_start(self.text, self.at));
        let mut found = None;
        while let Some(start) = line {
            let first = first_of_line(self.text, start);
            if self.text[start..first].contains('\t') && first < line_end(self.text, start) {
                found = Some(start..first);
                break;
            }
            line = next_line(self.text, start);
        }
        let Some(lead) = found else {
            let at = self.at..self.at + usize::from(self.byte(self.at) == Some(b'\t'));
            return self
                .say(&codes::TAB_INDENTATION, &at, "a tab where only spaces can stand")
                .help("use spaces");
        };
        let tabs =
            self.text[lead.clone()].find('\t').map_or(lead.clone(), |t| lead.start + t..lead.end);
        let meant = recover::meant_indent(self.text, &lead);
        let place = self.span(&lead);
        let lines = self.text[lead.end..].split(['\n', '\r']).skip(1);
        let below = lines.filter(|line| line.trim_start_matches(' ').starts_with('\t')).count();
        self.say(&codes::TAB_INDENTATION, &tabs, "a tab as indentation").with(|d| {
            let d = d.help("indent with spaces, two for each level");
            let d = if meant.sure { d.patch(place, " ".repeat(meant.columns)) } else { d };
            match below {
                0 => d,
                1 => d.note("so is one line below"),
                _ => d.note(format!("so are {below} lines below")),
            }
        })
    }

    pub(super) fn mapping_line(&self) -> Fault {
        let first = first_of_line(self.text, self.at);
        if self.text[first..].starts_with("- ")
            || &self.text[first..line_end(self.text, first)] == "-"
        {
            return self.item_among_keys(first);
        }
        if let Some(fault) = self.behind_bracket(first) {
            return fault;
        }
        self.misplaced(first)
    }

    /// A text that goes on behind the bracket that it begins with: `path: {id}/x`.
    pub(super) fn behind_bracket(&self, first: usize) -> Option<Fault> {
        let line = &self.text[first..line_end(self.text, first)];
        let start = first + line.find(": {").or_else(|| line.find(": ["))? + 2;
        let whole = start..plain_end(self.text, start, false);
        let source = &self.text[whole.clone()];
        let mut depth = 0_usize;
        let close = source.find(|c| {
            match c {
                '{' | '[' => depth += 1,
                '}' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0
        })?;
        if close + 1 == source.len() || source.contains(['"', '\'']) {
            return None;
        }
        let place = self.span(&whole);
        let sign = &source[..1];
        if let Some(meant) = foreign_type(source) {
            let message = format!("an unquoted text cannot begin with `{sign}`");
            let found = self.say(&codes::RESERVED_CHARACTER, &whole, message);
            return Some(found.with(|d| {
                d.help(format!("a type has angles and parentheses: `{meant}`")).patch(place, meant)
            }));
        }
        if source[..close].contains(',') || source[..close].contains(": ") {
            let what = if sign == "{" { "mapping" } else { "list" };
            let rest = skip_blanks(self.text, start + close + 1)..whole.end;
            if let Some(fault) = self.documented(&whole, &source[..=close], rest.clone()) {
                return Some(fault);
            }
            let message = format!("this does not belong to the {what} before it");
            let help = format!(
                "delete it, or begin it with `# ` if it is a comment; a text that begins with `{sign}` is put in quotes"
            );
            return Some(self.say(&codes::UNCLOSED_BRACKET, &rest, message).help(help));
        }
        let message = format!("an unquoted text cannot begin with `{sign}`");
        let found = self.say(&codes::RESERVED_CHARACTER, &whole, message);
        Some(found.with(|d| d.help("quote the text").patch(place, quoted(source))))
    }

    /// `{ type: decimal } -- Price.`: the documentation of a short form behind a long one, in which it is a key.
    fn documented(&self, whole: &Range<usize>, mapping: &str, rest: Range<usize>) -> Option<Fault> {
        let doc = self.text[rest.clone()].strip_prefix("--")?.trim();
        let inside = mapping.strip_prefix('{')?.strip_suffix('}')?.trim().trim_end_matches(',');
        let keys =
            || inside.split(',').map(|entry| entry.split(':').next().unwrap_or(entry).trim());
        let of_member = |key: &str| key == "type" || key != "doc" && BESIDE_TYPE.contains(&key);
        if doc.is_empty() || !keys().all(of_member) || !keys().any(|key| key == "type") {
            return None;
        }
        let plain = doc.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '_' | '-'));
        let doc = if plain && !doc.starts_with(['-', ' ']) { doc.to_owned() } else { quoted(doc) };
        let mended = format!("{{ {inside}, doc: {doc} }}");
        let message = "a documentation stands behind a mapping";
        let place = self.span(whole);
        let found = self.say(&codes::UNCLOSED_BRACKET, &rest, message.to_owned());
        Some(
            found.with(|d| {
                d.help(format!("in a mapping it is a key: `{mended}`")).patch(place, mended)
            }),
        )
    }

    pub(super) fn sequence_line(&self) -> Fault {
        let first = first_of_line(self.text, self.at);
        if self.text[first..].starts_with("- ") {
            return self.misplaced(first);
        }
        if let Some(dash) = self.lone_dash(first) {
            return self.item_among_keys(dash);
        }
        let item = first..plain_end(self.text, first, false);
        self.say(&codes::LIST_PLACE, &item, "a line without `- ` among the items of a list")
            .help("begin it with `- `, or indent it as its place in the structure asks")
    }

    /// A line with a dash where a key belongs, or below one.
    fn item_among_keys(&self, first: usize) -> Fault {
        let item = first..plain_end(self.text, first, false);
        let dash = self.span(&(first..skip_blanks(self.text, first + 1)));
        let found =
            self.say(&codes::LIST_PLACE, &item, "a list item between the keys of a mapping");
        let found = match is_key(&self.text[item]) {
            true => found.with(|d| {
                d.help("delete the dash, or indent the list below its key").patch(dash, "")
            }),
            false => found.help("indent it below the key whose value the list is"),
        };
        found.reach(Reach::Loose)
    }

    /// The only dash of a list, before a key, where this line goes on with another key in its column.
    fn lone_dash(&self, first: usize) -> Option<usize> {
        let depth = indent(self.text, first);
        let line = |at: usize| &self.text[at..plain_end(self.text, at, false)];
        let (mut dash, mut inner) = (None, false);
        let mut start = line_start(self.text, first);
        while start > 0 {
            start = line_start(self.text, start - 1);
            let above = first_of_line(self.text, start);
            let says = !matches!(self.byte(above), None | Some(b'#' | b'\n' | b'\r'));
            if says && above - start < depth {
                break;
            }
            inner |= says && above - start == depth + 2 && is_key(line(above));
            if says && above - start == depth {
                if dash.is_some() {
                    return None;
                }
                dash = Some(above);
            }
        }
        let dash = dash?;
        let item = line(dash).strip_prefix("- ").filter(|item| is_key(item))?;
        let key =
            |line: &str| line.split(": ").next().map(|key| key.trim_end_matches(':').to_owned());
        // An item with several keys is one, and so are two with the same key.
        let is_item = inner && !item.ends_with(':') || key(item) == key(line(first));
        (!is_item && is_key(line(first))).then_some(dash)
    }

    /// A line whose column fits none of the lines above it.
    fn misplaced(&self, first: usize) -> Fault {
        let column = indent(self.text, first);
        let (mut inner, mut outer) = (None, None);
        let mut start = line_start(self.text, first);
        while start > 0 && outer.is_none() {
            start = line_start(self.text, start - 1);
            let above = first_of_line(self.text, start);
            let depth = above - start;
            match self.byte(above) {
                None | Some(b'#' | b'\n' | b'\r') => {}
                _ if depth > column => inner = Some(inner.map_or(depth, |d: usize| d.min(depth))),
                _ => outer = Some(depth),
            }
        }
        let word = self.text[first..].split([' ', '\n', '\r']).next().unwrap_or("");
        let item = first..first + word.len();
        let found = self.say(
            &codes::INDENTATION,
            &item,
            format!("this line is indented by {column}, which fits no line above it"),
        );
        match (outer, inner) {
            (Some(outer), Some(inner)) if outer != column => {
                found.help(format!("indent it by {outer} or {inner} spaces"))
            }
            (_, Some(inner)) => found.help(format!("indent it by {inner} spaces")),
            _ => found.help("begin it in the same column as its neighbours"),
        }
    }
}

/// Whether a line begins with a key.
fn is_key(line: &str) -> bool {
    line.ends_with(':') || line.contains(": ")
}
