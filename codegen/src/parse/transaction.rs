//! `transaction:` of a group.

use super::reader::{self, Keys, shown};
use crate::ast::{Text, Transaction};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Spanned;

/// The transaction of the group that is called `group`.
pub(super) fn read(
    group: &str,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Transaction> {
    let entry = keys.entry("transaction")?;
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("a transaction", node, diagnostics)?;
    let mut required = |key| {
        let text = keys.text(key, diagnostics);
        if text.is_none() {
            let help = "a transaction is `{ open: METHOD, commit: METHOD, id: PARAMETER }`";
            keys.missing(key, entry.key.span, help);
        }
        text
    };
    let (open, commit, id) = (required("open"), required("commit"), required("id"));
    let at = keys.way("at", diagnostics);
    let together = keys.are_neighbours("open", "commit");
    let opened = keys.span("open");
    keys.finish(diagnostics);
    let (mut open, mut commit, id) = (open?, commit?, id?);
    let bare = [&open, &commit].map(|name| without_group(group, name));
    if let Some(first) = bare.iter().flatten().next() {
        let named = [("open", &open), ("commit", &commit)];
        let mut wrong = named.iter().zip(&bare).filter(|(_, bare)| bare.is_some());
        let place = wrong.next().map_or(open.span, |((_, name), _)| name.span);
        let found = Diagnostic::error(
            &codes::TRANSACTION_METHOD,
            place,
            format!("the group `{}` is named once more", shown(group)),
        )
        .help(format!("its methods stand here by their names in it: `{}`", shown(&first.value)));
        let found = wrong.fold(found, |found, ((_, name), _)| found.related(name.span, "and here"));
        diagnostics.push(match (&bare, opened) {
            ([Some(opens), Some(commits)], Some(key)) if together && open.span < commit.span => {
                let items = [("open", opens), ("commit", commits)]
                    .map(|(key, it)| format!("{key}: {}", it.value));
                found.patch_items(key.to(commit.span), items.to_vec())
            }
            ([Some(_), Some(_)], _) => found,
            _ => found.patch(place, first.value.as_str()),
        });
    }
    let [opens, commits] = bare;
    open = opens.unwrap_or(open);
    commit = commits.unwrap_or(commit);
    Some(Transaction { open, commit, id, at })
}

/// `orders.create` within `orders`, without the group.
fn without_group(group: &str, name: &Text) -> Option<Text> {
    let bare = name.value.strip_prefix(group)?.strip_prefix('.')?;
    Some(Spanned::new(bare.to_owned(), name.span))
}
