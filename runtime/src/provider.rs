//! What is known about a provider as a whole.

use crate::oauth::OAuth2;
use crate::parameter::ClientParameter;
use crate::quota::Quota;
use crate::rate_limit::RateLimitHeaders;
use crate::retry::STATUSES;
use std::time::Duration;

/// A provider: the type that marks its requests, and the facts that all of them share.
pub trait Provider: 'static {
    /// Its name in errors and in the user agent, like `punt`.
    const NAME: &'static str;
    /// Its servers; the first one is used unless the builder chooses another.
    const SERVERS: &'static [Server];
    /// The ways to authenticate; methods name them by their index.
    const AUTH: &'static [AuthScheme];
    /// Headers of every request.
    const HEADERS: &'static [(&'static str, &'static str)] = &[];
    /// What all calls send; builders and calls set it by its index.
    const PARAMETERS: &'static [ClientParameter] = &[];
    /// The statuses after which a call is sent again.
    const RETRY_ON: &'static [u16] = STATUSES;
    /// The headers in which it tells of its limits.
    const RATE_LIMIT: RateLimitHeaders = RateLimitHeaders::NONE;
    /// How many calls it allows in what time.
    const QUOTA: Option<Quota> = None;
    /// How long its calls may take, unless a method or the app says otherwise.
    const TIMEOUTS: Timeouts = Timeouts::NONE;
}

/// Limits of time that a provider declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// Until a connection has come about.
    pub connect: Option<Duration>,
    /// One attempt of a call.
    pub attempt: Option<Duration>,
    /// The call with all its attempts.
    pub call: Option<Duration>,
}

impl Timeouts {
    /// Nothing is declared.
    pub const NONE: Self = Self { connect: None, attempt: None, call: None };
}

/// A server of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Server {
    /// Its name, like `production`.
    pub name: &'static str,
    /// Its address, in which `{name}` stands for a variable that the builder sets.
    pub url: &'static str,
}

/// A way to authenticate.
#[derive(Clone, Copy, Debug)]
pub struct AuthScheme {
    /// The method of the builder that sets its credential.
    pub name: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
}

impl AuthScheme {
    /// Whether its credential is the parameter of this name in the query.
    pub(crate) fn is_in_query(&self, name: &str) -> bool {
        matches!(self.kind, SchemeKind::Query(key) if key == name)
    }
}

/// How a credential travels.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SchemeKind {
    /// User name and password as `Authorization: Basic`.
    Basic,
    /// A token as `Authorization: Bearer`.
    Bearer,
    /// A text in the header of this name.
    Header(&'static str),
    /// A text in the header of this name, behind another text.
    Prefixed(&'static str, &'static str),
    /// A text under this name in the query.
    Query(&'static str),
    /// A text in the cookie of this name.
    Cookie(&'static str),
    /// A token that the client signs by itself and that is good for this long, or for ever.
    Jwt(Option<Duration>),
    /// A token that the client gets and renews by itself.
    OAuth2(&'static OAuth2),
}
