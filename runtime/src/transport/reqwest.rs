//! The asynchronous transport, over reqwest.

mod address;
mod redirects;
mod upload;

use self::address::Addresses;
use self::redirects::Redirects;
use super::{
    BoxFuture, Chunks, Incoming, Opened, Outgoing, Timer, Tls, Transport, TransportError,
    TransportErrorKind,
};
use crate::build_error::BuildError;
use crate::upload::Streaming;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Sends through a [`reqwest::Client`].
///
/// The client you bring decides on proxies, certificates and connections, but not on redirects: a redirect
/// is an answer that the caller should see, and following one would send what is meant for one server to
/// another, keys in headers included. [`from_builder`](Self::from_builder) sees to that.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    addresses: Addresses,
    redirects: Redirects,
}

impl ReqwestTransport {
    /// Sends through this client, whose redirects have to be off (`redirect(Policy::none())`): with one that follows
    /// them no client can be built, and nothing is sent.
    ///
    /// reqwest tells this in the debugging form only. Should a later one show something else, a redirect that was
    /// followed is an error in place of the answer, though what was sent has gone there, and no failure to connect counts
    /// as if nothing had been sent. [`from_builder`](Self::from_builder) needs none of this.
    pub fn new(client: reqwest::Client) -> Self {
        let redirects = Redirects::of(&client);
        Self { client, addresses: Addresses::default(), redirects }
    }

    /// Sends through the client that this builds, without redirects.
    ///
    /// # Errors
    /// The client cannot be built.
    pub fn from_builder(client: reqwest::ClientBuilder) -> Result<Self, BuildError> {
        let client = redirects::switched_off(client).build().map_err(|error| {
            BuildError::new("the HTTP client does not start").with_source(error.without_url())
        })?;
        Ok(Self { client, addresses: Addresses::default(), redirects: Redirects::Off })
    }

    /// Sends through a client of its own, without redirects.
    ///
    /// # Errors
    /// The certificates of the system cannot be used.
    pub fn with_defaults() -> Result<Self, BuildError> {
        Self::configured(None, Tls::default())
    }

    pub(crate) fn configured(connect: Option<Duration>, tls: Tls) -> Result<Self, BuildError> {
        Self::from_builder(own_client(connect, tls))
    }
}

fn own_client(connect: Option<Duration>, tls: Tls) -> reqwest::ClientBuilder {
    let connect = connect.unwrap_or(super::CONNECT_TIMEOUT);
    let client = reqwest::Client::builder().connect_timeout(connect);
    match tls {
        // Said in any case: where another crate of the app has turned on the other one, reqwest takes that.
        Tls::Rustls => client.tls_backend_rustls(),
        #[cfg(feature = "native-tls")]
        Tls::Native => client.tls_backend_native(),
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, outgoing: Outgoing) -> BoxFuture<'static, Result<Incoming, TransportError>> {
        let (limit, max) = (outgoing.timeout, outgoing.max_answer);
        let request = self.request(outgoing);
        let answer = request.map(|(request, sent)| (self.client.execute(request), sent));
        Box::pin(async move {
            let (answer, sent) = answer?;
            let whole = pin!(async {
                let mut response = sent.answered(answer.await)?;
                let body = read(&mut response, max).await?;
                let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
                Ok(Incoming { status, headers, body })
            });
            // reqwest's own limit costs an allocation for each place that it passes.
            let Some(limit) = limit else { return whole.await };
            let answer = tokio::time::timeout(limit, whole).await;
            answer.unwrap_or_else(|_| Err(TransportError::new(TransportErrorKind::Timeout)))
        })
    }

    fn open(
        &self,
        outgoing: Outgoing,
    ) -> BoxFuture<'static, Result<Opened<Chunks>, TransportError>> {
        Box::pin(self.clone().begin(outgoing))
    }

    fn check(&self, base: &str) -> Result<(), BuildError> {
        self.redirects.check()?;
        match reqwest::Url::parse(base) {
            Ok(_) => {
                self.addresses.expect(base);
                Ok(())
            }
            Err(error) => Err(BuildError::new("the base address is no URL").with_source(error)),
        }
    }

    fn streams(&self) -> bool {
        true
    }

    fn timer(&self) -> Option<&dyn Timer> {
        Some(&TokioTimer)
    }
}

/// The timer of the runtime that reqwest needs anyway.
struct TokioTimer;

impl Timer for TokioTimer {
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(time))
    }

    fn goes_by_the_machine(&self) -> bool {
        true
    }
}

impl ReqwestTransport {
    async fn begin(self, mut outgoing: Outgoing) -> Result<Opened<Chunks>, TransportError> {
        // A limit of both would be for the body as well.
        let limit = outgoing.timeout.take();
        let (request, sent) = self.request(outgoing)?;
        let answer = self.client.execute(request);
        let answer = match limit {
            Some(limit) => tokio::time::timeout(limit, answer)
                .await
                .map_err(|_| TransportError::new(TransportErrorKind::Timeout))?,
            None => answer.await,
        };
        let (parts, body) = http::Response::from(sent.answered(answer)?).into_parts();
        let pieces = Pieces { body, limit, sleep: None };
        Ok(Opened::new(parts.status, parts.headers, Box::pin(pieces)))
    }
}

