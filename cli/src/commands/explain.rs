//! `clientwright explain`

use clientwright_codegen::diag::nearest;

use crate::console::Console;
use crate::{Exit, codes};

/// Explain the code of a finding, or list all codes.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  clientwright explain E0107
  clientwright explain")]
pub(crate) struct Args {
    /// A code such as E0107; without one all are listed.
    code: Option<String>,
}

pub(super) fn run(args: &Args, console: &Console) -> Exit {
    let all = codes::all();
    let Some(asked) = &args.code else {
        let list: String =
            all.iter().map(|code| format!("{}  {}\n", code.id, code.title)).collect();
        console.result(&list);
        return Exit::Fine;
    };
    if let Some(code) = all.iter().find(|code| code.id.eq_ignore_ascii_case(asked)) {
        console.result(&format!("{}: {}\n\n{}\n", code.id, code.title, code.explain));
        return Exit::Fine;
    }
    let mut text = format!("there is no code `{}`", asked.escape_debug());
    if let Some(near) = nearest(asked, all.iter().map(|code| code.id)) {
        text.push_str(&format!("; did you mean `{near}`?"));
    }
    console.misuse(&format!("{text}\n\n`clientwright explain` lists all codes"));
    Exit::Misused
}
