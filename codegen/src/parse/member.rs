//! Fields and parameters, in the short form `name?: TYPE flags -- doc` and the long form.

mod constant;
mod torn;

use torn::{around, is_rest_of_doc, torn_words};
pub(super) use torn::{is_rest_of_type, joined, with_torn};

use super::reader::{self, Keys};
use super::{absent, choice, elsewhere, generic, in_place, json_schema, key_slips, short, xml};
use crate::ast::{FieldItem, Flags, Member, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, Mark, codes};
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};

/// The keys of the long form, by which it is told from an object that has no name.
pub(super) const KEYS: [&str; 19] = [
    "allow",
    "also",
    "as",
    "assumed",
    "const",
    "default",
    "deprecated",
    "doc",
    "format",
    "name",
    "none_when",
    "null_as_default",
    "read",
    "sensitive",
    "style",
    "type",
    "write",
    "xml",
    "...",
];

/// What members are of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A model or a body.
    Object,
    /// A query, where nothing is null.
    Query,
    /// Headers and cookies, where nothing is null, and all is one text.
    Header,
    /// An address, of which no part may be missing either.
    Path,
}

impl Of {
    /// What the members of a key are of, outside of bodies.
    pub(super) fn place(key: &str) -> Self {
        match key {
            "path" => Self::Path,
            "query" => Self::Query,
            _ => Self::Header,
        }
    }
}

/// Reads the entries of `fields:`, `query:` and the like.
pub(super) fn items(entries: &[Entry], of: Of, diagnostics: &mut Diagnostics) -> Vec<FieldItem> {
    if let Some(found) = names_alone(entries) {
        diagnostics.push(found);
        return Vec::new();
    }
    let mut items = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if is_rest_of_type(entries, index) {
            continue;
        }
        if is_rest_of_doc(entries, index, diagnostics) {
            continue;
        }
        if matches!(entry.key.value.as_str(), ".." | "…" | "....") && reader::is_plain(&entry.key)
        {
            let found = Diagnostic::error(
                &codes::BAD_NAME,
                entry.key.span,
                format!("`{}` is no name of a member", reader::shown(&entry.key.value)),
            );
            let help = "the members of a model are taken with three dots: `...`";
            diagnostics.push(found.help(help).patch(entry.key.span, "..."));
            continue;
        }
        if entry.key.value == "..." {
            if entry.value.is_null() {
                reader::present(entry, diagnostics);
                continue;
            }
            for text in reader::texts("...", &entry.value, diagnostics) {
                items.push(FieldItem::Spread(generic::base(&text, diagnostics)));
            }
        } else if let Some(member) = member(entry, of, around(entries, index), diagnostics) {
            items.push(FieldItem::Member(Box::new(member)));
        }
    }
    items
}

/// `{ name, size }`: members of which only the names are there.
fn names_alone(entries: &[Entry]) -> Option<Diagnostic> {
    let [first, .., last] = entries else { return None };
    let is_name = |entry: &Entry| {
        let plain = entry.key.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '?'));
        plain && entry.value.is_null() && reader::is_plain(&entry.key)
    };
    if !entries.iter().all(is_name) {
        return None;
    }
    let named: Vec<String> =
        entries.iter().map(|entry| format!("{}: string", entry.key.value)).collect();
    let mended = named.join(", ");
    let name = reader::shown(&first.key.value);
    let found =
        Diagnostic::error(&codes::EMPTY_VALUE, first.key.span, format!("`{name}` has no value"))
            .label("a member has a name and a type")
            .help(format!("say both: `{{ {} }}`", reader::shown(&mended)));
    // What stands on lines of its own has no commas.
    let flow = entries
        .windows(2)
        .all(|pair| pair[1].key.span.start.saturating_sub(pair[0].key.span.end) < 4);
    Some(if flow { found.patch(first.key.span.to(last.key.span), mended) } else { found })
}

