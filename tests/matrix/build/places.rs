//! Places where a type can stand, each with the specification that has types there.

use std::fmt::Write as _;

use crate::types::{Type, pascal};

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
        page.methods.push_str("  things.get: { http: GET /things, returns: json }\n");
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

/// How a value is shown.
#[derive(Clone, Copy)]
enum Shown {
    Inside,
    Content,
    Keyed,
    Sent,
    Answered,
    At,
    First,
    Items,
    Error,
}

/// How a member is declared, and what examples show of it.
#[derive(Clone, Copy)]
struct Slot {
    mark: &'static str,
    null: &'static str,
    extra: &'static str,
    sent: bool,
    answered: bool,
    absent: bool,
    nulls: bool,
}

/// What there may be in place of a value.
#[derive(Clone, Copy)]
enum Missing {
    Absent,
    Null,
}
use Missing::{Absent, Null};

impl Slot {
    const fn new(mark: &'static str, null: &'static str, extra: &'static str) -> Self {
        Self { mark, null, extra, sent: true, answered: true, absent: false, nulls: false }
    }

    fn or(self, none: Missing) -> Self {
        match none {
            Absent => Self { absent: true, ..self },
            Null => Self { nulls: true, ..self },
        }
    }

    fn answered(self) -> Self {
        Self { sent: false, ..self }
    }

    fn sent(self) -> Self {
        Self { answered: false, ..self }
    }

    /// `size?: { type: "int32 | null", … }`
    fn line(self, ty: &Type) -> String {
        let Self { mark, null, extra, .. } = self;
        let extra = extra.replace("§name", &ty.name).replace("§text", &ty.text_of_sample());
        format!("      {}{mark}: {{ type: \"{}{null}\"{}{extra} }}\n", ty.name, ty.text, ty.keys)
    }
}

/// `{ "a": …, "b": … }`
fn object(types: &[&Type], shown: impl Fn(&Type) -> String) -> String {
    let members: Vec<_> =
        types.iter().map(|ty| format!("\"{}\": {}", ty.name, shown(ty))).collect();
    format!("{{ {} }}", members.join(", "))
}

/// How many members a model has at most, and how many parameters a method.
const MEMBERS: usize = 24;

/// A specification while it is written.
#[derive(Default)]
struct Page {
    /// What stands before the models.
    head: String,
    models: Vec<String>,
    methods: String,
    /// What stands behind the methods.
    tail: String,
}

impl Page {
    fn model(&mut self, lines: &str) {
        if !self.models.iter().any(|known| known == lines) {
            self.models.push(lines.to_owned());
        }
    }

    fn method(&mut self, line: &str) {
        let _ = writeln!(self.methods, "  {line}");
    }

    fn whole_text(&self, name: &str, wire: &str) -> String {
        let Self { head, models, methods, tail } = self;
        let models = if models.is_empty() {
            String::new()
        } else {
            format!("models:\n{}\n", models.join("\n"))
        };
        let methods = if methods.is_empty() {
            "methods:\n  things.get: { http: GET /things, returns: json }\n".to_owned()
        } else {
            format!("methods:\n{methods}")
        };
        format!(
            "clientwright: 1\nprovider: {{ name: {name} }}\nservers: {{ production: https://api.example.com }}\n{wire}{head}{models}{methods}{tail}"
        )
    }

