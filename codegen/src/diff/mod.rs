//! What changed between two specifications for the users of the generated code: `clientwright diff`.
//!
//! The surface of each is a list of items by path, each with what Rust code can see of it and what only the service
//! sees. Two such lists are compared; nothing here knows where an item came from.

mod call;
mod facts;
mod surface;
#[cfg(test)]
mod tests;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::ir::{Api, Docs};
use crate::json_text::json_text;
use call::Call;
use facts::Facts;

/// What a change asks of the next version, by the rules of cargo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bump {
    /// Code that uses the crate sees no difference.
    Patch,
    /// Code that compiled still does.
    Minor,
    /// Code that compiled may no longer do so.
    Major,
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What changed, as in `models::User::name`.
    pub item: String,
    /// How, in words.
    pub text: String,
    /// What it asks of the next version.
    pub bump: Bump,
}

/// All differences, the gravest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    /// The changes.
    pub changes: Vec<Change>,
}

impl Diff {
    /// What all changes together ask of the next version; nothing if there is none.
    #[must_use]
    pub fn bump(&self) -> Option<Bump> {
        self.changes.iter().map(|change| change.bump).max()
    }
}

impl Diff {
    /// One object with `bump` (or null) and `changes`, each with `bump`, `item` and `text`.
    #[must_use]
    pub fn json(&self) -> String {
        let changes: Vec<String> = self
            .changes
            .iter()
            .map(|change| {
                let (item, text) = (json_text(&change.item), json_text(&change.text));
                format!("{{\"bump\":\"{}\",\"item\":{item},\"text\":{text}}}", change.bump)
            })
            .collect();
        let bump = self.bump().map_or("null".to_owned(), |bump| format!("\"{bump}\""));
        format!("{{\"bump\":{bump},\"changes\":[{}]}}\n", changes.join(","))
    }
}

/// A line for each change, with all items that it happened to, and the verdict.
impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<(&Change, Vec<&str>)> = Vec::new();
        let mut known: BTreeMap<(Bump, &str), usize> = BTreeMap::new();
        for change in &self.changes {
            let line = *known.entry((change.bump, &change.text)).or_insert(lines.len());
            match lines.get_mut(line) {
                Some((_, items)) => items.push(&change.item),
                None => lines.push((change, vec![&change.item])),
            }
        }
        for (change, items) in lines {
            writeln!(f, "{}: {}: {}", change.bump, items.join(", "), change.text)?;
        }
        match self.bump() {
            Some(bump) => writeln!(f, "requires a {bump} version"),
            None => writeln!(f, "no changes"),
        }
    }
}

/// A difference, with whose differences say it as well.
struct Told {
    change: Change,
    said_by: SaidBy,
}

/// What makes a difference one that is told already, where it asks for a major version.
enum SaidBy {
    Itself,
    /// One of what it holds.
    AnyBelow,
    /// All of these items, of which there is one.
    All(Vec<String>),
}

/// What can be seen of an item.
struct Item {
    /// What it is, as in "the method".
    what: &'static str,
    /// What Rust code sees.
    rust: String,
    /// Its arguments apart, if it is called with any.
    call: Option<Call>,
    /// What makes it the same whatever it is called, if something does.
    identity: Option<String>,
    /// What only the service sees.
    wire: Facts,
    /// Whether an app that does not say it cannot call.
    must: bool,
    /// Whether it is an enum of which no variant holds anything, so that code can make numbers of them.
    plain: bool,
    /// Others that say it where they come or go.
    part_of: Vec<String>,
    /// Of what is tried in order, the pairs of which the first hides the second where both fit.
    before: Vec<(String, String)>,
    /// What readers see.
    docs: Docs,
    /// What adding it asks for.
    added: Bump,
    /// What removing it asks for.
    gone: Bump,
}

struct Surface {
    /// Items by path.
    items: BTreeMap<String, Item>,
    /// What is another name for a type, with the type.
    aliases: BTreeMap<String, String>,
}

impl Surface {
    /// What Rust code sees of an item, whatever names it goes by.
    fn plain(&self, item: &Item) -> String {
        types::renamed(&item.rust, &self.aliases)
    }
}

pub(crate) fn compare(old: &Api, new: &Api) -> Diff {
    let (old, new) = (surface::of(old), surface::of(new));
    let mut told = Vec::new();
    // What belongs to something that is gone or new as a whole says nothing more.
    let is_told = |path: &str, item: &Item, here: &Surface, there: &Surface| {
        let above = path.match_indices("::").map(|(at, _)| &path[..at]);
        let mut above = above.chain(item.part_of.iter().map(String::as_str));
        above.any(|one| here.items.contains_key(one) && !there.items.contains_key(one))
    };
    let renamed = renamed(&old, &new);
    for (path, item) in &old.items {
        let name = renamed.get(path.as_str()).copied();
        let now = new.items.get(name.unwrap_or(path));
        if let Some(name) = name
            && let Some(now) = now
            && !is_told(path, item, &old, &new)
            && !is_told(name, now, &new, &old)
        {
            push(&mut told, path, format!("{} is called `{name}` now", item.what), item.gone);
        }
        match now {
            Some(now) => changed(name.unwrap_or(path), (&old, item), (&new, now), &mut told),
            None if is_told(path, item, &old, &new) => {}
            None => push(&mut told, path, format!("{} is gone", item.what), item.gone),
        }
    }
    for (path, item) in new.items.iter().filter(|(path, _)| !old.items.contains_key(*path)) {
        if renamed.values().any(|name| name == path) || is_told(path, item, &new, &old) {
            continue;
        }
        let bump = if item.must { Bump::Major } else { item.added };
        let given = if bump == Bump::Major { " and has to be given" } else { "" };
        push(&mut told, path, format!("{} is new{given}", item.what), bump);
    }
    let mut changes = once(told);
    changes.sort_by(|a, b| b.bump.cmp(&a.bump).then_with(|| a.item.cmp(&b.item)));
    Diff { changes }
}

