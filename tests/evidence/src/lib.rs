//! What the specifications rest on. There is nothing here but tests.

// The first calls in the documents of the providers compile.
#[cfg(doctest)]
#[doc = include_str!("../../../specs/polar/README.md")]
mod polar {}
#[cfg(doctest)]
#[doc = include_str!("../../../specs/punt/README.md")]
mod punt {}
#[cfg(doctest)]
#[doc = include_str!("../../../specs/pwc/README.md")]
mod pwc {}
#[cfg(doctest)]
#[doc = include_str!("../../../specs/sunshine/README.md")]
mod sunshine {}
