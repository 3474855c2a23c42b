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
    /// Of `defaults`: what used files say, the closest first, where nothing is said here.
    pub(crate) outer: Vec<Timeouts>,
    /// Whether a part of this could not be read.
    pub(crate) unreadable: bool,
}

impl Timeouts {
    /// These, and those of `other` where nothing is said.
    pub(crate) fn or(self, other: &Self) -> Self {
        Self {
            connect: self.connect.or_else(|| other.connect.clone()),
            attempt: self.attempt.or_else(|| other.attempt.clone()),
            call: self.call.or_else(|| other.call.clone()),
            outer: self.outer.into_iter().chain(other.outer.iter().cloned()).collect(),
            unreadable: self.unreadable || other.unreadable,
        }
    }

    /// Puts what a used file says around these.
    pub(crate) fn within(&mut self, other: &Self) {
        self.outer.push(Self { outer: Vec::new(), ..other.clone() });
        self.outer.extend(other.outer.iter().cloned());
    }

    /// These and those around them, the closest first.
    pub(crate) fn levels(&self) -> Vec<&Self> {
        std::iter::once(self).chain(&self.outer).collect()
    }
}
