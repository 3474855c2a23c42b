//! One of several: `Email | Sms`, `oneOf: [Email, Sms]`, a union without its key.

use super::super::reader::{Keys, shown};
use super::super::{json_schema, union};
use super::unknown;
use crate::ast::ModelKind;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow;
use crate::names::{self, Kind};
use crate::source::Span;
use crate::vocabulary;
use crate::yaml::{Entry, Node, Value};

/// Words for what can be one of several, without a member that says which.
const CHOICES: [&str; 2] = ["oneOf", "anyOf"];

/// The keys of a union.
const OF_UNIONS: [&str; 5] = ["tag", "content", "variants", "key", "untagged"];

/// `Email | Sms`, `open | paid` and `Literal['open', 'paid']`: a choice of types, or of texts.
pub(in crate::parse) struct Alternatives {
    mended: String,
}

impl Alternatives {
    pub(in crate::parse) fn found(&self, span: Span) -> Diagnostic {
        Diagnostic::error(&codes::TYPE_SYNTAX, span, "several types stand side by side")
            .label("only `T | null` is a type here")
            .help(format!("a choice is `{}`", shown(&self.mended)))
            .patch(span, self.mended.as_str())
    }
}

/// `Union[Cat, Dog]`, `union Cat | Dog`, `T.any(Cat, Dog)`: what stands in a choice of types of another language.
fn of_types(text: &str) -> Option<String> {
    const BEFORE: [&str; 11] = [
        "z.union",
        "t.union",
        "T.any",
        "std::variant",
        "variant",
        "Union",
        "union",
        "oneof",
        "one of",
        "any of",
        "Either",
    ];
    let signs = ['[', ']', '(', ')', '<', '>', ' '];
    let rest = BEFORE.iter().find_map(|word| text.strip_prefix(word))?;
    rest.starts_with(signs).then(|| rest.trim_matches(signs).to_owned())
}

