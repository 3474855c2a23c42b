//! Findings, as editors show them.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use clientwright_codegen::diag::{Diagnostic, Report, Severity};
use serde_json::{Value, json};

use super::workspace::{Locator, Looked, Workspace};

/// So many findings of one file are shown; nobody mends more at once, and the rest comes when these are mended.
const MOST: usize = 1_000;

/// What each file was last said to have.
#[derive(Default)]
pub(super) struct Published {
    files: BTreeMap<PathBuf, Vec<Value>>,
}

impl Published {
    /// What has changed since the editor was told, as parameters of a notification for each file.
    pub(super) fn news(&mut self, workspace: &mut Workspace) -> Vec<Value> {
        let now = findings(workspace);
        let mut news = Vec::new();
        let before = self.files.keys().filter(|path| !now.contains_key(*path));
        let gone: Vec<PathBuf> = before.cloned().collect();
        for path in gone {
            self.files.remove(&path);
            news.push(json!({ "uri": workspace.uri(&path), "diagnostics": [] }));
        }
        for (path, found) in now {
            if self.files.get(&path) != Some(&found) {
                let mut params = json!({ "uri": workspace.uri(&path), "diagnostics": found });
                if let Some(version) = workspace.version(&path) {
                    params["version"] = version.clone();
                }
                news.push(params);
                self.files.insert(path, found);
            }
        }
        news
    }
}

/// The findings of all specifications of which a file is open, by file.
fn findings(workspace: &mut Workspace) -> BTreeMap<PathBuf, Vec<Value>> {
    let open: Vec<PathBuf> = workspace.opened();
    let mut found: BTreeMap<PathBuf, Vec<Value>> = BTreeMap::new();
    // Two specifications say the same of a file that both use.
    let mut known: HashSet<(PathBuf, String)> = HashSet::new();
    for at in workspace.with(|path| open.iter().any(|it| it == path)) {
        workspace.look(at);
        let stray = workspace.get(at).is_some_and(|one| one.stray);
        let Some(Looked { inspection, faults }) = workspace.looked(at) else { continue };
        let unreadable = faults.diagnostics.iter().map(|one| (faults, one));
        let rest = inspection.report.diagnostics.iter().filter(|one| !stray || is_own(one));
        // That a file cannot be used is said where it could not be read.
        let place = |report: &Report, one: &Diagnostic| report.sources.location(one.span);
        let told: Vec<_> = faults.diagnostics.iter().map(|one| place(faults, one)).collect();
        let rest = rest.map(|one| (&inspection.report, one));
        let rest = rest.filter(|(report, one)| !told.contains(&place(report, one)));
        let mut locators =
            [Locator::new(workspace, faults), Locator::new(workspace, &inspection.report)];
        for (report, one) in unreadable.chain(rest) {
            let path = PathBuf::from(report.sources.name(one.span.file));
            let list = found.entry(path.clone()).or_default();
            if list.len() == MOST {
                continue;
            }
            let own = usize::from(!std::ptr::eq(report, faults));
            let shown = shown(&mut locators[own], one);
            if known.insert((path, shown.to_string())) {
                list.push(shown);
            }
        }
    }
    found
}

/// Whether a finding of a part without its specification is about the part itself: its YAML and its keys.
fn is_own(finding: &Diagnostic) -> bool {
    let structure = ["E00", "E01", "E02"].iter().any(|family| finding.code.id.starts_with(family));
    structure && finding.span.end > 0
}

/// A finding with everything that is said about it.
pub(super) fn shown(locator: &mut Locator<'_>, finding: &Diagnostic) -> Value {
    let mut message = finding.message.clone();
    for line in finding.label.iter().chain(&finding.notes) {
        message.push('\n');
        message.push_str(line);
    }
    if let Some(help) = &finding.help {
        message.push_str("\nhelp: ");
        message.push_str(help);
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|(span, text)| json!({ "location": locator.location(*span), "message": text }))
        .collect();
    let mut shown = json!({
        "range": locator.range(finding.span),
        "severity": if finding.severity == Severity::Error { 1 } else { 2 },
        "code": finding.code.id,
        "source": "clientwright",
        "message": message,
    });
    if !related.is_empty() {
        shown["relatedInformation"] = Value::Array(related);
    }
    shown
}
