//! Two mistakes that have nothing to do with each other: neither hides the other.

use std::fmt::Write as _;

use clientwright_codegen::check;
use clientwright_codegen::diag::{Report, Severity};
use clientwright_codegen::source::Source;

use crate::corpus::Specification;
use crate::draw::Draw;
use crate::mistakes::{self, Mistake};
use crate::rules;
use crate::tree::{self, Entry};

/// Keys of an item on which nothing else leans.
const ASIDES: [&str; 6] = ["doc", "deprecated", "from", "sdk", "assumed", "allow"];

/// How many pairs were made, and what was told of those of which one was hidden.
#[derive(Default)]
pub(crate) struct Pairs {
    pub(crate) made: usize,
    pub(crate) hidden: Vec<(String, String)>,
}

/// A mistake that is one finding when it is the only one.
struct Told<'e> {
    place: usize,
    entry: &'e Entry,
    line: usize,
    mistake: Mistake,
    code: &'static str,
    message: String,
}

impl Told<'_> {
    /// The model or method, with the key that it stands below.
    fn item(&self) -> &[String] {
        &self.entry.path[..2]
    }

    /// The key inside of it.
    fn part(&self) -> &str {
        &self.entry.path[2]
    }

    fn is_aside(&self) -> bool {
        ASIDES.contains(&self.part())
    }

    /// The example that it is a part of.
    fn example(&self) -> Option<&String> {
        self.entry.path.get(3).filter(|_| self.part() == "examples")
    }

    fn is_of_examples(&self) -> bool {
        self.code.starts_with("E07") || self.example().is_some()
    }
}

/// Makes pairs of mistakes in each file of a specification.
pub(crate) fn sweep(one: &Specification, rarely: usize, pairs: &mut Pairs) {
    for (at, file) in one.sources.iter().enumerate() {
        if !file.name.ends_with("yaml") {
            continue;
        }
        let mut draw = Draw::new(&one.name, &file.name);
        let entries = tree::entries(&file.text);
        let places =
            (0..entries.len()).flat_map(|place| mistakes::SINGLE.map(|kind| (place, kind)));
        let drawn = places.filter(|&(place, kind)| {
            let entry = &entries[place];
            let number = draw.next(entry, kind);
            in_item(entry)
                && rules::must_be_found(&entries, entry, kind)
                && number.is_multiple_of(rarely)
        });
        let told: Vec<Told<'_>> =
            drawn.filter_map(|(place, kind)| told(one, at, &entries, place, kind)).collect();
        for (index, first) in told.iter().enumerate() {
            // One that stands further down, in another item and in the same one.
            for inside in [false, true] {
                let apart = |second: &&Told<'_>| {
                    (first.item() == second.item()) == inside && are_apart(first, second)
                };
                let others: Vec<&Told<'_>> = told[index + 1..].iter().filter(apart).collect();
                if let Some(second) = others.get(index % others.len().max(1)) {
                    judge(one, at, &entries, [first, second], pairs);
                }
            }
        }
    }
}

/// Whether an entry is inside of a model or a method.
fn in_item(entry: &Entry) -> bool {
    entry.path.len() > 2 && ["models", "methods"].contains(&entry.path[0].as_str())
}

/// Whether neither mistake can have anything to do with the other. What an example shows leans on its method and on
/// models.
fn are_apart(first: &Told<'_>, second: &Told<'_>) -> bool {
    if first.entry.end >= second.entry.key.start {
        return false;
    }
    let examples = [first, second].iter().any(|one| one.is_of_examples());
    // A fault of YAML takes all with it that stands between the same braces, and a tab what stands around it.
    let is_fault = [first, second].iter().any(|one| one.code.starts_with("E01"));
    let flow = first.entry.flow && second.entry.flow;
    // What stands in the line below a key without a value may be its value.
    let empty = first.mistake == Mistake::Replaced("") && second.mistake == Mistake::NoColon;
    if empty && !flow && first.line + 1 == second.line {
        return false;
    }
    if is_fault && flow && first.line == second.line {
        return false;
    }
    if first.item() != second.item() {
        return first.item()[0] == second.item()[0] || !examples;
    }
    let tab = [first, second].iter().any(|one| one.mistake == Mistake::Tab);
    if is_fault && (flow || tab) {
        return false;
    }
    let asides = first.is_aside() || second.is_aside();
    match (first.example(), second.example()) {
        (Some(one), Some(other)) => one != other,
        _ => first.part() != second.part() && (asides || !examples),
    }
}

/// The one finding of a mistake, at its place.
fn told<'e>(
    one: &Specification,
    at: usize,
    entries: &'e [Entry],
    place: usize,
    kind: Mistake,
) -> Option<Told<'e>> {
    let entry = &entries[place];
    let made = mistakes::make(&one.sources[at].text, entries, place, kind)?;
    let line = *made.lines.first()?.start();
    let report = with(one, at, made.text);
    let mut errors = report.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    let (found, rest) = (errors.next()?, errors.next());
    let shown = report.sources.location(found.span);
    let there = shown.file == one.sources[at].name && shown.line as usize == line;
    let message = found.message.clone();
    (rest.is_none() && there).then_some(Told {
        place,
        entry,
        line,
        mistake: kind,
        code: found.code.id,
        message,
    })
}

fn with(one: &Specification, at: usize, text: String) -> Report {
    let mut sources: Vec<Source> = one.sources.clone();
    sources[at].text = text;
    check(sources)
}

fn judge(
    one: &Specification,
    at: usize,
    entries: &[Entry],
    both: [&Told<'_>; 2],
    pairs: &mut Pairs,
) {
    let [first, second] = both;
    // The one further down does not move the other.
    let text = &one.sources[at].text;
    let Some(made) = mistakes::make(text, entries, second.place, second.mistake) else { return };
    let made = mistakes::make(&made.text, entries, first.place, first.mistake);
    let Some(made) = made else { return };
    let report = with(one, at, made.text);
    pairs.made += 1;
    let count = |told: &Told<'_>| {
        let same = |code: &str, message: &str| code == told.code && message == told.message;
        let wanted = both.iter().filter(|one| same(one.code, &one.message)).count();
        let found = report.diagnostics.iter().filter(|one| same(one.code.id, &one.message));
        // What is said of several places is one finding.
        found.map(|one| 1 + one.related.len()).sum::<usize>() >= wanted
    };
    let Some(missing) = both.into_iter().find(|told| !count(told)) else { return };
    let other = if std::ptr::eq(missing, first) { second } else { first };
    let path = |told: &Told<'_>| {
        let path = &told.entry.path;
        let shown = (1..=path.len())
            .map(|end| if rules::is_named(&path[..end]) { "*" } else { &path[end - 1] });
        format!("{} of {:?} {}", told.code, told.mistake, shown.collect::<Vec<_>>().join("."))
    };
    let cause = format!("{} hidden by {}", path(missing), path(other));
    let mut shown = format!("{}:{}\n", one.name, one.sources[at].name);
    for told in both {
        let line = one.sources[at].text[..told.entry.key.start].matches('\n').count() + 1;
        let _ = writeln!(shown, "   wanted {line} {} {}", told.code, told.message);
    }
    for found in report.diagnostics.iter().filter(|one| one.severity == Severity::Error) {
        let at = report.sources.location(found.span);
        let _ = writeln!(shown, "   {}:{} {} {}", at.line, at.column, found.code.id, found.message);
    }
    pairs.hidden.push((cause, shown));
}
