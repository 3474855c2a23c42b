//! Parameters, pages and deliveries.

use std::fmt::Write as _;

use super::{MEMBERS, Page, Shown};
use crate::types::{Type, pascal};

impl Page {
    /// Parameters of methods.
    pub(crate) fn parameters(&mut self, place: &str, types: &[&Type], mark: &str, extra: &str) {
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
                // Between two values in steps there is a word.
                "path" if extra.is_empty() => {
                    types.iter().map(|ty| format!("/{{{}}}", ty.name)).collect()
                }
                "path" => types.iter().map(|ty| format!("/of/{{{}}}", ty.name)).collect(),
                _ => String::new(),
            };
            self.method(&format!(
                "of.call{at}:\n    http: \"GET /call{at}{route}\"\n    {place}:\n{lines}    returns: nothing\n    examples: {{ full: {{ {place}: {{ {} }} }} }}",
                shown.join(", ")
            ));
        }
    }

    /// Parameters of the client.
    pub(crate) fn client(&mut self, place: &str, types: &[&Type], extra: &str) {
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
    pub(crate) fn whole(&mut self, types: &[&Type], what: &str, shown: Shown) {
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
    pub(crate) fn named_events(&mut self, types: &[&Type]) {
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
    pub(crate) fn paged(&mut self, types: &[&Type], what: &str) {
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
    pub(crate) fn paged_models(&mut self, types: &[&Type]) {
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
    pub(crate) fn cursors(&mut self, types: &[&Type]) {
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
    pub(crate) fn page_parameters(&mut self, types: &[&Type]) {
        self.head.push_str("pagers: { some: { style: offset, offset: skip } }\n");
        for ty in types {
            self.method(&format!(
                "of.do_{0}: {{ http: GET /{0}, query: {{ skip?: {{ type: \"{1}\"{2} }} }}, paginate: some, returns: list<string>, examples: {{ one: {{ query: {{ skip: {3} }}, response: [a] }} }} }}",
                ty.name, ty.text, ty.keys, ty.sample
            ));
        }
    }

    /// Events that are delivered.
    pub(crate) fn deliveries(&mut self, types: &[&Type]) {
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
    pub(crate) fn delivery(&mut self, types: &[&Type], what: &str) {
        for ty in types {
            let _ = writeln!(
                self.tail,
                "deliveries: {{ event: {{ field: event }}, payload: data, verify: none, {} }}",
                what.replace('_', &ty.text)
            );
        }
    }

    /// What the client signs.
    pub(crate) fn claims(&mut self, types: &[&Type]) {
        let lines: String =
            types.iter().map(|ty| format!("      {}: \"{}\"\n", ty.name, ty.text)).collect();
        let _ = write!(
            self.head,
            "auth:\n  login:\n    scheme: jwt\n    alg: HS256\n    secret: secret\n    claims:\n{lines}defaults: {{ auth: login }}\n"
        );
        self.method("of.call: { http: GET /call, returns: nothing }");
    }
}
