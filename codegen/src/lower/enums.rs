//! Enums: values, what Rust calls them, and how they travel.

use std::collections::BTreeMap;

use super::unions;
use crate::ast::{self, EnumValue, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Enum, EnumWire, Variant};
use crate::names::{self, Scope};
use crate::parse::{is_number, shown};

/// What the values of an enum become.
pub(super) fn lower(
    model: &ast::Model,
    values: &[EnumValue],
    closed: bool,
    named_numbers: bool,
    diagnostics: &mut Diagnostics,
) -> Enum {
    if values.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                &codes::EMPTY_ENUM,
                model.name.span,
                format!("the enum `{}` has no values", model.name.value),
            )
            .help("use `string` where any text may stand"),
        );
    }
    let numbers = !values.is_empty() && values.iter().all(|value| is_number(&value.wire.value));
    // A list of digits without names is a list of texts.
    let numbers = numbers && values.iter().any(|value| value.name.is_some());
    let wire = match (numbers, named_numbers) {
        (false, _) => EnumWire::Texts,
        (true, false) => EnumWire::Numbers,
        (true, true) => EnumWire::NamedNumbers,
    };
    let mut scope = Scope::new(names::Kind::Variant, "value");
    let mut seen: BTreeMap<&str, &Text> = BTreeMap::new();
    let mut variants = Vec::with_capacity(values.len());
    for value in values {
        let texts = value.also.iter().chain([&value.wire]);
        let named = value.name.iter().filter(|_| wire == EnumWire::NamedNumbers);
        let mut twice = false;
        for text in texts.chain(named) {
            if let Some(first) = seen.insert(&text.value, text) {
                twice = true;
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_VALUE,
                        text.span,
                        format!("the value `{}` is there twice", shown(&text.value)),
                    )
                    .related(first.span, "the first one")
                    .help("leave one of them out"),
                );
            }
        }
        // Two equal values would have equal names, too.
        if twice {
            continue;
        }
        let ident = match (&value.name, wire) {
            // The name of a number is a name of the wire too, of any form.
            (Some(name), EnumWire::Numbers | EnumWire::NamedNumbers) => {
                scope.declare(name, None, diagnostics)
            }
            (name, _) => scope.declare(&value.wire, name.as_ref(), diagnostics),
        };
        variants.push(Variant {
            wire: value.wire.value.clone(),
            wire_name: value.name.as_ref().unwrap_or(&value.wire).value.clone(),
            also: value.also.iter().map(|also| also.value.clone()).collect(),
            ident,
            docs: Docs { text: value.doc.as_ref().map(|doc| doc.value.clone()), ..Docs::default() },
        });
    }
    // Whatever the provider adds later is kept; the name must not be one that the provider has.
    let other =
        (!closed).then(|| unions::other(variants.iter().map(|variant| variant.ident.as_str())));
    Enum { variants, other, wire }
}
