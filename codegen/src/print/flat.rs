//! Tokens in one row, with their texts in one string: what looks ahead a lot is quick over them, and they are text again
//! in no time.

use std::fmt::Write as _;
use std::ops::Range;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier or keyword.
    Word,
    Literal,
    Punct(char),
    /// One of `(`, `[` and `{`.
    Open(char),
    /// One of `)`, `]` and `}`.
    Close(char),
}

#[derive(Clone, Debug)]
struct Token {
    kind: Kind,
    /// A punctuation mark that the next one belongs to, as the `-` of `->`.
    joint: bool,
    text: Range<usize>,
    /// Of a bracket that opens, where it is closed.
    end: usize,
}

/// Tokens.
#[derive(Debug, Default)]
pub(super) struct Flat {
    text: String,
    tokens: Vec<Token>,
}

impl Flat {
    pub(super) fn new(tokens: TokenStream) -> Self {
        let mut flat = Self::default();
        flat.extend(tokens);
        flat
    }

    fn extend(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{ident}");
                    self.push(Kind::Word, start);
                }
                TokenTree::Literal(literal) => {
                    let start = self.text.len();
                    let _ = write!(self.text, "{literal}");
                    self.push(Kind::Literal, start);
                }
                TokenTree::Punct(punct) => {
                    self.mark(Kind::Punct(punct.as_char()), punct.as_char());
                    if punct.spacing() == Spacing::Joint {
                        self.tokens.last_mut().into_iter().for_each(|token| token.joint = true);
                    }
                }
                TokenTree::Group(group) => {
                    let (delimiter, inside) = (group.delimiter(), group.stream());
                    // Whoever holds a stream alone can take it apart without a copy.
                    drop(group);
                    let (open, close) = match delimiter {
                        Delimiter::Parenthesis => ('(', ')'),
                        Delimiter::Bracket => ('[', ']'),
                        Delimiter::Brace => ('{', '}'),
                        Delimiter::None => {
                            self.extend(inside);
                            continue;
                        }
                    };
                    let at = self.tokens.len();
                    self.mark(Kind::Open(open), open);
                    self.extend(inside);
                    self.tokens[at].end = self.tokens.len();
                    self.mark(Kind::Close(close), close);
                }
            }
        }
    }

    fn mark(&mut self, kind: Kind, mark: char) {
        let start = self.text.len();
        self.text.push(mark);
        self.push(kind, start);
    }

    /// Appends the token whose text has been appended from some place on.
    fn push(&mut self, kind: Kind, start: usize) {
        self.tokens.push(Token { kind, joint: false, text: start..self.text.len(), end: 0 });
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// Whether there is a punctuation mark, of one character.
    pub(super) fn is(&self, at: usize, punct: char) -> bool {
        self.kind(at) == Some(Kind::Punct(punct))
    }

    /// Whether there is a mark of two characters, such as `->`.
    pub(super) fn is_pair(&self, at: usize, first: char, second: char) -> bool {
        self.is(at, first) && self.tokens[at].joint && self.is(at + 1, second)
    }

    /// Whether a mark and the next one are one.
    pub(super) fn is_joint(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.joint)
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.text[token.text.clone()])
    }

    /// The word at a place; nothing if something else stands there.
    pub(super) fn word(&self, at: usize) -> &str {
        if self.kind(at) == Some(Kind::Word) { self.text(at) } else { "" }
    }

    /// What stands within the bracket that opens at a place.
    pub(super) fn inside(&self, at: usize, open: char) -> Option<Range<usize>> {
        (self.kind(at) == Some(Kind::Open(open))).then(|| at + 1..self.tokens[at].end)
    }

    /// The place behind a token, or behind all that its bracket holds.
    pub(super) fn after(&self, at: usize) -> usize {
        match self.kind(at) {
            Some(Kind::Open(_)) => self.tokens[at].end + 1,
            _ => at + 1,
        }
    }

    /// Source text that has these tokens again.
    pub(super) fn source(&self, range: Range<usize>) -> String {
        let mut out = String::new();
        for token in &self.tokens[range] {
            out.push_str(&self.text[token.text.clone()]);
            // The mark in front of a lifetime belongs to it.
            if !token.joint {
                out.push(' ');
            }
        }
        out
    }
}
