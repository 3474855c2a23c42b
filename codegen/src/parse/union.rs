//! `union:` of a model.

use super::reader::{self, Keys};
use super::{in_place, short};
use crate::ast::{ModelKind, Text, TypeExpr, UnionForm, UnionVariant};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow;
use crate::yaml::{Entry, Node, Value};

const FORMS: [&str; 4] = ["tag", "variants", "key", "untagged"];

/// The keys of a variant, by which it is told from an object that has no name.
const KEYS: [&str; 5] = ["allow", "also", "doc", "name", "type"];

/// Reads a union in one of its three forms.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<ModelKind> {
    let mut keys = Keys::open("a union", node, diagnostics)?;
    let tag = keys.text("tag", diagnostics);
    let content = keys.text("content", diagnostics);
    let mut by_tag = variants("a variant", keys.entries("variants", diagnostics), diagnostics);
    let mut by_key = variants("a variant", keys.entries("key", diagnostics), diagnostics);
    let mut untagged = variants("a variant", keys.entries("untagged", diagnostics), diagnostics);
    if let Some(tag) = &tag
        && by_tag.is_empty()
    {
        if let Some((key, found)) = beside_tag(tag, &keys) {
            diagnostics.push(found);
            by_tag = std::mem::take(if key == "key" { &mut by_key } else { &mut untagged });
        } else if !keys.meant("variants")
            && let Some(entries) = keys.take_member_entries()
        {
            diagnostics.push(in_no_variants(&entries));
            by_tag = entries.into_iter().map(|it| variant("a variant", it, diagnostics)).collect();
        }
    }
    // Nobody knows the variants of one that is there and cannot be read.
    let unread = FORMS[1..].iter().any(|form| keys.is_unreadable(form));
    let mut forms = Vec::new();
    let tagless = tag.is_none() && !by_tag.is_empty();
    if let Some(tag) = tag {
        if by_tag.is_empty() && !unread {
            keys.missing("variants", tag.span, "list them: `variants: { text: TextMessage }`");
        }
        forms.push((UnionForm::Tagged { tag, content }, by_tag));
    } else if let Some(first) = by_tag.first() {
        keys.missing("tag", first.wire.span, "say which member tells the variant: `tag: type`");
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
        // Said already.
        0 if tagless || FORMS.iter().any(|form| keys.meant(form)) => {}
        0 if keys.take_members() => diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                node.span,
                "the union does not say how its variants are told apart",
            )
            .help("put them one level deeper: `untagged: { … }`, or `tag: type` and `variants: { … }`"),
        ),
        0 => diagnostics.push(
            Diagnostic::error(
                &codes::MISSING_KEY,
                node.span,
                "the union does not say how its variants are told apart",
            )
            .help(help),
        ),
        _ => diagnostics.push(
            Diagnostic::error(&codes::AMBIGUOUS_ITEM, node.span, "a union is told in two ways")
                .help(help),
        ),
    }
    keys.finish(diagnostics);
    let (form, variants) = forms.into_iter().next().filter(|_| !unread)?;
    Some(ModelKind::Union { form, variants })
}

/// What is told by a tag stands in `variants`.
fn beside_tag(tag: &Text, keys: &Keys<'_>) -> Option<(&'static str, Diagnostic)> {
    let key = ["untagged", "key"].into_iter().find(|key| keys.has(key))?;
    let found =
        Diagnostic::error(&codes::AMBIGUOUS_ITEM, keys.span(key)?, "a union is told in two ways")
            .related(tag.span, "by this tag")
            .help("with a tag, its variants stand in `variants`")
            .patch(keys.span(key)?, "variants");
    (!keys.has("variants")).then_some((key, found))
}

/// Variants that stand beside the tag.
fn in_no_variants(entries: &[&Entry]) -> Diagnostic {
    let whole = entries.iter().fold(entries[0].key.span, |whole, it| whole.to(it.value.span));
    let all: Vec<Entry> = entries.iter().map(|entry| (*entry).clone()).collect();
    let inner = Node { span: whole, value: Value::Mapping(all), comment_after: None };
    let mended = format!("variants: {}", flow(&inner));
    Diagnostic::error(
        &codes::MISSING_KEY,
        entries[0].key.span,
        "the variants of the union stand in no `variants`",
    )
    .label("`variants` is missing")
    .help(format!("put them one level deeper: `{}`", reader::shown(&mended)))
    .patch(whole, mended)
}

/// Reads `NAME: TYPE`, or the long form with names and documentation. `what` each of them is called.
pub(super) fn variants(
    what: &'static str,
    entries: &[Entry],
    diagnostics: &mut Diagnostics,
) -> Vec<UnionVariant> {
    entries.iter().map(|entry| variant(what, entry, diagnostics)).collect()
}

/// A bad variant is kept, so that nobody misses it.
fn variant(what: &'static str, entry: &Entry, diagnostics: &mut Diagnostics) -> UnionVariant {
    let node = &entry.value;
    let mut variant = UnionVariant {
        wire: entry.key.clone(),
        also: Vec::new(),
        name: None,
        ty: TypeExpr::poisoned(node.span),
        doc: None,
    };
    match &node.value {
        Value::Scalar(scalar) => {
            let short = short::read(node, &scalar.text, diagnostics);
            short::no_flags(&short, what, diagnostics);
            variant.ty = short.ty;
            variant.doc = short.doc;
        }
        Value::Null => {
            reader::present(entry, diagnostics);
        }
        Value::Mapping(_) if let Some(found) = in_place::object(what, node, &KEYS) => {
            diagnostics.push(found);
        }
        _ => {
            let Some(mut keys) = Keys::open(what, node, diagnostics) else { return variant };
            keys.allow(entry.key.span.to(node.span), diagnostics);
            match keys.node("type", diagnostics) {
                Some(ty) => variant.ty = super::model::bare_type("type", ty, diagnostics),
                None => {
                    let help = match what {
                        "an event" => "say what it holds: `type: Notice`, or `type: nothing`",
                        _ => "say what it holds: `type: TextMessage`",
                    };
                    keys.missing("type", entry.key.span, help);
                }
            }
            variant.also = keys.texts("also", diagnostics);
            variant.name = keys.text("name", diagnostics);
            variant.doc = keys.doc("doc", diagnostics);
            keys.finish(diagnostics);
        }
    }
    variant
}
