//! Reading and writing objects: the code that all models share.
//!
//! What serde derives for a struct is a visitor, a key type and a loop for every struct, and most
//! of the time to compile a large client goes there. Here a model only lists its members: reading
//! fills a row of slots through one loop, which is compiled once for each format.

use crate::among::Among;
use crate::codec::{By, Reader};
use crate::drift::DriftKind;
use crate::drift::record::{self, Step};
use crate::kind::Kind;
use crate::map::Undeclared;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A model that is an object on the wire. Implemented by [`object!`](crate::object!).
pub trait Object: Sized {
    /// Its name in errors.
    const NAME: &'static str;
    /// Its members in the order of their slots: the name that is written, then others that are
    /// read too.
    const MEMBERS: &'static [&'static [&'static str]];
    /// Members of which only so many can be written together.
    const AMONG: &'static [Among];
    /// Where members stand in XML, if not each in an element of its own: `@id` in an attribute, `#text`
    /// between the tags, `lines/line` with its items in an element; `tag*` is a list that has to be there.
    const XML: &'static [&'static str];

    /// Reads the members; `None` when [`Members`] has kept an error.
    fn read<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Option<Self>;

    /// Writes the members.
    ///
    /// # Errors
    /// The serializer's.
    fn write<S: SerializeMap>(&self, out: &mut Writer<'_, S>) -> Result<(), S::Error>;
}

/// Reads an object.
///
/// # Errors
/// The deserializer's, or that a member is missing.
pub fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if T::XML.is_empty() {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    } else {
        deserializer.deserialize_struct(T::NAME, T::XML, ObjectVisitor(PhantomData))
    }
}

/// Writes an object.
///
/// # Errors
/// The serializer's.
pub fn write<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    object.write(&mut Writer::new::<T>(&mut map))?;
    map.end()
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object (`{}`)", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut members =
            Members { map, object: T::NAME, names: T::MEMBERS, error: None, format: PhantomData };
        match T::read(&mut members) {
            Some(object) => Ok(object),
            None => Err(members
                .error
                .unwrap_or_else(|| A::Error::custom(format_args!("`{}` was not read", T::NAME)))),
        }
    }
}

