//! `clientwright export`

use std::path::PathBuf;

use clientwright_codegen::{load, openapi_of};

use super::create::replace;
use crate::Exit;
use crate::console::Console;

/// Write a specification in another language.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    language: Language,
}

#[derive(clap::Subcommand)]
enum Language {
    Openapi(Openapi),
}

/// Write a specification as an OpenAPI 3.1 document.
///
/// What OpenAPI has no words for is listed, with the number of places; with `--format json` as one object, unless the
/// document itself is printed.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  clientwright export openapi specs/punt --out punt.yaml")]
struct Openapi {
    /// Specification of a provider: a file, or a folder with all its files.
    #[arg(value_name = "SPEC")]
    spec: PathBuf,

    /// The file to write: JSON if its name ends with `.json`, else YAML. `-` prints.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let Language::Openapi(args) = &args.language;
    let export = match load::load(&args.spec).and_then(openapi_of) {
        Ok(export) => export,
        Err(report) => {
            console.report(&report);
            return Exit::Faulty;
        }
    };
    let is_json = args.out.extension().is_some_and(|extension| extension == "json");
    let text = if is_json { export.json() } else { export.yaml() };
    for (what, places) in &export.lost {
        console.progress(&format!("not in the document: {what} ({places})"));
    }
    if args.out.as_os_str() == "-" {
        console.result(&text);
        return Exit::Fine;
    }
    match replace(&args.out, &text) {
        Ok(()) => {
            if console.is_json() {
                console.result(&export.lost_json());
            }
            Exit::Fine
        }
        Err(problem) => {
            console.problem(&problem);
            Exit::Faulty
        }
    }
}
