//! Credentials, and the headers made of them.

use crate::build_error::BuildError;
use crate::provider::{AuthScheme, SchemeKind};
use crate::sensitive::Sensitive;
use http::HeaderValue;
use zeroize::Zeroizing;

/// A credential for one of the provider's schemes. `Debug` shows none of it.
#[derive(Clone, Debug)]
pub struct Credential(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Basic { username: Sensitive<String>, password: Sensitive<String> },
    Bearer { token: Sensitive<String> },
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

    /// The value of the `Authorization` header.
    pub(crate) fn authorization(&self, scheme: &AuthScheme) -> Result<HeaderValue, BuildError> {
        let text = match (&self.0, scheme.kind) {
            (Kind::Basic { username, password }, SchemeKind::Basic) => {
                if username.expose().contains(':') {
                    return Err(BuildError::credential(scheme.name, "a user name has no colon"));
                }
                let pair = Zeroizing::new(format!("{}:{}", username.expose(), password.expose()));
                Zeroizing::new(format!(
                    "Basic {}",
                    clientwright_wire::base64::encode(pair.as_bytes())
                ))
            }
            (Kind::Bearer { token }, SchemeKind::Bearer) => {
                if token.expose().is_empty() {
                    return Err(BuildError::credential(scheme.name, "the token is empty"));
                }
                Zeroizing::new(format!("Bearer {}", token.expose()))
            }
            _ => return Err(BuildError::credential(scheme.name, "this is of another scheme")),
        };
        let mut value = HeaderValue::from_str(&text).map_err(|_| {
            BuildError::credential(scheme.name, "it holds characters that no header may have")
        })?;
        value.set_sensitive(true);
        Ok(value)
    }
}
