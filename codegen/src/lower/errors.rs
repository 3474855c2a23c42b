//! What a failed call gives.

use super::models::Registry;
use crate::ast::{ErrorEntry, StatusPattern, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{ErrorVariant, Errors, ModelId, Type};
use crate::names::{Kind, Scope};
use crate::source::Spanned;

/// The errors of a method: its own, then those of its group and of the provider that it does not replace.
pub(super) fn merge(levels: [&[ErrorEntry]; 3]) -> Vec<&ErrorEntry> {
    let mut merged: Vec<&ErrorEntry> = Vec::new();
    for entry in levels.into_iter().flatten() {
        if !merged.iter().any(|known| known.status.value == entry.status.value) {
            merged.push(entry);
        }
    }
    merged.sort_by_key(|entry| entry.status.value);
    merged
}

/// Lowers the errors of a method called `ident`.
pub(super) fn lower(
    entries: &[&ErrorEntry],
    ident: impl FnOnce() -> String,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Errors {
    let resolved: Vec<(&ErrorEntry, Option<ModelId>)> = entries
        .iter()
        .map(|entry| (*entry, entry.ty.as_ref().and_then(|ty| model(ty, registry, diagnostics))))
        .collect();
    match resolved.as_slice() {
        [] => Errors::Undeclared,
        [(entry, Some(model))] if entry.name.is_none() => {
            Errors::One { model: *model, status: entry.status.value }
        }
        _ => Errors::Enum { ident: ident(), variants: variants(&resolved, diagnostics) },
    }
}

fn model(
    ty: &crate::ast::TypeExpr,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<ModelId> {
    let forms = registry.forms;
    match registry.resolve(ty, forms, diagnostics) {
        Type::Model(id) => Some(id),
        other => {
            if other != super::types::POISONED {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::BAD_ERROR_TYPE,
                        ty.span,
                        "the body of an error is a model or nothing",
                    )
                    .label("not a model")
                    .help("give it a name in `models`"),
                );
            }
            None
        }
    }
}

fn variants(
    entries: &[(&ErrorEntry, Option<ModelId>)],
    diagnostics: &mut Diagnostics,
) -> Vec<ErrorVariant> {
    let mut scope = Scope::new(Kind::Variant, "error");
    let mut named: Vec<(&Text, ErrorVariant)> = Vec::new();
    let mut variants = Vec::new();
    for (entry, model) in entries {
        let status = entry.status.value;
        // Several statuses may stand for one error.
        if let Some(name) = &entry.name
            && let Some((first, variant)) =
                named.iter_mut().find(|(known, _)| known.value == name.value)
        {
            variant.statuses.push(status);
            if variant.model != *model {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::BAD_ERROR_TYPE,
                        name.span,
                        format!("the error `{}` has two bodies", crate::parse::shown(&name.value)),
                    )
                    .related(first.span, "the other one"),
                );
            }
            continue;
        }
        let variant = |ident| ErrorVariant { ident, statuses: vec![status], model: *model };
        match &entry.name {
            Some(name) => {
                let ident = scope.declare(name, Some(name), diagnostics);
                named.push((name, variant(ident)));
            }
            None => {
                let name = Spanned::new(default_name(status), entry.status.span);
                let ident = scope.declare(&name, None, diagnostics);
                variants.push(variant(ident));
            }
        }
    }
    variants.extend(named.into_iter().map(|(_, variant)| variant));
    variants.sort_by_key(|variant| variant.statuses.first().copied());
    variants
}

/// What an error is called that the specification gives no name.
fn default_name(status: StatusPattern) -> String {
    match status {
        StatusPattern::Exactly(status) => {
            reason(status).map_or_else(|| format!("Status {status}"), str::to_owned)
        }
        StatusPattern::Range(4) => "Client error".to_owned(),
        StatusPattern::Range(_) => "Server error".to_owned(),
        StatusPattern::Default => "Other".to_owned(),
    }
}

/// Reason phrases of RFC 9110 and the registry behind it.
fn reason(status: u16) -> Option<&'static str> {
    Some(match status {
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "Uri Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        _ => return None,
    })
}
