//! The token of a call: looked at before it is sent, renewed when it has ended or is refused.

use super::{Attempts, Encode, Step, Wait, prepare};
use crate::client::Mode;
use crate::error::ErrorKind;
use crate::oauth::{self, BoxError, Failed, Keeper, Look, Next, Renewal, Seen, Token};
use crate::options::Options;
use crate::problem::Problem;
use crate::retry::Decision;
use crate::transport::{Incoming, TransportError, TransportErrorKind};
use std::sync::Arc;
use std::time::Duration;

/// What a call knows of its token. What few calls need is in boxes, so that all calls stay small.
#[derive(Default)]
pub(super) struct Access {
    /// Who holds it; `None` if nothing that the call sends ever changes.
    keeper: Option<Arc<Keeper>>,
    seen: Seen,
    /// The number of the token that was sent.
    used: u64,
    /// What the call does for a new one. It may have to wait before the token endpoint is asked again.
    renewal: Option<Box<Renewal>>,
    /// Whether a refused token was renewed, which is done once.
    renewed: bool,
    /// The answer that refused it, for when there is no other token.
    refusal: Option<Box<Incoming>>,
    /// Whether the token was renewed a moment ago, so that it is the best there is.
    fresh: bool,
}

impl Access {
    pub(super) fn new(keeper: Option<Arc<Keeper>>) -> Self {
        Self { keeper, ..Self::default() }
    }
}

impl<M: Mode> Attempts<M> {
    /// Sends, once there is a token.
    pub(super) fn begin(&mut self, encode: Encode<'_>) -> Step {
        if let Some(renewal) = self.access.renewal.take() {
            // The others go on waiting: the token endpoint is asked by one call, at the time that it names.
            let (renewal, next) = renewal.again();
            self.access.renewal = Some(Box::new(renewal));
            return self.renew(next, encode);
        }
        let fresh = std::mem::take(&mut self.access.fresh);
        if let Some(keeper) = self.access.keeper.clone()
            && !fresh
        {
            // A token that ends while the call waits for its place is renewed meanwhile.
            let sent = self.watch.core().clock.unix().saturating_add(self.wait_for_room());
            match keeper.look(self.access.seen, sent) {
                Look::Use(number) => self.access.used = number,
                Look::Queue(failures) => {
                    self.admitted = false;
                    self.access.seen.failures = Some(failures);
                    return self.wait_for_token(|limit| Wait::Token(keeper, limit));
                }
                Look::Renew(turn) => {
                    // A place that was taken is over by then.
                    self.admitted = false;
                    let (renewal, next) = Renewal::start(turn);
                    self.access.renewal = Some(Box::new(renewal));
                    return self.renew(next, encode);
                }
                Look::Failed { passing } => {
                    let why = "another call has just tried to renew it, in vain";
                    let problem = self.no_token(&keeper, ErrorKind::Auth, why, None);
                    return Step::fail(Box::new(problem.passing(passing)));
                }
                Look::Missing => return self.without_token(&keeper, ENDED, None),
                Look::Stuck => {
                    if let Some(refusal) = self.access.refusal.take() {
                        return Step::read(Ok(*refusal));
                    }
                }
            }
        }
        let left = self.left();
        if left == Some(Duration::ZERO) {
            self.limit = self.time(left);
            return Step::fail(Box::new(self.timeout_problem(self.out_of_time())));
        }
        if let Some(step) = self.make_room() {
            // The token is the best there is after the wait, too.
            self.access.fresh = fresh;
            return step;
        }
        self.send(encode, left)
    }

    /// How long the call will wait for room in the limit of the service.
    fn wait_for_room(&self) -> Duration {
        let limiter =
            self.watch.core().limiter.as_ref().filter(|_| !self.method.bare && !self.admitted);
        limiter.map_or(Duration::ZERO, |limiter| limiter.wait(self.watch.core().clock.now()))
    }

