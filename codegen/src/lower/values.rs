//! Values where types belong: `status: open` among parameters, `404: Conflict` among errors.

use super::models::Registry;
use crate::ast::{ErrorEntry, StatusPattern, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;
use crate::type_slips;
use crate::vocabulary;

impl Registry<'_> {
    /// The word that stands in the place of a type, if nothing is called so and no type is meant.
    fn stray_word<'e>(&self, expr: &'e TypeExpr, diagnostics: &Diagnostics) -> Option<&'e str> {
        let TypeKind::Name { name, arguments } = &expr.kind else { return None };
        let plain = arguments.is_empty() && expr.limits.is_none() && self.is_unknown(expr);
        let meant = self.meant(expr, diagnostics).is_some()
            || type_slips::no_type(name).is_some()
            || type_slips::point_in_time(name).is_some()
            || type_slips::raw(name).is_some()
            || matches!(
                name.as_str(),
                "enum" | "optional" | "multipart" | "form" | "xml" | "object" | "array" | "union"
            );
        (plain && !meant).then_some(name)
    }

    /// The finding about a value of a parameter in the place of its type: models are written with capitals.
    pub(super) fn value_of_parameter(
        &self,
        expr: &TypeExpr,
        diagnostics: &Diagnostics,
    ) -> Option<Diagnostic> {
        let word = self.stray_word(expr, diagnostics)?;
        let fits = word.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let constant = format!("{{ const: {word} }}");
        fits.then(|| {
            unknown(word, expr).help(format!(
                "what is always sent is a constant, `{}`; one of several values is an enum, which is a model with a name",
                shown(&constant)
            ))
        })
    }

    /// The finding about the text of a claim without its quotes.
    pub(super) fn value_of_claim(
        &self,
        expr: &TypeExpr,
        diagnostics: &Diagnostics,
    ) -> Option<Diagnostic> {
        let word = self.stray_word(expr, diagnostics)?;
        let quoted = format!("\"{word}\"");
        word.starts_with(char::is_lowercase).then(|| {
            unknown(word, expr)
                .help(format!("what is always the same is put in quotes: `{quoted}`"))
                .patch(expr.span, quoted)
        })
    }

    /// The finding about an error of which the name of its status stands in the place of its body.
    pub(super) fn name_of_status(
        &self,
        entry: &ErrorEntry,
        expr: &TypeExpr,
        diagnostics: &Diagnostics,
    ) -> Option<Diagnostic> {
        let StatusPattern::Exactly(status) = entry.status.value else { return None };
        let word = self.stray_word(expr, diagnostics)?;
        let letters = |text: &str| text.replace([' ', '-', '_', '\''], "").to_ascii_lowercase();
        let reason =
            vocabulary::reason(status).filter(|reason| letters(reason) == letters(word))?;
        Some(
            unknown(word, expr)
                .help(format!(
                    "what {status} is called follows from the status ({reason}): name the model of the body, or say \
                     `{status}: nothing`"
                ))
                .patch(expr.span, "nothing"),
        )
    }
}

fn unknown(word: &str, expr: &TypeExpr) -> Diagnostic {
    let message = format!("there is no type `{}`", shown(word));
    Diagnostic::error(&codes::UNKNOWN_TYPE, expr.span, message)
        .about([word])
        .label("neither a scalar nor a model")
}
