//! `clientwright check`

use std::path::{Path, PathBuf};

use clientwright_codegen::diag::codes;
use clientwright_codegen::{check, load};

use super::count;
use crate::Exit;
use crate::console::{Console, Problem};

/// Check specifications and their examples, and show all errors of all of them.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright check specs/punt
  clientwright check specs/polar specs/sunshine --format github")]
pub(crate) struct Args {
    /// Specification of a provider: a file, or a folder with all its files.
    #[arg(required = true, value_name = "SPEC")]
    specs: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let (mut exit, mut files) = (Exit::Fine, 0);
    for spec in &args.specs {
        if let Some(problem) = of_another_kind(spec) {
            console.problem(&problem);
            exit = Exit::Faulty;
            continue;
        }
        let report = load::load(spec).map_or_else(|report| report, check);
        files += report.sources.files().count();
        console.report(&report);
        if report.has_errors() {
            exit = Exit::Faulty;
        }
    }
    if exit == Exit::Fine {
        console.progress(&format!("checked {}: no errors", count(files, "file")));
    }
    exit
}

/// What is wrong with a file that lies beside specifications and is none, as `specs/*` names them.
fn of_another_kind(spec: &Path) -> Option<Problem> {
    let ending = spec.extension()?.to_str()?.to_ascii_lowercase();
    let help = match ending.as_str() {
        "md" => "the names of specifications end in `.yaml` or `.yml`",
        "http" => "an exchange is checked with the method that names it as an example",
        _ => return None,
    };
    let file = spec.display().to_string();
    Some(Problem {
        code: &codes::FILE_UNREADABLE,
        message: format!("`{file}` is no specification"),
        file,
        line: 1,
        help: Some(help.to_owned()),
    })
}
