//! `clientwright lsp`

use crate::{Exit, lsp};

/// Serve editors: findings while one types, definitions, references, completion, rename and layout.
///
/// Speaks the Language Server Protocol over standard input and output. Editors start it; docs/editors.md says how.
#[derive(clap::Args)]
#[command(after_help = "\
Example, for Neovim:
  vim.lsp.config('clientwright', { cmd = { 'clientwright', 'lsp' }, filetypes = { 'yaml' } })")]
pub(crate) struct Args {
    /// What many editors say; there is no other way.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(super) fn run(Args { stdio: _ }: &Args) -> Exit {
    lsp::serve()
}
