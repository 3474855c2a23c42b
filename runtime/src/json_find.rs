//! A single value inside a JSON text, which may well not be there.

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// Looks for the value at a path of member names; gives `None` where the path ends early.
#[derive(Clone, Copy)]
pub(crate) struct Find<'p> {
    path: &'p [&'p str],
    /// What is there is a list, and the value is at this path in its last item.
    in_last: Option<&'p [&'p str]>,
}

impl<'p> Find<'p> {
    pub(crate) fn at(path: &'p [&'p str]) -> Self {
        Self { path, in_last: None }
    }

    pub(crate) fn in_last(list: &'p [&'p str], member: &'p [&'p str]) -> Self {
        Self { path: list, in_last: Some(member) }
    }
}

impl<'de> DeserializeSeed<'de> for Find<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.path.is_empty() && self.in_last.is_none() {
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
        let mut last = None;
        match self.in_last.filter(|_| self.path.is_empty()) {
            Some(member) => {
                while let Some(found) = list.next_element_seed(Find::at(member))? {
                    last = found;
                }
            }
            None => while list.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(last)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match self.path.split_first() {
                Some((name, path)) if key == *name && found.is_none() => {
                    found = map.next_value_seed(Find { path, ..self })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
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
            Find::at(path)
                .deserialize(&mut deserializer)
                .ok()
                .map(|found| found.map(|v| v.to_string()))
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

    #[test]
    fn values_of_last_items_are_found() {
        let find = |text: &str, list: &[&str], member: &[&str]| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            let found = Find::in_last(list, member).deserialize(&mut deserializer);
            found.and_then(|found| deserializer.end().map(|()| found)).ok()
        };
        let text = |value: &str| Some(Some(Value::from(value)));
        assert_eq!(
            find(r#"{"d":[{"id":"a"},{"x":[1],"id":"b"}],"e":1}"#, &["d"], &["id"]),
            text("b")
        );
        assert_eq!(find(r#"[{"i":{"n":"a"}},{"i":{"n":"b"}}]"#, &[], &["i", "n"]), text("b"));
        // One before it does not stand for the last one.
        for items in ["[]", r#"[{"id":"a"},{}]"#, r#"[{"id":"a"},7]"#, r#"{"id":"a"}"#, "null", "7"]
        {
            assert_eq!(find(items, &[], &["id"]), Some(None), "{items}");
        }
        assert_eq!(find(r#"{"d":{"id":"a"}}"#, &["d"], &["id"]), Some(None));
        assert_eq!(find(r#"[{"id":"a"},"#, &[], &["id"]), None);
    }
}
