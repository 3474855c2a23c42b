//! Transports in memory, for both kinds of client.

use clientwright_runtime::{
    BlockingTransport, BoxFuture, Clock, HeaderMap, HeaderName, Incoming, Outgoing, StatusCode,
    Timer, Transport, TransportError, TransportErrorKind,
};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

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
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let transport = self.clone();
        Box::pin(async move { transport.exchange(outgoing) })
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

/// Gives one answer after another, and a clock that goes only while somebody waits or sends.
#[derive(Clone)]
pub struct Script {
    answers: Arc<Mutex<VecDeque<Result<Incoming, TransportErrorKind>>>>,
    sent: Arc<Mutex<Vec<Outgoing>>>,
    waits: Arc<Mutex<Vec<Duration>>>,
    now: Arc<Mutex<Duration>>,
    /// How long an answer takes.
    pub takes: Duration,
}

impl Script {
    /// Answers with these statuses, headers and bodies.
    pub fn new<'a>(answers: impl IntoIterator<Item = Said<'a>>) -> Self {
        let answers = answers.into_iter().map(|said| match said {
            Said::Fails(kind) => Err(kind),
            Said::Answers(status, headers, body) => {
                let headers = headers.iter().map(|(name, value)| {
                    (HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap())
                });
                let status = StatusCode::from_u16(status).unwrap();
                Ok(Incoming::new(status, headers.collect(), body.as_bytes().to_vec()))
            }
        });
        Self {
            answers: Arc::new(Mutex::new(answers.collect())),
            sent: Arc::default(),
            waits: Arc::default(),
            now: Arc::default(),
            takes: Duration::ZERO,
        }
    }

    pub fn sent(&self) -> Vec<Outgoing> {
        self.sent.lock().unwrap().clone()
    }

    /// The paths and queries of what was sent.
    pub fn targets(&self) -> Vec<String> {
        self.sent().iter().map(|outgoing| outgoing.target().to_owned()).collect()
    }

    pub fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    /// Lets time go by.
    pub fn advance(&self, seconds: u64) {
        *self.now.lock().unwrap() += Duration::from_secs(seconds);
    }

    pub fn left(&self) -> usize {
        self.answers.lock().unwrap().len()
    }

    fn exchange(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        self.sent.lock().unwrap().push(outgoing);
        *self.now.lock().unwrap() += self.takes;
        let answer = self.answers.lock().unwrap().pop_front();
        answer.expect("nothing more was to be sent").map_err(TransportError::new)
    }

    fn wait(&self, time: Duration) {
        self.waits.lock().unwrap().push(time);
        *self.now.lock().unwrap() += time;
    }
}

/// What a [`Script`] says to one request.
#[derive(Clone, Copy)]
pub enum Said<'a> {
    Answers(u16, &'a [(&'a str, &'a str)], &'a str),
    Fails(TransportErrorKind),
}

impl Transport for Script {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let transport = self.clone();
        Box::pin(async move { transport.exchange(outgoing) })
    }

    fn timer(&self) -> Option<&dyn Timer> {
        Some(self)
    }
}

impl Timer for Script {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.wait(time) })
    }
}

impl BlockingTransport for Script {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        self.exchange(outgoing)
    }

    fn sleep(&self, time: Duration) {
        self.wait(time);
    }
}

impl Clock for Script {
    fn now(&self) -> Duration {
        *self.now.lock().unwrap()
    }

    fn unix(&self) -> Duration {
        Duration::from_secs(1_700_000_000) + Clock::now(self)
    }

    /// Always the middle.
    fn random(&self) -> u64 {
        1 << 63
    }
}
