//! Credentials, and what is sent of them.

use crate::build_error::BuildError;
#[cfg(feature = "jwt")]
use crate::jwt::{Jwt, Signer};
use crate::oauth::ClientSecret;
use crate::param::Sink;
use crate::provider::{AuthScheme, SchemeKind};
use crate::sensitive::Sensitive;
use crate::transport::Clock;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
#[cfg(feature = "jwt")]
use std::sync::Arc;
use zeroize::Zeroizing;

/// A credential for one of the provider's schemes. `Debug` shows none of it.
#[derive(Clone, Debug)]
pub struct Credential(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Basic {
        username: Sensitive<String>,
        password: Sensitive<String>,
    },
    Bearer {
        token: Sensitive<String>,
    },
    Key {
        key: Sensitive<String>,
    },
    Client(ClientSecret),
    #[cfg(feature = "jwt")]
    Jwt(Jwt),
}

impl Credential {
    /// User name and password. The user name may not hold a colon.
    pub fn basic(
        username: impl Into<Sensitive<String>>,
        password: impl Into<Sensitive<String>>,
    ) -> Self {
        Self(Kind::Basic { username: username.into(), password: password.into() })
    }

    /// A token.
    pub fn bearer(token: impl Into<Sensitive<String>>) -> Self {
        Self(Kind::Bearer { token: token.into() })
    }

    /// A key for a header, the query or a cookie.
    pub fn key(key: impl Into<Sensitive<String>>) -> Self {
        Self(Kind::Key { key: key.into() })
    }

    /// What an app proves itself with at a token endpoint; `None` for one that keeps no secret.
    pub fn client(
        id: impl Into<Sensitive<String>>,
        secret: Option<impl Into<Sensitive<String>>>,
    ) -> Self {
        Self(Kind::Client(ClientSecret { id: id.into(), secret: secret.map(Into::into) }))
    }

    /// A key that signs tokens.
    #[cfg(feature = "jwt")]
    pub fn jwt(key: Jwt) -> Self {
        Self(Kind::Jwt(key))
    }

    /// What goes into the form of a token request.
    pub(crate) fn client_secret(&self) -> Option<&ClientSecret> {
        match &self.0 {
            Kind::Client(client) => Some(client),
            _ => None,
        }
    }

    /// The public half of what an app proves itself with.
    pub(crate) fn client_id(&self) -> Option<&str> {
        match &self.0 {
            Kind::Basic { username: id, .. } | Kind::Client(ClientSecret { id, .. }) => {
                Some(id.expose())
            }
            _ => None,
        }
    }

    /// What is sent for it.
    pub(crate) fn prepare(&self, scheme: &AuthScheme) -> Result<Option<Prepared>, BuildError> {
        let refused = |why: &str| BuildError::credential(scheme.name, why);
        let prepared = match (&self.0, scheme.kind) {
            (Kind::Basic { username, password }, SchemeKind::Basic) => {
                basic(username, password).map_err(refused)
            }
            (Kind::Bearer { token }, SchemeKind::Bearer) => bearer(token).map_err(refused),
            (Kind::Key { key }, _) if key.expose().is_empty() => Err(refused("the key is empty")),
            (Kind::Key { key }, SchemeKind::Header(name)) => header(name, "", key).map_err(refused),
            (Kind::Key { key }, SchemeKind::Prefixed(name, prefix)) => {
                header(name, prefix, key).map_err(refused)
            }
            (Kind::Key { key }, SchemeKind::Query(name)) => Ok(Prepared::Query(pair(name, key))),
            (Kind::Key { key }, SchemeKind::Cookie(name)) => cookie(name, key).map_err(refused),
            #[cfg(feature = "jwt")]
            (Kind::Jwt(key), SchemeKind::Jwt(lifetime)) => {
                let signer = Signer::new(key.clone(), lifetime).map_err(refused)?;
                Ok(Prepared::Signed(Arc::new(signer)))
            }
            // Goes to the token endpoint only.
            (Kind::Client(_), SchemeKind::OAuth2(_)) => return Ok(None),
            _ => Err(refused("this is of another scheme")),
        };
        prepared.map(Some)
    }
}

