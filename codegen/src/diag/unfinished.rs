//! Files that end in the middle of a line: somebody is writing there, and what is below is still to come.
//!
//! What seems to be missing in the items around the end, and what seems to be unknown, waits for the next run as long as
//! the last line itself has a mistake. Of items inside each other that lack something the innermost is told, once.

use std::collections::BTreeMap;

use super::{Diagnostic, Role, Severity, codes};
use crate::source::{FileId, SourceMap};

/// Drops what is said only because the rest of a file is not there yet.
pub(super) fn drop_unwritten(found: Vec<Diagnostic>, map: &SourceMap) -> Vec<Diagnostic> {
    let mut found = found;
    for file in map.files() {
        let text = map.text(file);
        if !text.is_empty() && !text.ends_with('\n') {
            found = of_file(found, file, map);
        }
    }
    found
}

fn of_file(found: Vec<Diagnostic>, file: FileId, map: &SourceMap) -> Vec<Diagnostic> {
    let text = map.text(file);
    let last = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    let is_last = |one: &Diagnostic| one.span.file == file && one.span.start as usize >= last;
    let is_wrong =
        |one: &Diagnostic| one.severity == Severity::Error && is_last(one) && !is_missing(one);
    let wrong = found.iter().any(is_wrong);
    let mut around = Around { map, file, known: BTreeMap::new() };
    let mut lacks =
        |one: &Diagnostic| is_missing(one) && one.span.file == file && around.holds(one.span.start);
    let lacking: Vec<bool> = found.iter().map(&mut lacks).collect();
    let found: Vec<(Diagnostic, bool)> = found.into_iter().zip(lacking).collect();
    let innermost = found.iter().filter(|(_, lacks)| *lacks).map(|(one, _)| one.span.start).max();
    let waits = |one: &Diagnostic, lacks: bool| {
        if wrong {
            !is_last(one) && is_unknown(one) || lacks
        } else {
            lacks && Some(one.span.start) < innermost
        }
    };
    let told = found.into_iter().filter(|(one, lacks)| !waits(one, *lacks));
    let told: Vec<(Diagnostic, bool)> = told.collect();
    // All that one item lacks is one finding.
    let is_first = |(one, lacks): &(Diagnostic, bool)| *lacks && Some(one.span.start) == innermost;
    let first = told.iter().position(is_first);
    let mut told: Vec<Diagnostic> = told.into_iter().map(|(one, _)| one).collect();
    if let Some(first) = first {
        let place = told[first].span;
        let is_more = |one: &Diagnostic| is_missing(one) && one.span == place;
        let others = told.split_off(first + 1);
        let (more, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_more);
        told[first].notes.extend(more.into_iter().filter_map(|one| one.label));
        told.extend(others);
    }
    told
}

/// Whether it says that something is not there which belongs to an item.
fn is_missing(one: &Diagnostic) -> bool {
    [&codes::MISSING_KEY, &codes::UNPROVEN, &codes::UNNAMED_EVENT].contains(&one.code)
}

fn is_unknown(one: &Diagnostic) -> bool {
    one.code.roles.iter().any(|role| matches!(role, Role::Unknown(_)))
}

/// Which items go on to the end of a file. A line is looked at once, however much begins in it.
struct Around<'t> {
    map: &'t SourceMap,
    file: FileId,
    /// By where the line begins.
    known: BTreeMap<u32, bool>,
}

impl Around<'_> {
    /// Whether the item that begins at a place goes on to the end: all lines below it are further to the right.
    fn holds(&mut self, start: u32) -> bool {
        let begin = self.map.line_start(self.file, start);
        let text = self.map.text(self.file);
        let is_around = || {
            let depth = |line: &str| line.len() - line.trim_start().len();
            let mut lines = text[begin as usize..].lines();
            let own = lines.next().map_or(0, depth);
            lines.filter(|line| !line.trim().is_empty()).all(|line| depth(line) > own)
        };
        start == 0 || *self.known.entry(begin).or_insert_with(is_around)
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    /// The findings about a specification that is cut at each of its characters.
    #[test]
    fn a_file_that_is_being_written_has_one_finding() {
        let whole = "\
clientwright: 1
provider: { name: acme }
servers: { production: https://acme.example }
auth:
  app:
    scheme: oauth2
    flow: client-credentials
    token_url: /token
defaults: { auth: app }
path: { id: UserId }
pagers: { pages: { style: cursor, cursor: after, next: next } }
models:
  UserId: string
  User: { fields: { id: UserId, name?: string } }
  Users: { fields: { data: list<User>, next?: string } }
methods:
  users.list:
    http: GET /users
    paginate: pages
    returns: Users
  users.put:
    doc: Writes a user.
    http: PUT /users/{id}
    body: User
    returns: nothing
deliveries:
  event: { field: type }
  verify:
    header: X-Signature
    hmac: sha256
    encoding: hex
    over: body
  events: { SLEEP: User }
";
        let mut several = Vec::new();
        for (end, _) in whole.char_indices().skip(17) {
            let source = Source { name: "acme.yaml".to_owned(), text: whole[..end].to_owned() };
            let report = crate::check(vec![source]);
            if report.diagnostics.len() > 1 && !whole[..end].ends_with('\n') {
                several.push(format!("{:?}\n{}", whole[..end].lines().last(), report.human(false)));
            }
        }
        assert!(several.is_empty(), "{}\n{}", several.len(), several.join("\n"));
    }
}
