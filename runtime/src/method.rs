//! What is known about a method before it is called: the constants of a request.

use std::time::Duration;

/// The facts of one API method, written by the generator as a constant.
///
/// ```
/// use clientwright_runtime::{Auth, Effect, Method};
///
/// const METHOD: Method = Method::post("punt.subscriptions.search", "/v3/subscriptions/search")
///     .auth(Auth::AnyOf(&[&[0]]))
///     .success(&[200])
///     .effect(Effect::Read);
/// assert_eq!(METHOD.name(), "punt.subscriptions.search");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Whether what the app adds to all calls is left out: it is for the service, not for who hands out
    /// its tokens.
    pub(crate) bare: bool,
    /// Whether the body of a success is handed out as it comes.
    pub(crate) streamed: bool,
    /// Whether the answer is a file that is compressed by itself.
    pub(crate) packed: bool,
    pub(crate) name: &'static str,
    pub(crate) verb: Verb,
    pub(crate) route: &'static str,
    pub(crate) auth: Auth,
    pub(crate) server: Option<usize>,
    pub(crate) success: &'static [u16],
    pub(crate) accept: &'static str,
    pub(crate) effect: Effect,
    pub(crate) retry_on: Option<&'static [u16]>,
    pub(crate) idempotency_key: Option<&'static str>,
    /// How long a call may take, where it is not as long as the provider says.
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
}

impl Method {
    /// A GET of `route`, in which `{name}` stands for a path parameter.
    pub const fn get(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Get, name, route, Effect::Read)
    }

    /// A HEAD of `route`.
    pub const fn head(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Head, name, route, Effect::Read)
    }

    /// An OPTIONS of `route`.
    pub const fn options(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Options, name, route, Effect::Read)
    }

    /// A PUT to `route`.
    pub const fn put(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Put, name, route, Effect::Idempotent)
    }

    /// A DELETE of `route`.
    pub const fn delete(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Delete, name, route, Effect::Idempotent)
    }

    /// A POST to `route`.
    pub const fn post(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Post, name, route, Effect::Write)
    }

    /// A PATCH of `route`.
    pub const fn patch(name: &'static str, route: &'static str) -> Self {
        Self::new(Verb::Patch, name, route, Effect::Write)
    }

    const fn new(verb: Verb, name: &'static str, route: &'static str, effect: Effect) -> Self {
        Self {
            bare: false,
            streamed: false,
            packed: false,
            name,
            verb,
            route,
            auth: Auth::NONE,
            server: None,
            success: &[],
            accept: JSON,
            effect,
            retry_on: None,
            idempotency_key: None,
            timeout: None,
            attempt_timeout: None,
        }
    }

    /// Says which credentials the method accepts; none by default.
    #[must_use]
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = auth;
        self
    }

    /// Says on which of the provider's servers the method lives; by default on the chosen one.
    #[must_use]
    pub const fn server(mut self, index: usize) -> Self {
        self.server = Some(index);
        self
    }

    /// Says which statuses are a success; by default all from 200 to 299.
    #[must_use]
    pub const fn success(mut self, statuses: &'static [u16]) -> Self {
        self.success = statuses;
        self
    }

    /// Sets the `Accept` header; by default what the client sends with every call, else `application/json`.
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = accept;
        self
    }

    /// Says what a call does to the service; by default what its verb promises.
    #[must_use]
    pub const fn effect(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }

    /// Says after which statuses the call is sent again; by default those of the provider.
    #[must_use]
    pub const fn retry_on(mut self, statuses: &'static [u16]) -> Self {
        self.retry_on = Some(statuses);
        self
    }

    /// Names the header by which the service knows calls that are sent again, so that it acts once.
    #[must_use]
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(header);
        self
    }

    /// Says how long a call may take, with all its attempts, unless the app says otherwise; by default
    /// as long as the provider says.
    #[must_use]
    pub const fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    /// Says how long one attempt may take, unless the app says otherwise; by default as long as the
    /// provider says.
    #[must_use]
    pub const fn attempt_timeout(mut self, time: Duration) -> Self {
        self.attempt_timeout = Some(time);
        self
    }

    /// Says that the answer is a compressed file, so that it is not asked for in a compressed form.
    #[must_use]
    pub const fn packed(mut self) -> Self {
        self.packed = true;
        self
    }

    pub(crate) const fn streamed(mut self) -> Self {
        self.streamed = true;
        self
    }

    /// The name that errors and logs use, like `punt.subscriptions.list`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The verb.
    pub const fn verb(&self) -> Verb {
        self.verb
    }

    /// The route, with `{name}` for path parameters.
    pub const fn route(&self) -> &'static str {
        self.route
    }

    pub(crate) fn succeeds_with(&self, status: http::StatusCode) -> bool {
        if self.success.is_empty() {
            status.is_success()
        } else {
            self.success.contains(&status.as_u16())
        }
    }
}

/// The media type of JSON, and the default of [`Method::accept`].
pub(crate) const JSON: &str = "application/json";

/// The verb of an HTTP request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verb {
    /// Reads.
    Get,
    /// Reads the headers only.
    Head,
    /// Asks what can be done.
    Options,
    /// Adds, or does anything else.
    Post,
    /// Replaces.
    Put,
    /// Changes parts.
    Patch,
    /// Removes.
    Delete,
}

impl From<Verb> for http::Method {
    fn from(verb: Verb) -> Self {
        match verb {
            Verb::Get => Self::GET,
            Verb::Head => Self::HEAD,
            Verb::Options => Self::OPTIONS,
            Verb::Post => Self::POST,
            Verb::Put => Self::PUT,
            Verb::Patch => Self::PATCH,
            Verb::Delete => Self::DELETE,
        }
    }
}

/// What a call does to the service, hence whether it may be sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// It changes nothing.
    Read,
    /// Sent twice, it leaves what it leaves when sent once.
    Idempotent,
    /// Sent twice, it may act twice.
    Write,
}

/// Which credentials a method accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Auth {
    /// Alternatives, of which the first with all its credentials set is used. An alternative is a
    /// set of indices into [`Provider::AUTH`](crate::Provider::AUTH); an empty one means that
    /// anybody may call.
    AnyOf(&'static [&'static [usize]]),
    /// What the app proves itself with at the token endpoint of an OAuth 2 scheme, by its index, in
    /// the form of the request.
    Client(usize),
}

impl Auth {
    /// No credentials at all.
    pub const NONE: Self = Self::AnyOf(&[]);
}
