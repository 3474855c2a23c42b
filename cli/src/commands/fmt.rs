//! `clientwright fmt`

use std::path::{Path, PathBuf};

use clientwright_codegen::format::format;
use clientwright_codegen::load;
use clientwright_codegen::output::{self, Difference, Kind};
use clientwright_codegen::source::Source;

use super::count;
use crate::console::{Console, Problem};
use crate::{Exit, codes};

/// Lay specifications out in the one way in which they are read most easily; comments stay.
///
/// Meaning, comments and the order of models, methods and members never change. A file with faults in its YAML is
/// left as it is, and its faults are shown.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright fmt specs/punt
  clientwright fmt specs --check")]
pub(crate) struct Args {
    /// A specification: a file, or a folder with all its files.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,

    /// Write nothing; exit with 1 and name file and line where the layout is another one.
    #[arg(long)]
    check: bool,
}

/// What became of the files.
#[derive(Default)]
struct Tally {
    files: usize,
    changed: usize,
    faulty: bool,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let mut tally = Tally::default();
    for spec in &args.specs {
        match load::own(spec) {
            Ok(sources) => {
                for source in &sources {
                    file(source, args.check, console, &mut tally);
                }
            }
            Err(report) => {
                console.report(&report);
                tally.faulty = true;
            }
        }
    }
    let (files, changed) = (count(tally.files, "file"), tally.changed);
    if args.check && changed > 0 {
        console.progress(&format!(
            "{changed} of {files} differ; run without `--check` to lay them out"
        ));
        return Exit::Faulty;
    }
    console.progress(&format!("{files} looked at, {changed} changed"));
    if tally.faulty { Exit::Faulty } else { Exit::Fine }
}

fn file(source: &Source, check: bool, console: &Console, tally: &mut Tally) {
    tally.files += 1;
    let laid = match format(source) {
        Ok(laid) => laid,
        Err(report) => {
            console.report(&report);
            tally.faulty = true;
            return;
        }
    };
    let Some(kind) = Kind::between(&source.text, &laid) else { return };
    let difference = Difference { path: source.name.clone(), kind };
    if check {
        tally.changed += 1;
        return differs(&difference, console);
    }
    match output::replace(Path::new(&source.name), &laid) {
        Ok(()) => {
            tally.changed += 1;
            console.result(&format!("laid out {}\n", source.name));
        }
        Err(error) => {
            tally.faulty = true;
            console.problem(&problem(&codes::OUTPUT, &source.name, 1, error.to_string(), None));
        }
    }
}

fn differs(difference: &Difference, console: &Console) {
    if console.is_human() {
        return console.result(&format!("{difference}\n"));
    }
    let line = if let Kind::Line { number, .. } = difference.kind { number } else { 1 };
    let help = Some("run `clientwright fmt`".to_owned());
    let message = difference.to_string();
    console.problem(&problem(&codes::LAYOUT, &difference.path, line, message, help));
}

fn problem(
    code: &'static clientwright_codegen::diag::Code,
    file: &str,
    line: usize,
    message: String,
    help: Option<String>,
) -> Problem {
    Problem { code, message, file: file.to_owned(), line, help }
}