/// What a model is that is written as a choice.
pub(in crate::parse) fn alternatives(text: &str) -> Option<Alternatives> {
    let of_values = |text: &str| {
        let rest = ["enum", "Enum", "Literal"].iter().find_map(|word| text.strip_prefix(word))?;
        let inside =
            rest.trim_start().strip_prefix(['[', '(', '{'])?.strip_suffix([']', ')', '}'])?;
        Some(inside.trim().trim_end_matches(',').to_owned())
    };
    let inside = of_values(text).or_else(|| of_types(text));
    let separator = match &inside {
        Some(inside) if inside.contains(',') => ',',
        _ => '|',
    };
    let parts: Vec<&str> =
        inside.as_deref().unwrap_or(text).split(separator).map(str::trim).collect();
    let bare = |part: &&str| part.trim_matches(['\'', '"']).to_owned();
    let is_word = |part: &&str| {
        let word = bare(part);
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    if parts.len() < 2 || !parts.iter().all(is_word) || parts.contains(&"null") {
        return None;
    }
    let words: Vec<String> = parts.iter().map(bare).collect();
    let is_type =
        |word: &String| word.starts_with(char::is_uppercase) || vocabulary::is_reserved(word);
    let quoted = parts.iter().all(|part| part.starts_with(['\'', '"']));
    let mended = match words.iter().any(is_type) && !quoted {
        true if words.iter().all(is_type) => {
            let named =
                |ty: &String| Some(format!("{}: {ty}", names::rust_name(ty, Kind::Variant)?));
            let variants: Vec<String> = words.iter().map(named).collect::<Option<_>>()?;
            format!("{{ union: {{ untagged: {{ {} }} }} }}", variants.join(", "))
        }
        true => return None,
        false => format!("{{ enum: [{}] }}", words.join(", ")),
    };
    Some(Alternatives { mended })
}

/// `{ tag: kind, variants: { … } }`, where `union` is missing around it.
pub(super) fn union_in_place(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let is_variants = |key: &str| keys.peek(key).is_some_and(|it| it.value.as_mapping().is_some());
    if !OF_UNIONS[2..].iter().any(|key| is_variants(key)) {
        return None;
    }
    let mut parts = Vec::new();
    while let Some(entry) = keys.take_first(|key| OF_UNIONS.contains(&key)) {
        parts.push(entry);
    }
    let (first, last) = (parts.first()?, parts.last()?);
    let whole = first.key.span.to(last.value.span);
    let entries: Vec<Entry> = parts.iter().map(|entry| (*entry).clone()).collect();
    let inner = Node { span: whole, value: Value::Mapping(entries), comment_after: None };
    let mended = format!("union: {}", flow(&inner));
    let found = unknown(first).help(format!("it belongs to a union: `{}`", shown(&mended)));
    let together = parts.len() == 1 || keys.are_together(&first.key.value, &last.key.value);
    diagnostics.push(if together { found.patch(whole, mended) } else { found });
    let kind = union::read(&inner, diagnostics).unwrap_or(ModelKind::Poisoned);
    Some((whole, kind))
}

/// `oneOf: [Email, Sms]`, with a `discriminator` or without.
pub(super) fn choice(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let entry = keys.take_first(|key| CHOICES.contains(&key))?;
    let tag = keys.take_first(|key| key == "discriminator");
    let found = unknown(entry);
    let Some(mended) = choice_of(entry, tag) else {
        let help = "one of several is `union: { tag: type, variants: { … } }` or `union: { untagged: { … } }`";
        diagnostics.push(found.help(help));
        return Some((entry.key.span, ModelKind::Poisoned));
    };
    let found = found.help(format!("one of several is `{}`", shown(&mended)));
    let (whole, together) = match tag {
        None => (entry.key.span.to(entry.value.span), true),
        Some(tag) => {
            let (first, last) =
                if tag.key.span.start < entry.key.span.start { (tag, entry) } else { (entry, tag) };
            let together = keys.are_together(&first.key.value, &last.key.value);
            (first.key.span.to(last.value.span), together)
        }
    };
    diagnostics.push(if together { found.patch(whole, mended) } else { found });
    Some((whole, ModelKind::Poisoned))
}

/// A choice as it is written here: by a tag, by what fits, or a type that may be null.
fn choice_of(entry: &Entry, tag: Option<&Entry>) -> Option<String> {
    let items = entry.value.as_sequence()?;
    let is_null = |node: &&Node| {
        let text = |node: &Node| node.as_scalar().is_some_and(|it| it.text == "null");
        node.is_null() || text(node) || node.get("type").is_some_and(text)
    };
    let (nulls, others): (Vec<&Node>, Vec<&Node>) = items.iter().partition(is_null);
    // `oneOf: [{ const: red }, { const: green }]`
    let constant = |node: &&Node| Some(node.get("const")?.as_scalar()?.text.clone());
    let constants: Option<Vec<String>> = others.iter().map(constant).collect();
    if let Some(values) = constants.filter(|values| values.len() > 1 && nulls.is_empty()) {
        return Some(format!("enum: [{}]", values.join(", ")));
    }
    let types: Vec<String> = others.into_iter().map(json_schema::type_of).collect::<Option<_>>()?;
    match (types.as_slice(), nulls.is_empty()) {
        ([only], false) => return Some(format!("type: {only} | null")),
        ([] | [_], _) | (_, false) => return None,
        _ => {}
    }
    // `oneOf: [open, paid]`, of which none is a type.
    let is_value = |ty: &String| {
        ty.starts_with(char::is_lowercase)
            && vocabulary::scalar(ty).is_none()
            && !ty.contains(['<', '('])
    };
    if tag.is_none() && types.iter().all(is_value) {
        return Some(format!("enum: [{}]", types.join(", ")));
    }
    let Some(tag) = tag else {
        let name = |ty: &String| names::rust_name(ty, Kind::Variant);
        let variants: Vec<String> =
            types.iter().map(|ty| Some(format!("{}: {ty}", name(ty)?))).collect::<Option<_>>()?;
        return Some(format!("union: {{ untagged: {{ {} }} }}", variants.join(", ")));
    };
    let member = tag.value.as_scalar().or_else(|| tag.value.get("propertyName")?.as_scalar())?;
    // What the tag is of each variant is said by the mapping, and by nothing else.
    let mapping = tag.value.get("mapping")?.as_mapping()?;
    let variants: Vec<String> = mapping
        .iter()
        .map(|entry| Some(format!("{}: {}", entry.key.value, json_schema::referred(&entry.value)?)))
        .collect::<Option<_>>()?;
    Some(format!("union: {{ tag: {}, variants: {{ {} }} }}", member.text, variants.join(", ")))
}
