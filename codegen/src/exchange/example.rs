//! From an exchange to an example of its method.

use super::address::{decoded, fill, pairs};
use super::message::{alternative, is_json};
use super::{Cut, Exchange, Message, json};
use crate::ast::{
    AuthKind, Example, FieldItem, Idempotency, KeyPlace, Member, Method, RawBodies, Specification,
    Text, TypeKind,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::shown;
use crate::source::{FileId, SourceMap, Spanned, beside};
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// Headers that every HTTP message may have, and that say nothing about a method.
const COMMON: [&str; 15] = [
    "authorization",
    "cache-control",
    "connection",
    "date",
    "expect",
    "host",
    "origin",
    "pragma",
    "proxy-authorization",
    "referer",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
];

/// Parts of names whose values are secret.
const SECRET: [&str; 7] =
    ["authorization", "cookie", "key", "password", "secret", "session", "token"];

/// What stands in documentation where a secret would.
const STAND_INS: [&str; 12] =
    ["...", "…", "<", "{", "*", "xxx", "your", "example", "sample", "token", "secret", "123456"];

/// Something is wrong, and has been said.
struct Reported;

/// Adds the examples that stand in files of their own to their methods.
pub(crate) fn attach(
    specification: &mut Specification,
    exchanges: &[FileId],
    map: &SourceMap,
    diagnostics: &mut Diagnostics,
) {
    let mut methods = std::mem::take(&mut specification.methods);
    for method in &mut methods {
        for (name, path) in std::mem::take(&mut method.example_files) {
            let place = beside(map.name(path.span.file), &path.value);
            let file = exchanges.iter().find(|file| Some(map.name(**file)) == place.as_deref());
            let Some(&file) = file else {
                let text = format!("the exchange `{}` has not been read", shown(&path.value));
                diagnostics.push(
                    Diagnostic::error(&codes::EXAMPLE_FILE, path.span, text)
                        .help("paths are relative to the file that names them"),
                );
                specification.incomplete = true;
                continue;
            };
            let before = diagnostics.mark();
            let builder = Builder { specification, method, diagnostics };
            match builder.example(name, file, map.text(file)) {
                Some(example) => method.examples.push(example),
                None => specification.incomplete = true,
            }
            let servers = specification.servers.iter().map(|server| server.name.span);
            for place in servers.chain([path.span, method.name.span]) {
                diagnostics.rest_since(before, place);
            }
        }
    }
    specification.methods = methods;
}

struct Builder<'a> {
    specification: &'a Specification,
    method: &'a Method,
    diagnostics: &'a mut Diagnostics,
}

