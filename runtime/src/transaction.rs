//! Transactions: what is handed out until it is committed, held by a guard.
//!
//! The guard is a type of the generated code. Here is what all guards share: how one comes about, that
//! it is noticed when one is forgotten, and that a commit which fails gives it back.

use crate::call::Call;
use crate::client::{Async, Blocking, Client, Mode};
use crate::error::{CallError, Error, ServiceError};
use crate::method::Method;
use crate::request::Request;
use crate::response::Response;
use crate::retry::Retry;
use crate::transport::{BoxFuture, Threads};
use std::fmt;
use std::time::Duration;

/// A request that begins a transaction.
pub trait Begins: Request {
    /// The client of its provider.
    type Client<M: Mode>;
    /// The guard of the transaction; an `Option` of it where the service may have nothing to hand out.
    type Begun<M: Mode>;

    /// The guard of what was answered.
    fn begun<M: Mode>(self, answer: Self::Output, client: Self::Client<M>) -> Self::Begun<M>;
}

/// The guard of a transaction.
pub trait Transaction {
    /// Ends it on this side: nobody is told that it was dropped. Nothing is sent.
    fn end(self);
}

/// Tells when a transaction is dropped that was neither committed nor abandoned.
///
/// It does no more than that, as an error that passes by and a future that is dropped take guards with
/// them, too: a warning of `tracing`, and [`Metrics::transaction_dropped`](crate::Metrics).
pub struct OpenTransaction<M: Mode = Async> {
    client: Client<M>,
    commit: &'static Method,
    ended: bool,
}

impl<M: Mode> OpenTransaction<M> {
    /// Looks after a transaction that this method commits.
    pub fn new(client: &Client<M>, commit: &'static Method) -> Self {
        Self { client: client.clone(), commit, ended: false }
    }

    /// It is no longer open.
    pub fn end(mut self) {
        self.ended = true;
    }
}

impl<M: Mode> Drop for OpenTransaction<M> {
    fn drop(&mut self) {
        if self.ended {
            return;
        }
        #[cfg(feature = "tracing")]
        crate::trace::transaction_dropped(self.commit);
        // What an app is told runs its code, and a panic during a panic would end the process.
        if std::thread::panicking() {
            return;
        }
        let metrics = &self.client.core().metrics;
        metrics.iter().for_each(|metrics| metrics.transaction_dropped(self.commit.name));
    }
}

impl<M: Mode> fmt::Debug for OpenTransaction<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OpenTransaction").field(&self.commit.name).finish()
    }
}

impl<R: Begins> Call<R, Async> {
    /// Sends the call and makes the guard of what is answered; `client` is given the client back.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub async fn begin(
        self,
        client: impl FnOnce(Client<Async>) -> R::Client<Async>,
    ) -> Result<R::Begun<Async>, CallError<R::Error>> {
        let answer = self.send_by_reference().await?.into_body();
        let (runtime, request, _) = self.into_parts();
        Ok(request.begun(answer, client(runtime)))
    }
}

impl<R: Begins> Call<R, Blocking> {
    /// Sends the call and makes the guard of what is answered; `client` is given the client back.
    ///
    /// # Errors
    /// See [`ErrorKind`](crate::ErrorKind).
    pub fn begin(
        self,
        client: impl FnOnce(Client<Blocking>) -> R::Client<Blocking>,
    ) -> Result<R::Begun<Blocking>, CallError<R::Error>> {
        let answer = self.send_by_reference()?.into_body();
        let (runtime, request, _) = self.into_parts();
        Ok(request.begun(answer, client(runtime)))
    }
}

/// The commit of a transaction: await it; with the blocking client, send it.
#[derive(Debug)]
#[must_use = "nothing is committed until this is awaited or sent"]
pub struct Committing<T, R, M: Mode = Async> {
    transaction: T,
    call: Call<R, M>,
}

impl<T, R, M: Mode> Committing<T, R, M> {
    /// The commit of this transaction by this call.
    pub fn new(transaction: T, call: Call<R, M>) -> Self {
        Self { transaction, call }
    }

    /// Sets what is optional in the request.
    pub fn map(self, change: impl FnOnce(R) -> R) -> Self {
        self.with(|call| call.map(change))
    }

