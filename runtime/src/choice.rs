//! Reading and writing enums: the code that all of them share.

use crate::drift::{DriftKind, record};
use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// An enum of texts. Implemented by [`text_enum!`](crate::text_enum) and
/// [`closed_text_enum!`](crate::closed_text_enum).
pub trait Choice: Sized {
    /// Its name.
    const NAME: &'static str;
    /// The texts that are written.
    const TEXTS: &'static [&'static str];

    /// The variant of a text.
    fn known(text: &str) -> Option<Self>;

    /// Keeps a text that is not known; `None` if the enum is closed.
    fn other(_text: String) -> Option<Self> {
        None
    }
}

/// Reads an enum of texts.
///
/// # Errors
/// The deserializer's, or that a closed enum does not know the text.
pub fn read_choice<'de, T: Choice, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(ChoiceVisitor(PhantomData))
}

/// The variant of a text in a closed enum.
///
/// # Errors
/// The text is not known.
pub fn choose<T: Choice>(text: &str) -> Result<T, UnknownText> {
    T::known(text).ok_or_else(|| UnknownText { known: T::TEXTS, found: text.to_owned() })
}

struct ChoiceVisitor<T>(PhantomData<T>);

impl<T: Choice> Visitor<'_> for ChoiceVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // For an open enum any text would do.
        if T::other(String::new()).is_some() {
            f.write_str("text")
        } else {
            one_of(T::TEXTS.iter(), f)
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let other = || {
            let other = T::other(text.to_owned())?;
            record::note(T::NAME, || DriftKind::UnknownValue { value: record::short(text) });
            Some(other)
        };
        T::known(text).or_else(other).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

fn one_of(
    texts: impl ExactSizeIterator<Item = impl fmt::Display>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.write_str(if texts.len() > 1 { "one of " } else { "" })?;
    for (place, text) in texts.enumerate() {
        let comma = if place > 0 { ", " } else { "" };
        write!(f, "{comma}`{text}`")?;
    }
    Ok(())
}

/// A text that a closed enum does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownText {
    known: &'static [&'static str],
    found: String,
}

impl UnknownText {
    /// The text.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// The texts that are known.
    pub fn known(&self) -> &'static [&'static str] {
        self.known
    }
}

impl fmt::Display for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        one_of(self.known.iter(), f)?;
        write!(f, ", found `{}`", self.found.escape_debug())
    }
}

impl std::error::Error for UnknownText {}

/// A number or a text that an enum of named numbers does not know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberOrText {
    /// A number without a name.
    Number(i64),
    /// A name without a number.
    Text(String),
}

impl NumberOrText {
    /// The number, if it is one.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) => None,
        }
    }

    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Number(_) => None,
            Self::Text(text) => Some(text),
        }
    }
}

impl From<i64> for NumberOrText {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<String> for NumberOrText {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for NumberOrText {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// What an enum of named numbers is on the wire.
pub enum NameOrNumber<'a> {
    /// Its name.
    Name(&'a str),
    /// Its number, for want of a name.
    Number(i64),
}

impl fmt::Display for NameOrNumber<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.pad(name),
            Self::Number(number) => number.fmt(f),
        }
    }
}

impl Serialize for NameOrNumber<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Name(name) => serializer.serialize_str(name),
            Self::Number(number) => serializer.serialize_i64(*number),
        }
    }
}

/// An enum of numbers with names. Implemented by [`number_enum!`](crate::number_enum).
pub trait NamedNumber: Sized {
    /// Its name.
    const NAME: &'static str;
    /// Numbers with the name that is written and those that are read too.
    const NAMES: &'static [(i64, &'static [&'static str])];

    /// The variant of a number.
    fn from_number(number: i64) -> Self;

    /// Keeps a name that is not known.
    fn from_unknown(text: String) -> Self;

    /// What is written.
    fn value(&self) -> NameOrNumber<'_>;
}

/// Reads a name in any case, or a number in text.
pub fn named_number<T: NamedNumber>(text: &str) -> T {
    let named = |names: &&(i64, &[&str])| names.1.iter().any(|n| n.eq_ignore_ascii_case(text));
    let number = T::NAMES.iter().find(named).map(|names| names.0).or_else(|| text.parse().ok());
    match number {
        Some(number) => T::from_number(number),
        None => T::from_unknown(text.to_owned()),
    }
}

/// Reads an enum of numbers with names.
///
/// # Errors
/// The deserializer's.
pub fn read_named_number<'de, T: NamedNumber, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(NamedNumberVisitor(PhantomData))
}

