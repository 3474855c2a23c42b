//! Diagnostics: what is wrong with an input, as plain data, and the ways to show it.
//!
//! A stage never stops at a fault: it pushes a [`Diagnostic`] into [`Diagnostics`] and goes on with
//! what it can still read. Only `render` knows the crate that draws them.

mod alike;
pub mod codes;
mod collected;
mod diagnostic;
mod follow;
mod lost;
mod machine;
mod render;
mod report;
mod role;
mod silence;
mod suggest;
mod unfinished;
mod window;

pub(crate) use lost::{Lost, Part, is_aside};
pub(crate) use role::Role;
pub(crate) use silence::Allowed;

pub use collected::Diagnostics;
pub(crate) use collected::Mark;
pub use diagnostic::{Code, Diagnostic, Patch, Severity};
pub use report::Report;
pub use suggest::nearest;
pub(crate) use suggest::{begun, is_slip};
