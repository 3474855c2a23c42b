//! `clientwright generate`

use std::path::{Path, PathBuf};

use clientwright_codegen::output::{self, Difference, Files, Folder, Kind};
use clientwright_codegen::{CrateOptions, Generated, Options, Runtime, crate_files, load};

use super::count;
use crate::console::{Console, Problem};
use crate::{Exit, codes, shared, vendored};

/// Where a crate has the sources of the runtime.
const VENDOR: &str = "vendor/";

/// Generate clients: a module for each specification, or a whole crate.
///
/// The folder belongs to one run: name all specifications that go into it. Files of an earlier run that are
/// no longer generated are deleted; other files are never touched. Nothing is written when there is an error.
/// With `--format json` the result is one object with the paths that were `written` and `removed`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright generate specs/punt --out src/clients
  clientwright generate specs/polar specs/punt --out clients --crate my-clients
  clientwright generate specs/pwc --out pwc --crate pwc-client --runtime clients/vendor/clientwright-runtime
  clientwright generate specs/punt --out src/clients --check")]
pub(crate) struct Args {
    /// Specification of a provider: a file, or a folder with all its files.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,

    /// Where to write: a folder for each provider in it, or the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Write a crate of this name that builds by itself.
    #[arg(long = "crate", value_name = "NAME", value_parser = crate_name)]
    krate: Option<String>,

    /// Let the crate use the runtime in this folder in place of bringing its own: crates of one app share it.
    #[arg(long, value_name = "DIR", requires = "krate")]
    runtime: Option<PathBuf>,

    /// Make a test of each example, in a module `tests`; they need the feature `testing` of the runtime.
    #[arg(long)]
    tests: bool,

    /// Give each group of this provider a feature of the crate; may be given several times.
    #[arg(long, value_name = "PROVIDER", requires = "krate")]
    group_features: Vec<String>,

    /// Write nothing; exit with 1 and name the first line that differs when DIR is out of date.
    #[arg(long)]
    check: bool,
}

/// Names are refused as wrong usage, before anything is read.
fn crate_name(name: &str) -> Result<String, String> {
    let files = crate_files(&[], &crate_options(name, Runtime::Workspace));
    files.map(|_| name.to_owned()).map_err(|error| error.to_string())
}

fn crate_options(name: &str, runtime: Runtime) -> CrateOptions {
    CrateOptions { name: name.to_owned(), version: "0.1.0".to_owned(), runtime }
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let mut options = Options::default();
    options.tests = args.tests;
    options.group_features = args.group_features.iter().cloned().collect();
    let generated = match load::generate_all(&args.specs, &options) {
        Ok(generated) => generated,
        Err(reports) => {
            for report in &reports {
                console.report(report);
            }
            console.progress("nothing was generated");
            return Exit::Faulty;
        }
    };
    for one in &generated {
        console.report(&one.report);
    }
    let result = files(args, &generated).and_then(|files| {
        if args.check { compare(args, &files, console) } else { write(args, &files, console) }
    });
    result.unwrap_or_else(|problem| {
        console.problem(&problem);
        Exit::Faulty
    })
}

fn files(args: &Args, generated: &[Generated]) -> Result<Files, Problem> {
    let files = match &args.krate {
        None => output::modules(generated).map_err(|error| error.to_string()),
        Some(name) => {
            let options = crate_options(name, runtime(args)?);
            crate_files(generated, &options).map_err(|error| error.to_string())
        }
    };
    files.map_err(|message| Problem {
        code: &codes::SAME_PROVIDER,
        message,
        file: args.specs.first().map(|spec| shown(spec)).unwrap_or_default(),
        line: 1,
        help: Some("give each provider another name".to_owned()),
    })
}

