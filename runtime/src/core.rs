//! What a client keeps between calls, prepared once.

use crate::base::Base;
use crate::build_error::BuildError;
use crate::builder::Settings;
use crate::credential::{Credential, Prepared, header_value};
use crate::drift::DriftObserver;
use crate::method::Auth;
use crate::metrics::Metrics;
use crate::middleware::Middleware;
use crate::oauth::{ClientSecret, Hooks, Keeper, OAuth2, Oauth, Token};
use crate::parameter::{ClientParameter, Parameters};
use crate::provider::{AuthScheme, Provider, SchemeKind, Server, Timeouts};
use crate::quota::{Limiter, Quota};
use crate::rate_limit::RateLimitHeaders;
use crate::retry::{Budget, Retry};
use crate::transport::Clock;
use crate::user_agent;
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// The prepared settings of a client. Nothing of a call is decided here.
#[derive(Clone)]
pub(crate) struct Core {
    /// One for each server of the provider, or why it cannot be used.
    bases: Vec<Result<Base, String>>,
    chosen: usize,
    schemes: &'static [AuthScheme],
    /// One for each scheme.
    credentials: Vec<Option<Prepared>>,
    /// One for each scheme with tokens that change.
    keepers: Vec<Option<Arc<Keeper>>>,
    pub(crate) headers: HeaderMap,
    pub(crate) parameters: Parameters,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    /// What the provider declares.
    pub(crate) timeouts: Timeouts,
    pub(crate) retry: Retry,
    pub(crate) budget: Arc<Budget>,
    pub(crate) retry_on: &'static [u16],
    pub(crate) rate_limit: &'static RateLimitHeaders,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) max_answer: usize,
    pub(crate) limiter: Option<Arc<Limiter>>,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) metrics: Vec<Arc<dyn Metrics>>,
    pub(crate) drift: Vec<Arc<dyn DriftObserver>>,
}

/// What is known of a provider, so that the rest need not be generic.
struct Facts {
    name: &'static str,
    user_agent: Option<&'static str>,
    servers: &'static [Server],
    schemes: &'static [AuthScheme],
    headers: &'static [(&'static str, &'static str)],
    parameters: &'static [ClientParameter],
    retry_on: &'static [u16],
    rate_limit: &'static RateLimitHeaders,
    quota: Option<Quota>,
    timeouts: Timeouts,
}

impl Facts {
    const fn of<P: Provider>() -> Self {
        Self {
            name: P::NAME,
            user_agent: user_agent::of::<P>(),
            servers: P::SERVERS,
            schemes: P::AUTH,
            headers: P::HEADERS,
            parameters: P::PARAMETERS,
            retry_on: P::RETRY_ON,
            rate_limit: &P::RATE_LIMIT,
            quota: P::QUOTA,
            timeouts: P::TIMEOUTS,
        }
    }
}

impl Core {
    pub(crate) fn new<P: Provider>(settings: &Settings) -> Result<Self, BuildError> {
        Self::of(&const { Facts::of::<P>() }, settings)
    }

    fn of(facts: &Facts, settings: &Settings) -> Result<Self, BuildError> {
        let Facts { servers, schemes, .. } = *facts;
        let clock = settings.clock()?;
        let mut credentials = vec![None; schemes.len()];
        for (index, credential) in &settings.credentials {
            if let (Some(place), Some(scheme)) = (credentials.get_mut(*index), schemes.get(*index))
            {
                *place = credential.prepare(scheme)?;
            }
        }
        Ok(Self {
            bases: bases(servers, settings)?,
            chosen: settings.server,
            schemes,
            credentials,
            keepers: keepers(schemes, settings, &*clock)?,
            headers: headers(facts, settings)?,
            parameters: Parameters::new(facts.parameters, &settings.parameters)?,
            timeout: settings.timeout,
            attempt_timeout: settings.attempt_timeout,
            timeouts: facts.timeouts,
            retry: settings.retry,
            budget: Arc::new(Budget::new(&settings.retry)),
            retry_on: facts.retry_on,
            rate_limit: facts.rate_limit,
            clock,
            max_answer: settings.max_answer,
            limiter: facts.quota.filter(|_| settings.limited).map(Limiter::new).map(Arc::new),
            middleware: settings.middleware.clone(),
            metrics: settings.metrics.clone(),
            drift: settings.drift.clone(),
        })
    }

