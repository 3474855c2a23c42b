//! One mistake, one finding: specifications without a mistake are given one at a time, at each of their places.
//!
//! `SWEEP=4 cargo test -p clientwright-codegen --test sweep` makes four times as many, `SWEEP_SEED=2` others,
//! and `SWEEP_KINDS=Typo` only those whose name begins like this.

#![allow(clippy::unwrap_used, clippy::panic, reason = "clippy knows tests, and not their helpers")]

#[path = "sweep/blocks.rs"]
mod blocks;
#[path = "sweep/corpus.rs"]
mod corpus;
#[path = "sweep/draw.rs"]
mod draw;
mod fixtures;
#[path = "sweep/flow.rs"]
mod flow;
#[path = "sweep/judge.rs"]
mod judge;
#[path = "sweep/lines.rs"]
mod lines;
#[path = "sweep/mistakes.rs"]
mod mistakes;
#[path = "sweep/moved.rs"]
mod moved;
#[path = "sweep/pairs.rs"]
mod pairs;
#[path = "sweep/rules.rs"]
mod rules;
#[path = "sweep/tree.rs"]
mod tree;
#[path = "sweep/typed.rs"]
mod typed;
#[path = "sweep/words.rs"]
mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use clientwright_codegen::check;
use clientwright_codegen::diag::Report;
use clientwright_codegen::source::Source;
use corpus::{Specification, specifications};
use draw::Draw;
use judge::{Case, Wrong};
use mistakes::{FURTHER, Mistake, SINGLE, TYPED};

/// What a kind of mistake has come to.
#[derive(Clone, Copy, Default)]
struct Count {
    made: usize,
    wrong: usize,
    /// Changes that are offered, and those that do not mend.
    changes: usize,
    useless: usize,
}

#[derive(Default)]
struct Outcome {
    kinds: BTreeMap<Mistake, Count>,
    wrong: Vec<Wrong>,
    useless: Vec<Wrong>,
}

impl Outcome {
    fn join(mut self, other: Self) -> Self {
        for (kind, more) in other.kinds {
            let count = self.kinds.entry(kind).or_default();
            count.made += more.made;
            count.wrong += more.wrong;
            count.changes += more.changes;
            count.useless += more.useless;
        }
        self.wrong.extend(other.wrong);
        self.useless.extend(other.useless);
        self
    }
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
    let outcome = outcomes.into_iter().fold(Outcome::default(), Outcome::join);
    let text = told(&outcome);
    if let Ok(path) = env::var("SWEEP_LIST") {
        fs::write(path, &text).unwrap();
    }
    let beyond: String = follow_ons(&outcome.wrong)
        .into_iter()
        .filter(|(code, count)| {
            let known = rules::KNOWN.iter().find(|(known, _)| known == code);
            *count > known.map_or(0, |(_, most)| *most) * factor()
        })
        .map(|(code, count)| format!("{code} follows {count} times\n"))
        .collect();
    assert!(beyond.is_empty() && outcome.useless.is_empty(), "{text}\n{beyond}");
    for kind in SINGLE.iter().chain(&FURTHER).chain(&TYPED) {
        assert!(outcome.kinds.contains_key(kind), "{kind:?} is never made");
    }
    let made: usize = outcome.kinds.values().map(|count| count.made).sum();
    assert!(made > 6000, "{made} mistakes");
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
fn told(outcome: &Outcome) -> String {
    let sum = |count: fn(&Count) -> usize| outcome.kinds.values().map(count).sum::<usize>();
    let mut text = format!(
        "{} mistakes, {} told in a wrong way; {} changes, of which {} do not mend\n",
        sum(|it| it.made),
        sum(|it| it.wrong),
        sum(|it| it.changes),
        sum(|it| it.useless)
    );
    for (kind, Count { made, wrong, changes, useless }) in &outcome.kinds {
        let _ = writeln!(text, "{kind:?}: {made}, {wrong} wrong; {changes}, {useless} useless");
    }
    let _ = writeln!(text, "{:?}", follow_ons(&outcome.wrong));
    for all in [&outcome.wrong, &outcome.useless] {
        let mut causes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in all {
            causes.entry(&one.cause).or_default().push(&one.shown);
        }
        let mut causes: Vec<_> = causes.into_iter().collect();
        causes.sort_by_key(|(_, shown)| Reverse(shown.len()));
        for (cause, shown) in &causes {
            let _ = writeln!(text, "== {} {cause}\n{}", shown.len(), shown[0]);
        }
    }
    text
}

/// Makes the mistakes in one specification.
fn sweep(one: &Specification, outcome: &mut Outcome) {
    let kinds = env::var("SWEEP_KINDS").unwrap_or_default();
    let before = check(one.sources.clone());
    assert!(!before.has_errors(), "{}\n{before}", one.name);
    let files = one.sources.iter().enumerate().filter(|(_, file)| file.name.ends_with("yaml"));
    for (at, file) in files {
        let mut draw = Draw::new(&one.name, &file.name);
        let entries = tree::entries(&file.text);
        let name = format!("{}:{}", one.name, file.name);
        for (place, entry) in entries.iter().enumerate() {
            for mistake in SINGLE.into_iter().chain(FURTHER).chain(TYPED) {
                let made = format!("{mistake:?}").starts_with(&kinds);
                let rarely = mistakes::rarely(mistake, one.rarely) / factor();
                if !made || !draw.next(entry, mistake).is_multiple_of(rarely.max(1)) {
                    continue;
                }
                let made = mistakes::make(&file.text, &entries, place, mistake);
                let Some(made) = made else { continue };
                let entries = &entries;
                let case = Case { name: &name, file, entries, entry, mistake, made: &made };
                let mut sources = one.sources.clone();
                sources[at].text.clone_from(&made.text);
                look(&case, &sources, outcome);
            }
        }
    }
}

/// Looks at what is told of a mistake.
fn look(case: &Case<'_>, sources: &[Source], outcome: &mut Outcome) {
    let count = outcome.kinds.entry(case.mistake).or_default();
    count.made += 1;
    let report = catch_unwind(AssertUnwindSafe(|| check(sources.to_vec())));
    let wrong = match &report {
        Ok(report) => case.judge(report),
        Err(_) => Some(case.wrong("PANIC", &Report::default())),
    };
    if let Some(wrong) = wrong {
        count.wrong += 1;
        outcome.wrong.push(wrong);
    } else if let Ok(report) = report
        && let Some(mended) = case.mends(sources, &report)
    {
        count.changes += 1;
        if let Err(wrong) = mended {
            count.useless += 1;
            outcome.useless.push(wrong);
        }
    }
}
