//! A document as a tree of its elements.
//!
//! Whether something is a list is known to who asks for it, and its items may stand anywhere among their
//! siblings, so that a document is kept whole before a model is read of it.

use crate::decode::DecodeError;
use clientwright_wire::xml::{self, MAX_ATTRIBUTES, MAX_DEPTH};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

/// How many elements there may be: one takes many times the place that its tag has in the text.
const MAX_ELEMENTS: usize = 2_000_000;

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
                Event::Text(text) => grower.text(xml::text(&text), position)?,
                Event::CData(text) => grower.content(xml::section(&text), position)?,
                Event::GeneralRef(entity) => {
                    grower.content(xml::text(&format!("&{};", &*entity)), position)?;
                }
                // A document type would say where to find more; nobody goes there.
                Event::DocType(_) if grower.elements.is_empty() => {}
                Event::DocType(_) => return Err(malformed(position)),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
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
            name: self.name(start.name(), position)?,
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
            let name = self.name(key, position)?;
            let value = said(xml::attribute(&attribute.value), position)?;
            let prefix = key.prefix();
            let prefix = prefix.as_ref().map(|prefix| prefix.as_ref());
            // What declares namespaces, and what is about the document in place of in it.
            if key.as_namespace_binding().is_some() {
                continue;
            }
            if key.as_ref() == "xsi:nil" {
                element.is_nil = matches!(value.trim(), "true" | "1");
            } else if prefix != Some("xsi") {
                // Of several of one name, that without a prefix is the element's own.
                let same = |(known, _): &&mut (Rc<str>, String)| *known == name;
                match element.attributes.iter_mut().find(same) {
                    Some(known) if prefix.is_none() => known.1 = value.into_owned(),
                    Some(_) => {}
                    None => element.attributes.push((name, value.into_owned())),
                }
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

    /// Text, of which there is none but blanks outside the outermost element.
    fn text(&mut self, text: Result<Cow<'_, str>, xml::Fault>, position: u64) -> Read<()> {
        match &text {
            Ok(text) if self.open.is_empty() && text.trim_ascii().is_empty() => Ok(()),
            _ => self.content(text, position),
        }
    }

    /// What stands in an element, and nowhere else.
    fn content(&mut self, text: Result<Cow<'_, str>, xml::Fault>, position: u64) -> Read<()> {
        let place = *self.open.last().ok_or_else(|| malformed(position))?;
        self.elements[place as usize].text.push_str(&said(text, position)?);
        Ok(())
    }

    /// A name without its prefix.
    fn name(&mut self, name: QName<'_>, position: u64) -> Read<Rc<str>> {
        let local = name.local_name().into_inner();
        let known = self.names.get(local).filter(|_| name.prefix().is_none());
        if let Some(known) = known {
            return Ok(Rc::clone(known));
        }
        if !xml::is_qualified_name(name.as_ref()) {
            return Err(malformed(position));
        }
        let name: Rc<str> = self.names.get(local).map_or_else(|| local.into(), Rc::clone);
        self.names.insert(Rc::clone(&name));
        Ok(name)
    }
}

type Read<T> = Result<T, DecodeError>;

/// What a text says that stands before `position`.
fn said(text: Result<Cow<'_, str>, xml::Fault>, position: u64) -> Read<Cow<'_, str>> {
    text.map_err(|fault| {
        let problem = fault.problem;
        DecodeError::new(format!("not well-formed XML: {problem}, before byte {position}"))
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
