//! Odd forms in which services send ordinary values: numbers in texts, lists between commas, values
//! that mean none.

mod csv;
mod joined;

pub use self::csv::{Csv, CsvItem};
pub use self::joined::Joined;

use crate::codec::{By, Codec, List, ListVisitor};
use crate::decode;
use crate::drift::{DriftKind, record};
use crate::finite::NOT_FINITE;
use clientwright_wire::{DateTime, Offset, zoneless};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{self, Serializer};
use serde_json::Value;
use std::any::Any;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

/// A number or boolean as text, or a text that is sometimes sent as a number. Texts and bare values are
/// read, text is written.
pub struct AsText;

impl<T: FromStr + Display + 'static> Codec<T> for AsText {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(Parsed { promised: "a text", value: PhantomData })
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        if is_infinite(value) {
            return Err(ser::Error::custom(NOT_FINITE));
        }
        serializer.collect_str(value)
    }
}

/// Whether this is a number that is infinite or none.
fn is_infinite(value: &dyn Any) -> bool {
    let double = value.downcast_ref().is_some_and(|number: &f64| !number.is_finite());
    double || value.downcast_ref().is_some_and(|number: &f32| !number.is_finite())
}

/// Reads a number that some services put into texts.
pub(crate) fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    deserializer.deserialize_any(Parsed { promised: "a number", value: PhantomData })
}

/// What is parsed of a text, or of the text of a bare value.
struct Parsed<T> {
    promised: &'static str,
    value: PhantomData<T>,
}

impl<T: FromStr> Parsed<T> {
    /// Notes what is not in the form that was promised.
    fn note(&self, found: &'static str) {
        if found != self.promised {
            record::note_member(|| DriftKind::Type { expected: self.promised, found });
        }
    }

    fn parse<E: de::Error>(&self, text: &str) -> Result<T, E> {
        let parsed = text.parse().or_else(|_| text.trim().parse());
        parsed.map_err(|_| E::invalid_value(Unexpected::Str(text), self))
    }
}

impl<T: FromStr> Visitor<'_> for Parsed<T> {
    type Value = T;

    /// What a type is shows in what it parses.
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parses = |text: &str| text.parse::<T>().is_ok();
        f.write_str(match (parses("true"), parses("1"), parses("0.5")) {
            (true, true, _) => return f.write_str("a text, a number or a boolean"),
            (true, false, _) => "a boolean",
            (false, _, false) => "a whole number",
            (false, _, true) => "a number",
        })?;
        if self.promised == "a text" { f.write_str(" in a text") } else { Ok(()) }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.note("a text");
        self.parse(text)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        self.note("a boolean");
        self.parse(if value { "true" } else { "false" })
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.note("a number");
        self.parse(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.note("a number");
        self.parse(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        self.note("a number");
        self.parse(&number.to_string())
    }
}

/// A value that is a number by the codec `C`, in a text. The bare number is read too, the text is written.
pub struct InText<C>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<T> for InText<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(Counted::<C, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        let number = serde_json::to_value(By::<C, T>(value, PhantomData));
        serializer.collect_str(&number.map_err(ser::Error::custom)?)
    }
}

struct Counted<C, T>(PhantomData<(C, T)>);

impl<C: Codec<T>, T> Counted<C, T> {
    fn bare<'de, E: de::Error>(number: impl IntoDeserializer<'de, E>) -> Result<T, E> {
        record::note_member(|| DriftKind::Type { expected: "a text", found: "a number" });
        C::read(number.into_deserializer())
    }
}

impl<C: Codec<T>, T> Visitor<'_> for Counted<C, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time as a number since 1970 in a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let plain = text.trim();
        let read: Result<T, E> = match (plain.parse::<i64>(), plain.parse::<f64>()) {
            (Ok(whole), _) => C::read(whole.into_deserializer()),
            (_, Ok(number)) if number.is_finite() => C::read(number.into_deserializer()),
            // One of several formats may be a text.
            _ => C::read(text.into_deserializer()),
        };
        read.map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        Self::bare(number)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        Self::bare(number)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        Self::bare(number)
    }
}

/// [`DateTime`] by RFC 3339, where a time without a zone is meant as UTC. It is written as it was read.
pub struct AssumeUtc;

impl Codec<DateTime> for AssumeUtc {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        let stated = text.parse::<DateTime>().or_else(|_| zoneless::parse(&text));
        stated.map_err(|_| {
            let expected = "a time like `2026-01-31T08:30:00Z`, or without the zone";
            de::Error::invalid_value(Unexpected::Str(&text), &expected)
        })
    }

    fn write<S: Serializer>(value: &DateTime, serializer: S) -> Result<S::Ok, S::Error> {
        match value.offset() {
            Offset::Unspecified => serializer.collect_str(&value.local()),
            _ => serializer.collect_str(value),
        }
    }
}

