//! The blocking transport, over ureq.

mod connector;
mod proxies;

use self::connector::Unconnected;
use self::proxies::Proxies;
use super::apart::{Deadline, apart, waited_for};
use super::{
    BlockingChunks, BlockingTransport, Incoming, Opened, Outgoing, Tls, TransportError,
    TransportErrorKind,
};
use crate::exchange::time::ATTEMPT_TIMEOUT;
use bytes::Bytes;
use http::Version;
use http::header::TRANSFER_ENCODING;
use std::io::{self, Read};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::{Connector, DefaultConnector};

/// The most that is read at once.
const PIECE: usize = 16 << 10;

/// Sends through a [`ureq::Agent`].
#[derive(Clone, Debug)]
pub struct UreqTransport {
    agent: ureq::Agent,
    /// What the environment says of proxies, unless the app has said it.
    proxies: Option<Arc<Proxies>>,
}

impl UreqTransport {
    /// Sends through an agent of its own that is configured so, perhaps as another one is:
    /// `from_config(agent.config().clone())`. Every status and every redirect is an answer all the same.
    ///
    /// An agent that is built already is not taken, since nobody can look at its connections: a body without a length
    /// whose connection breaks would look whole.
    pub fn from_config(config: ureq::config::Config) -> Self {
        Self::from_parts(config, DefaultConnector::default(), DefaultResolver::default())
    }

    /// The same with connections and addresses of hosts by the app. What is in `ureq::unversioned` may change with each
    /// minor version of ureq.
    pub fn from_parts(
        config: ureq::config::Config,
        connector: impl Connector,
        resolver: impl Resolver,
    ) -> Self {
        // ureq would ask the same one for all addresses.
        let of_environment = config.proxy().is_some_and(ureq::Proxy::is_from_env);
        let variable = |name: &str| std::env::var(name).ok();
        let proxies = of_environment.then(|| Proxies::of_environment(variable)).flatten();
        let agent = connector::agent(config, connector, resolver);
        Self { agent, proxies: proxies.map(Arc::new) }
    }

    /// Sends through an agent of its own.
    pub fn with_defaults() -> Self {
        Self::configured(None, Tls::default())
    }

    pub(crate) fn configured(connect: Option<Duration>, tls: Tls) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(connect.unwrap_or(super::CONNECT_TIMEOUT)))
            .timeout_global(Some(ATTEMPT_TIMEOUT));
        let config = match tls {
            Tls::Rustls => config,
            #[cfg(feature = "native-tls")]
            Tls::Native => config.tls_config(
                ureq::tls::TlsConfig::builder()
                    .provider(ureq::tls::TlsProvider::NativeTls)
                    .root_certs(ureq::tls::RootCerts::PlatformVerifier)
                    .build(),
            ),
        };
        Self::from_config(config.build())
    }
}

impl BlockingTransport for UreqTransport {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let max = outgoing.max_answer;
        // What the app reads from may hang, and whoever waits for it can only leave.
        let mut answer = if outgoing.streaming.is_some() {
            self.head_within(outgoing, false)?
        } else {
            self.run(outgoing, false)?
        };
        let body = read(answer.body_mut(), max)?;
        let (parts, _) = answer.into_parts();
        Ok(Incoming { status: parts.status, headers: parts.headers, body: Bytes::from(body) })
    }

    fn streams(&self) -> bool {
        true
    }

    fn open(&self, outgoing: Outgoing) -> Result<Opened<BlockingChunks>, TransportError> {
        let (parts, body) = self.head_within(outgoing, true)?.into_parts();
        let pieces = Pieces { reader: Some(body.into_reader()) };
        Ok(Opened::new(parts.status, parts.headers, Box::new(pieces)))
    }
}

impl UreqTransport {
    /// The head of an answer, in the time of the attempt. A limit of ureq is for one step on the way there, or for
    /// the body too: this one is kept by whoever waits. Behind its back no step begins after its end.
    fn head_within(
        &self,
        outgoing: Outgoing,
        by_piece: bool,
    ) -> Result<http::Response<ureq::Body>, TransportError> {
        let Some(deadline) = outgoing.timeout.and_then(Deadline::after) else {
            return self.run(outgoing, by_piece);
        };
        let this = self.clone();
        let head = apart(move |_| connector::until(deadline, || this.run(outgoing, by_piece)));
        let mut head = pin!(head);
        match waited_for(Some(deadline), |cx| head.as_mut().poll(cx)) {
            Some(Ok(head)) => head,
            Some(Err(error)) => {
                // The system had no thread to give, so that nothing was sent; or it has panicked.
                let unsent = error.raw_os_error().is_some();
                let kind =
                    if unsent { TransportErrorKind::Connect } else { TransportErrorKind::Other };
                Err(TransportError::new(kind).with_source(error))
            }
            None => Err(TransportError::new(TransportErrorKind::Timeout)),
        }
    }

