//! What a client keeps between calls, prepared once.

use crate::base::Base;
use crate::build_error::BuildError;
use crate::builder::Settings;
use crate::credential::Prepared;
use crate::method::Auth;
use crate::provider::{AuthScheme, Provider, Server};
use crate::rate_limit::RateLimitHeaders;
use crate::retry::{Budget, Retry};
use crate::transport::Clock;
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;

/// The prepared settings of a client. Nothing of a call is decided here.
pub(crate) struct Core {
    /// One for each server of the provider; `None` if its variables were not set.
    bases: Vec<Option<Base>>,
    servers: &'static [Server],
    chosen: usize,
    schemes: &'static [AuthScheme],
    /// One for each scheme.
    credentials: Vec<Option<Prepared>>,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Retry,
    pub(crate) budget: Budget,
    pub(crate) retry_on: &'static [u16],
    pub(crate) rate_limit: &'static RateLimitHeaders,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) max_answer: usize,
}

/// What is known of a provider, so that the rest need not be generic.
struct Facts {
    name: &'static str,
    servers: &'static [Server],
    schemes: &'static [AuthScheme],
    headers: &'static [(&'static str, &'static str)],
    retry_on: &'static [u16],
    rate_limit: &'static RateLimitHeaders,
}

impl Facts {
    const fn of<P: Provider>() -> Self {
        Self {
            name: P::NAME,
            servers: P::SERVERS,
            schemes: P::AUTH,
            headers: P::HEADERS,
            retry_on: P::RETRY_ON,
            rate_limit: &P::RATE_LIMIT,
        }
    }
}

impl Core {
    pub(crate) fn new<P: Provider>(settings: &Settings) -> Result<Self, BuildError> {
        Self::of(&const { Facts::of::<P>() }, settings)
    }

    fn of(facts: &Facts, settings: &Settings) -> Result<Self, BuildError> {
        let Facts { servers, schemes, .. } = *facts;
        let mut credentials = vec![None; schemes.len()];
        for (index, credential) in &settings.credentials {
            if let (Some(place), Some(scheme)) = (credentials.get_mut(*index), schemes.get(*index))
            {
                *place = Some(credential.prepare(scheme)?);
            }
        }
        Ok(Self {
            bases: bases(servers, settings)?,
            servers,
            chosen: settings.server,
            schemes,
            credentials,
            headers: headers(facts, settings)?,
            timeout: settings.timeout,
            attempt_timeout: settings.attempt_timeout,
            retry: settings.retry,
            budget: Budget::new(&settings.retry),
            retry_on: facts.retry_on,
            rate_limit: facts.rate_limit,
            clock: Arc::clone(&settings.clock),
            max_answer: settings.max_answer,
        })
    }

    /// The address of a server; the error says which variable its builder lacks.
    pub(crate) fn base(&self, server: Option<usize>) -> Result<&Base, String> {
        let index = server.unwrap_or(self.chosen);
        self.bases.get(index).and_then(Option::as_ref).ok_or_else(|| {
            let name = self.servers.get(index).map_or("?", |server| server.name);
            format!("the server `{name}` has variables that the builder was not given")
        })
    }

    /// All addresses that calls may go to.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.bases.iter().flatten().map(Base::as_str)
    }

    /// Adds the credentials of the first alternative that has all of them.
    pub(crate) fn authenticate(
        &self,
        auth: Auth,
        headers: &mut HeaderMap,
        url: &mut String,
    ) -> Result<(), String> {
        let Auth::AnyOf(alternatives) = auth;
        if alternatives.is_empty() {
            return Ok(());
        }
        for alternative in alternatives {
            let credential = |index: &usize| self.credentials.get(*index)?.as_ref();
            if alternative.iter().all(|index| credential(index).is_some()) {
                for credential in alternative.iter().filter_map(credential) {
                    credential.add(headers, url);
                }
                return Ok(());
            }
        }
        Err(self.needed(alternatives))
    }

    fn needed(&self, alternatives: &[&[usize]]) -> String {
        let name = |index: &usize| self.schemes.get(*index).map_or("?", |scheme| scheme.name);
        let all = |indices: &&[usize]| {
            let names: Vec<_> = indices.iter().map(|index| format!("`{}`", name(index))).collect();
            names.join(" with ")
        };
        let alternatives: Vec<_> = alternatives.iter().map(all).collect();
        match &alternatives[..] {
            [one] => format!("needs {one}, a method of the client's builder"),
            several => {
                format!("needs one of {}, methods of the client's builder", several.join(", "))
            }
        }
    }
}

fn bases(servers: &[Server], settings: &Settings) -> Result<Vec<Option<Base>>, BuildError> {
    if let Some(url) = &settings.base_url {
        let base = Base::parse("`base_url`", url)?;
        return Ok(vec![Some(base); servers.len().max(1)]);
    }
    let one = |(index, server)| match Base::of_server(server, &settings.variables) {
        Ok(base) => Ok(Some(base)),
        // Another server matters only to a call that goes there.
        Err(_) if index != settings.server => Ok(None),
        Err(error) => Err(error),
    };
    servers.iter().enumerate().map(one).collect()
}

fn headers(facts: &Facts, settings: &Settings) -> Result<HeaderMap, BuildError> {
    let mut headers = HeaderMap::new();
    let agent = match &settings.user_agent {
        Some(agent) => agent.clone(),
        None => format!("clientwright/{} ({})", env!("CARGO_PKG_VERSION"), facts.name),
    };
    let agent = HeaderValue::try_from(agent)
        .map_err(|_| BuildError::new("the user agent holds characters that no header may have"))?;
    headers.insert(USER_AGENT, agent);
    let unusable = |name: &str| BuildError::new(format!("the header `{name}` cannot be sent"));
    for (name, value) in facts.headers {
        let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unusable(name))?;
        let value = HeaderValue::from_str(value).map_err(|_| unusable(name))?;
        headers.insert(header, value);
    }
    for (name, value) in &settings.headers {
        let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
            BuildError::new(format!("`{}` is no name of a header", name.escape_debug()))
        })?;
        let mut value = HeaderValue::from_str(value.expose()).map_err(|_| {
            BuildError::new(format!(
                "the header `{name}` was given a value with characters that no header may have"
            ))
        })?;
        // Nobody can tell which of them are keys.
        value.set_sensitive(true);
        headers.insert(header, value);
    }
    Ok(headers)
}
