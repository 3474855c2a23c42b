//! The command line of Clientwright, thin over the library.
//!
//! Results go to the standard output, findings and progress to the standard error. The status is 0 when all
//! is well, 1 when the input has errors or a check found a difference, 2 for wrong usage.

mod codes;
mod commands;
mod console;
mod lsp;
mod shared;
mod vendored;

use std::process::ExitCode;

use clap::Parser;

use commands::Command;
use console::{Colour, Console, Format};

/// Typed Rust clients for HTTP APIs, generated from specifications in YAML.
#[derive(Parser)]
#[command(name = "clientwright", version, propagate_version = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// How findings are shown: for people, as one JSON object a line, or as annotations of GitHub.
    #[arg(long, global = true, value_enum, default_value_t)]
    format: Format,

    /// When to use colour; `auto` is on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value_t)]
    color: Colour,
}

const AFTER_HELP: &str = "\
Example:
  clientwright generate specs/punt --out src/clients

A SPEC is the specification of one provider: a file, or a folder with all its files.
Exit status: 0 fine, 1 errors in the input or a difference found, 2 wrong usage.";

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Fine,
    Faulty,
    Misused,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Faulty => Self::from(1),
            Exit::Misused => Self::from(2),
        }
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(cli.format, cli.color);
    cli.command.run(&console).into()
}