/// The items of another name, by that which they had: what is gone and what is new, of the same identity and no others.
fn renamed<'a>(old: &'a Surface, new: &'a Surface) -> BTreeMap<&'a str, &'a str> {
    let alone = |here: &'a Surface, there: &Surface| {
        let mut found: BTreeMap<(&str, &str), Vec<&'a str>> = BTreeMap::new();
        for (path, item) in here.items.iter().filter(|(path, _)| !there.items.contains_key(*path)) {
            if let Some(identity) = &item.identity {
                found.entry((item.what, identity)).or_default().push(path);
            }
        }
        found
    };
    let (gone, added) = (alone(old, new), alone(new, old));
    let pair =
        |(kind, gone): (&(&str, &str), &Vec<&'a str>)| match (&gone[..], &added.get(kind)?[..]) {
            ([from], [to]) => Some((*from, *to)),
            _ => None,
        };
    gone.iter().filter_map(pair).collect()
}

/// Leaves out what other differences say.
fn once(told: Vec<Told>) -> Vec<Change> {
    let broken = told.iter().map(|one| &one.change).filter(|change| change.bump == Bump::Major);
    let broken: BTreeSet<String> = broken.map(|change| change.item.clone()).collect();
    let above = broken.iter().filter_map(|item| Some(item.rsplit_once("::")?.0));
    let above: BTreeSet<&str> = above.collect();
    let is_said = |one: &Told| match &one.said_by {
        SaidBy::Itself => false,
        SaidBy::AnyBelow => above.contains(one.change.item.as_str()),
        SaidBy::All(items) => !items.is_empty() && items.iter().all(|item| broken.contains(item)),
    };
    told.into_iter().filter(|one| !is_said(one)).map(|one| one.change).collect()
}

fn changed(
    path: &str,
    (before, old): (&Surface, &Item),
    (after, new): (&Surface, &Item),
    changes: &mut Vec<Told>,
) {
    if old.rust != new.rust && before.plain(old) != after.plain(new) {
        let shown = |rust: &str| match rust {
            "" => "nothing".to_owned(),
            rust => format!("`{rust}`"),
        };
        let text = format!("was {}, is {}", shown(&old.rust), shown(&new.rust));
        let arguments = match (&old.call, &new.call) {
            (Some(old), Some(new)) => {
                let plain = |rust: &str, here: &Surface| types::renamed(rust, &here.aliases);
                old.other_arguments(new, |one| plain(one, before), |one| plain(one, after))
            }
            _ => None,
        };
        let said_by = arguments.map_or(SaidBy::Itself, SaidBy::All);
        changes.push(Told { change: change(path, text, Bump::Major), said_by });
    }
    if old.plain && !new.plain && old.rust == new.rust {
        let text = "a variant holds something now, so that none is a number".to_owned();
        changes.push(Told { change: change(path, text, Bump::Major), said_by: SaidBy::AnyBelow });
    }
    match (old.must, new.must) {
        (false, true) => push(changes, path, "has to be set".to_owned(), Bump::Major),
        (true, false) => push(changes, path, "need not be set any more".to_owned(), Bump::Minor),
        _ => {}
    }
    let facts = old.wire.changes(&new.wire, old.rust != new.rust);
    if !facts.is_empty() {
        push(changes, path, format!("for the service, {}", facts.join("; ")), Bump::Patch);
    }
    for (first, second) in &old.before {
        if new.before.iter().any(|(one, other)| (one, other) == (second, first)) {
            let text = format!("`{second}` is tried before `{first}`, and no longer behind it");
            push(changes, path, text, Bump::Patch);
        }
    }
    if old.docs.deprecated.is_none() && new.docs.deprecated.is_some() {
        push(changes, path, format!("{} is deprecated", old.what), Bump::Minor);
    } else if said(&old.docs) != said(&new.docs) {
        push(changes, path, "the documentation changed".to_owned(), Bump::Patch);
    }
}

/// Documentation without what a fact says.
fn said(docs: &Docs) -> Docs {
    Docs { limits: None, ..docs.clone() }
}

fn change(item: &str, text: String, bump: Bump) -> Change {
    Change { item: item.to_owned(), text, bump }
}

fn push(changes: &mut Vec<Told>, item: &str, text: String, bump: Bump) {
    changes.push(Told { change: change(item, text, bump), said_by: SaidBy::Itself });
}
