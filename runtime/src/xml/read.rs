//! Reading models of a tree of elements.
//!
//! XML has texts only: what is a number, a date or a list is known to the type that asks.

use super::Place;
use super::tree::{Element, Tree};
use crate::decode::{DecodeError, without_values};
use crate::json_path;
use crate::map::OrderedMap;
use crate::pairs::RAW;
use serde::de::value::MapDeserializer;
use serde::de::{self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Expected};
use serde::de::{IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use std::fmt::{self, Display};
use std::rc::Rc;

/// Reads a document whose outermost element is called `root`.
pub(crate) fn read<T: DeserializeOwned>(text: &str, root: &str) -> Result<T, DecodeError> {
    let tree = Tree::read(text)?;
    let element = tree.element(Tree::ROOT);
    if &*element.name != root {
        let found: String = element.name.chars().take(80).collect();
        return Err(DecodeError::new(format!(
            "expected the element `{root}`, found `{}`",
            found.escape_debug()
        )));
    }
    let found = Found { tree: &tree, what: What::Element(Tree::ROOT) };
    T::deserialize(found).map_err(|fault| fault.into_error())
}

/// What a document holds, whatever it is called.
pub(crate) fn untyped(text: &str) -> Option<serde_json::Value> {
    let tree = Tree::read(text).ok()?;
    let found = Found { tree: &tree, what: What::Element(Tree::ROOT) };
    serde_json::Value::deserialize(found).ok()
}

/// What is wrong, and the steps to where, the last one first.
#[derive(Debug)]
struct Fault {
    steps: Vec<Step>,
    problem: String,
}

#[derive(Debug)]
enum Step {
    Member(String),
    Item(usize),
}

impl Fault {
    fn new(problem: String) -> Self {
        Self { steps: Vec::new(), problem }
    }

    fn at(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    fn into_error(self) -> DecodeError {
        let mut path = "$".to_owned();
        for step in self.steps.iter().rev() {
            match step {
                Step::Member(name) => json_path::push_name(&mut path, name),
                Step::Item(place) => path.push_str(&format!("[{place}]")),
            }
        }
        DecodeError::at(path, self.problem)
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.problem)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(without_values(&message.to_string()))
    }
}

/// Something of the tree that is to become a value.
struct Found<'t> {
    tree: &'t Tree,
    what: What<'t>,
}

enum What<'t> {
    /// One element.
    Element(usize),
    /// All elements of one name.
    Elements(Vec<usize>),
    /// Elements with the items of a list inside, which are called like this.
    Wrapped(Vec<usize>, &'static str),
    Attribute(&'t str),
    /// The text of an element.
    Text(&'t str),
}

impl<'t> Found<'t> {
    fn element(&self, place: usize) -> &'t Element {
        self.tree.element(place)
    }

    /// The one element that is asked for.
    fn one(&self, expected: &dyn Expected) -> Result<usize, Fault> {
        match &self.what {
            What::Element(place) => Ok(*place),
            What::Elements(places) | What::Wrapped(places, _) => match places.as_slice() {
                [place] => Ok(*place),
                places => {
                    Err(Fault::new(format!("expected {expected}, found {} elements", places.len())))
                }
            },
            What::Attribute(_) | What::Text(_) => {
                Err(Fault::new(format!("expected {expected}, found text")))
            }
        }
    }

    /// The text that a scalar is made of.
    fn text(&self, expected: &dyn Expected) -> Result<&'t str, Fault> {
        if let What::Attribute(text) | What::Text(text) = self.what {
            return Ok(text);
        }
        let place = self.one(expected)?;
        if self.tree.children(place).next().is_some() {
            return Err(Fault::new(format!("expected {expected}, found elements")));
        }
        Ok(&self.element(place).text)
    }

    /// Whether there is nothing, or something that says so of itself.
    fn is_none(&self) -> bool {
        match &self.what {
            What::Element(place) => self.element(*place).is_nil,
            What::Elements(places) | What::Wrapped(places, _) => match places.as_slice() {
                [] => true,
                [place] => self.element(*place).is_nil,
                _ => false,
            },
            What::Text(text) => text.is_empty(),
            What::Attribute(_) => false,
        }
    }

    fn members<'de, V: Visitor<'de>>(
        self,
        facts: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let place = self.one(&visitor)?;
        visitor.visit_map(Members::of(self.tree, place, facts))
    }

    /// A value whose type says nothing: a text where there is no more, otherwise what is inside.
    fn untyped<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let place = match &self.what {
            What::Attribute(text) | What::Text(text) => return visitor.visit_str(text),
            What::Elements(places) | What::Wrapped(places, _) if places.len() > 1 => {
                return self.deserialize_seq(visitor);
            }
            _ if self.is_none() => return visitor.visit_unit(),
            _ => self.one(&visitor)?,
        };
        let element = self.element(place);
        if element.attributes.is_empty() && self.tree.children(place).next().is_none() {
            return visitor.visit_str(&element.text);
        }
        let mut members = Members::of(self.tree, place, &[]);
        let attributes = element.attributes.iter();
        members.rest.extend(attributes.map(|(name, text)| (&**name, What::Attribute(text))));
        visitor.visit_map(members)
    }
}