/// What the crate stands on: the runtime that it shares, or its own.
fn runtime(args: &Args) -> Result<Runtime, Problem> {
    let Some(folder) = &args.runtime else { return Ok(Runtime::Vendored(vendored::files())) };
    let path = shared::path(&args.out, folder).map_err(|(message, help)| Problem {
        code: &codes::RUNTIME,
        message,
        file: shown(folder),
        line: 1,
        help,
    });
    path.map(Runtime::Path)
}

/// Says of a new crate that it and the one beside it cannot be in one app.
fn warn_of_siblings(args: &Args, changed: &[String], console: &Console) {
    let is_new = changed.iter().any(|path| path == "Cargo.toml");
    if args.krate.is_none() || args.runtime.is_some() || !is_new {
        return;
    }
    if let Some(runtime) = shared::sibling(&args.out) {
        let runtime = shown(&runtime);
        console.progress(&format!(
            "note: an app can use this crate and the one beside it only where they share a runtime: \
             `--runtime {runtime}`"
        ));
    }
}

fn write(args: &Args, files: &Files, console: &Console) -> Result<Exit, Problem> {
    let written = output::write(files, &args.out).map_err(|error| unwritable(args, &error))?;
    let out = shown(&args.out);
    if console.is_json() {
        console.result(&written.json(&out));
        return Ok(Exit::Fine);
    }
    let list = |verb: &str, paths: &[String]| -> String {
        // What is the same in every crate is told in one line.
        let (vendored, own): (Vec<_>, Vec<_>) =
            paths.iter().partition(|path| path.starts_with(VENDOR));
        let own = own.iter().map(|path| format!("{verb} {out}/{path}\n"));
        let rest = (!vendored.is_empty())
            .then(|| format!("{verb} {out}/{VENDOR} ({})\n", count(vendored.len(), "file")));
        own.chain(rest).collect()
    };
    console.result(&list("wrote", &written.changed));
    console.result(&list("removed", &written.removed));
    let (changed, removed) = (written.changed.len(), written.removed.len());
    let text = format!(
        "{} written, {removed} removed, {} unchanged",
        count(changed, "file"),
        written.unchanged
    );
    console.progress(&text);
    warn_of_siblings(args, &written.changed, console);
    Ok(Exit::Fine)
}

fn compare(args: &Args, files: &Files, console: &Console) -> Result<Exit, Problem> {
    let differences =
        output::compare(files, &args.out).map_err(|error| unwritable(args, &error))?;
    if differences.is_empty() {
        console.progress(&format!("{} is up to date", shown(&args.out)));
        return Ok(Exit::Fine);
    }
    for difference in differences {
        let path = format!("{}/{}", shown(&args.out), difference.path);
        let difference = Difference { path, ..difference };
        if console.is_human() {
            console.result(&format!("{difference}\n"));
        } else {
            console.problem(&out_of_date(&difference));
        }
    }
    console.progress("run the same command without `--check` to bring it up to date");
    Ok(Exit::Faulty)
}

fn out_of_date(difference: &Difference) -> Problem {
    let line = match &difference.kind {
        Kind::Line { number, .. } => *number,
        Kind::Missing | Kind::Extra => 1,
    };
    Problem {
        code: &codes::OUT_OF_DATE,
        message: difference.to_string(),
        file: difference.path.clone(),
        line,
        help: Some("run the same command without `--check`".to_owned()),
    }
}

fn unwritable(args: &Args, error: &std::io::Error) -> Problem {
    let help = match (output::folder_of(&args.out), &args.krate) {
        (Some(Folder::Crate), None) => Some("`--crate NAME` generates the crate anew"),
        (Some(Folder::Modules), Some(_)) => Some("without `--crate` modules are generated"),
        _ => None,
    };
    let help = help.map(str::to_owned);
    Problem {
        code: &codes::OUTPUT,
        message: error.to_string(),
        file: shown(&args.out),
        line: 1,
        help,
    }
}

/// With `/` on every system, and without one at the end.
fn shown(path: &Path) -> String {
    let path: PathBuf = path.components().collect();
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}
