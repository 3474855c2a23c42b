//! Bodies in XML: models as elements.
//!
//! A model is the same type whatever it travels as. What its rows for JSON do not say, where in XML a
//! member stands, is a list of facts in [`Object::XML`](crate::object::Object::XML):
//!
//! | fact | the member is |
//! | --- | --- |
//! | `@id` | an attribute |
//! | `#text` | the text of the element itself |
//! | `lines/line` | an element with the items of a list inside |
//! | `tag*` | a list that has to be there: each item is an element, and none is an empty list |
//!
//! A member without a fact is an element, or several if it is a list. The facts reach the reader as the
//! fields of `deserialize_struct` and the writer as the name of a unit variant that a key is written as;
//! other formats take no notice of either.

mod name;
mod read;
mod tree;
mod write;

pub(crate) use self::read::{read, untyped};
pub(crate) use self::write::write;

/// The media type of what is sent.
pub(crate) const XML: &str = "application/xml";

/// Where a member stands in its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// An element of its own, or one for each item.
    Element,
    Attribute,
    /// The text between the tags.
    Text,
    /// An element with the items inside, which are called like this.
    Wrapped(&'static str),
}

impl Place {
    /// The member that a fact is about, and what the fact says.
    fn of(fact: &'static str) -> (&'static str, Self) {
        if let Some(name) = fact.strip_prefix('@') {
            (name, Self::Attribute)
        } else if let Some(name) = fact.strip_prefix('#') {
            (name, Self::Text)
        } else if let Some((name, item)) = fact.split_once('/') {
            (name, Self::Wrapped(item))
        } else {
            (fact.strip_suffix('*').unwrap_or(fact), Self::Element)
        }
    }
}

#[cfg(test)]
mod tests;
