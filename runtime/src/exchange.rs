//! One call as a state machine, without I/O: both kinds of client drive the same one.

use crate::answer::Answer;
use crate::call::Options;
use crate::core::Core;
use crate::decode::DecodeError;
use crate::encoder::{Encoded, Encoder};
use crate::error::{CallError, ErrorKind};
use crate::method::Method;
use crate::problem::Problem;
use crate::request::Request;
use crate::response::Response;
use crate::transport::{Incoming, Outgoing, TransportError, TransportErrorKind};
use std::marker::PhantomData;
use std::time::Duration;

/// A call under way.
pub(crate) struct Exchange<R> {
    method: &'static Method,
    timeout: Option<Duration>,
    max_answer: usize,
    request: PhantomData<fn(R)>,
}

/// What to do next.
pub(crate) enum Step<R: Request> {
    /// Nothing: this is the result. (Waiting and sending again will be further steps.)
    Done(Result<Response<R::Output>, CallError<R::Error>>),
}

impl<R: Request> Exchange<R> {
    /// Builds the request to send.
    pub(crate) fn start(
        core: &Core,
        request: &R,
        options: &Options,
    ) -> Result<(Self, Outgoing), CallError<R::Error>> {
        let method = const { &R::METHOD };
        let encode = |encoder: &mut Encoder<'_>| request.encode(encoder);
        let outgoing =
            prepare(core, method, options, &encode).map_err(|problem| CallError::new(*problem))?;
        let exchange = Self {
            method,
            timeout: outgoing.timeout,
            max_answer: outgoing.max_answer,
            request: PhantomData,
        };
        Ok((exchange, outgoing))
    }

    /// Takes what the transport gave.
    pub(crate) fn answer(self, answer: Result<Incoming, TransportError>) -> Step<R> {
        Step::Done(match answer {
            Ok(incoming) => self.decide(incoming),
            Err(error) => Err(CallError::new(self.not_answered(error))),
        })
    }

    fn decide(self, incoming: Incoming) -> Result<Response<R::Output>, CallError<R::Error>> {
        let answer = Answer::new(incoming.status, &incoming.headers, &incoming.body);
        if self.method.succeeds_with(incoming.status) {
            return match R::decode(&answer) {
                Ok(body) => {
                    let Incoming { status, headers, .. } = incoming;
                    Ok(Response { status, headers, body })
                }
                Err(error) => {
                    Err(CallError::new(answered(self.method, incoming, Verdict::Misfit(error))))
                }
            };
        }
        Err(match R::decode_error(&answer) {
            Some(Ok(service)) => {
                let problem = answered(self.method, incoming, Verdict::Declared);
                CallError::declared(problem, service)
            }
            Some(Err(error)) => {
                CallError::new(answered(self.method, incoming, Verdict::BadError(error)))
            }
            None => CallError::new(answered(self.method, incoming, Verdict::Undeclared)),
        })
    }

    fn not_answered(&self, error: TransportError) -> Problem {
        let (kind, text) = match error.kind() {
            TransportErrorKind::Connect => {
                (ErrorKind::Connect, "cannot connect to the server".to_owned())
            }
            TransportErrorKind::Timeout => (
                ErrorKind::Timeout,
                match self.timeout {
                    Some(timeout) => format!("no whole answer within {timeout:?}"),
                    None => "no whole answer in the time the transport allows".to_owned(),
                },
            ),
            TransportErrorKind::TooLarge => (
                ErrorKind::TooLarge,
                format!(
                    "the answer has more than {} bytes, which `max_answer` of the builder allows",
                    self.max_answer
                ),
            ),
            TransportErrorKind::Other => {
                (ErrorKind::Transport, "the connection gave no whole answer".to_owned())
            }
        };
        Problem::new(self.method, kind, text).with_source(error.into_source())
    }
}

/// What an answer turned out to be, other than a value.
enum Verdict {
    Misfit(DecodeError),
    Declared,
    BadError(DecodeError),
    Undeclared,
}

fn answered(method: &Method, incoming: Incoming, verdict: Verdict) -> Problem {
    let (kind, text, decode) = match verdict {
        Verdict::Misfit(error) => {
            (ErrorKind::Decode, "but the answer is not as described:", Some(error))
        }
        Verdict::Declared => (ErrorKind::Service, "", None),
        Verdict::BadError(error) => {
            (ErrorKind::Status, "and the error is not as described:", Some(error))
        }
        Verdict::Undeclared if incoming.status.is_success() => {
            (ErrorKind::Status, "a success that is not declared", None)
        }
        Verdict::Undeclared if incoming.status.is_redirection() => {
            (ErrorKind::Status, "redirects are not followed", None)
        }
        Verdict::Undeclared => (ErrorKind::Status, "which is not declared", None),
    };
    let problem = Problem::new(method, kind, text).with_answer(
        incoming.status,
        incoming.headers,
        incoming.body,
    );
    match decode {
        Some(error) => problem.with_decode(error),
        None => problem,
    }
}

/// Not generic, so that it is compiled once however many requests there are.
fn prepare(
    core: &Core,
    method: &'static Method,
    options: &Options,
    encode: &dyn Fn(&mut Encoder<'_>),
) -> Result<Outgoing, Box<Problem>> {
    let unbuilt = |text: String| Box::new(Problem::new(method, ErrorKind::Build, text));
    let base = core.base(method.server).map_err(unbuilt)?;
    // Copied with room for what a call usually adds: accept, content type, authorization.
    let mut headers = http::HeaderMap::with_capacity(core.headers.len() + 4);
    headers.extend(core.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    let mut encoder = Encoder::new(method, base, headers);
    encode(&mut encoder);
    let Encoded { url, mut headers, body } = encoder.finish().map_err(|error| unbuilt(error.0))?;
    core.authenticate(method.auth, &mut headers)
        .map_err(|text| Box::new(Problem::new(method, ErrorKind::Auth, text)))?;
    options.add_headers(&mut headers).map_err(unbuilt)?;
    Ok(Outgoing {
        method: method.verb.into(),
        url,
        headers,
        body,
        timeout: options.timeout.or(core.timeout),
        max_answer: core.max_answer,
        origin_len: base.origin_len(),
    })
}
