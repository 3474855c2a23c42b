//! Where exactly a name stands in what was read.

use crate::source::{SourceMap, Span};

/// What belongs to a name; dots join names.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The text of a span.
pub(super) fn text(map: &SourceMap, span: Span) -> &str {
    map.text(span.file).get(span.start as usize..span.end as usize).unwrap_or("")
}

/// The place of `name` in `span`, which may hold more: arguments of a type, quotes, the text behind a source. `None` where
/// it is not there once and whole, as in a text with escapes.
pub(super) fn exact(map: &SourceMap, span: Span, name: &str) -> Option<Span> {
    let text = text(map, span);
    let bounded = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(|c| is_word(c) || c == '.') && !after.is_some_and(is_word)
    };
    if name.is_empty() {
        return None;
    }
    if text.starts_with(name) && bounded(0) {
        return Some(span.slice(0, name.len()));
    }
    let mut found = text.match_indices(name).map(|(at, _)| at).filter(|at| bounded(*at));
    let at = found.next()?;
    if found.next().is_some() { None } else { Some(span.slice(at, at + name.len())) }
}
