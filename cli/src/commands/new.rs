//! `clientwright new`

use std::path::PathBuf;

use clientwright_codegen::check;
use clientwright_codegen::source::Source;

use super::create::create;
use crate::Exit;
use crate::console::Console;

const TEMPLATE: &str = include_str!("../templates/specification.yaml");

/// Write a commented specification to start from.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright new weather
  clientwright new weather --out specs/weather.yaml")]
pub(crate) struct Args {
    /// Name of the provider, which becomes the module of its client.
    #[arg(value_parser = plain)]
    name: String,

    /// The file to write; NAME.yaml unless given. A file that is there stays as it is.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// The name goes into a text of YAML and into the name of a file.
fn plain(name: &str) -> Result<String, String> {
    let fits = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    let rule = "a name has small letters, digits, `-` and `_`, and begins with a letter";
    if fits { Ok(name.to_owned()) } else { Err(rule.to_owned()) }
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let text = TEMPLATE.replace("NAME", &args.name);
    // Words that Rust has for itself are no names: the check knows them.
    let report = check(vec![Source { name: format!("{}.yaml", args.name), text: text.clone() }]);
    if report.has_errors() {
        let why = report.diagnostics.first().map_or("", |first| first.message.as_str());
        let name = args.name.escape_debug();
        console.misuse(&format!(
            "`{name}` is no name for a provider: {why}\n\na name looks like `weather`"
        ));
        return Exit::Misused;
    }
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.yaml", args.name)));
    match create(&[(&out, text)]) {
        Ok(()) => {
            console.result(&format!("wrote {}\n", out.display()));
            Exit::Fine
        }
        Err(problem) => {
            console.problem(&problem);
            Exit::Faulty
        }
    }
}
