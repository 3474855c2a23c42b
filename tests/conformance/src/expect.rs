//! Compares what came of a call with what has to come.

use serde_json::{Map, Value};

use crate::case::Step;
use crate::outcome::Outcome;

/// What of an outcome is not as it has to be. Every expectation of the step is looked at.
pub(crate) fn differences(step: &Step, outcome: &Outcome) -> Result<Vec<String>, String> {
    if step.cancels() {
        let text = "the call came to an end before it was cancelled";
        return Ok((!outcome.cancelled).then(|| text.to_owned()).into_iter().collect());
    }
    let mut out = Vec::new();
    if let Some(limit) = step.within
        && outcome.took > limit.0
    {
        out.push(format!("ended after {:?}, expected within {limit:?}", outcome.took));
    }
    let ended = |outcome: &Outcome| match &outcome.value {
        Some(value) => format!("came the value {value}"),
        None => format!("came the error `{}`", text(&outcome.facts, "display")),
    };
    match (&step.value, &step.answer, &step.error) {
        (None, None, None) => {
            return Err("a step says what comes of it: `value`, `answer` or `error`".to_owned());
        }
        (value, answer, None) => {
            let Some(came) = &outcome.value else {
                out.push(format!("expected a success, {}", ended(outcome)));
                return Ok(out);
            };
            if let Some(value) = value
                && !same(value, came)
            {
                out.push(format!("value: expected {value}, came {came}"));
            }
            if let Some(answer) = answer {
                out.extend(facts("answer", answer, outcome)?);
            }
        }
        (None, None, Some(error)) => {
            if outcome.value.is_some() {
                out.push(format!("expected an error, {}", ended(outcome)));
                return Ok(out);
            }
            out.extend(facts("error", error, outcome)?);
        }
        _ => return Err("a step has either `error` or `value` and `answer`".to_owned()),
    }
    Ok(out)
}

/// A fact is compared by its name; with `_has` or `_lacks` behind it, its text is searched for one text or
/// for each of a list.
fn facts(
    what: &str,
    wanted: &Map<String, Value>,
    outcome: &Outcome,
) -> Result<Vec<String>, String> {
    if wanted.is_empty() {
        return Err(format!("`{what}` says nothing"));
    }
    let mut out = Vec::new();
    for (name, value) in wanted {
        let (fact, searched) = match (name.strip_suffix("_has"), name.strip_suffix("_lacks")) {
            (Some(fact), _) => (fact, Some(true)),
            (None, Some(fact)) => (fact, Some(false)),
            (None, None) => (name.as_str(), None),
        };
        let Some(came) = outcome.facts.get(fact) else {
            let known: Vec<&str> = outcome.facts.keys().map(String::as_str).collect();
            return Err(format!("`{what}` has no `{fact}`, but {}", known.join(", ")));
        };
        match (searched, fact, value) {
            (None, "headers", Value::Object(headers)) => {
                for (header, value) in headers {
                    let came = came.get(header).unwrap_or(&Value::Null);
                    if value != came {
                        out.push(format!("{what}.headers.{header}: expected {value}, came {came}"));
                    }
                }
            }
            (None, ..) if same(value, came) => {}
            (None, ..) => out.push(format!("{what}.{name}: expected {value}, came {came}")),
            (Some(has), ..) => {
                let came = text(&outcome.facts, fact);
                for part in texts(value)? {
                    if came.contains(part) != has {
                        let word = if has { "with" } else { "without" };
                        out.push(format!("{what}.{fact}: expected {word} `{part}`, came `{came}`"));
                    }
                }
            }
        }
    }
    Ok(out)
}

/// Whether two values are equal; 1 and 1.0 are the same number.
fn same(wanted: &Value, came: &Value) -> bool {
    match (wanted, came) {
        (Value::Number(wanted), Value::Number(came)) => {
            wanted == came || (wanted.is_f64() || came.is_f64()) && wanted.as_f64() == came.as_f64()
        }
        (Value::Array(wanted), Value::Array(came)) => {
            wanted.len() == came.len() && wanted.iter().zip(came).all(|(a, b)| same(a, b))
        }
        (Value::Object(wanted), Value::Object(came)) => {
            wanted.len() == came.len()
                && wanted.iter().all(|(name, a)| came.get(name).is_some_and(|b| same(a, b)))
        }
        _ => wanted == came,
    }
}

fn texts(value: &Value) -> Result<Vec<&str>, String> {
    let wrong = || "what is searched for is a text or a list of texts".to_owned();
    match value {
        Value::String(text) => Ok(vec![text]),
        Value::Array(items) => items.iter().map(|item| item.as_str().ok_or_else(wrong)).collect(),
        _ => Err(wrong()),
    }
}

fn text<'a>(facts: &'a Map<String, Value>, name: &str) -> &'a str {
    facts.get(name).and_then(Value::as_str).unwrap_or_default()
}
