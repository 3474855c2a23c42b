//! The token of a scheme, shared by all calls of a client.

use super::{ClientSecret, Hooks, OAuth2, Token};
use crate::credential::{Prepared, bearer};
use crate::transport::Clock;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Holds a token, and lets one call at a time renew it.
pub(crate) struct Keeper {
    /// The builder's method that configures it.
    pub(crate) name: &'static str,
    pub(crate) oauth: Option<Oauth>,
    pub(crate) hooks: Hooks,
    state: Mutex<State>,
    freed: Condvar,
}

/// What a keeper of tokens of a token endpoint knows.
#[derive(Clone)]
pub(crate) struct Oauth {
    pub(crate) facts: &'static OAuth2,
    /// Whether the builder was given what the token endpoint asks for.
    pub(crate) has_client: bool,
    /// What goes into the form, if that is where it goes.
    pub(crate) client: Option<ClientSecret>,
    /// What the app asks for in place of what the facts say.
    pub(crate) scopes: Option<Vec<String>>,
    /// The public name of the app.
    #[cfg_attr(not(feature = "oauth2"), allow(dead_code, reason = "nobody is asked"))]
    pub(crate) client_id: Option<String>,
}

#[derive(Default)]
struct State {
    current: Option<Current>,
    /// Counts the tokens.
    generation: u64,
    /// Whether the store does not have the token yet.
    unsaved: bool,
    /// Whether the store was asked.
    loaded: bool,
    /// Whether a call renews the token now.
    busy: bool,
    /// Counts the renewals that failed, for those who wait.
    failures: u64,
    /// Whether the last of them might not fail another time.
    passing: bool,
    waiting: Vec<Waker>,
}

struct Current {
    token: Token,
    prepared: Prepared,
    /// In seconds since 1970.
    renew_at: Option<u64>,
}

/// What a call finds.
pub(crate) enum Look {
    /// A token to send, and its number.
    Use(u64),
    /// Another call renews it. The number of failures so far is for the next look.
    Queue(u64),
    /// It is this call's turn to renew it.
    Renew(Turn),
    /// The call that this one has waited for got no token, which may be otherwise another time.
    Failed { passing: bool },
    /// There is none, and no way to get one.
    Missing,
    /// The service has refused it, and there is no way to get another one.
    Stuck,
}

/// What a call knows when it looks.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seen {
    /// The token that the service has refused.
    pub(crate) refused: Option<u64>,
    /// The failures before it waited.
    pub(crate) failures: Option<u64>,
}

impl Keeper {
    pub(crate) fn new(name: &'static str, oauth: Option<Oauth>, hooks: Hooks) -> Self {
        Self { name, oauth, hooks, state: Mutex::default(), freed: Condvar::new() }
    }

    /// Whether a call can count on it: there is a token, or a way to one.
    pub(crate) fn is_configured(&self) -> bool {
        let state = self.lock();
        state.current.is_some()
            || self.hooks.source.is_some()
            || self.hooks.store.is_some()
            || self.is_own()
    }

    /// Whether the app itself is good for a token.
    pub(super) fn is_own(&self) -> bool {
        self.oauth.as_ref().is_some_and(|oauth| oauth.has_client && oauth.facts.is_own())
    }

