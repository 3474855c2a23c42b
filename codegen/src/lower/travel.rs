//! What can travel outside a body, and in which style.

use super::forms::Forms;
use super::methods::Parts;
use super::models::{Registry, newtype};
use super::parameter_slips;
use super::provider::check_header_value;
use super::types;
use crate::ast::{self, Text};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::ir::{NewtypeOf, Place, Scalar, Style, Type};
use crate::parse::shown;
use crate::type_expr;

const STYLES: [(&str, Style); 6] = [
    ("form", Style::Form),
    ("csv", Style::Csv),
    ("space", Style::Space),
    ("pipe", Style::Pipe),
    ("deep-object", Style::DeepObject),
    ("slash", Style::Slash),
];

impl Parts<'_, '_> {
    /// The style that a parameter names, if it fits the type.
    pub(super) fn style(
        &mut self,
        member: &ast::Member,
        (ty, nullable): (&Type, bool),
        place: Place,
        diagnostics: &mut Diagnostics,
    ) -> Option<Style> {
        let text = member.style.as_ref()?;
        let Some((_, style)) = STYLES.iter().find(|(name, _)| *name == text.value) else {
            diagnostics.push(match place {
                Place::Path => unknown_style_of_path(text),
                _ => unknown_style(text, &member.wire, is_object(ty, self.registry)),
            });
            // It may go by several names in the query.
            self.registry.lose_members();
            return Some(Style::Form);
        };
        let (fits, expected) = match style {
            Style::Slash if place != Place::Path => {
                (false, "only what stands in a path can keep its slashes")
            }
            _ if place == Place::Path && *style != Style::Slash => {
                (false, "of a path the only style is `slash`")
            }
            _ if !matches!(place, Place::Path | Place::Query) => {
                (false, "only a path and a query have styles")
            }
            _ if *ty == types::POISONED => (true, ""),
            // That nothing but a body has null is reported by itself.
            _ if nullable => (true, ""),
            _ if matches!(ty, Type::Model(id) if self.registry.is_unread(*id)) => (true, ""),
            Style::DeepObject => (is_object(ty, self.registry), "only an object can"),
            Style::Slash => (is_text(ty, self.registry), "only a text, or an id that is one, can"),
            _ => (
                !can_travel(ty, Place::Path, self.registry)
                    && can_travel(ty, Place::Query, self.registry),
                "only a list of scalars can",
            ),
        };
        if !fits {
            let name = shown(&member.wire.value);
            let found = Diagnostic::error(
                &codes::BAD_STYLE,
                text.span,
                format!("`{name}` cannot stand in this style"),
            );
            diagnostics.push(match (ty, place) {
                (Type::Csv(_), Place::Query) if *style != Style::DeepObject => {
                    parameter_slips::styled_twice(found, member, &text.value)
                }
                _ => found.label(expected),
            });
        }
        Some(*style)
    }
}

/// Whether a type is a text that may hold slashes.
fn is_text(ty: &Type, registry: &mut Registry<'_>) -> bool {
    newtype(&registry.plain(ty.clone())) == Some(NewtypeOf::Text)
}

/// What is said of a style of a part of a path that is none.
fn unknown_style_of_path(text: &Text) -> Diagnostic {
    let found = Diagnostic::error(
        &codes::BAD_STYLE,
        text.span,
        format!("`{}` is not a style", shown(&text.value)),
    );
    let lower = text.value.to_ascii_lowercase();
    let meant = ["slash", "reserved", "path", "wildcard", "catch", "greedy", "segment", "step"];
    if meant.iter().any(|word| lower.contains(word)) || nearest(&lower, ["slash"]).is_some() {
        return found.help("did you mean `slash`?").patch(text.span, "slash");
    }
    found.help("of a path the only style is `slash`, for a value that keeps its slashes")
}

/// What other descriptions of APIs call a style.
fn style_elsewhere(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
        "comma" | "commas" | "commaseparated" | "commadelimited" | "simple" | "joined" => "csv",
        "spacedelimited" | "ssv" | "spaceseparated" | "blank" => "space",
        "pipedelimited" | "pipes" | "pipeseparated" => "pipe",
        "nested" | "qs" | "object" | "deepobject" => "deep-object",
        "repeat" | "repeated" | "multi" | "multiple" | "exploded" | "explode" | "array"
        | "formexploded" => "form",
        _ => return None,
    })
}

/// What is said of a style of `name` that is none.
fn unknown_style(text: &Text, name: &Text, object: bool) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::BAD_STYLE,
        text.span,
        format!("`{}` is not a style", shown(&text.value)),
    );
    // What keeps its slashes stands in a path.
    let known = STYLES.map(|(name, _)| name).into_iter().filter(|name| *name != "slash");
    if matches!(text.value.as_str(), "brackets" | "bracket" | "indices") && !object {
        return diagnostic.help(format!(
            "brackets are a part of the name, which the query has once for each item: `\"{}[]\": {{ type: list<string>, name: … }}`",
            shown(&name.value)
        ));
    }
    let meant = style_elsewhere(&text.value);
    let meant =
        meant.or_else(|| (text.value != "tsv").then(|| nearest(&text.value, known)).flatten());
    let fits = |style: &&str| (*style == "deep-object") == object;
    match meant.filter(fits) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(text.span, near),
        None if object => diagnostic.help("an object stands in brackets: `style: deep-object`"),
        None => diagnostic
            .help("a list repeats its name unless it says `style: csv`, `space` or `pipe`"),
    }
}

