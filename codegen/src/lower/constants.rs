//! Members that are always sent with one value.

use super::fields::place;
use super::models::Registry;
use super::types::POISONED;
use crate::ast::{self, Member, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Constant, Literal, Scalar, Type};
use crate::parse::{is_number, shown};
use crate::source::Span;

impl Registry<'_> {
    /// The value of a member that is always sent.
    pub(super) fn constant(
        &mut self,
        member: &Member,
        value: &Text,
        diagnostics: &mut Diagnostics,
    ) -> Option<Constant> {
        let (ty, _) = self.member_type(member, diagnostics);
        let ty = self.behind_name(ty);
        let text = &value.value;
        if let Type::Model(id) = ty
            && let ast::ModelKind::Enum { values, .. } = &self.model(id).kind
        {
            let place = self.model(id).name.span;
            return constant_of_enum(
                member,
                value,
                values,
                (self.named_numbers, place),
                diagnostics,
            );
        }
        if ty == POISONED || matches!(ty, Type::Model(id) if self.is_unread(id)) {
            return None;
        }
        let mut whole = None;
        let literal = match ty {
            Type::Scalar(Scalar::Boolean) => text.parse().ok().map(Literal::Boolean),
            Type::Scalar(scalar) if let Some(bits) = bits(scalar) => {
                whole = Some(bits);
                integer(text, scalar).map(Literal::Integer)
            }
            Type::Scalar(Scalar::String | Scalar::Url) => Some(Literal::Text(text.clone())),
            Type::Model(id) if self.is_text_id(id) => Some(Literal::Text(text.clone())),
            _ => None,
        };
        if literal.is_none() {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_CONSTANT,
                    value.span,
                    format!(
                        "`{}` cannot be the constant `{}`",
                        shown(text),
                        shown(&member.wire.value)
                    ),
                )
                .label(match whole {
                    Some(bits) => format!("expected {bits}"),
                    None => "expected a text, a whole number or a boolean of the declared type"
                        .to_owned(),
                })
                .help("a constant is a value of its `type`; without one it is a text"),
            );
        }
        let limits = self.limits(&member.ty, &ty, diagnostics);
        let beyond = limits.and_then(|limits| limits.broken_by(ty.size_of(text)?));
        if let (Some(beyond), true) = (beyond, literal.is_some()) {
            let name = shown(&member.wire.value);
            let message = format!("the constant `{}` of `{name}` is {beyond}", shown(text));
            diagnostics.push(
                Diagnostic::error(&codes::BAD_CONSTANT, value.span, message)
                    .related(member.ty.span, "the type")
                    .help("correct the value, or the limits of the type"),
            );
        }
        literal.map(|value| Constant {
            wire: member.wire.value.clone(),
            value,
            xml: place(member),
            span: member.wire.span,
        })
    }
}

/// What a whole number of the type is called.
fn bits(scalar: Scalar) -> Option<&'static str> {
    match scalar {
        Scalar::Int32 => Some("a whole number of 32 bits"),
        Scalar::Int64 => Some("a whole number of 64 bits"),
        Scalar::Uint32 => Some("a whole number of 32 bits, not negative"),
        Scalar::Uint64 => Some("a whole number of 64 bits, not negative"),
        _ => None,
    }
}

/// The whole number that a text is, if the type holds it.
fn integer(text: &str, scalar: Scalar) -> Option<i128> {
    match scalar {
        Scalar::Int32 => text.parse::<i32>().ok().map(Into::into),
        Scalar::Int64 => text.parse::<i64>().ok().map(Into::into),
        Scalar::Uint32 => text.parse::<u32>().ok().map(Into::into),
        Scalar::Uint64 => text.parse::<u64>().ok().map(Into::into),
        _ => None,
    }
}

/// A value of an enum that is always sent. What is not listed would be a slip, in an open enum too: a constant
/// is what its author knows.
fn constant_of_enum(
    member: &Member,
    value: &Text,
    values: &[ast::EnumValue],
    (by_name, model): (bool, Span),
    diagnostics: &mut Diagnostics,
) -> Option<Constant> {
    let text = value.value.as_str();
    let numbers = values.iter().all(|known| is_number(&known.wire.value));
    let named = |known: &ast::EnumValue| {
        numbers && known.name.as_ref().is_some_and(|name| name.value == text)
    };
    let known = |known: &ast::EnumValue| {
        known.wire.value == text || known.also.iter().any(|it| it.value == text) || named(known)
    };
    let found = values.iter().find(|it| known(it));
    if values.is_empty() || found.is_some() {
        // A name of a number is the number, unless names are what is sent.
        let wire = found.filter(|it| numbers && !(by_name && named(it)));
        let literal = match wire.and_then(|it| it.wire.value.parse().ok()) {
            Some(number) => Literal::Integer(number),
            None => Literal::Text(text.to_owned()),
        };
        return Some(Constant {
            wire: member.wire.value.clone(),
            value: literal,
            xml: place(member),
            span: member.wire.span,
        });
    }
    let diagnostic = Diagnostic::error(
        &codes::BAD_CONSTANT,
        value.span,
        format!("`{}` cannot be the constant `{}`", shown(text), shown(&member.wire.value)),
    )
    .label("not a value of the enum")
    .related(member.ty.span, "the type")
    .rests_on([model]);
    let wires = values.iter().map(|known| known.wire.value.as_str());
    diagnostics.push(match diagnostics.nearest(text, wires) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(value.span, near),
        None => {
            diagnostic.help("add it to the enum, or leave the type out: a constant is a text then")
        }
    });
    None
}
