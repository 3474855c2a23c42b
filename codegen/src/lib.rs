//! (being written)
pub mod diag;
pub mod source;
mod yaml;
