//! What came of a call, as data: whatever an app can ask a result for.

use clientwright_runtime::{
    Bytes, CallError, CodeGrant, Error, Event, Grant, HeaderMap, Page, Paged, Provider, RateLimit,
    Request, Reset, Response, ServiceError,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::fmt::{Debug, Display};
use std::time::Duration;

/// A request whose outcome can be shown.
pub(crate) trait Shown: Request {
    fn output(shown: &Self::Output) -> Value;
    fn error(shown: &Self::Error) -> Value;
}

/// A request whose pages have items that can be shown.
pub(crate) trait ShownItem: Shown + Paged {
    fn item(shown: &Self::Item) -> Value;
}

impl<P, T, const SCHEME: usize> Shown for CodeGrant<P, T, SCHEME>
where
    P: Provider,
    T: Serialize + DeserializeOwned + Send + 'static,
{
    fn output(shown: &Grant<T>) -> Value {
        json!({ "token": crate::args::shown(&shown.token), "answer": value(&shown.answer) })
    }

    fn error(shown: &Self::Error) -> Value {
        match *shown {}
    }
}

/// A value as serde writes it.
pub(crate) fn value(shown: &impl Serialize) -> Value {
    serde_json::to_value(shown).unwrap_or_else(|error| format!("not to be shown: {error}").into())
}

/// Bytes as text, or as `{ base64: … }` where they are none.
pub(crate) fn bytes(shown: &Bytes) -> Value {
    match std::str::from_utf8(shown) {
        Ok(text) => text.into(),
        Err(_) => json!({ "base64": clientwright_wire::base64::encode(shown) }),
    }
}

/// An event with all that is said of it.
pub(crate) fn event<T: Serialize>(shown: &Event<T>) -> Value {
    json!({ "name": shown.name, "id": shown.id, "data": value(&shown.data) })
}

/// A variant that holds something.
pub(crate) fn variant(name: &str, held: Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), held)]))
}

/// What came of a call.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Of a success; null if there is nothing to give.
    pub(crate) value: Option<Value>,
    /// Whether the call was dropped before it ended.
    pub(crate) cancelled: bool,
    /// How long it took, on the clock of the machine.
    pub(crate) took: Duration,
    /// Everything else, by the names that cases use.
    pub(crate) facts: Map<String, Value>,
    /// All texts that a log might have of it.
    pub(crate) renderings: Vec<String>,
}

impl Outcome {
    pub(crate) fn cancelled() -> Self {
        Self { cancelled: true, ..Self::default() }
    }

    /// The outcome of one call.
    pub(crate) fn of<R: Shown>(result: Result<Response<R::Output>, CallError<R::Error>>) -> Self
    where
        R::Output: Debug,
    {
        match result {
            Ok(response) => {
                let mut outcome =
                    Self { value: Some(R::output(response.body())), ..Self::default() };
                outcome.add_response(&response);
                outcome
            }
            Err(error) => Self::failed::<R>(error),
        }
    }

    /// The outcome of a walk through pages: what came before it ended, and what it ended with.
    pub(crate) fn collected<R: Shown>(
        items: Vec<Value>,
        places: Vec<Value>,
        error: Option<CallError<R::Error>>,
    ) -> Self {
        let mut outcome = match error {
            None => Self { value: Some(items.into()), ..Self::default() },
            Some(error) => {
                let mut outcome = Self::failed::<R>(error);
                outcome.set("before", items);
                outcome
            }
        };
        outcome.set("places", places);
        outcome
    }

    /// The place of the page after this one.
    pub(crate) fn place<T>(page: &Page<T>) -> Value {
        page.next().map_or(Value::Null, |place| place.as_str().into())
    }

    /// No client came about.
    pub(crate) fn unbuilt(error: clientwright_runtime::BuildError) -> Self {
        let mut outcome = Self::default();
        outcome.render(&error);
        outcome.add_error(&Error::from(error));
        outcome
    }

    /// The outcome of what was read as it came.
    pub(crate) fn flowed(value: Value, response: &Response<()>) -> Self {
        let mut outcome = Self { value: Some(value), ..Self::default() };
        outcome.add_response(response);
        outcome
    }

    /// The same with an error, perhaps in the middle.
    pub(crate) fn broken(error: &Error, before: Value, after: Value) -> Self {
        let mut outcome = Self::default();
        outcome.add_error(error);
        outcome.set("before", before);
        outcome.set("after", after);
        outcome
    }

    pub(crate) fn with_rendering(mut self, text: String) -> Self {
        self.renderings.push(text);
        self
    }

    pub(crate) fn failed<R: Shown>(error: CallError<R::Error>) -> Self {
        let mut outcome = Self::default();
        outcome.set("service", error.service().map_or(Value::Null, R::error));
        let message = error.service().and_then(ServiceError::message).map(str::to_owned);
        outcome.set("message", message);
        outcome.render(&error);
        let texts = (error.to_string(), format!("{error:?}"));
        outcome.add_error(&Error::from(error));
        // The error to pass on says the same.
        if outcome.facts.get("display") != Some(&Value::from(texts.0)) {
            outcome.set("display", "the two errors of a call display as different texts");
        }
        outcome.set("debug", texts.1);
        outcome
    }

    fn add_response<T: Debug>(&mut self, response: &Response<T>) {
        self.set("status", response.status().as_u16());
        self.set("attempts", response.attempts());
        self.set("request_id", response.request_id());
        self.set("rate_limit", response.rate_limit().map(rate_limit));
        self.set("debug", format!("{:?}", response.body()));
        self.set("headers", headers(response.headers()));
        self.renderings.extend([format!("{response:?}"), format!("{response:#?}")]);
    }

    fn add_error(&mut self, error: &Error) {
        self.render(error);
        self.set("kind", words(&format!("{:?}", error.kind())));
        self.set("method", error.method());
        self.set("status", error.status().map(|status| status.as_u16()));
        self.set("headers", headers(error.headers()));
        self.set("excerpt", error.body_excerpt());
        self.set("path", error.path());
        self.set("request_id", error.request_id());
        self.set("attempts", error.attempts());
        self.set("rate_limit", error.rate_limit().map(rate_limit));
        self.set("is_timeout", error.is_timeout());
        self.set("is_connect", error.is_connect());
        self.set("is_retryable", error.is_retryable());
        self.set("display", error.to_string());
        self.set("debug", format!("{error:?}"));
        self.set("has_source", std::error::Error::source(error).is_some());
    }

    fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.facts.insert(name.to_owned(), value.into());
    }

    fn render<E: std::error::Error + Debug + Display>(&mut self, error: &E) {
        let mut next: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = next {
            self.renderings.extend([
                format!("{error}"),
                format!("{error:?}"),
                format!("{error:#?}"),
            ]);
            next = error.source();
        }
    }
}

/// `TooLarge` as `too_large`.
fn words(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn headers(headers: &HeaderMap) -> Map<String, Value> {
    let mut shown = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter();
        let text: Vec<_> = values.map(|one| String::from_utf8_lossy(one.as_bytes())).collect();
        shown.insert(name.to_string(), text.join(", ").into());
    }
    shown
}

fn rate_limit(limit: RateLimit) -> Value {
    let reset = match limit.reset {
        None => Value::Null,
        Some(Reset::After(time)) => json!({ "after": time.as_secs_f64() }),
        Some(Reset::At(time)) => json!({ "at": time.as_secs() }),
        Some(_) => "another kind of reset".into(),
    };
    json!({
        "exceeded": limit.exceeded,
        "limit": limit.limit,
        "remaining": limit.remaining,
        "reset": reset,
    })
}
