//! Why a client cannot be built.

use std::borrow::Cow;
use std::fmt;

/// A client cannot be built from what its builder was given. Never shows a credential.
#[derive(Debug)]
pub struct BuildError {
    text: Cow<'static, str>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl BuildError {
    /// An error with a text that names the setting and says what to do.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), source: None }
    }

    /// The same error, caused by another.
    #[must_use]
    pub fn with_source(
        mut self,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        self.source = Some(source.into());
        self
    }

    pub(crate) fn credential(name: &str, why: &str) -> Self {
        Self::new(format!("the credential given to `{name}` cannot be sent: {why}"))
    }

    pub(crate) fn into_parts(self) -> (String, Option<Box<dyn std::error::Error + Send + Sync>>) {
        (self.text.into_owned(), self.source)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