impl ReqwestTransport {
    fn request(&self, outgoing: Outgoing) -> Result<(reqwest::Request, Sent), TransportError> {
        let unusable = |error| TransportError::new(TransportErrorKind::Other).with_source(error);
        // A transport around this one may not have handed the check on.
        self.redirects.check().map_err(unusable)?;
        let url = self
            .addresses
            .read(&outgoing)
            .map_err(|error| TransportError::new(TransportErrorKind::Other).with_source(error))?;
        // Not through a builder, which would merge the headers into a map of its own.
        let mut request = reqwest::Request::new(outgoing.method, url);
        *request.headers_mut() = outgoing.headers;
        if let Some(streaming) = &outgoing.streaming {
            *request.body_mut() = Some(reqwest::Body::wrap(upload::Body::new(streaming)));
        } else if !outgoing.body.is_empty() {
            *request.body_mut() = Some(outgoing.body.into());
        }
        let Self { redirects, .. } = *self;
        Ok((request, Sent { url: outgoing.url, streaming: outgoing.streaming, redirects }))
    }
}

/// What has to be known of a request when it is answered.
struct Sent {
    url: String,
    streaming: Option<Streaming>,
    redirects: Redirects,
}

impl Sent {
    /// The answer to this request, and to no other one that a redirect has led to.
    fn answered(
        &self,
        answer: reqwest::Result<reqwest::Response>,
    ) -> Result<reqwest::Response, TransportError> {
        let response = answer.map_err(|error| self.failed(error))?;
        if address::is_same(&self.url, response.url()) {
            return Ok(response);
        }
        Err(TransportError::new(TransportErrorKind::Redirected).with_source(redirects::HELP))
    }

    /// An error while a body was read and sent: the reader's own tells more.
    fn failed(&self, error: reqwest::Error) -> TransportError {
        match self.streaming.as_ref().and_then(Streaming::take_failure) {
            Some(error) => super::unread(error),
            // Perhaps the server that was meant was reached, and another one was not.
            None if error.is_connect() && self.redirects != Redirects::Off => {
                TransportError::new(TransportErrorKind::Other).with_source(error.without_url())
            }
            None => failed(error),
        }
    }
}

/// A body as it comes.
struct Pieces {
    body: reqwest::Body,
    /// How long each piece may take.
    limit: Option<Duration>,
    /// Ends when the piece that is waited for has taken too long.
    sleep: Option<Pin<Box<tokio::time::Sleep>>>,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else { break };
            self.sleep = None;
            match frame {
                // Trailers say nothing here.
                Some(Ok(frame)) => {
                    if let Ok(piece) = frame.into_data() {
                        return Poll::Ready(Some(Ok(piece)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(failed(error)))),
                None => return Poll::Ready(None),
            }
        }
        let Some(limit) = self.limit else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        ready!(sleep.as_mut().poll(cx));
        Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout))))
    }
}

async fn read(response: &mut reqwest::Response, max: usize) -> Result<Bytes, TransportError> {
    let too_large = || TransportError::new(TransportErrorKind::TooLarge);
    let announced = response.content_length().map(|length| usize::try_from(length).ok());
    let announced = match announced {
        Some(length) => Some(length.filter(|length| *length <= max).ok_or_else(too_large)?),
        None => None,
    };
    // Most bodies come in one piece, which is handed on as it is.
    let Some(first) = response.chunk().await.map_err(failed)? else { return Ok(Bytes::new()) };
    if first.len() > max {
        return Err(too_large());
    }
    if Some(first.len()) == announced {
        return Ok(first);
    }
    let mut body: Vec<u8> = Vec::new();
    let mut next = response.chunk().await.map_err(failed)?;
    if next.is_none() {
        return Ok(first);
    }
    // What a server announces is believed only up to a point; it costs memory before it comes.
    body.reserve(announced.unwrap_or_default().min(1 << 20).max(first.len()));
    body.extend_from_slice(&first);
    while let Some(chunk) = next {
        if chunk.len() > max - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
        next = response.chunk().await.map_err(failed)?;
    }
    Ok(body.into())
}

/// reqwest's errors print the whole address with its query.
fn failed(error: reqwest::Error) -> TransportError {
    // One too many, or one that its policy forbids.
    if error.is_redirect() {
        return TransportError::new(TransportErrorKind::Redirected).with_source(redirects::HELP);
    }
    // A connection that took too long to come about is both.
    let kind = if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind).with_source(error.without_url())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// A body in these pieces.
    struct InPieces(VecDeque<Bytes>);

    impl http_body::Body for InPieces {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            Poll::Ready(self.0.pop_front().map(|piece| Ok(http_body::Frame::data(piece))))
        }
    }

    /// Over HTTP/2 a piece may be empty, or of megabytes.
    #[tokio::test]
    async fn pieces_may_be_of_any_size() {
        let large = vec![b'a'; 3 << 20];
        for pieces in [vec![&b""[..], b"ab"], vec![b"a", b"", b"b"], vec![&large, b"b"], vec![b""]]
        {
            let body = InPieces(pieces.iter().copied().map(Bytes::copy_from_slice).collect());
            let answer = http::Response::new(reqwest::Body::wrap(body));
            let read = read(&mut answer.into(), 4 << 20).await.unwrap();
            assert_eq!(read, pieces.concat());
        }
    }

    #[test]
    fn a_client_of_its_own_connects_in_time() {
        for (set, shown) in [(None, "10s"), (Some(Duration::from_secs(3)), "3s")] {
            let client = format!("{:?}", own_client(set, Tls::default()));
            assert!(client.contains(&format!("connect_timeout: {shown}")), "{client}");
        }
    }
}