struct NamedNumberVisitor<T>(PhantomData<T>);

impl<T: NamedNumber> Visitor<'_> for NamedNumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name or a number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let value: T = named_number(text);
        match value.value() {
            NameOrNumber::Number(number) => note_number::<T>(number),
            NameOrNumber::Name(name) if !is_name::<T>(name) => {
                record::note(T::NAME, || DriftKind::UnknownValue { value: record::short(text) });
            }
            NameOrNumber::Name(_) => {}
        }
        Ok(value)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        note_number::<T>(number);
        Ok(T::from_number(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(number), &self)),
        }
    }
}

/// Whether the enum knows a name.
fn is_name<T: NamedNumber>(name: &str) -> bool {
    T::NAMES.iter().any(|(_, names)| names.contains(&name))
}

fn note_number<T: NamedNumber>(number: i64) {
    if record::is_on() && T::NAMES.iter().all(|(known, _)| *known != number) {
        record::note(T::NAME, || DriftKind::UnknownNumber { number });
    }
}

/// Reads an enum of numbers, also out of texts.
///
/// # Errors
/// The deserializer's.
pub fn read_number<'de, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
    known: &[i64],
) -> Result<i64, D::Error> {
    let number = crate::forms::number_or_text(deserializer)?;
    if record::is_on() && !known.contains(&number) {
        record::note(name, || DriftKind::UnknownNumber { number });
    }
    Ok(number)
}

/// An enum of numbers that knows all of them. Implemented by
/// [`closed_number_enum!`](crate::closed_number_enum).
pub trait ClosedNumber: Sized {
    /// Numbers with the name that is written, if there are names, and those that are read too.
    const KNOWN: &'static [(i64, &'static [&'static str])];

    /// The variant of a number.
    fn known(number: i64) -> Option<Self>;

    /// The number of a variant.
    fn number(&self) -> i64;

    /// What is written.
    fn value(&self) -> NameOrNumber<'static> {
        let number = self.number();
        let names = Self::KNOWN.iter().find(|(known, _)| *known == number);
        match names.and_then(|(_, names)| names.first()) {
            Some(name) => NameOrNumber::Name(name),
            None => NameOrNumber::Number(number),
        }
    }
}

/// The variant of a number in a closed enum.
///
/// # Errors
/// The number is not known.
pub fn choose_number<T: ClosedNumber>(number: i64) -> Result<T, UnknownNumber> {
    T::known(number).ok_or(UnknownNumber { known: T::KNOWN, found: number })
}

/// Reads a closed enum of numbers: out of numbers, texts with a number, and names in any case.
///
/// # Errors
/// The deserializer's, or that the enum does not know the number or the name.
pub fn read_closed_number<'de, T: ClosedNumber, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let visitor = ClosedNumberVisitor(PhantomData);
    if T::KNOWN.iter().any(|(_, names)| !names.is_empty()) {
        return deserializer.deserialize_any(visitor);
    }
    visitor.visit_i64(crate::forms::number_or_text(deserializer)?)
}

struct ClosedNumberVisitor<T>(PhantomData<T>);

impl<T: ClosedNumber> Visitor<'_> for ClosedNumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        one_of(T::KNOWN.iter().map(|(number, _)| number), f)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        let is_named = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(text));
        let named = T::KNOWN.iter().find(|(_, names)| is_named(names));
        let number = named.map(|(number, _)| *number).or_else(|| text.parse().ok());
        let known = number.and_then(T::known);
        known.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        T::known(number).ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        let known = i64::try_from(number).ok().and_then(T::known);
        known.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}

/// A number that a closed enum does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownNumber {
    known: &'static [(i64, &'static [&'static str])],
    found: i64,
}

impl UnknownNumber {
    /// The number.
    pub fn found(&self) -> i64 {
        self.found
    }

    /// The numbers that are known.
    pub fn known(&self) -> impl Iterator<Item = i64> {
        self.known.iter().map(|(number, _)| *number)
    }
}

impl fmt::Display for UnknownNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        one_of(self.known.iter().map(|(number, _)| number), f)?;
        write!(f, ", found `{}`", self.found)
    }
}

impl std::error::Error for UnknownNumber {}
