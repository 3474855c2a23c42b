//! Faults of single tokens: quotes, escapes, brackets and what cannot begin a text.

use std::ops::Range;

use crate::diag::codes;
use crate::foreign;

use super::fault::{Fault, Kind, Reach, Stop};
use super::lexical::{
    self, first_of_line, line_end, line_start, plain_end, quote_end, quoted, skip_blanks, value_end,
};

impl Stop<'_> {
    /// Also finds the quote of an earlier line that was closed by the opening quote of this one.
    pub(super) fn open_quote(&self, quote: usize) -> Fault {
        let line = quote..plain_end(self.text, quote, false).max(quote + 1).min(self.text.len());
        let sign = self.text[quote..].chars().next().unwrap_or('"');
        self.say(&codes::UNCLOSED_QUOTE, &line, format!("the quote `{sign}` is not closed"))
            .help("close it at the end of the text")
    }

    /// A quote behind a bracket that is not closed in its line.
    pub(super) fn quote_behind(&self, bracket: usize) -> Option<usize> {
        let end = line_end(self.text, bracket);
        let mut at = bracket + 1;
        while at < end {
            let opens = self.text[..at].trim_end_matches(' ').ends_with(['{', '[', ',', ':']);
            if opens && matches!(self.byte(at), Some(b'"' | b'\'')) {
                match quote_end(self.text, at).filter(|close| *close < end) {
                    Some(close) => at = close,
                    None => return Some(at),
                }
            }
            at += 1;
            while !self.text.is_char_boundary(at) {
                at += 1;
            }
        }
        None
    }

    pub(super) fn after_quote(&self, text: Option<(usize, usize)>, flow: bool) -> Fault {
        let Some((start, close)) = text else {
            return self
                .say(
                    &codes::AFTER_QUOTE,
                    &self.rest(self.at, flow),
                    "something follows a quoted text",
                )
                .help("quote the whole text");
        };
        if start < line_start(self.text, close) {
            let end = self.span(&(close..close + 1));
            return self
                .open_quote(start)
                .with(|d| d.related(end, "the text goes on to this quote"));
        }
        if first_of_line(self.text, start) == start
            && (self.is_mapping_behind(close + 1) || self.is_among_keys(start))
        {
            return self.quoted_key(start..close + 1);
        }
        // `"a", "b"]`
        if !flow && let [bracket] = lexical::closers(self.text, start).as_slice() {
            return self.opened_nowhere(start..close + 1, *bracket);
        }
        let message = "this stands after the quote that ends the text";
        let found = self.say(&codes::AFTER_QUOTE, &self.rest(close + 1, flow), message);
        let single = self.byte(start) == Some(b'\'');
        if self.text[close + 1..].starts_with("?:") {
            let end = close..close + 2;
            let mended = format!("?{}", &self.text[close..=close]);
            let place = self.span(&end);
            return self
                .say(&codes::AFTER_QUOTE, &end, "the `?` of a quoted name stands behind its quote")
                .help("what may be absent ends its name with `?`, inside the quotes")
                .with(|d| d.patch(place, mended));
        }
        let rest = self.text[close + 1..line_end(self.text, close)].trim_start();
        if !flow && rest.trim_end() == "," {
            let comma = self.span(&(close + 1..plain_end(self.text, close + 1, false)));
            return found
                .help("no comma stands at the end of a line that is in no bracket")
                .with(|d| d.patch(comma, ""));
        }
        if rest.starts_with("| ") {
            return found.help(
                "a choice of texts is a model, `models: { Choice: { enum: [red, green] } }`; say its name here",
            );
        }
        let help = if single {
            "quote the whole text; inside `'…'` a quote is written twice"
        } else {
            "quote the whole text; inside `\"…\"` a quote is written `\\\"`"
        };
        let found = found.help(help);
        if flow {
            return found;
        }
        let whole = start..plain_end(self.text, start, false);
        let source = &self.text[whole.clone()];
        let sign = if single { '\'' } else { '"' };
        let inner = source.strip_prefix(sign).and_then(|s| s.strip_suffix(sign));
        let mended = quoted(inner.filter(|s| !s.ends_with('\\')).unwrap_or(source));
        let place = self.span(&whole);
        found.with(|d| d.patch(place, mended))
    }

    /// Whether the line before stands in the column of this one, and begins with a key.
    fn is_among_keys(&self, at: usize) -> bool {
        let start = line_start(self.text, at);
        let Some(above) = start.checked_sub(1).map(|end| line_start(self.text, end)) else {
            return false;
        };
        let first = first_of_line(self.text, above);
        let line = &self.text[first..plain_end(self.text, first, false)];
        first - above == at - start && (line.contains(": ") || line.ends_with(':'))
    }

    /// Whether nothing but blanks stand before a mapping or a list in braces.
    fn is_mapping_behind(&self, at: usize) -> bool {
        matches!(self.byte(skip_blanks(self.text, at)), Some(b'{' | b'['))
    }

    /// A text in quotes of printed text, `“a, {b}”`, which quote nothing.
    pub(super) fn printed_quotes(&self) -> Option<Fault> {
        let line = line_start(self.text, self.at)..line_end(self.text, self.at);
        let before = &self.text[line.start..self.at];
        let start = before.rfind(['“', '„', '‘', '«', '”'])?;
        let opening = before[start..].chars().next()?;
        let inner = line.start + start + opening.len_utf8();
        if !before[..start].trim_end().ends_with([':', '{', '[', ',']) {
            return None;
        }
        let closes = if opening == '‘' { &['’', '‘'][..] } else { &['”', '“', '»'][..] };
        let end = inner + self.text[inner..line.end].find(closes)?;
        let length = self.text[end..].chars().next().map_or(0, char::len_utf8);
        if end < self.at {
            return None;
        }
        let whole = line.start + start..end + length;
        let mended = quoted(&self.text[inner..end]);
        let place = self.span(&whole);
        let message = format!("`{opening}` is a quote of printed text, which quotes nothing");
        let found = self.say(&codes::RESERVED_CHARACTER, &whole, message);
        Some(found.with(|d| d.help("write straight quotes").patch(place, mended)))
    }

    /// The scanner names the text; the backslash is somewhere in it.
    pub(super) fn escape(&self) -> Fault {
        let bytes = self.text.as_bytes();
        let end = quote_end(self.text, self.at).unwrap_or_else(|| line_end(self.text, self.at));
        let mut at = self.at + 1;
        while at < end {
            if bytes[at] != b'\\' {
                at += 1;
                continue;
            }
            let Some(letter) = self.text[at + 1..].chars().next() else { break };
            let digits = match letter {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/'
                | '\\' | 'N' | '_' | 'L' | 'P' | '\n' | '\r' => {
                    at += 1 + letter.len_utf8();
                    continue;
                }
                _ => 0,
            };
            let after = bytes.get(at + 2..end).unwrap_or_default();
            let given = after.iter().take(digits).take_while(|b| b.is_ascii_hexdigit()).count();
            if digits > 0 && given == digits {
                at += 2 + digits;
                continue;
            }
            let sequence = at..(at + 1 + letter.len_utf8() + given).min(end);
            let source = &self.text[sequence.clone()];
            let backslash = self.span(&(at..at + 1));
            let found = self.say(&codes::ESCAPE, &sequence, format!("`{source}` is no escape"));
            return found.with(|d| {
                d.help("write `\\\\` for a backslash, or use single quotes")
                    .patch(backslash, "\\\\")
            });
        }
        let text = self.at..end.min(line_end(self.text, self.at));
        self.say(&codes::ESCAPE, &text, "an escape in this text names no character")
            .help("write the character itself, or its number as `\\U0001F600`")
    }

    pub(super) fn open_bracket(&self, bracket: usize) -> Fault {
        let sign = if self.byte(bracket) == Some(b'{') { '{' } else { '[' };
        let close = if sign == '{' { '}' } else { ']' };
        let at = bracket..(bracket + 1).min(self.text.len());
        let found = self.say(&codes::UNCLOSED_BRACKET, &at, format!("`{sign}` is not closed"));
        let found = found.reach(Reach::Loose);
        let line = &self.text[bracket..line_end(self.text, bracket)];
        // Whatever would close it is a comment.
        if let Some(comment) = line.find(" #").filter(|hash| line[*hash..].contains(close)) {
            let hash = bracket + comment + 1;
            let place = self.span(&(hash..hash + 1));
            return found.with(|d| {
                d.related(place, "a comment begins here, and reaches to the end of the line")
                    .help("put the text with ` #` in quotes")
            });
        }
        found.help(format!("close it with `{close}`; quote a text that begins with a bracket"))
    }

    pub(super) fn wrong_bracket(&self) -> Fault {
        let (sign, close) = if self.byte(self.at) == Some(b'{') { ('{', '}') } else { ('[', ']') };
        let other = if close == '}' { ']' } else { '}' };
        let at = self.at..(self.at + 1).min(self.text.len());
        self.say(&codes::UNCLOSED_BRACKET, &at, format!("`{sign}` is closed by `{other}`"))
            .help(format!("close it with `{close}`"))
            .reach(Reach::Loose)
    }

    pub(super) fn stray_bracket(&self) -> Fault {
        let at = self.at..(self.at + 1).min(self.text.len());
        let sign = &self.text[at.clone()];
        self.say(&codes::UNCLOSED_BRACKET, &at, format!("`{sign}` closes nothing"))
            .help("delete it, or quote the text that it belongs to")
            .reach(Reach::Loose)
    }

    /// An unquoted text with a colon in it and a bracket too many behind it in its line, where so many are open: the one
    /// that opens is missing before it.
    pub(super) fn never_opened(&self, open: usize) -> Option<Fault> {
        let text = self.last_plain.clone()?;
        let line = line_start(self.text, text.start);
        let colon = matches!(self.kind, Kind::Colon | Kind::Separator);
        if !colon || self.byte(self.at) != Some(b':') || line != line_start(self.text, self.at) {
            return None;
        }
        // Those that other lines have opened may be closed in this one, or later.
        let here = lexical::open_at(self.text, &[], line, text.start).brackets.len();
        if open != here {
            return None;
        }
        let closers = lexical::closers(self.text, text.start);
        let close = closers.first().copied().filter(|_| closers.len() > open)?;
        let word = self.text[text.clone()].split(' ').next().unwrap_or_default();
        let found = self.opened_nowhere(text.start..text.start + word.len(), close);
        Some(Fault { line, ..found }.reach(Reach::Loose))
    }

    /// A bracket that is missing before a word, which another one closes.
    fn opened_nowhere(&self, word: Range<usize>, close: usize) -> Fault {
        let (sign, patch) = if self.byte(close) == Some(b'}') { ('{', "{ ") } else { ('[', "[") };
        let message = format!("`{sign}` is missing before `{}`", &self.text[word.clone()]);
        let place = self.span(&(word.start..word.start));
        let closes = self.span(&(close..close + 1));
        self.say(&codes::UNCLOSED_BRACKET, &word, message).with(|d| {
            d.related(closes, "this closes it")
                .help(format!("open it with `{sign}`; quote a text that ends with a bracket"))
                .patch(place, patch)
        })
    }

    pub(super) fn no_item(&self) -> Fault {
        let at = self.at..(self.at + 1).min(self.text.len());
        let at = if self.text.is_char_boundary(at.end) { at } else { self.at..self.at };
        self.say(&codes::SYNTAX, &at, "a value is missing before this")
            .help("delete the extra comma, or quote a text that contains commas")
    }

    pub(super) fn reserved(&self, flow: bool) -> Fault {
        let Some(sign) = self.text[self.at..].chars().next() else { return self.no_item() };
        let mut whole = self.rest(self.at, flow);
        // Of a key and its value it is the key that has to be quoted.
        if let Some(colon) = self.text[whole.clone()].find(": ") {
            whole.end = whole.start + colon;
        }
        let place = self.span(&whole);
        let mended = quoted(&self.text[whole]);
        let at = self.at..self.at + sign.len_utf8();
        let value = self.at..value_end(self.text, self.at, flow);
        if let Some(found) = self.reserved_type(&at, &value) {
            return found;
        }
        // A backtick between backticks cannot be read.
        let name = if sign == '`' { "a backtick".to_owned() } else { format!("`{sign}`") };
        let message = format!("an unquoted text cannot begin with {name}");
        self.say(&codes::RESERVED_CHARACTER, &at, message)
            .with(|d| d.help("quote the text").patch(place, mended))
    }

    /// `@NotNull String`, `%w[red green]` and texts between backticks, where they stand for a type or a model.
    fn reserved_type(&self, at: &Range<usize>, value: &Range<usize>) -> Option<Fault> {
        let text = &self.text[value.clone()];
        let message = match text.chars().next()? {
            '`' => "an unquoted text cannot begin with a backtick".to_owned(),
            sign => format!("an unquoted text cannot begin with `{sign}`"),
        };
        let found = self.say(&codes::RESERVED_CHARACTER, at, message);
        if let Some(meant) = self.as_model(value) {
            return Some(meant(found));
        }
        let place = self.span(value);
        let meant = foreign::member(text)?;
        if !foreign::is_type(&meant.ty) || !self.stands_for_type(value.start) {
            return None;
        }
        let help = match text.starts_with('`') {
            true => "a text of a form is a `string`: say the form in its documentation".to_owned(),
            false => format!("a type is `{}`", meant.ty),
        };
        Some(found.with(|d| d.help(help).patch(place, meant.written)))
    }

    pub(super) fn dash(&self, flow: bool) -> Fault {
        let item = self.rest(self.at, flow);
        if flow {
            return self
                .say(&codes::LIST_PLACE, &item, "an item with `- ` inside brackets")
                .help("inside brackets items are separated by commas, without dashes");
        }
        self.say(&codes::LIST_PLACE, &item, "a list with `- ` cannot begin on the line of its key")
            .help("put the items on lines of their own below the key, or write `[…]`; quote a text that begins with `- `")
    }

    pub(super) fn tag(&self) -> Fault {
        let word = self.text[self.at..line_end(self.text, self.at)].split([' ', '\t', ',']).next();
        let end = self.at + word.map_or(0, str::len);
        self.say(&codes::TAG, &(self.at..end), "tags are not part of specifications")
            .help("delete it, or quote the text if it begins with `!`")
    }

    pub(super) fn directive(&self) -> Fault {
        self.say(
            &codes::DIRECTIVE,
            &self.rest(self.at, false),
            "YAML directives are not part of specifications",
        )
        .help("delete this line")
    }

    pub(super) fn no_name(&self, flow: bool) -> Fault {
        let whole = self.rest(self.at, flow);
        let code = if self.byte(self.at) == Some(b'&') { &codes::ANCHOR } else { &codes::ALIAS };
        let sign = self.text[self.at..].chars().next().unwrap_or('*');
        let place = self.span(&whole);
        let mended = quoted(&self.text[whole.clone()]);
        self.say(code, &whole, format!("an unquoted text cannot begin with `{sign}`"))
            .with(|d| d.help("quote the text").patch(place, mended))
    }

    pub(super) fn depth(&self) -> Fault {
        let at = self.at..self.at;
        self.say(
            &codes::TOO_DEEP,
            &at,
            format!("nested deeper than {} levels", super::tree::MAX_DEPTH),
        )
        .help("look for a bracket that was never closed")
    }

    pub(super) fn block_header(&self) -> Fault {
        let message = "after `|` or `>` the text begins on the next line";
        self.say(&codes::SYNTAX, &self.rest(self.at, false), message).help(
            "move the text to the next line, indented; quote a text that begins with `|` or `>`",
        )
    }

    pub(super) fn comment(&self) -> Fault {
        let hash = self.text[self.at..line_end(self.text, self.at)]
            .find('#')
            .map_or(self.at, |h| self.at + h);
        let at = hash..line_end(self.text, hash);
        self.say(&codes::SYNTAX, &at, "this comment cuts through a text of several lines")
            .help("quote the text if `#` belongs to it, or move the comment; a key on the next line is indented too far")
    }

    pub(super) fn other(&self, words: &str) -> Fault {
        let at = self.rest(self.at, false);
        self.say(&codes::SYNTAX, &at, words.trim_end_matches('.').to_owned())
            .help("look at this line and the one before; quote texts with special characters")
    }
}
