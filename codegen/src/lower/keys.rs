//! Maps whose keys are more than texts: `map<time, int32>`.

use super::forms::Forms;
use super::models::Registry;
use super::types::POISONED;
use crate::ast::{ModelKind, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Scalar, Type};
use crate::parse::shown;
use crate::vocabulary;

/// Names for names for keys beyond this are a circle, which is reported by itself.
const LONGEST: usize = 64;

impl Registry<'_> {
    /// A map with keys of a type of their own.
    pub(super) fn keyed(
        &mut self,
        key: &TypeExpr,
        value: &TypeExpr,
        forms: Forms,
        diagnostics: &mut Diagnostics,
    ) -> Type {
        let value_type = self.resolve(value, forms, diagnostics);
        if !self.is_key(key, 0) {
            diagnostics.push(bad_key(key, value));
            return POISONED;
        }
        match self.resolve(key, forms, diagnostics) {
            // Reported already.
            POISONED => POISONED,
            key => Type::Keyed(Box::new(key), Box::new(value_type)),
        }
    }

    /// Whether a type is one text on the wire that no other one is equal to, and more than a text. A name that is
    /// not known is reported by itself.
    fn is_key(&self, expr: &TypeExpr, depth: usize) -> bool {
        let TypeKind::Name { name, arguments } = &expr.kind else {
            return matches!(expr.kind, TypeKind::Poisoned);
        };
        if !arguments.is_empty() || self.in_scope(name).is_some() {
            return false;
        }
        if let Some(scalar) = vocabulary::scalar(name) {
            return match scalar {
                // Without a name of its own a text is the key of every map.
                Scalar::String => depth > 0,
                Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 => true,
                scalar => matches!(scalar, Scalar::Uuid | Scalar::Date | Scalar::Time),
            };
        }
        match self.lookup(name).map(|id| &self.model(id).kind) {
            None => !vocabulary::is_reserved(name),
            Some(ModelKind::Enum { .. } | ModelKind::Poisoned) => true,
            Some(ModelKind::Alias(inner)) => depth > LONGEST || self.is_key(inner, depth + 1),
            Some(_) => false,
        }
    }
}

fn bad_key(key: &TypeExpr, value: &TypeExpr) -> Diagnostic {
    let name = match &key.kind {
        TypeKind::Name { name, .. } => shown(name),
        _ => "… | null".to_owned(),
    };
    let diagnostic = Diagnostic::error(
        &codes::BAD_KEY,
        key.span,
        format!("`{name}` cannot be the key of a map"),
    );
    match &value.kind {
        TypeKind::Name { name: value, arguments } if name == "string" && arguments.is_empty() => {
            let value = shown(value);
            diagnostic.help(format!(
                "keys are texts unless something else is said, so only the values are named: `map<{value}>`"
            ))
        }
        _ if name == "string" => diagnostic
            .help("keys are texts unless something else is said, so only the values are named"),
        _ => diagnostic.label("expected an id, an enum, a whole number, `uuid`, `date` or `time`"),
    }
}
