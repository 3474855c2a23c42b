use clientwright_runtime::{
    self as runtime, Async, Auth, AuthScheme, Blocking, BuildError, CallError, Provider, Request,
    Response, SchemeKind, Server,
};
use std::future::IntoFuture;
use std::time::Duration;

/// Marks requests of Punt.
#[derive(Clone, Copy, Debug)]
pub struct Punt;

impl Provider for Punt {
    const NAME: &'static str = "punt";
    const SERVERS: &'static [Server] = &[
        Server { name: "production", url: "https://partner.punt-uit.nl/api" },
        Server { name: "tenant", url: "https://{subdomain}.example.com" },
    ];
    const AUTH: &'static [AuthScheme] = &[
        AuthScheme { name: "bearer", kind: SchemeKind::Bearer },
        AuthScheme { name: "basic", kind: SchemeKind::Basic },
        AuthScheme { name: "key", kind: SchemeKind::Header("X-Api-Key") },
        AuthScheme { name: "query_key", kind: SchemeKind::Query("api key") },
        AuthScheme { name: "cookie", kind: SchemeKind::Cookie("ss-id") },
        AuthScheme { name: "other_cookie", kind: SchemeKind::Cookie("ss-pid") },
    ];
}

pub(super) const BEARER: Auth = Auth::AnyOf(&[&[0]]);
pub(super) const ANY: Auth = Auth::AnyOf(&[&[1], &[0]]);
pub(super) const KEYS: Auth = Auth::AnyOf(&[&[2, 3, 4, 5], &[2], &[3], &[4]]);

/// Starts to build a client.
pub fn builder() -> Builder {
    Builder::default()
}

/// Builds a [`Client`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    inner: runtime::Builder<Punt>,
}

impl Builder {
    #[must_use]
    pub fn bearer(mut self, token: impl Into<runtime::Sensitive<String>>) -> Self {
        self.inner.credential(0, runtime::Credential::bearer(token));
        self
    }

    #[must_use]
    pub fn basic(
        mut self,
        username: impl Into<String>,
        password: impl Into<runtime::Sensitive<String>>,
    ) -> Self {
        self.inner.credential(1, runtime::Credential::basic(username.into(), password));
        self
    }

    /// An API key, by the index of its scheme.
    #[must_use]
    pub fn key(mut self, scheme: usize, key: impl Into<runtime::Sensitive<String>>) -> Self {
        self.inner.credential(scheme, runtime::Credential::key(key));
        self
    }

    #[must_use]
    pub fn tenant(mut self, subdomain: impl Into<String>) -> Self {
        self.inner.server(1, &[("subdomain", subdomain.into())]);
        self
    }

    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.inner.base_url(url);
        self
    }

    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.inner.timeout(timeout);
        self
    }

    #[must_use]
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.inner.user_agent(user_agent);
        self
    }

    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.inner.header(name, value);
        self
    }

    #[must_use]
    pub fn max_answer(mut self, bytes: usize) -> Self {
        self.inner.max_answer(bytes);
        self
    }

    #[must_use]
    pub fn transport(mut self, transport: impl runtime::Transport) -> Self {
        self.inner.transport(transport);
        self
    }

    #[must_use]
    pub fn blocking_transport(mut self, transport: impl runtime::BlockingTransport) -> Self {
        self.inner.blocking_transport(transport);
        self
    }

    pub fn build(self) -> Result<Client, BuildError> {
        Ok(Client { inner: self.inner.build()? })
    }

    pub fn build_blocking(self) -> Result<Client<Blocking>, BuildError> {
        Ok(Client { inner: self.inner.build_blocking()? })
    }
}

/// Client of Punt; cheap to clone.
#[derive(Clone, Debug)]
pub struct Client<M: runtime::Mode = Async> {
    inner: runtime::Client<M>,
}

impl<M: runtime::Mode> Client<M> {
    #[must_use]
    pub fn subscriptions(&self) -> super::subscriptions::Subscriptions<'_, M> {
        super::subscriptions::Subscriptions { client: self }
    }

    pub fn call<R: Request<Provider = Punt>>(&self, request: R) -> Call<R, M> {
        Call { inner: runtime::Call::new(&self.inner, request) }
    }
}

/// One call: set what is optional, then await it.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<R, M: runtime::Mode = Async> {
    inner: runtime::Call<R, M>,
}

impl<R: Request<Provider = Punt>, M: runtime::Mode> Call<R, M> {
    pub(super) fn map(self, change: impl FnOnce(R) -> R) -> Self {
        Self { inner: self.inner.map(change) }
    }

    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { inner: self.inner.with_timeout(timeout) }
    }

    pub fn with_header(self, name: &str, value: impl Into<String>) -> Self {
        Self { inner: self.inner.with_header(name, value) }
    }

    pub fn request(&self) -> &R {
        self.inner.request()
    }

    pub fn as_csv(self) -> Call<runtime::InFormat<R>, M> {
        Call { inner: self.inner.in_format("text/csv") }
    }
}

impl<R: Request<Provider = Punt>> Call<R, Async> {
    pub async fn with_response(self) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.inner.send().await
    }
}

impl<R: Request<Provider = Punt>> IntoFuture for Call<R, Async> {
    type Output = Result<R::Output, CallError<R::Error>>;
    type IntoFuture = runtime::CallFuture<R>;

    fn into_future(self) -> Self::IntoFuture {
        self.inner.into_future()
    }
}

impl<R: Request<Provider = Punt>> Call<R, Blocking> {
    pub fn send(self) -> Result<R::Output, CallError<R::Error>> {
        self.with_response().map(Response::into_body)
    }

    pub fn with_response(self) -> Result<Response<R::Output>, CallError<R::Error>> {
        self.inner.send()
    }
}
