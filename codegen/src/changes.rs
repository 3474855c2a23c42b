//! For tests: one change for each key of the language, of a specification that has a bit of everything.

use crate::source::Source;
use crate::{Analysis, analyse};

/// A kind of mapping and its key, as in the table of the schema; what is replaced, and by what.
pub(crate) struct Change {
    pub(crate) kind: &'static str,
    pub(crate) key: &'static str,
    from: &'static str,
    to: &'static str,
}

pub(crate) const BASE: &str = include_str!("changes/base.yaml");

/// `kind | key | from | to`, a line each; `⏎` is a line break.
const LINES: &str = include_str!("changes/changes.txt");

pub(crate) fn all() -> Vec<Change> {
    let change = |line: &'static str| {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [kind, key, from, to] = parts[..] else { panic!("four parts: {line}") };
        Change { kind, key, from, to }
    };
    LINES.lines().filter(|line| !line.starts_with('#')).map(change).collect()
}

impl Change {
    pub(crate) fn name(&self) -> String {
        format!("{}: `{}`", self.kind, self.key)
    }

    /// The specification with the change.
    pub(crate) fn text(&self) -> String {
        let breaks = |text: &str| text.replace('⏎', "\n");
        let (from, to) = (breaks(self.from), breaks(self.to));
        assert_eq!(BASE.matches(&from).count(), 1, "{}: {from}", self.name());
        BASE.replace(&from, &to)
    }
}

/// A specification that has to be right.
pub(crate) fn read(name: &str, text: &str) -> Analysis {
    let found = analyse(vec![Source { name: "shop.yaml".to_owned(), text: text.to_owned() }]);
    assert!(!found.report.has_errors(), "{name}\n{}", found.report);
    found
}

/// What an earlier stage has put in its place, so that no later one sees it.
pub(crate) const GONE: [(&str, &str); 3] =
    [("a specification", "use"), ("defaults", "..."), ("a specification", "clientwright")];

/// Every key of the language is changed once, or an earlier stage has taken it away.
#[test]
fn every_key_is_changed() {
    let changes = all();
    let missing: Vec<String> = crate::schema::table::kinds()
        .flat_map(|kind| kind.keys.iter().map(|(key, ..)| (kind.what, *key)))
        // Findings are no part of what is described.
        .filter(|(_, key)| *key != "allow")
        .filter(|one| !GONE.contains(one) && !changes.iter().any(|c| (c.kind, c.key) == *one))
        .map(|(kind, key)| format!("{kind} | {key}"))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// What is not right shows nothing.
#[test]
fn every_change_is_right() {
    let mut wrong = String::new();
    for change in all() {
        let text = change.text();
        let found = analyse(vec![Source { name: "shop.yaml".to_owned(), text }]);
        if found.report.has_errors() {
            wrong.push_str(&format!("{}\n{}", change.name(), found.report.short()));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
