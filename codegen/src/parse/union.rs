//! `union:` of a model.

use super::member;
use super::reader::{self, Keys};
use crate::ast::{ModelKind, TypeExpr, TypeKind, UnionForm, UnionVariant};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::yaml::{Entry, Node, Value};

/// Reads a union in one of its three forms.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<ModelKind> {
    let mut keys = Keys::open("a union", node, diagnostics)?;
    let tag = keys.text("tag", diagnostics);
    let content = keys.text("content", diagnostics);
    let by_tag = variants(keys.entries("variants", diagnostics), diagnostics);
    let by_key = variants(keys.entries("key", diagnostics), diagnostics);
    let untagged = variants(keys.entries("untagged", diagnostics), diagnostics);
    let mut forms = Vec::new();
    if let Some(tag) = tag {
        if by_tag.is_empty() {
            keys.missing(
                "variants",
                tag.span,
                "list them: `variants: { text: TextMessage }`",
                diagnostics,
            );
        }
        forms.push((UnionForm::Tagged { tag, content }, by_tag));
    } else if let Some(first) = by_tag.first() {
        keys.missing(
            "tag",
            first.wire.span,
            "say which member tells the variant: `tag: type`",
            diagnostics,
        );
    }
    if !by_key.is_empty() {
        forms.push((UnionForm::Keyed, by_key));
    }
    if !untagged.is_empty() {
        forms.push((UnionForm::Untagged, untagged));
    }
    let help = "a union has `tag` and `variants`, or `key`, or `untagged`";
    match forms.len() {
        1 => {}
        0 => keys.missing("tag", node.span, help, diagnostics),
        _ => diagnostics.push(
            Diagnostic::error(&codes::AMBIGUOUS_ITEM, node.span, "a union is told in two ways")
                .help(help),
        ),
    }
    keys.finish(diagnostics);
    let (form, variants) = forms.into_iter().next()?;
    Some(ModelKind::Union { form, variants })
}

fn variants(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<UnionVariant> {
    entries.iter().filter_map(|entry| variant(entry, diagnostics)).collect()
}

fn variant(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<UnionVariant> {
    let node = reader::present(entry, diagnostics)?;
    let mut variant = UnionVariant {
        wire: entry.key.clone(),
        also: Vec::new(),
        name: None,
        ty: TypeExpr { kind: TypeKind::Poisoned, span: node.span },
        doc: None,
    };
    match &node.value {
        Value::Scalar(scalar) => {
            let short = member::short(node, &scalar.text, diagnostics);
            variant.ty = short.ty;
            variant.doc = short.doc;
        }
        _ => {
            let mut keys = Keys::open("a variant", node, diagnostics)?;
            match keys.node("type", diagnostics) {
                Some(ty) => variant.ty = super::model::bare_type(ty, diagnostics),
                None => keys.missing(
                    "type",
                    entry.key.span,
                    "say what it holds: `type: TextMessage`",
                    diagnostics,
                ),
            }
            variant.also = keys.texts("also", diagnostics);
            variant.name = keys.text("name", diagnostics);
            variant.doc = keys.doc("doc", diagnostics);
            keys.finish(diagnostics);
        }
    }
    Some(variant)
}
