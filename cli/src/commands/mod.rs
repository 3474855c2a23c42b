//! The commands, a file for each.

mod check;
mod coverage;
mod create;
mod diff;
mod explain;
mod export;
mod fmt;
mod generate;
mod init;
mod lsp;
mod new;
mod schema;

use clap::Subcommand;

use crate::Exit;
use crate::console::Console;

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(check::Args),
    Generate(generate::Args),
    Coverage(coverage::Args),
    Fmt(fmt::Args),
    Diff(diff::Args),
    New(new::Args),
    Init(init::Args),
    Schema(schema::Args),
    Export(export::Args),
    Explain(explain::Args),
    Lsp(lsp::Args),
}

impl Command {
    pub(crate) fn run(&self, console: &Console) -> Exit {
        match self {
            Self::Check(args) => check::run(args, console),
            Self::Generate(args) => generate::run(args, console),
            Self::Coverage(args) => coverage::run(args, console),
            Self::Fmt(args) => fmt::run(args, console),
            Self::Diff(args) => diff::run(args, console),
            Self::New(args) => new::run(args, console),
            Self::Init(args) => init::run(args, console),
            Self::Schema(args) => schema::run(args, console),
            Self::Export(args) => export::run(args, console),
            Self::Explain(args) => explain::run(args, console),
            Self::Lsp(args) => lsp::run(args),
        }
    }
}

/// `1 file`, `2 files`.
fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