    /// The address of a server; the error says why it cannot be used.
    pub(crate) fn base(&self, server: Option<usize>) -> Result<&Base, String> {
        let index = server.unwrap_or(self.chosen);
        match self.bases.get(index) {
            Some(Ok(base)) => Ok(base),
            Some(Err(why)) => Err(why.clone()),
            None => Err(format!("there is no server {index}")),
        }
    }

    /// All addresses that calls may go to; first that of the server which was chosen.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &str> {
        let others = self.bases.iter().enumerate().filter(|(index, _)| *index != self.chosen);
        let chosen = self.bases.get(self.chosen).into_iter();
        chosen.chain(others.map(|(_, base)| base)).flatten().map(Base::as_str)
    }

    /// The first alternative that has all of its credentials.
    fn chosen(&self, auth: Auth) -> Result<&'static [usize], String> {
        let Auth::AnyOf(alternatives) = auth else { return Ok(&[]) };
        if alternatives.is_empty() {
            return Ok(&[]);
        }
        let has_all = |set: &&&[usize]| set.iter().all(|&index| self.is_configured(index));
        alternatives.iter().find(has_all).copied().ok_or_else(|| self.needed(alternatives))
    }

    fn is_configured(&self, index: usize) -> bool {
        let prepared = self.credentials.get(index).is_some_and(Option::is_some);
        prepared || self.keeper(index).is_some_and(|keeper| keeper.is_configured())
    }

    fn keeper(&self, index: usize) -> Option<&Arc<Keeper>> {
        self.keepers.get(index)?.as_ref()
    }

    /// The keeper of the token that a method needs, if it needs one that changes.
    pub(crate) fn keeper_for(&self, auth: Auth) -> Option<Arc<Keeper>> {
        if self.keepers.iter().all(Option::is_none) {
            return None;
        }
        let chosen = self.chosen(auth).ok()?;
        chosen.iter().find_map(|&index| self.keeper(index)).cloned()
    }

    /// Adds the credentials of the first alternative that has all of them.
    pub(crate) fn authenticate(
        &self,
        auth: Auth,
        headers: &mut HeaderMap,
        url: &mut String,
    ) -> Result<(), String> {
        for &index in self.chosen(auth)? {
            // A token comes before what was set for good: bearer tokens have a source as well.
            let token = self.keeper(index).and_then(|keeper| keeper.prepared());
            let fixed = || self.credentials.get(index)?.as_ref();
            if let Some(credential) = token.as_ref().or_else(fixed) {
                credential.add(headers, url, &*self.clock);
            }
        }
        Ok(())
    }

    /// Whether a parameter of a query is a credential.
    pub(crate) fn is_key(&self, name: &str) -> bool {
        self.schemes.iter().any(|scheme| scheme.is_in_query(name))
    }

    /// What the app proves itself with in the form of a token request.
    pub(crate) fn client_secret(
        &self,
        auth: Auth,
    ) -> Result<Option<(&'static OAuth2, &ClientSecret)>, String> {
        let Auth::Client(index) = auth else { return Ok(None) };
        let oauth = self.keeper(index).and_then(|keeper| keeper.oauth.as_ref());
        match oauth.and_then(|oauth| Some((oauth.facts, oauth.client.as_ref()?))) {
            Some(found) => Ok(Some(found)),
            None => Err("needs the id of the client, which its builder was not given".to_owned()),
        }
    }

    /// The same settings with another token of a scheme.
    pub(crate) fn with_token(&self, scheme: usize, token: Token) -> Result<Self, BuildError> {
        let mut core = self.clone();
        let name = self.schemes.get(scheme).map_or("?", |scheme| scheme.name);
        let oauth = self.keeper(scheme).and_then(|keeper| keeper.oauth.clone());
        // Store and source are of the token before.
        let keeper = Keeper::new(name, oauth, Hooks::default());
        keeper.install(token, &*self.clock).map_err(|why| BuildError::credential(name, why))?;
        if let Some(place) = core.keepers.get_mut(scheme) {
            *place = Some(Arc::new(keeper));
        }
        Ok(core)
    }

    /// The question to a user whether the app may have access.
    #[cfg(feature = "oauth2")]
    pub(crate) fn authorize(
        &self,
        scheme: usize,
    ) -> Result<crate::oauth::Authorization, BuildError> {
        let oauth = self.keeper(scheme).and_then(|keeper| keeper.oauth.as_ref());
        let endpoint = oauth.and_then(|oauth| Some((oauth, oauth.facts.authorize_url?)));
        let client_id = oauth.and_then(|oauth| oauth.client_id.as_deref());
        match (endpoint, client_id) {
            (Some((oauth, url)), Some(id)) => {
                let base = match url.starts_with('/') {
                    true => {
                        self.base(oauth.facts.authorize_server).map_err(BuildError::new)?.as_str()
                    }
                    false => "",
                };
                let url = format!("{base}{url}");
                Ok(crate::oauth::Authorization::new(url, oauth.facts, id, &*self.clock))
            }
            _ => {
                let name = self.schemes.get(scheme).map_or("?", |scheme| scheme.name);
                Err(BuildError::new(format!(
                    "`{name}` needs the id of the client, which its builder was not given"
                )))
            }
        }
    }

    fn needed(&self, alternatives: &[&[usize]]) -> String {
        let name = |index: &usize| self.schemes.get(*index).map_or("?", |scheme| scheme.name);
        let all = |indices: &&[usize]| {
            let names: Vec<_> =
                indices.iter().map(|index| format!("`{}(…)`", name(index))).collect();
            names.join(" with ")
        };
        let alternatives: Vec<_> = alternatives.iter().map(all).collect();
        match &alternatives[..] {
            [one] => format!("no credential: set {one} of the builder"),
            several => format!("no credential: set one of {} of the builder", several.join(", ")),
        }
    }
}

