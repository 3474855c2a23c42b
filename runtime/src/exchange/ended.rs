//! What a call ends with: the answer read, as a value or as an error.

use super::outcome::Verdict;
use super::{Attempts, End, Outcome};
use crate::answer::Answer;
use crate::charset;
use crate::client::Mode;
use crate::drift;
use crate::error::CallError;
use crate::request::Request;
use crate::response::Response;
use crate::transport::Incoming;
use crate::unpack;
use std::marker::PhantomData;

/// A call that has ended.
pub(crate) struct Exchange<'a, R, M: Mode> {
    /// What the request has asked for, if it does.
    media: Option<&'static str>,
    attempts: &'a mut Attempts<M>,
    request: PhantomData<R>,
}

impl<'a, R: Request, M: Mode> Exchange<'a, R, M> {
    pub(crate) fn new(media: Option<&'static str>, attempts: &'a mut Attempts<M>) -> Self {
        Self { media, attempts, request: PhantomData }
    }

    /// The result.
    pub(crate) fn end(&mut self, end: End) -> Outcome<R> {
        match end {
            End::Read(Ok(incoming)) => self.read(incoming),
            End::Read(Err(error)) => self.failed(CallError::new(self.attempts.not_answered(error))),
            End::Fail(problem) => self.failed(CallError::new(*problem)),
        }
    }

    fn failed(&mut self, error: CallError<R::Error>) -> Outcome<R> {
        self.attempts.watch.ended(Err((error.kind(), error.status())));
        Err(error)
    }

    fn read(&mut self, mut incoming: Incoming) -> Outcome<R> {
        let attempts = &*self.attempts;
        let unpack = if attempts.method.bare { unpack::secret_content } else { unpack::content };
        if let Err(error) = unpack(&mut incoming, attempts.watch.core().max_answer) {
            attempts.forget(&mut incoming);
            let success = attempts.method.succeeds_with(incoming.status);
            let verdict = if success { Verdict::Misfit } else { Verdict::BadError };
            return self.failed(CallError::new(attempts.problem(incoming, verdict(error))));
        }
        let text = || charset::utf8(&incoming.headers, &incoming.body).unwrap_or_default();
        let (observers, method) = (&attempts.watch.core().drift, attempts.method.name);
        let read = drift::observed(observers, method, text, || self.decode(&incoming));
        let refusal = attempts.forget(&mut incoming);
        let error = match read {
            Read::Value(body) => {
                let Incoming { status, headers, .. } = incoming;
                let (attempts, rate_limit) = (attempts.made, attempts.watch.core().rate_limit);
                self.attempts.watch.ended(Ok(status));
                return Ok(Response { status, headers, body, attempts, rate_limit });
            }
            Read::Error(service) => {
                CallError::declared(attempts.problem(incoming, Verdict::Declared), service)
            }
            Read::Not(verdict) => {
                let verdict = refusal.map_or(verdict, Verdict::Refused);
                CallError::new(attempts.problem(incoming, verdict))
            }
        };
        self.failed(error)
    }

    fn decode(&self, incoming: &Incoming) -> Read<R> {
        let attempts = &*self.attempts;
        let answer = Answer::new(incoming.status, &incoming.headers, &incoming.body)
            .at(&*attempts.watch.core().clock)
            .limited(attempts.watch.core().max_answer);
        let success = attempts.method.succeeds_with(incoming.status);
        let inside = if success { R::decode_inside(&answer) } else { None };
        if success && inside.is_none() {
            let answer = match self.media {
                Some(media) => answer.of_type(media),
                None => Ok(answer),
            };
            return match answer.and_then(|answer| R::decode(&answer)) {
                Ok(body) => Read::Value(body),
                Err(error) => Read::Not(Verdict::Misfit(error)),
            };
        }
        match inside.or_else(|| R::decode_error(&answer)) {
            Some(Ok(service)) => Read::Error(service),
            Some(Err(error)) => Read::Not(Verdict::BadError(error)),
            None => Read::Not(Verdict::Undeclared),
        }
    }
}

/// What an answer turned out to be.
enum Read<R: Request> {
    Value(R::Output),
    Error(R::Error),
    Not(Verdict),
}