/// Reads entries that are parameters and nothing else.
pub(super) fn members(entries: &[Entry], of: Of, diagnostics: &mut Diagnostics) -> Vec<Member> {
    let whole = entries.iter().enumerate().filter(|(index, _)| !is_rest_of_type(entries, *index));
    let members: Vec<Member> = whole
        .filter_map(|(index, entry)| match is_rest_of_doc(entries, index, diagnostics) {
            true => None,
            false => member(entry, of, around(entries, index), diagnostics),
        })
        .collect();
    xml::refuse(&members, "a parameter", diagnostics);
    members
}

/// The name of a member in `id string` or `id { type: string }`, where the colon is missing.
fn colonless(entry: &Entry) -> Option<&str> {
    let sign = entry.key.value.find([' ', ':', '='])?;
    let (name, rest) = entry.key.value.split_at(sign);
    if !rest.starts_with(' ') && !reader::is_glued(rest) {
        return None;
    }
    let ty = &rest[1..];
    let plain = (entry.key.span.end - entry.key.span.start) as usize == entry.key.value.len();
    if plain && ty.starts_with(['{', '[']) && !ty.contains(['}', ']']) {
        return Some(name);
    }
    if !entry.value.is_null() {
        return None;
    }
    let word = ty.trim_start().split(|c: char| !c.is_alphanumeric()).next()?;
    let is_type = crate::vocabulary::is_reserved(word) || word.starts_with(char::is_uppercase);
    is_type.then_some(name)
}

