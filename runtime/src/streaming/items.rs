//! Items as they come: a stream, and an iterator of a blocking client.

use super::body::{self, Body};
use super::{Again, Begun};
use crate::client::{Async, Blocking, Mode};
use crate::core::Core;
use crate::decode::{self, DecodeError};
use crate::drift::{self, DriftObserver};
use crate::error::{Error, ErrorKind};
use crate::items::{self, Event, EventRules};
use crate::lines::Splitter;
use crate::method::Effect;
use crate::request::Request;
use crate::response::Response;
use crate::sse::Parser;
use crate::transport::BoxFuture;
use futures_core::Stream;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How often in a row events are asked for again, unless the app says otherwise.
const RECONNECTS: u32 = 3;
/// How long it waits before, unless the service says otherwise.
const WAIT: Duration = Duration::from_secs(1);
/// The shortest wait: a service that asks for none and closes after each event would be called without
/// a pause, since each event is a new beginning.
const SHORTEST_WAIT: Duration = Duration::from_millis(100);
/// The longest that a service is waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The items of an answer that has one in each line, as they come: a [`Stream`], or an [`Iterator`]
/// of a blocking client.
///
/// A line that is no item is an error with its number; those behind it are read all the same. An
/// answer that breaks off is an error and the end.
#[must_use = "nothing is read until an item is asked for"]
pub struct Lines<T, M: Mode = Async> {
    body: Body<M>,
    splitter: Splitter,
    drift: Vec<Arc<dyn DriftObserver>>,
    ended: bool,
    item: PhantomData<fn() -> T>,
}

/// The events of an answer as they come: a [`Stream`], or an [`Iterator`] of a blocking client.
///
/// An event that cannot be read is an error; those behind it are read all the same. Where the call only
/// reads and the service numbers its events, a connection that ends is made again after a while, and
/// goes on behind the last event; otherwise one that breaks off is an error and the end.
#[must_use = "nothing is read until an event is asked for"]
pub struct Events<R: Request, T, M: Mode = Async> {
    body: Body<M>,
    parser: Parser,
    rules: EventRules,
    again: Again<R, M>,
    /// How often in a row it may be asked for again.
    reconnects: u32,
    /// How often in a row it was.
    tries: u32,
    ended: bool,
    asking: Option<BoxFuture<'static, Begun<R, M>>>,
    item: PhantomData<fn() -> T>,
}

// Nothing inside is ever pinned: what may be is in a box.
impl<T, M: Mode> Unpin for Lines<T, M> {}
impl<R: Request, T, M: Mode> Unpin for Events<R, T, M> {}

impl<T: DeserializeOwned, M: Mode> Lines<T, M> {
    pub(super) fn new(body: Body<M>, core: &Core) -> Self {
        let splitter = Splitter::new(core.max_answer, false);
        Self { body, splitter, drift: core.drift.clone(), ended: false, item: PhantomData }
    }

    /// Status, headers and the like.
    pub fn response(&self) -> &Response<()> {
        self.body.head()
    }

    /// An item, if there is one without asking for more.
    fn ready(&mut self) -> Option<Result<T, Error>> {
        loop {
            let line = match self.splitter.next() {
                Ok(Some(line)) => line,
                Ok(None) if self.ended => self.splitter.last()?,
                Ok(None) => return None,
                Err(error) => {
                    self.end();
                    return Some(Err(self.body.misfit(error)));
                }
            };
            let (method, text) = (self.body.method().name, || Cow::Borrowed(&line.bytes[..]));
            let read = || items::line_item(&line);
            if let Some(item) = drift::observed(&self.drift, method, text, read) {
                return Some(item.map_err(|error| self.body.misfit(error)));
            }
        }
    }

    /// Takes a piece; an error is the end.
    fn take(&mut self, piece: Option<Result<bytes::Bytes, Error>>) -> Option<Error> {
        match piece {
            Some(Ok(piece)) => self.splitter.push(&piece),
            Some(Err(error)) => {
                self.end();
                return Some(error);
            }
            None => self.ended = true,
        }
        None
    }

    fn end(&mut self) {
        self.ended = true;
        self.splitter = Splitter::new(0, false);
    }
}

impl<T: DeserializeOwned> Lines<T> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.ready() {
                return Poll::Ready(Some(item));
            }
            if self.ended {
                return Poll::Ready(None);
            }
            let piece = ready!(self.body.poll_next(cx));
            if let Some(error) = self.take(piece) {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    /// A line is no item, or the answer breaks off.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }
}

impl<T: DeserializeOwned> Stream for Lines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<T: DeserializeOwned> Iterator for Lines<T, Blocking> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            let piece = self.body.next();
            if let Some(error) = self.take(piece) {
                return Some(Err(error));
            }
        }
    }
}

/// What to do when no event is ready.
enum Turn {
    /// Take the next piece.
    Read,
    /// Wait this long and ask again.
    Ask(Duration),
    Fail(Error),
    End,
}

