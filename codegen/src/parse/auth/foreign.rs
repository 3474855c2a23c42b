//! Schemes as OpenAPI describes them, `{ type: apiKey, in: header, name: X-Api-Key }`: read as what they mean, and
//! told as one mistake.

use super::{scheme_meant, scheme_word};
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::json_text::json_text;
use crate::parse::shown;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// Keys that OpenAPI has for a scheme, and we have not.
const KEYS: [&str; 9] = [
    "type",
    "kind",
    "in",
    "location",
    "name",
    "bearerFormat",
    "flows",
    "openIdConnectUrl",
    "x-scheme",
];

/// What OpenAPI calls the addresses of a flow.
const ADDRESSES: [(&str, &str); 3] =
    [("authorizationUrl", "authorize_url"), ("tokenUrl", "token_url"), ("refreshUrl", "")];

/// `{ bearer: token }`: a scheme as a key.
fn by_scheme(node: &Node) -> Option<(Diagnostic, Option<Node>)> {
    let [only] = node.as_mapping()? else { return None };
    let known = only.key.value.as_str();
    let plain = known.to_ascii_lowercase().replace(['-', '_'], "");
    let scheme = scheme_word(&plain).filter(|_| !matches!(known, "token" | "password" | "key"))?;
    let (key, word) = match (scheme, only.value.as_scalar()) {
        ("bearer", Some(word)) if is_word(&word.text) => ("token", Some(word.text.as_str())),
        ("api-key", Some(word)) if is_word(&word.text) => ("header", Some(word.text.as_str())),
        ("bearer" | "basic", _) => ("", None),
        _ => return None,
    };
    let text = |text: &str| Node {
        span: only.value.span,
        value: Value::Scalar(Scalar::new(text, Style::Plain)),
        comment_after: None,
    };
    let entry = |key: &str, value: &str| Entry {
        key: Spanned::new(key.to_owned(), only.key.span),
        value: text(value),
    };
    let mut meant = vec![entry("scheme", scheme)];
    // `true` and `token` say nothing more.
    meant.extend(
        word.filter(|word| !matches!(*word, "true" | "token")).map(|word| entry(key, word)),
    );
    let whole = written(&meant)?;
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        only.key.span,
        format!("an auth entry has no key `{}`", shown(known)),
    )
    .label("a scheme, and no key")
    .help(format!("write `{}`", shown(&whole)))
    .patch(node.span.to(only.value.span), whole);
    Some((found, Some(Node { span: node.span, value: Value::Mapping(meant), comment_after: None })))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// The error about an entry of OpenAPI, and the entry as we write it as far as that can be said.
pub(super) fn mended(node: &Node) -> Option<(Diagnostic, Option<Node>)> {
    let entries = node.as_mapping()?;
    if let Some(found) = by_scheme(node) {
        return Some(found);
    }
    let first = entries.iter().find(|entry| KEYS.contains(&entry.key.value.as_str()))?;
    if ["any", "all"].iter().any(|key| node.get(key).is_some()) {
        return None;
    }
    let found = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("an auth entry has no key `{}`", shown(&first.key.value)),
    )
    .label("as OpenAPI describes it");
    let help = "an entry says its scheme and its flow: `{ scheme: oauth2, flow: client-credentials, token_url: … }`, \
                or `flow: authorization-code` where a user agrees";
    let Some(meant) = meant(node, entries) else {
        let flows = ["flows", "openIdConnectUrl"].iter().any(|key| node.get(key).is_some());
        return flows.then(|| (found.help(help), None));
    };
    let found = match written(&meant) {
        Some(text) => {
            let last = entries.last().map_or(node.span, |last| last.key.span.to(last.value.span));
            // On lines of its own an entry begins with its first key.
            found.help(format!("write `{}`", shown(&text))).patch(node.span.to(last), text)
        }
        None => found.help(help),
    };
    let value = Value::Mapping(meant);
    Some((found, Some(Node { span: node.span, value, comment_after: None })))
}

