//! Values as pairs of names and texts: what queries and forms are made of.

use crate::finite::NOT_FINITE;
use crate::param::{Encoded, encode};
use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};
use std::fmt::{self, Display, Write};

/// How a value that is more than one text stands in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// A list repeats the name: `id=1&id=2`.
    Form,
    /// Items between commas: `id=1,2`.
    Csv,
    /// Items between spaces: `id=1%202`.
    Space,
    /// Items between bars: `id=1%7C2`.
    Pipe,
    /// The members of an object in brackets: `filter[id]=1`. A list repeats the name.
    DeepObject,
}

impl Style {
    /// What stands between the items of a list that is one text.
    fn joint(self) -> Option<&'static str> {
        match self {
            Self::Csv => Some(","),
            Self::Space => Some("%20"),
            Self::Pipe => Some("%7C"),
            Self::Form | Self::DeepObject => None,
        }
    }
}

/// Writes `value` under `name`; members of an object without a name stand under their own.
pub(crate) fn write(
    out: &mut String,
    separator: &mut Option<char>,
    style: Style,
    name: &str,
    value: &(impl Serialize + ?Sized),
) -> Result<(), Unfit> {
    let mut path = String::with_capacity(name.len());
    encode(&mut path, name);
    value.serialize(&mut Pairs { out, separator, style, path, joined: None })
}

/// Why a value cannot be pairs.
#[derive(Debug)]
pub(crate) struct Unfit(String);

impl Unfit {
    /// For this reason.
    #[cfg(feature = "xml")]
    pub(crate) fn new(why: String) -> Self {
        Self(why)
    }
}

impl Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

impl ser::Error for Unfit {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// A member of this name holds JSON text that is written as it is.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";

struct Pairs<'a> {
    out: &'a mut String,
    /// `?` or `&`, and `&` after the first pair.
    separator: &'a mut Option<char>,
    style: Style,
    /// The name under which the next text stands, encoded.
    path: String,
    /// How many items of a list that is one text have been written.
    joined: Option<usize>,
}

impl Pairs<'_> {
    fn text(&mut self, text: impl Display) -> Result<(), Unfit> {
        match &mut self.joined {
            Some(0) | None => {
                self.out.extend(self.separator.replace('&'));
                self.out.push_str(&self.path);
                self.out.push('=');
            }
            Some(_) => self.out.push_str(self.style.joint().unwrap_or_default()),
        }
        if let Some(count) = &mut self.joined {
            *count += 1;
        }
        // Writing into a String does not fail.
        let _ = write!(Encoded(self.out), "{text}");
        Ok(())
    }

    /// Numbers that are infinite or none have no text.
    fn finite(&self, finite: bool) -> Result<(), Unfit> {
        if finite {
            return Ok(());
        }
        let path = self.path.replace("%5B", "[").replace("%5D", "]");
        Err(Unfit(format!("at `{path}`: {NOT_FINITE}")))
    }

    /// A list or object that is one text begins.
    fn join(&mut self) -> Result<bool, Unfit> {
        if self.joined.is_some() {
            return Err(Unfit("a list inside a text that is a list has no form".to_owned()));
        }
        let joins = self.style.joint().is_some();
        if joins {
            self.joined = Some(0);
        }
        Ok(joins)
    }

    fn member(
        &mut self,
        name: &(impl Serialize + ?Sized),
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), Unfit> {
        if self.joined.is_some() {
            let before = (self.out.len(), *self.separator, self.joined);
            self.text(Key(name))?;
            let named = self.out.len();
            value.serialize(&mut *self)?;
            // What has no value is left out with its name.
            if self.out.len() == named {
                self.out.truncate(before.0);
                (*self.separator, self.joined) = (before.1, before.2);
            }
            return Ok(());
        }
        let length = self.path.len();
        // Writing into a String does not fail.
        let _ = if length == 0 {
            write!(Encoded(&mut self.path), "{}", Key(name))
        } else {
            write!(Encoded(&mut self.path), "[{}]", Key(name))
        };
        let written = value.serialize(&mut *self);
        self.path.truncate(length);
        written
    }
}

/// The name of a member, which serde hands over as a value.
pub(crate) struct Key<'a, T: ?Sized>(pub(crate) &'a T);

impl<T: Serialize + ?Sized> Display for Key<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

/// The items of a list or the members of an object.
pub(crate) struct Parts<'p, 'a> {
    pairs: &'p mut Pairs<'a>,
    /// Whether the text ends with this.
    joins: bool,
    /// Whether the one member is text to be written as it is.
    raw: bool,
}

impl Parts<'_, '_> {
    fn finish(self) {
        if self.joins {
            self.pairs.joined = None;
        }
    }
}

macro_rules! displayed {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<(), Unfit> {
            self.text(value)
        }
    )*};
}

impl<'p, 'a> Serializer for &'p mut Pairs<'a> {
    type Ok = ();
    type Error = Unfit;
    type SerializeSeq = Parts<'p, 'a>;
    type SerializeTuple = Parts<'p, 'a>;
    type SerializeTupleStruct = Impossible<(), Unfit>;
    type SerializeTupleVariant = Impossible<(), Unfit>;
    type SerializeMap = Parts<'p, 'a>;
    type SerializeStruct = Parts<'p, 'a>;
    type SerializeStructVariant = Impossible<(), Unfit>;

