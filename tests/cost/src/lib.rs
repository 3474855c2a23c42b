//! What a call costs: the generated client beside the same calls written by hand, over the same libraries and
//! against the same server.
#![forbid(unsafe_code)]

include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));

pub mod by_hand;
pub mod calls;
pub mod server;

/// Whatever may go wrong.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
