//! Methods: what is sent, what comes back.

use super::members::{constants, object_constants};
use super::{Facts, form, retry, rules, timeouts};
use crate::diff::{types, words};
use crate::ir::{
    Alternative, AnswerVariant, Api, Auth, Body, Content, Effect, ErrorVariant, Errors, Holds,
    Media, Method, Outcome, PageStyle, Paging, StatusPattern, Transaction, Type, Value,
};

pub(in crate::diff) fn method(api: &Api, method: &Method) -> Facts {
    let Method {
        full_name: _,
        ident: _,
        request: _,
        docs: _,
        verb,
        route,
        auth,
        scopes,
        server,
        effect,
        retry_on,
        idempotency_key,
        timeouts: times,
        parameters: _,
        constants: sent,
        among,
        body,
        success,
        outcome,
        errors: _,
        paging: _,
        inside: _,
        uneven_errors: _,
        lost_parameters: _,
    } = method;
    let server = server.and_then(|index| api.servers.get(index));
    let effect = match effect {
        Effect::Read => "read",
        Effect::Idempotent => "idempotent",
        Effect::Write => "write",
    };
    let idempotency = idempotency_key.as_deref();
    let idempotency =
        idempotency.map(|header| words::map([("header".to_owned(), words::text(header))]));
    let auth = auth.and_then(|index| api.auths.get(index));
    Facts::new()
        .key("http", format_args!("{} {route}", verb.word()))
        .maybe("server", server.map(|server| words::text(&server.name)))
        .and(auth.map_or_else(Facts::new, |auth| self::auth(api, auth, scopes.as_deref())))
        .key("effect", effect)
        .and(returned(&|ty| types::written(api, ty), &|written| returns(written, success, outcome)))
        .maybe("retry", retry_on.as_deref().map(retry))
        .maybe("idempotency", idempotency)
        .and(timeouts(*times))
        .and(constants(sent))
        .and(rules(among))
        .and(body.as_ref().map_or_else(Facts::new, own_members))
}

/// What a call needs: an entry, and what it is made of.
fn auth(api: &Api, auth: &Auth, own: Option<&[String]>) -> Facts {
    let Auth { entry, constant: _, alternatives, scopes } = auth;
    let scopes = own.unwrap_or(scopes);
    let name = |index: usize| api.schemes.get(index).map_or("", |scheme| scheme.name.as_str());
    let sets: Vec<String> = alternatives
        .iter()
        .map(|set| match set.as_slice() {
            [one] => words::text(name(*one)),
            several => {
                let names = words::list(several.iter().map(|index| name(*index)));
                words::map([("all".to_owned(), names)])
            }
        })
        .collect();
    let facts = Facts::new().key("auth", words::text(entry));
    let facts = match sets.as_slice() {
        // The entry itself.
        [one] if *one == words::text(entry) => facts,
        sets => facts.say("alternatives", format!("any: [{}]", sets.join(", "))),
    };
    facts.maybe("scopes", (!scopes.is_empty()).then(|| words::list(scopes)))
}

/// A body whose members are those of the method. Each has an item of its own.
fn own_members(body: &Body) -> Facts {
    match body {
        // Has an item of its own.
        Body::Value { ty: _, optional: _, media: _ } => Facts::new(),
        Body::Any { ident: _, optional: _, alternatives: _ } => Facts::new(),
        Body::Members { fields: _, constants, among, media } => Facts::new()
            .key("body", sent("…", media))
            .and(object_constants(constants))
            .and(rules(among)),
    }
}

/// A body of one type, or what is the same for all of several.
pub(in crate::diff) fn body(api: &Api, body: &Body) -> Facts {
    match body {
        Body::Value { ty, optional, media } => {
            let mark = if *optional { "body?" } else { "body" };
            let words = format!("{mark}: {}", sent(&types::written(api, ty), media));
            let optional = if *optional { "?" } else { "" };
            Facts::new()
                .declare("body", words, sent(ANY, media), optional)
                .and(form(&api.resolved(ty)))
        }
        Body::Any { ident: _, optional, alternatives: _ } => Facts::new()
            .say("body", if *optional { "body?: { any: … }" } else { "body: { any: … }" }),
        Body::Members { .. } => own_members(body),
    }
}

