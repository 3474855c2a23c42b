//! Alternatives that their media types tell apart.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;
use crate::source::Span;
use clientwright_wire::media::essence;

/// The media types of the alternatives so far, and where they stand.
#[derive(Default)]
pub(super) struct Distinct(BTreeMap<String, Span>);

impl Distinct {
    /// Notes one more; two of one media type cannot be told apart.
    pub(super) fn add(&mut self, media: &str, span: Span, diagnostics: &mut Diagnostics) {
        let media = essence(media).to_ascii_lowercase();
        match self.0.get(&media) {
            Some(first) => diagnostics.push(
                Diagnostic::error(
                    &codes::SAME_MEDIA,
                    span,
                    format!("two alternatives are `{}`", shown(&media)),
                )
                .label("nothing tells this one from the other")
                .related(*first, "the other one")
                .help("name another media type, or make one model of both: a union"),
            ),
            None => {
                self.0.insert(media, span);
            }
        }
    }
}
