//! What is found at several places and mended at one.

use std::collections::BTreeMap;

use super::Diagnostic;
use super::collected::PLACES;
use crate::source::Span;

/// What a finding is about, what to do about it, and where that stands.
type Kind<'f> = (&'static str, &'f [String], Option<&'f str>, Option<Span>);

/// Where those stand that are one finding with the first of them.
struct Others {
    /// As many as are pointed at.
    first: Vec<Span>,
    more: usize,
}

/// Makes one finding of those that are about the same, the first of them, with where the others stand.
pub(super) fn join(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let joined = |one: &&Diagnostic| one.alike.is_some() && !one.about.is_empty();
    let mut kinds: BTreeMap<Kind<'_>, Vec<Span>> = BTreeMap::new();
    for one in found.iter().filter(joined) {
        kinds.entry(kind(one)).or_default().push(one.span);
    }
    kinds.values_mut().for_each(|places| {
        places.sort_unstable();
        places.dedup();
    });
    let others: Vec<Option<Others>> = found
        .iter()
        .map(|one| {
            let (first, others) = kinds.get(&kind(one)).filter(|_| joined(&one))?.split_first()?;
            (*first == one.span).then(|| Others {
                first: others.iter().take(PLACES).copied().collect(),
                more: others.len().saturating_sub(PLACES),
            })
        })
        .collect();
    let with_others = |(mut one, others): (Diagnostic, Option<Others>)| {
        let Some(text) = one.alike.filter(|_| !one.about.is_empty()) else { return Some(one) };
        // One that is not the first is told with that.
        let others = others?;
        one.related.extend(others.first.into_iter().map(|place| (place, text.to_owned())));
        if others.more > 0 {
            one.notes.push(format!("so it is at {} more places", others.more));
        }
        Some(one)
    };
    found.into_iter().zip(others).filter_map(with_others).collect()
}

/// What a finding is about, with what is to be done, which would be lost if it were another one.
fn kind(one: &Diagnostic) -> Kind<'_> {
    let of = one.related.first().map(|(place, _)| *place);
    (one.code.id, &one.about, one.help.as_deref(), of)
}

#[cfg(test)]
mod tests {
    use super::join;
    use crate::diag::{Diagnostic, codes};
    use crate::source::{Source, SourceMap, Span};

    fn found(at: u32, message: &str, about: &[&str]) -> Diagnostic {
        let file = SourceMap::default()
            .add(Source { name: "a.yaml".to_owned(), text: "a: [b, c]\n".to_owned() });
        let span = Span { file, start: at, end: at + 1 };
        let found = Diagnostic::error(&codes::EXAMPLE_MISMATCH, span, message);
        found.about(about.iter().copied()).alike("and here")
    }

    /// How a finding is worded has no part in it.
    #[test]
    fn one_finding_is_what_is_about_the_same() {
        let one =
            join(vec![found(1, "`$.a` is x", &["a", "x"]), found(5, "x at `$[0].a`", &["a", "x"])]);
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].related.len(), 1);
        let two =
            join(vec![found(1, "`$.a` is x", &["a", "x"]), found(5, "`$.a` is x", &["b", "x"])]);
        assert_eq!(two.len(), 2);
    }

    #[test]
    fn what_says_nothing_of_itself_stands_alone() {
        assert_eq!(join(vec![found(1, "wrong", &[]), found(5, "wrong", &[])]).len(), 2);
    }
}
