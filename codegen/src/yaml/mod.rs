//! YAML as this project reads it: a tree with the place of everything, and nothing interpreted.
//!
//! [`parse`](parse::parse) is the only door to the crate that scans YAML. Whatever two readers of
//! YAML could understand differently (anchors, tags, merge keys, several documents) is refused
//! here, with a place, so that later stages meet texts, lists and mappings and nothing else.

mod conflict;
mod fault;
mod fault_keys;
mod fault_lines;
mod fault_tokens;
mod fault_types;
pub(crate) mod lexical;
pub(crate) mod node;
pub(crate) mod parse;
mod preflight;
mod recover;
mod refused;
mod spaces;
mod torn;
mod tree;

#[cfg(test)]
mod tests;

pub(crate) use node::{Entry, Node, Scalar, Style, Value};
pub(crate) use parse::{LostKey, Parsed, comments, parse};
