//! JSON of what is sent. Numbers that JSON has no form for are errors here, and not the null that serde writes. XML
//! has none for them either, and asks here where they stand.

use crate::pairs::Key;
use serde::Serialize;
use serde::ser::{self, Serializer};
use serde_json::ser::Formatter;
use std::fmt::{self, Display, Write as _};
use std::io;

/// Why a value cannot be written.
#[derive(Debug)]
pub(crate) enum Unwritten {
    Json(serde_json::Error),
    /// The way to what has no form, such as a number that is infinite or none, and what is said of it.
    At(String, String),
}

impl Unwritten {
    /// What is said of it, where ways begin with this.
    pub(crate) fn below(&self, root: &str) -> String {
        match self {
            Self::Json(error) => error.to_string(),
            Self::At(path, why) => format!("at `{root}{path}`: {why}"),
        }
    }
}

/// Appends a value.
pub(crate) fn append(
    out: &mut Vec<u8>,
    value: &(impl Serialize + ?Sized),
) -> Result<(), Unwritten> {
    let mut nulls = false;
    let mut json = serde_json::Serializer::with_formatter(out, NoteNulls(&mut nulls));
    let written = value.serialize(&mut json);
    written.map_err(|error| look(value).err().unwrap_or(Unwritten::Json(error)))?;
    // Without null nothing was replaced by it.
    if nulls { look(value) } else { Ok(()) }
}

/// A value as a text.
pub(crate) fn text(value: &(impl Serialize + ?Sized)) -> Result<String, Unwritten> {
    let mut out = Vec::with_capacity(128);
    append(&mut out, value)?;
    String::from_utf8(out).map_err(|error| Unwritten::Json(ser::Error::custom(error)))
}

/// Compact JSON, and whether null is in it.
struct NoteNulls<'a>(&'a mut bool);

impl Formatter for NoteNulls<'_> {
    fn write_null<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        *self.0 = true;
        writer.write_all(b"null")
    }
}

/// Looks for numbers that are not finite, and for what else refuses to be written.
pub(crate) fn look(value: &(impl Serialize + ?Sized)) -> Result<(), Unwritten> {
    let mut path = String::new();
    match value.serialize(&mut Look { path: &mut path }) {
        Ok(()) => Ok(()),
        Err(Found(why)) => Err(Unwritten::At(path, why)),
    }
}

struct Look<'p> {
    /// The way to what is looked at. It stays where something is found.
    path: &'p mut String,
}

/// There is something, and this is said of it.
#[derive(Debug)]
struct Found(String);

/// What is said of a number that is infinite or none.
pub(crate) const NOT_FINITE: &str = "a number that is not finite";

impl Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Found {}

impl ser::Error for Found {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Look<'_> {
    fn finite(finite: bool) -> Result<(), Found> {
        if finite { Ok(()) } else { Err(Found(NOT_FINITE.to_owned())) }
    }

    fn member(
        &mut self,
        name: impl Display,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), Found> {
        let before = self.path.len();
        // Writing into a String does not fail, and a name that cannot be shown is left out.
        let _ = write!(self.path, "{name}");
        value.serialize(&mut *self)?;
        self.path.truncate(before);
        Ok(())
    }
}

macro_rules! nothing {
    ($($method:ident($($type:ty),*);)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<(), Found> {
            Ok(())
        }
    )*};
}

macro_rules! walks {
    ($($method:ident($($type:ty),*);)*) => {$(
        fn $method(self $(, _: $type)*) -> Result<Walk<'w, 'p>, Found> {
            Ok(Walk { look: self, index: 0, key: String::new() })
        }
    )*};
}

impl<'w, 'p> Serializer for &'w mut Look<'p> {
    type Ok = ();
    type Error = Found;
    type SerializeSeq = Walk<'w, 'p>;
    type SerializeTuple = Walk<'w, 'p>;
    type SerializeTupleStruct = Walk<'w, 'p>;
    type SerializeTupleVariant = Walk<'w, 'p>;
    type SerializeMap = Walk<'w, 'p>;
    type SerializeStruct = Walk<'w, 'p>;
    type SerializeStructVariant = Walk<'w, 'p>;

