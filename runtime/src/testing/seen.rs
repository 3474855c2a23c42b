//! What a test saw.

use crate::codec::{By, Codec};
use serde::Serialize;
use serde_json::Value;
use std::fmt::Debug;
use std::marker::PhantomData;

/// What came out of a call or a delivery, to be held against an example.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Seen {
    /// What was expected, and it holds nothing.
    Nothing,
    /// A value, written as JSON.
    Json(String),
    /// A text, or bytes.
    Bytes(Vec<u8>),
    /// Something else; this is what it looks like.
    Unexpected(String),
}

impl Seen {
    /// A value, written as JSON.
    pub fn json(value: &(impl Serialize + ?Sized)) -> Self {
        match serde_json::to_string(value) {
            Ok(json) => Self::Json(json),
            Err(error) => Self::Unexpected(error.to_string()),
        }
    }

    /// A value, written as JSON by a codec.
    pub fn json_as<C: Codec<T>, T>(value: &T) -> Self {
        Self::json(&By::<C, T>(value, PhantomData))
    }

    /// A text, or bytes.
    pub fn bytes(content: impl AsRef<[u8]>) -> Self {
        Self::Bytes(content.as_ref().to_vec())
    }

    /// Something else.
    pub fn unexpected(found: &impl Debug) -> Self {
        Self::Unexpected(format!("{found:?}"))
    }

    /// Whether this is what the other one is.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) => true,
            (Self::Json(found), Self::Json(expected)) => same_json(found, expected),
            (Self::Bytes(found), Self::Bytes(expected)) => found == expected,
            _ => false,
        }
    }
}

/// Whether two texts are the same JSON value. `1` and `1.0` are one number.
pub(super) fn same_json(found: &str, expected: &str) -> bool {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    matches!((read(found), read(expected)), (Some(a), Some(b)) if same(&a, &b))
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, same_json};

    #[test]
    fn order_of_members_and_form_of_numbers_mean_nothing() {
        assert!(same_json(r#"{"a":[1,{"b":2.0}],"c":null}"#, r#"{"c":null,"a":[1.0,{"b":2}]}"#));
        for other in [r#"{"a":1}"#, r#"{"a":1,"b":null}"#, r#"{"a":"1","b":2}"#, "[]", "x"] {
            assert!(!same_json(r#"{"a":1,"b":2}"#, other), "{other}");
        }
    }

    #[test]
    fn only_like_is_like() {
        assert!(Seen::Nothing.is(&Seen::Nothing));
        assert!(Seen::bytes("a").is(&Seen::bytes(b"a")));
        assert!(!Seen::json("a").is(&Seen::bytes("a")));
        assert!(!Seen::unexpected(&"a").is(&Seen::unexpected(&"a")));
    }
}
