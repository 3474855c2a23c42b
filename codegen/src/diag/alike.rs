//! What is found at several places and mended at one.

use std::collections::BTreeMap;

use super::Diagnostic;
use super::collected::PLACES;
use crate::source::Span;

/// What a finding says and what to do about it, and of what.
type Kind = (&'static str, String, Option<String>, Option<Span>);

/// Makes one finding of those that say the same of the same, the first of them, with where the others stand.
pub(super) fn join(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<Kind, Vec<Span>> = BTreeMap::new();
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
fn kind(one: &Diagnostic) -> Kind {
    let of = one.related.first().map(|(place, _)| *place);
    (one.code.id, of_member(&one.message), one.help.clone(), of)
}

/// What is said of a member, wherever in an example it stands: of `$.a[0].b` it is what is said of `b`, whatever value
/// it has there.
fn of_member(message: &str) -> String {
    let path = message.strip_prefix("`$").and_then(|rest| rest.split_once('`'));
    let Some((path, said)) = path else { return message.to_owned() };
    let last = path.rfind('.').map_or(path, |step| &path[step + 1..]);
    // Which of a list it is says nothing.
    let mut name = String::new();
    for part in last.split_inclusive(']') {
        let index = part
            .rfind('[')
            .filter(|at| part[at + 1..].trim_end_matches(']').bytes().all(|b| b.is_ascii_digit()));
        name.push_str(index.map_or(part, |at| &part[..at]));
    }
    let said = said.split_once(", the example has ").map_or(said, |(said, _)| said);
    format!("{name}`{said}")
}

#[cfg(test)]
mod tests {
    use super::of_member;

    #[test]
    fn what_is_said_of_one_member() {
        assert_eq!(of_member("`$.a[0].b` is missing"), "b` is missing");
        assert_eq!(of_member("`$.a[12]` is a number, the example has `x`"), "a` is a number");
        assert_eq!(of_member("`$[3]` lacks `a` and `b`"), "` lacks `a` and `b`");
        assert_eq!(of_member("`$['odd']` is missing"), "['odd']` is missing");
        assert_eq!(of_member("there is no type `A`"), "there is no type `A`");
    }
}
