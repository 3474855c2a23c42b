//! The members of another model, in the words of other languages and beside members of its own.

use std::collections::BTreeSet;

use super::super::json_schema;
use super::super::reader::{Keys, shown};
use super::{flow_of, unknown};
use crate::ast::{Base, FieldItem, ModelKind, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::{flow, flow_text};
use crate::source::Span;
use crate::type_slips::Utility;
use crate::yaml::{Entry, Node, Value};

/// Words for a model of which another has the members.
const BASES: [&str; 10] = [
    "extends",
    "inherits",
    "inherit",
    "allOf",
    "base",
    "parent",
    "include",
    "mixins",
    "super",
    "implements",
];

/// `like Order`, `Order without id, placed`: a model like another, in one text.
pub(in crate::parse) fn in_words(text: &str) -> Option<String> {
    let is_model = |name: &str| {
        name.starts_with(char::is_uppercase)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
    };
    let words = ["like ", "extends ", "inherits "];
    let rest = words.iter().find_map(|word| text.strip_prefix(word)).map(str::trim);
    let (base, names) = match rest.unwrap_or(text).split_once(" without ") {
        Some(parts) => parts,
        None => (rest?, ""),
    };
    let names: Vec<&str> =
        names.split([',', ' ']).map(str::trim).filter(|name| !name.is_empty()).collect();
    let plain = |name: &&str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (is_model(base.trim()) && names.iter().all(plain)).then(|| match names.is_empty() {
        true => format!("{{ like: {} }}", base.trim()),
        false => format!("{{ like: {}, without: [{}] }}", base.trim(), names.join(", ")),
    })
}

/// `optional: true`, `optional: '*'`: all members.
pub(in crate::parse) fn all_of(optional: &mut [Text]) -> Option<Diagnostic> {
    let [only] = optional else { return None };
    if !matches!(only.value.as_str(), "true" | "yes" | "*" | "any" | "everything") {
        return None;
    }
    let found = Diagnostic::error(
        &codes::WRONG_KIND,
        only.span,
        format!("`optional` lists members, found `{}`", shown(&only.value)),
    );
    "all".clone_into(&mut only.value);
    Some(found.help("where all members may be missing that is `all`").patch(only.span, "all"))
}

/// The model that a utility type of TypeScript makes of another.
pub(in crate::parse) fn like(meant: Utility, span: Span) -> ModelKind {
    let text = |value: String| Text { value, span };
    ModelKind::Like {
        base: Base { name: text(meant.base), arguments: Vec::new() },
        without: meant.without.into_iter().map(text).collect(),
        optional: Vec::new(),
        all_optional: meant.all_optional,
    }
}

/// `extends: Order`, `allOf: [Order]`: the members of another model, where there are no others.
pub(super) fn base(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(Span, ModelKind)> {
    let entry = keys.take_first(|key| BASES.contains(&key))?;
    let whole = entry.key.span.to(entry.value.span);
    let items = entry.value.as_sequence().unwrap_or(std::slice::from_ref(&entry.value));
    let text = |node: &Node| match &node.value {
        Value::Scalar(scalar) => Some(scalar.text.clone()),
        _ => json_schema::referred(node.get("$ref")?),
    };
    let bases: Option<Vec<String>> = items.iter().map(text).collect();
    let found = unknown(entry);
    let named = |value: &String| Base {
        name: Text { value: value.clone(), span: entry.value.span },
        arguments: Vec::new(),
    };
    let changed = keys.has("without") || keys.has("optional");
    let (mended, kind) = match bases.as_deref() {
        Some([one]) => {
            let kind = ModelKind::Like {
                base: named(one),
                without: keys.texts("without", &mut Diagnostics::default()),
                optional: Vec::new(),
                all_optional: false,
            };
            (format!("like: {one}"), kind)
        }
        Some(several) if !several.is_empty() && !changed => {
            let kind =
                ModelKind::Object(several.iter().map(|it| FieldItem::Spread(named(it))).collect());
            (format!("fields: {{ ...: [{}] }}", several.join(", ")), kind)
        }
        _ => {
            diagnostics.push(found.help(
                "the members of other models are taken with `...` among the `fields`: `fields: { ...: [Base, Other], name: string }`",
            ));
            return Some((whole, ModelKind::Poisoned));
        }
    };
    diagnostics.push(
        found
            .help(format!("a model with the members of another is `{}`", shown(&mended)))
            .patch(whole, mended),
    );
    Some((whole, kind))
}

/// `{ like: Order, fields: { extra: string } }`, and the same without the key `fields`: a model with the members of
/// another and its own.
pub(in crate::parse) fn beside_own(
    keys: &mut Keys<'_>,
    node: &Node,
    model: &Text,
) -> Option<Diagnostic> {
    const OF_LIKE: [&str; 4] = ["like", "without", "optional", "fields"];
    let like = keys.peek("like")?;
    let base = like.value.as_scalar()?.text.as_str();
    let fields = keys.peek("fields");
    let name = shown(&model.value);
    let (found, own): (_, Vec<Entry>) = match fields {
        Some(fields) => {
            let found = Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                fields.key.span,
                format!("`{name}` is two kinds of model at once"),
            )
            .related(like.key.span, "the first kind");
            (found, fields.value.as_mapping()?.to_vec())
        }
        None => {
            let own: Vec<Entry> = keys.take_member_entries()?.into_iter().cloned().collect();
            let first = own.first()?;
            let found = Diagnostic::error(
                &codes::MISSING_KEY,
                first.key.span,
                format!("the members of the model `{name}` stand in no `fields`"),
            )
            .label("`fields` is missing");
            (found, own)
        }
    };
    let changed = ["without", "optional"].iter().any(|key| keys.has(key));
    let lender = if changed { format!("{base}Base") } else { base.to_owned() };
    let spread = Entry {
        key: Text { value: format!("...{lender}"), span: like.key.span },
        value: Node { span: like.key.span, value: Value::Null, comment_after: None },
    };
    let members: Vec<Entry> = std::iter::once(spread).chain(own.iter().cloned()).collect();
    let fields = format!("fields: {}", flow_of(&members));
    let places: BTreeSet<u32> = own.iter().map(|own| own.key.span.start).collect();
    let is_own = |entry: &&Entry| places.contains(&entry.key.span.start);
    let others = node
        .as_mapping()?
        .iter()
        .filter(|it| !OF_LIKE.contains(&it.key.value.as_str()) && !is_own(it));
    let parts: Vec<String> = others.map(written).chain([fields]).collect();
    let object = format!("{{ {} }}", parts.join(", "));
    if !changed {
        return Some(
            found
                .help(format!(
                    "the members of another model are taken among its own: `{}`",
                    shown(&object)
                ))
                .patch(node.span, object),
        );
    }
    let lent: Vec<String> = node
        .as_mapping()?
        .iter()
        .filter(|it| OF_LIKE[..3].contains(&it.key.value.as_str()))
        .map(written)
        .collect();
    let lent = format!("{lender}: {{ {} }}", lent.join(", "));
    let help = format!(
        "make `{}` a model of its own, and take its members among the `fields`: `...: {lender}`",
        shown(&lent)
    );
    let found = found.help(help);
    let plain = (model.span.end - model.span.start) as usize == model.value.len();
    Some(match plain {
        true => found.patch_items(
            model.span.to(node.span),
            vec![lent, format!("{}: {object}", model.value)],
        ),
        false => found,
    })
}

/// An entry as it stands in `{ }`.
fn written(entry: &Entry) -> String {
    format!("{}: {}", flow_text(&entry.key.value), flow(&entry.value))
}

/// `like: [Order, Line]`: the members of several models.
pub(in crate::parse) fn of_several(keys: &Keys<'_>, node: &Node) -> Option<Diagnostic> {
    let like = keys.peek("like")?;
    let names: Vec<&str> = like
        .value
        .as_sequence()?
        .iter()
        .map(|item| Some(item.as_scalar()?.text.as_str()))
        .collect::<Option<_>>()?;
    let alone = !["without", "optional"].iter().any(|key| keys.has(key));
    if names.len() < 2 || !alone {
        return None;
    }
    let spread = format!("...: [{}]", names.join(", "));
    let own = match keys.peek("fields") {
        Some(own) => {
            let own = flow_of(own.value.as_mapping()?);
            let own = own.strip_prefix("{ ").and_then(|own| own.strip_suffix(" }"));
            own.map(|own| format!(", {own}")).unwrap_or_default()
        }
        None => String::new(),
    };
    let others =
        node.as_mapping()?.iter().filter(|it| !matches!(it.key.value.as_str(), "like" | "fields"));
    let parts: Vec<String> =
        others.map(written).chain([format!("fields: {{ {spread}{own} }}")]).collect();
    let mended = format!("{{ {} }}", parts.join(", "));
    Some(
        Diagnostic::error(&codes::WRONG_KIND, like.value.span, "`like` is a text, found a list")
            .label("expected a text")
            .help(format!(
                "the members of several models are taken with `...` among the `fields`: `{}`",
                shown(&mended)
            ))
            .patch(node.span, mended),
    )
}
