//! Answers that are read as they come, in place of whole.
//!
//! Up to the head of a success all is as for any other call, retries and errors included: the request
//! is the same, and a transport that opens answers is put in front of the client's own.

mod body;
mod download;
mod items;
mod opening;
mod sieve;

pub use self::body::Progress;
pub use self::download::Download;
pub use self::items::{Events, Lines};

use self::body::Body;
use self::opening::Opening;
use crate::answer::Answer;
use crate::call::Call;
use crate::client::{Async, Blocking, Client, Mode};
use crate::decode::{self, DecodeError};
use crate::encoder::Encoder;
use crate::error::CallError;
use crate::items::EventRules;
use crate::method::Method;
use crate::options::Options;
use crate::request::{InFormat, Request};
use crate::response::Response;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A request whose answer can be read as it comes.
pub trait Streamed: Request + Sized {
    /// What gives the answer bit by bit.
    type Stream<M: Mode>;

    /// Reads an answer whose status is a success.
    ///
    /// # Errors
    /// It cannot be read at all.
    fn stream<M: Mode>(flow: Flow<Self, M>) -> Result<Self::Stream<M>, DecodeError>;
}

/// An answer whose body has yet to come, to be read by a request.
pub struct Flow<R, M: Mode> {
    head: Response<()>,
    chunks: M::Chunks,
    again: Again<R, M>,
}

/// What it takes to ask again.
struct Again<R, M: Mode> {
    client: Client<M>,
    request: Arc<R>,
    options: Options,
}

impl<R: Request, M: Mode> Flow<R, M> {
    /// The status, as the number that specifications list.
    pub fn status(&self) -> u16 {
        self.head.status().as_u16()
    }

    /// The same answer, unless it says that it is of another media type than this one.
    ///
    /// # Errors
    /// It is of another media type.
    pub fn of_type(self, media: &str) -> Result<Self, DecodeError> {
        decode::check_media(self.head.headers(), media).map(|()| self)
    }

    /// The body as it comes.
    pub fn bytes(self) -> Download<M> {
        Download::new(Body::new(const { &R::METHOD }, self.head, self.chunks))
    }

    /// The events of the body as they come.
    ///
    /// # Errors
    /// It is no stream of events.
    pub fn events<T: DeserializeOwned + 'static>(
        self,
        rules: EventRules,
    ) -> Result<Events<R, T, M>, DecodeError> {
        decode::check_events(self.head.headers())?;
        let body = Body::new(const { &R::METHOD }, self.head, self.chunks);
        Ok(Events::new(body, rules, self.again))
    }

    /// The items of a body that has one in each line, as they come.
    ///
    /// # Errors
    /// It is a page for people.
    pub fn lines<T: DeserializeOwned>(self) -> Result<Lines<T, M>, DecodeError> {
        decode::check_lines(self.head.headers())?;
        let body = Body::new(const { &R::METHOD }, self.head, self.chunks);
        Ok(Lines::new(body, self.again.client.core()))
    }

    /// The body, decompressed where it is compressed by gzip. What is not is given as it comes.
    ///
    /// # Errors
    /// The feature `gzip` is off.
    pub fn gunzip(self) -> Result<Download<M>, DecodeError> {
        let body = Body::new(const { &R::METHOD }, self.head, self.chunks);
        Ok(Download::new(body.gunzipped()?))
    }
}

impl<R: Request> Streamed for InFormat<R> {
    type Stream<M: Mode> = Download<M>;

    fn stream<M: Mode>(flow: Flow<Self, M>) -> Result<Download<M>, DecodeError> {
        let accept = flow.again.request.accept();
        Ok(flow.of_type(accept)?.bytes())
    }
}

/// What is sent for the head of an answer: the request itself.
struct Opener<R> {
    request: Arc<R>,
}

impl<R: Request> Request for Opener<R> {
    type Provider = R::Provider;
    type Output = ();
    type Error = R::Error;

    const METHOD: Method = R::METHOD.streamed();

