//! Reading and writing unions: the code that all of them share.
//!
//! Which variant a value is can stand anywhere in it, so that a union is first read as a whole. What no
//! variant fits is kept as it was sent, and written back unchanged.

use crate::among::Among;
use crate::drift::DriftKind;
use crate::drift::record::{self, Step};
use crate::object::{Object, Writer};
use serde::de::{self, Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// A value whose variant is still to be found.
pub struct Unsorted(Value);

impl Unsorted {
    /// Reads the value as a whole.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }

    /// The text of a member that says which variant it is.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    /// Whether there is a member of this name that is not null.
    pub fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| !value.is_null())
    }

    /// The value, as the variant whose tag stands beside its members.
    ///
    /// # Errors
    /// The value does not fit the variant.
    pub fn beside<T: DeserializeOwned, E: de::Error>(mut self, tag: &str) -> Result<T, E> {
        // The tag belongs to the union: a variant must not take it for a member of its own.
        if let Value::Object(members) = &mut self.0 {
            members.remove(tag);
        }
        from_value(self.0)
    }

    /// A member, as the variant that it holds.
    ///
    /// # Errors
    /// The member is missing or does not fit the variant.
    pub fn inside<T: DeserializeOwned, E: de::Error>(mut self, name: &str) -> Result<T, E> {
        match self.0.get_mut(name) {
            Some(value) => {
                let value = value.take();
                record::inside(|| Step::Name(name.to_owned()), || from_value(value))
            }
            None => Err(E::custom(format_args!("missing member `{name}` beside the tag"))),
        }
    }

    /// The value, as a variant that may or may not fit.
    pub fn attempt<T: DeserializeOwned>(&self) -> Option<T> {
        record::attempt(|| T::deserialize(&self.0).ok())
    }

    /// The value as it was sent, which no variant of `union` fits; `tag` is the member that says which
    /// one it is.
    pub fn unknown(self, union: &'static str, tag: Option<&str>) -> Value {
        record::note(union, || {
            let text = tag.and_then(|tag| self.tag(tag));
            DriftKind::UnknownVariant { tag: text.map(record::short) }
        });
        self.0
    }
}

fn from_value<T: DeserializeOwned, E: de::Error>(value: Value) -> Result<T, E> {
    serde_json::from_value(value).map_err(E::custom)
}

/// Writes a variant with its tag beside its members.
///
/// # Errors
/// The serializer's.
pub fn write_beside<T: Object, S: Serializer>(
    tag: &'static str,
    text: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry(tag, text)?;
    value.write(&mut Writer::new::<T>(&mut map))?;
    map.end()
}

/// Writes a variant in a member beside its tag.
///
/// # Errors
/// The serializer's.
pub fn write_inside<T: Serialize, S: Serializer>(
    tag: (&'static str, &'static str),
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry(tag.0, tag.1)?;
    map.serialize_entry(name, value)?;
    map.end()
}

/// Writes a variant as the one member of an object.
///
/// # Errors
/// The serializer's.
pub fn write_keyed<T: Serialize, S: Serializer>(
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(name, value)?;
    map.end()
}

/// Members of a variant in a box are those of the variant.
impl<T: Object> Object for Box<T> {
    const NAME: &'static str = T::NAME;
    const MEMBERS: &'static [&'static [&'static str]] = T::MEMBERS;
    const AMONG: &'static [Among] = T::AMONG;
    const XML: &'static [&'static str] = T::XML;

    fn read<'de, A: de::MapAccess<'de>>(
        members: &mut crate::object::Members<'de, A>,
    ) -> Option<Self> {
        T::read(members).map(Box::new)
    }

    fn write<S: SerializeMap>(&self, out: &mut Writer<'_, S>) -> Result<(), S::Error> {
        T::write(self, out)
    }
}
