//! Lists in one text, their items between commas.

use crate::codec::Codec;
use crate::finite::NOT_FINITE;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Unexpected, Visitor};
use serde::ser::{self, Serializer};
use std::fmt::{self, Write as _};
use std::marker::PhantomData;

/// A list in one text, its items between commas. A list proper is read too, text is written.
///
/// Items are scalars, or `Option`s of them, whose `None` is the word `null`. A text item that holds a
/// comma cannot be told from two.
pub struct Csv;

/// What can stand between commas.
pub trait CsvItem: Sized {
    /// Reads an item.
    fn parse(text: &str) -> Option<Self>;

    /// Appends an item.
    fn append(&self, text: &mut String);

    /// Whether there is a text for it: there is none for a number that is infinite or none.
    fn has_text(&self) -> bool {
        true
    }
}

macro_rules! csv_items {
    ($($ty:ty $(: $has_text:ident)?),*) => {$(
        impl CsvItem for $ty {
            fn parse(text: &str) -> Option<Self> {
                text.parse().ok()
            }

            fn append(&self, text: &mut String) {
                // Writing into a String cannot fail.
                let _ = write!(text, "{self}");
            }

            $(fn has_text(&self) -> bool {
                self.$has_text()
            })?
        }
    )*};
}

csv_items!(String, bool, i32, i64, u32, u64, f32: is_finite, f64: is_finite);

impl<T: CsvItem> CsvItem for Option<T> {
    fn parse(text: &str) -> Option<Self> {
        if text == "null" { Some(None) } else { T::parse(text).map(Some) }
    }

    fn append(&self, text: &mut String) {
        match self {
            Some(item) => item.append(text),
            None => text.push_str("null"),
        }
    }

    fn has_text(&self) -> bool {
        self.as_ref().is_none_or(T::has_text)
    }
}

impl<T: CsvItem + de::DeserializeOwned> Codec<Vec<T>> for Csv {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(BetweenCommas(PhantomData))
    }

    fn write<S: Serializer>(items: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        if !items.iter().all(T::has_text) {
            return Err(ser::Error::custom(NOT_FINITE));
        }
        let mut text = String::new();
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            item.append(&mut text);
        }
        serializer.serialize_str(&text)
    }
}

struct BetweenCommas<T>(PhantomData<T>);

impl<'de, T: CsvItem + Deserialize<'de>> Visitor<'de> for BetweenCommas<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("items between commas in a text, or a list")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Vec<T>, E> {
        if text.trim().is_empty() {
            return Ok(Vec::new());
        }
        text.split(',')
            .map(str::trim)
            .map(|item| {
                T::parse(item).ok_or_else(|| E::invalid_value(Unexpected::Str(item), &self))
            })
            .collect()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(items)
    }
}
