//! Keys: those of the language, and those that name what is defined elsewhere.

use super::{Names, Offer, Step, Suggestion, expect};
use crate::diag::codes;
use crate::schema::kind::{Named, Value};
use crate::schema::rules::Written;
use crate::schema::words::{ANSWERS, ERRORS};
use crate::symbols::Kind;
use crate::vocabulary;
use crate::yaml::Node;

/// What examples have values for, and where a method declares it.
const PLACES: [&str; 4] = ["path", "query", "headers", "cookies"];

impl Names<'_> {
    /// What a key can be, and what stands there of it.
    pub(super) fn keys(&self, text: &str, offset: usize) -> (&str, Vec<Suggestion>) {
        let expected = expect::at(&self.spot.root, &self.spot.path);
        let written = Written(&self.spot.beside);
        let mut found: Vec<Suggestion> = Vec::new();
        for ((key, _, doc), required) in expected.keys(&written) {
            let one = Suggestion::new(Offer::Key, *key).doc(*doc);
            found.push(if required { one.detail("required") } else { one });
        }
        for value in expected.meant(&written) {
            match value {
                Value::Statuses(values) => found.extend(statuses(values)),
                Value::Name(Named::Warning) => found.extend(warnings()),
                Value::Map(_) | Value::Keyed([]) => found.extend(self.parameters()),
                _ => {}
            }
        }
        found.retain(|one| !self.spot.beside.iter().any(|(key, _)| *key == one.label));
        // A key that is being changed has its colon already.
        let rest = text.get(offset..).unwrap_or_default();
        let rest = rest.trim_start_matches(|c: char| c.is_alphanumeric() || "_-?.".contains(c));
        if !rest.starts_with(':') {
            for one in &mut found {
                one.insert.push_str(": ");
            }
        }
        (&self.spot.before, found)
    }

    /// Parameters by the name that they have elsewhere.
    fn parameters(&self) -> Vec<Suggestion> {
        let keys: Vec<&str> = self
            .spot
            .path
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.as_str(),
                Step::Item => "",
            })
            .collect();
        let key = |name: &str| Suggestion::new(Offer::Key, name);
        match keys.as_slice() {
            ["path"] | ["parameters", "path"] => {
                let methods = self.spot.root.get("methods").and_then(Node::as_mapping);
                let routes = methods.unwrap_or_default().iter().map(|entry| &entry.value);
                routes.flat_map(placeholders).map(|name| key(&name)).collect()
            }
            ["methods", method, "path"] | ["methods", method, "examples", _, "path"] => {
                let method = self.spot.root.get("methods").and_then(|all| all.get(method));
                method.map(placeholders).unwrap_or_default().iter().map(|name| key(name)).collect()
            }
            ["methods", method, "examples", _, place] if PLACES.contains(place) => {
                let method = self.spot.root.get("methods").and_then(|all| all.get(method));
                let declared = method.and_then(|it| it.get(place)).and_then(Node::as_mapping);
                let names = declared.unwrap_or_default().iter().map(|entry| &entry.key.value);
                let names = names.filter(|name| *name != "...");
                names.map(|name| key(name.trim_end_matches('?'))).collect()
            }
            ["groups"] => {
                let visible = self.symbols.visible(self.file);
                visible
                    .filter(|(_, it)| it.kind == Kind::Group)
                    .map(|(name, _)| key(&name))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The placeholders of the route of a method.
fn placeholders(method: &Node) -> Vec<String> {
    let route = method.get("http").and_then(Node::as_scalar).map_or("", |route| &route.text);
    let parts = route.split('{').skip(1).filter_map(|part| part.split_once('}'));
    parts.map(|(name, _)| name.to_owned()).collect()
}

fn statuses(values: &[Value]) -> impl Iterator<Item = Suggestion> {
    let errors = values.iter().any(|value| matches!(value, Value::Name(Named::Error)));
    let known = if errors { &ERRORS[..] } else { &ANSWERS[..] };
    known.iter().map(|status| {
        let reason = vocabulary::reason(*status).unwrap_or_default();
        Suggestion::new(Offer::Key, status.to_string()).detail(reason)
    })
}

fn warnings() -> impl Iterator<Item = Suggestion> {
    let warnings = codes::ALL.iter().filter(|code| code.id.starts_with('W'));
    warnings.map(|code| Suggestion::new(Offer::Key, code.id).detail(code.title))
}
