//! The table as a JSON Schema, of the draft that editors read.

use crate::diag::codes;
use crate::json_text::json_text;

use super::kind::{Kind, Named, Value};
use super::patterns;
use super::rules::{Case, If, Rule, Then};
use super::shapes::{Form, Shape};
use super::table;
use super::words::{ANSWERS, ERRORS, TYPES};

/// A reference to a kind or a shape.
fn reference(name: &str) -> String {
    format!("\"$ref\": \"#/definitions/{}\"", key(name))
}

/// What a kind or a shape is called in the schema.
pub(super) fn key(name: &str) -> String {
    name.replace(' ', "_")
}

fn list(words: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| json_text(word.as_ref())).collect();
    format!("[{}]", words.join(", "))
}

/// A mapping with fixed keys.
pub(super) fn kind(kind: &Kind) -> String {
    object(kind, &[])
}

/// The same, where some keys cannot stand or hold something else.
fn object(kind: &Kind, changes: &[(&str, Option<Value>)]) -> String {
    let choice = kind.rules.iter().find_map(|rule| match rule {
        Rule::Choice(of, cases) => Some(Choice { kind, of, cases }),
        _ => None,
    });
    let keys = kind.keys.iter().filter_map(|(key, value, doc)| {
        let change = changes.iter().find(|(name, _)| name == key);
        let value = change.map_or(Some(value), |(_, change)| change.as_ref())?;
        // Editors offer what stands here, so that what goes with one word only stands with that word.
        let always = choice.as_ref().is_none_or(|choice| choice.is_common(key));
        always.then(|| format!("        {}: {{ {} }}", json_text(key), described(value, doc)))
    });
    let rules = kind.rules.iter().flat_map(rule);
    let rules: Vec<String> = rules.chain(choice.iter().flat_map(Choice::cases)).collect();
    let rules = match rules.as_slice() {
        [] => String::new(),
        rules => format!("\n      \"allOf\": [{}],", rules.join(", ")),
    };
    let closed = if choice.is_none() { "\n      \"additionalProperties\": false," } else { "" };
    format!(
        "\n      \"title\": {},\n      \"type\": \"object\",\n      \"required\": {},{rules}{closed}\n      \
         \"properties\": {{\n{}\n      }}",
        json_text(kind.what),
        list(kind.required),
        keys.collect::<Vec<_>>().join(",\n")
    )
}

/// A mapping in which a word says which keys there are.
struct Choice<'k> {
    kind: &'k Kind,
    of: &'static str,
    cases: &'static [Case],
}

impl Choice<'_> {
    /// Whether a key goes with every word.
    fn is_common(&self, key: &str) -> bool {
        !self.cases.iter().any(|case| has(case, key)) && !self.is_instead(key)
    }

    /// Whether a key stands in place of the word.
    fn is_instead(&self, key: &str) -> bool {
        let apart = |rule: &Rule| matches!(rule, Rule::One(keys) if keys.contains(&self.of) && keys.contains(&key));
        key != self.of && self.kind.rules.iter().any(apart)
    }

    /// For each word the keys that there are, and those that there are without one.
    fn cases(&self) -> Vec<String> {
        let case = |case: &Case| {
            let needs =
                if case.1.is_empty() { String::new() } else { format!("{}, ", required(case.1)) };
            let condition = is_one_of(self.of, &[case.0]);
            self.closed(&condition, &needs, |key| has(case, key))
        };
        let none = self.closed(&condition(&If::Missing(self.of)), "", |key| self.is_instead(key));
        self.cases.iter().map(case).chain([none]).collect()
    }

    /// Where a condition holds, these keys and the common ones, and no others.
    fn closed(&self, condition: &str, needs: &str, is_own: impl Fn(&str) -> bool) -> String {
        let keys = self.kind.keys.iter().filter_map(|(key, value, doc)| match key {
            key if is_own(key) => {
                Some(format!("{}: {{ {} }}", json_text(key), described(value, doc)))
            }
            key => self.is_common(key).then(|| format!("{}: true", json_text(key))),
        });
        let keys: Vec<String> = keys.collect();
        format!(
            "{{ \"if\": {condition}, \"then\": {{ {needs}\"properties\": {{ {} }}, \"additionalProperties\": false }} }}",
            keys.join(", ")
        )
    }
}

