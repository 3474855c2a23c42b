//! Warnings that somebody has said to be as they should be, at the item they are about.

use super::{Code, Diagnostic, Severity, codes};
use crate::source::Span;

/// An entry of an `allow`.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    pub(crate) code: &'static Code,
    /// The item with the `allow`, from its name to its end: whatever is found in there is silenced.
    pub(crate) item: Span,
    /// Where the code stands.
    pub(crate) place: Span,
}

/// Takes out of `found`, which is sorted, the warnings that are allowed, and warns of what allowed none.
///
/// Items lie inside each other or apart, so that those around a finding are a stack while one goes down a file.
pub(super) fn apply(found: &mut Vec<Diagnostic>, mut allowed: Vec<Allowed>) {
    let errors = found.iter().any(|one| one.severity == Severity::Error);
    allowed.sort_by_key(|one| (one.item.file, one.item.start, std::cmp::Reverse(one.item.end)));
    let mut used = vec![false; allowed.len()];
    let (mut next, mut around): (usize, Vec<usize>) = (0, Vec::new());
    found.retain(|one| {
        let at = (one.span.file, one.span.start);
        while let Some(more) =
            allowed.get(next).filter(|more| (more.item.file, more.item.start) <= at)
        {
            leave(&mut around, &allowed, (more.item.file, more.item.start));
            around.push(next);
            next += 1;
        }
        leave(&mut around, &allowed, at);
        let silences = |index: &&usize| allowed[**index].code == one.code;
        match around.iter().find(silences).filter(|_| one.severity == Severity::Warning) {
            Some(&index) => {
                used[index] = true;
                false
            }
            None => true,
        }
    });
    // While there are errors, some rules have not been looked at.
    if errors {
        return;
    }
    for (one, _) in allowed.iter().zip(&used).filter(|(_, used)| !**used) {
        found.push(
            Diagnostic::warning(
                &codes::USELESS_ALLOW,
                one.place,
                format!("there is no {} here", one.code.id),
            )
            .label("silences nothing")
            .help("take it out, since it would hide what comes later"),
        );
    }
}

/// Forgets the items that end before `at`.
fn leave(around: &mut Vec<usize>, allowed: &[Allowed], at: (crate::source::FileId, u32)) {
    let ended = |index: &usize| {
        let item = allowed[*index].item;
        item.file != at.0 || item.end < at.1
    };
    while around.last().is_some_and(ended) {
        around.pop();
    }
}