/// One of several bodies.
pub(in crate::diff) fn alternative(api: &Api, alternative: &Alternative) -> Facts {
    let Alternative { ident: _, holder: _, body, boxed: _ } = alternative;
    self::body(api, body)
}

/// What is sent, in the way in which it travels.
fn sent(what: &str, media: &Media) -> String {
    let keyed = |key: &str| words::map([(key.to_owned(), what.to_owned())]);
    match media {
        Media::Json if what == "…" => keyed("fields"),
        Media::Json => what.to_owned(),
        Media::Form => keyed("form"),
        Media::Multipart => keyed("multipart"),
        Media::Xml => keyed("xml"),
        Media::Text(media) => format!("text({media})"),
        Media::Bytes(media) => format!("binary({media})"),
    }
}

/// What stands for a type that Rust code sees.
const ANY: &str = "T";

/// How a type is written.
type Written<'w> = &'w dyn Fn(&Type) -> String;

/// What a success gives, in words for any way to write types.
fn returned(written: Written<'_>, words: &dyn Fn(Written<'_>) -> String) -> Facts {
    let all = format!("returns: {}", words(written));
    Facts::new().declare("returns", all, words(&|_| ANY.to_owned()), "")
}

/// `returns`, where it is not several kinds of answer, each of which has an item of its own.
fn returns(written: Written<'_>, success: &[u16], outcome: &Outcome) -> String {
    let by_status = |what: &dyn Fn(u16) -> String, any: String| match success {
        [] => any,
        all => words::map(all.iter().map(|status| (status.to_string(), what(*status)))),
    };
    let nothing = || "nothing".to_owned();
    match outcome {
        Outcome::Nothing => by_status(&|_| nothing(), nothing()),
        Outcome::Value(value) => {
            let value = self::value(written, value);
            by_status(&|_| value.clone(), value.clone())
        }
        Outcome::Optional { value, nothing: without } => {
            let value = self::value(written, value);
            let of = |status| if without.contains(&status) { nothing() } else { value.clone() };
            by_status(&of, value.clone())
        }
        Outcome::Several { ident, variants: _ } => ident.clone(),
    }
}

/// What is read of a body.
fn value(written: Written<'_>, value: &Value) -> String {
    let Value { ty, content, at, first } = value;
    let shown = written(ty);
    let mut further: Vec<(&str, Option<String>)> = Vec::new();
    let ty = match content {
        Content::Json => shown,
        Content::Xml => words::map([("xml".to_owned(), shown)]),
        Content::Text(media) => with_media("text", media.as_deref()),
        Content::Bytes { media, gzip } => {
            further.push(("decode", gzip.then(|| "gzip".to_owned())));
            with_media("binary", media.as_deref())
        }
        Content::Events { end, named } => {
            further.push(("end", end.as_deref().map(words::text)));
            further.push(("named", named.then(|| "true".to_owned())));
            format!("events<{shown}>")
        }
        Content::Lines => format!("lines<{shown}>"),
    };
    further.push(("at", (!at.is_empty()).then(|| words::path(at))));
    further.push(("first", first.then(|| "true".to_owned())));
    let is_read = !matches!(content, Content::Text(_) | Content::Bytes { .. });
    let format = types::format(&value.ty).filter(|_| is_read);
    further.push(("format", format));
    let further: Vec<(String, String)> =
        further.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    match further.is_empty() {
        true => ty,
        false => words::map(std::iter::once(("type".to_owned(), ty)).chain(further)),
    }
}

fn with_media(word: &str, media: Option<&str>) -> String {
    media.map_or_else(|| word.to_owned(), |media| format!("{word}({media})"))
}

/// One of several kinds of answer.
pub(in crate::diff) fn answer(api: &Api, variant: &AnswerVariant) -> Facts {
    let AnswerVariant { ident: _, statuses, value, boxed: _ } = variant;
    returned(&|ty| types::written(api, ty), &|written| {
        let value =
            value.as_ref().map_or("nothing".to_owned(), |value| self::value(written, value));
        match statuses.as_slice() {
            [] => value,
            all => words::map(all.iter().map(|status| (status.to_string(), value.clone()))),
        }
    })
}

