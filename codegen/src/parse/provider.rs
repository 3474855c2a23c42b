//! The parts of a file that are about the provider as a whole.

use super::member;
use super::method;
use super::reader::{self, Keys};
use crate::ast::{
    AuthEntry, AuthKind, AuthRef, Defaults, Format, Group, Origin, Provider, Server, SourceEntry,
    Specification, Text, WireDefaults,
};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Value};

/// Reads everything but models and methods.
pub(super) fn read(
    keys: &mut Keys<'_>,
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    if let Some(entry) = keys.entry("provider") {
        provider(entry, specification, diagnostics);
    }
    specification.servers_named |= keys.meant("servers");
    specification.provider_named |= keys.meant("provider");
    for entry in keys.entries("servers", diagnostics) {
        specification.servers.extend(server(entry, diagnostics));
    }
    for entry in keys.entries("auth", diagnostics) {
        specification.auth.extend(auth_entry(entry, diagnostics));
    }
    for entry in keys.entries("sources", diagnostics) {
        specification.sources.extend(source(entry, diagnostics));
    }
    if let Some(node) = keys.node("defaults", diagnostics) {
        defaults(node, &mut specification.defaults, diagnostics);
    }
    let path = keys.entries("path", diagnostics);
    specification.path.extend(member::members(path, diagnostics));
    for entry in keys.entries("formats", diagnostics) {
        if let Some(media_type) = entry_text(entry, diagnostics) {
            specification.formats.push(Format { name: entry.key.clone(), media_type });
        }
    }
    for entry in keys.entries("groups", diagnostics) {
        specification.groups.extend(group(entry, diagnostics));
    }
}

fn entry_text(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Text> {
    reader::text(&entry.key.value, reader::present(entry, diagnostics)?, diagnostics)
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
                diagnostics,
            );
        }
    }
    keys.finish(diagnostics);
}

fn server(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Server> {
    let node = reader::present(entry, diagnostics)?;
    let name = entry.key.clone();
    if let Value::Scalar(_) = node.value {
        let url = reader::text("servers", node, diagnostics)?;
        return Some(Server { name, url, doc: None, variables: Vec::new(), pick: true });
    }
    let mut keys = Keys::open("a server", node, diagnostics)?;
    let url = keys.text("url", diagnostics);
    let doc = keys.doc("doc", diagnostics);
    let variables = member::members(keys.entries("variables", diagnostics), diagnostics);
    let pick = keys.flag_or("pick", true, diagnostics);
    if url.is_none() {
        keys.missing("url", entry.key.span, "a server has an address", diagnostics);
    }
    keys.finish(diagnostics);
    Some(Server { name, url: url?, doc, variables, pick })
}

fn auth_entry(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<AuthEntry> {
    let poisoned = || {
        let name = entry.key.clone();
        Some(AuthEntry { name, doc: None, assumed: None, kind: AuthKind::Poisoned })
    };
    if entry.key.value == "none" {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_NAME,
                entry.key.span,
                "an auth entry cannot be called `none`",
            )
            .label("`auth: none` clears what is inherited"),
        );
    }
    let Some(node) = reader::present(entry, diagnostics) else { return poisoned() };
    let Some(mut keys) = Keys::open("an auth entry", node, diagnostics) else { return poisoned() };
    let doc = keys.doc("doc", diagnostics);
    let assumed = keys.text("assumed", diagnostics);
    let any = keys.texts("any", diagnostics);
    let all = keys.texts("all", diagnostics);
    let scheme = keys.text("scheme", diagnostics);
    let mut argument = |key: &'static str, keys: &mut Keys<'_>| {
        keys.text(key, diagnostics).unwrap_or_else(|| Spanned::new(key.to_owned(), entry.key.span))
    };
    let kind = match scheme.as_ref().map(|scheme| scheme.value.as_str()) {
        Some("basic") => Some(AuthKind::Basic {
            username: argument("username", &mut keys),
            password: argument("password", &mut keys),
        }),
        Some("bearer") => Some(AuthKind::Bearer { token: argument("token", &mut keys) }),
        Some(other) => {
            if let Some(scheme) = &scheme {
                diagnostics.push(unknown_scheme(scheme, other));
            }
            // What its other keys mean, nobody knows.
            return Some(AuthEntry {
                name: entry.key.clone(),
                doc,
                assumed,
                kind: AuthKind::Poisoned,
            });
        }
        None if !any.is_empty() => Some(AuthKind::Any(any)),
        None if !all.is_empty() => Some(AuthKind::All(all)),
        None => {
            keys.missing(
                "scheme",
                entry.key.span,
                "say `scheme: basic` or `scheme: bearer`, or combine entries with `any` or `all`",
                diagnostics,
            );
            None
        }
    };
    if [scheme.is_some(), keys.has("any"), keys.has("all")].iter().filter(|there| **there).count()
        > 1
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                entry.key.span,
                format!(
                    "the auth entry `{}` is several things at once",
                    reader::shown(&entry.key.value)
                ),
            )
            .help("an auth entry has one of `scheme`, `any` and `all`"),
        );
    }
    keys.finish(diagnostics);
    Some(AuthEntry {
        name: entry.key.clone(),
        doc,
        assumed,
        kind: kind.unwrap_or(AuthKind::Poisoned),
    })
}

