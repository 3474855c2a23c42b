//! Places where a type can stand, each with the specification that has types there.

use crate::page::Missing::{Absent, Null};
use crate::page::{Page, Shown, Slot};
use crate::types::Type;

/// A place where a type can stand.
pub(crate) struct Place {
    pub(crate) name: &'static str,
    /// Which types are tried there.
    pub(crate) takes: Takes,
    /// How many types one specification can have there.
    pub(crate) most: usize,
    write: fn(&mut Page, &[&Type]),
}

impl Place {
    /// A type with the value that examples have of it here: outside of bodies points in time are written as
    /// RFC 3339 says, unless their own place says something else.
    pub(crate) fn shown_here(&self, ty: &Type) -> Type {
        let outside = ["query", "header", "cookie", "path", "client", "page_parameter"];
        let mut ty = ty.clone();
        if outside.iter().any(|start| self.name.starts_with(start)) && ty.keys.contains("unix") {
            // It is in a text anyway.
            ty.sample = ty.sample.replace('"', "");
        }
        if ty.keys.is_empty() && outside.iter().any(|start| self.name.starts_with(start)) {
            ty.sample = ty.sample.replace("/Date(1700000000000+0100)/", "2026-01-31T08:30:00Z");
        }
        ty
    }

    /// Whether rare types stand here too, although not all are tried everywhere.
    pub(crate) fn is_central(&self) -> bool {
        matches!(self.name, "required" | "query" | "content" | "untagged" | "given")
    }

    /// Whether its examples are run, which takes the compiler much longer than the client does.
    pub(crate) fn is_run(&self) -> bool {
        let once =
            ["_optional", "_named", "_or_nothing", "_any", "page_", "xml_whole", "xml_answer"];
        self.most > 1 && !once.iter().any(|part| self.name.contains(part))
    }
}

/// Which types are tried at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// All, in all forms that a member can say.
    Members,
    /// Those that no word beside them changes.
    Types,
}

const fn members(name: &'static str, write: fn(&mut Page, &[&Type])) -> Place {
    Place { name, takes: Takes::Members, most: usize::MAX, write }
}

const fn types(name: &'static str, write: fn(&mut Page, &[&Type])) -> Place {
    Place { name, takes: Takes::Types, most: usize::MAX, write }
}

const fn alone(name: &'static str, write: fn(&mut Page, &[&Type])) -> Place {
    Place { name, takes: Takes::Types, most: 1, write }
}