impl<R: Request, T: DeserializeOwned + 'static, M: Mode> Events<R, T, M> {
    pub(super) fn new(body: Body<M>, rules: EventRules, again: Again<R, M>) -> Self {
        Self {
            body,
            parser: Parser::new(again.client.core().max_answer),
            rules,
            again,
            reconnects: RECONNECTS,
            tries: 0,
            ended: false,
            asking: None,
            item: PhantomData,
        }
    }

    /// Says how often in a row a connection that has ended is made again; 3 times by default.
    pub fn with_reconnects(mut self, most: u32) -> Self {
        self.reconnects = most;
        self
    }

    /// Status, headers and the like of the answer that is read.
    pub fn response(&self) -> &Response<()> {
        self.body.head()
    }

    /// The last id that the service has given; empty for none.
    pub fn last_event_id(&self) -> &str {
        self.parser.last_id()
    }

    /// An event, if there is one without asking for more.
    fn ready(&mut self) -> Option<Result<Event<T>, Error>> {
        if self.ended {
            return None;
        }
        let event = match self.parser.next() {
            Ok(event) => event?,
            Err(error) => {
                self.ended = true;
                return Some(Err(self.body.misfit(error)));
            }
        };
        self.tries = 0;
        if self.rules.is_end(&event) {
            self.ended = true;
            return None;
        }
        let (drift, rules) = (&self.again.client.core().drift, self.rules);
        let data = if drift.is_empty() { String::new() } else { event.data.clone() };
        let text = || Cow::Borrowed(data.as_bytes());
        let read = drift::observed(drift, self.body.method().name, text, || rules.read(event));
        Some(read.map_err(|error| self.body.misfit(error)))
    }

    /// Takes a piece, or the end of the connection.
    fn take(&mut self, piece: Option<Result<bytes::Bytes, Error>>, can_wait: bool) -> Turn {
        let failure = match piece {
            Some(Ok(piece)) => {
                self.parser.push(&piece);
                return Turn::Read;
            }
            Some(Err(error)) => Some(error),
            None => None,
        };
        self.broken(failure, can_wait)
    }

    fn broken(&mut self, failure: Option<Error>, can_wait: bool) -> Turn {
        let reads = R::METHOD.effect == Effect::Read;
        let lost = failure.as_ref().is_none_or(|error| {
            matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout | ErrorKind::Connect)
        });
        let numbered = !self.parser.last_id().is_empty();
        if can_wait && reads && lost && numbered && self.tries < self.reconnects {
            self.tries += 1;
            let wait = self.parser.retry().unwrap_or(WAIT);
            return Turn::Ask(wait.clamp(SHORTEST_WAIT, LONGEST_WAIT));
        }
        self.ended = true;
        match failure {
            Some(error) => Turn::Fail(error),
            None if self.rules.has_end() => {
                let error = DecodeError::new("the events ended before the one that says so");
                Turn::Fail(self.body.misfit(error))
            }
            None => Turn::End,
        }
    }

    /// Goes on with another answer, if there is one.
    fn reopened(&mut self, begun: Begun<R, M>, can_wait: bool) -> Turn {
        match begun {
            // That is how a service says that there is nothing more.
            Ok((head, _)) if head.status() == 204 => {
                self.ended = true;
                Turn::End
            }
            Err(error) if error.status().is_some_and(|status| status == 204) => {
                self.ended = true;
                Turn::End
            }
            Ok((head, chunks)) => {
                if let Err(error) = decode::check_events(head.headers()) {
                    self.ended = true;
                    let problem = body::misfit(const { &R::METHOD }, &head, error);
                    return Turn::Fail(Error::new(problem));
                }
                self.parser.restart();
                self.body = Body::new(const { &R::METHOD }, head, chunks);
                Turn::Read
            }
            Err(error) => self.broken(Some(error.into()), can_wait),
        }
    }
}

impl<R: Request, T: DeserializeOwned + 'static> Events<R, T> {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        let can_wait = self.again.can_wait();
        loop {
            let turn = if let Some(asking) = &mut self.asking {
                let begun = ready!(asking.as_mut().poll(cx));
                self.asking = None;
                self.reopened(begun, can_wait)
            } else {
                if let Some(event) = self.ready() {
                    return Poll::Ready(Some(event));
                }
                if self.ended {
                    return Poll::Ready(None);
                }
                let piece = ready!(self.body.poll_next(cx));
                self.take(piece, can_wait)
            };
            match turn {
                Turn::Read => {}
                Turn::Ask(wait) => {
                    let (again, last_id) = (self.again.clone(), self.parser.last_id().to_owned());
                    self.asking = Some(Box::pin(async move {
                        again.wait(wait).await;
                        again.ask(Some(last_id)).await
                    }));
                }
                Turn::Fail(error) => return Poll::Ready(Some(Err(error))),
                Turn::End => return Poll::Ready(None),
            }
        }
    }

    /// The next event; `None` after the last one.
    ///
    /// # Errors
    /// An event cannot be read, or the answer breaks off for good.
    pub async fn try_next(&mut self) -> Result<Option<Event<T>>, Error> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }
}

impl<R: Request, T: DeserializeOwned + 'static> Stream for Events<R, T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<R: Request, T: DeserializeOwned + 'static> Iterator for Events<R, T, Blocking> {
    type Item = Result<Event<T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut turn = Turn::Read;
        loop {
            turn = match turn {
                Turn::Read => {
                    if let Some(event) = self.ready() {
                        return Some(event);
                    }
                    if self.ended {
                        return None;
                    }
                    let piece = self.body.next();
                    self.take(piece, true)
                }
                Turn::Ask(wait) => {
                    self.again.wait(wait);
                    let begun = self.again.ask(Some(self.parser.last_id().to_owned()));
                    self.reopened(begun, true)
                }
                Turn::Fail(error) => return Some(Err(error)),
                Turn::End => return None,
            };
        }
    }
}

impl<T, M: Mode> fmt::Debug for Lines<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines").field("response", self.body.head()).finish_non_exhaustive()
    }
}

impl<R: Request, T, M: Mode> fmt::Debug for Events<R, T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("response", self.body.head()).finish_non_exhaustive()
    }
}
