//! Building clients.

use crate::base::Base;
use crate::build_error::BuildError;
use crate::client::{Async, Blocking, Client};
use crate::core::Core;
use crate::credential::Credential;
use crate::drift::DriftObserver;
use crate::metrics::Metrics;
use crate::middleware::Middleware;
use crate::oauth::{Hooks, Token, TokenSource, TokenStore};
use crate::param::Param;
use crate::parameter::Values;
use crate::provider::Provider;
use crate::retry::Retry;
use crate::sensitive::Sensitive;
use crate::transport::{BlockingTransport, Clock, Tls, Transport, clock};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

/// How much of an answer is kept unless the builder says otherwise: 64 MiB.
const MAX_ANSWER: usize = 64 << 20;

/// Collects the settings of a client; the builders of providers are around one.
pub struct Builder<P> {
    settings: Settings,
    transport: Option<Arc<dyn Transport>>,
    blocking_transport: Option<Arc<dyn BlockingTransport>>,
    provider: PhantomData<fn() -> P>,
}

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) base_url: Option<String>,
    pub(crate) allow_http: bool,
    pub(crate) server: usize,
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) credentials: Vec<(usize, Credential)>,
    pub(crate) tokens: Vec<(usize, Token)>,
    pub(crate) scopes: Vec<(usize, Vec<String>)>,
    pub(crate) hooks: Vec<(usize, Hooks)>,
    pub(crate) parameters: Values,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    tls: Tls,
    pub(crate) retry: Retry,
    clock: Option<Arc<dyn Clock>>,
    pub(crate) user_agent: Option<String>,
    pub(crate) headers: Vec<(String, Sensitive<String>)>,
    pub(crate) max_answer: usize,
    pub(crate) limited: bool,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) metrics: Vec<Arc<dyn Metrics>>,
    pub(crate) drift: Vec<Arc<dyn DriftObserver>>,
}

impl<P> Builder<P> {
    /// Sets the credential of a scheme, by its index in [`Provider::AUTH`].
    pub fn credential(&mut self, scheme: usize, credential: Credential) {
        self.settings.credentials.retain(|(known, _)| *known != scheme);
        self.settings.credentials.push((scheme, credential));
    }

    /// Sets the token of an OAuth 2 scheme, by its index in [`Provider::AUTH`].
    pub fn token(&mut self, scheme: usize, token: impl Into<Token>) {
        self.settings.tokens.push((scheme, token.into()));
    }

    /// Says what the tokens of a scheme are asked to be good for.
    pub fn scopes(&mut self, scheme: usize, scopes: impl IntoIterator<Item = impl Into<String>>) {
        self.settings.scopes.push((scheme, scopes.into_iter().map(Into::into).collect()));
    }

    /// Says where the tokens of a scheme are kept.
    pub fn token_store(&mut self, scheme: usize, store: impl TokenStore) {
        self.hooks(scheme).store = Some(Arc::new(store));
    }

    /// Says where the tokens of a scheme come from.
    pub fn token_source(&mut self, scheme: usize, source: impl TokenSource) {
        self.hooks(scheme).source = Some(Arc::new(source));
    }

    fn hooks(&mut self, scheme: usize) -> &mut Hooks {
        let all = &mut self.settings.hooks;
        let at = all.iter().position(|(known, _)| *known == scheme).unwrap_or_else(|| {
            all.push((scheme, Hooks::default()));
            all.len() - 1
        });
        &mut all[at].1
    }

