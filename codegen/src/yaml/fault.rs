//! What the scanner gave up on, said in the words of someone who writes specifications.
//!
//! The scanner knows where it stopped, which is often a line too late: an unclosed quote is noticed
//! at the next quote, a missing colon at the next colon. Here the place is moved to the mistake.

use std::ops::Range;

use crate::diag::{Code, Diagnostic, codes};
use crate::foreign;
use crate::source::{FileId, Span};

use super::fault_types::{OBJECT, foreign_type, is_program};
use super::lexical::{
    self, first_of_line, indent, line_start, next_line, plain_end, quoted, skip_blanks,
};
use super::tree::span;

/// Why the scanner stopped, in as few kinds as need different words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A tab where only spaces can stand.
    Tab,
    /// A `:` where no key was possible.
    Colon,
    /// Something in a flow collection that is no `,` and does not end it.
    Separator,
    /// A line that belongs to no open mapping.
    MappingLine,
    /// A line that belongs to no open list.
    SequenceLine,
    /// A text where `key: value` was needed.
    NoColon,
    /// A quoted text that goes on where it cannot.
    OpenQuote,
    /// Something after a quoted text.
    AfterQuote,
    /// A backslash that begins nothing.
    Escape,
    /// A bracket that the end of the file finds open.
    OpenBracket,
    /// A bracket closed by the other kind.
    WrongBracket,
    /// A bracket that closes nothing.
    StrayBracket,
    /// Nothing between two commas.
    NoItem,
    /// A `@`, backtick or `%` at the start of a text.
    Reserved,
    /// A `- ` where no list can begin.
    Dash,
    /// A `!` that does not even make a tag.
    Tag,
    /// A line beginning with `%`.
    Directive,
    /// A `&` or `*` without a name.
    NoName,
    /// Too many levels.
    Depth,
    /// Text behind `|` or `>`.
    BlockHeader,
    /// A comment between the lines of a text.
    Comment,
    /// Something behind the end of what the file consists of.
    Outside,
    /// Anything else, in the scanner's words.
    Other(String),
}

/// Where the scanner stopped and what is known about it.
pub(super) struct Stop<'t> {
    pub(super) file: FileId,
    pub(super) text: &'t str,
    pub(super) kind: Kind,
    /// Where it stopped.
    pub(super) at: usize,
    /// Where the last token before it ended.
    pub(super) cursor: usize,
    /// The last token, if it was an unquoted text.
    pub(super) last_plain: Option<Range<usize>>,
    /// The opening brackets of the flow collections around it.
    pub(super) brackets: Vec<usize>,
}

/// A fault: what to say, and in which line the entry begins that cannot be read.
pub(super) struct Fault {
    pub(super) diagnostic: Diagnostic,
    pub(super) line: usize,
    pub(super) reach: Reach,
}

/// What cannot be read because of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The entry that begins in its line.
    Entry,
    /// The same, and nobody knows how far inside the keys are that it has.
    Loose,
    /// The value of the key above, in whose column it stands.
    Value,
}

