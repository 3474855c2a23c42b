//! A transport in memory, for both kinds of client.

use clientwright_runtime::{
    BlockingTransport, BoxFuture, HeaderMap, HeaderName, Incoming, Outgoing, StatusCode, Transport,
    TransportError, TransportErrorKind,
};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Gives one answer to every request, and keeps the requests.
#[derive(Clone)]
pub struct Memory {
    answer: Result<Incoming, TransportErrorKind>,
    sent: Arc<Mutex<Vec<Outgoing>>>,
}

impl Memory {
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::with_headers(status, &[("content-type", "application/json")], body)
    }

    pub fn with_headers(
        status: u16,
        headers: &[(&'static str, &'static str)],
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()))
            .collect();
        let status = StatusCode::from_u16(status).unwrap();
        Self { answer: Ok(Incoming::new(status, headers, body.into())), sent: Arc::default() }
    }

    pub fn failing(kind: TransportErrorKind) -> Self {
        Self { answer: Err(kind), sent: Arc::default() }
    }

    pub fn sent(&self) -> Outgoing {
        self.sent.lock().unwrap().last().expect("nothing was sent").clone()
    }

    pub fn count(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    fn exchange(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        self.sent.lock().unwrap().push(outgoing);
        self.answer.clone().map_err(TransportError::new)
    }
}

impl Transport for Memory {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'_, Result<Incoming, TransportError>> {
        Box::pin(async move { self.exchange(outgoing) })
    }
}

impl BlockingTransport for Memory {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        self.exchange(outgoing)
    }
}

/// Runs a future that never waits.
pub fn ready<F: IntoFuture>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future.into_future());
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}
