//! Lists in one text, of items that are read and written as they are by themselves.

use crate::codec::{By, Codec, ListVisitor};
use crate::decode;
use serde::de::{self, Deserializer, SeqAccess, Unexpected, Visitor};
use serde::ser::{self, Serializer};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;

/// A list in one text, its items, such as ids, values of enums and dates, between commas. A list proper is read
/// too, text is written.
///
/// Items travel by the codec `C`, as what they would be alone: a text, a number, a boolean or null. One that holds
/// a comma cannot be told from two.
pub struct Joined<C>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Vec<T>> for Joined<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(BetweenCommas::<C, T>(PhantomData))
    }

    fn write<S: Serializer>(items: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |item| match serde_json::to_value(By::<C, T>(item, PhantomData)) {
            Ok(Value::String(text)) => Ok(text),
            Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => Ok(value.to_string()),
            Ok(_) => Err(ser::Error::custom("an item that cannot stand between commas")),
            Err(error) => Err(ser::Error::custom(error)),
        };
        let texts = items.iter().map(text).collect::<Result<Vec<String>, S::Error>>()?;
        serializer.serialize_str(&texts.join(","))
    }
}

struct BetweenCommas<C, T>(PhantomData<(C, T)>);

impl<C: Codec<T>, T> BetweenCommas<C, T> {
    fn item<E: de::Error>(&self, text: &str) -> Result<T, E> {
        // What the text may stand for: a text may look like a number, and the other way round it is refused.
        let null = (text == "null").then_some(Value::Null);
        let bare = serde_json::from_str::<Value>(text).ok();
        let bare = bare.filter(|value| value.is_number() || value.is_boolean());
        let values = null.into_iter().chain([Value::from(text)]).chain(bare);
        let mut read = values.map(|value| decode::looking(false, || C::read(value)));
        let found = read.find_map(Result::ok);
        found.ok_or_else(|| E::invalid_value(Unexpected::Str(text), self))
    }
}

impl<'de, C: Codec<T>, T> Visitor<'de> for BetweenCommas<C, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("items between commas in a text, or a list")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        text.split(',').map(|item| self.item(item.trim())).collect()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<T>, A::Error> {
        ListVisitor::<C, T>(PhantomData).visit_seq(list)
    }
}

#[cfg(test)]
#[allow(dead_code, unreachable_pub, reason = "the macros write more than a test needs")]
mod tests {
    use crate as runtime;
    use crate::Date;

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct UserId(i64);
    runtime::number_type!(UserId: i64);

    #[derive(Clone, Debug, PartialEq)]
    struct Code(String);
    runtime::text_type!(Code);

    #[derive(Debug, PartialEq)]
    struct Lists {
        users: Vec<UserId>,
        codes: Vec<Code>,
        days: Vec<Option<Date>>,
    }
    runtime::object! {
        Lists {
            users: Required<Joined<Plain>> = "users",
            codes: Required<Joined<Plain>> = "codes",
            days: Required<Joined<Plain>> = "days",
        }
    }

    #[test]
    fn items_are_what_they_are_alone() -> Result<(), serde_json::Error> {
        let json = r#"{"users":"7,-8","codes":"12,null,a b","days":"2026-01-31,null"}"#;
        let lists: Lists = serde_json::from_str(json)?;
        assert_eq!(lists.users, [UserId(7), UserId(-8)]);
        assert_eq!(lists.codes, [Code::from("12"), Code::from("null"), Code::from("a b")]);
        assert_eq!(lists.days, ["2026-01-31".parse().ok(), None]);
        assert_eq!(serde_json::to_string(&lists)?, json);
        let proper = r#"{"users":[7],"codes":[],"days":" "}"#;
        let lists: Lists = serde_json::from_str(proper)?;
        assert_eq!(serde_json::to_string(&lists)?, r#"{"users":"7","codes":"","days":""}"#);
        Ok(())
    }

    #[test]
    fn items_of_another_kind_are_errors() {
        for json in [
            r#"{"users":"7,x","codes":"","days":""}"#,
            r#"{"users":"7,","codes":"","days":""}"#,
            r#"{"users":"","codes":"","days":"2026-13-31"}"#,
            r#"{"users":7,"codes":"","days":""}"#,
        ] {
            assert!(serde_json::from_str::<Lists>(json).is_err(), "{json}");
        }
    }
}