/// Whether a value that the specification fixes can ever be sent.
pub(super) fn check_fixed(place: Place, value: &Text, diagnostics: &mut Diagnostics) {
    match place {
        Place::Header | Place::Cookie => check_header_value(value, diagnostics),
        Place::Path if matches!(value.value.as_str(), "" | "." | "..") => diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PARAMETER,
                value.span,
                format!("`{}` cannot stand in a path", shown(&value.value)),
            )
            .label("it would lead to another path"),
        ),
        Place::Path | Place::Query => {}
    }
}

/// A type as it is outside bodies. Another name for points in time stands for the form that these have in
/// bodies, so that it gives way to what it names.
pub(super) fn outside_bodies(ty: Type, registry: &mut Registry<'_>, depth: usize) -> Type {
    let id = match ty {
        // What counts since 1970 is in a text there anyway.
        Type::AsText(inner) if matches!(*inner, Type::Scalar(Scalar::DateTime(_))) => {
            return *inner;
        }
        Type::List(item) => {
            return Type::List(Box::new(outside_bodies(*item, registry, depth)));
        }
        Type::Map(value) => {
            return Type::Map(Box::new(outside_bodies(*value, registry, depth)));
        }
        Type::Keyed(key, value) => {
            return Type::Keyed(key, Box::new(outside_bodies(*value, registry, depth)));
        }
        Type::Model(id) => id,
        ty => return ty,
    };
    let ast::ModelKind::Alias(expr) = &registry.model(id).kind else { return ty };
    if depth > 32 {
        // A circle of names is reported elsewhere.
        return ty;
    }
    let named = registry.resolve(expr, Forms::default(), &mut Diagnostics::default());
    let named = outside_bodies(named, registry, depth + 1);
    let mut held = &named;
    while let Type::List(inner) | Type::Map(inner) | Type::Keyed(_, inner) = held {
        held = inner;
    }
    if matches!(held, Type::Scalar(Scalar::DateTime(_))) { named } else { Type::Model(id) }
}

/// Whether a type has members, so that their names can stand in brackets.
pub(super) fn is_object(ty: &Type, registry: &Registry<'_>) -> bool {
    use crate::ast::ModelKind;
    match ty {
        Type::Map(value) | Type::Keyed(_, value) => can_travel(value, Place::Query, registry),
        Type::Model(id) => matches!(
            registry.model(*id).kind,
            ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Poisoned
        ),
        _ => false,
    }
}

/// Whether a value can stand in a path, a query, a header or a cookie.
pub(super) fn can_travel(ty: &Type, place: Place, registry: &Registry<'_>) -> bool {
    use crate::ast::ModelKind;
    match ty {
        Type::Scalar(Scalar::Json) => false,
        Type::Scalar(_) | Type::Link(_) => true,
        Type::List(item) => place == Place::Query && can_travel(item, Place::Path, registry),
        Type::AsText(inner) => can_travel(inner, place, registry),
        // Nothing but a body has null.
        Type::Csv(item) => !matches!(**item, Type::Nullable(_)),
        Type::Map(_) | Type::Keyed(..) | Type::Nullable(_) | Type::Parameter(_) => false,
        Type::Model(id) => match &registry.model(*id).kind {
            ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Union { .. } => false,
            ModelKind::Enum { .. } | ModelKind::Poisoned => true,
            ModelKind::Alias(expr) => can_travel_as(expr, place, registry, 0),
        },
    }
}

/// The same of a type that has not been resolved; a circle of names is reported elsewhere.
fn can_travel_as(
    expr: &ast::TypeExpr,
    place: Place,
    registry: &Registry<'_>,
    depth: usize,
) -> bool {
    use crate::ast::{ModelKind, TypeKind};
    let TypeKind::Name { name, arguments } = &expr.kind else {
        return matches!(expr.kind, TypeKind::Poisoned);
    };
    match (name.as_str(), arguments.as_slice()) {
        ("list", [item]) => {
            place == Place::Query && can_travel_as(item, Place::Path, registry, depth + 1)
        }
        ("map" | "json", _) => false,
        (name, _) => match registry.lookup(name).map(|id| &registry.model(id).kind) {
            Some(ModelKind::Object(_) | ModelKind::Like { .. } | ModelKind::Union { .. }) => false,
            Some(ModelKind::Alias(inner)) => {
                depth > 32 || can_travel_as(inner, place, registry, depth + 1)
            }
            _ => true,
        },
    }
}

/// What is written in a body in place of a style.
pub(super) fn style_in_body(member: &ast::Member, style: &str) -> String {
    if style == "slash" {
        return "in a body a slash is sent as any other letter: leave it out".to_owned();
    }
    let lower = style.to_ascii_lowercase();
    let brackets = ["bracket", "[]", "array", "ind", "php", "repeat", "form", "multi"];
    if !brackets.iter().any(|word| lower.contains(word)) {
        return "a list in one text is `as: csv` in a body".to_owned();
    }
    let name = member.wire.value.trim_end_matches("[]");
    let mark = if member.optional { "?" } else { "" };
    format!(
        "a list in a `form` repeats its name, which has brackets if they are sent: `\"{}[]{mark}\": {}`",
        shown(name),
        type_expr::shown(&member.ty),
    )
}
