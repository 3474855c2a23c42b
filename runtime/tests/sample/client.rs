use clientwright_runtime::{
    self as runtime, Async, Auth, AuthScheme, Provider, Request, SchemeKind, Server,
};

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
}

runtime::client_builder!();

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

    pub fn request(&self) -> &R {
        self.inner.request()
    }

    pub fn as_csv(self) -> Call<runtime::InFormat<R>, M> {
        Call { inner: self.inner.in_format("text/csv") }
    }
}

runtime::client_call!(Punt);
