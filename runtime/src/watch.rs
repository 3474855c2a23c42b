//! What is told of a call while it is under way. Where nobody listens, nothing is looked at.

use crate::client::{Client, Mode};
use crate::core::Core;
use crate::error::ErrorKind;
use crate::method::Method;
use crate::metrics::{AttemptMetrics, CallMetrics, Outcome};
use crate::middleware::Attempted;
use crate::transport::{Incoming, Outgoing, TransportError, TransportErrorKind};
use http::StatusCode;
use std::time::Duration;

/// Tells the hooks of a client about one call.
pub(crate) struct Watch<M: Mode> {
    pub(crate) client: Client<M>,
    method: &'static Method,
    #[cfg(feature = "tracing")]
    span: tracing::Span,
    /// When the call began, if somebody wants to know.
    start: Option<Duration>,
    /// The attempt under way, of the call or for its token.
    open: Option<Open>,
    /// How often it was sent.
    attempts: u32,
    ended: bool,
}

/// An attempt that has not ended.
struct Open {
    method: &'static Method,
    /// How often it was sent before.
    resent: u32,
    /// Where it goes to and when it was sent, if somebody wants to know.
    sent: Option<(String, Duration)>,
}

impl<M: Mode> Watch<M> {
    pub(crate) fn new(client: Client<M>, method: &'static Method) -> Self {
        let core = client.core();
        Self {
            method,
            #[cfg(feature = "tracing")]
            span: crate::trace::span(core, method),
            start: (!core.metrics.is_empty()).then(|| core.clock.now()),
            open: None,
            attempts: 0,
            ended: false,
            client,
        }
    }

    /// What is the same in all calls of the client.
    pub(crate) fn core(&self) -> &Core {
        self.client.core()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn span(&self) -> &tracing::Span {
        &self.span
    }

    /// The call itself is sent, for this time.
    pub(crate) fn sent(&mut self, attempt: u32, outgoing: &Outgoing) {
        self.attempts = attempt;
        self.opened(self.method, attempt, outgoing);
    }

    /// This is sent, for the call or for its token.
    pub(crate) fn opened(&mut self, method: &'static Method, attempt: u32, outgoing: &Outgoing) {
        let sent =
            self.start.is_some().then(|| (outgoing.origin().to_owned(), self.core().clock.now()));
        if sent.is_none() && !cfg!(feature = "tracing") {
            return;
        }
        self.open = Some(Open { method, resent: attempt.saturating_sub(1), sent });
    }

    /// The call itself was answered.
    pub(crate) fn answered(&self, attempt: u32, answer: &Result<Incoming, TransportError>) {
        for hook in &self.core().middleware {
            hook.after(&Attempted { method: self.method, attempt, answer });
        }
    }

    /// It is known what follows on an answer.
    pub(crate) fn decided(
        &mut self,
        answer: Result<StatusCode, TransportErrorKind>,
        again_after: Option<Duration>,
    ) {
        self.close(answer.ok(), answer.err(), again_after);
    }

    /// The attempt under way, if there is one, has ended: with neither status nor error if it was dropped.
    fn close(
        &mut self,
        status: Option<StatusCode>,
        error: Option<TransportErrorKind>,
        again_after: Option<Duration>,
    ) {
        let Some(Open { method, resent, sent }) = self.open.take() else { return };
        #[cfg(feature = "tracing")]
        crate::trace::attempt(&self.span, method, resent, status, error, again_after);
        let Some((server, at)) = sent else { return };
        let attempt = AttemptMetrics {
            method: method.name,
            verb: method.verb.into(),
            route: method.route,
            server: &server,
            resent,
            status,
            error,
            took: self.core().clock.now().saturating_sub(at),
            again_after,
        };
        self.core().metrics.iter().for_each(|metrics| metrics.attempt(&attempt));
    }

    /// The call has ended.
    pub(crate) fn ended(&mut self, result: Result<StatusCode, (ErrorKind, Option<StatusCode>)>) {
        let (outcome, status) = match result {
            Ok(status) => (Outcome::Success, Some(status)),
            Err((kind, status)) => (Outcome::Failed(kind), status),
        };
        self.end(outcome, status);
    }

    fn end(&mut self, outcome: Outcome, status: Option<StatusCode>) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        #[cfg(feature = "tracing")]
        crate::trace::ended(&self.span, self.attempts, outcome, status);
        let Some(start) = self.start else { return };
        // What an app is told runs its code, and a panic during a panic would end the process.
        if outcome == Outcome::Dropped && std::thread::panicking() {
            return;
        }
        let call = CallMetrics {
            method: self.method.name,
            verb: self.method.verb.into(),
            route: self.method.route,
            attempts: self.attempts,
            status,
            outcome,
            took: self.core().clock.now().saturating_sub(start),
        };
        self.core().metrics.iter().for_each(|metrics| metrics.call(&call));
    }
}

impl<M: Mode> Drop for Watch<M> {
    fn drop(&mut self) {
        if self.ended && self.open.is_none() {
            return;
        }
        // As for the call: nobody is told of an attempt that a panic has ended.
        if !std::thread::panicking() {
            self.close(None, None, None);
        }
        self.end(Outcome::Dropped, None);
    }
}
