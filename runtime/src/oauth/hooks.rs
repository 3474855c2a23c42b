//! What an app can hang in: where tokens are kept, and where they come from instead.

use super::Token;
use crate::transport::{BoxFuture, Threads};
use std::sync::Arc;

/// Whatever a hook fails with. It is shown in errors, so that it may not hold a token.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Keeps tokens beyond the life of a client, for one user or for the app itself.
///
/// In a blocking client the futures have to be ready when they are made.
pub trait TokenStore: Threads + 'static {
    /// The token that was kept last. Asked before the first call, and before a token is renewed, since
    /// another process may have done so.
    fn load(&self) -> BoxFuture<'_, Result<Option<Token>, BoxError>>;

    /// Keeps a new token in place of the one before. If the call is dropped or runs out of time meanwhile, the
    /// next call asks once more for the same token.
    fn save<'a>(&'a self, token: &'a Token) -> BoxFuture<'a, Result<(), BoxError>>;
}

/// Gives tokens that live elsewhere: in another service, a vault or a file.
///
/// In a blocking client the future has to be ready when it is made.
pub trait TokenSource: Threads + 'static {
    /// The token to send from now on. Asked when there is none, when it has ended and when the service
    /// has refused it; that one is `before`.
    fn token<'a>(&'a self, before: Option<&'a Token>) -> BoxFuture<'a, Result<Token, BoxError>>;
}

/// The hooks of a scheme.
#[derive(Clone, Default)]
pub(crate) struct Hooks {
    pub(crate) store: Option<Arc<dyn TokenStore>>,
    pub(crate) source: Option<Arc<dyn TokenSource>>,
}

/// What a hook will say, as a future that borrows nothing.
pub(crate) type Asked = BoxFuture<'static, Result<Option<Token>, BoxError>>;

pub(crate) fn ask(source: &Arc<dyn TokenSource>, before: Option<Token>) -> Asked {
    let source = Arc::clone(source);
    Box::pin(async move { source.token(before.as_ref()).await.map(Some) })
}

pub(crate) fn load(store: &Arc<dyn TokenStore>) -> Asked {
    let store = Arc::clone(store);
    Box::pin(async move { store.load().await })
}

pub(crate) fn save(store: &Arc<dyn TokenStore>, token: Token) -> Asked {
    let store = Arc::clone(store);
    Box::pin(async move { store.save(&token).await.map(|()| None) })
}
