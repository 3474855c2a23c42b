//! Values that stand outside a body in another form than their type has by itself.

use crate::codec::{By, Codec};
use crate::param::{Param, Sink};
use serde_json::Value;
use std::marker::PhantomData;

/// A parameter that is written by the codec `C`: a point in time as a number, bytes as base64.
///
/// ```
/// use clientwright_runtime::{DateTime, Encoder, UnixSeconds, by};
///
/// fn encode(since: &DateTime, request: &mut Encoder<'_>) {
///     request.query("since", &by::<UnixSeconds, _>(since));
/// }
/// ```
pub fn by<C: Codec<T>, T>(value: &T) -> By<'_, C, T> {
    By(value, PhantomData)
}

impl<C: Codec<T>, T> Param for By<'_, C, T> {
    fn write(&self, sink: &mut Sink<'_>) {
        match serde_json::to_value(self) {
            Ok(value) => texts(&value, sink),
            Err(_) => sink.refuse(),
        }
    }
}

/// Hands over the texts of a value: one, or one for each item of a list.
fn texts(value: &Value, sink: &mut Sink<'_>) {
    match value {
        Value::Null => {}
        Value::Bool(value) => sink.display(value),
        Value::Number(number) => sink.display(number),
        Value::String(text) => sink.text(text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, sink)),
        Value::Object(_) => sink.refuse(),
    }
}

/// The same for a value that is kept: a parameter of the client.
pub struct Kept<C, T>(T, PhantomData<fn() -> C>);

impl<C: Codec<T>, T> Kept<C, T> {
    /// A value to be written by the codec.
    pub fn new(value: T) -> Self {
        Self(value, PhantomData)
    }
}

impl<C: Codec<T>, T> Param for Kept<C, T> {
    fn write(&self, sink: &mut Sink<'_>) {
        by::<C, T>(&self.0).write(sink);
    }
}
