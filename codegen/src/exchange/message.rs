//! What the head of a message says.

use super::Message;
use crate::ast::Alternative;
use crate::source::Spanned;

/// Whether the body is JSON, by what is said or else by how it begins.
pub(super) fn is_json(message: &Message<'_>) -> bool {
    let kind = message.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let begins = |text: &str| text.starts_with(['{', '[', '"']);
    kind.contains("json")
        || kind.is_empty() && message.body.as_ref().is_some_and(|body| begins(body.text))
}

impl Message<'_> {
    /// What an answer begins with.
    pub(super) fn status(&self) -> Option<u16> {
        let status = self.line.text.split_ascii_whitespace().nth(1)?;
        status.parse().ok().filter(|status| (100..600).contains(status))
    }
}

/// What is said of the body.
pub(super) fn alternative(message: &Message<'_>) -> Option<Alternative> {
    let kind = message.header("content-type")?;
    let span = message.line.span(0, message.line.text.len());
    Some(Alternative::Media(Spanned::new(kind.to_owned(), span)))
}
