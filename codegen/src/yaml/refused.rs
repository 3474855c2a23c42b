//! Features of YAML that specifications do without, refused with what to write instead.

use std::ops::Range;

use crate::diag::{Diagnostic, codes};
use crate::foreign;
use crate::source::Span;

use super::tree::Tree;
use super::{Value, lexical};

impl Tree<'_> {
    pub(super) fn anchor(&mut self, at: &Range<usize>) {
        let name = self.source(at);
        let message = format!("the anchor `{name}` is not part of specifications");
        let help = "use a model, `like`, the spread `...`, `defaults` or `use`; \
                    a text that begins with `&` is quoted";
        self.report(Diagnostic::error(&codes::ANCHOR, self.span(at), message).help(help));
    }

    pub(super) fn alias(&mut self, at: Range<usize>, known: bool) {
        self.advance(&at);
        self.count();
        if at.start < self.merged {
            // What is merged is told with the key.
            return self.refuse(self.span(&at));
        }
        let name = self.source(&at);
        let span = self.span(&at);
        let found = if known {
            let message = format!("the alias `{name}` is not part of specifications");
            Diagnostic::error(&codes::ALIAS, span, message)
                .help("use a model, `like`, the spread `...`, `defaults` or `use`")
        } else {
            let message = format!("a text that begins with `*` is an alias in YAML: `{name}`");
            let found = Diagnostic::error(&codes::ALIAS, span, message);
            match foreign::ty(&name).filter(|ty| foreign::is_type(ty)) {
                Some(ty) => found.help(format!("a type is `{ty}`")).patch(span, ty),
                // Whoever writes this knows what an alias is.
                None if name[1..].starts_with(char::is_alphanumeric) && !name.ends_with('*') => {
                    found.help("say what it stands for; a text that begins with `*` is quoted")
                }
                None => found.help("quote the text").patch(span, lexical::quoted(&name)),
            }
        };
        self.report(found);
        self.refuse(span);
    }

    pub(super) fn tag(&mut self, at: &Range<usize>) {
        let name = self.source(at);
        let span = self.span(at);
        let message = format!("the tag `{name}` is not part of specifications");
        let help = "delete it: the declared type says how a value is read; \
                    a text that begins with `!` is quoted";
        let after = lexical::skip_blanks(self.text, at.end);
        let found = Diagnostic::error(&codes::TAG, span, message).help(help);
        let bare = name.trim_start_matches('!');
        if foreign::is_type(bare) {
            self.report(found.patch(span, bare));
            return;
        }
        self.report(found.patch(self.span(&(at.start..after)), ""));
    }

    /// Says that more follows; the rest is not read.
    pub(super) fn second_document(&mut self, at: usize) {
        let end = lexical::line_end(self.text, at);
        let end = if self.text[at..].starts_with("---") { at + 3 } else { end };
        let message = "a second document begins here";
        let help = "delete the line, or put what follows into a file of its own";
        let span = self.span(&(at..end));
        self.report(Diagnostic::error(&codes::SECOND_DOCUMENT, span, message).help(help));
        self.complete = false;
    }

    pub(super) fn empty_key(&mut self, at: usize) {
        // The key itself has no width: point at the colon.
        let width = usize::from(self.text.as_bytes().get(at) == Some(&b':'));
        let place = self.span(&(at..at + width));
        let message = "there is no key before this `:`";
        let help = "write a key; a text that begins with `:` is quoted";
        self.report(Diagnostic::error(&codes::EMPTY_KEY, place, message).help(help));
    }

    /// `name:: string`
    pub(super) fn colons(&mut self, word: &str, key: Span) {
        let more = key.slice(word.len(), (key.end - key.start) as usize);
        let message = format!("a colon too many stands behind `{word}`");
        let found = Diagnostic::error(&codes::EMPTY_KEY, more, message);
        let help = format!("write `{word}:`; a key that ends with a colon is quoted");
        self.report(found.help(help).patch(more, ""));
    }

    pub(super) fn merge_key(&mut self, span: Span, flow: bool) {
        self.merged = lexical::value_end(self.text, span.end as usize, flow);
        let message = "the merge key `<<` is not part of specifications";
        let help = "bring in the members of a model with `...: Model` among the members, or with `like: Model` in place of them";
        self.report(Diagnostic::error(&codes::MERGE_KEY, span, message).help(help));
    }

    /// `User { id: string`, where the bracket and what follows it have become a part of the key.
    pub(super) fn bracket_without_colon(&mut self, key: &Range<usize>, whole: Span) {
        let name = self.source(key);
        let glued = self.text.as_bytes().get(key.end) == Some(&b':');
        let (what, sign, at) =
            if glued { ("blank", " ", key.end + 1) } else { ("colon", ":", key.end) };
        let (sign, behind) = match lexical::equals(self.text, at) {
            Some(equals) => (": ", equals),
            None => (sign, at..at),
        };
        let bracket = lexical::sign_behind(self.text, behind.end);
        let behind = self.span(&behind);
        let message = format!("a {what} is missing behind `{name}{}`", &":"[..usize::from(glued)]);
        let found = Diagnostic::error(&codes::MISSING_COLON, self.span(key), message);
        self.report(found.help(format!("write `{name}: {bracket}`")).patch(behind, sign));
        self.lose(&name, self.span(key));
        self.refuse(whole);
    }

    pub(super) fn complex_key(&mut self, mark: usize) {
        let message = "keys after `? ` are not part of specifications";
        let found = Diagnostic::error(&codes::COMPLEX_KEY, self.span(&(mark..mark + 1)), message);
        self.report(found.help("write `key: value`; the mark of an optional field ends its name"));
    }

    pub(super) fn collection_key(&mut self, span: Span, flow: bool, value: &Value) {
        let kind = if matches!(value, Value::Sequence(_)) { "list" } else { "mapping" };
        let at = span.start as usize..span.end as usize;
        let source = self.source(&at);
        // After `? ` that is said already.
        let mark =
            lexical::explicit_key(self.text, lexical::line_start(self.text, at.start), at.start);
        if mark.is_none() {
            let message = format!("a key is a text, this is a {kind}");
            let found = Diagnostic::error(&codes::KEY_NOT_TEXT, span, message);
            if is_statuses(value) {
                self.report(found.help(
                    "each status has a key of its own, `400: Problem, 404: Problem`; `4xx` stands for all that begin with 4",
                ));
                self.refuse(span);
                return;
            }
            if let Some((whole, meant)) = self.index_signature(&at) {
                let help = format!("an object with keys of any name is `{meant}`");
                self.report(found.help(help).patch(self.span(&whole), meant));
                self.refuse(span);
                return;
            }
            let behind = lexical::skip_blanks(self.text, at.end);
            if matches!(self.text.as_bytes().get(behind), Some(b',' | b'}')) {
                self.report(found.help("the items of a list stand in `[…]`, and not in braces"));
                self.refuse(span);
                return;
            }
            let mut found = found.help(
                "quote it if it is a text; YAML reads `{…}` and `[…]` as a mapping and a list",
            );
            if flow && !source.contains(['\n', '\r']) {
                found = found.patch(span, lexical::quoted(&source));
            }
            self.report(found);
        }
        self.refuse(span);
    }
}

impl Tree<'_> {
    /// `{ [key: string]: Line }`, of which the key is known: where all of it is, and the type that it is.
    fn index_signature(&self, key: &Range<usize>) -> Option<(Range<usize>, String)> {
        let start = self.text[..key.start].trim_end_matches(' ').strip_suffix('{')?.len();
        let whole = start..lexical::value_end(self.text, start, true);
        let meant = foreign::member(&self.text[whole.clone()])?.written;
        Some((whole, meant))
    }
}

/// `[400, 404]`
fn is_statuses(value: &Value) -> bool {
    let Value::Sequence(items) = value else { return false };
    let is_status = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let status = |item: &super::Node| item.as_scalar().is_some_and(|it| is_status(&it.text));
    !items.is_empty() && items.iter().all(status)
}