    /// The longest that this call may take, with all its attempts.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.with(|call| call.with_timeout(timeout))
    }

    /// The longest that one attempt of this call may take.
    pub fn with_attempt_timeout(self, timeout: Duration) -> Self {
        self.with(|call| call.with_attempt_timeout(timeout))
    }

    /// When this call is sent again by itself.
    pub fn with_retry(self, retry: Retry) -> Self {
        self.with(|call| call.with_retry(retry))
    }

    /// A header that this call sends.
    pub fn with_header(self, name: &str, value: impl Into<String>) -> Self {
        self.with(|call| call.with_header(name, value))
    }

    fn with(self, change: impl FnOnce(Call<R, M>) -> Call<R, M>) -> Self {
        Self { call: change(self.call), ..self }
    }
}

/// What a commit gives: the answer, or the transaction as it was.
pub type Committed<T, R> = Result<<R as Request>::Output, Uncommitted<T, <R as Request>::Error>>;

/// What a commit gives with status and headers beside the body: the answer, or the transaction as it was.
pub type CommittedResponse<T, R> =
    Result<Response<<R as Request>::Output>, Uncommitted<T, <R as Request>::Error>>;

fn committed<T: Transaction, O, E>(
    transaction: T,
    result: Result<Response<O>, CallError<E>>,
) -> Result<Response<O>, Uncommitted<T, E>> {
    match result {
        Ok(response) => {
            transaction.end();
            Ok(response)
        }
        Err(error) => Err(Uncommitted { transaction, error }),
    }
}

impl<T: Transaction, R: Request> Committing<T, R, Async> {
    /// Sends the commit and gives status and headers beside the body.
    ///
    /// # Errors
    /// As when it is awaited: the transaction comes back.
    pub async fn with_response(self) -> CommittedResponse<T, R> {
        committed(self.transaction, self.call.send().await)
    }
}

impl<T: Transaction + Threads + 'static, R: Request> IntoFuture for Committing<T, R, Async> {
    type Output = Committed<T, R>;
    type IntoFuture = BoxFuture<'static, Committed<T, R>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.with_response().await.map(Response::into_body) })
    }
}

impl<T: Transaction, R: Request> Committing<T, R, Blocking> {
    /// Sends the commit and gives what it answers.
    ///
    /// # Errors
    /// When there is no answer, or one that is no success: the transaction comes back with it.
    pub fn send(self) -> Committed<T, R> {
        self.with_response().map(Response::into_body)
    }

    /// Sends the commit and gives status and headers beside the body.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub fn with_response(self) -> CommittedResponse<T, R> {
        committed(self.transaction, self.call.send())
    }
}

/// A commit that has failed, with the transaction.
///
/// Nobody but the service knows whether it is committed after all: an answer may be lost on its way, and to
/// the commit that is sent again then, by the client itself too, the service may say that there is no such
/// transaction.
/// With `?` it turns into an [`Error`], which does not hold the transaction: it is dropped, and told as such.
pub struct Uncommitted<T, E> {
    transaction: T,
    error: CallError<E>,
}

impl<T, E> Uncommitted<T, E> {
    /// What went wrong.
    pub fn error(&self) -> &CallError<E> {
        &self.error
    }

    /// The transaction, which can be committed again.
    pub fn into_transaction(self) -> T {
        self.transaction
    }
}

impl<T: Transaction, E> Uncommitted<T, E> {
    /// What went wrong. The transaction is left as it is, on purpose.
    pub fn into_error(self) -> CallError<E> {
        self.transaction.end();
        self.error
    }
}

impl<T: Transaction, E: ServiceError> From<Uncommitted<T, E>> for Error {
    fn from(uncommitted: Uncommitted<T, E>) -> Self {
        // Dropping the transaction tells of it, since nobody has said that this is on purpose.
        uncommitted.error.into()
    }
}

impl<T, E: fmt::Debug> fmt::Debug for Uncommitted<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Uncommitted").field(&self.error).finish()
    }
}

impl<T, E: ServiceError> fmt::Display for Uncommitted<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl<T, E: ServiceError> std::error::Error for Uncommitted<T, E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}