/// What failures give, where all give the same, and what says that a success is none.
pub(in crate::diff) fn errors(api: &Api, method: &Method) -> Facts {
    let errors = match &method.errors {
        Errors::Undeclared => Facts::new(),
        Errors::One { model, status, xml } => {
            let holds = if *xml { Holds::Xml(*model) } else { Holds::Model(*model) };
            failures(api, &[*status], holds)
        }
        // Each has an item of its own.
        Errors::Enum { ident: _, variants: _ } => Facts::new(),
    };
    let inside = method.inside.as_deref();
    let inside = inside.map(|path| words::map([("when".to_owned(), words::path(path))]));
    errors.maybe("in_success", inside)
}

/// A declared error.
pub(in crate::diff) fn error(api: &Api, variant: &ErrorVariant) -> Facts {
    let ErrorVariant { ident: _, statuses, holds } = variant;
    failures(api, statuses, *holds)
}

fn failures(api: &Api, statuses: &[StatusPattern], holds: Holds) -> Facts {
    let (holds, beyond) = match holds {
        Holds::Nothing => ("nothing".to_owned(), ANY.to_owned()),
        Holds::Text => ("text".to_owned(), ANY.to_owned()),
        Holds::Model(id) => (types::written(api, &Type::Model(id)), ANY.to_owned()),
        Holds::Xml(id) => {
            let xml = |model: String| words::map([("xml".to_owned(), model)]);
            (xml(types::written(api, &Type::Model(id))), xml(ANY.to_owned()))
        }
    };
    let each = |holds: &str| {
        let status = |status: &StatusPattern| match status {
            StatusPattern::Exactly(status) => status.to_string(),
            StatusPattern::Range(first) => format!("{first}xx"),
            StatusPattern::Default => "default".to_owned(),
            StatusPattern::Inside => "in_success".to_owned(),
        };
        words::map(statuses.iter().map(|one| (status(one), holds.to_owned())))
    };
    Facts::new().declare("errors", format!("errors: {}", each(&holds)), each(&beyond), "")
}

/// How one gets to the next page.
pub(in crate::diff) fn paging(paging: &Paging) -> Facts {
    let Paging { style, limit, size, short, more, item: _, steps } = paging;
    let text = |key: &'static str, text: &str| vec![(key.to_owned(), words::text(text))];
    let (style, mut entries) = match style {
        PageStyle::Offset(offset) => ("offset", text("offset", offset)),
        PageStyle::Page(page, first) => {
            ("page", [text("page", page), vec![("first".to_owned(), first.to_string())]].concat())
        }
        PageStyle::Cursor(cursor, next) => {
            ("cursor", [text("cursor", cursor), text("next", &next.join("."))].concat())
        }
        // The way to the list is said below.
        PageStyle::InLast { parameter, list: _, member } => {
            ("cursor", [text("cursor", parameter), text("last", &member.join("."))].concat())
        }
        PageStyle::LinkHeader => ("link-header", Vec::new()),
        PageStyle::NextUrl(next) => ("next-url", text("next", &next.join("."))),
    };
    entries.insert(0, ("style".to_owned(), style.to_owned()));
    let steps: Vec<&str> = steps.iter().map(|step| step.ident.as_str()).collect();
    entries.extend(words::entries([
        ("limit", limit.as_deref().map(words::text)),
        ("end", short.then(|| "short".to_owned())),
        ("size", size.map(|size| size.to_string())),
        ("more", more.as_deref().map(words::path)),
        ("items", (!steps.is_empty()).then(|| words::text(&steps.join(".")))),
    ]));
    Facts::new().key("paginate", words::map(entries))
}

/// What is committed, and where its id stands. What begins and ends it is seen by Rust code.
pub(in crate::diff) fn transaction(transaction: &Transaction) -> Facts {
    let Transaction { type_name: _, open: _, commit: _, id, at, held: _, inside: _ } = transaction;
    Facts::new().key("id", words::text(id)).key("at", words::path(at))
}
