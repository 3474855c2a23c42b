//! Receiving what a provider sends to an app: bytes and headers in, verified events out.
//!
//! Nothing here knows a provider or a web framework. A specification becomes a [`Receiver`], which
//! says how its provider names and signs what it sends, and an enum of events; [`receive`] is the
//! same for all. Before anything is parsed the size is looked at, and before anything is believed
//! the signature is, in constant time.

#[cfg(feature = "axum")]
mod axum;
#[cfg(any(feature = "axum", feature = "tower"))]
mod body;
mod delivery;
mod error;
mod event_name;
mod mac;
mod ping;
mod proof;
mod receiver;
mod secrets;
mod signer;
#[cfg(feature = "tower")]
mod tower;

#[cfg(feature = "axum")]
pub use self::axum::Verified;
pub use self::delivery::{Batch, Delivered, Delivery, Event, Parts, UnknownEvent, receive};
pub use self::error::DeliveryError;
pub use self::mac::{Encoding, Mac};
pub use self::proof::{Part, Signature, Timestamp};
pub use self::receiver::{Payload, Receiver};
pub use self::secrets::Secrets;
pub use self::signer::Signer;
#[cfg(feature = "tower")]
pub use self::tower::{Handled, Webhook};
