//! Getting a token, step by step, without I/O.

use super::dialect::Dialect;
use super::form::{self, Form, TokenAnswer};
use super::hooks::{self, Asked, BoxError};
use super::{Token, Turn};
use crate::answer::Answer;
use crate::encoder::Encoder;
use crate::method::Method;
use crate::retry::{self, Failure};
use crate::sensitive::overwrite;
use crate::transport::{Clock, Incoming, TransportError};
use crate::unpack;

/// A renewal under way; no other call renews the token as long as it lives.
pub(crate) struct Renewal {
    turn: Turn,
    stage: Stage,
    before: Option<Token>,
}

#[derive(Clone, Copy)]
enum Stage {
    /// What a call before this one has left undone: it was dropped while the store was told.
    LateSave,
    Source,
    Load,
    Grant,
    Save,
}

/// What to do next.
pub(crate) enum Next {
    /// Ask a hook of the app, then call [`Renewal::heard`].
    Ask(Asked),
    /// Send a token request with this form, then call [`Renewal::answered`].
    Send(&'static Method, Form),
    /// Nothing: the token is there.
    Done,
}

/// Why there is no token.
pub(crate) enum Failed {
    Hook(&'static str, BoxError),
    /// There is one, but the store did not keep it.
    Unsaved(BoxError),
    /// The token endpoint was not reached.
    Transport(TransportError),
    /// The token endpoint has answered something else. It may ask to come back.
    Refused(String, Failure),
    /// Nothing is left to try.
    Ended,
}

impl Failed {
    /// Asking once more would give no other answer.
    fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into(), Failure::Final)
    }

    /// How the request for a token has failed, if one was made.
    pub(crate) fn of_request(&self) -> Option<Failure> {
        match self {
            Self::Transport(error) => Some(Failure::of_transport(error.kind())),
            Self::Refused(_, failure) => Some(*failure),
            Self::Hook(..) | Self::Unsaved(_) | Self::Ended => None,
        }
    }

    /// Whether there may be a token another time. The call itself was not sent, whatever it does.
    pub(crate) fn is_passing(&self) -> bool {
        self.of_request().is_some_and(|failure| failure != Failure::Final)
    }
}

impl Renewal {
    pub(crate) fn start(turn: Turn) -> (Self, Result<Next, Failed>) {
        let before = turn.keeper().token();
        let mut this = Self { turn, stage: Stage::Source, before };
        let unsaved = this.turn.keeper().unsaved();
        let next = match (unsaved, &this.turn.keeper().hooks.store) {
            (Some(token), Some(store)) => {
                let asked = hooks::save(store, token);
                this.stage = Stage::LateSave;
                Ok(Next::Ask(asked))
            }
            _ => this.first(),
        };
        (this, next)
    }

    /// The same once more, without a moment in which another call could have the turn.
    pub(crate) fn again(self) -> (Self, Result<Next, Failed>) {
        Self::start(self.turn)
    }

    fn dialect(&self) -> Dialect {
        let oauth = self.turn.keeper().oauth.as_ref();
        oauth.map_or(Dialect::STANDARD, |oauth| oauth.facts.dialect)
    }

    fn first(&mut self) -> Result<Next, Failed> {
        let hooks = &self.turn.keeper().hooks;
        if let Some(source) = &hooks.source {
            let asked = hooks::ask(source, self.before.clone());
            self.stage = Stage::Source;
            return Ok(Next::Ask(asked));
        }
        if let Some(store) = &hooks.store {
            self.stage = Stage::Load;
            return Ok(Next::Ask(hooks::load(store)));
        }
        self.grant()
    }

    /// Asks the token endpoint.
    fn grant(&mut self) -> Result<Next, Failed> {
        self.stage = Stage::Grant;
        let oauth = self.turn.keeper().oauth.as_ref().filter(|oauth| oauth.has_client);
        let oauth = oauth.ok_or(Failed::Ended)?;
        let facts = oauth.facts;
        let form = if facts.is_own() {
            let form = Form::grant(facts.dialect, "client_credentials");
            match &oauth.scopes {
                Some(scopes) => form.scopes(scopes),
                None => form.scopes(facts.scopes),
            }
        } else {
            let before = self.before.as_ref().filter(|_| facts.refresh);
            let refresh = before.and_then(Token::refresh).ok_or(Failed::Ended)?;
            Form::grant(facts.dialect, "refresh_token").pair("refresh_token", refresh.expose())
        };
        Ok(Next::Send(&facts.token, form))
    }

