//! Asking a user for access: where the browser is sent, and what comes back.

use super::{Code, OAuth2};
use crate::build_error::BuildError;
use crate::param::Sink;
use crate::sensitive::Sensitive;
use crate::transport::Clock;
use clientwright_wire::base64;
use sha2::{Digest, Sha256};
use std::fmt;

/// A question to a user whether the app may have access.
///
/// Send the browser to [`url`](Self::url) and keep this, or [`state`](Self::state) and
/// [`verifier`](Self::verifier), with the session of the user. When the browser comes back with a code
/// and a state, [`code`](Self::code) makes of them what the client changes into a token.
#[derive(Clone)]
pub struct Authorization {
    endpoint: String,
    client_id: String,
    scopes: Vec<String>,
    state: Sensitive<String>,
    verifier: Option<Sensitive<String>>,
    redirect_uri: Option<String>,
    more: Vec<(String, String)>,
}

impl Authorization {
    pub(crate) fn new(
        endpoint: String,
        facts: &OAuth2,
        client_id: &str,
        clock: &dyn Clock,
    ) -> Self {
        Self {
            endpoint,
            client_id: client_id.to_owned(),
            scopes: facts.scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            state: random(clock),
            verifier: facts.pkce.then(|| random(clock)),
            redirect_uri: None,
            more: Vec::new(),
        }
    }

    /// Where the browser comes back to; needed where the service knows several addresses, or none.
    #[must_use]
    pub fn redirect_uri(mut self, redirect_uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(redirect_uri.into());
        self
    }

    /// What to ask for, in place of what the provider's description says.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// A further parameter of the address.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.more.push((name.into(), value.into()));
        self
    }

    /// The address to send the browser to.
    pub fn url(&self) -> String {
        let mut url = self.endpoint.clone();
        let mut separator = Some(if url.contains('?') { '&' } else { '?' });
        let mut pair =
            |name: &str, value: &str| Sink::query(&mut url, name, &mut separator).text(value);
        pair("response_type", "code");
        pair("client_id", &self.client_id);
        if let Some(redirect_uri) = &self.redirect_uri {
            pair("redirect_uri", redirect_uri);
        }
        if !self.scopes.is_empty() {
            pair("scope", &self.scopes.join(" "));
        }
        pair("state", self.state.expose());
        if let Some(verifier) = &self.verifier {
            pair("code_challenge", &challenge(verifier.expose()));
            pair("code_challenge_method", "S256");
        }
        for (name, value) in &self.more {
            pair(name, value);
        }
        url
    }

    /// What has to come back with the code.
    pub fn state(&self) -> &str {
        self.state.expose()
    }

    /// What proves that the code comes back to who has asked.
    pub fn verifier(&self) -> Option<&str> {
        self.verifier.as_ref().map(|verifier| verifier.expose().as_str())
    }

    /// The code that came back.
    ///
    /// # Errors
    /// The state is another: somebody else has asked.
    pub fn code(
        &self,
        code: impl Into<Sensitive<String>>,
        state: &str,
    ) -> Result<Code, BuildError> {
        let (sent, came) = (self.state.expose().as_bytes(), state.as_bytes());
        // Looks at all of it, so that the time it takes tells nothing.
        let differences = sent.iter().zip(came).fold(0, |all, (a, b)| all | (a ^ b));
        if sent.len() != came.len() || differences != 0 {
            return Err(BuildError::new("the state that came back is not the one that was sent"));
        }
        let mut code = Code::new(code);
        if let Some(verifier) = &self.verifier {
            code = code.verifier(verifier.clone());
        }
        Ok(match &self.redirect_uri {
            Some(redirect_uri) => code.redirect_uri(redirect_uri.clone()),
            None => code,
        })
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization")
            .field("endpoint", &self.endpoint)
            .field("client_id", &self.client_id)
            .field("scopes", &self.scopes)
            .field("redirect_uri", &self.redirect_uri)
            .finish_non_exhaustive()
    }
}

/// What is told of a verifier before it is shown itself.
fn challenge(verifier: &str) -> String {
    base64::encode_url(&Sha256::digest(verifier.as_bytes()))
}

/// 256 bits that nobody can guess.
fn random(clock: &dyn Clock) -> Sensitive<String> {
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(32));
    for _ in 0..4 {
        bytes.extend_from_slice(&clock.random().to_ne_bytes());
    }
    Sensitive::new(base64::encode_url(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in the address already goes before.
    #[test]
    fn addresses_may_have_a_query() {
        struct Same;
        impl Clock for Same {
            fn now(&self) -> std::time::Duration {
                std::time::Duration::ZERO
            }
            fn unix(&self) -> std::time::Duration {
                std::time::Duration::ZERO
            }
            fn random(&self) -> u64 {
                0
            }
        }
        let facts = OAuth2::authorization_code("", crate::Method::post("token", "/token"));
        let asked = |endpoint: &str, facts: &OAuth2| {
            let asked = Authorization::new(endpoint.to_owned(), facts, "a&b", &Same);
            asked.scopes(["r w", "x"]).parameter("audience", "https://a/?b").url()
        };
        let rest = "response_type=code&client_id=a%26b&scope=r%20w%20x&\
                    state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&audience=https%3A%2F%2Fa%2F%3Fb";
        let plain = facts.without_pkce();
        assert_eq!(asked("https://l/a?tenant=t", &plain), format!("https://l/a?tenant=t&{rest}"));
        assert_eq!(asked("https://l/a", &plain), format!("https://l/a?{rest}"));
        let proved = asked("https://l/a?tenant=t", &facts);
        assert!(proved.contains("&code_challenge_method=S256&audience="), "{proved}");
    }

    #[test]
    fn challenges_are_those_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