    /// Models with these as members, sent and answered.
    fn objects(&mut self, types: &[&Type], slot: Slot) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types.iter().map(|ty| slot.line(ty)).collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.trim_end()));
            let full = object(types, |ty| ty.sample.clone());
            let shown = |is: bool| if is { full.as_str() } else { "{}" };
            let mut examples = format!(
                "full: {{ request: {}, response: {} }}",
                shown(slot.sent),
                shown(slot.answered)
            );
            if slot.absent {
                examples.push_str(", absent: { request: {}, response: {} }");
            }
            if slot.nulls {
                let nulls = object(types, |_| "null".to_owned());
                let _ = write!(examples, ", nulls: {{ request: {nulls}, response: {nulls} }}");
            }
            self.method(&format!(
                "of.holder{at}: {{ http: PUT /holder{at}, body: Holder{at}, returns: Holder{at}, examples: {{ {examples} }} }}"
            ));
        }
    }

    /// Members that other models take.
    fn lent(&mut self, types: &[&Type]) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types.iter().map(|ty| Slot::new("", "", "").line(ty)).collect();
            self.model(&format!("  Base{at}:\n    fields:\n{}", lines.trim_end()));
            self.model(&format!("  Taker{at}: {{ fields: {{ own: string, ...: Base{at} }} }}"));
            self.model(&format!("  Change{at}: {{ like: Base{at}, optional: all }}"));
            let full = object(types, |ty| ty.sample.clone());
            let taken = format!("{{ \"own\": a, {}", full.trim_start_matches('{'));
            self.method(&format!(
                "of.change{at}: {{ http: PATCH /lent{at}, body: Change{at}, returns: Taker{at}, examples: {{ full: {{ request: {full}, response: {taken} }} }} }}"
            ));
        }
    }

    /// Bodies with these as members of their own.
    fn bodies(&mut self, form: &str, types: &[&Type], mark: &'static str) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types
                .iter()
                .map(|ty| format!("    {}", Slot::new(mark, "", "").line(ty)))
                .collect();
            let full = object(types, |ty| ty.sample.clone());
            self.method(&format!(
                "of.body{at}:\n    http: PUT /body{at}\n    body:\n      {form}:\n{lines}    returns: nothing\n    examples: {{ full: {{ request: {full} }} }}"
            ));
        }
    }

    /// Bodies that are models with these as members.
    fn of_model(&mut self, types: &[&Type], form: &str, mark: &'static str) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types.iter().map(|ty| Slot::new(mark, "", "").line(ty)).collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.trim_end()));
            self.holder(at, form, types);
        }
    }

    fn holder(&mut self, at: usize, form: &str, types: &[&Type]) {
        let full = object(types, |ty| ty.sample.clone());
        let (returns, response) = match form {
            "xml" => (format!("{{ xml: Holder{at} }}"), format!(", response: {full}")),
            _ => ("nothing".to_owned(), String::new()),
        };
        self.method(&format!(
            "of.holder{at}: {{ http: PUT /holder{at}, body: {{ {form}: Holder{at} }}, returns: {returns}, examples: {{ full: {{ request: {full}{response} }} }} }}"
        ));
    }

    /// Members at other places of an element.
    fn in_xml(&mut self, types: &[&Type], place: &'static str) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types.iter().map(|ty| Slot::new("", "", place).line(ty)).collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.trim_end()));
            self.holder(at, "xml", types);
        }
    }

    /// The text of elements, each in one of its own.
    fn xml_texts(&mut self, types: &[&Type]) {
        for ty in types {
            let line = Slot::new("", "", ", xml: text").line(ty);
            self.model(&format!("  Text{}:\n    fields:\n{}", pascal(&ty.name), line.trim_end()));
        }
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types
                .iter()
                .map(|ty| format!("      {}: Text{}\n", ty.name, pascal(&ty.name)))
                .collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.trim_end()));
            let full = object(types, |ty| format!("{{ \"{}\": {} }}", ty.name, ty.sample));
            self.method(&format!(
                "of.holder{at}: {{ http: PUT /holder{at}, body: {{ xml: Holder{at} }}, returns: {{ xml: Holder{at} }}, examples: {{ full: {{ request: {full}, response: {full} }} }} }}"
            ));
        }
    }

    /// A union with these as variants.
    fn union(&mut self, types: &[&Type], how: &str, shown: Shown) {
        let variants: Vec<_> =
            types.iter().map(|ty| format!("        {}: \"{}\"", ty.name, ty.text)).collect();
        let (how, end) = match how.strip_suffix("variants") {
            Some(tag) => (
                format!(
                    "union:\n      {}\n      variants:",
                    tag.trim_end_matches(", ").replace(", ", "\n      ")
                ),
                "",
            ),
            None => ("union:\n      key:".to_owned(), ""),
        };
        self.model(&format!("  Choice:\n    {how}\n{}{end}", variants.join("\n")));
        let items: Vec<_> = types
            .iter()
            .map(|ty| match shown {
                Shown::Inside if !ty.sample.starts_with('{') => ty.sample.clone(),
                Shown::Inside => {
                    let rest = ty.sample.trim_start_matches('{');
                    let comma = if rest == "}" { "" } else { "," };
                    format!("{{\"kind\": \"{}\"{comma} {rest}", ty.name)
                }
                Shown::Content => format!("{{\"kind\": \"{}\", \"data\": {}}}", ty.name, ty.sample),
                _ => format!("{{\"{}\": {}}}", ty.name, ty.sample),
            })
            .collect();
        let list = format!("[{}]", items.join(", "));
        self.method(&format!(
            "of.choices: {{ http: PUT /choices, body: list<Choice>, returns: list<Choice>, errors: {{ 4xx: Choice }}, examples: {{ all: {{ request: {list}, response: {list} }} }} }}"
        ));
    }

    /// Unions that have one of these, or a boolean.
    fn untagged(&mut self, types: &[&Type]) {
        for ty in types {
            let name = pascal(&ty.name);
            self.model(&format!(
                "  Only{name}: {{ union: {{ untagged: {{ it: \"{}\" }} }} }}",
                ty.text
            ));
        }
        self.named_members(types, "Only", "");
    }

    /// Unions in which others are tried before.
    fn untagged_last(&mut self, types: &[&Type]) {
        self.model("  First: { fields: { only: boolean, here: boolean } }");
        for ty in types {
            let name = pascal(&ty.name);
            self.model(&format!(
                "  Last{name}: {{ union: {{ untagged: {{ first: First, it: \"{}\" }} }} }}",
                ty.text
            ));
        }
        self.named_members(types, "Last", "");
    }

    /// Members whose types are models called after these.
    fn named_members(&mut self, types: &[&Type], prefix: &str, end: &str) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: Vec<_> = types
                .iter()
                .map(|ty| format!("      {}: {prefix}{}{end}", ty.name, pascal(&ty.name)))
                .collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.join("\n")));
            let full = object(types, |ty| ty.sample.clone());
            self.method(&format!(
                "of.holder{at}: {{ http: PUT /holder{at}, body: Holder{at}, returns: Holder{at}, examples: {{ full: {{ request: {full}, response: {full} }} }} }}"
            ));
        }
    }

    /// Types that are given to a model.
    fn given(&mut self, types: &[&Type]) {
        self.model("  \"Box<T>\": { fields: { one: T, some: list<T>, maybe?: T, named?: map<T | null> | null } }");
        self.given_to(types, |text| format!("Box<{text}>"), |sample| {
            format!("{{ \"one\": {sample}, \"some\": [{sample}], \"maybe\": {sample}, \"named\": {{ \"k\": {sample}, \"n\": null }} }}")
        });
    }

    /// The same where that model gives them on.
    fn given_deep(&mut self, types: &[&Type]) {
        self.model("  \"Box<T>\": { fields: { one: T } }");
        self.model("  \"Deep<T>\": { fields: { boxes: list<Box<T>>, ...: Box<list<T>> } }");
        self.given_to(
            types,
            |text| format!("Deep<{text}>"),
            |sample| format!("{{ \"boxes\": [{{ \"one\": {sample} }}], \"one\": [{sample}] }}"),
        );
    }

    fn given_to(
        &mut self,
        types: &[&Type],
        text: impl Fn(&str) -> String,
        sample: impl Fn(&str) -> String,
    ) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: Vec<_> = types
                .iter()
                .map(|ty| format!("      {}: \"{}\"", ty.name, text(&ty.text)))
                .collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.join("\n")));
            let full = object(types, |ty| sample(&ty.sample));
            self.method(&format!(
                "of.holder{at}: {{ http: PUT /holder{at}, body: Holder{at}, returns: Holder{at}, examples: {{ full: {{ request: {full}, response: {full} }} }} }}"
            ));
        }
    }

    /// Other names for the types.
    fn aliases(&mut self, types: &[&Type]) {
        for ty in types {
            self.model(&format!(
                "  Alias{}: {{ type: \"{}\", doc: Other. }}",
                pascal(&ty.name),
                ty.text
            ));
        }
        self.named_members(types, "Alias", "");
    }

    /// Parameters of methods.
    fn parameters(&mut self, place: &str, types: &[&Type], mark: &str, extra: &str) {
        let size = if place == "path" { 5 } else { MEMBERS };
        for (at, types) in types.chunks(size).enumerate() {
            let wire = |ty: &Type| match place {
                "headers" => format!("X-{}", ty.name.replace('_', "-")),
                _ => ty.name.clone(),
            };
            let lines: String = types
                .iter()
                .map(|ty| {
                    format!(
                        "      \"{}{mark}\": {{ type: \"{}\"{}{extra} }}\n",
                        wire(ty),
                        ty.text,
                        ty.keys
                    )
                })
                .collect();
            let shown: Vec<_> =
                types.iter().map(|ty| format!("\"{}\": {}", wire(ty), ty.sample)).collect();
            let route: String = match place {
                "path" => types.iter().map(|ty| format!("/{{{}}}", ty.name)).collect(),
                _ => String::new(),
            };
            self.method(&format!(
                "of.call{at}:\n    http: \"GET /call{at}{route}\"\n    {place}:\n{lines}    returns: nothing\n    examples: {{ full: {{ {place}: {{ {} }} }} }}",
                shown.join(", ")
            ));
        }
    }

    /// Parameters of the client.
    fn client(&mut self, place: &str, types: &[&Type], extra: &str) {
        let (mark, extra) = if extra == "?" { ("?", "") } else { ("", extra) };
        let mark = if extra.is_empty() { mark } else { "?" };
        let mut lines = String::new();
        for ty in types {
            let wire = match place {
                "headers" => format!("X-{}", ty.name.replace('_', "-")),
                _ => ty.name.clone(),
            };
            let extra = extra.replace("§text", &ty.text_of_sample());
            let _ = writeln!(
                lines,
                "    \"{wire}{mark}\": {{ type: \"{}\"{}{extra} }}",
                ty.text, ty.keys
            );
        }
        let _ = writeln!(self.head, "parameters:\n  {place}:\n{}", lines.trim_end());
        if place == "path" {
            for ty in types {
                self.method(&format!(
                    "of.do_{0}: {{ http: \"GET /{0}/{{{0}}}\", returns: nothing }}",
                    ty.name
                ));
            }
        } else {
            self.method("of.call: { http: GET /call, returns: nothing }");
        }
    }

    /// Methods of each of which it is a whole body, answer or error.
    fn whole(&mut self, types: &[&Type], what: &str, shown: Shown) {
        for ty in types {
            let sample = &ty.sample;
            let example = match shown {
                Shown::Sent => format!("request: {sample}"),
                Shown::At => format!("response: {{ data: {{ it: {sample} }} }}"),
                Shown::First => format!("response: {{ data: {{ it: [{sample}, {sample}] }} }}"),
                Shown::Items => format!("response: [{sample}, {sample}]"),
                Shown::Error => format!("status: 400, response: {sample}"),
                _ => format!("response: {sample}"),
            };
            self.method(&format!(
                "of.do_{0}: {{ http: POST /{0}, {1}, examples: {{ one: {{ {example} }} }} }}",
                ty.name,
                what.replace('_', &ty.text)
            ));
        }
    }

    /// Events whose names tell what they hold.
    fn named_events(&mut self, types: &[&Type]) {
        let variants: Vec<_> =
            types.iter().map(|ty| format!("        {}: \"{}\"", ty.name, ty.text)).collect();
        self.model(&format!(
            "  Update:\n    union:\n      tag: event\n      content: data\n      variants:\n{}",
            variants.join("\n")
        ));
        let items: Vec<_> = types
            .iter()
            .map(|ty| format!("{{ event: {}, data: {} }}", ty.name, ty.sample))
            .collect();
        self.method(&format!(
            "of.updates: {{ http: GET /updates, returns: {{ type: events<Update>, named: true }}, examples: {{ all: {{ response: [{}] }} }} }}",
            items.join(", ")
        ));
    }

    /// Lists that come in pages.
    fn paged(&mut self, types: &[&Type], what: &str) {
        self.head.push_str("pagers: { some: { style: offset, offset: skip } }\n");
        for ty in types {
            self.method(&format!(
                "of.do_{0}: {{ http: GET /{0}, paginate: some, returns: {{ {1} }}, examples: {{ one: {{ response: {{ items: [{2}] }} }} }} }}",
                ty.name,
                what.replace('_', &ty.text),
                ty.sample
            ));
        }
    }

    /// Pages that are models.
    fn paged_models(&mut self, types: &[&Type]) {
        self.head.push_str("pagers: { some: { style: offset, offset: skip, items: items } }\n");
        for ty in types {
            let name = pascal(&ty.name);
            self.model(&format!(
                "  Page{name}Of: {{ fields: {{ items?: \"list<{}>\" }} }}",
                ty.text
            ));
            self.method(&format!(
                "of.do_{0}: {{ http: GET /{0}, paginate: some, returns: Page{name}Of, examples: {{ one: {{ response: {{ items: [{1}] }} }} }} }}",
                ty.name, ty.sample
            ));
        }
    }

    /// What leads to the next page.
    fn cursors(&mut self, types: &[&Type]) {
        self.head.push_str(
            "pagers: { some: { style: cursor, cursor: after, next: next, items: items } }\n",
        );
        for ty in types {
            let name = pascal(&ty.name);
            self.model(&format!(
                "  Page{name}Of: {{ fields: {{ items: list<string>, next?: \"{}\" }} }}",
                ty.text
            ));
            self.method(&format!(
                "of.do_{0}: {{ http: GET /{0}, paginate: some, returns: Page{name}Of, examples: {{ one: {{ response: {{ items: [a], next: {1} }} }} }} }}",
                ty.name, ty.sample
            ));
        }
    }

    /// What a page is asked for by.
    fn page_parameters(&mut self, types: &[&Type]) {
        self.head.push_str("pagers: { some: { style: offset, offset: skip } }\n");
        for ty in types {
            self.method(&format!(
                "of.do_{0}: {{ http: GET /{0}, query: {{ skip?: {{ type: \"{1}\"{2} }} }}, paginate: some, returns: list<string>, examples: {{ one: {{ query: {{ skip: {3} }}, response: [a] }} }} }}",
                ty.name, ty.text, ty.keys, ty.sample
            ));
        }
    }

    /// Events that are delivered.
    fn deliveries(&mut self, types: &[&Type]) {
        let mut events = String::new();
        let mut examples = String::new();
        for ty in types {
            let _ = writeln!(events, "    {}: \"{}\"", ty.name, ty.text);
            let _ = writeln!(
                examples,
                "    {0}: {{ request: {{ event: {0}, data: {1} }} }}",
                ty.name, ty.sample
            );
        }
        let _ = writeln!(
            self.tail,
            "deliveries:\n  event: {{ field: event }}\n  payload: data\n  verify: none\n  events:\n{events}  examples:\n{}",
            examples.trim_end()
        );
    }

    /// Deliveries of which there is one of its kind.
    fn delivery(&mut self, types: &[&Type], what: &str) {
        for ty in types {
            let _ = writeln!(
                self.tail,
                "deliveries: {{ event: {{ field: event }}, payload: data, verify: none, {} }}",
                what.replace('_', &ty.text)
            );
        }
    }

    /// What the client signs.
    fn claims(&mut self, types: &[&Type]) {
        let lines: String =
            types.iter().map(|ty| format!("      {}: \"{}\"\n", ty.name, ty.text)).collect();
        let _ = write!(
            self.head,
            "auth:\n  login:\n    scheme: jwt\n    alg: HS256\n    secret: secret\n    claims:\n{lines}defaults: {{ auth: login }}\n"
        );
        self.method("of.call: { http: GET /call, returns: nothing }");
    }
}
