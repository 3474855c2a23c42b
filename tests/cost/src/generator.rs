//! The generator: the four providers of this repository, and a large specification.

use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, check, load, output};
use clientwright_cost::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::time;

const RUNS: u32 = 15;
const METHODS: usize = 1000;
/// The argument of this program in a process of its own, for [`alone`].
pub(crate) const ALONE: &str = "check";

pub(crate) fn report(root: &Path) -> Result<(), Error> {
    println!("\nThe generator, in ms of processor time\n");
    println!("| task | ms |");
    println!("| --- | --- |");
    let folder = std::env::temp_dir().join(format!("clientwright-cost-{}", std::process::id()));
    let specs = load::providers(&root.join("specs"), &load::Layout::default())?;
    let mut clear = || if folder.exists() { Ok(std::fs::remove_dir_all(&folder)?) } else { Ok(()) };
    // Each specification has a thread of its own.
    let changed = time::mean_of_all_threads(RUNS, &mut clear, &mut || generate(&specs, &folder))?;
    println!("| the four providers, nothing there yet | {changed:.1} |");
    let unchanged =
        time::mean_of_all_threads(RUNS, &mut || Ok(()), &mut || generate(&specs, &folder))?;
    println!("| the four providers, nothing changed | {unchanged:.1} |");
    std::fs::remove_dir_all(&folder)?;

    let text = large();
    let checked = quartile(&mut || time::of_one(&mut || check_large(text.clone())))?;
    println!("| checking {METHODS} methods and as many models | {:.1} |", checked / 1e3);
    let alone = Command::new(std::env::current_exe()?).arg(ALONE).output()?;
    print!(
        "\nA process that checks these and does nothing else: {}",
        String::from_utf8(alone.stdout)?
    );
    if alone.status.success() { Ok(()) } else { Err(String::from_utf8(alone.stderr)?.into()) }
}

/// Checks the large specification once, and says how much memory this process has had.
pub(crate) fn alone() -> Result<(), Error> {
    let text = large();
    let length = text.len();
    check_large(text)?;
    let text = length / 1024;
    match peak_memory() {
        Some(kib) => println!("{} MiB at most, of which the text is {text} KiB", kib / 1024),
        None => println!("this system does not say"),
    }
    Ok(())
}

fn check_large(text: String) -> Result<(), Error> {
    let report = check(vec![Source { name: "large.yaml".to_owned(), text }]);
    if report.has_errors() { Err(report.human(false).into()) } else { Ok(()) }
}

/// The most memory that this process has had, in KiB, as Linux says it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Reads, generates and writes, as the command line does.
fn generate(specs: &[std::path::PathBuf], folder: &Path) -> Result<(), Error> {
    let generated = load::generate_all(specs, &Options::default())
        .map_err(|reports| reports.iter().map(ToString::to_string).collect::<String>())?;
    output::write(&output::modules(&generated)?, folder)?;
    Ok(())
}

fn quartile(run: &mut dyn FnMut() -> Result<f64, Error>) -> Result<f64, Error> {
    let times = (0..RUNS).map(|_| run()).collect::<Result<_, _>>()?;
    Ok(time::lower_quartile(times))
}

/// A specification of this many methods, each with a model, parameters, errors and documentation of its own.
fn large() -> String {
    let mut models = String::new();
    let mut methods = String::new();
    for n in 0..METHODS {
        let _ = writeln!(
            models,
            "  Thing{n}: {{ doc: A thing., fields: {{ id: string, name?: string -- As shown., \
             count: int32(0..100), tags: list<string>, made?: datetime, parent?: Thing{n} }} }}"
        );
        let _ = writeln!(
            methods,
            "  group{}.get{n}:\n    doc: Gets a thing.\n    http: GET /things{n}/{{id}}\n    path: {{ id: string }}\n    \
             query: {{ skip?: int32, sort?: string -- The member. }}\n    returns: Thing{n}\n    errors: {{ 404: Problem }}",
            n / 20
        );
    }
    format!(
        "clientwright: 1\nprovider: {{ name: large }}\nservers: {{ production: https://large.example.com }}\n\
         models:\n  Problem: {{ message: text, fields: {{ text?: string }} }}\n{models}methods:\n{methods}"
    )
}
