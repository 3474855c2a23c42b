//! OAuth 2: tokens that the client gets, keeps and renews by itself.
//!
//! A [`Keeper`] holds the token of a scheme for all calls of a client. The call that finds it missing,
//! ended or refused renews it, as steps of its own state machine; the others wait for that one.

#[cfg(feature = "oauth2")]
mod authorization;
mod dialect;
mod form;
mod grant;
mod hooks;
mod keeper;
mod renewal;
mod token;

#[cfg(feature = "oauth2")]
pub use self::authorization::Authorization;
pub use self::grant::{Code, CodeGrant, Grant};
pub use self::hooks::{BoxError, TokenSource, TokenStore};
pub use self::token::Token;

#[cfg(feature = "jwt")]
pub(crate) use self::dialect::push_json;
pub(crate) use self::form::error_code;
pub(crate) use self::hooks::{Asked, Hooks};
pub(crate) use self::keeper::{Keeper, Look, Oauth, Seen, Turn};
pub(crate) use self::renewal::{Failed, Next, Renewal, encode};

use self::dialect::Dialect;
use crate::method::Method;
use crate::sensitive::Sensitive;

/// The statuses after which a token is taken to be refused.
const REFUSED: &[u16] = &[401];

/// The facts of an OAuth 2 scheme, written by the generator as a constant.
#[derive(Clone, Copy, Debug)]
pub struct OAuth2 {
    /// The token endpoint; its `auth` is how the client proves itself there.
    pub(crate) token: Method,
    /// Where a browser is sent to, if a user has to agree.
    pub(crate) authorize_url: Option<&'static str>,
    /// The server that this is a path of, if it is not the chosen one.
    pub(crate) authorize_server: Option<usize>,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) refresh: bool,
    pub(crate) pkce: bool,
    pub(crate) renew_on: &'static [u16],
    pub(crate) dialect: Dialect,
}

impl OAuth2 {
    /// The client credentials themselves are good for a token of this endpoint.
    pub const fn client_credentials(mut token: Method) -> Self {
        token.bare = true;
        Self {
            token,
            authorize_url: None,
            authorize_server: None,
            scopes: &[],
            refresh: true,
            pkce: true,
            renew_on: REFUSED,
            dialect: Dialect::STANDARD,
        }
    }

    /// A user agrees at `authorize_url`, which gives a code for a token: an address, or a path of the server that the
    /// app has chosen.
    pub const fn authorization_code(authorize_url: &'static str, token: Method) -> Self {
        Self { authorize_url: Some(authorize_url), ..Self::client_credentials(token) }
    }

    /// The server of which the `authorize_url` is a path, as an index into [`Provider::SERVERS`](crate::Provider::SERVERS).
    #[must_use]
    pub const fn authorize_server(mut self, server: usize) -> Self {
        self.authorize_server = Some(server);
        self
    }

    /// What a token is asked to be good for.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Tokens cannot be refreshed.
    #[must_use]
    pub const fn without_refresh(mut self) -> Self {
        self.refresh = false;
        self
    }

    /// The service does not know code challenges.
    #[must_use]
    pub const fn without_pkce(mut self) -> Self {
        self.pkce = false;
        self
    }

    /// The statuses after which a token is taken to be refused; 401 unless set.
    #[must_use]
    pub const fn renew_on(mut self, statuses: &'static [u16]) -> Self {
        self.renew_on = statuses;
        self
    }

    /// The token endpoint takes JSON in place of a form.
    #[must_use]
    pub const fn json(mut self) -> Self {
        self.dialect.json = true;
        self
    }

    /// What the token endpoint calls what the standard names first.
    #[must_use]
    pub const fn names(mut self, names: &'static [(&'static str, &'static str)]) -> Self {
        self.dialect.names = names;
        self
    }

    /// What is sent to the token endpoint beside what the standard has.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.dialect.fields = fields;
        self
    }

    /// The members of an answer of the token endpoint that lead to the token.
    #[must_use]
    pub const fn at(mut self, path: &'static [&'static str]) -> Self {
        self.dialect.at = path;
        self
    }

    /// Whether another token needs nobody's consent.
    pub(crate) fn is_own(&self) -> bool {
        self.authorize_url.is_none()
    }
}

/// What an app proves itself with in the form of a token request.
#[derive(Clone, Debug)]
pub(crate) struct ClientSecret {
    pub(crate) id: Sensitive<String>,
    /// `None` for apps that cannot keep one.
    pub(crate) secret: Option<Sensitive<String>>,
}

/// The body of a token request, with what the client proves itself with.
pub(crate) fn with_client(facts: &OAuth2, body: &[u8], client: &ClientSecret) -> bytes::Bytes {
    form::Form::behind(facts.dialect, body, client)
}
