//! One call as a state machine, without I/O: both kinds of client drive the same one.

mod access;
mod ended;
mod key;
mod outcome;
mod prepare;
pub(crate) mod time;

use crate::client::{Client, Mode};
use crate::encoder::Encoder;
use crate::error::{CallError, ErrorKind};
use crate::method::Method;
use crate::oauth::{self, Asked, BoxError, Keeper, Token};
use crate::options::Options;
use crate::problem::Problem;
use crate::request::Request;
use crate::response::Response;
use crate::retry::{self, Attempt, Decision, Failure, Retry};
use crate::sensitive::overwrite;
use crate::transport::{Incoming, Outgoing, TransportError, TransportErrorKind};
use crate::upload::Streaming;
use crate::watch::Watch;
use access::Access;
pub(crate) use ended::Exchange;
use http::{HeaderName, HeaderValue};
use key::key;
use outcome::{Verdict, answered};
use prepare::prepare;
use std::sync::Arc;
use std::time::Duration;

/// What to do next.
pub(crate) enum Step {
    /// Send this, then go on with [`Event::Answered`].
    Send(Outgoing),
    /// Wait for this first.
    Wait(Wait),
    /// Nothing: [`Exchange::end`] makes the result of this.
    End(End),
}

/// What something waits for before it is sent.
pub(crate) enum Wait {
    /// This time, then go on with [`Event::Ready`].
    Time(Duration),
    /// What the app says, for this long, then go on with [`Event::Heard`] or [`Event::TimedOut`].
    App(Asked, Option<Duration>),
    /// That no other call renews the token, for this long, then go on with [`Event::Ready`] or
    /// [`Event::TimedOut`].
    Token(Arc<Keeper>, Option<Duration>),
}

/// How a call ends.
pub(crate) enum End {
    Read(Result<Incoming, TransportError>),
    Fail(Box<Problem>),
}

impl Step {
    fn read(answer: Result<Incoming, TransportError>) -> Self {
        Self::End(End::Read(answer))
    }

    fn fail(problem: Box<Problem>) -> Self {
        Self::End(End::Fail(problem))
    }
}

/// What comes of a call.
pub(crate) type Outcome<R> =
    Result<Response<<R as Request>::Output>, CallError<<R as Request>::Error>>;

/// What has happened meanwhile.
pub(crate) enum Event {
    /// It can be sent, for the first time or again: what is sent may have changed.
    Ready,
    /// The transport gave this.
    Answered(Result<Incoming, TransportError>),
    /// The app said this.
    Heard(Result<Option<Token>, BoxError>),
    /// The wait for the app or for another call took too long.
    TimedOut,
}