    /// Waits for room in the limit of the service; `None` if there is some.
    fn make_room(&mut self) -> Option<Step> {
        let limiter = self.watch.core().limiter.as_ref().filter(|_| !self.method.bare)?;
        // The place was taken before the wait for it.
        if std::mem::take(&mut self.admitted) {
            return None;
        }
        let left = if self.can_wait { self.left() } else { Some(Duration::ZERO) };
        let (now, quota) = (self.watch.core().clock.now(), limiter.quota);
        match limiter.reserve(now, left) {
            Ok(Duration::ZERO) => None,
            Ok(wait) => {
                (self.admitted, self.waited) = (true, true);
                Some(Step::Wait(Wait::Time(wait)))
            }
            Err(wait) => {
                let text = format!(
                    "the limit of {} calls in {:?} has room in {wait:?} only, which is too late",
                    quota.requests, quota.per
                );
                Some(Step::fail(Box::new(self.timeout_problem(text))))
            }
        }
    }

    /// Something is waited for, for as long as an attempt may take.
    fn wait_for_token(&mut self, wait: impl FnOnce(Option<Duration>) -> Wait) -> Step {
        self.limit = self.time(self.left());
        self.waited = true;
        Step::Wait(wait(self.limit))
    }

    /// The token did not come in time. The turn to renew it, if this call has it, is given up.
    pub(super) fn no_token_in_time(&mut self) -> Step {
        self.access.renewal = None;
        let name = self.access.keeper.as_ref().map_or("?", |keeper| keeper.name);
        let text = format!("no token for `{name}`: {}", self.out_of_time());
        Step::fail(Box::new(self.timeout_problem(text)))
    }

    fn timeout_problem(&self, text: String) -> Problem {
        // Nothing was sent that the service could do, whatever the call does.
        Problem::new(self.method, ErrorKind::Timeout, text)
            .passing(self.made == 0)
            .with_attempts(self.made, self.watch.core().rate_limit)
    }

    /// Takes an answer, to the call or to a token request.
    pub(super) fn answered(
        &mut self,
        answer: Result<Incoming, TransportError>,
        encode: Encode<'_>,
    ) -> Step {
        if let Some(renewal) = &mut self.access.renewal {
            let core = self.watch.core();
            let status = answer.as_ref().map(|incoming| incoming.status);
            let status = status.map_err(TransportError::kind);
            let next = renewal.answered(answer, core.max_answer, &*core.clock);
            let again = next.as_ref().err().and_then(|failed| self.ask_again(failed));
            self.watch.decided(status, again);
            return match again {
                Some(delay) => Step::Wait(Wait::Time(delay)),
                None => self.renew(next, encode),
            };
        }
        self.watch.answered(self.made, &answer);
        let refused = answer.as_ref().is_ok_and(|incoming| self.is_refused(incoming));
        if refused && let Ok(incoming) = answer {
            self.watch.decided(Ok(incoming.status), Some(Duration::ZERO));
            self.access.renewed = true;
            self.access.seen = Seen { refused: Some(self.access.used), failures: None };
            self.access.refusal = Some(Box::new(incoming));
            return self.begin(encode);
        }
        let decision = self.decide(&answer);
        let status = answer.as_ref().map(|incoming| incoming.status).map_err(TransportError::kind);
        match decision {
            Decision::Wait(delay) => {
                self.watch.decided(status, Some(delay));
                Step::Wait(Wait::Time(delay))
            }
            Decision::Stop => {
                self.watch.decided(status, None);
                Step::read(answer)
            }
        }
    }

    /// Whether the answer refuses the token, as far as one can tell.
    fn is_refused(&self, incoming: &Incoming) -> bool {
        let status = incoming.status;
        let keeper = self.access.keeper.as_ref().filter(|_| !self.access.renewed);
        keeper.is_some_and(|keeper| keeper.renew_on().contains(&status.as_u16()))
            && !self.method.succeeds_with(status)
            && !self.is_spent()
    }

    /// Takes what a hook of the app said.
    pub(super) fn heard(
        &mut self,
        said: Result<Option<Token>, BoxError>,
        encode: Encode<'_>,
    ) -> Step {
        match &mut self.access.renewal {
            Some(renewal) => {
                let next = renewal.heard(said, &*self.watch.core().clock);
                self.renew(next, encode)
            }
            None => self.begin(encode),
        }
    }

