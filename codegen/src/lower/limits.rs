//! Limits of what is counted: values, characters, bytes and items.

use super::fields::held;
use super::models::Registry;
use super::types::POISONED;
use crate::ast::{TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Limits, Scalar, Type};
use crate::parse::shown;
use crate::type_expr;
use crate::vocabulary;

impl Registry<'_> {
    /// The limits of a type, if they fit it.
    pub(super) fn limits(
        &self,
        expr: &TypeExpr,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) -> Option<Limits> {
        let expr = match &expr.kind {
            TypeKind::Nullable(inner) => inner,
            _ => expr,
        };
        let limits = expr.limits.clone()?;
        if measure(ty).is_none() && *ty != POISONED {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_LIMITS,
                    expr.span,
                    "limits stand after numbers, texts, bytes and lists",
                )
                .label("this has no size")
                .help("leave the limits out")
                .patch(expr.span, type_expr::shown(&TypeExpr { limits: None, ..expr.clone() })),
            );
            return None;
        }
        let counts = !matches!(measure(ty), Some(Measure::Value) | None);
        let is_negative =
            |bound: &Option<String>| bound.as_ref().is_some_and(|bound| bound.starts_with('-'));
        if counts && (is_negative(&limits.min) || is_negative(&limits.max)) {
            let negative = [&limits.min, &limits.max].into_iter().find(|it| is_negative(it));
            let bound = negative.and_then(Option::as_deref).unwrap_or_default();
            let message = format!("a size is not negative, found `{}`", shown(bound));
            diagnostics.push(
                Diagnostic::error(&codes::BAD_LIMITS, expr.span, message)
                    .label("of a text, bytes or a list, limits are how long it is")
                    .help("leave out what has no limit: `string(..35)`")
                    .patch(expr.span, reached(expr, &limits, |bound| !bound.starts_with('-'))),
            );
            return None;
        }
        if let Some(found) = self.only_value(expr, &limits, ty) {
            diagnostics.push(found);
            return None;
        }
        let bounds = [&limits.min, &limits.max].into_iter().flatten();
        let never = bounds.filter_map(|bound| Some((bound, unreachable(bound, ty)?))).next();
        if let Some((bound, label)) = never {
            let message = format!("`{}` cannot be a limit here", shown(bound));
            diagnostics.push(
                Diagnostic::error(&codes::BAD_LIMITS, expr.span, message)
                    .label(label)
                    .help("leave out what has no limit, or say another type")
                    .patch(
                        expr.span,
                        reached(expr, &limits, |bound| unreachable(bound, ty).is_none()),
                    ),
            );
            return None;
        }
        Some(limits)
    }

    /// Reports limits that leave one value: an empty one, or a number that is always the same.
    fn only_value(&self, expr: &TypeExpr, limits: &Limits, ty: &Type) -> Option<Diagnostic> {
        let number = |bound: &Option<String>| bound.as_ref()?.parse::<f64>().ok();
        let without = type_expr::shown(&TypeExpr { limits: None, ..expr.clone() });
        let error = |message: String| Diagnostic::error(&codes::BAD_LIMITS, expr.span, message);
        let max = number(&limits.max)?;
        match measure(ty)? {
            Measure::Value => {
                let least = match held(ty)? {
                    Scalar::Uint32 | Scalar::Uint64 => Some(0.0),
                    _ => None,
                };
                let same = number(&limits.min).or(least) == Some(max);
                let value = shown(limits.max.as_deref().unwrap_or_default());
                let found = same.then(|| {
                    error(format!(
                        "the only value of `{}` is {value}",
                        shown(&type_expr::shown(expr))
                    ))
                    .label("limits of a number are its least and its greatest value")
                    .note("how many digits a number has is not said")
                })?;
                Some(match value == "0" {
                    true => found.help(format!("leave the limits out: `{}`", shown(&without))).patch(expr.span, without),
                    false => found.help(format!(
                        "up to there it is `{}(..{value})`; what is always sent is `{{ const: {value}, type: {0} }}`",
                        shown(&without)
                    )),
                })
            }
            _ if max > 0.0 => None,
            _ => Some(
                error(format!(
                    "nothing but an empty value fits `{}`",
                    shown(&type_expr::shown(expr))
                ))
                .label("limits of a text, bytes, a list or a map are how long it is")
                .help(format!(
                    "leave the limits out, or say what it holds at most: `{}(..35)`",
                    shown(&without)
                ))
                .patch(expr.span, without),
            ),
        }
    }
}

