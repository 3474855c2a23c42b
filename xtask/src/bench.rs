//! `cargo xtask bench`: how long a specification of a thousand methods takes.
//!
//! Run it with `--release`; what is measured is the library, without reading or writing files.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, check, format, generate};

use crate::Outcome;

/// Each is measured this often, and the best counts: the others were disturbed.
const RUNS: usize = 7;

pub(crate) fn run(methods: usize) -> Outcome {
    let text = specification(methods);
    println!("{methods} methods, {methods} models, {} KiB", text.len() / 1024);
    let source = Source { name: "bench.yaml".to_owned(), text };
    let report = check(vec![source.clone()]);
    if !report.diagnostics.is_empty() {
        return Err(format!("the specification has findings\n{report}"));
    }
    time("check", || drop(check(vec![source.clone()])));
    peak("check");
    time("generate", || drop(generate(vec![source.clone()], &Options::default())));
    peak("generate");
    time("fmt", || drop(format::format(&source)));
    Ok(())
}

fn time(what: &str, work: impl Fn()) {
    let best = (0..RUNS).map(|_| {
        let began = Instant::now();
        work();
        began.elapsed()
    });
    let best = best.min().unwrap_or(Duration::ZERO);
    println!("{what}: {:.1} ms", best.as_secs_f64() * 1000.0);
}

/// The most memory that this process has had so far, where the system tells.
fn peak(what: &str) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("{what}: at most {} of memory", peak.trim());
    }
}

/// A provider as they are: groups of ten methods, models that hold each other, parameters, errors and examples.
fn specification(methods: usize) -> String {
    let mut out = String::from(
        "clientwright: 1\nprovider: { name: bench }\nservers: { production: https://api.example.com }\n\
         auth: { token: { scheme: bearer } }\ndefaults: { auth: token, errors: { 4xx: Problem } }\npath: { id: ItemId }\n\
         models:\n  ItemId: string\n  Problem: { message: text, fields: { text?: string, code?: int32 } }\n",
    );
    for index in 0..methods {
        let other = (index + 1) % methods;
        let _ = write!(
            out,
            "  Item{index}:\n    doc: Something that the service keeps, the {index}th kind of it.\n    fields:\n      \
             id: ItemId -- Made by the service.\n      displayName?: string(..80) -- As shown to people.\n      \
             createdAt?: datetime read\n      amount?: decimal | null\n      state{index}: {{ type: State{index} }}\n      \
             tags?: list<string>\n      related?: Item{other} -- Another one.\n  \
             State{index}: {{ enum: [open, closed, in-progress] }}\n"
        );
    }
    out.push_str("methods:\n");
    for index in 0..methods {
        let group = index / 10;
        let _ = write!(
            out,
            "  group{group}.update{index}:\n    doc: Changes an item, and says how it is then.\n    \
             http: PUT /group{group}/items{index}/{{id}}\n    query: {{ dryRun?: boolean, limit?: int32 -- At most 100. }}\n    \
             body: Item{index}\n    returns: Item{index}\n    errors: {{ 404: nothing, 409: Problem }}\n    examples:\n      \
             first:\n        path: {{ id: i-1 }}\n        request: {{ id: i-1, state{index}: open, amount: 1.50 }}\n        \
             response: {{ id: i-1, state{index}: closed, tags: [a, b], related: {{ id: i-2, state{}: open }} }}\n",
            (index + 1) % methods
        );
    }
    out
}
