//! `union:` of a model.

use super::reader::{self, Keys};
use super::{in_place, member, short};
use crate::ast::{ModelKind, Text, TypeExpr, UnionForm, UnionVariant};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow;
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

const FORMS: [&str; 4] = ["tag", "variants", "key", "untagged"];

/// The keys of a variant, by which it is told from an object that has no name.
const KEYS: [&str; 5] = ["allow", "also", "doc", "name", "type"];

/// Reads a union in one of its three forms.
pub(super) fn read(node: &Node, diagnostics: &mut Diagnostics) -> Option<ModelKind> {
    let mut keys = Keys::open("a union", node, diagnostics)?;
    let (tag, called) = match key_for_tag(&keys) {
        Some((tag, found)) => {
            diagnostics.push(found);
            let _read = keys.entry("key");
            (Some(tag), true)
        }
        None => (keys.text("tag", diagnostics), false),
    };
    let content = keys.text("content", diagnostics);
    if let Some(word) = content.as_ref().filter(|it| matches!(it.value.as_str(), "true" | "false"))
    {
        let found = Diagnostic::error(
            &codes::WRONG_KIND,
            word.span,
            format!("`content` is the name of a member, found `{}`", word.value),
        );
        diagnostics.push(found.help(
            "say in which member the variant stands, `content: data`; beside the tag it has no `content`",
        ));
    }
    if let (Some(tag), Some(content)) = (&tag, &content)
        && tag.value == content.value
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                content.span,
                format!("`{}` is both the tag and the content", reader::shown(&tag.value)),
            )
            .related(tag.span, "the tag")
            .help("one member cannot hold both: say which other one holds the variant, `content: data`, or leave it out"),
        );
    }
    let mut by_tag = variants("a variant", keys.entries("variants", diagnostics), diagnostics);
    let mut by_key = match called {
        true => Vec::new(),
        false => variants("a variant", keys.entries("key", diagnostics), diagnostics),
    };
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
        if by_tag.is_empty()
            && keys
                .peek("variants")
                .is_some_and(|it| it.value.as_mapping().is_some_and(<[Entry]>::is_empty))
        {
            diagnostics.push(
                Diagnostic::error(&codes::MISSING_KEY, tag.span, "the union has no variants")
                    .help("list them: `variants: { text: TextMessage }`"),
            );
        } else if by_tag.is_empty() && !unread {
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
        0 if let Some((span, found)) = tag_as_key(node) => {
            while keys.take_first(|_| true).is_some() {}
            diagnostics.push(found.patch(span.0, span.1));
        }
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

/// `{ key: type, variants: { … } }`, where the key that tells the variant is called otherwise.
fn key_for_tag(keys: &Keys<'_>) -> Option<(Text, Diagnostic)> {
    let key = keys.peek("key").filter(|_| !keys.has("tag") && keys.has("variants"))?;
    let name = key.value.as_scalar()?.text.clone();
    let found =
        Diagnostic::error(&codes::WRONG_KIND, key.value.span, "`key` is a mapping, found a text")
            .label("expected a mapping")
            .help(format!(
                "the member that tells the variant is its tag: `tag: {}`",
                reader::shown(&name)
            ))
            .patch(key.key.span, "tag");
    Some((Text { value: name, span: key.value.span }, found))
}

/// `union: { kind: { email: Email, sms: Sms } }`: the tag as a key.
fn tag_as_key(node: &Node) -> Option<((Span, String), Diagnostic)> {
    let [only] = node.as_mapping()? else { return None };
    let variants = only
        .value
        .as_mapping()
        .filter(|all| all.iter().all(|it| it.value.as_scalar().is_some()))?;
    if variants.is_empty() {
        return None;
    }
    let mended = format!("tag: {}, variants: {}", only.key.value, flow(&only.value));
    let found = Diagnostic::error(
        &codes::MISSING_KEY,
        only.key.span,
        "the union does not say how its variants are told apart",
    )
    .help(format!("the tag has a key of its own: `{}`", reader::shown(&mended)));
    // On lines of its own a mapping begins with its first key.
    let flow = only.key.span.start > node.span.start;
    flow.then(|| ((only.key.span.to(only.value.span), mended), found))
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
    if let Some(found) = names_alone(entries).filter(|_| what == "a variant") {
        diagnostics.push(found);
        let poisoned = |entry: &Entry| UnionVariant {
            wire: entry.key.clone(),
            also: Vec::new(),
            name: None,
            ty: TypeExpr::poisoned(entry.key.span),
            doc: None,
        };
        return entries.iter().map(poisoned).collect();
    }
    let whole = entries.iter().enumerate().filter(|(at, _)| !member::is_rest_of_type(entries, *at));
    whole.map(|(_, entry)| variant(what, entry, diagnostics)).collect()
}

/// `{ Email, Sms }`: variants of which only the types are named.
fn names_alone(entries: &[Entry]) -> Option<Diagnostic> {
    let [first, .., last] = entries else { return None };
    let is_name =
        |entry: &Entry| entry.value.is_null() && entry.key.value.starts_with(char::is_uppercase);
    if !entries.iter().all(|entry| is_name(entry) && reader::is_plain(&entry.key)) {
        return None;
    }
    let named = |entry: &Entry| format!("{0}: {0}", entry.key.value);
    let mended: Vec<String> = entries.iter().map(named).collect();
    let mended = mended.join(", ");
    let name = reader::shown(&first.key.value);
    let found =
        Diagnostic::error(&codes::EMPTY_VALUE, first.key.span, format!("`{name}` has no value"))
            .label("a variant has a name and a type")
            .help(format!("say both: `{{ {} }}`", reader::shown(&mended)));
    // What stands on lines of its own has no commas.
    let flow = entries.windows(2).all(|pair| pair[1].key.span.start - pair[0].key.span.end < 4);
    Some(if flow { found.patch(first.key.span.to(last.key.span), mended) } else { found })
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
    // The tag of a variant is a text, of which the `?` would be a part.
    if let Some(bare) = entry.key.value.strip_suffix('?').filter(|bare| !bare.is_empty())
        && reader::is_plain(&entry.key)
    {
        let name = reader::shown(&entry.key.value);
        let message = format!("`{name}` cannot be the name of {what}");
        diagnostics.push(
            Diagnostic::error(&codes::BAD_NAME, entry.key.span, message)
                .help(format!(
                    "write `{}`: a name that is meant so is put in quotes",
                    reader::shown(bare)
                ))
                .patch(entry.key.span, bare),
        );
    }
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
