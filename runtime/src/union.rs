//! Reading and writing unions: the code that all of them share.
//!
//! Which variant a value is can stand anywhere in it, so that a union is first read as a whole. What no
//! variant fits is kept as it was sent, and written back unchanged.

use crate::among::Among;
use crate::codec::{By, Codec, Decoded, Plain};
use crate::decode;
use crate::drift::DriftKind;
use crate::drift::record::{self, Step};
use crate::json_path;
use crate::object::{Object, Writer};
use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::marker::PhantomData;

/// A value whose variant is still to be found.
pub struct Unsorted {
    value: Value,
    /// Where its text is in memory, if unions have to tell where something does not fit.
    place: Option<usize>,
}

impl Unsorted {
    /// Reads the value as a whole.
    ///
    /// # Errors
    /// The deserializer's.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !decode::is_looking() {
            return Value::deserialize(deserializer).map(|value| Self { value, place: None });
        }
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let value = serde_json::from_str(text).map_err(de::Error::custom)?;
        Ok(Self { value, place: Some(text.as_ptr().addr()) })
    }

    /// The text of a member that says which variant it is.
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.value.get(name).and_then(Value::as_str)
    }

    /// Whether there is a member of this name that is not null.
    pub fn has(&self, name: &str) -> bool {
        self.value.get(name).is_some_and(|value| !value.is_null())
    }

    /// The value, as the variant whose tag stands beside its members.
    ///
    /// # Errors
    /// The value does not fit the variant.
    pub fn beside<T, E: de::Error>(mut self, tag: &str) -> Result<T, E>
    where
        Plain: Codec<T>,
    {
        // The tag belongs to the union: a variant must not take it for a member of its own.
        if let Value::Object(members) = &mut self.value {
            members.remove(tag);
        }
        self.variant::<Plain, _, _>(None)
    }

    /// A member, as the variant that it holds, by the codec of that.
    ///
    /// # Errors
    /// The member is missing or does not fit the variant.
    pub fn inside<C: Codec<T>, T, E: de::Error>(mut self, name: &str) -> Result<T, E> {
        match self.value.get_mut(name) {
            Some(value) => {
                self.value = value.take();
                record::inside(
                    || Step::Name(name.to_owned()),
                    || self.variant::<C, _, _>(Some(name)),
                )
            }
            None => {
                let why = format!("missing member `{name}` beside the tag");
                Err(E::custom(match self.place {
                    Some(place) => decode::marked(place, "", &why),
                    None => why,
                }))
            }
        }
    }

    /// The value as a variant, which is this member of the union perhaps.
    fn variant<C: Codec<T>, T, E: de::Error>(self, member: Option<&str>) -> Result<T, E> {
        let Some(place) = self.place else {
            return C::read(self.value).map_err(E::custom);
        };
        // Values have no places, and texts have.
        let text = self.value.to_string();
        let read = serde_json::from_str::<Decoded<C, T>>(&text).map(|decoded| decoded.0);
        read.map_err(|error| {
            let mut further = String::new();
            member.into_iter().for_each(|name| json_path::push_name(&mut further, name));
            let (path, message) = decode::located(text.as_bytes(), &error);
            further.push_str(path.trim_start_matches('$'));
            E::custom(decode::marked(place, &further, &message))
        })
    }

    /// The value, as a variant that may or may not fit.
    pub fn attempt<C: Codec<T>, T>(&self) -> Option<T> {
        let read = || C::read(&self.value).ok();
        record::attempt(|| decode::looking(false, read))
    }

    /// The value as it was sent, which no variant of `union` fits; `tag` is the member that says which
    /// one it is.
    pub fn unknown(self, union: &'static str, tag: Option<&str>) -> Value {
        record::note(union, || {
            let text = tag.and_then(|tag| self.tag(tag));
            DriftKind::UnknownVariant { tag: text.map(record::short) }
        });
        self.value
    }
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

/// Writes a variant in a member beside its tag, by its codec.
///
/// # Errors
/// The serializer's.
pub fn write_inside<C: Codec<T>, T, S: Serializer>(
    tag: (&'static str, &'static str),
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(2))?;
    map.serialize_entry(tag.0, tag.1)?;
    map.serialize_entry(name, &By::<C, T>(value, PhantomData))?;
    map.end()
}

/// Writes a variant as the one member of an object, by its codec.
///
/// # Errors
/// The serializer's.
pub fn write_keyed<C: Codec<T>, T, S: Serializer>(
    name: &'static str,
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(name, &By::<C, T>(value, PhantomData))?;
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

#[cfg(test)]
mod tests {
    use crate as runtime;
    use crate::decode::json;

    #[derive(Debug)]
    struct Circle {
        radius: f64,
    }
    #[derive(Debug)]
    struct Group {
        shapes: Vec<Shape>,
        owner: Option<Owner>,
        near: Option<Vec<Shape>>,
    }
    #[derive(Debug)]
    enum Shape {
        Circle(Circle),
        Group(Box<Group>),
        Other(runtime::Value),
    }
    #[derive(Debug)]
    enum Owner {
        User(Circle),
        Other(runtime::Value),
    }
    #[derive(Debug)]
    enum Event {
        Drawn(Shape),
        Other(runtime::Value),
    }
    runtime::object! { Circle { radius: Required = "radius" } }
    runtime::object! { Group { shapes: Required = "shapes", owner: Optional = "owner",
    near: Optional<runtime::OneOrList<runtime::Plain>> = "near" } }
    runtime::tagged_union! { Shape "kind" { Circle(Circle) = "circle", Group = "group" } }
    runtime::keyed_union! { Owner { User = "a user" } }
    runtime::tagged_union! { Event "event" "data" { Drawn = "drawn" } }

    /// Where a variant does not fit is told, however deep it is.
    #[test]
    fn ways_lead_into_variants() {
        let of = |shape: &str| format!(r#"[{{"event":"drawn", "data": {shape} }}]"#);
        let group =
            |inside: &str| format!(r#"{{"shapes":[{{"kind":"x"}},{inside}],"kind":"group"}}"#);
        let circle = |radius: &str| format!(r#"{{"kind":"circle","radius":{radius}}}"#);
        let near = |inside: &str, near: &str| {
            format!(r#"{{"near":{near},"shapes":[{inside}],"kind":"group"}}"#)
        };
        let owned = r#"{"kind":"group","shapes":[],"owner":{"a user":{"radius":null}}}"#;
        for (body, wanted) in [
            (of(&circle("\"1\"")), "at `$[0].data.radius`: expected f64, found text"),
            (
                of(&group(&circle("[]"))),
                "at `$[0].data.shapes[1].radius`: expected f64, found a list",
            ),
            (
                of(&group(&group(r#"{"kind":"circle"}"#))),
                "at `$[0].data.shapes[1].shapes[1]`: missing member `radius` of `Circle`",
            ),
            (of(owned), "at `$[0].data.owner['a user'].radius`: expected f64, found null"),
            // What is no text any more has no place, which is no mistake of the rest.
            (
                of(&near(&circle("[]"), &circle("1"))),
                "at `$[0].data.shapes[0].radius`: expected f64, found a list",
            ),
            (of("{}]"), "at `$[0]`: not valid JSON: expected `,` or `}`, at byte 29"),
        ] {
            let error = json::<Vec<Event>>(body.as_bytes()).unwrap_err().to_string();
            assert_eq!(error, wanted, "{body}");
        }
        let read = json::<Vec<Event>>(of(&group(&circle("1"))).as_bytes()).unwrap();
        assert!(format!("{read:?}").contains("radius: 1.0"), "{read:?}");
    }
}
