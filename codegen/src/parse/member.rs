//! Fields and parameters, in the short form `name?: TYPE flags -- doc` and the long form.

use super::reader::{self, Keys};
use crate::ast::{FieldItem, Flags, Member, Text, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::{Span, Spanned};
use crate::type_expr;
use crate::yaml::{Entry, Node, Value};

const FLAGS: [&str; 4] = ["read", "write", "sensitive", "deprecated"];

/// A type with what may stand after it in one text.
pub(super) struct Short {
    pub(super) ty: TypeExpr,
    pub(super) flags: Flags,
    pub(super) doc: Option<Text>,
}

/// Reads `TYPE flags -- doc`.
pub(super) fn short(node: &Node, text: &str, diagnostics: &mut Diagnostics) -> Short {
    reader::warn_of_comment(node, diagnostics);
    let (head, doc) = match text.split_once(" -- ") {
        Some((head, doc)) => (head, Some(Spanned::new(doc.trim().to_owned(), node.span))),
        None => (text, None),
    };
    let (ty, rest) = type_expr::parse_prefix(head, head_span(node.span, text, head), diagnostics);
    let mut flags = Flags::default();
    for word in rest.split_whitespace() {
        match word {
            "read" => flags.read = true,
            "write" => flags.write = true,
            "sensitive" => flags.sensitive = true,
            "deprecated" => flags.deprecated = true,
            _ => {
                diagnostics.push(unknown_flag(word, node.span));
                break;
            }
        }
    }
    Short { ty, flags, doc }
}

/// The span of the part of a scalar before its documentation.
fn head_span(span: Span, text: &str, head: &str) -> Span {
    if (span.end - span.start) as usize == text.len() { span.slice(0, head.len()) } else { span }
}

fn unknown_flag(word: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_FLAG,
        span,
        format!("`{word}` is not a flag of a member"),
    );
    match nearest(word, FLAGS) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!(
            "flags are {}; a documentation text begins after ` -- `",
            super::quoted_list(&FLAGS)
        )),
    }
}

/// Reads the entries of `fields:`, `query:` and the like.
pub(super) fn items(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<FieldItem> {
    let mut items = Vec::new();
    for entry in entries {
        if entry.key.value == "..." {
            for text in reader::texts("...", &entry.value, diagnostics) {
                items.push(FieldItem::Spread(text));
            }
        } else if let Some(member) = member(entry, diagnostics) {
            items.push(FieldItem::Member(Box::new(member)));
        }
    }
    items
}

/// Reads entries that are members and nothing else.
pub(super) fn members(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<Member> {
    entries.iter().filter_map(|entry| member(entry, diagnostics)).collect()
}

fn member(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Member> {
    let (wire, optional) = match entry.key.value.strip_suffix('?') {
        Some(wire) if !wire.is_empty() => (wire.to_owned(), true),
        _ => (entry.key.value.clone(), false),
    };
    let node = reader::present(entry, diagnostics)?;
    let mut member = Member {
        wire: Spanned::new(wire, entry.key.span),
        optional,
        ty: TypeExpr { kind: TypeKind::Poisoned, span: node.span },
        name: None,
        also: Vec::new(),
        doc: None,
        flags: Flags::default(),
        default: None,
        format: None,
        null_as_default: false,
        assumed: None,
    };
    match &node.value {
        Value::Scalar(scalar) => {
            let short = short(node, &scalar.text, diagnostics);
            member.ty = short.ty;
            member.flags = short.flags;
            member.doc = short.doc;
        }
        Value::Mapping(_) => long(&mut member, node, diagnostics)?,
        _ => {
            reader::wrong_kind(&entry.key.value, "a type or a mapping", node, diagnostics);
            return None;
        }
    }
    Some(member)
}

fn long(member: &mut Member, node: &Node, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut keys = Keys::open("a member", node, diagnostics)?;
    match keys.node("type", diagnostics) {
        Some(ty) => {
            if let Some(text) = reader::text("type", ty, diagnostics) {
                let short = short(ty, &text.value, diagnostics);
                member.ty = short.ty;
                member.flags = short.flags;
                member.doc = short.doc;
            }
        }
        None => {
            keys.missing("type", member.wire.span, "say what it is: `type: string`", diagnostics);
        }
    }
    if let Some(doc) = keys.doc("doc", diagnostics) {
        member.doc = Some(doc);
    }
    member.name = keys.text("name", diagnostics);
    member.also = keys.texts("also", diagnostics);
    member.default = keys.text("default", diagnostics);
    member.format = keys.text("format", diagnostics);
    member.null_as_default = keys.flag("null_as_default", diagnostics);
    member.assumed = keys.text("assumed", diagnostics);
    member.flags.read |= keys.flag("read", diagnostics);
    member.flags.write |= keys.flag("write", diagnostics);
    member.flags.sensitive |= keys.flag("sensitive", diagnostics);
    member.flags.deprecated |= keys.flag("deprecated", diagnostics);
    keys.finish(diagnostics);
    Some(())
}