    /// Chooses a server, by its index in [`Provider::SERVERS`], and sets its variables.
    pub fn server(&mut self, server: usize, variables: &[(&'static str, String)]) {
        self.settings.server = server;
        self.settings.variables.extend_from_slice(variables);
    }

    /// Sets a parameter of the client, by its index in [`Provider::PARAMETERS`].
    pub fn parameter<V: Param + Send + Sync + 'static>(&mut self, parameter: usize, value: V) {
        self.settings.parameters.set(parameter, value);
    }

    /// Sends every call to this address.
    pub fn base_url(&mut self, url: impl Into<String>) {
        self.settings.base_url = Some(url.into());
    }

    /// Sends calls to addresses that begin with `http://`, too, where everybody on the way can read
    /// them with their credentials. Addresses of this machine need no permission.
    pub fn allow_http(&mut self) {
        self.settings.allow_http = true;
    }

    /// Limits how long a call may take, until the last byte of its answer, with all its attempts, the
    /// waits between them and the wait for a token. It comes before what the specification says.
    pub fn timeout(&mut self, timeout: Duration) {
        self.settings.timeout = Some(timeout);
    }

    /// Limits how long one attempt of a call may take; then it may be sent again. A minute where neither
    /// this nor [`timeout`](Self::timeout) is set and the specification says nothing; [`Duration::MAX`]
    /// is no limit.
    pub fn attempt_timeout(&mut self, timeout: Duration) {
        self.settings.attempt_timeout = Some(timeout);
    }

    /// Limits how long the built-in transports may take to connect; 10 seconds by default, unless the
    /// specification says otherwise. A transport that the app brings has a limit of its own.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.settings.connect_timeout = Some(timeout);
    }

    /// Says which library the built-in transports speak TLS with; rustls by default.
    pub fn tls(&mut self, tls: Tls) {
        self.settings.tls = tls;
    }

    /// Says when calls are sent again by themselves.
    pub fn retry(&mut self, retry: Retry) {
        self.settings.retry = retry;
    }

    /// Takes the time and random numbers from here, for tests that wait for nothing.
    pub fn clock(&mut self, clock: impl Clock) {
        self.settings.clock = Some(Arc::new(clock));
    }

    /// Sets the `User-Agent` header; `clientwright/<version> (<provider>)` by default.
    pub fn user_agent(&mut self, user_agent: impl Into<String>) {
        self.settings.user_agent = Some(user_agent.into());
    }

    /// Sends a header with every call; a bad one is an error of [`build`](Self::build).
    pub fn header(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.settings.headers.push((name.into(), Sensitive::new(value.into())));
    }

    /// Limits how many bytes of body an answer may have; 64 MiB by default.
    pub fn max_answer(&mut self, bytes: usize) {
        self.settings.max_answer = bytes;
    }

    /// Keeps to [`Provider::QUOTA`]: attempts wait until there is room for them, and a call that would
    /// wait longer than it may take fails at once.
    pub fn limit_rate(&mut self) {
        self.settings.limited = true;
    }

    /// Lets this look at each attempt before it is sent and after it was answered. Several are called
    /// in the order in which they were given.
    pub fn middleware(&mut self, middleware: impl Middleware) {
        self.settings.middleware.push(Arc::new(middleware));
    }

    /// Tells this how long attempts and calls take and how they end.
    pub fn metrics(&mut self, metrics: impl Metrics) {
        self.settings.metrics.push(Arc::new(metrics));
    }

    /// Tells this what answers hold that the specification does not know. Answers are read all the
    /// same; without it nothing is looked for.
    pub fn drift(&mut self, observer: impl DriftObserver) {
        self.settings.drift.push(Arc::new(observer));
    }

    /// Sends asynchronous calls through this.
    pub fn transport(&mut self, transport: impl Transport) {
        self.transport = Some(Arc::new(transport));
    }

    /// Sends blocking calls through this.
    pub fn blocking_transport(&mut self, transport: impl BlockingTransport) {
        self.blocking_transport = Some(Arc::new(transport));
    }
}

