//! Documentation comments.

mod markdown;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Docs, Link};

pub(crate) use markdown::sanitize;
pub(super) use markdown::{code, literal};

/// Columns that a line of documentation may have, indentation and slashes included.
const WIDTH: usize = 100;

/// The lines of a documentation comment, being put together.
pub(super) struct Lines {
    lines: Vec<String>,
    width: usize,
}

impl Lines {
    /// Begins a comment that stands `indent` columns in.
    pub(super) fn new(indent: usize) -> Self {
        Self { lines: Vec::new(), width: WIDTH - indent - 4 }
    }

    /// The text of the specification, or `fallback` where it has none, and all that it says beside.
    pub(super) fn of(docs: &Docs, indent: usize, fallback: &str) -> Self {
        let mut lines = Self::new(indent);
        if let Some(text) = &docs.text {
            lines.text(text);
        }
        // Of a text in which nothing can be seen nothing is left.
        if lines.lines.is_empty() {
            lines.markdown(fallback);
        }
        if let Some(limits) = &docs.limits {
            lines.markdown(limits);
        }
        if let Some(default) = &docs.default {
            lines.markdown(&format!("The service takes {} when it is absent.", code(default)));
        }
        lines
    }

    /// A paragraph, or several, of text that a person wrote.
    pub(super) fn text(&mut self, text: &str) {
        let made = markdown::from_text(text, self.width);
        self.block(made);
    }

    /// A paragraph of Markdown that is one already.
    pub(super) fn markdown(&mut self, text: &str) {
        let made = markdown::wrap(text, self.width);
        self.block(made);
    }

    /// Lines that stay as they are.
    pub(super) fn block(&mut self, block: Vec<String>) {
        if block.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(block);
    }

    /// Where the item comes from, what nobody states and what is missing.
    pub(super) fn origin(&mut self, docs: &Docs, sdk: &str) {
        if let Some(incomplete) = &docs.incomplete {
            self.text(&format!("Incomplete: {incomplete}"));
        }
        if let Some(assumed) = &docs.assumed {
            self.text(&format!("Assumed: {assumed}"));
        }
        let mut parts = Vec::new();
        if let Some(name) = &docs.sdk {
            parts.push(format!("{sdk} {}", code(name)));
        }
        if let Some(link) = &docs.source {
            parts.push(source(link));
        }
        if !parts.is_empty() {
            self.markdown(&format!("{}.", parts.join(". ")));
        }
    }

    /// The lines.
    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// The comment as attributes.
    pub(super) fn into_tokens(self) -> TokenStream {
        attributes(&self.lines)
    }
}

/// `Source: [title](address), checked 2026-11-21`
fn source(link: &Link) -> String {
    let title = match &link.url {
        Some(url) => format!("[{}]({})", markdown::label(&link.title), markdown::address(url)),
        None => sanitize(&link.title),
    };
    match &link.checked {
        Some(checked) => format!("Source: {title}, checked {}", literal(checked)),
        None => format!("Source: {title}"),
    }
}

/// Lines as documentation attributes.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let mut tokens = TokenStream::new();
    for line in lines {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        tokens.extend(quote!(#[doc = #line]));
    }
    tokens
}

/// `#[deprecated]` with its reason.
pub(super) fn deprecated(docs: &Docs) -> TokenStream {
    match &docs.deprecated {
        Some(note) => {
            let note = sanitize(&note.split_whitespace().collect::<Vec<_>>().join(" "));
            quote!(#[deprecated(note = #note)])
        }
        None => TokenStream::new(),
    }
}

/// `#[doc(alias)]` for a foreign name that a search for it would not find by the Rust name.
pub(super) fn alias(foreign: &str, rust: &str) -> TokenStream {
    let simple = |name: &str| -> String {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let usable = !foreign.is_empty()
        && foreign
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '\''));
    if usable && simple(foreign) != simple(rust.trim_start_matches("r#")) {
        quote!(#[doc(alias = #foreign)])
    } else {
        TokenStream::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{Docs, Lines};

    #[test]
    fn nothing_that_can_be_seen_is_no_documentation() {
        for text in ["\u{202e}", "\u{7}", "\u{feff}\u{0}", " "] {
            let docs = Docs { text: Some(text.to_owned()), ..Docs::default() };
            assert_eq!(Lines::of(&docs, 4, "The third.").into_lines(), ["The third."]);
        }
    }
}
