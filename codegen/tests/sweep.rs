//! One mistake, one finding: specifications without a mistake are given one at a time, at each of their places.
//!
//! `SWEEP=4 cargo test -p clientwright-codegen --test sweep` makes four times as many.

#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy knows tests, and not their helpers")]

#[path = "sweep/corpus.rs"]
mod corpus;
#[path = "sweep/draw.rs"]
mod draw;
mod fixtures;
#[path = "sweep/mistakes.rs"]
mod mistakes;
#[path = "sweep/pairs.rs"]
mod pairs;
#[path = "sweep/rules.rs"]
mod rules;
#[path = "sweep/tree.rs"]
mod tree;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use clientwright_codegen::check;
use clientwright_codegen::diag::{Diagnostic, Report, Severity};
use clientwright_codegen::source::Source;
use corpus::{Specification, specifications};
use draw::Draw;
use mistakes::Mistake;
use tree::Entry;

/// A mistake that is told in a wrong way.
struct Wrong {
    /// Mistake, place and codes.
    cause: String,
    shown: String,
    /// The codes of what follows from the mistake, or what else is wrong.
    codes: Vec<String>,
}

#[derive(Default)]
struct Outcome {
    made: usize,
    wrong: Vec<Wrong>,
}

#[test]
fn one_mistake_is_one_finding() {
    let specifications = specifications();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut outcome = Outcome::default();
        while let Some(one) = specifications.get(next.fetch_add(1, Ordering::Relaxed)) {
            sweep(one, &mut outcome);
        }
        outcome
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let outcomes: Vec<Outcome> = thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        handles.into_iter().map(|handle| handle.join().unwrap()).collect()
    });
    let made: usize = outcomes.iter().map(|outcome| outcome.made).sum();
    let wrong: Vec<Wrong> = outcomes.into_iter().flat_map(|outcome| outcome.wrong).collect();
    let text = told(made, &wrong);
    if let Ok(path) = env::var("SWEEP_LIST") {
        fs::write(path, &text).unwrap();
    }
    let beyond: String = follow_ons(&wrong)
        .into_iter()
        .filter(|(code, count)| {
            let known = rules::KNOWN.iter().find(|(known, _)| known == code);
            *count > known.map_or(0, |(_, most)| *most) * factor()
        })
        .map(|(code, count)| format!("{code} follows {count} times\n"))
        .collect();
    assert!(beyond.is_empty(), "{text}\n{beyond}");
    assert!(made > 3000, "{made} mistakes");
}

#[test]
fn two_mistakes_are_two_findings() {
    let mut pairs = pairs::Pairs::default();
    for one in specifications() {
        // Those of whole providers take their time.
        let rarely = if one.rarely > 16 { continue } else { one.rarely / factor().min(one.rarely) };
        pairs::sweep(&one, rarely, &mut pairs);
    }
    let mut causes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (cause, shown) in &pairs.hidden {
        causes.entry(cause).or_default().push(shown);
    }
    let mut text = format!("{} pairs, {} with one hidden\n", pairs.made, pairs.hidden.len());
    for (cause, shown) in &causes {
        let _ = writeln!(text, "== {} {cause}\n{}", shown.len(), shown[0]);
    }
    if let Ok(path) = env::var("PAIRS_LIST") {
        fs::write(path, &text).unwrap();
    }
    assert!(pairs.hidden.is_empty(), "{text}");
    assert!(pairs.made > 1000, "{} pairs", pairs.made);
}

/// How often each code follows from a mistake.
fn follow_ons(wrong: &[Wrong]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for code in wrong.iter().flat_map(|wrong| &wrong.codes) {
        *counts.entry(code.as_str()).or_default() += 1;
    }
    counts
}

/// How many times as many mistakes are made.
fn factor() -> usize {
    env::var("SWEEP").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1)
}

/// All that is wrong, by its cause, the most frequent one first.
fn told(made: usize, wrong: &[Wrong]) -> String {
    let mut causes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for one in wrong {
        causes.entry(&one.cause).or_default().push(&one.shown);
    }
    let mut causes: Vec<_> = causes.into_iter().collect();
    causes.sort_by_key(|(_, shown)| Reverse(shown.len()));
    let mut text = format!("{made} mistakes, {} told in a wrong way\n", wrong.len());
    let _ = writeln!(text, "{:?}", follow_ons(wrong));
    for (cause, shown) in &causes {
        let _ = writeln!(text, "== {} {cause}\n{}", shown.len(), shown[0]);
    }
    text
}