impl<P: Provider> Builder<P> {
    /// Builds the asynchronous client.
    ///
    /// # Errors
    /// A setting cannot be used; the error names it.
    pub fn build(self) -> Result<Client<Async>, BuildError> {
        let core = Core::new::<P>(&self.settings)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.settings.connects_within::<P>(), self.settings.tls)?,
        };
        core.addresses().try_for_each(|base| transport.check(base))?;
        Ok(Client::new(core, transport))
    }

    /// Builds the blocking client.
    ///
    /// # Errors
    /// A setting cannot be used; the error names it.
    pub fn build_blocking(self) -> Result<Client<Blocking>, BuildError> {
        let core = Core::new::<P>(&self.settings)?;
        let transport = match self.blocking_transport {
            Some(transport) => transport,
            None => {
                default_blocking_transport(self.settings.connects_within::<P>(), self.settings.tls)?
            }
        };
        core.addresses().try_for_each(|base| transport.check(base))?;
        Ok(Client::new(core, transport))
    }
}

impl Settings {
    /// How long connecting may take, unless the transport decides.
    fn connects_within<P: Provider>(&self) -> Option<Duration> {
        self.connect_timeout.or(P::TIMEOUTS.connect)
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(
    connect: Option<Duration>,
    tls: Tls,
) -> Result<Arc<dyn Transport>, BuildError> {
    Ok(Arc::new(crate::transport::ReqwestTransport::configured(connect, tls)?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(
    _connect: Option<Duration>,
    _tls: Tls,
) -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::new("no transport: set one with `transport`, or turn on the feature `reqwest`"))
}

#[cfg(feature = "blocking")]
fn default_blocking_transport(
    connect: Option<Duration>,
    tls: Tls,
) -> Result<Arc<dyn BlockingTransport>, BuildError> {
    Ok(Arc::new(crate::transport::UreqTransport::configured(connect, tls)))
}

#[cfg(not(feature = "blocking"))]
fn default_blocking_transport(
    _connect: Option<Duration>,
    _tls: Tls,
) -> Result<Arc<dyn BlockingTransport>, BuildError> {
    Err(BuildError::new(
        "no transport: set one with `blocking_transport`, or turn on the feature `blocking`",
    ))
}

impl Settings {
    pub(crate) fn clock(&self) -> Result<Arc<dyn Clock>, BuildError> {
        self.clock.clone().or_else(clock::of_the_machine).ok_or_else(|| {
            BuildError::new(
                "no clock: set one with `clock`, which in browsers has to come from the app",
            )
        })
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            base_url: None,
            allow_http: false,
            server: 0,
            variables: Vec::new(),
            credentials: Vec::new(),
            tokens: Vec::new(),
            scopes: Vec::new(),
            hooks: Vec::new(),
            parameters: Values::default(),
            timeout: None,
            attempt_timeout: None,
            connect_timeout: None,
            tls: Tls::default(),
            retry: Retry::default(),
            clock: None,
            user_agent: None,
            headers: Vec::new(),
            max_answer: MAX_ANSWER,
            limited: false,
            middleware: Vec::new(),
            metrics: Vec::new(),
            drift: Vec::new(),
        }
    }
}

impl<P> Default for Builder<P> {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            transport: None,
            blocking_transport: None,
            provider: PhantomData,
        }
    }
}

impl<P> Clone for Builder<P> {
    fn clone(&self) -> Self {
        Self {
            settings: self.settings.clone(),
            transport: self.transport.clone(),
            blocking_transport: self.blocking_transport.clone(),
            provider: PhantomData,
        }
    }
}

impl<P: Provider> fmt::Debug for Builder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An address that cannot be used is not shown: what is wrong with it may be a password.
        let usable = |url: &&String| Base::parse("`base_url`", url, true).is_ok();
        f.debug_struct("Builder")
            .field("provider", &P::NAME)
            .field("base_url", &self.settings.base_url.as_ref().filter(usable))
            .field("timeout", &self.settings.timeout)
            .field("attempt_timeout", &self.settings.attempt_timeout)
            .field("retry", &self.settings.retry)
            .finish_non_exhaustive()
    }
}
