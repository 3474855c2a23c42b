//! What is found at several places and mended at one.

use std::collections::BTreeMap;

use super::Diagnostic;
use super::diagnostic::PLACES;
use crate::source::Span;

/// Makes one finding of those that say the same of the same, the first of them, with where the others stand.
pub(super) fn join(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<(&str, String, Option<Span>), Vec<Span>> = BTreeMap::new();
    for one in found.iter().filter(|one| one.alike.is_some()) {
        kinds.entry(kind(one)).or_default().push(one.span);
    }
    kinds.values_mut().for_each(|places| {
        places.sort_unstable();
        places.dedup();
    });
    found
        .into_iter()
        .filter_map(|mut one| {
            let Some(text) = one.alike else { return Some(one) };
            let [first, others @ ..] = kinds.get(&kind(&one))?.as_slice() else { return None };
            if one.span != *first {
                return None;
            }
            one.related.extend(others.iter().take(PLACES).map(|place| (*place, text.to_owned())));
            if let Some(more) = others.len().checked_sub(PLACES).filter(|more| *more > 0) {
                one.notes.push(format!("so it is at {more} more places"));
            }
            Some(one)
        })
        .collect()
}

/// What a finding says, and of what.
fn kind(one: &Diagnostic) -> (&'static str, String, Option<Span>) {
    let of = one.related.first().map(|(place, _)| *place);
    (one.code.id, of_member(&one.message).to_owned(), of)
}

/// What is said of a member, wherever in an example it stands: of `$.a.b` it is what is said of `b`.
fn of_member(message: &str) -> &str {
    let path = message.strip_prefix("`$").and_then(|rest| rest.split_once('`'));
    let Some((path, _)) = path else { return message };
    path.rfind('.').map_or(message, |step| &message[step + 2..])
}
