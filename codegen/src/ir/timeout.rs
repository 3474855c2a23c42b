//! How long calls may take.

/// Limits of time, in seconds; `None` where nothing is declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Timeouts {
    /// Until a connection has come about.
    pub(crate) connect: Option<u64>,
    /// One attempt of a call.
    pub(crate) attempt: Option<u64>,
    /// The call with all its attempts.
    pub(crate) call: Option<u64>,
}

impl Timeouts {
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }
}
