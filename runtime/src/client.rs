//! A client: its prepared settings and its transport.

use crate::build_error::BuildError;
use crate::core::Core;
use crate::oauth::Token;
use crate::transport::{BlockingChunks, BlockingTransport, Chunks, Transport};
use std::fmt;
use std::sync::Arc;

/// How calls are made: [`Async`] or [`Blocking`].
pub trait Mode: sealed::Sealed + Copy + fmt::Debug + Send + Sync + 'static {
    /// What sends the requests.
    #[doc(hidden)]
    type Transport: Clone + 'static;
    /// The pieces of a body.
    #[doc(hidden)]
    type Chunks: 'static;
}

/// Calls are awaited.
#[derive(Clone, Copy, Debug)]
pub enum Async {}

/// Calls block the thread.
#[derive(Clone, Copy, Debug)]
pub enum Blocking {}

impl Mode for Async {
    type Transport = Arc<dyn Transport>;
    type Chunks = Chunks;
}

impl Mode for Blocking {
    type Transport = Arc<dyn BlockingTransport>;
    type Chunks = BlockingChunks;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Async {}
    impl Sealed for super::Blocking {}
}

/// What the clients of providers are around; cheap to clone.
pub struct Client<M: Mode = Async> {
    inner: Arc<Inner<M>>,
}

struct Inner<M: Mode> {
    core: Core,
    transport: M::Transport,
}

impl<M: Mode> Client<M> {
    pub(crate) fn new(core: Core, transport: M::Transport) -> Self {
        Self { inner: Arc::new(Inner { core, transport }) }
    }

    /// The same client with another token of a scheme, by its index in
    /// [`Provider::AUTH`](crate::Provider::AUTH): the client of another user.
    ///
    /// # Errors
    /// The token cannot be sent.
    pub fn with_token(&self, scheme: usize, token: impl Into<Token>) -> Result<Self, BuildError> {
        let core = self.core().with_token(scheme, token.into())?;
        Ok(Self::new(core, self.transport().clone()))
    }

    /// Asks a user for access, by the index of the scheme in
    /// [`Provider::AUTH`](crate::Provider::AUTH).
    ///
    /// # Errors
    /// The builder was not given the id of the app.
    #[cfg(feature = "oauth2")]
    pub fn authorize(&self, scheme: usize) -> Result<crate::Authorization, BuildError> {
        self.core().authorize(scheme)
    }

    pub(crate) fn core(&self) -> &Core {
        &self.inner.core
    }

    pub(crate) fn transport(&self) -> &M::Transport {
        &self.inner.transport
    }
}

impl<M: Mode> Clone for Client<M> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

impl<M: Mode> fmt::Debug for Client<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let addresses: Vec<_> = self.core().addresses().collect();
        f.debug_struct("Client").field("addresses", &addresses).finish_non_exhaustive()
    }
}
