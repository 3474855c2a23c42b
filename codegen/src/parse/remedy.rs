//! How a value of the wrong kind is written instead.

mod meant;

use super::auth;
use super::choice;
use super::elsewhere::NAMED_OBJECT;
use super::json_schema;
use super::reader::shown;
use super::sources;
use crate::foreign;
use crate::format::{flow, flow_text};
use crate::yaml::{Node, Value};
use meant::{
    by_type, errors_meant, is_address, is_header, is_word, members, method_on_a_line, models,
    only_address, quoted_braces, route_in_parts, statuses, words,
};

/// How a value is mended that is of the wrong kind: in words, and as what stands in its place.
pub(super) struct Remedy {
    pub(super) help: String,
    pub(super) patch: Option<String>,
}

/// How a text is written, where a list or a mapping of it stands.
pub(super) fn of_text(what: &str, node: &Node) -> Option<Remedy> {
    if let Some(found) = in_braces(what, node) {
        return Some(found);
    }
    let text = |node: &Node| node.as_scalar().map(|scalar| scalar.text.clone());
    // `{ name: X-Api-Key }`
    let named = node.as_mapping().and_then(|all| match all {
        [only]
            if matches!(
                only.key.value.as_str(),
                "name" | "param" | "parameter" | "key" | "const" | "value" | "field" | "query"
            ) =>
        {
            text(&only.value)
        }
        _ => None,
    });
    // Brackets of a text, `end: [DONE]`
    if what == "end"
        && let Some([only]) = node.as_sequence()
        && let Some(word) = text(only)
    {
        let mended = format!("\"[{word}]\"");
        let help = format!(
            "a text that begins with a bracket is put in quotes: `end: {}`",
            shown(&mended)
        );
        return Some(Remedy { help, patch: Some(mended) });
    }
    let only = node.as_sequence().and_then(|all| match all {
        [only] => text(only),
        _ => None,
    });
    if !matches!(what, "http" | "default")
        && let Some(name) = named.or(only)
        // What is no type may be one of several values.
        && (what != "type" || foreign::is_type(&name))
    {
        let help = format!("did you mean `{}`?", shown(&name));
        return Some(Remedy { help, patch: Some(flow_text(&name)) });
    }
    let help = match what {
        "default" => {
            let patch = flow_text(&flow(node));
            let help = "a default is a text, for readers".to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        "from" if let Some(meant) = sources::from_meant(node) => {
            let help = "the source and what to find there are one text".to_owned();
            return Some(Remedy { help, patch: Some(flow_text(&meant)) });
        }
        "status" => "one status, as a number: `status: 429`",
        "over" => "what is signed is one text: `over: body`, `over: \"{timestamp}.{body}\"`",
        "next" if node.get("header").is_some() => {
            "a cursor is a member of the body, `next: meta.next`; an address in the header `Link` is `style: link-header`"
        }
        "cursor" | "offset" | "page" | "limit" => "name the query parameter: `cursor: after`",
        "paginate" => "name one entry of `pagers`: `paginate: pages`",
        "http" | "like" => return written(what, node),
        "const" if node.as_sequence().is_some() => {
            "what is one of several values is an enum: `models: { Kind: { enum: [a, b] } }`"
        }
        _ => return None,
    };
    Some(Remedy { help: help.to_owned(), patch: None })
}

/// A text in braces, `{body}`, which YAML takes for a mapping. Few texts have braces of their own.
fn in_braces(what: &str, node: &Node) -> Option<Remedy> {
    const WITH_BRACES: [&str; 7] =
        ["over", "doc", "const", "default", "url", "token_url", "authorize_url"];
    let [only] = node.as_mapping()? else { return None };
    let key = only.key.value.as_str();
    let whole = (node.span.end - node.span.start) as usize == key.len() + 2;
    let (help, patch) = if WITH_BRACES.contains(&what) {
        ("a text that begins with a brace is put in quotes", format!("\"{{{key}}}\""))
    } else {
        ("a text has no braces around it", key.to_owned())
    };
    (whole && only.value.is_null()).then(|| Remedy { help: help.to_owned(), patch: Some(patch) })
}

/// How what should be a mapping is written, where a text or a list of it stands.
pub(super) fn written(what: &str, node: &Node) -> Option<Remedy> {
    let text = node.as_scalar().map(|scalar| scalar.text.as_str());
    let example = match (what, text) {
        ("servers", Some(url)) if is_address(url) => {
            let patch = format!("{{ production: {} }}", quoted_braces(url));
            return Some(Remedy { help: "give the server a name".to_owned(), patch: Some(patch) });
        }
        ("a source", Some(url)) if is_address(url) => {
            let patch = format!("{{ url: {} }}", quoted_braces(url));
            return Some(Remedy {
                help: "say that it is the address".to_owned(),
                patch: Some(patch),
            });
        }
        ("path", Some(path)) if path.starts_with('/') => {
            let help = "a path stands behind its verb, `http: GET /users/{id}`; what its parameters are stands by their \
                        names: `path: { id: string }`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("a server" | "servers", _) if let Some(url) = only_address(node) => {
            let patch = format!("{{ production: {} }}", quoted_braces(url));
            return Some(Remedy { help: "give the server a name".to_owned(), patch: Some(patch) });
        }
        ("provider", Some(name)) => {
            let patch = format!("{{ name: {name} }}");
            return Some(Remedy { help: "say that it is the name".to_owned(), patch: Some(patch) });
        }
        ("an auth entry", Some(word)) if let Some(scheme) = auth::scheme_meant(word) => {
            let (help, patch) = match scheme {
                "basic" | "bearer" => {
                    ("say that it is the scheme", Some(format!("{{ scheme: {scheme} }}")))
                }
                "api-key" => {
                    ("say where the key travels: `{ scheme: api-key, header: X-Api-Key }`", None)
                }
                "jwt" => ("say what signs it, too: `{ scheme: jwt, alg: HS256 }`", None),
                _ => (
                    "say how a token is got: `{ scheme: oauth2, flow: client-credentials, token_url: https://… }`",
                    None,
                ),
            };
            return Some(Remedy { help: help.to_owned(), patch });
        }
        ("auth", Some("none" | "false" | "no")) => {
            let help = "leave `auth` out where nobody has to authenticate";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("auth", Some(word)) if matches!(auth::scheme_meant(word), Some("basic" | "bearer")) => {
            let scheme = auth::scheme_meant(word).unwrap_or_default();
            let patch = format!("{{ token: {{ scheme: {scheme} }} }}");
            let help = "entries are named, by what the app calls them".to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("a group", Some(doc)) => {
            let patch = format!("{{ doc: {} }}", flow_text(doc));
            let help = "say that it is the documentation".to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("claims", _) => "claims: { iss: string, aud: \"https://api.example.com\" }",
        ("errors", _) if let Some(patch) = errors_meant(node) => {
            let help = "errors stand behind their statuses, those of all others behind `default`"
                .to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("an error inside a success", Some(_)) => {
            "in_success: { when: status.errorCode, as: Problem }"
        }
        ("path" | "query" | "cookies" | "form" | "fields", None)
            if let Some(patch) = members(node) =>
        {
            let help = format!("each stands by its name: `{what}: {}`", shown(&patch));
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("query" | "cookies" | "fields", Some(name))
            if name.starts_with(char::is_uppercase) && is_word(name) =>
        {
            let help = "take the members of the model with `...`".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ ...: {name} }}")) });
        }
        ("any", None) => {
            let help = "alternatives of several media types have names, `any: { Json: Report, Table: text(text/csv) }`; \
                        several models are a union";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("idempotency", Some("false" | "no" | "off")) => {
            let help = "what is inherited is cleared by `none`".to_owned();
            return Some(Remedy { help, patch: Some("none".to_owned()) });
        }
        ("form", _) => "form: { grant_type: string, scope?: string }",
        ("datetime", Some(format)) if is_word(format) => {
            let help = "say that it is the format".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ format: {format} }}")) });
        }
        ("formats", None) if let Some(names) = words(node) => {
            let media = |name: &&str| Some(format!("{name}: {}", super::media_of_ending(name)?));
            let each: Option<Vec<String>> = names.iter().map(media).collect();
            let patch = each.map(|each| format!("{{ {} }}", each.join(", ")));
            let help = "each format has a name and a media type".to_owned();
            return Some(Remedy { help, patch });
        }
        ("enum", Some(word @ ("name" | "number"))) => {
            let help = "say what is read and what is written".to_owned();
            let patch = format!("{{ read: [name, number], write: {word} }}");
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("event" | "id", Some(name)) if is_word(name) => {
            let place = if is_header(name) { "header" } else { "field" };
            let help = "say whether it is a header or a member of the body".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ {place}: {name} }}")) });
        }
        ("ping", Some(name)) if is_word(name) => {
            let help = "say that it is the event".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ event: {name} }}")) });
        }
        ("idempotency", Some(name)) if is_header(name) => {
            let help = "say that it is a header".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ header: {name} }}")) });
        }
        ("retry", Some("none" | "false" | "no" | "never" | "off")) => {
            let help = "what is never sent again says so by an empty list".to_owned();
            return Some(Remedy { help, patch: Some("{ on: [] }".to_owned()) });
        }
        ("retry", None) if let Some(statuses) = statuses(node) => {
            let help = "say that these are statuses after which a call is sent again".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ on: [{statuses}] }}")) });
        }
        ("retry", Some(status)) if status.parse::<u16>().is_ok_and(|it| it >= 400) => {
            let help = "say that it is a status after which a call is sent again".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ on: [{status}] }}")) });
        }
        ("retry", _) => {
            let help = "say after which statuses a call is sent again, `retry: { on: [429, 503] }`; how often is up to the app";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("verify", Some("false" | "no" | "off" | "nothing" | "null")) => {
            let help = "a provider that signs nothing is `verify: none`".to_owned();
            return Some(Remedy { help, patch: Some("none".to_owned()) });
        }
        ("verify", _) => {
            let help = "say where the signature stands and how it is made, \
                        `verify: { header: X-Signature, hmac: sha256, encoding: hex, over: body }`; `none` if there is none";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("http", _) if let Some(route) = route_in_parts(node) => {
            let help = "verb and path are one text".to_owned();
            return Some(Remedy { help, patch: Some(format!("\"{route}\"")) });
        }
        ("an example", Some(text)) if !text.contains('.') => {
            "examples: { first: { response: { id: u-1 } } }"
        }
        ("an example", Some(_)) => {
            let help = "an exchange is a file of raw HTTP, whose name ends in `.http`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("http", _) => "http: GET /users/{id}",
        ("enum", Some(text)) if let Some(listed) = choice::listed(text) => {
            let help = "values stand in brackets, with commas between them".to_owned();
            return Some(Remedy { help, patch: Some(listed) });
        }
        ("enum", _) => "enum: [red, green]",
        // `[title, { -year: { name: Descending } }]`
        ("an item of `enum", None) => {
            let help = "where a value has a name or a documentation, all of them stand in a mapping: \
                        `enum: { title: {}, -year: { name: YearDescending } }`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("...", None)
            if let Some([only]) = node.as_mapping()
                && matches!(only.key.value.as_str(), "like" | "type" | "model" | "$ref")
                && let Some(name) = only.value.as_scalar() =>
        {
            let help = "the model is named alone".to_owned();
            let name = name.text.rsplit('/').next().unwrap_or_default();
            return Some(Remedy { help, patch: Some(name.to_owned()) });
        }
        ("without" | "optional" | "also" | "...", None)
            if let Some(keys) = node.as_mapping()
                && keys.iter().all(|it| it.value.is_null() || it.value.as_scalar().is_some()) =>
        {
            let keys: Vec<&str> = keys.iter().map(|entry| entry.key.value.as_str()).collect();
            let help = "names of members are a list".to_owned();
            return Some(Remedy { help, patch: Some(format!("[{}]", keys.join(", "))) });
        }
        ("untagged" | "a union", None) if let Some(variants) = by_type(node) => {
            let patch =
                if what == "untagged" { variants } else { format!("{{ untagged: {variants} }}") };
            let help = "variants have names".to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("untagged", _) => "untagged: { Number: double, Text: string }",
        ("key", _) => "key: { userId: int64, email: string }",
        ("variants", None) if node.as_sequence().is_some() => {
            let help = "say which tag stands for which: `variants: { text: TextMessage, image: ImageMessage }`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("variants", _) => "variants: { text: TextMessage, image: ImageMessage }",
        ("servers", _) => "servers: { production: https://api.example.com }",
        ("a source" | "sources", _) => "sources: { docs: { url: https://developers.example.com } }",
        ("models", None) if node.as_sequence().is_some() => {
            let help = "models stand by their names, without dashes: `models: { User: { fields: { id: string } } }`";
            return Some(Remedy { help: help.to_owned(), patch: models(node) });
        }
        ("models", _) => "models: { User: { fields: { id: string } } }",
        ("methods", _) => "methods: { users.get: { http: GET /user, returns: User } }",
        ("auth" | "an auth entry", _) => "auth: { token: { scheme: bearer } }",
        ("provider", _) => "provider: { name: punt }",
        ("fields" | "query" | "headers" | "path" | "cookies" | "multipart", Some(text))
            if let Some((name, ty)) = text.split_once(':')
                && !text.contains(['\n', ' '])
                && !ty.is_empty() =>
        {
            let help = "a blank stands behind the colon".to_owned();
            return Some(Remedy { help, patch: Some(format!("{name}: {ty}")) });
        }
        // The members of a model, as they are; whatever else stands there is no name.
        ("multipart", Some(name)) if name.starts_with(|c: char| c.is_uppercase()) => {
            let patch = format!("{{ ...: {name} }}");
            let help = "take the members of the model with `...`".to_owned();
            return Some(Remedy { help, patch: Some(patch) });
        }
        ("multipart", _) => "multipart: { picture: file, title?: string }",
        ("any", _) => "any: { Json: Report, Table: text(text/csv) }",
        ("fields", _) => "fields: { id: string, name?: string }",
        ("path", _) => "path: { id: string }",
        ("query", _) => "query: { page?: int32 }",
        ("headers", _) => "headers: { X-Trace?: string }",
        ("cookies", _) => "cookies: { session: string }",
        ("errors", _) => "errors: { 404: nothing, default: Problem }",
        ("formats", _) => "formats: { json: application/json, csv: text/csv }",
        ("examples", _) => "examples: { first: { response: { id: u-1 } } }",
        ("groups" | "a group", _) => "groups: { users: { doc: People with an account. } }",
        ("pagers", _) => "pagers: { pages: { style: page, page: page } }",
        ("a union", _) => "union: { tag: type, variants: { text: TextMessage } }",
        ("use", Some(path)) if path.ends_with(".yaml") || path.ends_with(".yml") => {
            let name = path.rsplit('/').next().and_then(|file| file.split('.').next());
            let name = name.filter(|name| is_word(name)).unwrap_or("common");
            let help = "a used file has a name".to_owned();
            return Some(Remedy { help, patch: Some(format!("{{ {name}: {path} }}")) });
        }
        ("before", _) => "before: { cursor: before, next: meta.previous }",
        ("rate_limit", Some("none" | "false" | "no")) => {
            let help = "leave `rate_limit` out where none is known";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("use", _) => "use: { common: common.yaml }",
        ("parameters", _) => "parameters: { query: { locale?: string } }",
        ("allow", _) => "allow: { W0202: The service has announced it. }",
        ("events", _) => "events: { PAID: Payment, GOODBYE: nothing }",
        ("like", _)
            if let Some([one]) = node.as_sequence()
                && let Some(name) = one.as_scalar() =>
        {
            let help = "a model is like one other".to_owned();
            return Some(Remedy { help, patch: Some(name.text.clone()) });
        }
        ("like", _) => {
            let help = "the members of several models are taken with `...` among the `fields`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        (one, None)
            if (one == "timeout" || one.len() == 3 && one.starts_with(['4', '5']))
                && let Some([only]) = node.as_sequence()
                && let Some(word) = only.as_scalar() =>
        {
            let help = format!("did you mean `{}`?", shown(&word.text));
            return Some(Remedy { help, patch: Some(flow_text(&word.text)) });
        }
        ("timeout", _) => {
            let help = "one time is that of the call, several have names: `timeout: { attempt: 30s, call: 2m }`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        (status, None) if status.len() == 3 && status.starts_with(['4', '5']) => {
            let help = "the body of an error is one model, which may have a list: `404: Problem`";
            return Some(Remedy { help: help.to_owned(), patch: None });
        }
        ("a pager", Some(style @ ("page" | "offset"))) => {
            let help = "say that it is the style, and by which parameter".to_owned();
            return Some(Remedy {
                help,
                patch: Some(format!("{{ style: {style}, {style}: {style} }}")),
            });
        }
        ("a pager", Some("link-header")) => {
            let help = "say that it is the style".to_owned();
            return Some(Remedy { help, patch: Some("{ style: link-header }".to_owned()) });
        }
        ("a pager", _) => "pages: { style: cursor, cursor: after, next: meta.next }",
        ("variables", _) if let Some(names) = words(node) => {
            let types: Vec<String> = names.iter().map(|name| format!("{name}: string")).collect();
            let patch = format!("{{ {} }}", types.join(", "));
            return Some(Remedy {
                help: "say what each of them is".to_owned(),
                patch: Some(patch),
            });
        }
        ("variables", _) => "variables: { account: string }",
        ("scopes", None) if let Some(all) = node.as_mapping() => {
            let names: Vec<String> = all.iter().map(|entry| flow_text(&entry.key.value)).collect();
            let help = "scopes are a list of what the service calls them".to_owned();
            let flow = all.first().is_some_and(|one| one.key.span.start > node.span.start);
            let patch = flow.then(|| format!("[{}]", names.join(", ")));
            return Some(Remedy { help, patch });
        }
        ("a method", Some(text)) => return method_on_a_line(text),
        ("event", _) => "event: { field: type }",
        ("id", _) => "id: { header: X-Delivery-Id }",
        ("ping", _) => "ping: { event: PING }",
        ("timestamp", _) => "timestamp: { header: X-Timestamp, tolerance: 5m }",
        ("idempotency", _) => "idempotency: { header: Idempotency-Key }",
        ("rate_limit", _) => "rate_limit: { requests: 500, per: 15m }",
        ("a transaction", _) => "transaction: { open: create, commit: commit, id: export-id }",
        ("an element of XML", _) => "xml: { root: order }",
        _ => return None,
    };
    Some(Remedy { help: format!("as in `{example}`"), patch: None })
}

/// A list of one type, where a type belongs.
pub(super) fn list_as_type(node: &Node) -> Option<Remedy> {
    let Value::Sequence(items) = &node.value else { return None };
    if let Some(ty) = json_schema::nullable(items) {
        let help = "what may be null says so behind its type".to_owned();
        return Some(Remedy { help, patch: Some(ty) });
    }
    let names: Vec<&str> =
        items.iter().filter_map(|item| Some(item.as_scalar()?.text.as_str())).collect();
    if let [only] = items.as_slice()
        && only.as_mapping().is_some()
    {
        return Some(Remedy { help: NAMED_OBJECT.to_owned(), patch: None });
    }
    match names.as_slice() {
        [one] if items.len() == 1 && !one.is_empty() => {
            let one = foreign::ty(one).unwrap_or_else(|| (*one).to_owned());
            if !foreign::is_type(&one) {
                let help = "a list says what is in it, `list<string>`; values are an enum, a model with a name";
                return Some(Remedy { help: help.to_owned(), patch: None });
            }
            let ty = format!("list<{one}>");
            // Inside { } a comma would end it.
            let patch = if ty.contains(',') { format!("\"{ty}\"") } else { ty };
            Some(Remedy { help: "a list says what is in it".to_owned(), patch: Some(patch) })
        }
        // Models are written with capitals.
        [_, _, ..] if names.iter().all(|name| name.starts_with(char::is_uppercase)) => {
            let help = "several types are a choice, a model with a name: `union: { untagged: { … } }`; answers are \
                        told apart by their statuses";
            Some(Remedy { help: help.to_owned(), patch: None })
        }
        [_, _, ..] => {
            let help = "several values are an enum, a model with a name: `enum: [red, green]`";
            Some(Remedy { help: help.to_owned(), patch: None })
        }
        _ => None,
    }
}
