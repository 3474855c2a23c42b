//! Answers that are read as they come, as data.

use clientwright_runtime::{
    Bytes, CallError, Download, Error, Event, Events, Lines, Mode, Request, Response,
};
use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::fmt::Debug;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;

use crate::case::Step;
use crate::outcome::{self, Outcome, Shown};

/// What gives an answer bit by bit.
pub(crate) trait Source: Debug + Sized {
    fn response(&self) -> &Response<()>;

    /// The value if no bit has come.
    fn empty() -> Value {
        Value::Array(Vec::new())
    }

    /// What else it can be asked for: a name and a value.
    fn fact(&self) -> Option<(&'static str, Value)> {
        None
    }

    fn with_reconnects(self, _: u32) -> Result<Self, String> {
        Err("only events are asked for again".to_owned())
    }
}

impl<M: Mode> Source for Download<M> {
    fn response(&self) -> &Response<()> {
        self.response()
    }

    fn empty() -> Value {
        "".into()
    }

    fn fact(&self) -> Option<(&'static str, Value)> {
        let progress = self.progress();
        Some(("progress", json!({ "bytes": progress.bytes, "total": progress.total })))
    }
}

impl<T: DeserializeOwned, M: Mode> Source for Lines<T, M> {
    fn response(&self) -> &Response<()> {
        self.response()
    }
}

impl<R: Request, T: DeserializeOwned + 'static, M: Mode> Source for Events<R, T, M> {
    fn response(&self) -> &Response<()> {
        self.response()
    }

    fn fact(&self) -> Option<(&'static str, Value)> {
        Some(("last_event_id", self.last_event_id().into()))
    }

    fn with_reconnects(self, most: u32) -> Result<Self, String> {
        Ok(self.with_reconnects(most))
    }
}

/// A bit of an answer.
pub(crate) enum Bit {
    Bytes(Bytes),
    Item(Value),
}

pub(crate) fn bytes(piece: &Bytes) -> Bit {
    Bit::Bytes(piece.clone())
}

pub(crate) fn line<T: Serialize>(item: &T) -> Bit {
    Bit::Item(outcome::value(item))
}

pub(crate) fn event<T: Serialize>(event: &Event<T>) -> Bit {
    Bit::Item(outcome::event(event))
}

/// What has come.
#[derive(Default)]
struct Collected {
    bytes: Option<Vec<u8>>,
    items: Vec<Value>,
    count: usize,
    /// The first error, and what came before it.
    failure: Option<(Error, Value)>,
}

impl Collected {
    fn add(&mut self, bit: Result<Bit, Error>) {
        self.count += 1;
        match bit {
            Ok(Bit::Bytes(piece)) => self.bytes.get_or_insert_default().extend_from_slice(&piece),
            Ok(Bit::Item(item)) => self.items.push(item),
            Err(error) if self.failure.is_none() => {
                let before = self.value();
                (self.bytes, self.items) = (None, Vec::new());
                self.failure = Some((error, before));
            }
            // Those behind the first one stand among the items.
            Err(error) => self.items.push(json!({ "error": error.to_string() })),
        }
    }

    fn value(&self) -> Value {
        match &self.bytes {
            Some(bytes) => outcome::bytes(&Bytes::copy_from_slice(bytes)),
            None => self.items.clone().into(),
        }
    }

    fn outcome<S: Source>(self, source: &S) -> Outcome {
        let nothing = self.bytes.is_none() && self.items.is_empty();
        let value = if nothing { S::empty() } else { self.value() };
        let mut outcome = match self.failure {
            None => Outcome::flowed(value, source.response()),
            Some((error, before)) => Outcome::broken(&error, before, value),
        };
        outcome.renderings.extend([format!("{source:?}"), format!("{source:#?}")]);
        if let Some((name, value)) = source.fact() {
            outcome.facts.insert(name.to_owned(), value);
        }
        outcome
    }
}

/// What a stream begins with: nothing at all, in place of one.
fn begun<R: Shown, S: Source>(
    begun: Result<Option<S>, CallError<R::Error>>,
    step: &Step,
) -> Result<Result<S, Outcome>, String> {
    let source = match begun {
        Ok(Some(source)) => source,
        Ok(None) => return Ok(Err(Outcome { value: Some(Value::Null), ..Outcome::default() })),
        Err(error) => return Ok(Err(Outcome::failed::<R>(error))),
    };
    match step.reconnects {
        Some(most) => source.with_reconnects(most).map(Ok),
        None => Ok(Ok(source)),
    }
}

fn is_wanted(step: &Step, collected: &Collected) -> bool {
    step.take.is_none_or(|take| collected.count < take)
}

/// Reads as much of a stream as the step wants.
pub(crate) async fn collect<R: Shown, S, T>(
    _: PhantomData<R>,
    stream: Result<Option<S>, CallError<R::Error>>,
    step: &Step,
    show: impl Fn(&T) -> Bit,
) -> Result<Outcome, String>
where
    S: Source + Stream<Item = Result<T, Error>> + Unpin,
{
    let mut source = match begun::<R, S>(stream, step)? {
        Ok(source) => source,
        Err(outcome) => return Ok(outcome),
    };
    let mut collected = Collected::default();
    while is_wanted(step, &collected) {
        let Some(bit) = poll_fn(|cx| Pin::new(&mut source).poll_next(cx)).await else { break };
        collected.add(bit.map(|bit| show(&bit)));
    }
    Ok(collected.outcome(&source))
}

/// As [`collect`], of a blocking client.
pub(crate) fn collect_blocking<R: Shown, S, T>(
    _: PhantomData<R>,
    stream: Result<Option<S>, CallError<R::Error>>,
    step: &Step,
    show: impl Fn(&T) -> Bit,
) -> Result<Outcome, String>
where
    S: Source + Iterator<Item = Result<T, Error>>,
{
    let mut source = match begun::<R, S>(stream, step)? {
        Ok(source) => source,
        Err(outcome) => return Ok(outcome),
    };
    let mut collected = Collected::default();
    while is_wanted(step, &collected) {
        let Some(bit) = source.next() else { break };
        collected.add(bit.map(|bit| show(&bit)));
    }
    Ok(collected.outcome(&source))
}