/// Numbers out of texts: as what is asked for, or as a fraction where none was asked for, which says so.
macro_rules! numbers {
    ($($method:ident $visit:ident $number:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let text = self.text(&visitor)?.trim_ascii();
            if let Ok(number) = text.parse::<$number>() {
                return visitor.$visit(number);
            }
            match text.parse::<f64>() {
                Ok(number) => visitor.visit_f64(number),
                Err(_) => Err(de::Error::invalid_value(Unexpected::Str(text), &visitor)),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Found<'_> {
    type Error = Fault;

    numbers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.untyped(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(&visitor)?.trim_ascii();
        match text {
            "true" | "1" => visitor.visit_bool(true),
            "false" | "0" => visitor.visit_bool(false),
            _ => Err(de::Error::invalid_value(Unexpected::Str(text), &visitor)),
        }
    }

    /// A text as it stands.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(&visitor)?;
        visitor.visit_str(text)
    }

    /// A text that means something, such as a date: blanks around it are layout.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let text = self.text(&visitor)?;
        visitor.visit_str(text.trim_ascii())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        // A number that is read digit for digit.
        if name == RAW {
            let text = self.text(&visitor)?.trim_ascii();
            return visitor.visit_map(MapDeserializer::new(std::iter::once((RAW, text))));
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let places = match self.what {
            What::Elements(places) => places,
            What::Element(_) | What::Attribute(_) | What::Text(_) => {
                return Err(Fault::new(format!(
                    "expected {}, found one",
                    &visitor as &dyn Expected
                )));
            }
            What::Wrapped(wrappers, item) => {
                let inside = wrappers.iter().flat_map(|wrapper| self.tree.children(*wrapper));
                inside.filter(|place| &*self.tree.element(*place).name == item).collect()
            }
        };
        visitor.visit_seq(Items { tree: self.tree, places: places.into_iter().enumerate() })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.members(&[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        facts: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.members(facts, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
    }
}

/// The items of a list.
struct Items<'t> {
    tree: &'t Tree,
    places: std::iter::Enumerate<std::vec::IntoIter<usize>>,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some((index, place)) = self.places.next() else { return Ok(None) };
        let item = Found { tree: self.tree, what: What::Element(place) };
        seed.deserialize(item).map(Some).map_err(|fault| fault.at(Step::Item(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.places.len())
    }
}

/// The members of an element.
struct Members<'t> {
    tree: &'t Tree,
    /// The members that are still to come, the next one last.
    rest: Vec<(&'t str, What<'t>)>,
    /// The member whose name was asked for.
    current: Option<(&'t str, What<'t>)>,
}

impl<'t> Members<'t> {
    fn of(tree: &'t Tree, place: usize, facts: &'static [&'static str]) -> Self {
        let element = tree.element(place);
        let mut children: OrderedMap<&'t str, Vec<usize>> = OrderedMap::new();
        for child in tree.children(place) {
            let name: &'t str = &tree.element(child).name;
            match children.get_mut(&name) {
                Some(places) => places.push(child),
                None => {
                    children.insert(name, vec![child]);
                }
            }
        }
        let mut rest = Vec::new();
        for (name, what) in facts.iter().map(|fact| Place::of(fact)) {
            // Whatever else has the name of such a member is somebody else's.
            let elements = children.get_mut(&name).map(std::mem::take);
            let elements = elements.filter(|found| !found.is_empty());
            match what {
                Place::Attribute => {
                    let named = |(known, _): &&(Rc<str>, String)| **known == *name;
                    let found = element.attributes.iter().find(named);
                    rest.extend(found.map(|(_, text)| (name, What::Attribute(text))));
                }
                Place::Text => rest.push((name, What::Text(&element.text))),
                Place::Wrapped(item) => {
                    rest.extend(elements.map(|found| (name, What::Wrapped(found, item))));
                }
                Place::Element => rest.push((name, What::Elements(elements.unwrap_or_default()))),
            }
        }
        let others = children.into_iter().filter(|(_, found)| !found.is_empty());
        rest.extend(others.map(|(name, found)| (name, What::Elements(found))));
        rest.reverse();
        Self { tree, rest, current: None }
    }
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.current = self.rest.pop();
        match &self.current {
            Some((name, _)) => seed.deserialize((*name).into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((name, what)) = self.current.take() else {
            return Err(Fault::new("a value without a name was asked for".to_owned()));
        };
        seed.deserialize(Found { tree: self.tree, what })
            .map_err(|fault| fault.at(Step::Member(name.to_owned())))
    }
}
