//! Punt, as the generator would write it: what the runtime has to make compile.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    missing_docs,
    clippy::wrong_self_convention,
    reason = "each test uses a part, as a module"
)]

mod client;
pub mod models;
pub mod subscriptions;
pub use client::{Builder, Call, Client, Punt, builder};
pub use clientwright_runtime::Error;
