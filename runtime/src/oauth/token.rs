//! A token as a value.

use crate::sensitive::Sensitive;
use std::time::Duration;

/// An access token, with what is needed to renew it. `Debug` shows neither it nor the refresh token.
///
/// ```
/// use clientwright_runtime::Token;
///
/// let token = Token::new("a").with_refresh_token("r").with_expiry(1_800_000_000);
/// assert_eq!(token.access_token(), "a");
/// assert_eq!(format!("{:?}", Token::from("a")), "Token { access: [hidden], refresh: None, expires_at: None }");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    access: Sensitive<String>,
    refresh: Option<Sensitive<String>>,
    /// In seconds since 1970.
    expires_at: Option<u64>,
}

impl Token {
    /// A token that is good until the service refuses it.
    pub fn new(access: impl Into<Sensitive<String>>) -> Self {
        Self { access: access.into(), refresh: None, expires_at: None }
    }

    /// The same token, which can be renewed with another one.
    #[must_use]
    pub fn with_refresh_token(mut self, refresh: impl Into<Sensitive<String>>) -> Self {
        self.refresh = Some(refresh.into());
        self
    }

    /// The same token, which ends at this time, in seconds since 1970.
    #[must_use]
    pub fn with_expiry(mut self, unix_seconds: u64) -> Self {
        self.expires_at = Some(unix_seconds);
        self
    }

    /// The token itself.
    pub fn access_token(&self) -> &str {
        self.access.expose()
    }

    /// What it can be renewed with.
    pub fn refresh_token(&self) -> Option<&str> {
        self.refresh.as_ref().map(|refresh| refresh.expose().as_str())
    }

    /// When it ends, in seconds since 1970, if that is known.
    pub fn expires_at(&self) -> Option<u64> {
        self.expires_at
    }

    pub(crate) fn access(&self) -> &Sensitive<String> {
        &self.access
    }

    pub(crate) fn refresh(&self) -> Option<&Sensitive<String>> {
        self.refresh.as_ref()
    }

    pub(crate) fn set_refresh(&mut self, refresh: Option<Sensitive<String>>) {
        self.refresh = refresh;
    }

    /// Whether it has ended.
    pub(crate) fn has_ended(&self, unix: Duration) -> bool {
        self.expires_at.is_some_and(|end| unix.as_secs() >= end)
    }

    /// When to look for another one: before the end, and not all clients at the same moment.
    pub(crate) fn renew_at(&self, unix: Duration, random: u64) -> Option<u64> {
        let end = self.expires_at?;
        let margin = (end.saturating_sub(unix.as_secs()) / 10).min(60);
        // Up to twice the margin; the high half of the number is as random as the low one.
        let jitter = (u128::from(random) * u128::from(margin + 1)) >> 64;
        Some(end - margin - u64::try_from(jitter).unwrap_or(0))
    }
}

impl From<&str> for Token {
    fn from(access: &str) -> Self {
        Self::new(access)
    }
}

impl From<String> for Token {
    fn from(access: String) -> Self {
        Self::new(access)
    }
}

impl From<Sensitive<String>> for Token {
    fn from(access: Sensitive<String>) -> Self {
        Self::new(access)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_renewed_before_they_end() {
        let now = Duration::from_secs(1000);
        let at = |lifetime: u64, random| {
            Token::new("a").with_expiry(1000 + lifetime).renew_at(now, random).unwrap() - 1000
        };
        assert_eq!(at(3600, 0), 3540);
        assert_eq!(at(3600, u64::MAX), 3480);
        assert_eq!(at(100, 0), 90);
        assert_eq!(at(100, u64::MAX), 80);
        assert_eq!(at(0, u64::MAX), 0);
        assert_eq!(Token::new("a").with_expiry(900).renew_at(now, u64::MAX), Some(900));
        assert_eq!(Token::new("a").renew_at(now, 0), None);
    }
}