    fn run(
        &self,
        outgoing: Outgoing,
        by_piece: bool,
    ) -> Result<http::Response<ureq::Body>, TransportError> {
        let timeout = outgoing.timeout;
        let own = self.agent.config().timeouts();
        let limits = Limits { timeout, resolve: own.resolve, connect: own.connect, by_piece };
        let streaming = outgoing.streaming;
        let mut request = http::Request::new(outgoing.body);
        *request.uri_mut() = outgoing
            .url
            .try_into()
            .map_err(|error| TransportError::new(TransportErrorKind::Other).with_source(error))?;
        *request.method_mut() = outgoing.method;
        *request.headers_mut() = outgoing.headers;
        let answer = if let Some(streaming) = &streaming {
            let mut reader = streaming.reader();
            let request = request.map(|_| ureq::SendBody::from_reader(&mut reader));
            self.run_within(&limits, request)
        } else if request.body().is_empty() {
            self.run_within(&limits, request.map(|_| ()))
        } else {
            let (parts, body) = request.into_parts();
            self.run_within(&limits, http::Request::from_parts(parts, body.as_ref()))
        };
        let answer = answer.map_err(|error| {
            match streaming.and_then(|streaming| streaming.take_failure()) {
                Some(error) => super::unread(error),
                None if limits.ended(&error) => {
                    TransportError::new(TransportErrorKind::Timeout).with_source(error)
                }
                None => failed(error),
            }
        })?;
        // ureq would take the sizes of the chunks for the body.
        if answer.version() == Version::HTTP_10 && answer.headers().contains_key(TRANSFER_ENCODING)
        {
            let why = "HTTP/1.0 has no chunks";
            return Err(TransportError::new(TransportErrorKind::Other).with_source(why));
        }
        Ok(answer)
    }
}

impl UreqTransport {
    fn run_within<S: ureq::AsSendBody>(
        &self,
        limits: &Limits,
        request: http::Request<S>,
    ) -> Result<http::Response<ureq::Body>, ureq::Error> {
        let config = self.agent.config();
        let answers = config.max_redirects() == 0 && !config.http_status_as_error();
        // What the agent keeps to anyway need not be written down for each request.
        let usual = answers && !limits.by_piece && limits.timeout == config.timeouts().global;
        if usual && self.proxies.is_none() {
            return self.agent.run(request);
        }
        let proxies = self.proxies.as_ref();
        let proxy = proxies.map(|proxies| proxies.of(request.uri()).cloned());
        let mut request = self.agent.configure_request(request);
        if let Some(proxy) = proxy {
            request = request.proxy(proxy);
        }
        self.agent.run(limits.apply(request).build())
    }
}

/// What a request is sent with.
type Configured<S> = ureq::config::ConfigBuilder<ureq::typestate::HttpCrateScope<S>>;

/// How long a request may take: until the end of the answer, or for each step on the way there.
struct Limits {
    timeout: Option<Duration>,
    /// The agent's own limit to find the server.
    resolve: Option<Duration>,
    /// The agent's own limit to connect to it.
    connect: Option<Duration>,
    by_piece: bool,
}

impl Limits {
    fn apply<S: ureq::AsSendBody>(&self, request: Configured<S>) -> Configured<S> {
        let request = request.http_status_as_error(false).max_redirects(0);
        if !self.by_piece {
            return request.timeout_global(self.timeout);
        }
        let shorter = |own: Option<Duration>| own.into_iter().chain(self.timeout).min();
        request
            .timeout_global(None)
            .timeout_resolve(shorter(self.resolve))
            .timeout_connect(shorter(self.connect))
            .timeout_send_request(self.timeout)
            .timeout_send_body(self.timeout)
            .timeout_recv_response(self.timeout)
            .timeout_per_read(self.timeout)
    }

    /// Whether no connection came about in the time of the attempt, which ureq may tell as a limit of connecting.
    /// Where the agent's own limit is the shorter one, the server was given the time that it should have.
    fn ended(&self, error: &ureq::Error) -> bool {
        let own = match error {
            ureq::Error::Timeout(ureq::Timeout::Resolve) => self.resolve,
            ureq::Error::Timeout(ureq::Timeout::Connect) => self.connect,
            _ => return false,
        };
        self.timeout.is_some_and(|timeout| own.is_none_or(|own| timeout <= own))
    }
}

