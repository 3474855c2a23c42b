//! A document as a tree of its elements.
//!
//! Whether something is a list is known to who asks for it, and its items may stand anywhere among their
//! siblings, so that a document is kept whole before a model is read of it.

use super::is_allowed;
use crate::decode::DecodeError;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::collections::HashSet;
use std::rc::Rc;

/// How many elements may be inside each other. Reading them goes by recursion.
const MAX_DEPTH: usize = 128;
/// How many elements there may be: one takes many times the place that its tag has in the text.
const MAX_ELEMENTS: usize = 2_000_000;
/// How many attributes an element may have. Each is held against all others.
const MAX_ATTRIBUTES: usize = 256;

/// An element. Prefixes are left out: nothing of one name means two things by its namespace.
pub(super) struct Element {
    pub(super) name: Rc<str>,
    pub(super) attributes: Vec<(Rc<str>, String)>,
    /// All text between the tags that is in no element inside.
    pub(super) text: String,
    /// It says of itself that it is null, with `xsi:nil`.
    pub(super) is_nil: bool,
    first: Option<u32>,
    last: Option<u32>,
    next: Option<u32>,
}

/// The elements of a document, the root first.
pub(super) struct Tree(Vec<Element>);

impl Tree {
    /// The outermost element.
    pub(super) const ROOT: usize = 0;

    /// An element that the tree has handed out.
    pub(super) fn element(&self, place: usize) -> &Element {
        &self.0[place]
    }

    /// The elements in an element, in order.
    pub(super) fn children(&self, place: usize) -> impl Iterator<Item = usize> {
        let first = self.0[place].first;
        std::iter::successors(first, |place| self.0[*place as usize].next)
            .map(|place| place as usize)
    }

    /// Reads a document. Nothing outside it is looked at, and no entities but those of XML itself are known.
    pub(super) fn read(text: &str) -> Result<Self, DecodeError> {
        let mut reader = Reader::from_str(text);
        let mut grower = Grower::default();
        loop {
            let event = reader.read_event().map_err(|error| fault(&error, reader.error_position()));
            let position = reader.buffer_position();
            match event? {
                Event::Start(start) => grower.open(&start, position)?,
                Event::Empty(start) => {
                    grower.open(&start, position)?;
                    grower.close();
                }
                Event::End(_) => grower.close(),
                Event::Text(text) => grower.text(&text.xml10_content(), position)?,
                Event::CData(text) => grower.text(&text.xml10_content(), position)?,
                Event::GeneralRef(entity) => {
                    let character = match entity.resolve_char_ref() {
                        Ok(None) => predefined(&entity.xml10_content()),
                        found => found.ok().flatten().filter(|c| is_allowed(*c)),
                    };
                    let character = character.ok_or_else(|| {
                        DecodeError::new(format!(
                            "not well-formed XML: an entity that nobody knows before byte {position}"
                        ))
                    })?;
                    grower.text(character.encode_utf8(&mut [0; 4]), position)?;
                }
                // A document type would say where to find more; nobody goes there.
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
                Event::Eof => break,
            }
        }
        if !grower.open.is_empty() {
            return Err(DecodeError::new("the XML ended early"));
        }
        if grower.elements.is_empty() {
            return Err(DecodeError::new("expected XML, found no element"));
        }
        Ok(Self(grower.elements))
    }
}

#[derive(Default)]
struct Grower {
    elements: Vec<Element>,
    /// The elements around this place, the outermost first.
    open: Vec<u32>,
    /// Each name once: there are few.
    names: HashSet<Rc<str>>,
}

impl Grower {
    fn open(&mut self, start: &BytesStart<'_>, position: u64) -> Result<(), DecodeError> {
        let parent = self.open.last().copied();
        if parent.is_none() && !self.elements.is_empty() {
            return Err(malformed(position));
        }
        if self.open.len() == MAX_DEPTH {
            return Err(too_many(MAX_DEPTH, "elements inside each other"));
        }
        let place = u32::try_from(self.elements.len()).ok();
        let place = place.filter(|_| self.elements.len() < MAX_ELEMENTS);
        let place = place.ok_or_else(|| too_many(MAX_ELEMENTS, "elements"))?;
        let mut element = Element {
            name: self.name(start.local_name().into_inner()),
            attributes: Vec::new(),
            text: String::new(),
            is_nil: false,
            first: None,
            last: None,
            next: None,
        };
        for (index, attribute) in start.attributes().enumerate() {
            if index == MAX_ATTRIBUTES {
                return Err(too_many(MAX_ATTRIBUTES, "attributes of one element"));
            }
            let attribute = attribute.map_err(|_| malformed(position))?;
            let key = attribute.key;
            // What declares namespaces, and what is about the document in place of in it.
            if key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Explicit1_0);
            let value = value.map_err(|_| malformed(position))?;
            if key.as_ref() == "xsi:nil" {
                element.is_nil = matches!(value.trim(), "true" | "1");
            } else if key.prefix().is_none_or(|prefix| prefix.as_ref() != "xsi") {
                let name = self.name(key.local_name().into_inner());
                element.attributes.push((name, value.into_owned()));
            }
        }
        self.elements.push(element);
        if let Some(parent) = parent {
            let before = self.elements[parent as usize].last.replace(place);
            match before {
                Some(before) => self.elements[before as usize].next = Some(place),
                None => self.elements[parent as usize].first = Some(place),
            }
        }
        self.open.push(place);
        Ok(())
    }

    fn close(&mut self) {
        if let Some(place) = self.open.pop() {
            let element = &mut self.elements[place as usize];
            // Between elements, blanks are layout.
            if element.first.is_some() && element.text.trim_ascii().is_empty() {
                element.text = String::new();
            }
        }
    }

    fn text(&mut self, text: &str, position: u64) -> Result<(), DecodeError> {
        match self.open.last() {
            Some(place) => self.elements[*place as usize].text.push_str(text),
            None if text.trim_ascii().is_empty() => {}
            None => return Err(malformed(position)),
        }
        Ok(())
    }

    fn name(&mut self, name: &str) -> Rc<str> {
        if let Some(known) = self.names.get(name) {
            return Rc::clone(known);
        }
        let name: Rc<str> = name.into();
        self.names.insert(Rc::clone(&name));
        name
    }
}

/// The character of an entity that every document has.
fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn too_many(limit: usize, what: &str) -> DecodeError {
    DecodeError::new(format!("the XML has more than {limit} {what}"))
}

fn malformed(position: u64) -> DecodeError {
    DecodeError::new(format!("not well-formed XML before byte {position}"))
}

fn fault(error: &quick_xml::Error, position: u64) -> DecodeError {
    match error {
        quick_xml::Error::Syntax(_) => DecodeError::new("the XML ended early"),
        _ => malformed(position),
    }
}