/// Makes the mistakes in one specification.
fn sweep(one: &Specification, outcome: &mut Outcome) {
    let before = check(one.sources.clone());
    assert!(!before.has_errors(), "{}\n{before}", one.name);
    let rarely = (one.rarely / factor()).max(1);
    let files = one.sources.iter().enumerate().filter(|(_, file)| file.name.ends_with("yaml"));
    for (at, file) in files {
        let mut draw = Draw::new(&one.name, &file.name);
        for entry in tree::entries(&file.text) {
            for mistake in mistakes::ALL {
                if !draw.next(&entry, mistake).is_multiple_of(rarely) {
                    continue;
                }
                let Some((text, place)) = mistakes::make(&file.text, &entry, mistake) else {
                    continue;
                };
                let mut sources = one.sources.clone();
                sources[at].text = text;
                outcome.made += 1;
                let told = catch_unwind(AssertUnwindSafe(|| check(sources)));
                let name = format!("{}:{}", one.name, file.name);
                outcome.wrong.extend(match &told {
                    Ok(report) => judge(&name, file, &entry, mistake, place, report),
                    Err(_) => Some(wrong("PANIC", &[], &entry, mistake, name)),
                });
            }
        }
    }
}

/// What is wrong with a report, if anything.
fn judge(
    name: &str,
    file: &Source,
    entry: &Entry,
    mistake: Mistake,
    place: usize,
    report: &Report,
) -> Option<Wrong> {
    let errors: Vec<&Diagnostic> =
        report.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
    let lost = rules::lost(entry, mistake);
    let names_lost = |one: &&Diagnostic| {
        let span = one.span.start as usize..one.span.end as usize;
        let there = report.sources.text(one.span.file).get(span).unwrap_or_default();
        let quoted = || one.message.split('`').skip(1).step_by(2);
        lost.iter().any(|name| has_word(there, name) || quoted().any(|it| has_word(it, name)))
    };
    let line = file.text[..place.min(file.text.len())].matches('\n').count() + 1;
    let is_there = |one: &&Diagnostic| {
        let at = report.sources.location(one.span);
        at.file == file.name && at.line as usize == line
    };
    let mut everywhere = BTreeSet::new();
    let extra = errors.iter().filter(|one| !names_lost(one));
    let extra = extra.filter(|one| {
        let code = one.code.id;
        !rules::holds_everywhere(entry, mistake, code) || everywhere.insert(&code[..3])
    });
    let extra = extra.count();
    let what = match extra {
        _ if !rules::must_be_found(entry, mistake) && extra < 2 => return None,
        _ if errors.is_empty() => "SILENT",
        0 | 1 if errors.iter().any(is_there) => return None,
        0 | 1 => "ELSEWHERE",
        _ => "MANY",
    };
    let mut codes: Vec<&str> = errors.iter().map(|one| one.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut shown = format!("{name}:{line}\n");
    for one in &errors {
        let at = report.sources.location(one.span);
        let place = format!("{}:{}:{}", at.file, at.line, at.column);
        let _ = writeln!(shown, "   {place} {} {}", one.code.id, one.message);
    }
    Some(wrong(what, &codes, entry, mistake, shown))
}

/// Whether a text has a name, and not as a part of a longer one.
fn has_word(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part)
    })
}

fn wrong(what: &str, codes: &[&str], entry: &Entry, mistake: Mistake, shown: String) -> Wrong {
    let path: Vec<&str> = (1..=entry.path.len())
        .map(|end| if rules::is_named(&entry.path[..end]) { "*" } else { &entry.path[end - 1] })
        .collect();
    let cause = format!("{what} {mistake:?} {} {}", path.join("."), codes.join(" "));
    let structure = |code: &&&str| !code.starts_with("E01") && !code.starts_with("E02");
    let follow: Vec<&&str> = codes.iter().filter(structure).collect();
    let codes = match (follow.as_slice(), codes) {
        ([], []) => vec![what.to_owned()],
        ([], [.., last]) => vec![(*last).to_owned()],
        (follow, _) => follow.iter().map(|code| (**code).to_owned()).collect(),
    };
    Wrong { cause, shown, codes }
}
