//! The name of a member, which serde hands over as a value.

use super::Place;
use crate::pairs::Unfit;
use serde::Serialize;
use serde::ser::{Impossible, Serializer};

/// Takes a name, with the fact that comes with it.
pub(super) struct Name;

fn unfit<T>() -> Result<T, Unfit> {
    Err(Unfit::new("only texts are names of elements".to_owned()))
}

macro_rules! refused {
    ($($method:ident: $type:ty),*) => {$(
        fn $method(self, _value: $type) -> Result<Self::Ok, Unfit> {
            unfit()
        }
    )*};
}

type Found = (String, Place);

impl Serializer for Name {
    type Ok = Found;
    type Error = Unfit;
    type SerializeSeq = Impossible<Found, Unfit>;
    type SerializeTuple = Impossible<Found, Unfit>;
    type SerializeTupleStruct = Impossible<Found, Unfit>;
    type SerializeTupleVariant = Impossible<Found, Unfit>;
    type SerializeMap = Impossible<Found, Unfit>;
    type SerializeStruct = Impossible<Found, Unfit>;
    type SerializeStructVariant = Impossible<Found, Unfit>;

    fn serialize_str(self, name: &str) -> Result<Found, Unfit> {
        Ok((name.to_owned(), Place::Element))
    }

    fn serialize_unit_variant(
        self,
        fact: &'static str,
        _index: u32,
        name: &'static str,
    ) -> Result<Found, Unfit> {
        Ok((name.to_owned(), Place::of(fact).1))
    }

    refused! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32,
        serialize_i64: i64, serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
        serialize_u64: u64, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_bytes: &[u8], serialize_unit_struct: &'static str
    }

    fn serialize_none(self) -> Result<Found, Unfit> {
        unfit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Found, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Found, Unfit> {
        unfit()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<Found, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<Found, Unfit> {
        unfit()
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Self::SerializeSeq, Unfit> {
        unfit()
    }

    fn serialize_tuple(self, _length: usize) -> Result<Self::SerializeTuple, Unfit> {
        unfit()
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleStruct, Unfit> {
        unfit()
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeTupleVariant, Unfit> {
        unfit()
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Self::SerializeMap, Unfit> {
        unfit()
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStruct, Unfit> {
        unfit()
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _length: usize,
    ) -> Result<Self::SerializeStructVariant, Unfit> {
        unfit()
    }
}