/// A type with those of its limits that some value reaches.
fn reached(expr: &TypeExpr, limits: &Limits, is: impl Fn(&str) -> bool) -> String {
    let keep = |bound: &Option<String>| bound.clone().filter(|bound| is(bound));
    let limits = Limits { min: keep(&limits.min), max: keep(&limits.max) };
    let none = limits.min.is_none() && limits.max.is_none();
    type_expr::shown(&TypeExpr { limits: (!none).then_some(limits), ..expr.clone() })
}

/// What limits count.
enum Measure {
    Value,
    Characters,
    Bytes,
    Items,
}

fn measure(ty: &Type) -> Option<Measure> {
    match ty {
        Type::Scalar(scalar) => match scalar {
            Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64
            | Scalar::Float
            | Scalar::Double
            | Scalar::Decimal => Some(Measure::Value),
            Scalar::String | Scalar::Url => Some(Measure::Characters),
            Scalar::Bytes | Scalar::BytesUrl => Some(Measure::Bytes),
            _ => None,
        },
        Type::List(_) | Type::Csv(_) | Type::Map(_) | Type::Keyed(..) => Some(Measure::Items),
        Type::AsText(inner) | Type::Nullable(inner) => measure(inner),
        Type::Model(_) | Type::Parameter(_) | Type::Link(_) => None,
    }
}

/// Why no value of the type is ever at a bound.
fn unreachable(bound: &str, ty: &Type) -> Option<&'static str> {
    let whole = |least: i128, most: i128, label| match bound.parse::<i128>() {
        Ok(number) => (!(least..=most).contains(&number)).then_some(label),
        Err(_) => Some("expected whole numbers"),
    };
    match measure(ty)? {
        Measure::Characters | Measure::Bytes | Measure::Items => {
            whole(0, i128::from(u64::MAX), "no size is that large")
        }
        Measure::Value => match held(ty)? {
            Scalar::Int32 => {
                whole(i32::MIN.into(), i32::MAX.into(), "`int32` has no value that far")
            }
            Scalar::Int64 => {
                whole(i64::MIN.into(), i64::MAX.into(), "`int64` has no value that far")
            }
            Scalar::Uint32 => whole(0, u32::MAX.into(), "`uint32` is from 0 to 4294967295"),
            Scalar::Uint64 => {
                whole(0, u64::MAX.into(), "`uint64` is from 0 to 18446744073709551615")
            }
            Scalar::Float => {
                let far = bound.parse::<f64>().is_ok_and(|it| it.abs() > f64::from(f32::MAX));
                far.then_some("`float` has no value that far, `double` has")
            }
            _ => None,
        },
    }
}

/// A scalar that was `meant` by a type of another name, with the limits that stand behind that.
pub(super) fn kept(expr: &TypeExpr, meant: String) -> String {
    let Some(limits) = &expr.limits else { return meant };
    let Some(ty) = vocabulary::scalar(&meant).map(Type::Scalar) else { return meant };
    let Some(measure) = measure(&ty) else { return meant };
    let mut limits = limits.clone();
    if limits.min == limits.max {
        match (&expr.kind, measure) {
            // `int(11)` says how wide a number is shown, and `varchar(35)` how long a text can be.
            (_, Measure::Value) => return meant,
            (TypeKind::Name { name, .. }, _) if name.to_ascii_lowercase().contains("var") => {
                limits.min = None;
            }
            _ => {}
        }
    }
    let bounds = || [&limits.min, &limits.max].into_iter().flatten();
    let beyond = |ty: &Type| bounds().any(|bound| unreachable(bound, ty).is_some());
    let name = match (meant.as_str(), beyond(&ty)) {
        (name, false) => name,
        ("int32", true) if !beyond(&Type::Scalar(Scalar::Int64)) => "int64",
        _ => return meant,
    };
    let kind = TypeKind::Name { name: name.to_owned(), arguments: Vec::new() };
    type_expr::shown(&TypeExpr { kind, limits: Some(limits), span: expr.span })
}

/// Limits as a sentence.
pub(super) fn in_words(limits: &Limits, ty: &Type) -> String {
    let unit = match measure(ty) {
        Some(Measure::Characters) => " characters",
        Some(Measure::Bytes) => " bytes",
        Some(Measure::Items) => " items",
        Some(Measure::Value) | None => "",
    };
    let unit = |count: &str| if count == "1" { unit.trim_end_matches('s') } else { unit };
    match (&limits.min, &limits.max) {
        (Some(min), Some(max)) if min == max => format!("Exactly {min}{}.", unit(min)),
        (Some(min), Some(max)) => format!("From {min} to {max}{}.", unit(max)),
        (Some(min), None) => format!("At least {min}{}.", unit(min)),
        (None, Some(max)) => format!("At most {max}{}.", unit(max)),
        (None, None) => String::new(),
    }
}