/// A value in one of two forms: written by the codec `A`, read by it or else by `B`, which may be several
/// forms in turn.
pub struct Or<A, B>(PhantomData<(A, B)>);

impl<T, A: Codec<T>, B: Codec<T>> Codec<T> for Or<A, B> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(EitherForm::<A, B, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        A::write(value, serializer)
    }
}

struct EitherForm<A, B, T>(PhantomData<(A, B, T)>);

impl<A: Codec<T>, B: Codec<T>, T> EitherForm<A, B, T> {
    /// Reads a value that can be looked at twice.
    fn read<'de, E: de::Error>(
        &self,
        value: impl IntoDeserializer<'de, E> + Copy,
        found: Unexpected<'_>,
    ) -> Result<T, E> {
        let read = A::read(value.into_deserializer());
        let read = read.or_else(|_: E| B::read(value.into_deserializer()));
        read.map_err(|_: E| E::invalid_value(found, self))
    }
}

impl<'de, A: Codec<T>, B: Codec<T>, T> Visitor<'de> for EitherForm<A, B, T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value in one of the declared formats")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        self.read(text, Unexpected::Str(text))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.read(number, Unexpected::Signed(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.read(number, Unexpected::Unsigned(number))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        self.read(number, Unexpected::Float(number))
    }
}

/// The scalars that a visitor takes, each seen whole. What is wrong with one is said from inside the visitor,
/// where the deserializer still knows its place.
macro_rules! scalars {
    ($value:ty) => {
        fn visit_str<E: de::Error>(self, text: &str) -> Result<$value, E> {
            self.scalar(Value::from(text))
        }

        fn visit_bool<E: de::Error>(self, value: bool) -> Result<$value, E> {
            self.scalar(Value::from(value))
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<$value, E> {
            self.scalar(Value::from(number))
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<$value, E> {
            self.scalar(Value::from(number))
        }

        fn visit_f64<E: de::Error>(self, number: f64) -> Result<$value, E> {
            self.scalar(Value::from(number))
        }

        fn visit_unit<E: de::Error>(self) -> Result<$value, E> {
            self.scalar(Value::Null)
        }
    };
}

/// A list that comes as its item alone where it has only one, and otherwise as a list; it is written as a list.
/// Items travel by the codec `C`.
pub struct OneOrList<C>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Vec<T>> for OneOrList<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(ItemOrItems::<C, T>(PhantomData))
    }

    fn write<S: Serializer>(items: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        List::<C>::write(items, serializer)
    }
}

struct ItemOrItems<C, T>(PhantomData<(C, T)>);

impl<C: Codec<T>, T> ItemOrItems<C, T> {
    fn scalar<E: de::Error>(self, value: Value) -> Result<Vec<T>, E> {
        decode::looking(false, || C::read(value)).map(|item| vec![item]).map_err(E::custom)
    }
}

impl<'de, C: Codec<T>, T> Visitor<'de> for ItemOrItems<C, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or its one item")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<T>, A::Error> {
        ListVisitor::<C, T>(PhantomData).visit_seq(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Vec<T>, A::Error> {
        // What is read out of something else has no place of its own in the text.
        let item = decode::looking(false, || C::read(MapAccessDeserializer::new(object)));
        item.map(|item| vec![item])
    }

    scalars!(Vec<T>);
}

/// Values that a service sends where it has none.
pub trait NoneWhen {
    /// The texts, or the numbers in decimal.
    const VALUES: &'static [&'static str];
}

/// A value that travels by the codec `C`, unless it is one of those that `N` lists, or null: then there
/// is none. None is written as null, where it is written at all.
pub struct Unless<N, C>(PhantomData<(N, C)>);

impl<N: NoneWhen, C: Codec<T>, T> Codec<Option<T>> for Unless<N, C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(NoneOr::<N, C, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => C::write(value, serializer),
            None => serializer.serialize_none(),
        }
    }
}

struct NoneOr<N, C, T>(PhantomData<(N, C, T)>);

impl<N: NoneWhen, C: Codec<T>, T> NoneOr<N, C, T> {
    fn scalar<E: de::Error>(self, value: Value) -> Result<Option<T>, E> {
        if value.is_null() || N::VALUES.iter().any(|none| is(&value, none)) {
            return Ok(None);
        }
        decode::looking(false, || C::read(value)).map(Some).map_err(E::custom)
    }
}