/// The members of an object that is being read.
pub struct Members<'de, A: MapAccess<'de>> {
    map: A,
    object: &'static str,
    names: &'static [&'static [&'static str]],
    error: Option<A::Error>,
    format: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// Reads every member into its slot and skips what is not declared. `None` after an error.
    pub fn fill(&mut self, slots: &mut [&mut dyn Fill<'de, A>]) -> Option<()> {
        let read = self.read(slots, None);
        self.keep(read)
    }

    /// Reads every member into its slot, and what is not declared into a map.
    pub fn fill_and_keep(
        &mut self,
        slots: &mut [&mut dyn Fill<'de, A>],
        undeclared: &mut Undeclared,
    ) -> Option<()> {
        let read = self.read(slots, Some(undeclared));
        self.keep(read)
    }

    fn keep(&mut self, read: Result<(), A::Error>) -> Option<()> {
        read.map_err(|error| self.error = Some(error)).ok()
    }

    fn read(
        &mut self,
        slots: &mut [&mut dyn Fill<'de, A>],
        mut undeclared: Option<&mut Undeclared>,
    ) -> Result<(), A::Error> {
        let observed = record::is_on();
        let keep = observed || undeclared.is_some();
        let mut key = Key { names: self.names, place: 0, keep, unknown: String::new() };
        let (mut next, mut in_order) = (0, true);
        while self.map.next_key_seed(&mut key)?.is_some() {
            let place = std::mem::replace(&mut key.place, next);
            let Some(slot) = slots.get_mut(place) else {
                self.read_unknown(&mut key.unknown, undeclared.as_deref_mut())?;
                continue;
            };
            if observed {
                self.fill_observed(*slot, place)?;
            } else {
                slot.fill(&mut self.map)?;
            }
            in_order &= place == next;
            next = place + 1;
            key.place = next;
        }
        // What came in order up to the last one is all there.
        if in_order && next == slots.len() { Ok(()) } else { self.complete(slots, observed) }
    }

    /// Reads a member and notes what is met in it. Apart, as the next one, so that the loop stays small.
    #[cold]
    fn fill_observed(&mut self, slot: &mut dyn Fill<'de, A>, place: usize) -> Result<(), A::Error> {
        let step = || Step::Member(self.object, self.names[place]);
        record::inside(step, || slot.fill(&mut self.map))
    }

    /// Reads a member that has no slot.
    #[cold]
    fn read_unknown(
        &mut self,
        name: &mut String,
        undeclared: Option<&mut Undeclared>,
    ) -> Result<(), A::Error> {
        record::note(self.object, || DriftKind::UnknownMember {
            name: name.clone(),
            holds: String::new(),
        });
        match undeclared {
            Some(undeclared) => {
                undeclared.insert(std::mem::take(name), self.map.next_value()?);
            }
            None => {
                self.map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    /// Puts in what absent members stand for.
    fn complete(
        &self,
        slots: &mut [&mut dyn Fill<'de, A>],
        observed: bool,
    ) -> Result<(), A::Error> {
        for (slot, names) in slots.iter_mut().zip(self.names) {
            let step = || Step::Member(self.object, names);
            let complete =
                if observed { record::inside(step, || slot.complete()) } else { slot.complete() };
            if !complete {
                let name = names.first().copied().unwrap_or_default();
                return Err(missing(name, self.object));
            }
        }
        Ok(())
    }
}

/// The error of a member that must be there. Its first word is what [`crate::json_path`] goes by.
pub(crate) fn missing<E: Error>(name: &str, object: &str) -> E {
    E::custom(format_args!("missing member `{name}` of `{object}`"))
}

/// Finds the slots of keys.
struct Key {
    names: &'static [&'static [&'static str]],
    /// The slot that is tried first, since services write members in one order, which is mostly the declared
    /// one. Then the one that was found, which is beyond all of them for a key that has none.
    place: usize,
    /// Whether a key that has no slot is kept.
    keep: bool,
    unknown: String,
}

impl Key {
    /// Looks through all names.
    #[cold]
    fn search(&mut self, key: &str) {
        let is_name = |names: &&[&str]| names.first() == Some(&key);
        let place = (self.names.iter().position(is_name))
            .or_else(|| self.names.iter().position(|names| names.contains(&key)));
        if place.is_none() && self.keep {
            key.clone_into(&mut self.unknown);
        }
        self.place = place.unwrap_or(usize::MAX);
    }
}

impl<'de> DeserializeSeed<'de> for &mut Key {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Key {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        match self.names.get(self.place) {
            Some([name, ..]) if is_same(name, key) => {}
            _ => self.search(key),
        }
        Ok(())
    }
}

/// Whether two names are the same. Most have a few letters, for which it takes longer to call what compares
/// texts of any length than to compare them here: by their beginning and their end, which may overlap.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let end = one.len();
    end == other.len()
        && match end {
            2..4 => one[..2] == other[..2] && one[end - 2..] == other[end - 2..],
            4..8 => one[..4] == other[..4] && one[end - 4..] == other[end - 4..],
            8..=16 => one[..8] == other[..8] && one[end - 8..] == other[end - 8..],
            _ => one == other,
        }
}

/// Where a member is put while its object is read.
pub struct Slot<K, F> {
    value: Option<F>,
    kind: PhantomData<K>,
}

impl<K, F> Slot<K, F> {
    /// An empty slot.
    #[expect(clippy::new_without_default, reason = "only macros make slots")]
    pub fn new() -> Self {
        Self { value: None, kind: PhantomData }
    }

    /// The value, once.
    pub fn take(&mut self) -> Option<F> {
        self.value.take()
    }
}

/// A [`Slot`] of whatever type.
pub trait Fill<'de, A: MapAccess<'de>> {
    /// Reads the value of the current member.
    ///
    /// # Errors
    /// The deserializer's.
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;

    /// Puts in what an absent member stands for; whether there is a value now.
    fn complete(&mut self) -> bool;
}

impl<'de, A: MapAccess<'de>, K: Kind<F>, F> Fill<'de, A> for Slot<K, F> {
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        self.value = Some(map.next_value_seed(Reader::<K::Codec, F>(PhantomData))?);
        Ok(())
    }

    fn complete(&mut self) -> bool {
        if self.value.is_none() {
            self.value = K::absent();
        }
        self.value.is_some()
    }
}

/// The members of an object that is being written.
pub struct Writer<'a, S> {
    map: &'a mut S,
    object: &'static str,
    names: &'static [&'static [&'static str]],
    among: &'static [Among],
    xml: &'static [&'static str],
}

impl<'a, S: SerializeMap> Writer<'a, S> {
    /// Writes the members of a `T` into a map that may hold others too.
    pub(crate) fn new<T: Object>(map: &'a mut S) -> Self {
        Self { map, object: T::NAME, names: T::MEMBERS, among: T::AMONG, xml: T::XML }
    }

    /// Writes the declared members.
    ///
    /// # Errors
    /// The serializer's, or that too many or too few of some members are there.
    pub fn put(&mut self, members: &[&dyn Put<S>]) -> Result<(), S::Error> {
        let mut there = Vec::new();
        for (member, names) in members.iter().zip(self.names) {
            let name = names.first().copied().unwrap_or_default();
            let counts = member.put(self.key(name), self.map)?;
            if counts && !self.among.is_empty() {
                there.push(name);
            }
        }
        match self.among.iter().find_map(|among| among.refuses(|name| there.contains(&name))) {
            Some(why) => Err(S::Error::custom(format_args!("of `{}`, {why}", self.object))),
            None => Ok(()),
        }
    }

    /// Writes a member that is always the same.
    ///
    /// # Errors
    /// The serializer's.
    pub fn put_constant(
        &mut self,
        name: &'static str,
        value: &impl serde::Serialize,
    ) -> Result<(), S::Error> {
        self.map.serialize_entry(&self.key(name), value)
    }

    fn key(&self, name: &'static str) -> Name {
        let is_about =
            |fact: &&&str| fact.trim_start_matches(['@', '#']).split('/').next() == Some(name);
        Name { name, xml: self.xml.iter().find(is_about).copied() }
    }

    /// Writes the members that are not declared.
    ///
    /// # Errors
    /// The serializer's.
    pub fn put_undeclared(&mut self, undeclared: &Undeclared) -> Result<(), S::Error> {
        undeclared.iter().try_for_each(|(name, value)| self.map.serialize_entry(name, value))
    }
}

/// A member to be written.
pub struct Member<'a, K, F> {
    value: &'a F,
    kind: PhantomData<K>,
}

impl<'a, K, F> Member<'a, K, F> {
    /// The value of a member.
    pub fn new(value: &'a F) -> Self {
        Self { value, kind: PhantomData }
    }
}

/// The name of a member, and what XML has to know of it.
pub struct Name {
    name: &'static str,
    xml: Option<&'static str>,
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.xml {
            None => serializer.serialize_str(self.name),
            Some(fact) => serializer.serialize_unit_variant(fact, 0, self.name),
        }
    }
}

/// A [`Member`] of whatever type.
pub trait Put<S: SerializeMap> {
    /// Writes the member, unless it is left out; whether it counts as there.
    ///
    /// # Errors
    /// The serializer's.
    fn put(&self, name: Name, map: &mut S) -> Result<bool, S::Error>;
}

impl<S: SerializeMap, K: Kind<F>, F> Put<S> for Member<'_, K, F> {
    fn put(&self, name: Name, map: &mut S) -> Result<bool, S::Error> {
        if K::left_out(self.value) {
            return Ok(false);
        }
        map.serialize_entry(&name, &By::<K::Codec, F>(self.value, PhantomData))?;
        Ok(K::counts(self.value))
    }
}