impl Builder<'_> {
    fn example(mut self, name: Text, file: FileId, text: &str) -> Option<Example> {
        let Exchange { request, answer } = super::read(file, text, self.diagnostics)?;
        let mut example = Example {
            name,
            path: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            cookies: Vec::new(),
            request: None,
            request_as: None,
            status: None,
            response: None,
            response_as: None,
            shown: true,
            placeholder: false,
            unclear: false,
            raw: RawBodies::default(),
            request_line: None,
        };
        if let Some(request) = &request {
            example.request_line = Some(request.line.span(0, request.line.text.len()));
            self.target(request, &mut example)?;
            self.headers(request, &mut example);
            example.request = self.body(request, true).ok()?;
            example.raw.request = is_json(request);
            example.request_as = alternative(request);
        }
        if let Some(answer) = &answer {
            example.status = Some(self.status(answer)?);
            let expected = !matches!(answer.status(), Some(204 | 304));
            example.response = self.body(answer, expected).ok()?;
            example.raw.response = is_json(answer);
            example.response_as = alternative(answer);
        }
        Some(example)
    }

    fn fault(&mut self, cut: &Cut<'_>, text: impl Into<String>) -> Diagnostic {
        Diagnostic::error(&codes::EXAMPLE_FILE, cut.span(0, cut.text.len()), text)
    }

    fn push(&mut self, cut: &Cut<'_>, text: impl Into<String>, label: &str) {
        let fault = self.fault(cut, text).label(label.to_owned());
        self.diagnostics.push(fault);
    }

    /// The request line: verb, path and query.
    fn target(&mut self, request: &Message<'_>, example: &mut Example) -> Option<()> {
        let line = &request.line;
        let mut parts = line.text.split_ascii_whitespace();
        let (Some(verb), Some(target)) = (parts.next(), parts.next()) else {
            self.push(line, "this is no request", "expected a verb and a path: `GET /users`");
            return None;
        };
        let route = self.method.route.as_ref()?;
        let at = target.as_ptr() as usize - line.text.as_ptr() as usize;
        let behind = target.split_once("://").map_or(0, |(scheme, rest)| {
            scheme.len() + 3 + rest.find(['/', '?']).unwrap_or(rest.len())
        });
        let (path, query) = match target[behind..].split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&target[behind..], None),
        };
        let bases = self.specification.servers.iter().filter_map(|server| {
            let (_, rest) = server.url.value.split_once("://")?;
            rest.find('/').map(|slash| rest[slash..].trim_end_matches('/'))
        });
        let below = bases.filter_map(|base| path.strip_prefix(base));
        // Without a server nobody knows below what the paths are.
        let unknown = self.specification.servers.is_empty();
        let anywhere = path.match_indices('/').filter(|_| unknown).map(|(at, _)| &path[at..]);
        let in_steps = self.method.in_steps(&self.specification.shared_in_steps());
        let filled = std::iter::once(path)
            .chain(below)
            .chain(anywhere)
            .find_map(|path| fill(&route.path.value, path, &in_steps).map(|values| (path, values)));
        let Some((_, values)) = filled.filter(|_| verb == route.verb.value) else {
            // Below what the paths are could not be read.
            if self.specification.servers.is_empty() && self.specification.servers_named {
                return None;
            }
            let text = format!("the exchange does not show `{}`", self.method.name.value);
            let diagnostic =
                self.fault(line, text).related(route.verb.span.to(route.path.span), "its route");
            let diagnostic =
                diagnostic.about([self.method.name.value.as_str()]).alike("nor does this");
            self.diagnostics.push(diagnostic);
            return None;
        };
        for (name, value) in values {
            let start = at + (value.as_ptr() as usize - target.as_ptr() as usize);
            let cut = line.part(start, start + value.len());
            let name = Spanned::new(name.to_owned(), cut.span(0, cut.text.len()));
            example.path.push((name, scalar(&cut, decoded(value, false))));
        }
        if let Some(query) = query {
            let start = at + (query.as_ptr() as usize - target.as_ptr() as usize);
            self.query(&line.part(start, start + query.len()), example);
        }
        Some(())
    }

    fn query(&mut self, query: &Cut<'_>, example: &mut Example) {
        let mut values: Vec<(Text, Vec<Node>)> = Vec::new();
        for (name, value) in pairs(query) {
            let wire = decoded(name.text, true);
            self.secret(&wire, &value);
            if self.is_key(KeyPlace::Query, &wire) {
                continue;
            }
            let member = member(&self.method.query, |known| known == wire);
            let style = member.and_then(|it| it.style.as_ref()).map_or("", |it| it.value.as_str());
            let split = match style {
                "csv" => Some(','),
                "space" => Some(' '),
                "pipe" => Some('|'),
                _ => None,
            };
            let text = decoded(value.text, true);
            let nodes: Vec<Node> = match split {
                Some(split) => text.split(split).map(|it| scalar(&value, it.to_owned())).collect(),
                None => vec![scalar(&value, text)],
            };
            match values.iter_mut().find(|(known, _)| known.value == wire) {
                Some((_, known)) => known.extend(nodes),
                None => values.push((Spanned::new(wire, name.span(0, name.text.len())), nodes)),
            }
        }
        for (name, mut nodes) in values {
            let list = member(&self.method.query, |known| known == name.value).is_some_and(is_list);
            let node = match nodes.pop() {
                Some(only) if nodes.is_empty() && !list => only,
                Some(last) => {
                    nodes.push(last);
                    let span = nodes[0].span.to(nodes[nodes.len() - 1].span);
                    Node { span, value: Value::Sequence(nodes), comment_after: None }
                }
                None => continue,
            };
            self.place(name, node, example);
        }
    }

    /// A parameter of the query; a part of an object goes into that.
    fn place(&self, name: Text, node: Node, example: &mut Example) {
        let deep = name.value.split_once('[').and_then(|(base, inner)| {
            let member = member(&self.method.query, |known| known == base)?;
            member.style.as_ref().filter(|style| style.value == "deep-object")?;
            Some((base.to_owned(), inner.strip_suffix(']')?.to_owned()))
        });
        let Some((base, inner)) = deep else { return example.query.push((name, node)) };
        let entry = Entry { key: Spanned::new(inner, name.span), value: node };
        if let Some((_, Node { value: Value::Mapping(entries), .. })) =
            example.query.iter_mut().find(|(known, _)| known.value == base)
        {
            return entries.push(entry);
        }
        let value = Value::Mapping(vec![entry]);
        let node = Node { span: name.span, value, comment_after: None };
        example.query.push((Spanned::new(base, name.span), node));
    }

    fn headers(&mut self, request: &Message<'_>, example: &mut Example) {
        for (name, value) in &request.headers {
            let lower = name.text.to_ascii_lowercase();
            self.secret(&lower, value);
            if lower == "cookie" {
                self.cookies(value, example);
                continue;
            }
            let same = |known: &str| known.eq_ignore_ascii_case(name.text);
            let shared = &self.specification.parameters.headers;
            let declared = member(&self.method.headers, same)
                .or_else(|| shared.iter().find(|it| same(&it.wire.value)));
            if let Some(declared) = declared {
                let wire = declared.wire.value.clone();
                let name = Spanned::new(wire, name.span(0, name.text.len()));
                example.headers.push((name, scalar(value, value.text.to_owned())));
            } else if !self.is_common(&lower) {
                let text = format!(
                    "`{}` declares no header `{}`",
                    self.method.name.value,
                    shown(name.text)
                );
                self.diagnostics.push(
                    Diagnostic::warning(
                        &codes::EXAMPLE_HEADER,
                        name.span(0, name.text.len()),
                        text,
                    )
                    .label("left out")
                    .help("declare it in `headers`, or take it out of the exchange"),
                );
            }
        }
    }

    /// The cookies that are declared.
    fn cookies(&self, header: &Cut<'_>, example: &mut Example) {
        let mut at = 0;
        for pair in header.text.split(';') {
            let (start, end) = (at, at + pair.len());
            at = end + 1;
            let Some(equals) = pair.find('=') else { continue };
            let name = header.part(start, start + equals);
            let shared = &self.specification.parameters.cookies;
            if member(&self.method.cookies, |known| known == name.text).is_some()
                || shared.iter().any(|known| known.wire.value == name.text)
            {
                let value = header.part(start + equals + 1, end);
                let node = scalar(&value, value.text.to_owned());
                let name = Spanned::new(name.text.to_owned(), name.span(0, name.text.len()));
                example.cookies.push((name, node));
            }
        }
    }

    /// Whether a header is no parameter of a method.
    fn is_common(&self, lower: &str) -> bool {
        let constants = &self.specification.defaults.headers;
        COMMON.contains(&lower)
            || ["accept", "content-", "sec-"].iter().any(|start| lower.starts_with(start))
            || constants.iter().any(|(name, _)| name.value.eq_ignore_ascii_case(lower))
            || self.method.headers.iter().any(|item| matches!(item, FieldItem::Spread(_)))
            || self.is_key(KeyPlace::Header, lower)
            || self.is_idempotency_key(lower)
    }

    /// Whether it is the key that each call is sent with, which the client makes.
    fn is_idempotency_key(&self, lower: &str) -> bool {
        let (method, specification) = (self.method, self.specification);
        let groups = specification.groups.iter().filter(|other| other.name.value == method.group());
        let levels = [&method.resending].into_iter().chain(groups.map(|group| &group.resending));
        let mut said = levels.chain([&specification.defaults.resending]);
        let said = said.find_map(|resending| resending.idempotency.as_ref());
        matches!(said, Some(Idempotency::Header(header)) if header.value.eq_ignore_ascii_case(lower))
    }

    /// Whether a credential travels under this name.
    fn is_key(&self, at: KeyPlace, wire: &str) -> bool {
        self.specification.auth.iter().any(|entry| match &entry.kind {
            AuthKind::ApiKey { place, name, .. } => {
                *place == at && name.value.eq_ignore_ascii_case(wire)
            }
            _ => false,
        })
    }

    /// Warns of what looks like a secret that works.
    fn secret(&mut self, name: &str, value: &Cut<'_>) {
        let lower = name.to_ascii_lowercase();
        let text = value.text.rsplit(' ').next().unwrap_or_default();
        let all = value.text.to_lowercase();
        let named = SECRET.iter().any(|part| lower.contains(part));
        let digits = text.chars().any(|c| c.is_ascii_digit());
        let real = text.len() >= 16 && digits && text.chars().any(|c| c.is_ascii_alphabetic());
        if named && real && !STAND_INS.iter().any(|part| all.contains(part)) {
            self.diagnostics.push(
                Diagnostic::warning(
                    &codes::EXAMPLE_SECRET,
                    value.span(0, value.text.len()),
                    format!("`{}` seems to hold a secret", shown(name)),
                )
                .help("whoever can read the specification can use it: write `…` in its place"),
            );
        }
    }

    fn status(&mut self, answer: &Message<'_>) -> Option<Spanned<Option<u16>>> {
        let Some(status) = answer.status() else {
            self.push(
                &answer.line,
                "this is no status line",
                "expected one such as `HTTP/1.1 200 OK`",
            );
            return None;
        };
        Some(Spanned::new(Some(status), answer.line.span(0, answer.line.text.len())))
    }

    /// The body as an example has it.
    fn body(&mut self, message: &Message<'_>, expected: bool) -> Result<Option<Node>, Reported> {
        let kind = message.header("content-type").unwrap_or_default().to_ascii_lowercase();
        let Some(body) = &message.body else {
            if expected && !kind.is_empty() && message.header("content-length") != Some("0") {
                let label = "its `Content-Type` promises one, after a blank line";
                self.push(&message.line, "the body is missing", label);
                return Err(Reported);
            }
            return Ok(None);
        };
        if is_json(message) {
            return match json::read(body) {
                Ok(node) => Ok(Some(node)),
                Err((at, label)) => {
                    let end = body.text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
                    let span = body.span(at, end);
                    let text = "the body is no JSON";
                    self.diagnostics
                        .push(Diagnostic::error(&codes::EXAMPLE_FILE, span, text).label(label));
                    Err(Reported)
                }
            };
        }
        if kind.starts_with("application/x-www-form-urlencoded") {
            let entries = pairs(body).map(|(name, value)| Entry {
                key: Spanned::new(decoded(name.text, true), name.span(0, name.text.len())),
                value: scalar(&value, decoded(value.text, true)),
            });
            let value = Value::Mapping(entries.collect());
            return Ok(Some(Node {
                span: body.span(0, body.text.len()),
                value,
                comment_after: None,
            }));
        }
        // Parts and bytes cannot be pasted.
        let text = kind.is_empty() || kind.starts_with("text/") || kind.contains("xml");
        Ok(text.then(|| scalar(body, body.text.to_owned())))
    }
}

/// A member that is declared here under a name.
fn member(items: &[FieldItem], is: impl Fn(&str) -> bool) -> Option<&Member> {
    items.iter().find_map(|item| match item {
        FieldItem::Member(member) if is(&member.wire.value) => Some(&**member),
        _ => None,
    })
}

fn is_list(member: &Member) -> bool {
    matches!(&member.ty.kind, TypeKind::Name { name, .. } if name == "list")
}

fn scalar(cut: &Cut<'_>, text: String) -> Node {
    let value = Value::Scalar(Scalar::new(text, Style::Plain));
    Node { span: cut.span(0, cut.text.len()), value, comment_after: None }
}
