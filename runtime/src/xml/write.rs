//! Writing models as elements.

use super::Place;
use super::name::Name;
use crate::finite;
use crate::pairs::{RAW, Unfit};
use clientwright_wire::xml::{is_char, is_name};
use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};
use std::fmt::Display;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Writes a document whose outermost element is called `root`, in a namespace perhaps.
pub(crate) fn write(
    root: &str,
    namespace: Option<&str>,
    value: &(impl Serialize + ?Sized),
) -> Result<String, Unfit> {
    let mut out = HEAD.to_owned();
    let spot = Spot { out: &mut out, around: None, name: root, place: Place::Element };
    // Where it stands is asked for only when there is something wrong.
    value.serialize(spot).map_err(|error| match finite::look(value) {
        Err(number) => Unfit::new(number.below("$")),
        Ok(()) => error,
    })?;
    if let Some(namespace) = namespace {
        let mut text = String::new();
        attribute(&mut text, "xmlns", namespace)?;
        out.insert_str(HEAD.len() + 1 + root.len(), &text);
    }
    Ok(out)
}

/// Where a value is to be written.
pub(super) struct Spot<'o> {
    out: &'o mut String,
    /// Where the attributes of the element around it end. There is none around the outermost one.
    around: Option<&'o mut usize>,
    name: &'o str,
    place: Place,
}

impl<'o> Spot<'o> {
    fn scalar(self, value: impl Display) -> Result<(), Unfit> {
        let text = value.to_string();
        match self.place {
            Place::Element => {
                let begin = open(self.out, self.name)? + 1;
                self.out.push('>');
                escape(self.out, &text, false)?;
                close(self.out, self.name, begin);
            }
            Place::Attribute => {
                let mut written = String::new();
                attribute(&mut written, self.name, &text)?;
                if let Some(around) = self.around {
                    self.out.insert_str(*around, &written);
                    *around += written.len();
                }
            }
            Place::Text => escape(self.out, &text, false)?,
            Place::Wrapped(_) => return Err(unfit("what has items inside is a list")),
        }
        Ok(())
    }

    /// A number, unless it is infinite or none.
    fn number(self, finite: bool, value: impl Display) -> Result<(), Unfit> {
        if finite {
            self.scalar(value)
        } else {
            Err(unfit("a number that is not finite has no form"))
        }
    }

    /// Null: an element that says so, or nothing at all.
    fn null(self) -> Result<(), Unfit> {
        if matches!(self.place, Place::Element | Place::Wrapped(_)) {
            open(self.out, self.name)?;
            attribute(self.out, "xmlns:xsi", SCHEMA)?;
            self.out.push_str(" xsi:nil=\"true\"/>");
        }
        Ok(())
    }

    fn items(self) -> Result<Items<'o>, Unfit> {
        match self.place {
            Place::Element => Ok(Items { out: self.out, item: self.name, wrapper: None }),
            Place::Wrapped(item) => {
                let begin = open(self.out, self.name)? + 1;
                self.out.push('>');
                Ok(Items { out: self.out, item, wrapper: Some((self.name, begin)) })
            }
            Place::Attribute | Place::Text => Err(unfit("a list is no text")),
        }
    }

    fn members(self) -> Result<Members<'o>, Unfit> {
        if self.place != Place::Element {
            return Err(unfit("an object is an element of its own"));
        }
        let attributes = open(self.out, self.name)?;
        self.out.push('>');
        Ok(Members { out: self.out, attributes, name: self.name, member: None })
    }
}

/// The items of a list.
pub(super) struct Items<'o> {
    out: &'o mut String,
    item: &'o str,
    /// The element around them, and where its begin tag ends.
    wrapper: Option<(&'o str, usize)>,
}

impl Items<'_> {
    fn add(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Unfit> {
        value.serialize(Spot {
            out: self.out,
            around: None,
            name: self.item,
            place: Place::Element,
        })
    }

    fn finish(self) {
        if let Some((wrapper, begin)) = self.wrapper {
            close(self.out, wrapper, begin);
        }
    }
}

/// The members of an object.
pub(super) struct Members<'o> {
    out: &'o mut String,
    /// Where its attributes end.
    attributes: usize,
    name: &'o str,
    /// The member that is next.
    member: Option<(String, Place)>,
}

impl Members<'_> {
    fn add(
        &mut self,
        name: &str,
        place: Place,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), Unfit> {
        let around = Some(&mut self.attributes);
        value.serialize(Spot { out: self.out, around, name, place })
    }

    fn finish(self) {
        close(self.out, self.name, self.attributes + 1);
    }
}

