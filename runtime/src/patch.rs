//! Three states where the wire has three.

use crate::sensitive::Sensitive;
use crate::url::Url;

/// A member that may be absent, null or a value, each with a meaning of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// It is not mentioned: leave it as it is.
    #[default]
    Absent,
    /// It is null: remove it.
    Null,
    /// It has this value.
    Value(T),
}

impl<T> Patch<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether it is not mentioned.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<T> From<Option<T>> for Patch<T> {
    /// `None` is null.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Textual> From<&str> for Patch<T> {
    fn from(value: &str) -> Self {
        Self::Value(T::from(value))
    }
}

/// A text, for which borrowed text does as well.
pub trait Textual: for<'a> From<&'a str> {}

impl Textual for String {}
impl Textual for Sensitive<String> {}
impl Textual for Url {}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}
