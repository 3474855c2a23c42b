//! The parts of a file that are about the provider as a whole.

use super::auth;
use super::errors;
use super::member::{self, Of};
use super::page;
use super::reader::{self, Keys};
use super::retry;
use super::servers;
use super::sources;
use super::timeout;
use super::transaction;
use crate::ast::{
    AuthRef, ClientParameters, Defaults, Format, Group, Origin, Provider, Specification, Text, Use,
    WireDefaults,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::vocabulary;
use crate::yaml::{Entry, Node, Style, Value};

/// Reads everything but models and methods.
pub(super) fn read(
    keys: &mut Keys<'_>,
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    if let Some(entry) = keys.entry("provider") {
        provider(entry, specification, diagnostics);
    }
    for entry in keys.definitions("use", diagnostics) {
        let path = entry_text(entry, diagnostics);
        specification.uses.push(Use { alias: entry.key.clone(), path });
    }
    specification.servers_named |= keys.meant("servers");
    specification.provider_named |= keys.meant("provider");
    servers::read(keys.definitions("servers", diagnostics), specification, diagnostics);
    for entry in keys.definitions("auth", diagnostics) {
        specification.auth.push(auth::entry(entry, diagnostics));
    }
    for entry in keys.definitions("sources", diagnostics) {
        specification.sources.extend(sources::source(entry, diagnostics));
    }
    // What nobody can read may say how methods authenticate.
    if keys.is_unreadable("defaults") || keys.is_unreadable("groups") {
        specification.defaults.auth = Some(AuthRef::Unreadable);
        specification.defaults.wire.datetime_lost |= keys.is_unreadable("defaults");
        keys.note_unread("defaults", diagnostics);
        keys.note_unread("groups", diagnostics);
    }
    specification.defaults.unreadable |= keys.is_unreadable("defaults");
    if let Some(node) = keys.node("defaults", diagnostics) {
        defaults(node, &mut specification.defaults, diagnostics);
    }
    let path = keys.definitions("path", diagnostics);
    specification.path.extend(member::members(path, Of::Path, diagnostics));
    if keys.is_unreadable("parameters") {
        diagnostics.lost.all_of("parameters");
    }
    if let Some(node) = keys.node("parameters", diagnostics) {
        parameters(node, &mut specification.parameters, diagnostics);
    }
    for entry in keys.entries("formats", diagnostics) {
        if entry.key.value == "..." {
            specification.formats_from = entry_text(entry, diagnostics);
        } else if let Some(media_type) = media_type(entry, diagnostics) {
            specification.formats.push(Format { name: entry.key.clone(), media_type });
        }
    }
    if let Some(entry) = keys.entry("rate_limit") {
        let limit = retry::rate_limit(entry, specification.rate_limit.as_ref(), diagnostics);
        specification.rate_limit = specification.rate_limit.take().or(limit);
    }
    page::pagers(keys.definitions("pagers", diagnostics), specification, diagnostics);
    for entry in keys.entries("groups", diagnostics) {
        match group(entry, diagnostics) {
            Some(group) => specification.groups.push(group),
            // Its methods may have said there how they authenticate.
            None => {
                specification.defaults.auth.get_or_insert(AuthRef::Unreadable);
                diagnostics.lost.all_of("groups");
            }
        }
    }
}

fn parameters(node: &Node, parameters: &mut ClientParameters, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("parameters", node, diagnostics) else { return };
    let places = [
        ("path", &mut parameters.path),
        ("query", &mut parameters.query),
        ("headers", &mut parameters.headers),
        ("cookies", &mut parameters.cookies),
    ];
    for (key, members) in places {
        if keys.is_unreadable(key) {
            diagnostics.lost.all_of("parameters");
        }
        members.extend(member::members(
            keys.entries(key, diagnostics),
            Of::place(key),
            diagnostics,
        ));
    }
    if keys.has_strange() {
        diagnostics.lost.all_of("parameters");
    }
    keys.finish(diagnostics);
}

fn entry_text(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Text> {
    reader::text(&entry.key.value, reader::present(entry, diagnostics)?, diagnostics)
}

/// A word that no service would know as a media type.
fn no_media_type(text: &Text) -> Option<Diagnostic> {
    let found = || {
        Diagnostic::error(
            &codes::TYPE_SYNTAX,
            text.span,
            format!("`{}` is no media type of a format", reader::shown(&text.value)),
        )
        .label("expected one such as `text/csv`")
    };
    let known = match text.value.to_ascii_lowercase().as_str() {
        "json" => "application/json",
        "xml" => "application/xml",
        "csv" => "text/csv",
        "html" => "text/html",
        "text" | "plain" => "text/plain",
        "pdf" => "application/pdf",
        value if !value.contains('/') => {
            return Some(found().help("it has two parts, with a slash between them"));
        }
        _ => return None,
    };
    Some(found().help(format!("did you mean `{known}`?")).patch(text.span, known))
}

/// The media type of a format.
fn media_type(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Text> {
    let node = reader::present(entry, diagnostics)?;
    if !matches!(node.value, Value::Mapping(_)) {
        let media_type = reader::text(&entry.key.value, node, diagnostics)?;
        diagnostics.extend(no_media_type(&media_type));
        return Some(media_type);
    }
    let mut keys = Keys::open("a format", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    let media_type = keys.text("type", diagnostics);
    if media_type.is_none() {
        keys.missing("type", entry.key.span, "say the media type: `type: text/csv`");
    }
    diagnostics.extend(media_type.as_ref().and_then(no_media_type));
    keys.finish(diagnostics);
    media_type
}

fn provider(entry: &Entry, specification: &mut Specification, diagnostics: &mut Diagnostics) {
    if let Some(first) = &specification.provider {
        diagnostics.push(
            Diagnostic::error(
                &codes::DUPLICATE_ITEM,
                entry.key.span,
                "a specification has one `provider`",
            )
            .label("a second one")
            .related(first.name.span, "first defined here"),
        );
        return;
    }
    let Some(node) = reader::present(entry, diagnostics) else { return };
    let Some(mut keys) = Keys::open("provider", node, diagnostics) else { return };
    let title = keys.text("title", diagnostics);
    let doc = keys.doc("doc", diagnostics);
    match keys.text("name", diagnostics) {
        Some(name) => specification.provider = Some(Provider { name, title, doc }),
        None => {
            keys.missing(
                "name",
                entry.key.span,
                "the name becomes the module: `provider: { name: punt }`",
            );
        }
    }
    keys.finish(diagnostics);
}

fn defaults(node: &Node, defaults: &mut Defaults, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("defaults", node, diagnostics) else { return };
    keys.allow(node.span, diagnostics);
    let base = keys.text("...", diagnostics);
    defaults.unreadable |= base.is_none() && keys.meant("...");
    defaults.base = base.or(defaults.base.take());
    if let Some(auth) = auth::reference(&mut keys, diagnostics) {
        defaults.auth = Some(auth);
    }
    defaults.errors.extend(errors::inherited(&mut keys, diagnostics));
    for entry in constant_headers(&mut keys, diagnostics) {
        if let Some(value) = entry_text(entry, diagnostics) {
            match typed_header(entry) {
                Some(found) => diagnostics.push(found),
                None => defaults.headers.push((entry.key.clone(), value)),
            }
        }
    }
    let resending = retry::resending(&mut keys, diagnostics);
    defaults.resending.retry_on = resending.retry_on.or(defaults.resending.retry_on.take());
    defaults.resending.idempotency =
        resending.idempotency.or(defaults.resending.idempotency.take());
    let timeouts = timeout::read(&mut keys, diagnostics);
    defaults.timeouts = timeouts.or(&defaults.timeouts);
    defaults.wire.datetime_lost |= keys.is_unreadable("wire");
    if let Some(node) = keys.node("wire", diagnostics) {
        wire(node, &mut defaults.wire, diagnostics);
    }
    defaults.unreadable |= keys.has_strange();
    if defaults.unreadable {
        defaults.auth.get_or_insert(AuthRef::Unreadable);
        defaults.timeouts.unreadable = true;
    }
    keys.finish(diagnostics);
}

/// Headers of which `defaults` says what they always hold.
fn constant_headers<'n>(keys: &mut Keys<'n>, diagnostics: &mut Diagnostics) -> &'n [Entry] {
    let Some(node) = keys.node("headers", diagnostics) else { return &[] };
    match &node.value {
        Value::Mapping(entries) => entries,
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    &codes::WRONG_KIND,
                    node.span,
                    format!("`headers` is a mapping, found {}", node.kind()),
                )
                .label("expected what each of them always holds")
                .help(
                    "as in `headers: { Api-Version: \"2026-01-01\" }`; a header that apps give is \
                     `parameters: { headers: { Api-Version: string } }`, beside `defaults`",
                ),
            );
            &[]
        }
    }
}

