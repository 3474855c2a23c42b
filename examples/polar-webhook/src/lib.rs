//! An app that Polar tells of new exercises, and a stand-in for Polar on this machine.
//!
//! Polar asks whether anybody is there before it has created the webhook, and so before the app can know
//! the secret. From then on each delivery is signed.

pub mod app;
pub mod stand_in;
