//! The generator: the four providers of this repository, and a large specification.

use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, check, load, output};
use clientwright_cost::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::time;

const RUNS: u32 = 15;
/// Tasks that have a process of their own, as an argument of this program.
const CHECK: &str = "check";
const GENERATE: &str = "generate";

pub(crate) fn report(root: &Path) -> Result<(), Error> {
    println!("\nThe generator, in ms of processor time\n");
    println!("| task | ms |");
    println!("| --- | --- |");
    let folder = std::env::temp_dir().join(format!("clientwright-cost-{}", std::process::id()));
    let specs = load::providers(&root.join("specs"), &load::Layout::default())?;
    let mut clear = || if folder.exists() { Ok(std::fs::remove_dir_all(&folder)?) } else { Ok(()) };
    for (tests, what) in [(false, ""), (true, " with their tests")] {
        let mut options = Options::default();
        options.tests = tests;
        // Each specification has a thread of its own.
        let mut run = || generate(&specs, &options, &folder);
        let changed = time::mean_of_all_threads(RUNS, &mut clear, &mut run)?;
        println!("| the four providers{what}, nothing there yet | {changed:.1} |");
        let unchanged = time::mean_of_all_threads(RUNS, &mut || Ok(()), &mut run)?;
        println!("| the four providers{what}, nothing changed | {unchanged:.1} |");
    }
    std::fs::remove_dir_all(&folder)?;

    println!("\n| task | ms | MiB at most | lines of Rust |");
    println!("| --- | --- | --- | --- |");
    for (task, what) in [
        (CHECK, "checking 1,000 methods and as many models"),
        (GENERATE, "generating 1,223 methods and 2,446 models of 12 members"),
    ] {
        let (time, memory, lines) = in_process(task)?;
        println!("| {what} | {time:.1} | {memory:.1} | {lines} |");
    }
    Ok(())
}

/// The time of the best of some runs, the largest memory of one, and the lines that it makes. Each run is a process of its
/// own, since memory that was used once is seldom given back.
fn in_process(task: &str) -> Result<(f64, f64, usize), Error> {
    let (mut time, mut memory, mut lines) = (f64::INFINITY, 0_f64, 0);
    for _ in 0..5 {
        let output = Command::new(std::env::current_exe()?).args(["generator", task]).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        let text = String::from_utf8(output.stdout)?;
        let mut numbers = text.split_whitespace();
        let mut next = || numbers.next().ok_or("three numbers are missing");
        time = time.min(next()?.parse()?);
        memory = memory.max(next()?.parse()?);
        lines = next()?.parse()?;
    }
    Ok((time, memory, lines))
}

/// What such a process does: it prints milliseconds, MiB and lines.
pub(crate) fn run(task: &str) -> Result<(), Error> {
    let text = match task {
        CHECK => large(1000, 1, 6),
        GENERATE => large(1223, 2, 12),
        _ => return Err("there is no such task".into()),
    };
    let sources = vec![Source { name: "large.yaml".to_owned(), text }];
    let mut lines = 0;
    let mut once = || {
        let sources = sources.clone();
        let report = if task == CHECK {
            check(sources)
        } else {
            let client = clientwright_codegen::generate(sources, &Options::default())?;
            lines = client.files.values().map(|text| text.lines().count()).sum();
            client.report
        };
        if report.has_errors() { Err(report.human(false).into()) } else { Ok(()) }
    };
    let time = time::of_one(&mut once)? / 1e3;
    // Of systems that do not tell it is none.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = peak.and_then(|peak| peak.split_whitespace().next());
    let memory = kib.map_or(Ok(0.0), str::parse::<f64>)? / 1024.0;
    println!("{time} {memory} {lines}");
    Ok(())
}

/// Reads, generates and writes, as the command line does.
fn generate(specs: &[std::path::PathBuf], options: &Options, folder: &Path) -> Result<(), Error> {
    let generated = load::generate_all(specs, options)
        .map_err(|reports| reports.iter().map(ToString::to_string).collect::<String>())?;
    output::write(&output::modules(&generated)?, folder)?;
    Ok(())
}

/// A specification of this many methods, each with so many models of so many members, parameters, errors and documentation
/// of its own.
fn large(count: usize, each: usize, members: usize) -> String {
    const MEMBERS: [&str; 6] = [
        "id: string",
        "name?: string -- As shown.",
        "count: int32(0..100)",
        "tags: list<string>",
        "made?: datetime",
        "parent?: Thing",
    ];
    let mut models = String::new();
    let mut methods = String::new();
    for n in 0..count {
        for part in 0..each {
            let _ = writeln!(models, "  Thing{n}x{part}:\n    doc: A thing.\n    fields:");
            for member in 0..members {
                let (name, rest) = MEMBERS[member % 6].split_at(2);
                let own = if member % 6 == 5 { format!("{n}x{part}") } else { String::new() };
                let _ = writeln!(models, "      m{member}{name}{rest}{own}");
            }
        }
        let other =
            if each > 1 { format!("body: Thing{n}x1") } else { "doc: Gets a thing.".to_owned() };
        let verb = if each > 1 { "POST" } else { "GET" };
        let _ = writeln!(
            methods,
            "  group{}.get{n}:\n    {other}\n    http: {verb} /things{n}/{{id}}\n    path: {{ id: string }}\n    \
             query: {{ skip?: int32, sort?: string -- The member. }}\n    returns: Thing{n}x0\n    errors: {{ 404: Problem }}",
            n / 20
        );
    }
    format!(
        "clientwright: 1\nprovider: {{ name: large }}\nservers: {{ production: https://large.example.com }}\n\
         models:\n  Problem: {{ message: text, fields: {{ text?: string }} }}\n{models}methods:\n{methods}"
    )
}