/// All of them.
pub(crate) const PLACES: &[Place] = &[
    members("required", |page, types| page.objects(types, Slot::new("", "", ""))),
    members("optional", |page, types| page.objects(types, Slot::new("?", "", "").or(Absent))),
    members("nullable", |page, types| page.objects(types, Slot::new("", " | null", "").or(Null))),
    members("patched", |page, types| {
        page.objects(types, Slot::new("?", " | null", "").or(Absent).or(Null));
    }),
    members("null_as_default", |page, types| {
        page.objects(types, Slot::new("", "", ", null_as_default: true"));
    }),
    members("none_when", |page, types| {
        page.objects(types, Slot::new("?", "", ", none_when: [\"\"]"));
    }),
    members("has_default", |page, types| {
        page.objects(types, Slot::new("?", "", ", default: §text"));
    }),
    members("constant", |page, types| page.objects(types, Slot::new("", "", ", const: §text"))),
    members("also", |page, types| {
        page.objects(types, Slot::new("", "", ", also: \"_§name\", deprecated: true"));
    }),
    members("read", |page, types| {
        page.objects(types, Slot::new("", "", ", read: true").answered());
    }),
    members("write", |page, types| page.objects(types, Slot::new("", "", ", write: true").sent())),
    members("write_nullable", |page, types| {
        page.objects(types, Slot::new("", " | null", ", write: true").sent());
    }),
    members("sensitive", |page, types| page.objects(types, Slot::new("", "", ", sensitive: true"))),
    members("lent", Page::lent),
    members("own_member", |page, types| page.bodies("fields", types, "")),
    members("own_optional", |page, types| page.bodies("fields", types, "?")),
    members("form_member", |page, types| page.bodies("form", types, "")),
    members("form_optional", |page, types| page.bodies("form", types, "?")),
    members("part", |page, types| page.bodies("multipart", types, "")),
    members("part_optional", |page, types| page.bodies("multipart", types, "?")),
    members("form_of_model", |page, types| page.of_model(types, "form", "")),
    members("xml_element", |page, types| page.of_model(types, "xml", "")),
    members("xml_optional", |page, types| page.of_model(types, "xml", "?")),
    members("xml_attribute", |page, types| page.in_xml(types, ", xml: attribute")),
    members("xml_text", Page::xml_texts),
    members("xml_wrapped", |page, types| page.in_xml(types, ", xml: { wrapped: item }")),
    types("inside_tag", |page, types| page.union(types, "tag: kind, variants", Shown::Inside)),
    types("content", |page, types| {
        page.union(types, "tag: kind, content: data, variants", Shown::Content);
    }),
    types("keyed", |page, types| page.union(types, "key", Shown::Keyed)),
    types("untagged", Page::untagged),
    types("untagged_last", Page::untagged_last),
    types("given", Page::given),
    types("given_deep", Page::given_deep),
    types("alias", Page::aliases),
    members("query", |page, types| page.parameters("query", types, "", "")),
    members("query_optional", |page, types| page.parameters("query", types, "?", "")),
    members("query_csv", |page, types| page.parameters("query", types, "", ", style: csv")),
    members("query_space", |page, types| page.parameters("query", types, "?", ", style: space")),
    members("query_pipe", |page, types| page.parameters("query", types, "?", ", style: pipe")),
    members("query_deep", |page, types| {
        page.parameters("query", types, "", ", style: deep-object");
    }),
    members("query_deep_optional", |page, types| {
        page.parameters("query", types, "?", ", style: deep-object");
    }),
    members("header", |page, types| page.parameters("headers", types, "", "")),
    members("header_optional", |page, types| page.parameters("headers", types, "?", "")),
    members("cookie", |page, types| page.parameters("cookies", types, "", "")),
    members("cookie_optional", |page, types| page.parameters("cookies", types, "?", "")),
    members("path", |page, types| page.parameters("path", types, "", "")),
    members("path_steps", |page, types| page.parameters("path", types, "", ", style: slash")),
    members("client_query", |page, types| page.client("query", types, "")),
    members("client_header", |page, types| page.client("headers", types, "?")),
    members("client_cookie", |page, types| page.client("cookies", types, "?")),
    members("client_path", |page, types| page.client("path", types, "")),
    members("client_default", |page, types| page.client("path", types, ", default: §text")),
    types("body", |page, types| page.whole(types, "body: \"_\", returns: nothing", Shown::Sent)),
    types("body_optional", |page, types| {
        page.whole(types, "body?: \"_\", returns: nothing", Shown::Sent);
    }),
    types("form_whole", |page, types| {
        page.whole(types, "body: { form: \"_\" }, returns: nothing", Shown::Sent);
    }),
    types("xml_whole", |page, types| {
        page.whole(types, "body: { xml: \"_\" }, returns: nothing", Shown::Sent);
    }),
    types("xml_answer", |page, types| {
        page.whole(types, "returns: { xml: \"_\" }", Shown::Answered);
    }),
    types("body_any", |page, types| {
        page.whole(
            types,
            "body: { any: { Json: \"_\", Csv: text(text/csv) } }, returns: nothing",
            Shown::Sent,
        );
    }),
    types("answer", |page, types| page.whole(types, "returns: \"_\"", Shown::Answered)),
    types("answer_or_nothing", |page, types| {
        page.whole(types, "returns: { 200: \"_\", 204: nothing }", Shown::Answered);
    }),
    types("answer_named", |page, types| {
        page.whole(types, "returns: { 200: \"_ as Found\", 201: text as Made }", Shown::Answered);
    }),
    types("answer_any", |page, types| {
        page.whole(
            types,
            "returns: { any: { Json: \"_\", Png: binary(image/png) } }",
            Shown::Answered,
        );
    }),
    types("answer_at", |page, types| {
        page.whole(types, "returns: { at: data.it, type: \"_\" }", Shown::At);
    }),
    types("answer_first", |page, types| {
        page.whole(types, "returns: { at: data.it, type: \"_\", first: true }", Shown::First);
    }),
    types("error", |page, types| {
        page.whole(types, "returns: nothing, errors: { 4xx: \"_\" }", Shown::Error);
    }),
    types("error_named", |page, types| {
        page.whole(
            types,
            "returns: nothing, errors: { 400: \"_ as Wrong\", 404: text }",
            Shown::Error,
        );
    }),
    types("lines", |page, types| page.whole(types, "returns: \"lines<_>\"", Shown::Items)),
    types("events", |page, types| page.whole(types, "returns: \"events<_>\"", Shown::Items)),
    types("events_named", Page::named_events),
    types("page_items", |page, types| page.paged(types, "at: items, type: \"list<_>\"")),
    types("page_of_model", Page::paged_models),
    types("page_cursor", Page::cursors),
    members("page_parameter", Page::page_parameters),
    types("delivered", Page::deliveries),
    alone("delivered_each", |page, types| page.delivery(types, "each: \"_\"")),
    alone("delivered_envelope", |page, types| {
        page.delivery(types, "list: items, envelope: \"_\", events: { some: json }");
    }),
    types("claim", Page::claims),
];

/// The specification that has these types at a place.
pub(crate) fn specification(place: &Place, name: &str, wire: &str, types: &[&Type]) -> String {
    let mut page = Page::default();
    for line in types.iter().flat_map(|ty| &ty.models) {
        page.model(line);
    }
    if types.iter().any(|ty| ty.text.contains("link<") || !ty.models.is_empty()) {
        page.method("things.get: { http: GET /things, returns: json }");
    }
    (place.write)(&mut page, types);
    page.whole_text(name, wire)
}

/// The same without its examples, which stand at the end of what they are of.
pub(crate) fn without_examples(text: &str) -> String {
    let mut rest = String::new();
    for line in text.lines().take_while(|line| *line != "  examples:") {
        match line.split_once(", examples: {") {
            Some((before, _)) => rest.push_str(&format!("{before} }}\n")),
            None if line.trim_start().starts_with("examples: {") => {}
            None => rest.push_str(&format!("{line}\n")),
        }
    }
    rest
}