/// A type in place of what is always sent, with its name.
pub(super) fn written_type(entry: &Entry) -> Option<(&str, &str)> {
    let scalar = entry.value.as_scalar().filter(|scalar| scalar.style == Style::Plain)?;
    let text = scalar.text.split(" -- ").next().unwrap_or_default().trim_end();
    let ty = text.trim_end_matches("null").trim_end().trim_end_matches('|').trim_end();
    let word = ty.split(['<', '(']).next().unwrap_or_default();
    let whole = word == ty || ty.ends_with(['>', ')']);
    let is_type = vocabulary::scalar(word).is_some() || matches!(word, "list" | "map");
    (whole && is_type).then_some((word, ty))
}

/// A type in place of what a header always holds.
fn typed_header(entry: &Entry) -> Option<Diagnostic> {
    let (word, ty) = written_type(entry)?;
    let (name, ty) = (reader::shown(&entry.key.value), reader::shown(ty));
    Some(
        Diagnostic::error(
            &codes::WRONG_KIND,
            entry.value.span,
            format!("the header `{name}` would always be `{ty}`"),
        )
        .label("expected what is sent")
        .help(if matches!(word, "list" | "map") {
            format!("a header is one value; the text `{ty}` is put in quotes")
        } else {
            format!("a header that apps give is `parameters: {{ headers: {{ {name}: {ty} }} }}`; the text `{ty}` is put in quotes")
        }),
    )
}

