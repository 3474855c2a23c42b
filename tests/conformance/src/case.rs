//! The form of a case. Unknown keys are refused, so that none is believed to have been looked at.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use crate::exchange::Exchange;
use crate::time::UnderWay;

/// A case, ready to be run.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    #[serde(rename = "name")]
    _name: String,
    /// Why it has to be so. For readers.
    #[serde(rename = "why", default)]
    _why: Option<String>,
    /// The specification whose client it is about.
    pub(crate) spec: String,
    /// For what only an asynchronous client can do.
    #[serde(rename = "async_only", default)]
    _async_only: bool,
    /// Methods of the builder, and what they are called with.
    #[serde(default)]
    pub(crate) client: Map<String, Value>,
    /// The base address; that of the server unless given, and that of the specification for `none`.
    #[serde(default)]
    pub(crate) base: Option<String>,
    /// The random numbers, as parts of one; the last one stays. 0.5 unless given.
    #[serde(default)]
    pub(crate) chance: Vec<f64>,
    /// Whether time goes by itself. Otherwise it goes only where the script says so.
    #[serde(default)]
    pub(crate) real_time: bool,
    /// The script of the server: requests that have to come, and their replies.
    #[serde(default)]
    pub(crate) server: Vec<Exchange>,
    /// Whether requests may come in another order.
    #[serde(default)]
    pub(crate) any_order: bool,
    /// The script of another server, to which nothing may be sent unless it says so.
    #[serde(default)]
    pub(crate) foreign: Vec<Exchange>,
    pub(crate) steps: Vec<Step>,
    /// How long the client waited before it sent something again, each time.
    #[serde(default)]
    pub(crate) waits: Option<Vec<Span>>,
    /// The tokens that the client gave to the store.
    #[serde(default)]
    pub(crate) saved: Option<Vec<Value>>,
    /// Over how many connections the requests came.
    #[serde(default)]
    pub(crate) connections: Option<usize>,
    /// How many connections the client has closed while the server still had something to say.
    #[serde(default)]
    pub(crate) hung_up: usize,
    /// Whether the transport sends and gives whole bodies only.
    #[serde(default)]
    pub(crate) in_memory: bool,
    /// What of the answers the specification does not know, in this order: members of what was told.
    #[serde(default)]
    pub(crate) drift: Option<Vec<Map<String, Value>>>,
    /// Lines of the report on that.
    #[serde(default)]
    pub(crate) drift_report: Option<Vec<String>>,
    /// What no rendering may show, beside the credentials in `client`.
    #[serde(default)]
    pub(crate) secrets: Vec<String>,
}

/// What an error is that a limit of time gives.
const OF_TIME: [&str; 2] = ["timeout", "connect"];

impl Case {
    /// Refuses a case whose limits of time would be shown by the error alone, however late it comes.
    pub(crate) fn check(&self) -> Result<(), String> {
        let is_of_time = |step: &Step| {
            let Some(error) = &step.error else { return false };
            let says = |fact: &str| error.get(fact).and_then(Value::as_bool) == Some(true);
            let kind = error.get("kind").and_then(Value::as_str);
            kind.is_some_and(|kind| OF_TIME.contains(&kind))
                || OF_TIME.iter().any(|kind| says(&format!("is_{kind}")))
        };
        let unbounded = |step: &Step| is_of_time(step) && step.within.is_none();
        if self.real_time && self.steps.iter().any(unbounded) {
            return Err(
                "a limit of time in `real_time` says with `within` how late it may end".into()
            );
        }
        Ok(())
    }
}

/// A call, and what has to come of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    /// A method, as the specification calls it. Empty where no client comes about.
    #[serde(default)]
    pub(crate) call: String,
    #[serde(default)]
    pub(crate) args: Map<String, Value>,
    /// Headers that are set for this call.
    #[serde(default)]
    pub(crate) headers: Map<String, Value>,
    #[serde(default)]
    pub(crate) timeout: Option<Span>,
    #[serde(default)]
    pub(crate) attempt_timeout: Option<Span>,
    #[serde(default)]
    pub(crate) retry: Option<Value>,
    /// Makes the call with the client that this method of the client gives for a token.
    #[serde(default)]
    pub(crate) with: Map<String, Value>,
    /// Goes through all pages, and gives their items or their bodies.
    #[serde(default)]
    pub(crate) pages: Option<Collect>,
    /// Reads the answer as it comes.
    #[serde(default)]
    pub(crate) stream: bool,
    /// How often events are asked for again.
    #[serde(default)]
    pub(crate) reconnects: Option<u32>,
    /// Stops after so many items, pages or pieces.
    #[serde(default)]
    pub(crate) take: Option<usize>,
    /// Asks for so many pages before they are wanted.
    #[serde(default)]
    pub(crate) read_ahead: Option<usize>,
    /// What the client has sent.
    #[serde(skip)]
    pub(crate) under_way: UnderWay,
    /// Begins at this place.
    #[serde(default)]
    pub(crate) start_at: Option<String>,
    /// Makes the call so many times, one after the other.
    #[serde(default = "once")]
    pub(crate) times: usize,
    /// Makes the call so many times at once.
    #[serde(default = "once")]
    pub(crate) at_once: usize,
    /// Drops the call once so many requests have come to the server, those of earlier steps included.
    #[serde(default)]
    pub(crate) cancel_after: Option<usize>,
    /// Drops the call once so many requests were answered, as far as the script does that, and the client has
    /// read it.
    #[serde(default)]
    pub(crate) cancel_answered: Option<usize>,
    /// Lets time go by before the call.
    #[serde(default)]
    pub(crate) after: Option<Span>,
    /// How long each call may take, on the clock of the machine whatever clock the client has.
    #[serde(default)]
    pub(crate) within: Option<Span>,
    /// What the call gives.
    #[serde(default, deserialize_with = "some")]
    pub(crate) value: Option<Value>,
    /// What else is known of a success.
    #[serde(default)]
    pub(crate) answer: Option<Map<String, Value>>,
    /// What is known of a failure.
    #[serde(default)]
    pub(crate) error: Option<Map<String, Value>>,
}