    fn encode(&self, request: &mut Encoder<'_>) {
        self.request.encode(request);
    }

    fn decode(_: &Answer<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn decode_error(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        R::decode_error(answer)
    }

    fn decode_inside(answer: &Answer<'_>) -> Option<Result<R::Error, DecodeError>> {
        // What has not come yet says nothing.
        if answer.bytes().is_empty() { None } else { R::decode_inside(answer) }
    }
}

/// The head of a success, and its body.
type Begun<R, M> = Result<(Response<()>, <M as Mode>::Chunks), CallError<<R as Request>::Error>>;

impl<R: Request, M: Mode> Again<R, M> {
    fn call(&self, last_event_id: Option<String>) -> Call<Opener<R>, M> {
        let (opener, mut options) =
            (Opener { request: Arc::clone(&self.request) }, self.options.clone());
        if let Some(id) = last_event_id {
            // In place of the one with which the app has begun.
            options.set().add_header("Last-Event-ID", id);
        }
        Call::with_options(&self.client, opener, options)
    }

    fn opening(&self) -> Opening<M> {
        Opening::new(&self.client, const { &<Opener<R> as Request>::METHOD })
    }
}

impl<R: Request> Again<R, Async> {
    async fn ask(&self, last_event_id: Option<String>) -> Begun<R, Async> {
        let opening = self.opening();
        let head = self.call(last_event_id).send_over(Arc::new(opening.clone())).await?;
        Ok((head, opening.async_chunks()))
    }

    fn can_wait(&self) -> bool {
        self.client.transport().timer().is_some()
    }

    async fn wait(&self, time: Duration) {
        if let Some(timer) = self.client.transport().timer() {
            timer.sleep(time).await;
        }
    }
}

impl<R: Request> Again<R, Blocking> {
    fn ask(&self, last_event_id: Option<String>) -> Begun<R, Blocking> {
        let opening = self.opening();
        let head = self.call(last_event_id).send_over(&opening)?;
        Ok((head, opening.blocking_chunks()))
    }

    fn wait(&self, time: Duration) {
        self.client.transport().sleep(time);
    }
}

impl<R, M: Mode> Clone for Again<R, M> {
    fn clone(&self) -> Self {
        let Self { client, request, options } = self;
        let (client, request) = (client.clone(), Arc::clone(request));
        Self { client, request, options: options.clone() }
    }
}

impl<R: Request, M: Mode> From<Call<R, M>> for Again<R, M> {
    fn from(call: Call<R, M>) -> Self {
        let (client, request, options) = call.into_parts();
        Self { client, request: Arc::new(request), options }
    }
}

impl<R: Streamed> Call<R, Async> {
    /// Sends, and gives the answer to be read as it comes.
    ///
    /// # Errors
    /// As of a call that is awaited, until the head of a success is there.
    pub async fn stream(self) -> Result<R::Stream<Async>, CallError<R::Error>> {
        let again = Again::from(self);
        let (head, chunks) = again.ask(None).await?;
        open(Flow { head, chunks, again })
    }
}

impl<R: Streamed> Call<R, Blocking> {
    /// Sends, and gives the answer to be read as it comes.
    ///
    /// # Errors
    /// As of a call that is sent, until the head of a success is there.
    pub fn stream(self) -> Result<R::Stream<Blocking>, CallError<R::Error>> {
        let again = Again::from(self);
        let (head, chunks) = again.ask(None)?;
        open(Flow { head, chunks, again })
    }
}

fn open<R: Streamed, M: Mode>(flow: Flow<R, M>) -> Result<R::Stream<M>, CallError<R::Error>> {
    let head = flow.head.clone();
    let misfit = |error| CallError::new(body::misfit(const { &R::METHOD }, &head, error));
    R::stream(flow).map_err(misfit)
}

impl<R: Request, M: Mode> fmt::Debug for Flow<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Flow")
            .field("method", &R::METHOD.name())
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}
