//! The blocking transport, over ureq.

use super::{BlockingTransport, Incoming, Outgoing, TransportError, TransportErrorKind};
use bytes::Bytes;
use std::time::Duration;

/// Sends through a [`ureq::Agent`].
#[derive(Clone, Debug)]
pub struct UreqTransport {
    agent: ureq::Agent,
}

impl UreqTransport {
    /// Sends through this agent. Configure it with `http_status_as_error(false)` and
    /// `max_redirects(0)`: every status and every redirect is an answer.
    pub fn new(agent: ureq::Agent) -> Self {
        Self { agent }
    }

    /// Sends through an agent of its own.
    pub fn with_defaults() -> Self {
        Self::connecting_within(super::CONNECT_TIMEOUT)
    }

    pub(crate) fn connecting_within(time: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(time))
            .build();
        Self { agent: config.new_agent() }
    }
}

impl BlockingTransport for UreqTransport {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let mut request = http::Request::new(outgoing.body);
        *request.uri_mut() = outgoing
            .url
            .try_into()
            .map_err(|error| TransportError::new(TransportErrorKind::Other).with_source(error))?;
        *request.method_mut() = outgoing.method;
        *request.headers_mut() = outgoing.headers;
        let answer = if request.body().is_empty() {
            let request = request.map(|_| ());
            let request = self.agent.configure_request(request);
            self.agent.run(request.timeout_global(outgoing.timeout).build())
        } else {
            let (parts, body) = request.into_parts();
            let request = http::Request::from_parts(parts, body.as_ref());
            let request = self.agent.configure_request(request);
            self.agent.run(request.timeout_global(outgoing.timeout).build())
        };
        let mut answer = answer.map_err(failed)?;
        let body = read(answer.body_mut(), outgoing.max_answer)?;
        let (parts, _) = answer.into_parts();
        Ok(Incoming { status: parts.status, headers: parts.headers, body: Bytes::from(body) })
    }
}

fn read(body: &mut ureq::Body, max: usize) -> Result<Vec<u8>, TransportError> {
    let max = u64::try_from(max).unwrap_or(u64::MAX);
    // Not read at all, so that a connection that breaks later makes no difference.
    if body.content_length().is_some_and(|length| length > max) {
        return Err(TransportError::new(TransportErrorKind::TooLarge));
    }
    // ureq fails at its limit, even where the body ends there.
    body.with_config().limit(max.saturating_add(1)).read_to_vec().map_err(failed)
}

fn failed(error: ureq::Error) -> TransportError {
    let kind = match &error {
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => {
            TransportErrorKind::Connect
        }
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::BodyExceedsLimit(_) => TransportErrorKind::TooLarge,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => TransportErrorKind::Connect,
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            TransportErrorKind::Connect
        }
        _ => TransportErrorKind::Other,
    };
    // ureq's errors hold an address only where it could not be parsed.
    match error {
        ureq::Error::BadUri(_) => TransportError::new(kind),
        error => TransportError::new(kind).with_source(error),
    }
}