/// How a request writes itself.
pub(crate) type Encode<'a> = &'a dyn Fn(&mut Encoder<'_>);

/// The attempts of a call. Not generic over requests, so that they are compiled once however many there are.
pub(crate) struct Attempts<M: Mode> {
    method: &'static Method,
    can_wait: bool,
    /// Whether a failure would have been followed by another attempt, if it could wait.
    stranded: bool,
    /// How many were sent.
    made: u32,
    /// How often a token was asked for, which takes its time too.
    renewals: u32,
    /// Whether the call has waited for a token that something else than a request brings.
    waited: bool,
    /// Whether the limit of the service has room for what is sent next.
    admitted: bool,
    /// What is set for the call.
    options: Options,
    /// When the call began to wait, where that matters: for its time, and to send it again.
    start: Option<Duration>,
    /// How long the one under way may take.
    limit: Option<Duration>,
    /// What is read while it is sent.
    streaming: Option<Streaming>,
    /// Tells the service that all of them are the same call.
    key: Option<HeaderValue>,
    access: Access,
    /// Who is told, and the client with it.
    watch: Watch<M>,
}

impl<M: Mode> Attempts<M> {
    /// Of a call that has not been sent yet. A driver that cannot wait is not asked to.
    pub(crate) fn new(
        client: Client<M>,
        method: &'static Method,
        options: Options,
        can_wait: bool,
    ) -> Self {
        let core = client.core();
        let access = Access::new(core.keeper_for(method.auth));
        Self {
            method,
            can_wait,
            stranded: false,
            made: 0,
            renewals: 0,
            waited: false,
            admitted: false,
            options,
            start: None,
            limit: None,
            streaming: None,
            key: None,
            access,
            watch: Watch::new(client, method),
        }
    }

    /// What to do after this.
    #[inline]
    pub(crate) fn next(&mut self, event: Event, encode: Encode<'_>) -> Step {
        match event {
            Event::Ready => self.begin(encode),
            Event::Answered(answer) => self.answered(answer, encode),
            Event::Heard(said) => self.heard(said, encode),
            Event::TimedOut => self.no_token_in_time(),
        }
    }

    /// Something is waited for: from here on time passes. A call that never waits need not look at the clock.
    pub(crate) fn waits(&mut self) {
        if self.start.is_none() && (self.timeout().is_some() || self.retry().sends_again()) {
            self.start = Some(self.watch.core().clock.now());
        }
    }

    pub(crate) fn client(&self) -> &Client<M> {
        &self.watch.client
    }

    /// The span of the call.
    #[cfg(feature = "tracing")]
    pub(crate) fn span(&self) -> &tracing::Span {
        self.watch.span()
    }

    fn send(&mut self, encode: Encode<'_>, left: Option<Duration>) -> Step {
        self.limit = self.time(left);
        // What is sent is large: it stays where it was made.
        let (core, options) = (self.watch.core(), &self.options);
        let mut made = prepare(core, self.method, encode, options, self.limit, self.made + 1);
        if let (Ok(outgoing), Some(name)) = (&mut made, self.method.idempotency_key)
            && let Err(problem) = self.identify(name, outgoing)
        {
            made = Err(problem);
        }
        if let Ok(outgoing) = &made {
            self.streaming.clone_from(&outgoing.streaming);
            self.made += 1;
            self.watch.sent(self.made, outgoing);
        }
        match made {
            Ok(outgoing) => Step::Send(outgoing),
            Err(problem) => {
                Step::fail(Box::new(problem.with_attempts(self.made, self.watch.core().rate_limit)))
            }
        }
    }

    /// Whether what was sent cannot be sent again.
    fn is_spent(&self) -> bool {
        self.streaming.as_ref().is_some_and(Streaming::is_spent)
    }

    /// The same key with every attempt, unless the caller has set one.
    fn identify(
        &mut self,
        name: &'static str,
        outgoing: &mut Outgoing,
    ) -> Result<(), Box<Problem>> {
        let unbuilt = |_| {
            let text = format!("`{name}` is no name of a header");
            Box::new(Problem::new(self.method, ErrorKind::Build, text))
        };
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(unbuilt)?;
        let random = || self.watch.core().clock.random();
        let key = self.key.get_or_insert_with(|| key(random(), random()));
        outgoing.headers.entry(name).or_insert_with(|| key.clone());
        Ok(())
    }

    /// When to send again, as the call or the client says.
    fn retry(&self) -> &Retry {
        self.options.retry.as_ref().unwrap_or(&self.watch.core().retry)
    }

    /// Whether to send again.
    fn decide(&mut self, answer: &Result<Incoming, TransportError>) -> Decision {
        let failure = match answer {
            Ok(incoming) if self.method.succeeds_with(incoming.status) => {
                self.watch.core().budget.refund();
                return Decision::Stop;
            }
            Ok(incoming) => self.failure(incoming),
            // That was all the time of the call, by whichever clock.
            Err(error)
                if error.kind() == TransportErrorKind::Timeout
                    && self.limit.is_some()
                    && self.limit != self.attempt_timeout() =>
            {
                return Decision::Stop;
            }
            Err(error) => Failure::of_transport(error.kind()),
        };
        self.again(failure, retry::is_repeatable(self.method))
    }

    /// Whether to send again after this failure.
    fn again(&mut self, failure: Failure, repeatable: bool) -> Decision {
        if self.is_spent() {
            return Decision::Stop;
        }
        let attempt = Attempt {
            failure,
            made: self.made + self.renewals,
            elapsed: self.elapsed(),
            left: self.left(),
            repeatable,
            random: self.watch.core().clock.random(),
        };
        match retry::decide(self.retry(), &attempt) {
            Decision::Wait(_) if !self.can_wait => {
                self.stranded = true;
                Decision::Stop
            }
            Decision::Wait(delay) if self.watch.core().budget.take() => Decision::Wait(delay),
            _ => Decision::Stop,
        }
    }

    fn failure(&self, incoming: &Incoming) -> Failure {
        if self.watch.core().rate_limit.is_another_refusal(incoming.status, &incoming.headers) {
            return Failure::Final;
        }
        let statuses = self.method.retry_on.unwrap_or(self.watch.core().retry_on);
        let unix = || self.watch.core().clock.unix();
        let failure = Failure::of_answer(incoming.status, &incoming.headers, statuses, unix);
        if failure != (Failure::Refused { after: None }) {
            return failure;
        }
        // Without `Retry-After`, the limit itself may say when it begins anew.
        let limit = self.watch.core().rate_limit.read(incoming.status, &incoming.headers);
        let reset = limit.filter(|limit| limit.exceeded).and_then(|limit| limit.reset);
        let now = || retry::now(&incoming.headers, unix);
        Failure::Refused { after: reset.map(|reset| reset.wait(now)) }
    }

    fn not_answered(&self, error: TransportError) -> Problem {
        let (kind, text) = match error.kind() {
            TransportErrorKind::Connect => {
                (ErrorKind::Connect, "cannot connect to the server".to_owned())
            }
            TransportErrorKind::Timeout => (ErrorKind::Timeout, self.out_of_time()),
            TransportErrorKind::TooLarge => (
                ErrorKind::TooLarge,
                format!(
                    "the answer has more than {} bytes, which `max_answer` of the builder allows",
                    self.watch.core().max_answer
                ),
            ),
            TransportErrorKind::Unread => {
                (ErrorKind::Io, "what was to be sent could not be read".to_owned())
            }
            TransportErrorKind::Redirected => (
                ErrorKind::Transport,
                "the HTTP client has followed a redirect, which has to be switched off".to_owned(),
            ),
            TransportErrorKind::Other => {
                (ErrorKind::Transport, "the connection gave no whole answer".to_owned())
            }
        };
        Problem::new(self.method, kind, text)
            .of_transport(error)
            .with_attempts(self.made, self.watch.core().rate_limit)
            .stranded(self.stranded)
    }

    /// Leaves nothing of what a token endpoint has answered but the code of a refusal: a token is copied out of it, and
    /// an error may repeat what was sent.
    fn forget(&self, incoming: &mut Incoming) -> Option<String> {
        if !self.method.bare {
            return None;
        }
        let body = std::mem::take(&mut incoming.body);
        let refused = !self.method.succeeds_with(incoming.status);
        let code = if refused { oauth::error_code(&body) } else { None };
        overwrite(body);
        code
    }

    fn problem(&self, incoming: Incoming, verdict: Verdict) -> Problem {
        let statuses = self.method.retry_on.unwrap_or(self.watch.core().retry_on);
        answered(self.method, incoming, verdict)
            .with_attempts(self.made, self.watch.core().rate_limit)
            .stranded(self.stranded)
            .sent_again_on(statuses)
    }
}