fn wire(node: &Node, wire: &mut WireDefaults, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("wire", node, diagnostics) else { return };
    let before = diagnostics.mark();
    wire.datetime_lost |= keys.is_unreadable("datetime");
    if let Some(node) = keys.node("datetime", diagnostics)
        && let Some(mut datetime) = Keys::open("datetime", node, diagnostics)
    {
        wire.datetime = datetime.texts("format", diagnostics);
        wire.unspecified = datetime.text("unspecified", diagnostics);
        wire.datetime_none = datetime.texts("none_when", diagnostics);
        datetime.finish(diagnostics);
    }
    wire.datetime_lost |= diagnostics.errors_since(before);
    if let Some(node) = keys.node("enum", diagnostics)
        && let Some(mut keys) = Keys::open("enum", node, diagnostics)
    {
        wire.enum_read = keys.texts("read", diagnostics);
        wire.enum_write = keys.text("write", diagnostics);
        keys.finish(diagnostics);
    }
    wire.datetime_lost |= keys.has_strange();
    keys.finish(diagnostics);
}

fn group(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Group> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("a group", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    let mut group = Group {
        name: entry.key.clone(),
        doc: keys.doc("doc", diagnostics),
        auth: auth::reference(&mut keys, diagnostics),
        scopes: auth::scopes(&mut keys, diagnostics),
        server: keys.text("server", diagnostics),
        server_unclear: false,
        errors: errors::inherited(&mut keys, diagnostics),
        resending: retry::resending(&mut keys, diagnostics),
        timeouts: timeout::of_calls(&mut keys, diagnostics),
        deprecated: keys.sentence("deprecated", "Use books.find.", diagnostics),
        transaction: transaction::read(&entry.key.value, &mut keys, diagnostics),
        origin: origin(&mut keys, "class", diagnostics),
        span: entry.key.span,
    };
    group.server_unclear = group.server.is_none() && (keys.meant("server") || keys.has_strange());
    if keys.has_strange() {
        group.auth.get_or_insert(AuthRef::Unreadable);
        group.timeouts.unreadable = true;
    }
    keys.finish(diagnostics);
    Some(group)
}

/// `from`, the name in the provider's own SDK under `sdk_key`, and `assumed`.
pub(super) fn origin(
    keys: &mut Keys<'_>,
    sdk_key: &'static str,
    diagnostics: &mut Diagnostics,
) -> Origin {
    Origin {
        from: keys.text("from", diagnostics),
        sdk: keys.text(sdk_key, diagnostics),
        assumed: keys.sentence("assumed", "The page does not say it.", diagnostics),
    }
}
