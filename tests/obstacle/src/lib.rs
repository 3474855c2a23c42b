//! Nasty but legal names and values: what is generated of them has to compile, without a warning of the
//! strictest lints.
#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::pedantic)]

include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));
