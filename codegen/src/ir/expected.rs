//! What an answer with some status holds.

use super::{AnswerVariant, ErrorVariant, Errors, Holds, Method, Outcome, StatusPattern, Value};

/// What is declared for an answer.
#[derive(Clone, Debug)]
pub(crate) enum Expected<'a> {
    /// A success that hands something out, in the variant of this name where there are several.
    Value(&'a Value, Option<&'a str>),
    /// A success that is one of these: the media type tells which.
    Any(Vec<&'a AnswerVariant>),
    /// A success whose body is not looked at.
    Nothing(Option<&'a str>),
    /// An error, in the variant of this name where there are several.
    Error(Holds, Option<&'a str>),
    Undeclared,
}

impl AnswerVariant {
    /// What is declared for this kind of success.
    pub(crate) fn expected(&self) -> Expected<'_> {
        match &self.value {
            Some(value) => Expected::Value(value, Some(&self.ident)),
            None => Expected::Nothing(Some(&self.ident)),
        }
    }
}

impl Method {
    /// What is declared for an answer with a status; `None` is whatever success comes first. `inside` is
    /// whether its body says that a success is none.
    pub(crate) fn expected(&self, status: Option<u16>, inside: bool) -> Expected<'_> {
        let success = match status {
            None => true,
            Some(status) if self.success.is_empty() => (200..300).contains(&status),
            Some(status) => self.success.contains(&status),
        };
        if success && inside {
            return self.declared(&[StatusPattern::Inside]);
        }
        if success {
            return self.success(status);
        }
        let status = status.unwrap_or_default();
        // The most exact pattern wins, as in the client.
        let exact = StatusPattern::Exactly(status);
        self.declared(&[exact, StatusPattern::Range(status / 100), StatusPattern::Default])
    }

    fn success(&self, status: Option<u16>) -> Expected<'_> {
        match &self.outcome {
            Outcome::Nothing => Expected::Nothing(None),
            Outcome::Value(value) => Expected::Value(value, None),
            Outcome::Optional { value, nothing } => {
                if status.is_some_and(|status| nothing.contains(&status)) {
                    Expected::Nothing(None)
                } else {
                    Expected::Value(value, None)
                }
            }
            Outcome::Several { .. } => match self.kinds(status).as_slice() {
                [one] => one.expected(),
                [] => Expected::Nothing(None),
                several => Expected::Any(several.to_vec()),
            },
        }
    }

    /// The error that is declared for the first of these patterns that has one.
    fn declared(&self, patterns: &[StatusPattern]) -> Expected<'_> {
        match &self.errors {
            Errors::Undeclared => Expected::Undeclared,
            Errors::One { model, status, xml } => {
                let is = |pattern: &StatusPattern| {
                    pattern == status || *pattern == StatusPattern::Inside
                };
                if patterns.iter().any(is) {
                    let holds = if *xml { Holds::Xml(*model) } else { Holds::Model(*model) };
                    Expected::Error(holds, None)
                } else {
                    Expected::Undeclared
                }
            }
            Errors::Enum { variants, .. } => patterns
                .iter()
                .find_map(|pattern| {
                    variants.iter().find(|variant| variant.statuses.contains(pattern))
                })
                .map_or(Expected::Undeclared, |ErrorVariant { holds, ident, .. }| {
                    Expected::Error(*holds, Some(ident))
                }),
        }
    }
}
