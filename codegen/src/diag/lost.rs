//! What could not be read: names that may be defined all the same, and items that may say something else.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{FileId, Span};

/// Where something begins.
pub(super) type Place = (FileId, u32);

/// Keys of models, groups and methods on which nothing else leans.
const ASIDES: [&str; 7] = ["doc", "deprecated", "from", "sdk", "class", "assumed", "allow"];

/// Whether nothing else leans on what a key of an item says.
pub(crate) fn is_aside(key: &str) -> bool {
    ASIDES.contains(&key)
}

/// What a part of an item means for the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The rest leans on it.
    Whole,
    /// Parameters of a method, of which each is judged by itself.
    Parameters,
    /// Nothing leans on it, such as an example.
    Aside,
}

/// What could not be read, and where the items of the files are: a model, a method.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lost {
    /// Names of which the definition could not be read, and where it stands as far as that is known.
    names: Vec<(String, Option<Place>)>,
    /// Names of which only the beginning may be there, with where they stand.
    torn: Vec<(String, Place)>,
    /// Keys of a file of which nobody knows what they define.
    all: BTreeSet<String>,
    /// Where the keys of the files stand.
    sections: BTreeMap<Place, String>,
    /// Where names stand that may be meant as keys.
    pub(super) places: BTreeSet<Place>,
    items: BTreeMap<Place, String>,
    /// Where the parts of items begin.
    parts: BTreeMap<Place, Part>,
    /// Where what has a name of its own begins and ends, such as a member: its long form may hold the name.
    named: BTreeMap<Place, u32>,
    /// What has the members of something else, from where it says so to where the other begins.
    pub(super) bases: Vec<(Span, Span)>,
}

/// The names whose definitions could not be read, with the key of the file below which they stand.
#[derive(Debug, Default)]
pub(super) struct Names<'l> {
    whole: BTreeSet<(&'l str, Option<&'l str>)>,
    torn: Vec<(&'l str, Option<&'l str>)>,
}

impl Names<'_> {
    /// Whether one of these keys of a file may define the name.
    pub(super) fn have(&self, name: &str, sections: &[&str]) -> bool {
        let mut kinds = sections.iter().copied().map(Some).chain([None]);
        kinds.any(|section| self.whole.contains(&(name, section)))
            || self.torn.iter().any(|(begin, section)| {
                name.starts_with(begin) && section.is_some_and(|it| sections.contains(&it))
            })
    }
}

/// Where that stands which methods share, readable or not.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    all: Vec<Span>,
    groups: BTreeMap<String, Vec<Span>>,
}

impl Shared {
    /// What the methods of a group share.
    pub(crate) fn with(&self, group: &str) -> Vec<Span> {
        let own = self.groups.get(group).into_iter().flatten();
        self.all.iter().chain(own).copied().collect()
    }
}

impl Lost {
    /// Takes note of a name whose definition could not be read, and where it stands if that is known.
    pub(crate) fn name(&mut self, name: &str, place: Option<Span>) {
        // A method is known by its name in its group too.
        for part in [name, name.rsplit('.').next().unwrap_or_default()] {
            if !part.is_empty() {
                self.names.push((part.to_owned(), place.map(start)));
            }
        }
    }

    /// Takes note of what may be the beginning of a name, as long as it is typed.
    pub(crate) fn torn(&mut self, begin: &str, place: Span) {
        self.torn.push((begin.to_owned(), start(place)));
    }

    /// Takes note of the name of a used file that could not be read, with what it defines.
    pub(crate) fn file(&mut self, name: &str) {
        self.names.push((format!("{name}."), None));
    }

    /// Takes note that nobody knows what a key of the file defines, or one that methods inherit.
    pub(crate) fn all_of(&mut self, section: &str) {
        self.all.insert(section.to_owned());
    }

    /// Takes note of a key of a file.
    pub(crate) fn section(&mut self, key: &str, place: Span) {
        self.sections.insert(start(place), key.to_owned());
        self.items.insert(start(place), String::new());
    }

    /// Takes note of a place where something stands that may be meant otherwise.
    pub(crate) fn place(&mut self, place: Span) {
        self.places.insert(start(place));
    }

    /// Takes note of an item by its name.
    pub(crate) fn item(&mut self, name: &str, place: Span) {
        self.items.insert(start(place), name.to_owned());
    }

    /// Takes note of where a part of an item begins.
    pub(crate) fn begin(&mut self, place: Span, part: Part) {
        self.parts.insert(start(place), part);
    }

    /// Takes note of something with a name of its own, from its key to its end.
    pub(crate) fn named(&mut self, whole: Span) {
        self.named.insert(start(whole), whole.end);
    }

