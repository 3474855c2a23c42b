//! `clientwright schema`

use crate::Exit;
use crate::console::Console;

/// Print the JSON Schema of the specification language, for editors.
///
/// With yaml-language-server: `# yaml-language-server: $schema=spec.schema.json` as the first line of a file.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  clientwright schema > specs/spec.schema.json")]
pub(crate) struct Args {}

pub(super) fn run(_args: &Args, console: &Console) -> Exit {
    console.result(&clientwright_codegen::schema());
    Exit::Fine
}