    displayed! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_char: char, serialize_str: &str
    }

    fn serialize_f32(self, number: f32) -> Result<(), Unfit> {
        self.finite(number.is_finite())?;
        self.text(number)
    }

    fn serialize_f64(self, number: f64) -> Result<(), Unfit> {
        self.finite(number.is_finite())?;
        self.text(number)
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result<(), Unfit> {
        Err(Unfit("bytes have no form".to_owned()))
    }

    fn serialize_none(self) -> Result<(), Unfit> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unfit> {
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Unfit> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Unfit> {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.member(variant, value)
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Parts<'p, 'a>, Unfit> {
        let joins = self.join()?;
        Ok(Parts { pairs: self, joins, raw: false })
    }

    fn serialize_tuple(self, length: usize) -> Result<Parts<'p, 'a>, Unfit> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Unfit> {
        Err(Unfit("a tuple has no form".to_owned()))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(Unfit("a tuple has no form".to_owned()))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Parts<'p, 'a>, Unfit> {
        if self.style == Style::Form && !self.path.is_empty() {
            return Err(Unfit("an object has no form".to_owned()));
        }
        let joins = self.join()?;
        Ok(Parts { pairs: self, joins, raw: false })
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Parts<'p, 'a>, Unfit> {
        if name == RAW {
            return Ok(Parts { pairs: self, joins: false, raw: true });
        }
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(Unfit("a variant with members has no form".to_owned()))
    }
}

impl ser::SerializeSeq for Parts<'_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        value.serialize(&mut *self.pairs)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish();
        Ok(())
    }
}

impl ser::SerializeTuple for Parts<'_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        value.serialize(&mut *self.pairs)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish();
        Ok(())
    }
}

impl ser::SerializeMap for Parts<'_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _key: &T) -> Result<(), Unfit> {
        Err(Unfit("a name without its value has no form".to_owned()))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, _value: &T) -> Result<(), Unfit> {
        Err(Unfit("a value without its name has no form".to_owned()))
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), Unfit> {
        self.pairs.member(key, value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish();
        Ok(())
    }
}

impl ser::SerializeStruct for Parts<'_, '_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        if self.raw {
            return value.serialize(&mut *self.pairs);
        }
        self.pairs.member(key, value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn pairs(style: Style, name: &str, value: &Value) -> Result<String, String> {
        let mut out = String::new();
        write(&mut out, &mut None, style, name, value).map_err(|error| error.to_string())?;
        Ok(out.replace("%5B", "[").replace("%5D", "]"))
    }

    #[test]
    fn lists_and_objects_in_each_style() {
        let list = json!(["a b", 1, true, null, "c,d"]);
        let object = json!({ "a": 1, "b.c": "x&y", "none": null });
        for (style, list_text, object_text) in [
            (Style::Form, "n=a%20b&n=1&n=true&n=c%2Cd", None),
            (Style::Csv, "n=a%20b,1,true,c%2Cd", Some("n=a,1,b.c,x%26y")),
            (Style::Space, "n=a%20b%201%20true%20c%2Cd", Some("n=a%201%20b.c%20x%26y")),
            (Style::Pipe, "n=a%20b%7C1%7Ctrue%7Cc%2Cd", Some("n=a%7C1%7Cb.c%7Cx%26y")),
            (Style::DeepObject, "n=a%20b&n=1&n=true&n=c%2Cd", Some("n[a]=1&n[b.c]=x%26y")),
        ] {
            assert_eq!(pairs(style, "n", &list).unwrap(), list_text);
            assert_eq!(pairs(style, "n", &object).ok().as_deref(), object_text);
        }
    }

    #[test]
    fn objects_inside_objects() {
        let value = json!({ "a": { "b]": [1, 2] }, "c": [] });
        assert_eq!(pairs(Style::DeepObject, "f", &value).unwrap(), "f[a][b]]=1&f[a][b]]=2");
        assert_eq!(pairs(Style::DeepObject, "", &value).unwrap(), "a[b]]=1&a[b]]=2");
        assert!(pairs(Style::Csv, "f", &value).unwrap_err().contains("a list inside"));
        assert!(pairs(Style::Form, "f", &value).unwrap_err().contains("an object"));
    }

    #[test]
    fn nothing_is_no_pair() {
        for style in [Style::Form, Style::Csv, Style::DeepObject] {
            assert_eq!(pairs(style, "n", &Value::Null).unwrap(), "");
            assert_eq!(pairs(style, "n", &json!([])).unwrap(), "");
        }
    }

    #[test]
    fn numbers_that_are_none_are_refused() {
        let values = std::collections::BTreeMap::from([("a", [1.5]), ("b", [f64::NAN])]);
        let mut out = String::new();
        let error = write(&mut out, &mut None, Style::DeepObject, "f", &values).unwrap_err();
        assert_eq!(error.to_string(), "at `f[b]`: a number that is not finite");
        let error = write(&mut out, &mut None, Style::Csv, "f", &[1.0, f32::INFINITY]).unwrap_err();
        assert_eq!(error.to_string(), "at `f`: a number that is not finite");
    }

    #[test]
    fn numbers_keep_their_digits() {
        let raw = serde_json::value::RawValue::from_string("1.10".to_owned()).unwrap();
        let mut out = String::new();
        write(&mut out, &mut Some('?'), Style::Form, "n", &raw).unwrap();
        assert_eq!(out, "?n=1.10");
    }
}