impl Stop<'_> {
    /// Finds the mistake.
    pub(super) fn fault(mut self) -> Fault {
        self.at = self.at.min(self.text.len());
        while !self.text.is_char_boundary(self.at) {
            self.at -= 1;
        }
        let open = lexical::open_at(self.text, &self.brackets, self.cursor.min(self.at), self.at);
        // A line that cannot be inside the bracket before it shows that the bracket was meant to
        // be closed, whatever the scanner makes of that line.
        if let Some(bracket) = open.brackets.last().copied().filter(|b| self.left(*b)) {
            return match self.quote_behind(bracket) {
                // It has taken the bracket that closes this one for text.
                Some(quote) => Fault { line: bracket, ..self.open_quote(quote) },
                None => self.open_bracket(bracket),
            };
        }
        let outer = open.brackets.first().copied();
        if outer.is_none()
            && let Some(key) = lexical::key_before_bracket(self.text, self.at)
        {
            return self.bracket_without_colon(&key);
        }
        if let Some(fault) = self.never_opened(open.brackets.len()) {
            return Fault { line: outer.unwrap_or(fault.line).min(fault.line), ..fault };
        }
        let quote = open.quote.or(open.quoted.map(|(start, _)| start));
        let fault = match self.kind.clone() {
            Kind::Tab => self.tab(),
            Kind::Colon => self.colon(outer.is_some()),
            Kind::Separator if self.byte(self.at) == Some(b':') => self.colon(outer.is_some()),
            Kind::Separator => self.separator(),
            Kind::MappingLine => self.mapping_line(),
            Kind::SequenceLine => self.sequence_line(),
            Kind::NoColon => self.no_colon(self.at),
            Kind::OpenQuote => self.open_quote(quote.unwrap_or(self.at)),
            Kind::AfterQuote => self.after_quote(open.quoted, outer.is_some()),
            Kind::Escape => self.escape(),
            Kind::OpenBracket => self.open_bracket(self.at),
            Kind::WrongBracket => self.wrong_bracket(),
            Kind::StrayBracket => self.stray_bracket(),
            Kind::NoItem => self.no_item(),
            Kind::Reserved => self.reserved(outer.is_some()),
            Kind::Dash => self.dash(outer.is_some()),
            Kind::Tag => self.tag(),
            Kind::Directive => self.directive(),
            Kind::NoName => self.no_name(outer.is_some()),
            Kind::Depth => self.depth(),
            Kind::BlockHeader => self.block_header(),
            Kind::Comment => self.comment(),
            Kind::Outside => self.outside(),
            Kind::Other(words) => self.other(&words),
        };
        // Half a flow collection cannot be read: the whole entry around it goes.
        let line = outer.map_or(fault.line, |bracket| bracket.min(fault.line));
        Fault { line, ..fault }
    }

    /// A second colon in a text, a line indented too far, or the line before without a colon.
    fn colon(&self, flow: bool) -> Fault {
        // `[Line]?`, where the sign that follows is taken for that of a key.
        if !flow
            && self.byte(self.at) != Some(b':')
            && let Some(fault) = self.behind_bracket(first_of_line(self.text, self.at))
        {
            return fault;
        }
        let colon = self.at..self.at + 1;
        // `fields:{ … }`
        let line_begins = line_start(self.text, self.at);
        let before = &self.text[line_begins..self.at];
        let word = line_begins + before.rfind([' ', '{', ',']).map_or(0, |blank| blank + 1);
        if lexical::glued_colon(&self.text[word..]) == Some(self.at - word) {
            return self.blank_behind_colon(&(word..self.at));
        }
        let line = line_start(self.text, self.at);
        let first = first_of_line(self.text, self.at);
        let head = &self.text[first..self.at];
        let before = self.last_plain.clone().filter(|p| p.end <= self.at && p.start < self.at);
        if flow || before.as_ref().is_some_and(|plain| plain.start >= line) {
            let found = self.say(
                &codes::COLON_IN_TEXT,
                &colon,
                "a `:` followed by a space inside an unquoted text",
            );
            let help = "quote the text, or write it in a block after `|`";
            let Some(plain) = before.filter(|p| p.start >= line) else {
                return found.help(help);
            };
            let end = plain_end(self.text, plain.start, flow);
            if let Some(meant) = self.as_model(&(plain.start..end)) {
                return meant(found);
            }
            if let Some((help, whole, mended)) = self.behind_type(plain.start, end, flow) {
                let place = self.span(&whole);
                return found.with(|d| d.help(help).patch(place, mended));
            }
            let alone = !self.text[plain.start..self.at].contains([' ', ':']);
            if alone && self.at + 1 == end && self.below(plain.start).is_none() {
                let place = self.span(&colon);
                return self
                    .say(&codes::COLON_IN_TEXT, &colon, "a second `:` behind the value")
                    .help("leave it out; a text that ends with a colon is put in quotes")
                    .with(|d| d.patch(place, ""));
            }
            // `string quantity: int32`, `GET /a returns: nothing`
            let words = &self.text[plain.start..self.at];
            let key = words.rsplit([' ', ';']).next().unwrap_or_default();
            let before = words[..words.len() - key.len()].trim_end();
            if flow && before.ends_with(';') && is_word(key) {
                let sign = plain.start + before.len() - 1;
                let place = self.span(&(sign..sign + 1));
                let help = format!("did you mean `{}, {key}: …`?", &before[..before.len() - 1]);
                return found.with(|d| d.help(help).patch(place, ","));
            }
            if flow && key != words && (is_word(key.trim_matches('"')) || key == "\"...\"") {
                return found.help(format!(
                    "put a comma before `{key}` if it is a key, and the text in quotes if it is none"
                ));
            }
            if !flow && let Some((help, mended)) = self.several_on_a_line(plain.start, end) {
                let place = self.span(&(plain.start..end));
                return found.with(|d| d.help(help).patch(place, mended));
            }
            let text = &self.text[plain.start..end];
            if is_program(text) && self.stands_for_type(plain.start) {
                return found.help(OBJECT);
            }
            let mended = quoted(text);
            let place = self.span(&(plain.start..end));
            return found.with(|d| d.help(help).patch(place, mended));
        }
        if let Some(plain) = &before {
            let opening = first_of_line(self.text, plain.start);
            if opening == plain.start && indent(self.text, plain.start) == first - line {
                return self.no_colon(plain.start);
            }
        }
        let word = head.trim_end();
        if word.contains([' ', '\t']) || word.is_empty() {
            let mut found = self
                .say(
                    &codes::COLON_IN_TEXT,
                    &colon,
                    "a `:` followed by a space inside an unquoted text",
                )
                .help("quote the whole text, or write it in a block after `|`");
            found.line = before.map_or(found.line, |plain| plain.start);
            return found;
        }
        let help = "begin it in the same column as its neighbours";
        let message = format!("`{word}` is indented further than the entries above it");
        let found = self.say(&codes::INDENTATION, &(first..first + word.len()), message);
        let Some(plain) = before else { return found.help(help) };
        let value = plain.start..plain_end(self.text, plain.start, false);
        let text = &self.text[value.clone()];
        let alone = first_of_line(self.text, plain.start) == plain.start;
        if alone && !text.contains(char::is_whitespace) {
            return self.lone_key(&value, self.span(&(first..first + word.len())));
        }
        let above = self.span(&value);
        found.with(|d| d.related(above, "this value is complete already").help(help))
    }

    fn separator(&self) -> Fault {
        const QUOTED: &str = "inside { } a text with brackets is put in quotes";
        if let Some(fault) = self.printed_quotes() {
            return fault;
        }
        let item = self.at..plain_end(self.text, self.at, true).max(self.at);
        let found = self
            .say(
                &codes::UNCLOSED_BRACKET,
                &item,
                "a `,` or the closing bracket is missing before this",
            )
            .help("separate items with commas; quote a text that contains brackets or commas");
        if let Some(key) = self.key_with_brackets() {
            let quoted = lexical::quoted(self.text[key.clone()].trim_end_matches('='));
            let place = self.span(&key);
            let help = format!("inside {{ }} a key with brackets is put in quotes: `{quoted}`");
            return found.with(|d| d.help(help).patch(place, quoted));
        }
        let Some(whole) = lexical::bracketed_text(self.text, self.at) else { return found };
        if let Some(meant) = self.as_model(&whole) {
            return meant(found);
        }
        let text = &self.text[whole.clone()];
        // `enum[a, b]`
        let is_enum = |text: &str| text.starts_with(['[', '{', ' ']);
        if text.strip_prefix("enum").is_some_and(is_enum) && self.stands_for_type(whole.start) {
            return found.help(self.named_enum(whole.start, text["enum".len()..].trim()));
        }
        // `Union[str, int]`, which no quotes make a type.
        let called = text.split(['[', '{']).next().unwrap_or_default();
        let is_name =
            called.starts_with(char::is_uppercase) && called.chars().all(char::is_alphanumeric);
        if is_name && foreign_type(text).is_none() {
            return found.help("a choice is a model with a name: `models: { Value: { union: { untagged: { … } } } }`");
        }
        // `data[0].id`: a way of other languages, and no type with limits.
        let inside = text.split_once('[').map_or("", |(_, rest)| rest);
        let index = inside.trim_start_matches('-').split([']', '.']).next().unwrap_or_default();
        let into_list =
            index == "*" || !index.is_empty() && index.bytes().all(|it| it.is_ascii_digit());
        if into_list && !foreign::is_type(called) {
            return found.help("a way has names of members with dots between them, and leads into no list: `data.next`");
        }
        let help = match foreign_type(text) {
            // `items[]`, of which nobody knows what is in it.
            Some(mended) if !foreign::member(text).is_some_and(|it| foreign::is_type(&it.ty)) => {
                return found.help(format!(
                    "a type has angles and parentheses: `{mended}`, with the name of a model in it"
                ));
            }
            Some(mended) => format!("a type has angles and parentheses: `{mended}`"),
            None if !self.stands_for_type(whole.start) || text.contains('/') => QUOTED.to_owned(),
            None if is_program(text) => return found.help(OBJECT),
            // `string [optional]`
            None if text.split(' ').next().is_some_and(foreign::is_type) => {
                return found.help(
                    "behind a type stand its flags and a documentation: `string read -- A text.`",
                );
            }
            None => QUOTED.to_owned(),
        };

        let (all, mended) = self.quoted_to_end(&whole);
        let place = self.span(&all);
        found.with(|d| d.help(help).patch(place, mended))
    }

    pub(super) fn say(
        &self,
        code: &'static Code,
        at: &Range<usize>,
        message: impl Into<String>,
    ) -> Fault {
        let diagnostic = Diagnostic::error(code, self.span(at), message);
        Fault { diagnostic, line: at.start, reach: Reach::Entry }
    }

    pub(super) fn span(&self, at: &Range<usize>) -> Span {
        span(self.file, at)
    }

    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// Whether a line since the bracket stands outside of it by its indentation.
    fn left(&self, bracket: usize) -> bool {
        // A document that is one flow collection from its first column on is JSON, and the item
        // with a dash that the scanner stopped at has a message of its own.
        if bracket == first_of_line(self.text, bracket) {
            return false;
        }
        let depth = indent(self.text, bracket);
        let last = line_start(self.text, self.at);
        // The next item of a list ends the one that the bracket stands in.
        let is_item = self.text[first_of_line(self.text, bracket)..].starts_with("- ");
        let end = if self.kind == Kind::Dash && !is_item { last } else { last + 1 };
        let mut line = next_line(self.text, bracket);
        while let Some(start) = line.filter(|start| *start < end) {
            let first = first_of_line(self.text, start);
            let inside =
                matches!(self.byte(first), None | Some(b']' | b'}' | b'#' | b'\n' | b'\r'));
            if !inside && first - start <= depth {
                return true;
            }
            line = next_line(self.text, start);
        }
        false
    }

    /// The rest of the line from a place, for a caret under all of it.
    pub(super) fn rest(&self, at: usize, flow: bool) -> Range<usize> {
        let at = skip_blanks(self.text, at);
        at..plain_end(self.text, at, flow).max(at)
    }
}

impl Fault {
    pub(super) fn help(self, text: impl Into<String>) -> Self {
        self.with(|d| d.help(text))
    }

    pub(super) fn with(self, f: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        Self { diagnostic: f(self.diagnostic), ..self }
    }

    /// What reaches otherwise than an entry.
    pub(super) fn reach(self, reach: Reach) -> Self {
        Self { reach, ..self }
    }
}

/// Whether a text looks like a key.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '?'))
}
