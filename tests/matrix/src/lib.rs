//! Clients of services that do not exist, which have every type of the language at every place where it is accepted.
#![deny(missing_docs, clippy::pedantic)]
#![allow(
    clippy::similar_names,
    clippy::too_many_lines,
    reason = "as many members, called alike, as no service has"
)]

include!(concat!(env!("OUT_DIR"), "/matrix.rs"));
