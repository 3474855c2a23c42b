//! The JSON Schema of the specification language, for editors: `clientwright schema`.
//!
//! [`table`] lists the keys of each kind of mapping; a test holds it against what the parser asks for. [`shapes`] has
//! what is no mapping with fixed keys: short forms beside long ones, members, answers by status.

mod constructs;
mod rules;
pub(crate) mod shapes;
pub(crate) mod table;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use std::fmt::Write as _;

use crate::json_text::json_text;
use table::{KINDS, Kind, Named, Value};

pub use constructs::{Constructs, constructs};

/// The schema, as a text that ends with a line break.
#[must_use]
pub fn schema() -> String {
    let mut out = String::from(
        "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \
         \"title\": \"Specification of Clientwright, version 1\",\n  \
         \"$ref\": \"#/$defs/a_specification\",\n  \"$defs\": {\n",
    );
    for shape in shapes::SHAPES {
        let _ = writeln!(out, "    \"{}\": {},", shape.name.replace(' ', "_"), shape.json);
    }
    for (index, kind) in KINDS.iter().enumerate() {
        let comma = if index + 1 == KINDS.len() { "" } else { "," };
        let _ = writeln!(out, "    \"{}\": {}{comma}", kind.what.replace(' ', "_"), object(kind));
    }
    out.push_str("  }\n}\n");
    out
}

/// A mapping with fixed keys.
fn object(kind: &Kind) -> String {
    let required: Vec<String> = kind.required.iter().map(|key| json_text(key)).collect();
    let keys: Vec<String> = kind
        .keys
        .iter()
        .map(|(key, value, doc)| format!("        {}: {}", json_text(key), property(value, doc)))
        .collect();
    let rules = rules::RULES.iter().filter(|(what, _)| *what == kind.what);
    let rules: String = rules.map(|(_, rules)| format!("\n      {rules},")).collect();
    format!(
        "{{\n      \"type\": \"object\",\n      \"required\": [{}],{rules}\n      \"additionalProperties\": false,\n      \
         \"properties\": {{\n{}\n      }}\n    }}",
        required.join(", "),
        keys.join(",\n")
    )
}

fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| json_text(word)).collect();
    format!("\"enum\": [{}]", words.join(", "))
}

fn property(value: &Value, doc: &str) -> String {
    let reference = |name: &str| format!("\"$ref\": \"#/$defs/{}\"", name.replace(' ', "_"));
    let value = match value {
        Value::Of(name) => reference(name),
        Value::Map(name) => {
            format!("\"type\": \"object\", \"additionalProperties\": {{ {} }}", reference(name))
        }
        Value::Words(words) => one_of(words),
        Value::WordOrWords(words) => {
            let word = one_of(words);
            format!(
                "\"anyOf\": [{{ {word} }}, {{ \"type\": \"array\", \"minItems\": 1, \"items\": {{ {word} }} }}]"
            )
        }
        Value::Name(named) => reference(named.shape()),
        Value::Names(_) => reference("texts"),
        // These are parts of shapes, which say by themselves what they are in JSON.
        Value::Keyed(_) | Value::Statuses(_) | Value::Any => String::new(),
    };
    let comma = if value.is_empty() { "" } else { ", " };
    format!("{{ \"description\": {}{comma}{value} }}", json_text(doc))
}

impl Named {
    /// What the schema knows of it.
    fn shape(self) -> &'static str {
        match self {
            Self::Type | Self::Member | Self::Body | Self::Answer | Self::Error | Self::Event => {
                "type"
            }
            Self::Route => "route",
            _ => "text",
        }
    }
}