fn has((_, needs, has): &Case, key: &str) -> bool {
    needs.contains(&key) || has.contains(&key)
}

fn described(value: &Value, doc: &str) -> String {
    let inner = self::value(value);
    let comma = if inner.is_empty() { "" } else { ", " };
    format!("\"description\": {}{comma}{inner}", json_text(doc))
}

/// What a value can be, as members of a schema.
fn value(value: &Value) -> String {
    match value {
        Value::Of(name) => reference(name),
        // Editors offer what stands in a schema, whatever another one takes away from it.
        Value::Less(name, changes) => {
            table::kind(name).map_or_else(String::new, |kind| object(kind, changes))
        }
        Value::Map(name) => {
            format!("\"type\": \"object\", \"additionalProperties\": {{ {} }}", reference(name))
        }
        Value::Words(words) => {
            let docs = match words.iter().any(|(_, doc)| !doc.is_empty()) {
                true => {
                    format!(", \"enumDescriptions\": {}", list(words.iter().map(|(_, doc)| doc)))
                }
                false => String::new(),
            };
            format!("\"enum\": {}{docs}", list(words.iter().map(|(word, _)| word)))
        }
        Value::WordOrWords(words, listed) => {
            let (word, listed) =
                (self::value(&Value::Words(words)), self::value(&Value::Words(listed)));
            format!(
                "\"anyOf\": [{{ {word} }}, {{ \"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, \"items\": {{ {listed} }} }}]"
            )
        }
        Value::Name(named) => reference(named.shape()),
        Value::Names(Named::Model) => reference("models"),
        Value::Names(_) => reference("texts"),
        Value::Raw(json) => (*json).to_owned(),
        // These are parts of shapes, which say by themselves what they are in JSON.
        Value::Keyed(_) | Value::Statuses(_) | Value::Any => String::new(),
    }
}

impl Named {
    /// What the schema knows of it.
    fn shape(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Alias => "type with documentation",
            Self::Member => "type of a member",
            Self::Parameter => "type of a parameter",
            Self::Plain => "type of a plain value",
            Self::Sent => "type of a member of a body",
            Self::Part => "type of a part",
            Self::Variable => "type of a variable",
            Self::Body => "type of a body",
            Self::Form => "type of a form",
            Self::Success => "type of a success",
            Self::Answer => "type of an answer",
            Self::Alternative => "type of an alternative",
            Self::Error => "type of an error",
            Self::Event => "type of an event",
            Self::Delivered => "what an event holds",
            Self::Failure => "body of an error",
            Self::Route => "route",
            Self::Model => "model",
            Self::Opened => "way to a member",
            _ => "text",
        }
    }
}

/// A shape.
pub(super) fn shape(shape: &Shape) -> String {
    match &shape.form {
        Form::Json(json) => (*json).to_owned(),
        Form::Either => {
            let ways: Vec<String> =
                shape.holds.iter().map(|held| format!("{{ {} }}", value(held))).collect();
            format!("{{ \"anyOf\": [{}] }}", ways.join(", "))
        }
        Form::Text { pattern, strict, expected } => {
            text(&pattern(), *strict, expected, shape.holds)
        }
        Form::Entries { names, least } => {
            let held = shape.holds.iter().find_map(|held| match held {
                Value::Map(name) => Some(reference(name)),
                _ => None,
            });
            format!(
                "{{ {}, \"additionalProperties\": {{ {} }} }}",
                entries(&names(), *least),
                held.unwrap_or_default()
            )
        }
        Form::Members { names, least } => members(&entries(&names(), *least), shape.holds),
        Form::Keys => {
            let keys = shape.holds.iter().find_map(|held| match held {
                Value::Keyed(keys) => Some(properties(keys)),
                _ => None,
            });
            format!(
                "{{ \"type\": \"object\", \"properties\": {{ {} }}, \"additionalProperties\": false }}",
                keys.unwrap_or_default()
            )
        }
        Form::ByStatus(name) => by_status(name, shape.holds),
        Form::Allow => allow(),
    }
}

/// A text of a pattern.
fn text(pattern: &str, strict: bool, expected: &str, holds: &[Value]) -> String {
    let ty = if strict { "\"string\"" } else { "[\"string\", \"number\", \"boolean\"]" };
    let examples = holds.iter().find_map(examples);
    let examples = examples.map_or_else(String::new, |it| format!(", \"examples\": {}", list(it)));
    format!(
        "{{ \"type\": {ty}, \"pattern\": {}, \"patternErrorMessage\": {}{examples} }}",
        json_text(pattern),
        json_text(&format!("expected {expected}")),
    )
}