    pub(crate) fn renew_on(&self) -> &'static [u16] {
        self.oauth.as_ref().map_or(super::REFUSED, |oauth| oauth.facts.renew_on)
    }

    /// What there is for a call that is sent then.
    pub(crate) fn look(self: &Arc<Self>, seen: Seen, unix: Duration) -> Look {
        let mut state = self.lock();
        let generation = state.generation;
        let current = state.current.as_ref().filter(|_| seen.refused != Some(generation));
        if let Some(current) = current {
            let due = current.renew_at.is_some_and(|at| unix.as_secs() >= at);
            // One that goes on being good need not be waited for.
            let spare = state.busy && !current.token.has_ended(unix);
            if !due || spare || !self.can_renew(&state) {
                if state.unsaved && !state.busy {
                    return Look::Renew(self.turn(&mut state, true));
                }
                return Look::Use(generation);
            }
        }
        if seen.failures.is_some_and(|failures| failures != state.failures) {
            return Look::Failed { passing: state.passing };
        }
        if state.busy {
            return Look::Queue(state.failures);
        }
        if !self.can_renew(&state) {
            return if state.current.is_some() { Look::Stuck } else { Look::Missing };
        }
        Look::Renew(self.turn(&mut state, false))
    }

    fn turn(self: &Arc<Self>, state: &mut State, only_save: bool) -> Turn {
        state.busy = true;
        Turn { keeper: Arc::clone(self), only_save }
    }

    fn can_renew(&self, state: &State) -> bool {
        let refreshable = || {
            let oauth = self.oauth.as_ref()?;
            let token = &state.current.as_ref()?.token;
            Some(oauth.has_client && oauth.facts.refresh && token.refresh().is_some())
        };
        self.hooks.source.is_some()
            || self.hooks.store.is_some()
            || self.is_own()
            || refreshable().unwrap_or(false)
    }

    /// What is sent.
    pub(crate) fn prepared(&self) -> Option<Prepared> {
        self.lock().current.as_ref().map(|current| current.prepared.clone())
    }

    pub(crate) fn token(&self) -> Option<Token> {
        self.lock().current.as_ref().map(|current| current.token.clone())
    }

    pub(crate) fn was_loaded(&self) -> bool {
        std::mem::replace(&mut self.lock().loaded, true)
    }

    /// Sends this token from now on.
    pub(crate) fn install(&self, token: Token, clock: &dyn Clock) -> Result<(), &'static str> {
        let prepared = bearer(token.access())?;
        let renew_at = token.renew_at(clock.unix(), clock.random());
        let mut state = self.lock();
        state.current = Some(Current { token, prepared, renew_at });
        state.generation += 1;
        Ok(())
    }

    /// The token that the store does not have yet.
    pub(crate) fn unsaved(&self) -> Option<Token> {
        let state = self.lock();
        state.current.as_ref().filter(|_| state.unsaved).map(|current| current.token.clone())
    }

    pub(crate) fn set_unsaved(&self, unsaved: bool) {
        self.lock().unsaved = unsaved;
    }

    pub(crate) fn generation(&self) -> u64 {
        self.lock().generation
    }

    /// Ends when no call renews the token.
    pub(crate) fn freed(self: &Arc<Self>) -> Freed {
        Freed(Arc::clone(self))
    }

    /// Blocks until no call renews the token, but not longer than this; whether none does.
    pub(crate) fn wait(&self, limit: Option<Duration>) -> bool {
        let (state, busy) = (self.lock(), |state: &mut State| state.busy);
        let Some(limit) = limit else {
            let waited = self.freed.wait_while(state, busy);
            drop(waited.unwrap_or_else(PoisonError::into_inner));
            return true;
        };
        let waited = self.freed.wait_timeout_while(state, limit, busy);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Nothing panics while it is locked, and a number too much would do no harm.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to renew a token, given up when it is dropped: a call may be, at any time.
pub(crate) struct Turn {
    keeper: Arc<Keeper>,
    /// Whether the token is good as it is, and only the store has yet to be told.
    only_save: bool,
}

impl Turn {
    pub(crate) fn keeper(&self) -> &Arc<Keeper> {
        &self.keeper
    }

    pub(crate) fn only_saves(&self) -> bool {
        self.only_save
    }

    /// There is no token; those who wait need not try, or not now if this is `passing`.
    pub(crate) fn fail(self, passing: bool) {
        let mut state = self.keeper.lock();
        (state.failures, state.passing) = (state.failures + 1, passing);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let waiting = {
            let mut state = self.keeper.lock();
            state.busy = false;
            std::mem::take(&mut state.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
        self.keeper.freed.notify_all();
    }
}

/// The end of another call's turn.
pub(crate) struct Freed(Arc<Keeper>);

impl Future for Freed {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.0.lock();
        if !state.busy {
            return Poll::Ready(());
        }
        if !state.waiting.iter().any(|waker| waker.will_wake(cx.waker())) {
            state.waiting.push(cx.waker().clone());
        }
        Poll::Pending
    }
}
