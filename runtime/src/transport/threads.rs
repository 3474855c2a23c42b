//! What has to be able to go to another thread: everything, except where there is only one.

pub use self::kind::{BoxFuture, Chunks, Threads};

#[cfg(not(any(target_arch = "wasm32", clientwright_browser)))]
mod kind {
    use crate::transport::TransportError;
    use bytes::Bytes;
    use futures_core::Stream;
    use std::pin::Pin;

    /// A future in a box; `Send`, except where there are no threads to send it to.
    pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

    /// The pieces of a body as they come; `Send`, except where there are no threads to send it to.
    pub type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

    /// `Send + Sync`, except where there are no threads.
    pub trait Threads: Send + Sync {}
    impl<T: Send + Sync + ?Sized> Threads for T {}
}

// `clientwright_browser` makes any machine one of these, for a test.
#[cfg(any(target_arch = "wasm32", clientwright_browser))]
mod kind {
    use crate::transport::TransportError;
    use bytes::Bytes;
    use futures_core::Stream;
    use std::pin::Pin;

    /// A future in a box.
    pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

    /// The pieces of a body as they come.
    pub type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>>>>;

    /// `Send + Sync`, except where there are no threads.
    pub trait Threads {}
    impl<T: ?Sized> Threads for T {}
}
