//! `clientwright coverage`

use std::path::PathBuf;

use clientwright_codegen::{coverage, load};

use crate::Exit;
use crate::console::Console;

/// Show where methods, models and members come from, what is assumed, and what has no example.
///
/// With `--format json` the result is one object with the same facts.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright coverage specs/punt
  clientwright coverage specs/punt --format json")]
pub(crate) struct Args {
    /// Specification of a provider: a file, or a folder with all its files.
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    match load::load(&args.spec).and_then(coverage) {
        Ok(coverage) => {
            let json = console.is_json();
            console.result(&if json { coverage.json() } else { coverage.to_string() });
            Exit::Fine
        }
        Err(report) => {
            console.report(&report);
            Exit::Faulty
        }
    }
}