fn basic(
    username: &Sensitive<String>,
    password: &Sensitive<String>,
) -> Result<Prepared, &'static str> {
    if username.expose().contains(':') {
        return Err("a user name has no colon");
    }
    let pair = Zeroizing::new([username.expose().as_str(), ":", password.expose()].concat());
    let pair = Zeroizing::new(clientwright_wire::base64::encode(pair.as_bytes()));
    let value = header_value(Zeroizing::new(["Basic ", &pair].concat()))?;
    Ok(Prepared::Header(AUTHORIZATION, value))
}

pub(crate) fn bearer(token: &Sensitive<String>) -> Result<Prepared, &'static str> {
    if token.expose().is_empty() {
        return Err("the token is empty");
    }
    let value = header_value(Zeroizing::new(["Bearer ", token.expose()].concat()))?;
    Ok(Prepared::Header(AUTHORIZATION, value))
}

fn header(name: &str, prefix: &str, key: &Sensitive<String>) -> Result<Prepared, &'static str> {
    let name =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| "its header has no valid name")?;
    let value = header_value(Zeroizing::new([prefix, key.expose()].concat()))?;
    Ok(Prepared::Header(name, value))
}

fn pair(name: &str, key: &Sensitive<String>) -> Sensitive<String> {
    // Three bytes for each are the most that encoding takes, so that no copy is left behind.
    let mut text = String::with_capacity(3 * (name.len() + key.expose().len()) + 1);
    Sink::query(&mut text, name, &mut None).text(key.expose());
    Sensitive::new(text)
}

fn cookie(name: &str, key: &Sensitive<String>) -> Result<Prepared, &'static str> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if !key.expose().bytes().all(plain) {
        return Err("it holds characters that no cookie may have");
    }
    Ok(Prepared::Cookie(Sensitive::new([name, "=", key.expose()].concat())))
}

/// The value of a header, of which no copy is left in memory.
pub(crate) fn header_value(text: Zeroizing<String>) -> Result<HeaderValue, &'static str> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        .map_err(|_| "it holds characters that no header may have")?;
    value.set_sensitive(true);
    Ok(value)
}

/// A credential as it is sent.
#[derive(Clone)]
pub(crate) enum Prepared {
    Header(HeaderName, HeaderValue),
    /// A pair of the query, encoded.
    Query(Sensitive<String>),
    /// A pair of the header `Cookie`.
    Cookie(Sensitive<String>),
    /// A token that is signed when there is need of it.
    #[cfg(feature = "jwt")]
    Signed(Arc<Signer>),
}

impl Prepared {
    /// Puts it into a request.
    #[cfg_attr(not(feature = "jwt"), allow(unused_variables, reason = "nothing else ends"))]
    pub(crate) fn add(&self, headers: &mut HeaderMap, url: &mut String, clock: &dyn Clock) {
        match self {
            #[cfg(feature = "jwt")]
            Self::Signed(signer) => {
                if let Some(prepared) = signer.prepared(clock) {
                    prepared.add(headers, url, clock);
                }
            }
            Self::Header(name, value) => {
                headers.insert(name, value.clone());
            }
            Self::Query(pair) => {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(pair.expose());
            }
            Self::Cookie(pair) => add_cookie(pair, headers),
        }
    }
}

/// A request has one header of this name.
fn add_cookie(pair: &Sensitive<String>, headers: &mut HeaderMap) {
    let pair = pair.expose().as_bytes();
    // In one piece, since what grows leaves its beginning behind in memory.
    let text = Zeroizing::new(match headers.get(COOKIE) {
        Some(others) => [others.as_bytes(), pair].join(&b"; "[..]),
        None => pair.to_vec(),
    });
    // Both parts are valid by themselves.
    if let Ok(mut value) = HeaderValue::from_maybe_shared(Bytes::from_owner(text)) {
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
}