/// A body as it comes.
struct Pieces {
    /// `None` after the end.
    reader: Option<ureq::BodyReader<'static>>,
}

impl Iterator for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut piece = vec![0; PIECE];
        let read = self.reader.as_mut()?.read(&mut piece);
        match read {
            Ok(0) => {
                self.reader = None;
                None
            }
            Ok(length) => {
                piece.truncate(length);
                Some(Ok(piece.into()))
            }
            Err(error) => {
                self.reader = None;
                Some(Err(failed(error.into())))
            }
        }
    }
}

fn read(body: &mut ureq::Body, max: usize) -> Result<Vec<u8>, TransportError> {
    let announced = body.content_length().map_or(Ok(0), usize::try_from);
    // Not read at all, so that a connection that breaks later makes no difference.
    let Some(announced) = announced.ok().filter(|length| *length <= max) else {
        return Err(TransportError::new(TransportErrorKind::TooLarge));
    };
    // What a server announces is believed only up to a point; it costs memory before it comes.
    let mut bytes = Vec::with_capacity(announced.min(1 << 20));
    // ureq fails at its limit, even where the body ends there.
    let max = u64::try_from(max).unwrap_or(u64::MAX).saturating_add(1);
    let read = body.with_config().limit(max).reader().read_to_end(&mut bytes);
    read.map_err(|error| failed(error.into()))?;
    Ok(bytes)
}

fn failed(error: ureq::Error) -> TransportError {
    let (unconnected, error) = match error {
        ureq::Error::Other(inner) => match inner.downcast() {
            Ok(inner) => (true, Unconnected::into_inner(*inner)),
            Err(inner) => (false, ureq::Error::Other(inner)),
        },
        error => (false, error),
    };
    let kind = match &error {
        _ if unconnected => TransportErrorKind::Connect,
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            TransportErrorKind::Connect
        }
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportErrorKind::Connect,
        ureq::Error::Io(error) if is_of_connecting(error) => TransportErrorKind::Connect,
        // No library of TLS fails so later.
        #[cfg(feature = "native-tls")]
        ureq::Error::NativeTls(_) => TransportErrorKind::Connect,
        _ => TransportErrorKind::Other,
    };
    match error {
        ureq::Error::RequireHttpsOnly(_) => {
            TransportError::new(kind).with_source("the agent sends over `https://` only")
        }
        error if holds_no_address(&error) => TransportError::new(kind).with_source(error),
        _ => TransportError::new(kind),
    }
}

/// Whether this surely shows no address. Some of ureq's errors have the whole of it, those of connectors of
/// an app have what they like, and what a later version adds is not known.
fn holds_no_address(error: &ureq::Error) -> bool {
    use ureq::Error as E;
    match error {
        E::StatusCode(_)
        | E::Http(_)
        | E::Protocol(_)
        | E::Io(_)
        | E::Timeout(_)
        | E::HostNotFound
        | E::InvalidProxyUrl
        | E::ConnectionFailed
        | E::BodyExceedsLimit(_)
        | E::Tls(_)
        | E::Pem(_)
        | E::Rustls(_)
        | E::LargeResponseHeader(..)
        | E::ConnectProxyFailed(_)
        | E::TlsRequired => true,
        #[cfg(feature = "native-tls")]
        E::NativeTls(_) | E::Der(_) => true,
        _ => false,
    }
}

/// Whether this happens only while there is no connection yet, so that nothing was sent.
fn is_of_connecting(error: &io::Error) -> bool {
    use rustls::Error::{InvalidCertificate, PeerIncompatible};
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(tls, Some(InvalidCertificate(_) | PeerIncompatible(_)))
        || matches!(
            error.kind(),
            io::ErrorKind::ConnectionRefused
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkUnreachable
        )
        || is_unresolved(error)
}

/// Whether nobody knows the name of the host. The standard library has no kind for it: on Windows it gives
/// the number of the system, elsewhere a text of its own.
fn is_unresolved(error: &io::Error) -> bool {
    match error.raw_os_error() {
        Some(number) => cfg!(windows) && matches!(number, 11_001..=11_004),
        None => error.to_string().starts_with("failed to lookup address information"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_of_its_own_connects_in_time() {
        for (set, time) in [(None, 10), (Some(Duration::from_secs(3)), 3)] {
            let transport = UreqTransport::configured(set, Tls::default());
            let connect = transport.agent.config().timeouts().connect;
            assert_eq!(connect, Some(Duration::from_secs(time)));
        }
    }
}
