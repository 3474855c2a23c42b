//! How models and their members stand in XML.

use super::model;
use super::reader::{self, Keys, shown};
use crate::ast::{FieldItem, Member, Text, TypeExpr, XmlElement, XmlPlace};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Spanned;
use crate::yaml::{Node, Value};

const PLACES: [&str; 2] = ["attribute", "text"];

/// `xml:` of a member: `attribute`, `text` or `{ wrapped: line }`.
pub(super) fn place(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<XmlPlace>> {
    if matches!(node.value, Value::Mapping(_)) {
        let mut keys = Keys::open("a place in XML", node, diagnostics)?;
        let wrapped = keys.text("wrapped", diagnostics);
        if wrapped.is_none() && !keys.rest() {
            let help = "say what an item is called: `wrapped: line`";
            keys.missing("wrapped", node.span, help);
        }
        keys.finish(diagnostics);
        if let Some(flag) =
            wrapped.as_ref().filter(|it| matches!(it.value.as_str(), "true" | "false"))
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::WRONG_KIND,
                    flag.span,
                    format!("`wrapped` is what an item is called, found `{}`", flag.value),
                )
                .help("the key of the member is the element around them: `wrapped: line`"),
            );
            return None;
        }
        return wrapped.map(|item| item.map(XmlPlace::Wrapped));
    }
    let text = reader::text("xml", node, diagnostics)?;
    let place = match text.value.as_str() {
        "attribute" => XmlPlace::Attribute,
        "text" => XmlPlace::Text,
        other => {
            let diagnostic = Diagnostic::error(
                &codes::WRONG_KIND,
                text.span,
                format!("`xml` is `attribute`, `text` or a mapping, found `{}`", shown(other)),
            );
            diagnostics.push(match nearest(other, PLACES) {
                Some(near) => {
                    diagnostic.help(format!("did you mean `{near}`?")).patch(text.span, near)
                }
                None => diagnostic.help("a list with an element around it is `{ wrapped: item }`"),
            });
            return None;
        }
    };
    Some(Spanned::new(place, text.span))
}

/// `xml:` of a model.
pub(super) fn element(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<XmlElement> {
    let node = keys.node("xml", diagnostics)?;
    let mut keys = Keys::open("an element of XML", node, diagnostics)?;
    let root = keys.text("root", diagnostics);
    let namespace = keys.text("xmlns", diagnostics);
    keys.finish(diagnostics);
    Some(XmlElement { root, namespace })
}

/// The body of an answer or of an error: `{ xml: Order, as: Found }`.
pub(super) fn body(node: &Node, diagnostics: &mut Diagnostics) -> Option<(TypeExpr, Option<Text>)> {
    let mut keys = Keys::open("a body in XML", node, diagnostics)?;
    let ty = keys.node("xml", diagnostics).map(|node| model::bare_type("xml", node, diagnostics));
    let name = keys.text("as", diagnostics);
    if ty.is_none() && !keys.meant("xml") {
        keys.missing("xml", node.span, "say what the body is: `xml: Problem`");
    }
    keys.finish(diagnostics);
    Some((ty?, name))
}

/// The members that are written here, and not taken from a model.
pub(super) fn own(items: &[FieldItem]) -> impl Iterator<Item = &Member> {
    items.iter().filter_map(|item| match item {
        FieldItem::Member(member) => Some(&**member),
        FieldItem::Spread(_) => None,
    })
}

/// Reports `xml` of members that never stand in XML.
pub(super) fn refuse<'m>(
    members: impl IntoIterator<Item = &'m Member>,
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    for member in members {
        if let Some(place) = &member.xml {
            diagnostics.push(
                Diagnostic::error(
                    &codes::XML_MISPLACED,
                    place.span,
                    format!("`{}` never stands in XML", shown(&member.wire.value)),
                )
                .label(format!("{what} is no XML"))
                .help("`xml` belongs to members of models"),
            );
        }
    }
}