/// A mapping whose names may end with a question mark.
fn members(entries: &str, holds: &[Value]) -> String {
    let (mut keyed, mut held) = (String::new(), String::new());
    for value in holds {
        match value {
            Value::Map(name) => held = reference(name),
            Value::Keyed(keys) => {
                keyed = format!(" \"properties\": {{ {} }},", properties(keys));
            }
            _ => {}
        }
    }
    format!(
        "{{ {entries},{keyed} \"patternProperties\": {{ \"[?]$\": {{ \"description\": \"May be absent.\", {held} }} }}, \
         \"additionalProperties\": {{ \"description\": \"Has to be there.\", {held} }} }}",
    )
}

/// The warnings that can be allowed, each with a reason.
fn allow() -> String {
    let reason = json_text(patterns::NOT_BLANK);
    let codes = codes::ALL
        .iter()
        .filter(|code| code.id.starts_with('W') && code.id != codes::USELESS_ALLOW.id);
    let codes: Vec<String> = codes
        .map(|code| format!("{}: {{ \"description\": {}, \"type\": [\"string\", \"number\", \"boolean\"], \"pattern\": {reason} }}", json_text(code.id), json_text(code.title)))
        .collect();
    format!(
        "{{ \"type\": \"object\", \"properties\": {{ {} }}, \"additionalProperties\": false }}",
        codes.join(", ")
    )
}

/// A mapping by status. Those that are common stand there by themselves, for editors to offer.
fn by_status(name: &str, holds: &[Value]) -> String {
    let more = holds.iter().find_map(|held| match held {
        Value::Keyed(keys) => Some(*keys),
        _ => None,
    });
    let common = if more.is_some() { &ERRORS[..] } else { &ANSWERS[..] };
    let common = common.iter().map(|status| {
        let reason = crate::vocabulary::reason(*status).unwrap_or_default();
        format!("\"{status}\": {{ \"description\": {}, {} }}", json_text(reason), reference(name))
    });
    let keys = more.map(properties).filter(|keys| !keys.is_empty());
    let keys: Vec<String> = common.chain(keys).collect();
    let pattern = if more.is_some() { "^([1-5][0-9][0-9]|[45]XX)$" } else { "^[1-5][0-9][0-9]$" };
    format!(
        "{{ \"type\": \"object\", \"minProperties\": {}, \"properties\": {{ {} }}, \"patternProperties\": {{ \"{pattern}\": {{ {} }} }}, \
         \"additionalProperties\": false }}",
        usize::from(more.is_none()),
        keys.join(", "),
        reference(name)
    )
}

/// What editors offer for a text.
fn examples(held: &Value) -> Option<Vec<String>> {
    let Value::Name(named) = held else { return None };
    let written = |word: &str| match word {
        "list" | "map" | "lines" | "events" => format!("{word}<json>"),
        word => word.to_owned(),
    };
    let words = TYPES.iter().filter(|(word, _, places)| *word != "link" && places.has(*named));
    named.is_type().then(|| words.map(|(word, ..)| written(word)).collect())
}

fn properties(keys: &[super::kind::Key]) -> String {
    let keys = keys
        .iter()
        .map(|(key, value, doc)| format!("{}: {{ {} }}", json_text(key), described(value, doc)));
    keys.collect::<Vec<_>>().join(", ")
}

/// A mapping whose keys match a pattern.
fn entries(names: &str, least: usize) -> String {
    let mut out = "\"type\": \"object\"".to_owned();
    if least > 0 {
        out.push_str(&format!(", \"minProperties\": {least}"));
    }
    if !names.is_empty() {
        out.push_str(&format!(", \"propertyNames\": {{ \"pattern\": {} }}", json_text(names)));
    }
    out
}

fn required(keys: &[&str]) -> String {
    format!("\"required\": {}", list(keys))
}

fn lacking<'k>(keys: impl IntoIterator<Item = &'k str>) -> String {
    let keys: Vec<String> =
        keys.into_iter().map(|key| format!("{}: false", json_text(key))).collect();
    format!("\"properties\": {{ {} }}", keys.join(", "))
}