/// Reads a member; `above` is the entry before it, and commas have torn something off it.
fn member(
    entry: &Entry,
    of: Of,
    (above, torn_off): (Option<&Entry>, &[Entry]),
    diagnostics: &mut Diagnostics,
) -> Option<Member> {
    let torn = colonless(entry);
    let whole = torn.unwrap_or(&entry.key.value);
    let (wire, optional) = match whole.strip_suffix('?') {
        Some(wire) if !wire.is_empty() => (wire.to_owned(), true),
        _ => (whole.to_owned(), false),
    };
    let wire = match wire.trim_end() {
        bare if bare.len() == wire.len() || bare.is_empty() => wire,
        bare => {
            diagnostics.push(blank_at_end(entry, bare, optional));
            bare.to_owned()
        }
    };
    let slip =
        if torn.is_some() { None } else { key_slips::member(entry, &wire, optional, diagnostics) };
    let (wire, optional) = slip.unwrap_or((wire, optional));
    let node = &entry.value;
    let mut member = Member {
        wire: Spanned::new(wire, entry.key.span),
        optional,
        ty: TypeExpr::poisoned(node.span),
        name: None,
        also: Vec::new(),
        doc: None,
        flags: Flags::default(),
        default: None,
        constant: None,
        format: Vec::new(),
        travels: Vec::new(),
        style: None,
        none_when: Vec::new(),
        null_as_default: false,
        xml: None,
        assumed: None,
        value: node.span,
        unsure: false,
    };
    let before = diagnostics.mark();
    match &node.value {
        _ if torn.is_some() => {
            diagnostics.push(reader::no_colon(entry, whole));
        }
        Value::Scalar(scalar) if let Some(found) = value_alone(entry, &scalar.text) => {
            diagnostics.push(found);
        }
        Value::Scalar(_) | Value::Sequence(_)
            if let Some(found) = choice::in_place(&member.wire.value, optional, node, of) =>
        {
            diagnostics.push(found);
        }
        Value::Scalar(scalar) => {
            let (mut text, place) = joined(&scalar.text, node.span, torn_off);
            // That it may be absent is said already.
            if optional {
                text = text.replace(" | undefined", "");
            }
            let short = short::read_of(node, &scalar.text, (&text, place), diagnostics);
            member.ty = short.ty;
            member.flags = short.flags;
            member.doc = short.doc;
            if let Some(ty) = absent::said_in(&scalar.text).filter(|_| reader::is_plain(&entry.key))
            {
                let mended = absent::written(&member.wire.value, &ty);
                diagnostics.offer_since(before, entry.key.span.to(node.span), &mended);
            }
        }
        Value::Mapping(_)
            if let Some(meant) = json_schema::member(entry, &member.wire.value, optional, of) =>
        {
            diagnostics.push(meant.found);
            member.optional = meant.optional;
            if let Some(ty) = meant.ty {
                // What the mended type has wrong is told once it stands there.
                member.ty = short::read(node, &ty, &mut Diagnostics::default()).ty;
            }
        }
        Value::Mapping(_) if let Some(meant) = json_schema::read("a member", node, &KEYS) => {
            diagnostics.push(meant.found);
        }
        Value::Mapping(_) if let Some(found) = in_place::braces(node) => {
            diagnostics.push(found);
        }
        Value::Mapping(_) if let Some(found) = in_place::object("a member", node, &KEYS) => {
            diagnostics.push(found);
        }
        Value::Mapping(_) => long(&mut member, node, diagnostics)?,
        // The member stays, so that nobody misses it, without what seems to be its type.
        Value::Null => {
            if let Some((name, _)) = entry.key.value.split_once(' ').filter(|_| !optional) {
                member.optional = name.ends_with('?');
                member.wire.value = name.trim_end_matches('?').to_owned();
            }
            if let Some(found) = torn_words(entry, above) {
                diagnostics.push(found);
                return None;
            }
            let name = reader::shown(&entry.key.value);
            if let Some(model) = entry.key.value.strip_prefix("...").filter(|it| !it.is_empty()) {
                let found = Diagnostic::error(
                    &codes::EMPTY_VALUE,
                    entry.key.span,
                    format!("`{name}` has no value"),
                );
                let mended = format!("...: {}", model.trim_matches([' ', '=', ':']));
                let help =
                    format!("the members of a model are taken with `{}`", reader::shown(&mended));
                let found = found.help(help);
                diagnostics.push(match reader::is_plain(&entry.key) {
                    true => found.patch_items(entry.key.span, vec![mended]),
                    false => found,
                });
                return None;
            }
            reader::present_or(entry, &format!("say its type: `{name}: string`"), diagnostics);
        }
        Value::Sequence(_) => {
            reader::wrong_type(&entry.key.value, "a type or a mapping", node, diagnostics);
        }
    }
    media_type(of, before, diagnostics);
    absent::outside_bodies(&entry.key, of, before, diagnostics);
    member.unsure = diagnostics.errors_since(before);
    diagnostics.lost.named(entry.key.span.to(node.span));
    Some(member)
}

/// What is said of a media type in place of the type of a member.
fn media_type(of: Of, since: Mark, diagnostics: &mut Diagnostics) {
    for found in diagnostics.found_since(since) {
        let Some(patch) = &mut found.patch else { continue };
        let text = patch.text.starts_with("text(");
        if !text && !patch.text.starts_with("binary(") || found.code.id != codes::TYPE_SYNTAX.id {
            continue;
        }
        let (help, meant) = match (of, text) {
            (Of::Object, true) => ("a text inside of JSON is a `string`", "string"),
            (Of::Object, false) => (
                "a file inside of JSON is `bytes`, in base64; a part of a `multipart` body is a `file`",
                "bytes",
            ),
            _ => ("what travels as one text is a `string`; a file is the `body`", "string"),
        };
        found.help = Some(help.to_owned());
        meant.clone_into(&mut patch.text);
    }
}

/// `Accept: text/csv`: what is always sent, in place of its type.
fn value_alone(entry: &Entry, text: &str) -> Option<Diagnostic> {
    let plain = !text.contains(['"', '\\', ' ', ',']);
    let media = entry.key.value.eq_ignore_ascii_case("accept") && text.contains('/');
    (plain && media).then(|| {
        let mended = format!("{{ const: {text} }}");
        Diagnostic::error(
            &codes::TYPE_SYNTAX,
            entry.value.span,
            format!("`{}` is no type", reader::shown(text)),
        )
        .label("expected a type")
        .help(format!("what is always sent is `{}`", reader::shown(&mended)))
        .patch(entry.value.span, mended)
    })
}

