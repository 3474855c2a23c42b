//! One finding.

use super::Role;
use crate::source::{SourceMap, Span};

/// The stable identity of a kind of finding. Codes are never reused for another meaning.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// `E0101`, `W0201`: a letter for the severity, two digits for the family, two for the kind.
    pub id: &'static str,
    /// The kind in a few words.
    pub title: &'static str,
    /// The long text of `clientwright explain`: why, with an example wrong and right.
    pub explain: &'static str,
    /// What it has to do with other findings.
    pub(crate) roles: &'static [Role],
}

impl Code {
    /// A kind of finding that follows from no other one, and from which no other follows.
    #[must_use]
    pub const fn new(id: &'static str, title: &'static str, explain: &'static str) -> Self {
        Self { id, title, explain, roles: &[] }
    }

    /// Whether it has this to do with other findings.
    pub(crate) fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generated all the same.
    Warning,
}

impl Severity {
    /// The word that is shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A replacement of source text that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Patch {
    /// What is replaced.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

/// One finding.
///
/// Texts are lower case, without a full stop, with backticks round what the user wrote.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// Its weight.
    pub severity: Severity,
    /// What is wrong, naming the thing and the rule.
    pub message: String,
    /// The exact place.
    pub span: Span,
    /// A few words under the caret.
    pub label: Option<String>,
    /// Other places that belong to it, such as the first of two definitions.
    pub related: Vec<(Span, String)>,
    /// Further facts, a line each.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// The help as a change of the text.
    pub patch: Option<Patch>,
    /// Where that begins which it was judged by, beside what is shown: a mistake there may be the cause of it.
    pub(crate) rests_on: Vec<Span>,
    /// The things that it is about, in its code's own order, by which it is compared with others: no text is read for that.
    pub(crate) about: Vec<String>,
    /// What is said of the places of others about the same, if all of them are one finding.
    pub(crate) alike: Option<&'static str>,
    /// Whether what is to be done about it is known.
    pub(crate) settled: bool,
    /// The entries of its change, if it has several, which go on lines of their own.
    items: Vec<String>,
    /// What is changed before its change, with what stands between the two left as it is.
    also: Option<Patch>,
}

impl Diagnostic {
    /// An error at a place.
    #[must_use]
    pub fn error(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, span, message.into())
    }

    /// A warning at a place.
    #[must_use]
    pub fn warning(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, span, message.into())
    }

    pub(super) fn new(
        code: &'static Code,
        severity: Severity,
        span: Span,
        message: String,
    ) -> Self {
        Self {
            code,
            severity,
            message,
            span,
            label: None,
            related: Vec::new(),
            notes: Vec::new(),
            help: None,
            patch: None,
            rests_on: Vec::new(),
            about: Vec::new(),
            alike: None,
            settled: false,
            items: Vec::new(),
            also: None,
        }
    }

    /// Says a few words under the caret.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text.into());
        self
    }

    /// Points at another place as well.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text.into()));
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says by what else it was judged.
    #[must_use]
    pub(crate) fn rests_on(mut self, places: impl IntoIterator<Item = Span>) -> Self {
        for place in places {
            if !self.rests_on.contains(&place) {
                self.rests_on.push(place);
            }
        }
        self
    }

    /// Says in data what it is about.
    #[must_use]
    pub(crate) fn about<T: Into<String>>(mut self, things: impl IntoIterator<Item = T>) -> Self {
        self.about = things.into_iter().map(Into::into).collect();
        self
    }

    /// Makes one finding of all that are about the same with the same help, since there is one thing to mend; `text` is
    /// said at the other places. What it is `about` has to be said, too.
    #[must_use]
    pub(crate) fn alike(mut self, text: &'static str) -> Self {
        self.alike = Some(text);
        self
    }

    /// Lets nothing else be offered in place of what it says is to be done.
    #[must_use]
    pub(crate) fn settled(mut self) -> Self {
        self.settled = true;
        self
    }

    /// Offers a change of the text.
    #[must_use]
    pub fn patch(mut self, span: Span, text: impl Into<String>) -> Self {
        self.patch = Some(Patch { span, text: text.into() });
        self
    }

    /// Offers several entries in place of one, each on a line of its own where that stands on one.
    #[must_use]
    pub(crate) fn patch_items(mut self, span: Span, items: Vec<String>) -> Self {
        let text = items.join(", ");
        self.items = items;
        self.patch(span, text)
    }

    /// Changes another place as well, which stands before that of its change.
    pub(crate) fn also_change(&mut self, span: Span, text: impl Into<String>) {
        self.also = Some(Patch { span, text: text.into() });
    }

    /// Makes one change of two, and puts the entries of one in the column of the first, where that begins its line.
    pub(super) fn lay_out(&mut self, map: &SourceMap) {
        if let (Some(patch), Some(also)) = (self.patch.as_mut(), self.also.take()) {
            let text = map.text(patch.span.file);
            // One that does not stand before the other cannot be made with it.
            if let Some(between) = text.get(also.span.end as usize..patch.span.start as usize) {
                patch.text = also.text + between + &patch.text;
                patch.span = also.span.to(patch.span);
            }
        }
        let Some(patch) = self.patch.as_mut().filter(|_| !self.items.is_empty()) else { return };
        let text = map.text(patch.span.file);
        let start = patch.span.start as usize;
        let begin = map.line_start(patch.span.file, patch.span.start) as usize;
        let before = &text[begin..start];
        // What has no value may have its colon.
        patch.span.end += u32::from(text[patch.span.end as usize..].starts_with(':'));
        if before.trim().is_empty() {
            patch.text = self.items.join(&format!("\n{before}"));
        }
    }
}
