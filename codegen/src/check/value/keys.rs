//! Maps whose keys are more than texts.

use super::{ELISION, Walk, member};
use crate::check::scalar;
use crate::diag::{Diagnostic, codes};
use crate::ir::{EnumWire, ModelKind, Type, Variant};
use crate::parse::shown;
use crate::yaml::{Entry, Node};

impl Walk<'_> {
    pub(super) fn keyed(&mut self, node: &Node, key: &Type, value: &Type) {
        let Some(entries) = node.as_mapping() else {
            self.mismatch(node, "a mapping");
            return;
        };
        for entry in entries.iter().filter(|entry| entry.key.value != ELISION) {
            self.key(entry, key);
            self.inside(&member(&entry.key.value), |walk| walk.value(&entry.value, value));
        }
    }

    /// The key of a map; what an enum does not list is kept, as everywhere.
    fn key(&mut self, entry: &Entry, ty: &Type) {
        let text = entry.key.value.as_str();
        let scalar = match ty {
            Type::Scalar(scalar) => *scalar,
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Newtype(newtype) => newtype.of.scalar(),
                ModelKind::Alias(ty) => return self.key(entry, ty),
                ModelKind::Enum(values) if values.other.is_none() => {
                    let is_text = |variant: &Variant| {
                        variant.wire == text
                            || variant.also.iter().any(|also| also == text)
                            || values.wire == EnumWire::NamedNumbers
                                && variant.wire_name.eq_ignore_ascii_case(text)
                    };
                    if !values.variants.iter().any(is_text) {
                        self.bad_key(entry, "a value of the enum");
                    }
                    return;
                }
                _ => return,
            },
            _ => return,
        };
        if !scalar::fits(text, true, scalar) {
            self.bad_key(entry, scalar::expectation(scalar));
        }
    }

    fn bad_key(&mut self, entry: &Entry, expected: &str) {
        let key = shown(&entry.key.value);
        self.diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                entry.key.span,
                format!("the key `{key}` of `{}` is no key of this map", self.path),
            )
            .label(format!("expected {expected}")),
        );
    }
}