fn one_of(way: &str, keys: &[&str]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("{{ {} }}", required(&[key]))).collect();
    format!("{{ \"{way}\": [{}] }}", keys.join(", "))
}

/// At most one of the keys.
fn apart(keys: &[&str]) -> String {
    let apart = keys.iter().enumerate().skip(1).map(|(at, key)| {
        format!("{}: {{ {} }}", json_text(key), lacking(keys[..at].iter().copied()))
    });
    format!("{{ \"dependencies\": {{ {} }} }}", apart.collect::<Vec<_>>().join(", "))
}

/// A rule, as schemas that hold for the mapping.
fn rule(rule: &Rule) -> Vec<String> {
    match rule {
        // `oneOf` would say no more than that there are two.
        Rule::One(keys) => vec![one_of("anyOf", keys), apart(keys)],
        Rule::Any(keys) => vec![one_of("anyOf", keys)],
        Rule::Apart(keys) => vec![apart(keys)],
        Rule::Belongs(keys, to) => {
            let needs = if let [one] = to { list([one]) } else { one_of("anyOf", to) };
            let keys: Vec<String> =
                keys.iter().map(|key| format!("{}: {needs}", json_text(key))).collect();
            vec![format!("{{ \"dependencies\": {{ {} }} }}", keys.join(", "))]
        }
        // The mapping is written by it.
        Rule::Choice(..) => Vec::new(),
        Rule::When(conditions, follows) => {
            let condition = match conditions {
                [one] => condition(one),
                all => {
                    let all: Vec<String> = all.iter().map(condition).collect();
                    format!("{{ \"allOf\": [{}] }}", all.join(", "))
                }
            };
            let follows = follows.iter().map(|then| match then {
                Then::Needs(keys) => required(keys),
                Then::NeedsOne(keys) => {
                    let ways: Vec<String> =
                        keys.iter().map(|key| format!("{{ {} }}", required(&[key]))).collect();
                    format!("\"anyOf\": [{}]", ways.join(", "))
                }
                Then::Lacks(keys) => lacking(keys.iter().copied()),
                Then::Holds(key, held) => {
                    format!("\"properties\": {{ {}: {{ {} }} }}", json_text(key), value(held))
                }
            });
            let follows = follows
                .map(|follows| format!("{{ \"if\": {condition}, \"then\": {{ {follows} }} }}"));
            follows.collect()
        }
        Rule::NotEmpty => vec!["{ \"minProperties\": 1 }".to_owned()],
        Rule::Raw(json) => vec![(*json).to_owned()],
    }
}

/// Where the key is there, and like that.
fn like(key: &str, what: &str) -> String {
    format!("{{ {}, \"properties\": {{ {}: {what} }} }}", required(&[key]), json_text(key))
}

fn is_one_of(key: &str, words: &[&str]) -> String {
    like(key, &format!("{{ \"enum\": {} }}", list(words)))
}

fn condition(condition: &If) -> String {
    let pattern = |pattern: &str| format!("\"pattern\": {}", json_text(pattern));
    match condition {
        If::There(key) => format!("{{ {} }}", required(&[key])),
        If::Missing(key) => format!("{{ \"not\": {{ {} }} }}", required(&[key])),
        If::Is(key, words) => is_one_of(key, words),
        If::IsNot(key, words) => {
            like(key, &format!("{{ \"not\": {{ \"enum\": {} }} }}", list(*words)))
        }
        If::IsText(key) => like(key, "{ \"type\": \"string\" }"),
        If::Outermost(key, words) => like(
            key,
            &format!("{{ \"type\": \"string\", {} }}", pattern(&patterns::outermost(words))),
        ),
        If::Begins(key, words) => like(
            key,
            &format!("{{ \"type\": \"string\", {} }}", pattern(&patterns::beginning(words))),
        ),
        If::BeginsNot(key, words) => like(
            key,
            &format!(
                "{{ \"type\": \"string\", \"not\": {{ {} }} }}",
                pattern(&patterns::beginning(words))
            ),
        ),
        If::Has(key, part) => {
            let escaped = part.replace('{', r"\{").replace('}', r"\}");
            like(key, &format!("{{ \"type\": \"string\", {} }}", pattern(&escaped)))
        }
    }
}
