//! `clientwright check`

use std::path::PathBuf;

use clientwright_codegen::{check, load};

use super::count;
use crate::Exit;
use crate::console::Console;

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
