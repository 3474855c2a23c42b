//! The conformance suite: what generated clients do, as cases in data files.
//!
//! `README.md` of this package says how a case is written. Each case is run by the asynchronous and by the
//! blocking client, over real sockets to a server on this machine that follows a script; time and chance are
//! part of the script. The build script turns `specs/` into clients and each case into tests.
#![forbid(unsafe_code)]
#![allow(clippy::panic, reason = "a case that fails says so by panicking, as a test does")]

include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));

mod args;
mod bits;
mod case;
mod client;
mod drift;
mod exchange;
mod expect;

mod outcome;
mod parts;
mod run;
mod time;

mod dispatch {
    include!(concat!(env!("OUT_DIR"), "/dispatch.rs"));
}

pub use case::cases;
pub use run::run;

/// Which client runs a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The one that is awaited, over reqwest.
    Awaited,
    /// The one that blocks, over ureq.
    Blocking,
}

/// Runs a case of a file in `cases/`.
///
/// # Panics
///
/// When the client does not do what the case says, or the case cannot be read.
#[track_caller]
pub fn check(file: &str, name: &str, mode: Mode) {
    if let Err(failures) = run("cases", file, name, mode) {
        panic!("\ncases/{file}.yaml: {name} ({mode:?} client)\n{failures}");
    }
}
