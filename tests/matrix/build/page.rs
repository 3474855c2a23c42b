//! Writes the specification of a place: its models, and the methods that send and answer them.

mod calls;

use std::fmt::Write as _;

use self::Missing::{Absent, Null};
use crate::types::{Type, pascal};

/// How a value is shown.
#[derive(Clone, Copy)]
pub(crate) enum Shown {
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
pub(crate) struct Slot {
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
pub(crate) enum Missing {
    Absent,
    Null,
}

impl Slot {
    pub(crate) const fn new(mark: &'static str, null: &'static str, extra: &'static str) -> Self {
        Self { mark, null, extra, sent: true, answered: true, absent: false, nulls: false }
    }

    pub(crate) fn or(self, none: Missing) -> Self {
        match none {
            Absent => Self { absent: true, ..self },
            Null => Self { nulls: true, ..self },
        }
    }

    pub(crate) fn answered(self) -> Self {
        Self { sent: false, ..self }
    }

    pub(crate) fn sent(self) -> Self {
        Self { answered: false, ..self }
    }

    /// `size?: { type: "int32 | null", … }`
    pub(crate) fn line(self, ty: &Type) -> String {
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
pub(crate) struct Page {
    /// What stands before the models.
    head: String,
    models: Vec<String>,
    methods: String,
    /// What stands behind the methods.
    tail: String,
}

impl Page {
    pub(crate) fn model(&mut self, lines: &str) {
        if !self.models.iter().any(|known| known == lines) {
            self.models.push(lines.to_owned());
        }
    }

    pub(crate) fn method(&mut self, line: &str) {
        let _ = writeln!(self.methods, "  {line}");
    }

    pub(crate) fn whole_text(&self, name: &str, wire: &str) -> String {
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
    pub(crate) fn objects(&mut self, types: &[&Type], slot: Slot) {
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
    pub(crate) fn lent(&mut self, types: &[&Type]) {
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
    pub(crate) fn bodies(&mut self, form: &str, types: &[&Type], mark: &'static str) {
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
    pub(crate) fn of_model(&mut self, types: &[&Type], form: &str, mark: &'static str) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types.iter().map(|ty| Slot::new(mark, "", "").line(ty)).collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.trim_end()));
            self.holder(at, form, types);
        }
    }

    pub(crate) fn holder(&mut self, at: usize, form: &str, types: &[&Type]) {
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
    pub(crate) fn in_xml(&mut self, types: &[&Type], place: &'static str) {
        for (at, types) in types.chunks(MEMBERS).enumerate() {
            let lines: String = types.iter().map(|ty| Slot::new("", "", place).line(ty)).collect();
            self.model(&format!("  Holder{at}:\n    fields:\n{}", lines.trim_end()));
            self.holder(at, "xml", types);
        }
    }

    /// The text of elements, each in one of its own.
    pub(crate) fn xml_texts(&mut self, types: &[&Type]) {
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
    pub(crate) fn union(&mut self, types: &[&Type], how: &str, shown: Shown) {
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
    pub(crate) fn untagged(&mut self, types: &[&Type]) {
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
    pub(crate) fn untagged_last(&mut self, types: &[&Type]) {
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
    pub(crate) fn named_members(&mut self, types: &[&Type], prefix: &str, end: &str) {
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
    pub(crate) fn given(&mut self, types: &[&Type]) {
        self.model("  \"Box<T>\": { fields: { one: T, some: list<T>, maybe?: T, named?: map<T | null> | null } }");
        self.given_to(types, |text| format!("Box<{text}>"), |sample| {
            format!("{{ \"one\": {sample}, \"some\": [{sample}], \"maybe\": {sample}, \"named\": {{ \"k\": {sample}, \"n\": null }} }}")
        });
    }

    /// The same where that model gives them on.
    pub(crate) fn given_deep(&mut self, types: &[&Type]) {
        self.model("  \"Box<T>\": { fields: { one: T } }");
        self.model("  \"Deep<T>\": { fields: { boxes: list<Box<T>>, ...: Box<list<T>> } }");
        self.given_to(
            types,
            |text| format!("Deep<{text}>"),
            |sample| format!("{{ \"boxes\": [{{ \"one\": {sample} }}], \"one\": [{sample}] }}"),
        );
    }

    pub(crate) fn given_to(
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
    pub(crate) fn aliases(&mut self, types: &[&Type]) {
        for ty in types {
            self.model(&format!(
                "  Alias{}: {{ type: \"{}\", doc: Other. }}",
                pascal(&ty.name),
                ty.text
            ));
        }
        self.named_members(types, "Alias", "");
    }
}
