//! What commas inside `{ }` have torn off members, of which they make keys without a value.

use super::super::reader;
use super::super::short::FLAGS;
use super::colonless;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::foreign;
use crate::source::Span;
use crate::yaml::{Entry, Style};

/// The entry above one, and what has been torn off it.
pub(super) fn around(entries: &[Entry], index: usize) -> (Option<&Entry>, &[Entry]) {
    let above = index.checked_sub(1).and_then(|above| entries.get(above));
    (above, torn_off(&entries[index..]))
}

/// Entries of types, each with what commas inside `{ }` have torn off it.
pub(in crate::parse) fn with_torn(entries: &[Entry]) -> impl Iterator<Item = (&Entry, &[Entry])> {
    let whole = (0..entries.len()).filter(|index| !is_rest_of_type(entries, *index));
    whole.map(|index| (&entries[index], torn_off(&entries[index..])))
}

/// Whether a comma inside `{ }` has torn this off the type before it, as in `map<time, int32>`: that
/// type is reported already.
pub(in crate::parse) fn is_rest_of_type(entries: &[Entry], index: usize) -> bool {
    let whole = entries[..index].iter().rposition(|entry| !entry.value.is_null());
    whole.is_some_and(|whole| index - whole <= torn_off(&entries[whole..]).len())
}

/// What commas inside `{ }` have torn off the type of the first of these entries.
fn torn_off(entries: &[Entry]) -> &[Entry] {
    let [first, rest @ ..] = entries else { return &[] };
    let Some(text) = first.value.as_scalar().filter(|text| text.style == Style::Plain) else {
        return &[];
    };
    let closing = [('<', '>'), ('(', ')')]
        .into_iter()
        .find(|(open, close)| text.text.matches(*open).count() > text.text.matches(*close).count());
    let Some((_, close)) = closing else { return &[] };
    let nulls = rest.iter().take_while(|entry| entry.value.is_null());
    let end = nulls.clone().position(|entry| entry.key.value.contains(close));
    end.map_or(&[], |end| &rest[..=end])
}

/// A type with what has been torn off it, and all of its place.
pub(in crate::parse) fn joined(text: &str, place: Span, torn: &[Entry]) -> (String, Span) {
    torn.iter().fold((text.to_owned(), place), |(text, place), entry| {
        (format!("{text}, {}", entry.key.value), place.to(entry.key.span))
    })
}

/// Whether commas inside `{ }` have torn this off the documentation before it, which is told of once.
pub(super) fn is_rest_of_doc(
    entries: &[Entry],
    index: usize,
    diagnostics: &mut Diagnostics,
) -> bool {
    let is_torn = |at: usize| {
        let (before, entry) = (&entries[at - 1], &entries[at]);
        let end = if before.value.is_null() { before.key.span.end } else { before.value.span.end };
        // On a line of its own it is no rest of anything.
        reader::is_alone(entry)
            && entry.key.span.start.saturating_sub(end) <= 2
            && colonless(entry).is_none()
    };
    let has_doc = |entry: &Entry| {
        let text = entry.value.as_scalar().filter(|text| text.style == Style::Plain);
        text.is_some_and(|text| text.text.contains(" -- "))
    };
    let mut first = index;
    while first > 0 && is_torn(first) {
        first -= 1;
    }
    if first == index || !has_doc(&entries[first]) {
        return false;
    }
    if first + 1 == index {
        let end = (index + 1..entries.len()).find(|at| !is_torn(*at)).unwrap_or(entries.len());
        let rest = &entries[index + 1..end];
        diagnostics.push(reader::torn_text(&entries[index], rest, Some(&entries[first])));
    }
    true
}

/// `string, read`: words behind a type that a comma inside { } has made a key.
pub(super) fn torn_words(entry: &Entry, above: Option<&Entry>) -> Option<Diagnostic> {
    let ty = above?.value.as_scalar().filter(|text| text.style == Style::Plain)?;
    let key = entry.key.value.as_str();
    let flags = key.split(' ').all(|word| FLAGS.contains(&word));
    let sentence = key.ends_with('.') && key.contains(' ');
    let whole = match (flags || key == "null", sentence) {
        _ if ty.text.contains(" -- ") || !reader::is_plain(&entry.key) => return None,
        (true, _) => format!("{} {key}", ty.text),
        (_, true) => format!("{} -- {key}", ty.text),
        _ => return None,
    };
    let meant = foreign::member(&whole)?.written;
    Some(
        Diagnostic::error(
            &codes::EMPTY_VALUE,
            entry.key.span,
            format!("`{}` has no value", reader::shown(key)),
        )
        .label("a comma ends a value inside { }, so that this is a key")
        .help(format!("no comma stands there: `{}`", reader::shown(&meant)))
        .patch(above?.value.span.to(entry.key.span), meant),
    )
}
