//! A single value inside a JSON text, which may well not be there.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// Looks for the value at a path of member names; gives `None` where the path ends early.
pub(crate) struct Find<'p>(pub(crate) &'p [&'p str]);

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.0.is_empty() {
            serde::Deserialize::deserialize(deserializer).map(Some)
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

/// Anything but an object has no members.
macro_rules! nothing {
    ($($visit:ident: $type:ty),*) => {$(
        fn $visit<E>(self, _: $type) -> Result<Self::Value, E> {
            Ok(None)
        }
    )*};
}

impl<'de> Visitor<'de> for Find<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    nothing!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let Some((name, rest)) = self.0.split_first() else { return Ok(None) };
        let mut found = None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            if key == *name && found.is_none() {
                found = map.next_value_seed(Find(rest))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found() {
        let find = |text: &str, path: &[&str]| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            Find(path).deserialize(&mut deserializer).ok().map(|found| found.map(|v| v.to_string()))
        };
        let text = r#"{"x":[1,{}],"a":{"b":{"c":"d"},"n":null}}"#;
        assert_eq!(find(text, &["a", "b", "c"]), Some(Some("\"d\"".to_owned())));
        assert_eq!(find(text, &["a", "n"]), Some(Some("null".to_owned())));
        for path in [&["b"][..], &["a", "n", "x"], &["x", "y"], &["a", "b", "c", "d"]] {
            assert_eq!(find(text, path), Some(None), "{path:?}");
        }
        for text in ["1", "-1", "1.5", "true", "null", "[]", "\"a\""] {
            assert_eq!(find(text, &["a"]), Some(None), "{text}");
        }
        assert_eq!(find(r#"{"a":"#, &["a"]), None);
    }
}