    fn renew(&mut self, next: Result<Next, Failed>, encode: Encode<'_>) -> Step {
        match next {
            Ok(Next::Ask(asked)) => self.wait_for_token(|limit| Wait::App(asked, limit)),
            Ok(Next::Send(method, form)) => {
                // What is set for the call is not meant for the token endpoint.
                let options = Options::default();
                let form = std::cell::Cell::new(Some(form));
                let encode = |encoder: &mut crate::encoder::Encoder<'_>| {
                    if let Some(form) = form.take() {
                        oauth::encode(form, encoder);
                    }
                };
                self.limit = self.time(self.left());
                self.renewals += 1;
                match prepare(
                    self.watch.core(),
                    method,
                    &encode,
                    &options,
                    self.limit,
                    self.renewals,
                ) {
                    Ok(outgoing) => {
                        self.watch.opened(method, self.renewals, &outgoing);
                        Step::Send(outgoing)
                    }
                    Err(problem) => {
                        self.access.renewal = None;
                        Step::fail(problem)
                    }
                }
            }
            Ok(Next::Done) => {
                // Gives up the turn.
                self.access.renewal = None;
                self.access.refusal = None;
                self.go_on(encode)
            }
            Err(failed) => self.not_renewed(failed, encode),
        }
    }

    /// Sends with the token that is there now.
    fn go_on(&mut self, encode: Encode<'_>) -> Step {
        if let Some(keeper) = &self.access.keeper {
            self.access.used = keeper.generation();
        }
        self.access.fresh = true;
        self.begin(encode)
    }

    /// How long to wait before a token is asked for once more, which does nothing that asking once does not.
    fn ask_again(&mut self, failed: &Failed) -> Option<Duration> {
        let failure = failed.of_request()?;
        if self.access.keeper.as_ref().is_none_or(|keeper| self.has_good_token(keeper)) {
            return None;
        }
        match self.again(failure, true) {
            Decision::Wait(delay) => Some(delay),
            Decision::Stop => None,
        }
    }

    /// Whether the token that was to be renewed can be sent for some time yet.
    fn has_good_token(&self, keeper: &Keeper) -> bool {
        let refused = self.access.seen.refused == Some(keeper.generation());
        let ended =
            keeper.token().is_none_or(|token| token.has_ended(self.watch.core().clock.unix()));
        !refused && !ended
    }

    fn not_renewed(&mut self, failed: Failed, encode: Encode<'_>) -> Step {
        let Some(keeper) = self.access.keeper.clone() else { return self.begin(encode) };
        let passing = failed.is_passing();
        if let Some(renewal) = self.access.renewal.take() {
            renewal.fail(passing);
        }
        // One that is about to end is better than none.
        let good = self.has_good_token(&keeper);
        // But nobody must think that a new one is kept which is not.
        if good && !matches!(failed, Failed::Unsaved(_)) {
            return self.go_on(encode);
        }
        match failed {
            Failed::Ended => match self.access.refusal.take() {
                Some(refusal) => Step::read(Ok(*refusal)),
                None => self.without_token(&keeper, ENDED, None),
            },
            Failed::Refused(why, _) => {
                let problem = self.no_token(&keeper, ErrorKind::Auth, &why, None);
                Step::fail(Box::new(problem.passing(passing)))
            }
            Failed::Unsaved(error) => {
                let why = "its store did not keep the new one";
                self.without_token(&keeper, why, Some(error))
            }
            Failed::Hook(why, error) => self.without_token(&keeper, why, Some(error)),
            Failed::Transport(error) => {
                let kind = match error.kind() {
                    TransportErrorKind::Connect => ErrorKind::Connect,
                    TransportErrorKind::Timeout => ErrorKind::Timeout,
                    _ => ErrorKind::Transport,
                };
                let why = "the token endpoint was not reached";
                let problem = self.no_token(&keeper, kind, why, None);
                Step::fail(Box::new(problem.of_transport(error).passing(passing)))
            }
        }
    }

    fn without_token(&self, keeper: &Keeper, why: &str, source: Option<BoxError>) -> Step {
        Step::fail(self.no_token(keeper, ErrorKind::Auth, why, source))
    }

    fn no_token(
        &self,
        keeper: &Keeper,
        kind: ErrorKind,
        why: &str,
        source: Option<BoxError>,
    ) -> Box<Problem> {
        let text = format!("no token for `{}`: {why}", keeper.name);
        let problem = Problem::new(self.method, kind, text).with_source(source);
        Box::new(
            problem.with_attempts(self.made, self.watch.core().rate_limit).stranded(self.stranded),
        )
    }
}

const ENDED: &str = "there is none that is good, and nothing to renew one with";