fn keepers(
    schemes: &'static [AuthScheme],
    settings: &Settings,
    clock: &dyn Clock,
) -> Result<Vec<Option<Arc<Keeper>>>, BuildError> {
    let keeper = |(index, scheme)| keeper(index, scheme, settings, clock);
    schemes.iter().enumerate().map(keeper).collect()
}

fn keeper(
    index: usize,
    scheme: &'static AuthScheme,
    settings: &Settings,
    clock: &dyn Clock,
) -> Result<Option<Arc<Keeper>>, BuildError> {
    let credential = |index| last(&settings.credentials, index);
    let hooks = last(&settings.hooks, index).cloned().unwrap_or_default();
    let oauth = match &scheme.kind {
        SchemeKind::OAuth2(facts) => {
            let client = match facts.token.auth {
                Auth::AnyOf(&[&[client]]) => credential(client),
                Auth::Client(client) => credential(client),
                Auth::AnyOf(_) => None,
            };
            Some(Oauth {
                facts,
                has_client: client.is_some(),
                client: client.and_then(Credential::client_secret).cloned(),
                scopes: last(&settings.scopes, index).cloned(),
                client_id: client.and_then(Credential::client_id).map(str::to_owned),
            })
        }
        _ if hooks.source.is_some() => None,
        _ => return Ok(None),
    };
    let keeper = Keeper::new(scheme.name, oauth, hooks);
    if let Some(token) = last(&settings.tokens, index) {
        keeper
            .install(token.clone(), clock)
            .map_err(|why| BuildError::credential(scheme.name, why))?;
    }
    Ok(Some(Arc::new(keeper)))
}

/// What was set last for a scheme.
fn last<T>(settings: &[(usize, T)], scheme: usize) -> Option<&T> {
    settings.iter().rfind(|(known, _)| *known == scheme).map(|(_, set)| set)
}

fn bases(servers: &[Server], settings: &Settings) -> Result<Vec<Result<Base, String>>, BuildError> {
    if let Some(url) = &settings.base_url {
        let base = Base::parse("`base_url`", url, settings.allow_http)?;
        return Ok(vec![Ok(base); servers.len().max(1)]);
    }
    let one =
        |(index, server)| match Base::of_server(server, &settings.variables, settings.allow_http) {
            Ok(base) => Ok(Ok(base)),
            // Another server matters only to a call that goes there.
            Err(error) if index != settings.server => Ok(Err(error.to_string())),
            Err(error) => {
                let instead = "the builder may be given another server or a `base_url` instead";
                Err(BuildError::new(format!("{error}; {instead}")))
            }
        };
    servers.iter().enumerate().map(one).collect()
}

fn headers(facts: &Facts, settings: &Settings) -> Result<HeaderMap, BuildError> {
    let mut headers = HeaderMap::new();
    let agent = match &settings.user_agent {
        Some(agent) => HeaderValue::try_from(agent),
        None => user_agent::header(facts.user_agent, facts.name),
    };
    let agent = agent
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
        // Nobody can tell which of them are keys.
        let value = header_value(Zeroizing::new(value.expose().clone())).map_err(|_| {
            BuildError::new(format!(
                "the header `{name}` was given a value with characters that no header may have"
            ))
        })?;
        headers.insert(header, value);
    }
    Ok(headers)
}