/// `after ?`: the blank would be part of the name.
fn blank_at_end(entry: &Entry, bare: &str, optional: bool) -> Diagnostic {
    let meant = format!("{bare}{}", if optional { "?" } else { "" });
    let diagnostic = Diagnostic::error(
        &codes::BAD_NAME,
        entry.key.span,
        format!("the name `{}` ends with a blank", reader::shown(bare)),
    )
    .help(format!("write `{}`", reader::shown(&meant)));
    let plain = (entry.key.span.end - entry.key.span.start) as usize == entry.key.value.len();
    if plain { diagnostic.patch(entry.key.span, meant) } else { diagnostic }
}

fn long(member: &mut Member, node: &Node, diagnostics: &mut Diagnostics) -> Option<()> {
    let mut keys = Keys::open("a member", node, diagnostics)?;
    keys.allow(member.wire.span.to(node.span), diagnostics);
    member.constant = keys.text("const", diagnostics);
    match keys.node("type", diagnostics) {
        Some(ty) if elsewhere::explained(ty, node) => {}
        Some(ty) => {
            if ty.as_sequence().is_some() {
                reader::wrong_type("type", "a text", ty, diagnostics);
            } else if let Some(text) = reader::text("type", ty, diagnostics) {
                let short = short::read(ty, &text.value, diagnostics);
                member.ty = short.ty;
                member.flags = short.flags;
                member.doc = short.doc;
            }
        }
        // What is always sent says by itself what it is.
        None if member.constant.is_some() => {
            member.ty.kind = TypeKind::Name { name: "string".to_owned(), arguments: Vec::new() };
        }
        None if keys.meant("const") => {}
        None => {
            keys.missing("type", member.wire.span, "say what it is: `type: string`");
        }
    }
    if let Some(doc) = keys.doc("doc", diagnostics)
        && let Some(first) = member.doc.replace(doc)
    {
        let place = keys.span("doc").unwrap_or(node.span);
        let message = "a member has two documentations";
        diagnostics.push(
            Diagnostic::error(&codes::AMBIGUOUS_ITEM, place, message)
                .related(first.span, "behind its type there is one")
                .help("leave one of the two out"),
        );
    }
    member.name = keys.text("name", diagnostics);
    member.also = keys.texts("also", diagnostics);
    member.default = keys.text("default", diagnostics);
    member.format = keys.texts("format", diagnostics);
    member.travels = keys.texts("as", diagnostics);
    member.style = keys.text("style", diagnostics);
    member.none_when = keys.texts("none_when", diagnostics);
    member.null_as_default = keys.flag("null_as_default", diagnostics);
    member.xml = keys.node("xml", diagnostics).and_then(|node| xml::place(node, diagnostics));
    member.assumed = keys.sentence("assumed", "The page does not say it.", diagnostics);
    let inside = member.flags.read && member.flags.write;
    member.flags.read |= keys.flag("read", diagnostics);
    member.flags.write |= keys.flag("write", diagnostics);
    // Flags behind the type have been looked at there.
    if !inside && let Some(span) = keys.span("write").or(keys.span("read")) {
        short::not_both(member.flags, span, diagnostics);
    }
    member.flags.sensitive |= keys.flag("sensitive", diagnostics);
    member.flags.deprecated |= keys.flag("deprecated", diagnostics);
    if let Some(found) = constant::documented(member, node) {
        diagnostics.push(found);
    } else if let Some(found) = constant::beside(member) {
        diagnostics.push(found);
    }
    keys.finish(diagnostics);
    Some(())
}