    nothing! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
    }

    walks! {
        serialize_seq(Option<usize>);
        serialize_tuple(usize);
        serialize_tuple_struct(&'static str, usize);
        serialize_tuple_variant(&'static str, u32, &'static str, usize);
        serialize_map(Option<usize>);
        serialize_struct(&'static str, usize);
        serialize_struct_variant(&'static str, u32, &'static str, usize);
    }

    fn serialize_f32(self, number: f32) -> Result<(), Found> {
        Look::finite(number.is_finite())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Found> {
        Look::finite(number.is_finite())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Found> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Found> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Found> {
        self.member(format_args!(".{variant}"), value)
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), Found> {
        Ok(())
    }
}

/// A list or an object.
struct Walk<'w, 'p> {
    look: &'w mut Look<'p>,
    index: usize,
    /// The name of the value that comes next.
    key: String,
}

impl Walk<'_, '_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Found> {
        self.look.member(format_args!("[{}]", self.index), value)?;
        self.index += 1;
        Ok(())
    }
}

macro_rules! lists {
    ($($name:ident $method:ident;)*) => {$(
        impl ser::$name for Walk<'_, '_> {
            type Ok = ();
            type Error = Found;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Found> {
                self.item(value)
            }

            fn end(self) -> Result<(), Found> {
                Ok(())
            }
        }
    )*};
}

lists! {
    SerializeSeq serialize_element;
    SerializeTuple serialize_element;
    SerializeTupleStruct serialize_field;
    SerializeTupleVariant serialize_field;
}

macro_rules! structs {
    ($($name:ident;)*) => {$(
        impl ser::$name for Walk<'_, '_> {
            type Ok = ();
            type Error = Found;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Found> {
                self.look.member(format_args!(".{key}"), value)
            }

            fn end(self) -> Result<(), Found> {
                Ok(())
            }
        }
    )*};
}

structs! {
    SerializeStruct;
    SerializeStructVariant;
}

impl ser::SerializeMap for Walk<'_, '_> {
    type Ok = ();
    type Error = Found;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Found> {
        self.key.clear();
        // Writing into a String does not fail, and a name that cannot be shown is left out.
        let _ = write!(self.key, ".{}", Key(key));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Found> {
        self.look.member(&self.key, value)
    }

    fn end(self) -> Result<(), Found> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn written(value: &(impl Serialize + ?Sized)) -> Result<String, String> {
        let mut out = Vec::new();
        append(&mut out, value).map_err(|error| error.below("$"))?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn numbers_that_are_none_are_found() {
        for (wrong, text) in [(f64::NAN, "NaN"), (f64::INFINITY, "inf"), (-f64::INFINITY, "-inf")] {
            let at = |path: &str| Err(format!("at `${path}`: a number that is not finite"));
            assert_eq!(written(&wrong), at(""), "{text}");
            assert_eq!(written(&Some(wrong)), at(""));
            assert_eq!(written(&vec![Some(1.0), None, Some(wrong)]), at("[2]"));
            assert_eq!(written(&("a", wrong)), at("[1]"));
            let map = BTreeMap::from([("a", vec![(1, 0.5)]), ("b", vec![(2, wrong)])]);
            assert_eq!(written(&map), at(".b[0][1]"));
        }
        assert!(written(&f32::NAN).is_err());
        assert_eq!(
            written(&BTreeMap::from([(7, f64::NAN)])).unwrap_err(),
            "at `$.7`: a number that is not finite"
        );
    }

    #[test]
    fn everything_else_is_written_as_ever() {
        let value = serde_json::json!({ "a": [null, 1.5, "null"], "b": { "c": null }, "d": true });
        assert_eq!(written(&value), Ok(value.to_string()));
        let raw = serde_json::value::RawValue::from_string("[null,1.10]".to_owned()).unwrap();
        assert_eq!(written(&(&raw, None::<f64>)), Ok("[[null,1.10],null]".to_owned()));
    }
}
