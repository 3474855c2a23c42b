//! Statuses of services that want to be asked later, as the generator warns of them and the runtime acts on them.

/// Statuses after which a call is sent again, where the specification says nothing else.
pub const SENT_AGAIN: &[u16] = &[408, 429, 500, 502, 503, 504];

/// Whether a status tells a caller to come back later, and nothing else.
#[must_use]
pub const fn is_of_limits(status: u16) -> bool {
    matches!(status, 420 | 429 | 503 | 529)
}

#[cfg(test)]
mod tests {
    use super::is_of_limits;

    #[test]
    fn statuses_with_a_meaning_of_their_own_are_not() {
        assert!([420, 429, 503, 529].into_iter().all(is_of_limits));
        assert!(![200, 400, 401, 403, 404, 500, 502, 504].into_iter().any(is_of_limits));
    }
}
