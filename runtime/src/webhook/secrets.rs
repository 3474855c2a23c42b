//! What an app and a provider share.

use std::fmt;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The secrets with which a delivery may be signed: one, or several while one replaces another.
///
/// Cheap to clone, never shown, and overwritten when the last clone is dropped.
///
/// ```
/// use clientwright_runtime::webhook::Secrets;
///
/// let secrets = Secrets::new("new").or("old");
/// assert_eq!(format!("{secrets:?}"), "Secrets(2 hidden)");
/// ```
#[derive(Clone, Default)]
pub struct Secrets(Arc<Vec<Zeroizing<Vec<u8>>>>);

impl Secrets {
    /// One secret. An empty one is none: everybody could sign with it.
    pub fn new(secret: impl AsRef<[u8]>) -> Self {
        Self::none().or(secret)
    }

    /// No secret yet, so that nothing passes but what is sent unsigned on purpose.
    pub fn none() -> Self {
        Self::default()
    }

    /// Accepts a further secret; the first one is what signs.
    #[must_use]
    pub fn or(mut self, secret: impl AsRef<[u8]>) -> Self {
        let secret = secret.as_ref();
        if !secret.is_empty() {
            Arc::make_mut(&mut self.0).push(Zeroizing::new(secret.to_vec()));
        }
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|secret| secret.as_slice())
    }

    pub(super) fn first(&self) -> Option<&[u8]> {
        self.iter().next()
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({} hidden)", self.0.len())
    }
}