fn unknown_scheme(scheme: &Text, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_SCHEME,
        scheme.span,
        format!("`{}` is not a known scheme", reader::shown(text)),
    );
    match nearest(text, ["basic", "bearer"]) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(scheme.span, near),
        None => diagnostic.help("known schemes are `basic` and `bearer`"),
    }
}

fn source(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<SourceEntry> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("a source", node, diagnostics)?;
    let source = SourceEntry {
        name: entry.key.clone(),
        url: keys.text("url", diagnostics),
        title: keys.text("title", diagnostics),
        checked: keys.text("checked", diagnostics),
    };
    keys.finish(diagnostics);
    Some(source)
}

fn defaults(node: &Node, defaults: &mut Defaults, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("defaults", node, diagnostics) else { return };
    if let Some(auth) = auth_ref(&mut keys, diagnostics) {
        defaults.auth = Some(auth);
    }
    let errors = keys.entries("errors", diagnostics);
    defaults.errors.extend(method::errors(errors, diagnostics));
    for entry in keys.entries("headers", diagnostics) {
        if let Some(value) = entry_text(entry, diagnostics) {
            defaults.headers.push((entry.key.clone(), value));
        }
    }
    if let Some(node) = keys.node("wire", diagnostics) {
        wire(node, &mut defaults.wire, diagnostics);
    }
    keys.finish(diagnostics);
}

fn wire(node: &Node, wire: &mut WireDefaults, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("wire", node, diagnostics) else { return };
    if let Some(node) = keys.node("datetime", diagnostics)
        && let Some(mut datetime) = Keys::open("datetime", node, diagnostics)
    {
        wire.datetime = datetime.text("format", diagnostics);
        datetime.finish(diagnostics);
    }
    if let Some(node) = keys.node("enum", diagnostics)
        && let Some(mut keys) = Keys::open("enum", node, diagnostics)
    {
        wire.enum_read = keys.texts("read", diagnostics);
        wire.enum_write = keys.text("write", diagnostics);
        keys.finish(diagnostics);
    }
    keys.finish(diagnostics);
}

fn group(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Group> {
    let node = reader::present(entry, diagnostics)?;
    let mut keys = Keys::open("a group", node, diagnostics)?;
    let errors = keys.entries("errors", diagnostics);
    let group = Group {
        name: entry.key.clone(),
        doc: keys.doc("doc", diagnostics),
        auth: auth_ref(&mut keys, diagnostics),
        errors: method::errors(errors, diagnostics),
        deprecated: keys.text("deprecated", diagnostics),
        origin: origin(&mut keys, "class", diagnostics),
        span: entry.key.span,
    };
    keys.finish(diagnostics);
    Some(group)
}

/// `auth:` as a name or `none`.
pub(super) fn auth_ref(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> Option<AuthRef> {
    let name = keys.text("auth", diagnostics)?;
    Some(if name.value == "none" { AuthRef::None } else { AuthRef::Entry(name) })
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
        assumed: keys.text("assumed", diagnostics),
    }
}
