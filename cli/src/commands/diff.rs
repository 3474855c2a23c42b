//! `clientwright diff`

use std::path::PathBuf;

use clientwright_codegen::{diff_of, load};

use crate::Exit;
use crate::console::Console;

/// Show what changed for users of the generated crate, and the version that this requires.
///
/// Each line is a change and the items that it happened to, with `major`, `minor` or `patch` before it: code that compiled may no longer do
/// so, still does, or sees no difference. What only the service sees is told in the words of a specification. The last line is the verdict.
/// With `--format json` the result is one object with `bump` and `changes`.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright diff old/punt.yaml specs/punt
  clientwright diff old/polar specs/polar --format json")]
pub(crate) struct Args {
    /// The specification as it was: a file, or a folder with all its files.
    old: PathBuf,

    /// The specification as it is.
    new: PathBuf,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let loaded = match (load::load(&args.old), load::load(&args.new)) {
        (Ok(old), Ok(new)) => diff_of(old, new),
        (old, new) => Err([old, new].into_iter().filter_map(Result::err).collect()),
    };
    match loaded {
        Ok(diff) => {
            let json = console.is_json();
            console.result(&if json { diff.json() } else { diff.to_string() });
            Exit::Fine
        }
        Err(reports) => {
            reports.iter().for_each(|report| console.report(report));
            Exit::Faulty
        }
    }
}
