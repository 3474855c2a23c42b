//! `servers:`

use super::member::{self, Of};
use super::reader::{self, Keys, shown};
use crate::ast::{Member, Server, Specification};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow_text;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// What a server says of itself, here and elsewhere, and what others make an address of.
const PARTS: [&str; 15] = [
    "url",
    "doc",
    "description",
    "variables",
    "pick",
    "host",
    "hostname",
    "scheme",
    "schemes",
    "protocol",
    "port",
    "basePath",
    "base_path",
    "baseUrl",
    "base_url",
];

/// Reads all servers.
pub(super) fn read(
    entries: &[Entry],
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    if let Some(found) = unnamed(entries) {
        diagnostics.push(found);
        diagnostics.lost.all_of("servers");
        return;
    }
    for entry in entries {
        match server(entry, diagnostics) {
            Some(server) => specification.servers.push(server),
            None => diagnostics.lost.name(&entry.key.value, Some(entry.key.span)),
        }
    }
}

/// `servers: { url: … }` and `{ scheme: https, host: api.example.com }`, one server without a name.
fn unnamed(entries: &[Entry]) -> Option<Diagnostic> {
    let (first, last) = (entries.first()?, entries.last()?);
    let value = |keys: &[&str]| {
        let entry = entries.iter().find(|entry| keys.contains(&entry.key.value.as_str()))?;
        Some(entry.value.as_scalar()?.text.as_str())
    };
    if !entries.iter().all(|entry| PARTS.contains(&entry.key.value.as_str())) {
        return None;
    }
    let whole = value(&["url", "baseUrl", "base_url"]);
    let host = value(&["host", "hostname"]);
    // `base_url: https://…` alone may be what somebody calls a server.
    if entries.len() == 1 && whole.is_some_and(|_| first.key.value != "url") {
        return None;
    }
    let found = Diagnostic::error(&codes::WRONG_KIND, first.key.span, "a server has a name")
        .label("a part of a server");
    let address = whole.map(str::to_owned).or_else(|| {
        let port = value(&["port"]).map_or_else(String::new, |port| format!(":{port}"));
        let path = value(&["basePath", "base_path"]).unwrap_or_default().trim_end_matches('/');
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        let host = host.filter(|host| !host.contains("://"))?;
        Some(format!("https://{host}{port}{slash}{path}"))
    });
    let plain = ["description", "doc", "variables", "pick"];
    let more = entries.iter().any(|entry| plain.contains(&entry.key.value.as_str()));
    Some(match address.filter(|_| !more) {
        Some(address) => {
            let mended = format!("production: {}", flow_text(&address));
            found
                .help(format!("a server is its name and its address: `{}`", shown(&mended)))
                .patch(first.key.span.to(last.value.span), mended)
        }
        None => found.help(
            "a server stands behind its name: `servers: { production: { url: https://api.example.com } }`",
        ),
    })
}

fn server(entry: &Entry, diagnostics: &mut Diagnostics) -> Option<Server> {
    let node = reader::present(entry, diagnostics)?;
    let name = entry.key.clone();
    reader::check_word("a server", &name, diagnostics);
    if let Value::Scalar(_) = node.value {
        let url = reader::text("servers", node, diagnostics)?;
        return Some(Server { name, url, doc: None, variables: Vec::new(), pick: true });
    }
    let mut keys = Keys::open("a server", node, diagnostics)?;
    keys.allow(entry.key.span.to(node.span), diagnostics);
    let url = keys.text("url", diagnostics);
    let doc = keys.doc("doc", diagnostics);
    let variables = variables(keys.entries("variables", diagnostics), diagnostics);
    let pick = keys.flag_or("pick", true, diagnostics);
    if url.is_none() {
        keys.missing("url", entry.key.span, "a server has an address");
    }
    keys.finish(diagnostics);
    Some(Server { name, url: url?, doc, variables, pick })
}

/// The variables of an address; one that OpenAPI lists the values of is a text here.
fn variables(entries: &[Entry], diagnostics: &mut Diagnostics) -> Vec<Member> {
    let mut read = |entry: &Entry| match of_openapi(entry) {
        Some(found) => {
            diagnostics.push(found);
            let value = Value::Scalar(Scalar::new("string", Style::Plain));
            let value = Node { span: entry.value.span, value, comment_after: None };
            Entry { key: entry.key.clone(), value }
        }
        None => entry.clone(),
    };
    let entries: Vec<Entry> = entries.iter().map(&mut read).collect();
    member::members(&entries, Of::Path, diagnostics)
}

/// `{ enum: [eu, us], default: eu }`
fn of_openapi(entry: &Entry) -> Option<Diagnostic> {
    let all = entry.value.as_mapping()?;
    let first = all.iter().find(|it| matches!(it.key.value.as_str(), "enum" | "default"))?;
    let known = ["enum", "default", "description", "doc", "type"];
    if !all.iter().all(|it| known.contains(&it.key.value.as_str())) {
        return None;
    }
    let text = |key: &str| Some(entry.value.get(key)?.as_scalar()?.text.clone());
    let values = entry.value.get("enum").and_then(Node::as_sequence).unwrap_or_default();
    let values: Option<Vec<&str>> =
        values.iter().map(|item| Some(item.as_scalar()?.text.as_str())).collect();
    let values = values.filter(|it| !it.is_empty()).map(|it| format!("One of {}.", it.join(", ")));
    let usual = text("default").map(|default| format!("Most often {default}."));
    let doc = text("doc").or_else(|| text("description"));
    let docs: Vec<String> = [doc, values, usual].into_iter().flatten().collect();
    let mended = match docs.is_empty() {
        true => "string".to_owned(),
        false => format!("{{ type: string, doc: {} }}", flow_text(&docs.join(" "))),
    };
    let flow = first.key.span.start > entry.value.span.start || all.len() == 1;
    let name = shown(&entry.key.value);
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("a variable of an address has no key `{}`", first.key.value),
    )
    .label("as OpenAPI describes it")
    .help(format!("an app says which it is, as a text: `{name}: {}`", shown(&mended)));
    Some(if flow { found.patch(entry.value.span, mended) } else { found })
}