    /// Takes what a hook of the app said.
    pub(crate) fn heard(
        &mut self,
        said: Result<Option<Token>, BoxError>,
        clock: &dyn Clock,
    ) -> Result<Next, Failed> {
        if matches!(self.stage, Stage::LateSave | Stage::Save) {
            // Where the store has failed its app is told of it, once.
            self.turn.keeper().set_unsaved(false);
        }
        match (self.stage, said) {
            (Stage::LateSave, Ok(_)) if !self.turn.only_saves() => self.first(),
            (Stage::Source, Ok(Some(token))) => self.install(token, clock).map(|()| Next::Done),
            (Stage::Source, Ok(None)) => Err(Failed::Ended),
            (Stage::Source, Err(error)) => Err(Failed::Hook("its source failed", error)),
            (Stage::Load, Ok(token)) => self.loaded(token, clock),
            (Stage::Load, Err(error)) => Err(Failed::Hook("its store cannot be read", error)),
            (Stage::LateSave | Stage::Save | Stage::Grant, Ok(_)) => Ok(Next::Done),
            (Stage::LateSave | Stage::Save | Stage::Grant, Err(error)) => {
                Err(Failed::Unsaved(error))
            }
        }
    }

    fn loaded(&mut self, token: Option<Token>, clock: &dyn Clock) -> Result<Next, Failed> {
        let first = !self.turn.keeper().was_loaded();
        let Some(token) = token else { return self.grant() };
        let known = self.before.as_ref().is_some_and(|before| before.access() == token.access());
        let due = token.renew_at(clock.unix(), 0).is_some_and(|at| clock.unix().as_secs() >= at);
        // Nothing can be had in its place but what the app itself is good for.
        let last = token.refresh().is_none() && !self.turn.keeper().is_own();
        // What the store has is what the other clients go on with.
        if !known && (!due || first && last) {
            return self.install(token, clock).map(|()| Next::Done);
        }
        self.before = Some(token);
        self.grant()
    }

    /// Takes what the token endpoint gave, which may be this large.
    pub(crate) fn answered(
        &mut self,
        answer: Result<Incoming, TransportError>,
        max_answer: usize,
        clock: &dyn Clock,
    ) -> Result<Next, Failed> {
        let mut incoming = answer.map_err(Failed::Transport)?;
        let raw = self.read(&mut incoming, max_answer, clock);
        // The token was copied out of it. What refuses one may repeat what was sent.
        overwrite(incoming.body);
        let mut token = raw?.into_token(clock.unix());
        if token.refresh().is_none() {
            token.set_refresh(self.before.as_ref().and_then(Token::refresh).cloned());
        }
        self.install(token.clone(), clock)?;
        let Some(store) = &self.turn.keeper().hooks.store else { return Ok(Next::Done) };
        // For the next call, if this one is dropped before the store has the token.
        self.turn.keeper().set_unsaved(true);
        self.stage = Stage::Save;
        Ok(Next::Ask(hooks::save(store, token)))
    }

    fn read(
        &self,
        incoming: &mut Incoming,
        max_answer: usize,
        clock: &dyn Clock,
    ) -> Result<TokenAnswer, Failed> {
        let unpacked = unpack::secret_content(incoming, max_answer);
        let status = incoming.status;
        if !status.is_success() {
            let code = form::error_code(&incoming.body).map(|code| format!(", {code}"));
            let why = format!(
                "the token endpoint answered {}{}",
                status.as_u16(),
                code.unwrap_or_default()
            );
            let unix = || clock.unix();
            let failure = Failure::of_answer(status, &incoming.headers, retry::STATUSES, unix);
            return Err(Failed::Refused(why, failure));
        }
        // Behind the status, which says more of a refusal than a body that cannot be read.
        unpacked.map_err(|error| {
            Failed::refused(format!("the answer of the token endpoint cannot be read: {error}"))
        })?;
        let answer = Answer::new(status, &incoming.headers, &incoming.body);
        // The error is left out: it may show what it found in place of the token.
        TokenAnswer::read(&answer, self.dialect()).map_err(|_| {
            let found = form::in_place_of_token(&incoming.body);
            let found = found.unwrap_or_else(|| "no token".to_owned());
            Failed::refused(format!("the answer of the token endpoint holds {found}"))
        })
    }

    fn install(&self, token: Token, clock: &dyn Clock) -> Result<(), Failed> {
        let installed = self.turn.keeper().install(token, clock);
        installed.map_err(|why| Failed::refused(format!("the token cannot be sent: {why}")))
    }

    /// Lets those who wait know that there is no token.
    pub(crate) fn fail(self, passing: bool) {
        self.turn.fail(passing);
    }
}

/// Writes the form of a token request.
pub(crate) fn encode(form: Form, encoder: &mut Encoder<'_>) {
    encoder.body(form.content_type(), form.into_body());
}
