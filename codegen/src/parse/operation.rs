//! Operations as OpenAPI describes them: `parameters` in a list, `requestBody`, `responses`. Each is read as what it means,
//! so that it is one finding and nothing follows from it.

use std::collections::BTreeMap;

use super::content;
use super::json_schema;
use super::reader::shown;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::format::flow;
use crate::source::{Span, Spanned};
use crate::yaml::{Entry, Node, Scalar, Style, Value, lexical};

/// Where OpenAPI says that a parameter travels, and which key that is here.
const PLACES: [(&str, &str); 4] =
    [("path", "path"), ("query", "query"), ("header", "headers"), ("cookie", "cookies")];

/// Puts what OpenAPI says of methods into the words of this language.
pub(super) fn mend(node: &mut Node, text: &str, diagnostics: &mut Diagnostics) {
    let Value::Mapping(sections) = &mut node.value else { return };
    let Some(methods) = sections.iter_mut().find(|entry| entry.key.value == "methods") else {
        return;
    };
    let Value::Mapping(methods) = &mut methods.value.value else { return };
    for method in methods {
        let start = method.value.span.start;
        let Value::Mapping(keys) = &mut method.value.value else { continue };
        let flow = keys.first().is_some_and(|first| first.key.span.start > start);
        let mut at = 0;
        while at < keys.len() {
            let Some(meant) = meant(&keys[at], keys) else {
                at += 1;
                continue;
            };
            diagnostics.push(found(&keys[at], &meant, flow, text));
            let count = meant.len();
            keys.splice(at..=at, meant);
            at += count;
        }
    }
}

/// The keys that a key of OpenAPI stands for, if none of them is there already.
fn meant(entry: &Entry, all: &[Entry]) -> Option<Vec<Entry>> {
    let meant = match entry.key.value.as_str() {
        "parameters" | "params" => parameters(&entry.value)?,
        "requestBody" => vec![body(entry)?],
        "responses" => responses(entry)?,
        _ => return None,
    };
    let is_there = |one: &Entry| all.iter().any(|known| known.key.value == one.key.value);
    (!meant.is_empty() && !meant.iter().any(is_there)).then_some(meant)
}

fn found(entry: &Entry, meant: &[Entry], in_braces: bool, text: &str) -> Diagnostic {
    let key = shown(&entry.key.value);
    let written: Vec<String> =
        meant.iter().map(|one| format!("{}: {}", one.key.value, flow(&one.value))).collect();
    let at = entry.key.span.start as usize;
    let between = if in_braces {
        ", ".to_owned()
    } else {
        let start = lexical::line_start(text, at);
        format!("\n{}", &text[start..start + lexical::indent(text, at)])
    };
    Diagnostic::error(&codes::UNKNOWN_KEY, entry.key.span, format!("a method has no key `{key}`"))
        .label("as OpenAPI describes it")
        .help(format!("write `{}`", shown(&written.join(", "))))
        .patch(entry.key.span.to(entry.value.span), written.join(&between))
}

fn scalar(text: impl Into<String>, span: Span) -> Node {
    Node { span, value: Value::Scalar(Scalar::new(text, Style::Plain)), comment_after: None }
}

fn entry(key: &str, key_span: Span, value: Node) -> Entry {
    Entry { key: Spanned::new(key.to_owned(), key_span), value }
}

fn mapping(entries: Vec<Entry>, span: Span) -> Node {
    Node { span, value: Value::Mapping(entries), comment_after: None }
}

/// `[{ name: page, in: query, schema: { type: integer } }]`
fn parameters(node: &Node) -> Option<Vec<Entry>> {
    let mut places: BTreeMap<usize, Vec<Entry>> = BTreeMap::new();
    for item in node.as_sequence()? {
        let text = |key: &str| Some(item.get(key)?.as_scalar()?.text.as_str());
        let place = PLACES.iter().position(|(theirs, _)| text("in") == Some(theirs))?;
        let name = item.get("name")?;
        let required = place == 0 || text("required") == Some("true");
        let ty = match item.get("schema") {
            Some(schema) => json_schema::type_of(schema)?,
            None => content::type_of(item, &["name", "in"]).unwrap_or_else(|| "string".to_owned()),
        };
        let key = format!("{}{}", text("name")?, if required { "" } else { "?" });
        let one = entry(&key, name.span, scalar(ty, item.span));
        places.entry(place).or_default().push(one);
    }
    let each = places
        .into_iter()
        .map(|(place, all)| entry(PLACES[place].1, node.span, mapping(all, node.span)));
    Some(each.collect())
}

/// `requestBody: { content: { application/json: { schema: … } } }`
fn body(of: &Entry) -> Option<Entry> {
    let body = content::written(&of.value)?;
    let required = of.value.get("required").and_then(Node::as_scalar);
    let key = if required.is_some_and(|it| it.text == "false") { "body?" } else { "body" };
    Some(entry(key, of.key.span, content::node(&body, of.value.span)))
}

/// `responses: { 200: { description: …, content: … }, 404: … }`
fn responses(of: &Entry) -> Option<Vec<Entry>> {
    let (mut successes, mut failures) = (Vec::new(), Vec::new());
    for response in of.value.as_mapping()? {
        let status = response.key.value.to_ascii_lowercase();
        let digits = status.len() == 3 && status.starts_with(|c: char| c.is_ascii_digit());
        let is_success = digits && status.starts_with(['2', '3']);
        let is_range = matches!(status.as_str(), "4xx" | "5xx" | "default");
        if !is_range && (!digits || status.parse::<u16>().is_err()) {
            return None;
        }
        let ty = content::written(&response.value)?;
        let one = entry(&status, response.key.span, content::node(&ty, response.value.span));
        if is_success { successes.push(one) } else { failures.push(one) }
    }
    let returns = match successes.as_slice() {
        [] => scalar("nothing", of.key.span),
        [only] if only.key.value == "200" => only.value.clone(),
        _ => mapping(successes, of.value.span),
    };
    let mut all = vec![entry("returns", of.key.span, returns)];
    if !failures.is_empty() {
        all.push(entry("errors", of.key.span, mapping(failures, of.value.span)));
    }
    Some(all)
}
