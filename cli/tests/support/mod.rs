//! Runs the program in a folder of its own.

#![allow(dead_code, reason = "each test file uses a part")]

#[path = "../../../codegen/tests/temp/mod.rs"]
mod temp;

use std::ffi::OsStr;
use std::process::{Command, Output};

pub(crate) use temp::Temp;

/// A specification without faults.
pub(crate) const PUNT: &str = "\
clientwright: 1
provider: { name: punt, title: Punt, doc: Sends parcels. }
servers: { production: https://punt.example }
methods:
  parcels.list:
    doc: Returns all parcels.
    http: GET /parcels
    returns: list<string>
  stock.list:
    doc: Returns what is in stock.
    http: GET /stock
    returns: list<string>
";

/// One with two faults, on lines 8 and 12.
pub(crate) fn bad() -> String {
    PUNT.replacen("list<string>", "list<Parcel>", 1).replace("list<string>", "list<Carton>")
}

/// The same for another provider.
pub(crate) fn polar() -> String {
    PUNT.replace("punt", "polar").replace("Punt", "Polar")
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// The program, started in the folder of the test, with no say of the environment on colour.
pub(crate) fn program(temp: &Temp) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientwright"));
    command.current_dir(temp.path());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run<S: AsRef<OsStr>>(temp: &Temp, arguments: impl IntoIterator<Item = S>) -> Run {
    program(temp).args(arguments).output().unwrap().into()
}
