//! What a failed call gives.

use super::members::known_members;
use super::models::{Registry, newtype};
use super::types::POISONED;
use crate::ast::{ErrorEntry, ModelKind, StatusPattern, Text, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{ErrorVariant, Errors, Holds, ModelId, Outcome, Scalar, Type};
use crate::names::{Kind, Scope};
use crate::source::{Span, Spanned};
use crate::vocabulary::reason;

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

/// Lowers the errors of a method called `ident`, which gives `outcome` otherwise.
pub(super) fn lower(
    entries: &[&ErrorEntry],
    outcome: &Outcome,
    ident: impl FnOnce() -> String,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Errors {
    let mut unread = Vec::new();
    let resolved: Vec<(&ErrorEntry, Holds)> = entries
        .iter()
        .map(|entry| {
            let inside = entry.status.value == StatusPattern::Inside;
            let xml = entry.xml || inside && outcome.is_xml();
            let holds = entry.ty.as_ref().map(|ty| {
                if let Some(found) = registry.name_of_status(entry, ty, diagnostics) {
                    diagnostics.push(found);
                    return None;
                }
                holds(ty, xml, registry, diagnostics)
            });
            if holds == Some(None) {
                unread.push(entry.status.span);
            }
            (*entry, holds.flatten().unwrap_or(Holds::Nothing))
        })
        .collect();
    match resolved.as_slice() {
        [] => Errors::Undeclared,
        [(entry, holds @ (Holds::Model(model) | Holds::Xml(model)))] if entry.name.is_none() => {
            let xml = matches!(holds, Holds::Xml(_));
            Errors::One { model: *model, status: entry.status.value, xml }
        }
        // The same error, whether the status says so or the body.
        [(entry, holds @ (Holds::Model(model) | Holds::Xml(model))), (inside, other)]
            if other == holds
                && inside.status.value == StatusPattern::Inside
                && entry.name.is_none()
                && inside.name.is_none() =>
        {
            let xml = matches!(holds, Holds::Xml(_));
            Errors::One { model: *model, status: entry.status.value, xml }
        }
        _ => Errors::Enum { ident: ident(), variants: variants(&resolved, &unread, diagnostics) },
    }
}

/// What an error holds; nothing if nobody knows.
fn holds(
    ty: &crate::ast::TypeExpr,
    xml: bool,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Holds> {
    if matches!(ty.kind, TypeKind::Raw { text: true, .. }) {
        return Some(Holds::Text);
    }
    if registry.refuse_raw(ty, diagnostics) {
        return None;
    }
    let forms = registry.forms;
    Some(match registry.resolve(ty, forms, diagnostics) {
        found if found == POISONED => return None,
        found if xml => {
            registry.check_document(ty, &found, diagnostics);
            found.model().map_or(Holds::Nothing, Holds::Xml)
        }
        Type::Model(id) if registry.has_type_of_its_own(id) => Holds::Model(id),
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_ERROR_TYPE,
                    ty.span,
                    "the body of an error is a model, `text` or nothing",
                )
                .label("not a model")
                .help("give it a name in `models`"),
            );
            Holds::Nothing
        }
    })
}

impl Registry<'_> {
    /// Whether a model is more than another name for a list, a map or a scalar of the language.
    fn has_type_of_its_own(&mut self, id: ModelId) -> bool {
        let mut at = id;
        // A circle of names is reported by itself.
        for _ in 0..64 {
            let ModelKind::Alias(expr) = &self.model(at).kind else { return true };
            let forms = self.forms;
            match self.resolve(expr, forms, &mut Diagnostics::default()) {
                Type::Model(next) => at = next,
                Type::Scalar(Scalar::Json | Scalar::Poisoned) => return true,
                ty => return newtype(&ty).is_some(),
            }
        }
        true
    }
}

/// The members that lead to the value which says that a success is none; the first has to exist.
pub(super) fn inside(
    entries: &[&ErrorEntry],
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<String>> {
    let entry = entries.iter().find(|entry| entry.status.value == StatusPattern::Inside)?;
    let when = entry.when.as_ref()?;
    let path: Vec<String> = when.value.split('.').map(str::to_owned).collect();
    let forms = registry.forms;
    // What is wrong with the type is said elsewhere.
    let mut ignored = Diagnostics::default();
    if let Some(ty) = &entry.ty
        && let Type::Model(id) = registry.resolve(ty, forms, &mut ignored)
        && registry.plain(Type::Model(id)) != POISONED
    {
        let members = registry.members(id, &mut ignored);
        let known: Vec<&str> = members.iter().map(|flat| flat.member.wire.value.as_str()).collect();
        let first = path.first().map_or("", String::as_str);
        if !known.contains(&first) && !registry.lost_members(id) {
            let diagnostic = Diagnostic::error(
                &codes::UNKNOWN_MEMBER,
                when.span,
                format!("the error has no member `{}`", crate::parse::shown(first)),
            );
            diagnostics.push(match nearest(first, known.iter().copied()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(known_members(&known)),
            });
        }
    }
    Some(path)
}

/// The errors by name. What those hold at places that are `unread` nobody knows.
fn variants(
    entries: &[(&ErrorEntry, Holds)],
    unread: &[Span],
    diagnostics: &mut Diagnostics,
) -> Vec<ErrorVariant> {
    let mut scope = Scope::new(Kind::Variant, "error");
    let mut named: Vec<(&Text, Span, ErrorVariant)> = Vec::new();
    let mut variants = Vec::new();
    for (entry, holds) in entries {
        let status = entry.status.value;
        // Several statuses may stand for one error.
        if let Some(name) = &entry.name
            && let Some((first, place, variant)) =
                named.iter_mut().find(|(known, ..)| known.value == name.value)
        {
            variant.statuses.push(status);
            if variant.holds != *holds
                && [entry.status.span, *place].iter().all(|it| !unread.contains(it))
            {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::BAD_ERROR_TYPE,
                        name.span,
                        format!("the error `{}` has two bodies", crate::parse::shown(&name.value)),
                    )
                    .related(first.span, "the other one")
                    .help("one name stands for one body: give this one a name of its own"),
                );
            }
            continue;
        }
        let variant = |ident| ErrorVariant { ident, statuses: vec![status], holds: *holds };
        match &entry.name {
            Some(name) => {
                let ident = scope.declare(name, Some(name), diagnostics);
                named.push((name, entry.status.span, variant(ident)));
            }
            None => {
                let name = Spanned::new(default_name(status), entry.status.span);
                let ident = scope.declare(&name, None, diagnostics);
                variants.push(variant(ident));
            }
        }
    }
    variants.extend(named.into_iter().map(|(.., variant)| variant));
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
        StatusPattern::Inside => "In success".to_owned(),
    }
}
