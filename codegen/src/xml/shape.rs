//! An example that is the text of a document, as the value that YAML would show in its place.

use std::borrow::Cow;

use super::read::{self, Element};
use crate::diag::{Diagnostic, codes};
use crate::ir::{Api, ModelKind, NewtypeOf, Object, Scalar, Type, XmlPlace};
use crate::parse::shown as quoted;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node, Scalar as Text, Style, Value};

/// The value that a body in XML shows: what stands in YAML, or what its text says.
pub(crate) fn shown<'n>(
    api: &Api,
    ty: &Type,
    node: &'n Node,
) -> Result<Cow<'n, Node>, Box<Diagnostic>> {
    let Some(text) = node.as_scalar() else { return Ok(Cow::Borrowed(node)) };
    let wrong =
        |span: Span, message: &str| Diagnostic::error(&codes::EXAMPLE_MISMATCH, span, message);
    let element = read::read(text, node.span)
        .map_err(|(span, label)| Box::new(wrong(span, "the example is no XML").label(label)))?;
    let model = ty.model().map(|id| api.model(id).span);
    if let Some(root) = api.element(ty).filter(|root| root.name != element.name.value) {
        let (root, found) = (root.name.as_str(), element.name.value.as_str());
        let message =
            format!("the outermost element is `{}`, found `{}`", quoted(root), quoted(found));
        let help = "`xml: { root: … }` of the model says what it is called";
        let diagnostic = wrong(element.name.span, &message).help(help);
        let diagnostic = diagnostic.about(["root", root, found]).alike("and here");
        return Err(Box::new(match model {
            Some(model) => diagnostic.related(model, "the model"),
            None => diagnostic,
        }));
    }
    Ok(Cow::Owned(value(api, Some(ty), &element)))
}

/// Whether the text of a document holds anything at a path of elements, or in an attribute at its end.
pub(crate) fn says(node: &Node, path: &[String]) -> bool {
    let (Some(text), Some((last, before))) = (node.as_scalar(), path.split_last()) else {
        return false;
    };
    let Ok(root) = read::read(text, node.span) else { return false };
    let inner = before.iter().try_fold(&root, |element, name| element.child(name));
    let Some(inner) = inner else { return false };
    let mut attributes = inner.attributes.iter();
    let attribute = attributes.find(|(name, _)| name.value == *last);
    let element = inner.child(last);
    attribute.is_some_and(|(_, value)| !value.value.is_empty())
        || element
            .is_some_and(|one| !(one.is_nil || one.text.is_empty() && one.children.is_empty()))
}

fn node(span: Span, value: Value) -> Node {
    Node { span, value, comment_after: None }
}

fn entry(key: &Spanned<String>, value: Node) -> Entry {
    Entry { key: key.clone(), value }
}

/// What an element is; nothing is known of one that is not declared.
fn value(api: &Api, ty: Option<&Type>, element: &Element) -> Node {
    if element.is_nil {
        return node(element.span, Value::Null);
    }
    let plain = ty.map(|ty| api.plain(ty));
    if let Some(Type::Nullable(inner)) = plain {
        return value(api, Some(inner), element);
    }
    if let Some(Type::Model(id)) = plain
        && let ModelKind::Object(declared) = &api.model(*id).kind
    {
        return object(api, declared, element);
    }
    if element.children.is_empty() && (plain.is_some() || element.attributes.is_empty()) {
        return scalar(api, plain, &element.text, element.span);
    }
    let attributes = element
        .attributes
        .iter()
        .map(|(name, text)| entry(name, scalar(api, None, &text.value, text.span)));
    let children = element.children.iter().map(|one| entry(&one.name, value(api, None, one)));
    node(element.span, Value::Mapping(attributes.chain(children).collect()))
}

/// A text as what is written in YAML for it.
fn scalar(api: &Api, ty: Option<&Type>, text: &str, span: Span) -> Node {
    let is_text = match ty {
        Some(Type::Scalar(scalar)) => *scalar == Scalar::String,
        Some(Type::Model(id)) => matches!(&api.model(*id).kind,
            ModelKind::Newtype(newtype) if newtype.of == NewtypeOf::Text),
        _ => false,
    };
    let text = if is_text { text } else { text.trim_ascii() };
    let text = match (ty, text) {
        (Some(Type::Scalar(Scalar::Boolean)), "1") => "true",
        (Some(Type::Scalar(Scalar::Boolean)), "0") => "false",
        _ => text,
    };
    node(span, Value::Scalar(Text::new(text, Style::Plain)))
}

/// The members of an element, where its model says that they stand.
fn object(api: &Api, declared: &Object, element: &Element) -> Node {
    let mut entries = Vec::new();
    let mut known: Vec<(&str, bool)> = Vec::new();
    for field in &declared.fields {
        let ty = api.plain(&field.ty);
        let ty = if let Type::Nullable(inner) = ty { api.plain(inner) } else { ty };
        let item = if let Type::List(item) = ty { Some(&**item) } else { None };
        for wire in std::iter::once(&field.wire).chain(&field.also) {
            let attribute = field.xml == XmlPlace::Attribute;
            known.push((wire, attribute));
            let found: Vec<&Element> =
                element.children.iter().filter(|one| one.name.value == *wire).collect();
            match (&field.xml, found.as_slice(), item) {
                (XmlPlace::Attribute, ..) => {
                    let named = element.attributes.iter().find(|(name, _)| name.value == *wire);
                    entries.extend(named.map(|(name, text)| {
                        entry(name, scalar(api, Some(ty), &text.value, text.span))
                    }));
                }
                (XmlPlace::Text, ..) => {
                    if *wire == field.wire && !element.text.is_empty() {
                        let key = Spanned::new(wire.clone(), element.span);
                        entries
                            .push(entry(&key, scalar(api, Some(ty), &element.text, element.span)));
                    }
                }
                (XmlPlace::Element, [], Some(_))
                    if *wire == field.wire && !field.presence.is_option() =>
                {
                    // No element is an empty list, unless one of its other names is there.
                    let also = |one: &Element| field.also.contains(&one.name.value);
                    if !element.children.iter().any(also) {
                        let key = Spanned::new(wire.clone(), element.span);
                        entries.push(entry(&key, node(element.span, Value::Sequence(Vec::new()))));
                    }
                }
                (_, [], _) => {}
                (XmlPlace::Wrapped(name), [first, ..], _) if !first.is_nil => {
                    let items = found.iter().flat_map(|one| &one.children);
                    let items = items.filter(|one| one.name.value == *name);
                    let items = items.map(|one| value(api, item, one)).collect();
                    entries.push(entry(&first.name, node(first.span, Value::Sequence(items))));
                }
                (_, [one], None) => entries.push(entry(&one.name, value(api, Some(ty), one))),
                (_, [first, ..], _) => {
                    let items = found.iter().map(|one| value(api, item, one)).collect();
                    let span = found.iter().fold(first.span, |span, one| span.to(one.span));
                    entries.push(entry(&first.name, node(span, Value::Sequence(items))));
                }
            }
        }
    }
    // What nobody has declared is shown as well, to be told so.
    let is_known = |name: &str, attribute: bool| known.contains(&(name, attribute));
    for (name, text) in &element.attributes {
        if !is_known(&name.value, true) {
            entries.push(entry(name, scalar(api, None, &text.value, text.span)));
        }
    }
    for one in &element.children {
        if !is_known(&one.name.value, false) {
            entries.push(entry(&one.name, value(api, None, one)));
        }
    }
    node(element.span, Value::Mapping(entries))
}