impl<'de, N: NoneWhen, C: Codec<T>, T> Visitor<'de> for NoneOr<N, C, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, or one that means none")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Option<T>, A::Error> {
        decode::looking(false, || C::read(SeqAccessDeserializer::new(list))).map(Some)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Option<T>, A::Error> {
        decode::looking(false, || C::read(MapAccessDeserializer::new(object))).map(Some)
    }

    scalars!(Option<T>);
}

/// Whether a value is the one that a text describes.
fn is(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found == text,
        // `-1` and `-1.0` are the same number.
        Value::Number(found) => {
            found.to_string() == text
                || matches!((found.as_f64(), text.parse::<f64>()), (Some(a), Ok(b)) if a == b)
        }
        Value::Bool(found) => text == if *found { "true" } else { "false" },
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use crate as runtime;

    struct NoneWhen1;

    impl runtime::NoneWhen for NoneWhen1 {
        const VALUES: &'static [&'static str] = &["-1.0", ""];
    }

    #[derive(Debug, PartialEq)]
    struct Odd {
        count: i64,
        samples: Vec<Option<f64>>,
        load: Option<f64>,
        page: Option<String>,
        at: Option<runtime::DateTime>,
    }
    runtime::object! {
        Odd {
            count: Required<AsText> = "count",
            samples: Required<Csv> = "samples",
            load: Sparse<Unless<NoneWhen1, Plain>> = "load",
            page: Sparse<Unless<NoneWhen1, Plain>> = "page",
            at: Optional<AssumeUtc> = "at",
            "version" = 2,
        }
    }

    #[test]
    fn odd_forms_are_read_and_written() -> Result<(), serde_json::Error> {
        let json = r#"{"count":"12","samples":"1.5,null,3","load":-1,"page":""}"#;
        let odd: Odd = serde_json::from_str(json)?;
        let expected = Odd {
            count: 12,
            samples: vec![Some(1.5), None, Some(3.0)],
            load: None,
            page: None,
            at: None,
        };
        assert_eq!(odd, expected);
        let written = r#"{"count":"12","samples":"1.5,null,3","version":2}"#;
        assert_eq!(serde_json::to_string(&odd)?, written);

        let bare = r#"{"count":12,"samples":[1.5,null,3],"load":0.5,"page":"x"}"#;
        let odd: Odd = serde_json::from_str(bare)?;
        assert_eq!((odd.count, odd.load, odd.page.as_deref()), (12, Some(0.5), Some("x")));
        Ok(())
    }

    #[derive(Debug, PartialEq)]
    struct Scaled {
        ratio: f64,
        small: f32,
        sizes: Vec<f64>,
    }
    runtime::object! {
        Scaled {
            ratio: Required<AsText> = "ratio",
            small: Required<AsText> = "small",
            sizes: Required<Csv> = "sizes",
        }
    }

    /// In texts, too.
    #[test]
    fn numbers_that_are_none_are_not_written() {
        let written = |ratio, small, sizes| {
            let written = crate::finite::text(&Scaled { ratio, small, sizes });
            written.map_err(|error| error.below("$"))
        };
        let fine = Ok(r#"{"ratio":"1.5","small":"0.5","sizes":"2,3"}"#.to_owned());
        assert_eq!(written(1.5, 0.5, vec![2.0, 3.0]), fine);
        for (found, at) in [
            (written(f64::NAN, 0.5, vec![]), "$.ratio"),
            (written(1.5, f32::INFINITY, vec![]), "$.small"),
            (written(1.5, 0.5, vec![1.0, -f64::INFINITY]), "$.sizes"),
        ] {
            assert_eq!(found, Err(format!("at `{at}`: a number that is not finite")));
        }
    }

    #[test]
    fn a_time_without_a_zone_stays_one() -> Result<(), serde_json::Error> {
        for at in [
            "2026-01-31T08:30:00.500",
            "2026-01-31T08:30:00.57",
            "2026-01-31T08:30:00Z",
            "2026-01-31T08:30:00+02:00",
        ] {
            let json = format!(r#"{{"count":"1","samples":"","at":"{at}","version":2}}"#);
            let odd: Odd = serde_json::from_str(&json)?;
            assert_eq!(serde_json::to_string(&odd)?, json);
        }
        let zoneless: Odd =
            serde_json::from_str(r#"{"count":1,"samples":"","at":"2026-01-31T08:30:00"}"#)?;
        assert_eq!(zoneless.at, "2026-01-31T08:30:00Z".parse().ok());
        Ok(())
    }

    #[test]
    fn wrong_forms_are_errors() {
        for json in [
            r#"{"count":"many","samples":""}"#,
            r#"{"count":1,"samples":"1,x"}"#,
            r#"{"count":1,"samples":"","load":[]}"#,
        ] {
            assert!(serde_json::from_str::<Odd>(json).is_err(), "{json}");
        }
    }
}
