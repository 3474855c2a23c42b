//! Texts in `{ }` that lack one of their quotes, or the colon before them: the commas in them make keys of their parts.

use std::ops::Range;

use crate::diag::{Diagnostic, codes};
use crate::source::Span;

use super::lexical::{quote_end, sign_behind};
use super::tree::Tree;
use super::{Entry, Style};

/// What is wrong with a key that has half of a text in quotes.
pub(super) enum Torn {
    /// `sign "t=1,v1=A"`: the colon behind the word is missing, and all up to the quote is one text.
    NoColon { word: Range<usize>, close: usize },
    /// `GMT"`: the quote that opens the text is.
    Unopened,
}

/// A text with more commas is taken for keys.
const MOST_PARTS: usize = 100;

/// Whether a key without a value is a part of a text in quotes.
pub(super) fn find(text: &str, key: Span) -> Option<Torn> {
    let (start, end) = (key.start as usize, key.end as usize);
    let (source, ends) = (&text[start..end], |at| matches!(sign_behind(text, at), "," | "}"));
    if !ends(end) {
        return None;
    }
    let Some(word) = source.find(" \"") else {
        let rest = source.strip_suffix('"')?;
        return (!rest.contains('"')).then_some(Torn::Unopened);
    };
    let close = quote_end(text, start + word + 1)?;
    let is_word = !source[..word].contains([' ', '"']);
    let inside = |close: usize| close >= end && !text[start..close].contains('\n');
    let word = start..start + word;
    (is_word && ends(close + 1) && inside(close)).then_some(Torn::NoColon { word, close })
}

/// Takes out the entry whose value such a key ends, with the parts of it that have become keys before this one.
pub(super) fn take(entries: &mut Vec<Entry>) -> Option<Entry> {
    let parts = entries.iter().rev().take(MOST_PARTS).position(|entry| !entry.value.is_null())?;
    let at = entries.len() - 1 - parts;
    let text = entries[at].value.as_scalar()?;
    let torn = text.style == Style::Plain && !text.text.contains('"');
    torn.then(|| entries.drain(at..).next())?
}

impl Tree<'_> {
    /// Reports a text of which a key is the beginning.
    pub(super) fn text_without_colon(&mut self, word: &Range<usize>) {
        let name = self.source(word);
        let behind = self.span(&(word.end..word.end));
        let message = format!("a colon is missing behind `{name}`");
        let found = Diagnostic::error(&codes::MISSING_COLON, self.span(word), message)
            .help(format!("write `{name}: \"`"))
            .patch(behind, ":");
        self.report(found);
        self.lose(&name, self.span(word));
    }

    /// Reports a text that has no quote where it begins.
    pub(super) fn text_without_quote(&mut self, whole: Span) {
        let start = Span::new(whole.file, whole.start, whole.start);
        let message = "the quote `\"` is closed here, and nowhere opened";
        let end = Span::new(whole.file, whole.end.saturating_sub(1), whole.end);
        let found = Diagnostic::error(&codes::UNCLOSED_QUOTE, end, message)
            .related(start, "the text begins here")
            .help("open it where the text begins")
            .patch(start, "\"");
        self.report(found);
    }
}
