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

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

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

/// How many cases wait at once. More would want time of the machine at the same moment.
const TOGETHER: usize = 8;

/// As [`check`], of several cases that do little but wait.
///
/// # Panics
///
/// When one of them fails, once all of them have been run.
#[track_caller]
pub fn check_together(file: &str, cases: &[(&str, Mode)]) {
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(String::new()));
    std::thread::scope(|scope| {
        for _ in 0..TOGETHER {
            scope.spawn(|| {
                while let Some((name, mode)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(failures) = run("cases", file, name, *mode) {
                        *failed.lock().unwrap_or_else(PoisonError::into_inner) +=
                            &format!("\ncases/{file}.yaml: {name} ({mode:?} client)\n{failures}");
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    assert!(failed.is_empty(), "{failed}");
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