fn unfit(why: &str) -> Unfit {
    Unfit::new(format!("{why} in XML"))
}

/// Begins a tag; the place behind its name.
fn open(out: &mut String, name: &str) -> Result<usize, Unfit> {
    // What a specification declares has been looked at; this is for members that an app adds.
    if !is_name(name) {
        return Err(Unfit::new(format!("`{}` is no name of an element", name.escape_debug())));
    }
    out.push('<');
    out.push_str(name);
    Ok(out.len())
}

/// Ends an element whose begin tag ends at `begin`.
fn close(out: &mut String, name: &str, begin: usize) {
    if out.len() == begin {
        out.pop();
        out.push_str("/>");
        return;
    }
    for part in ["</", name, ">"] {
        out.push_str(part);
    }
}

fn attribute(out: &mut String, name: &str, value: &str) -> Result<(), Unfit> {
    for part in [" ", name, "=\""] {
        out.push_str(part);
    }
    escape(out, value, true)?;
    out.push('"');
    Ok(())
}

/// Appends a text. What a reader would take for markup, or change, is written as what it stands for.
fn escape(out: &mut String, text: &str, in_attribute: bool) -> Result<(), Unfit> {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' if in_attribute => out.push_str("&quot;"),
            '\n' if in_attribute => out.push_str("&#10;"),
            '\t' if in_attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c if is_char(c) => out.push(c),
            _ => return Err(Unfit::new("a text has characters that XML cannot hold".to_owned())),
        }
    }
    Ok(())
}

macro_rules! displayed {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, value: $type) -> Result<(), Unfit> {
            self.scalar(value)
        }
    )*};
}

impl<'o> Serializer for Spot<'o> {
    type Ok = ();
    type Error = Unfit;
    type SerializeSeq = Items<'o>;
    type SerializeTuple = Impossible<(), Unfit>;
    type SerializeTupleStruct = Impossible<(), Unfit>;
    type SerializeTupleVariant = Impossible<(), Unfit>;
    type SerializeMap = Members<'o>;
    type SerializeStruct = Digits<'o>;
    type SerializeStructVariant = Impossible<(), Unfit>;

    displayed! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_char: char, serialize_str: &str
    }

    fn serialize_f32(self, number: f32) -> Result<(), Unfit> {
        self.number(number.is_finite(), number)
    }

    fn serialize_f64(self, number: f64) -> Result<(), Unfit> {
        self.number(number.is_finite(), number)
    }

    fn serialize_bytes(self, _value: &[u8]) -> Result<(), Unfit> {
        Err(unfit("bytes have no form"))
    }

    fn serialize_none(self) -> Result<(), Unfit> {
        self.null()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Unfit> {
        self.null()
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Unfit> {
        self.null()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Unfit> {
        self.scalar(variant)
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
        _variant: &'static str,
        _value: &T,
    ) -> Result<(), Unfit> {
        Err(unfit("a variant has no form"))
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Items<'o>, Unfit> {
        self.items()
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self::SerializeTuple, Unfit> {
        Err(unfit("a tuple has no form"))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Unfit> {
        Err(unfit("a tuple has no form"))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        Err(unfit("a variant has no form"))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Members<'o>, Unfit> {
        self.members()
    }

    fn serialize_struct(self, name: &'static str, _length: usize) -> Result<Digits<'o>, Unfit> {
        if name == RAW { Ok(Digits(Some(self))) } else { Err(unfit("this has no form")) }
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        Err(unfit("a variant has no form"))
    }
}

impl ser::SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        self.add(value)
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish();
        Ok(())
    }
}

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unfit> {
        self.member = Some(key.serialize(Name)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        match self.member.take() {
            Some((name, place)) => self.add(&name, place, value),
            None => Err(unfit("a value without its name has no form")),
        }
    }

    fn end(self) -> Result<(), Unfit> {
        self.finish();
        Ok(())
    }
}

/// A number that is written digit for digit, as serde_json hands it over.
pub(super) struct Digits<'o>(Option<Spot<'o>>);

impl ser::SerializeStruct for Digits<'_> {
    type Ok = ();
    type Error = Unfit;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _key: &'static str,
        value: &T,
    ) -> Result<(), Unfit> {
        self.0.take().map_or(Ok(()), |spot| value.serialize(spot))
    }

    fn end(self) -> Result<(), Unfit> {
        Ok(())
    }
}
