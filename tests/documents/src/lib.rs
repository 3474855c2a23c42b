//! Everything that the documents of this repository show, compiled: the examples of `docs/language.md`, the
//! provider of `docs/guide.md` with the Rust that uses it, what `docs/runtime.md` says of clients, and the app of
//! `README.md`.

pub use clientwright_runtime as runtime;

/// A module for each specification in the documents.
pub mod generated {
    include!(concat!(env!("OUT_DIR"), "/documents.rs"));
}

pub use generated::of_the_guide_polar::polar;
pub use generated::of_the_guide_punt::punt;
pub use generated::of_the_readme::weather;

pub use generated::of_what_clients_do::board;

/// The Rust of the guide.
#[doc = include_str!("../../../docs/guide.md")]
pub mod guide {}

/// The Rust of what a client does.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/runtime.md")]
pub mod behaviour {}

#[allow(dead_code, reason = "an app whose service does not exist: it is compiled, not run")]
mod readme {
    use crate::weather;

    include!(concat!(env!("OUT_DIR"), "/readme_main.rs"));
}
