//! Drift: what answers hold that their specification does not know, though they are read.
//!
//! While an answer is read for somebody who wants to know, models note in a [recorder](record) of the
//! thread what they meet, and as the members around them. Only if there is something, the text is
//! walked again for the places. While nobody wants to know, an object that is read looks at one flag,
//! and that is all.

pub(crate) mod record;
mod report;

pub use self::report::DriftReport;

use crate::transport::Threads;
use record::Note;
use std::borrow::Cow;
use std::sync::Arc;

/// Is told what the answers of a service hold that its specification does not know.
///
/// Every function that takes a [`Drift`] is one, and so is a [`DriftReport`].
pub trait DriftObserver: Threads + 'static {
    /// Something was found. Each thing is told once for an answer.
    fn drift(&self, drift: &Drift);
}

impl<F: Fn(&Drift) + Threads + 'static> DriftObserver for F {
    fn drift(&self, drift: &Drift) {
        self(drift);
    }
}

/// Something in an answer that the specification does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Drift {
    /// The name of the method, like `punt.subscriptions.get`.
    pub method: &'static str,
    /// Where in the body, like `$.history[].statusCode`: `[]` is any item of a list, `.*` any value of
    /// a map.
    pub path: String,
    /// The model, by its name in Rust.
    pub model: &'static str,
    /// What it is.
    pub kind: DriftKind,
}

/// What a specification does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DriftKind {
    /// A member that the model does not have.
    UnknownMember {
        /// Its name.
        name: String,
        /// What it holds, in the words of the language.
        holds: String,
    },
    /// A value that the enum does not list; at most 64 characters of it.
    UnknownValue {
        /// The value as it was sent.
        value: String,
    },
    /// A number that the enum does not list.
    UnknownNumber {
        /// The number.
        number: i64,
    },
    /// A value that no variant of the union fits.
    UnknownVariant {
        /// The text of its tag, if it has one; at most 64 characters of it.
        tag: Option<String>,
    },
    /// Null, where the specification promises a value and tolerates this.
    Null,
    /// Nothing, where the specification promises a value and tolerates this.
    Absent,
    /// Another type than the promised one, which is tolerated.
    Type {
        /// What is promised.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
}

/// Who is told of it.
pub(crate) type Observers = [Arc<dyn DriftObserver>];

/// Reads something of an answer. What is noted meanwhile is looked for in the text, which is asked for only
/// then, and the observers are told.
pub(crate) fn observed<'b, T>(
    observers: &Observers,
    method: &'static str,
    text: impl FnOnce() -> Cow<'b, [u8]>,
    read: impl FnOnce() -> T,
) -> T {
    if observers.is_empty() {
        return read();
    }
    let (read, notes) = record::while_reading(read);
    if !notes.is_empty() {
        tell(observers, method, &text(), notes);
    }
    read
}

/// The tree of a text in XML, of which all values are texts.
#[cfg(feature = "xml")]
fn tree(text: &[u8]) -> Option<serde_json::Value> {
    crate::xml::untyped(std::str::from_utf8(text).ok()?)
}

#[cfg(not(feature = "xml"))]
fn tree(_text: &[u8]) -> Option<serde_json::Value> {
    None
}

/// Finds the places of what was noted and tells the observers.
fn tell(observers: &Observers, method: &'static str, text: &[u8], notes: Vec<Note>) {
    // What is no tree has no places to find, and is told of by its members alone.
    let body = serde_json::from_slice(text).ok().or_else(|| tree(text)).unwrap_or_default();
    for note in notes {
        let drift = note.located(method, &body);
        observers.iter().for_each(|observer| observer.drift(&drift));
    }
}