    /// Takes note that at a place something is given the members of a model.
    pub(crate) fn base(&mut self, place: Span, model: Span) {
        self.bases.push((place, model));
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.names.extend(other.names);
        self.torn.extend(other.torn);
        self.sections.extend(other.sections);
        self.all.extend(other.all);
        self.places.extend(other.places);
        self.items.extend(other.items);
        self.parts.extend(other.parts);
        self.named.extend(other.named);
        self.bases.extend(other.bases);
    }

    /// The names, each with the key of the file below which it stands. Inside of an item it defines nothing that
    /// others name, but for parameters of the client.
    pub(super) fn names(&self) -> Names<'_> {
        let placed = |name, place: &Place| {
            let section = last(&self.sections, *place).map(|(_, key)| key.as_str());
            let defines = self.items.contains_key(place) || section == Some("parameters");
            defines.then_some((name, section))
        };
        let whole = self.names.iter().filter_map(|(name, place)| match place {
            Some(place) => placed(name.as_str(), place),
            None => Some((name.as_str(), None)),
        });
        let torn = self.torn.iter().filter_map(|(begin, place)| placed(begin.as_str(), place));
        Names { whole: whole.collect(), torn: torn.collect() }
    }

    /// What methods share: `defaults`, and their groups.
    pub(crate) fn shared(&self) -> Shared {
        // What else `defaults` has is no part of an answer.
        const BESIDE: [&str; 7] =
            ["auth", "headers", "retry", "idempotency", "timeout", "wire", "allow"];
        let mut shared = Shared::default();
        for (place, name) in &self.items {
            let section = last(&self.sections, *place).map(|(_, key)| key.as_str());
            let span = Span::new(place.0, place.1, place.1);
            match section {
                Some("defaults") if !BESIDE.contains(&name.as_str()) => shared.all.push(span),
                Some("groups") if name.is_empty() => shared.all.push(span),
                Some("groups") => shared.groups.entry(name.clone()).or_default().push(span),
                _ => {}
            }
        }
        shared
    }

    /// Whether nobody knows what one of these keys of a file defines.
    pub(super) fn is_all_of(&self, sections: &[&str]) -> bool {
        sections.iter().any(|section| self.all.contains(*section))
    }

    /// Whether a file has this key.
    pub(crate) fn has_section(&self, key: &str) -> bool {
        self.sections.values().any(|known| known == key)
    }

    /// The key of the file below which a place is.
    pub(crate) fn section_of(&self, place: Span) -> Option<&str> {
        last(&self.sections, start(place)).map(|(_, key)| key.as_str())
    }

    /// Whether a place is in a part of an item on which nothing else leans.
    pub(crate) fn is_aside(&self, place: Span) -> bool {
        self.aside_of(place).is_some()
    }

    /// The item in which a place is.
    pub(super) fn item_of(&self, place: Span) -> Option<Place> {
        last(&self.items, start(place)).map(|(item, _)| *item)
    }

    /// Where the part of an item begins in which a place is.
    pub(crate) fn part_of(&self, place: Span) -> Option<u32> {
        self.part(place).map(|(part, _)| part.1)
    }

    /// The part of an item in which a place is, if nothing else leans on it.
    pub(super) fn aside_of(&self, place: Span) -> Option<Place> {
        self.part(place).filter(|(_, part)| *part == Part::Aside).map(|(place, _)| place)
    }

    /// The parameters of a method in which a place is.
    pub(super) fn parameters_of(&self, place: Span) -> Option<Place> {
        self.part(place).filter(|(_, part)| *part == Part::Parameters).map(|(place, _)| place)
    }

    fn part(&self, place: Span) -> Option<(Place, Part)> {
        let (&at, &part) = last(&self.parts, start(place))?;
        let item = self.item_of(place)?;
        (item <= at).then_some((at, part))
    }

    /// Whether what has its name from a place has a mistake, so that the name may be another.
    pub(super) fn is_named_in(&self, place: Span, faults: &BTreeSet<Place>) -> bool {
        let before = last(&self.named, start(place));
        before.is_some_and(|(&(file, start), &end)| {
            place.start <= end && faults.range((file, start)..=(file, end)).next().is_some()
        })
    }
}

fn start(span: Span) -> Place {
    (span.file, span.start)
}

/// The last entry of a file that is not behind a place.
fn last<T>(map: &BTreeMap<Place, T>, place: Place) -> Option<(&Place, &T)> {
    map.range(..=place).next_back().filter(|((file, _), _)| *file == place.0)
}
