//! Time and chance by the script, and the transports of the runtime with them.

use clientwright_runtime::{
    BlockingChunks, BlockingTransport, BoxFuture, BuildError, Chunks, Clock, Incoming, Opened,
    Outgoing, ReqwestTransport, Timer, Transport, TransportError, TransportErrorKind,
    UreqTransport,
};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::case::Case;

/// When the script begins: Tue, 14 Nov 2023 22:13:20 GMT.
const BEGIN: Duration = Duration::from_secs(1_700_000_000);

/// How long an answer is waited for that nobody may have asked for yet. What is wrong then is told by the case.
const PATIENCE: Duration = Duration::from_secs(5);

/// A clock that goes only where the script says so, or the clock of the machine.
#[derive(Clone)]
pub(crate) struct Time(Arc<Mutex<State>>);

struct State {
    /// When the case began, if time goes by itself.
    real: Option<Instant>,
    now: Duration,
    waits: Vec<Duration>,
    /// How long the answers take, in their order.
    takes: VecDeque<Duration>,
    chance: VecDeque<f64>,
}

impl Time {
    pub(crate) fn new(case: &Case) -> Self {
        let takes = case.server.iter().map(|one| one.takes.map_or(Duration::ZERO, |span| span.0));
        Self(Arc::new(Mutex::new(State {
            real: case.real_time.then(Instant::now),
            now: Duration::ZERO,
            waits: Vec::new(),
            takes: takes.collect(),
            chance: case.chance.iter().copied().collect(),
        })))
    }

    fn state<T>(&self, use_it: impl FnOnce(&mut State) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn waits(&self) -> Vec<Duration> {
        self.state(|state| state.waits.clone())
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.state(|state| state.now += time);
    }

    pub(crate) fn is_real(&self) -> bool {
        self.state(|state| state.real.is_some())
    }

    fn wait(&self, time: Duration) {
        self.state(|state| {
            state.waits.push(time);
            state.now += time;
        });
    }

    fn answered(&self) {
        self.state(|state| state.now += state.takes.pop_front().unwrap_or_default());
    }
}

impl Clock for Time {
    fn now(&self) -> Duration {
        self.state(|state| state.now + state.real.map_or(Duration::ZERO, |begin| begin.elapsed()))
    }

    fn unix(&self) -> Duration {
        BEGIN + self.now()
    }

    fn random(&self) -> u64 {
        let part = self.state(|state| match state.chance.len() {
            0 => 0.5,
            1 => state.chance[0],
            _ => state.chance.pop_front().unwrap_or_default(),
        });
        // A part of one as a part of all numbers; both ends can be had.
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )]
        let number = (part * u64::MAX as f64) as u64;
        number
    }
}

impl Timer for Time {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move { self.wait(time) })
    }
}

/// Requests that a client has sent by its transport, and how many of them are done with.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnderWay(Arc<[AtomicUsize; 2]>);

impl UnderWay {
    pub(crate) fn begun(&self) -> usize {
        self.0[0].load(Ordering::SeqCst)
    }

    fn ended(&self) -> usize {
        self.0[1].load(Ordering::SeqCst)
    }

    fn begin(&self) {
        self.0[0].fetch_add(1, Ordering::SeqCst);
    }

    fn end(&self) {
        self.0[1].fetch_add(1, Ordering::SeqCst);
    }

    /// Waits until nothing that was sent is still to be answered, but not for a server that never answers.
    pub(crate) async fn all_answered(&self) {
        self.all_answered_within(PATIENCE).await;
    }

    async fn all_answered_within(&self, patience: Duration) {
        let begun = Instant::now();
        while self.ended() < self.begun() && begun.elapsed() < patience {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

/// The transport of asynchronous clients.
pub(crate) struct Awaited {
    inner: ReqwestTransport,
    time: Time,
    in_memory: bool,
    under_way: UnderWay,
    /// Whether answers come while nobody polls for them, so that it can be waited for what is read ahead.
    by_itself: bool,
}

impl Awaited {
    pub(crate) fn new(time: &Time, case: &Case, under_way: &UnderWay) -> Result<Self, BuildError> {
        let by_itself = case.steps.iter().any(|step| step.counts_requests());
        let (time, under_way) = (time.clone(), under_way.clone());
        let inner = ReqwestTransport::with_defaults()?;
        Ok(Self { inner, time, in_memory: case.in_memory, under_way, by_itself })
    }

    /// The answer, whether or not this is polled for it.
    fn sent_by_itself(
        &self,
        outgoing: Outgoing,
    ) -> impl Future<Output = Result<Incoming, TransportError>> + use<> {
        let (inner, under_way) = (self.inner.clone(), self.under_way.clone());
        async move {
            under_way.begin();
            let answer = tokio::spawn(async move {
                let answer = inner.send(outgoing).await;
                under_way.end();
                answer
            });
            answer.await.unwrap_or_else(|_| Err(TransportError::new(TransportErrorKind::Other)))
        }
    }
}

impl Transport for Awaited {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let time = self.time.clone();
        let answer = if self.by_itself {
            Box::pin(self.sent_by_itself(outgoing))
        } else {
            self.inner.send(outgoing)
        };
        Box::pin(async move {
            let answer = answer.await;
            time.answered();
            answer
        })
    }

    fn open(
        &self,
        outgoing: Outgoing,
    ) -> BoxFuture<'static, Result<Opened<Chunks>, TransportError>> {
        if self.in_memory {
            let answer = Transport::send(self, outgoing);
            return Box::pin(async move { answer.await.map(Opened::from) });
        }
        let (answer, time) = (self.inner.open(outgoing), self.time.clone());
        Box::pin(async move {
            let answer = answer.await;
            time.answered();
            answer
        })
    }

    fn streams(&self) -> bool {
        !self.in_memory && Transport::streams(&self.inner)
    }

    fn check(&self, base: &str) -> Result<(), BuildError> {
        Transport::check(&self.inner, base)
    }

    fn timer(&self) -> Option<&dyn Timer> {
        if self.time.is_real() { self.inner.timer() } else { Some(&self.time) }
    }
}

/// The transport of blocking clients.
pub(crate) struct Sent {
    inner: UreqTransport,
    time: Time,
    in_memory: bool,
}

impl Sent {
    pub(crate) fn new(time: &Time, in_memory: bool) -> Self {
        Self { inner: UreqTransport::with_defaults(), time: time.clone(), in_memory }
    }
}

impl BlockingTransport for Sent {
    fn send(&self, outgoing: Outgoing) -> Result<Incoming, TransportError> {
        let answer = self.inner.send(outgoing);
        self.time.answered();
        answer
    }

    fn open(&self, outgoing: Outgoing) -> Result<Opened<BlockingChunks>, TransportError> {
        if self.in_memory {
            return self.send(outgoing).map(Opened::from);
        }
        let answer = self.inner.open(outgoing);
        self.time.answered();
        answer
    }

    fn streams(&self) -> bool {
        !self.in_memory && BlockingTransport::streams(&self.inner)
    }

    fn check(&self, base: &str) -> Result<(), BuildError> {
        BlockingTransport::check(&self.inner, base)
    }

    fn sleep(&self, time: Duration) {
        if self.time.is_real() {
            self.inner.sleep(time);
        } else {
            self.time.wait(time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_server_that_never_answers_is_not_waited_for() {
        let under_way = UnderWay::default();
        under_way.begin();
        under_way.all_answered_within(Duration::from_millis(2)).await;
        assert_eq!((under_way.begun(), under_way.ended()), (1, 0));
        under_way.end();
        under_way.all_answered().await;
    }
}