/// The entries in our words.
fn meant(node: &Node, entries: &[Entry]) -> Option<Vec<Entry>> {
    let text = |key: &str| Some(node.get(key)?.as_scalar()?.text.as_str());
    let key = |key: &str, value: &Node, of: &Entry| Entry {
        key: Spanned::new(key.to_owned(), of.key.span),
        value: value.clone(),
    };
    let place = text("in").or(text("location"));
    let place = place.and_then(|place| {
        let known = ["header", "query", "cookie"].into_iter();
        known.clone().find(|known| place.eq_ignore_ascii_case(known))
    });
    let kind = entries.iter().find(|it| matches!(it.key.value.as_str(), "type" | "kind"));
    let of_kind = kind.and_then(|kind| Some(kind.value.as_scalar()?.text.as_str()));
    let stated = text("scheme").and_then(scheme_meant);
    let scheme = match (of_kind, place) {
        _ if stated.is_some() && of_kind.is_none_or(|kind| kind == "http") => stated,
        (Some("http"), _) => text("scheme").and_then(scheme_meant),
        (Some(kind), _) => scheme_meant(kind),
        (None, Some(_)) if node.get("name").is_some() => Some("api-key"),
        (None, _) => None,
    }?;
    let mut all = Vec::new();
    let of =
        kind.or_else(|| entries.iter().find(|it| it.key.value == "scheme")).or(entries.first())?;
    let stated = of.value.as_scalar().map(|_| of.value.span).unwrap_or(of.key.span);
    let scalar = Value::Scalar(Scalar::new(scheme, Style::Plain));
    let value = Node { span: stated, value: scalar, comment_after: None };
    all.push(Entry { key: Spanned::new("scheme".to_owned(), of.key.span), value });
    for entry in entries {
        match entry.key.value.as_str() {
            "type" | "kind" | "scheme" | "bearerFormat" | "in" | "location"
            | "openIdConnectUrl" => {}
            "name" => all.push(key(place.filter(|_| scheme == "api-key")?, &entry.value, entry)),
            "flows" => all.extend(flow(entry)?),
            "description" => all.push(key("doc", &entry.value, entry)),
            _ => all.push(entry.clone()),
        }
    }
    Some(all)
}

/// The one flow of `flows`, in our words.
fn flow(flows: &Entry) -> Option<Vec<Entry>> {
    let [only] = flows.value.as_mapping()? else { return None };
    let name = match only.key.value.as_str() {
        "clientCredentials" | "application" => "client-credentials",
        "authorizationCode" | "accessCode" => "authorization-code",
        _ => return None,
    };
    let scalar = Value::Scalar(Scalar::new(name, Style::Plain));
    let value = Node { span: only.key.span, value: scalar, comment_after: None };
    let mut all = vec![Entry { key: Spanned::new("flow".to_owned(), flows.key.span), value }];
    for entry in only.value.as_mapping()? {
        if let Some((_, ours)) = ADDRESSES.iter().find(|(known, _)| *known == entry.key.value) {
            if !ours.is_empty() {
                let key = Spanned::new((*ours).to_owned(), entry.key.span);
                all.push(Entry { key, value: entry.value.clone() });
            }
        } else if let ("scopes", Some(scopes)) =
            (entry.key.value.as_str(), entry.value.as_mapping())
        {
            let item = |scope: &Entry| Node {
                span: scope.key.span,
                value: Value::Scalar(Scalar::new(scope.key.value.as_str(), Style::Plain)),
                comment_after: None,
            };
            let items: Vec<Node> = scopes.iter().map(item).collect();
            if !items.is_empty() {
                let value = Node {
                    span: entry.value.span,
                    value: Value::Sequence(items),
                    comment_after: None,
                };
                all.push(Entry { key: entry.key.clone(), value });
            }
        }
    }
    Some(all)
}

/// The entries on one line, if they are texts and lists of texts.
fn written(entries: &[Entry]) -> Option<String> {
    // Quotes have a meaning in entries.
    let text = |node: &Node| {
        let scalar = node.as_scalar()?;
        let plain = scalar.style == Style::Plain;
        Some(if plain { flow_text(&scalar.text) } else { json_text(&scalar.text) })
    };
    let each = entries.iter().map(|entry| {
        let value = match entry.value.as_sequence() {
            Some(items) => {
                let items: Option<Vec<String>> = items.iter().map(text).collect();
                format!("[{}]", items?.join(", "))
            }
            None => text(&entry.value)?,
        };
        Some(format!("{}: {value}", entry.key.value))
    });
    let each: Vec<String> = each.collect::<Option<_>>()?;
    Some(format!("{{ {} }}", each.join(", ")))
}