impl Step {
    /// Whether the call is dropped.
    pub(crate) fn cancels(&self) -> bool {
        self.cancel_after.or(self.cancel_answered).is_some()
    }

    /// Whether it says how many requests there were when each item or page was handed out.
    pub(crate) fn counts_requests(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| answer.contains_key("asked"))
    }
}

/// What a walk through pages gives.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Collect {
    Items,
    Bodies,
}

/// A length of time, as in `150ms`, `2s` or `5m`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span(pub(crate) Duration);

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Span {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no length of time such as `150ms`, `2s` or `5m`");
        let end = text.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(wrong)?;
        let (number, unit) = text.split_at(end);
        let number: f64 = number.parse().map_err(|_| wrong())?;
        let seconds = match unit {
            "us" => number / 1e6,
            "ms" => number / 1e3,
            "s" => number,
            "m" => number * 60.0,
            "h" => number * 3600.0,
            _ => return Err(wrong()),
        };
        // To a microsecond: the rest is an artefact of the fraction.
        let micros = Duration::try_from_secs_f64(seconds).map_err(|_| wrong())?.as_nanos();
        let micros = u64::try_from((micros + 500) / 1000).map_err(|_| wrong())?;
        Ok(Self(Duration::from_micros(micros)))
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        // A number without its unit is what one writes first.
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

fn once() -> usize {
    1
}

/// Keeps null apart from nothing.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// What the cases have in common. For readers.
    #[serde(rename = "about")]
    _about: String,
    spec: String,
    /// Settings of all clients of the file.
    #[serde(default)]
    client: Map<String, Value>,
    cases: Vec<Map<String, Value>>,
}

/// Keys of a case; all others belong to its only step.
const OF_CASE: [&str; 20] = [
    "name",
    "why",
    "spec",
    "async_only",
    "client",
    "base",
    "chance",
    "real_time",
    "server",
    "any_order",
    "foreign",
    "steps",
    "waits",
    "saved",
    "connections",
    "hung_up",
    "in_memory",
    "drift",
    "drift_report",
    "secrets",
];

/// What is wrong with the form of a case. What is no key of a case was taken for one of its only step.
pub(crate) fn misread(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let of_step = text.starts_with("unknown field") && text.contains("`cancel_after`");
    if of_step { format!("{text}; beside them a case has {}", OF_CASE.join(", ")) } else { text }
}

impl File {
    /// A case as it stands: with the settings of the file, and with its steps as a list.
    pub(crate) fn case(&self, name: &str) -> Result<Value, String> {
        let found = self.cases.iter().find(|case| case.get("name").is_some_and(|it| it == name));
        let case = found.ok_or("the file has no such case")?;
        let (mut whole, mut step) = (Map::new(), Map::new());
        for (key, value) in case {
            let place = if OF_CASE.contains(&key.as_str()) { &mut whole } else { &mut step };
            place.insert(key.clone(), value.clone());
        }
        match (whole.contains_key("steps"), step.keys().next()) {
            (false, _) => {
                whole.insert("steps".to_owned(), Value::Array(vec![Value::Object(step)]));
            }
            (true, Some(key)) => {
                return Err(format!("`{key}` beside `steps`: it belongs to a step"));
            }
            (true, None) => {}
        }
        whole.entry("spec").or_insert_with(|| self.spec.clone().into());
        let mut client = self.client.clone();
        if let Some(Value::Object(own)) = whole.remove("client") {
            client.extend(own);
        }
        client.retain(|_, value| !value.is_null());
        whole.insert("client".to_owned(), Value::Object(client));
        Ok(Value::Object(whole))
    }

    pub(crate) fn read(folder: &str, file: &str) -> Result<Arc<Self>, String> {
        type Read = Mutex<HashMap<String, Result<Arc<File>, String>>>;
        // Each file has many cases, and each is a test of its own.
        static READ: OnceLock<Read> = OnceLock::new();
        let path = format!("{folder}/{file}.yaml");
        let mut read =
            READ.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        let entry = read.entry(path).or_insert_with_key(|path| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
            let file = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
            Ok(Arc::new(file))
        });
        entry.clone()
    }
}

/// The names of the cases of a file, and whether they are for asynchronous clients only.
///
/// # Errors
///
/// The file cannot be read.
pub fn cases(folder: &str, file: &str) -> Result<Vec<(String, bool)>, String> {
    let file = File::read(folder, file)?;
    let cases = file.cases.iter().map(|case| {
        let name = case.get("name").and_then(Value::as_str).unwrap_or_default();
        (name.to_owned(), case.get("async_only").is_some_and(|only| only == &Value::Bool(true)))
    });
    Ok(cases.collect())
}
