//! How long calls may take.

use super::Text;

/// `timeout:`, which `defaults`, a group and a method say alike; the closer one wins, key by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Timeouts {
    /// Until a connection has come about; `defaults` only.
    pub(crate) connect: Option<Text>,
    /// One attempt of a call.
    pub(crate) attempt: Option<Text>,
    /// The call with all its attempts.
    pub(crate) call: Option<Text>,
}

impl Timeouts {
    /// These, and those of `other` where nothing is said.
    pub(crate) fn or(self, other: &Self) -> Self {
        Self {
            connect: self.connect.or_else(|| other.connect.clone()),
            attempt: self.attempt.or_else(|| other.attempt.clone()),
            call: self.call.or_else(|| other.call.clone()),
        }
    }
}
