//! How a value travels, where its type alone does not say.

mod moments;

pub use self::moments::{
    DateOnly, Dotnet, HttpDate, Rfc2822, Rfc3339, Spaced, UnixMicros, UnixMillis, UnixNanos,
    UnixSeconds,
};

use crate::drift::record::{self, Step};
use crate::map::OrderedMap;
use clientwright_wire::Decimal;
use serde::de::{self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer};
use serde::de::{MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{self, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

/// A way to read and write values of type `T`; implemented by markers such as [`Dotnet`].
pub trait Codec<T> {
    /// Reads a value.
    ///
    /// # Errors
    /// The deserializer's, or that the value is not in the form of this codec.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// Writes a value.
    ///
    /// # Errors
    /// The serializer's, or that this codec has no form for the value.
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// The type's own form.
pub struct Plain;

impl<T: Serialize + DeserializeOwned> Codec<T> for Plain {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// A list whose items travel by the codec `C`.
pub struct List<C>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Vec<T>> for List<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(ListVisitor::<C, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(value.len()))?;
        for item in value {
            list.serialize_element(&By::<C, T>(item, PhantomData))?;
        }
        list.end()
    }
}

pub(crate) struct ListVisitor<C, T>(pub(crate) PhantomData<(C, T)>);

impl<'de, C: Codec<T>, T> Visitor<'de> for ListVisitor<C, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Reader::<C, T>(PhantomData))? {
            items.push(item);
        }
        Ok(items)
    }
}

/// A map whose values travel by the codec `C`.
pub struct Values<C>(PhantomData<C>);

impl<K, T, C: Codec<T>> Codec<OrderedMap<K, T>> for Values<C>
where
    K: Clone + Eq + Hash + Serialize + DeserializeOwned,
{
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<OrderedMap<K, T>, D::Error> {
        deserializer.deserialize_map(MapVisitor::<C, K, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &OrderedMap<K, T>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(value.len()))?;
        for (key, value) in value {
            map.serialize_entry(key, &By::<C, T>(value, PhantomData))?;
        }
        map.end()
    }
}

struct MapVisitor<C, K, T>(PhantomData<(C, K, T)>);

impl<'de, C: Codec<T>, K, T> Visitor<'de> for MapVisitor<C, K, T>
where
    K: Clone + Eq + Hash + Deserialize<'de>,
{
    type Value = OrderedMap<K, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut map = OrderedMap::new();
        while let Some(key) = object.next_key::<K>()? {
            let value = || object.next_value_seed(Reader::<C, T>(PhantomData));
            map.insert(key, record::inside(|| Step::Values, value)?);
        }
        Ok(map)
    }
}

/// A value that may be null and otherwise travels by the codec `C`.
pub struct OrNull<C>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Option<T>> for OrNull<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(OptionVisitor::<C, T>(PhantomData))
    }

    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&By::<C, T>(value, PhantomData)),
            None => serializer.serialize_none(),
        }
    }
}

struct OptionVisitor<C, T>(PhantomData<(C, T)>);

impl<'de, C: Codec<T>, T> Visitor<'de> for OptionVisitor<C, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        C::read(deserializer).map(Some)
    }
}

/// A value in a box that travels by the codec `C`.
pub struct Boxed<C>(PhantomData<C>);

impl<T, C: Codec<T>> Codec<Box<T>> for Boxed<C> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::read(deserializer).map(Box::new)
    }

    fn write<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::write(value, serializer)
    }
}

/// Reads by a codec where serde wants a seed.
pub(crate) struct Reader<C, T>(pub(crate) PhantomData<(C, T)>);

impl<'de, C: Codec<T>, T> DeserializeSeed<'de> for Reader<C, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        C::read(deserializer)
    }
}

/// A value read by a codec where serde wants a type.
pub(crate) struct Decoded<C, T>(pub(crate) T, PhantomData<C>);

impl<'de, C: Codec<T>, T> Deserialize<'de> for Decoded<C, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        C::read(deserializer).map(|value| Self(value, PhantomData))
    }
}

/// A value that is written by the codec `C`; [`by`](crate::by()) makes one.
pub struct By<'a, C, T>(pub(crate) &'a T, pub(crate) PhantomData<C>);

impl<C: Codec<T>, T> Serialize for By<'_, C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::write(self.0, serializer)
    }
}

/// A text in a form of its own.
trait Text {
    const EXPECTED: &'static str;
    type Value;
    fn parse(text: &str) -> Option<Self::Value>;
}

struct TextVisitor<C>(PhantomData<C>);

impl<C: Text> Visitor<'_> for TextVisitor<C> {
    type Value = C::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(C::EXPECTED)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<C::Value, E> {
        C::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// Bytes as base64 text.
pub struct Base64;
/// Bytes as base64 text for addresses, without padding.
pub struct Base64Url;

macro_rules! base64 {
    ($($name:ident $expected:literal $decode:ident $encode:ident;)*) => {$(
        impl Text for $name {
            const EXPECTED: &'static str = $expected;
            type Value = Vec<u8>;

            fn parse(text: &str) -> Option<Vec<u8>> {
                clientwright_wire::base64::$decode(text).ok()
            }
        }

        impl Codec<Vec<u8>> for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
                deserializer.deserialize_str(TextVisitor::<Self>(PhantomData))
            }

            fn write<S: Serializer>(value: &Vec<u8>, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&clientwright_wire::base64::$encode(value))
            }
        }

        impl Codec<bytes::Bytes> for $name {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bytes::Bytes, D::Error> {
                <Self as Codec<Vec<u8>>>::read(deserializer).map(bytes::Bytes::from)
            }

            fn write<S: Serializer>(value: &bytes::Bytes, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&clientwright_wire::base64::$encode(value))
            }
        }
    )*};
}

base64! {
    Base64 "base64 text" decode encode;
    Base64Url "base64url text" decode_url encode_url;
}

/// [`Decimal`] as a JSON number, digit for digit. Only for JSON.
pub struct JsonNumber;

impl Codec<Decimal> for JsonNumber {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        // A number that went through a double would come back as another text.
        let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        let text = raw.get();
        let number = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        number.unwrap_or(text).parse().map_err(|_| {
            de::Error::invalid_value(Unexpected::Str(text), &"a decimal number like `-12.50`")
        })
    }

    fn write<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::value::RawValue::from_string(value.as_str().to_owned())
            .map_err(ser::Error::custom)?
            .serialize(serializer)
    }
}
