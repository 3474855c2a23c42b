//! Texts that are more than a word: ways to a member, and sentences.

use super::{Keys, shown};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};

impl Keys<'_> {
    /// The text of `key`: names of members with dots between them.
    pub(crate) fn way(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Text> {
        let way = self.text(key, diagnostics)?;
        let Some(plain) = plain(&way.value) else { return Some(way) };
        diagnostics.push(
            Diagnostic::error(
                &codes::WRONG_KIND,
                way.span,
                format!("`{}` is no way to a member", shown(&way.value)),
            )
            .label("expected the names of members, with dots between them")
            .help(format!("did you mean `{}`?", shown(&plain)))
            .patch(way.span, plain),
        );
        None
    }

    /// The text of `key`, which tells readers something; `example` is one.
    pub(crate) fn sentence(
        &mut self,
        key: &'static str,
        example: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Text> {
        let text = self.text(key, diagnostics)?;
        if matches!(text.value.as_str(), "true" | "false" | "yes" | "no") {
            diagnostics.push(
                Diagnostic::error(
                    &codes::WRONG_KIND,
                    text.span,
                    format!("`{key}` is a sentence, found `{}`", text.value),
                )
                .help(format!("say it to readers: `{key}: {example}`")),
            );
        }
        Some(text)
    }
}

/// A way as others write it, `$.meta.next` and `/meta/next`, in dots alone.
fn plain(way: &str) -> Option<String> {
    let rest = way.strip_prefix("$.").or_else(|| way.strip_prefix('/'))?;
    let plain = rest.replace('/', ".");
    let is_name = |name: &str| !name.is_empty() && !name.contains(['[', '*', '$']);
    plain.split('.').all(is_name).then_some(plain)
}
