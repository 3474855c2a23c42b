//! What is sent again.

use clientwright_wire::limits::SENT_AGAIN;

use super::Verb;

/// What a call does to the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Read,
    Idempotent,
    Write,
}

impl Effect {
    /// What a verb promises.
    pub(crate) fn of_verb(verb: Verb) -> Self {
        match verb {
            Verb::Get | Verb::Head | Verb::Options => Self::Read,
            Verb::Put | Verb::Delete => Self::Idempotent,
            Verb::Post | Verb::Patch => Self::Write,
        }
    }
}

/// How the service tells of its limits: statuses and names of headers.
#[derive(Debug)]
pub(crate) struct RateLimit {
    pub(crate) statuses: Vec<u16>,
    pub(crate) limit: Option<String>,
    pub(crate) remaining: Option<String>,
    pub(crate) reset: Option<String>,
    pub(crate) quota: Option<Quota>,
}

impl RateLimit {
    /// Whoever is over the limit comes back later, whatever the status says so: all statuses, if one of the limit is unusual.
    pub(super) fn sent_again_after(&self) -> Option<Vec<u16>> {
        let unusual = self.statuses.iter().copied().filter(|status| !SENT_AGAIN.contains(status));
        let unusual: Vec<u16> = unusual.collect();
        (!unusual.is_empty()).then(|| [&unusual, SENT_AGAIN].concat())
    }
}

/// How many calls there may be in what time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quota {
    pub(crate) requests: u32,
    pub(crate) seconds: u64,
}
