//! Which findings follow from others: each mistake is told once.
//!
//! A name may be unknown because its definition cannot be read. And whether things fit together is a
//! question about things that are right by themselves: a finding about that is left out as long as one
//! of the items it is about has a mistake of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::lost::{Lost, Names, Place, is_aside};
use super::{Code, Diagnostic, Role, codes};
use crate::source::{SourceMap, Span};

/// Drops what follows from something else. The first `read` findings are those of reading the files,
/// which follow from nothing.
pub(super) fn drop_follow_ons(
    lost: &Lost,
    found: Vec<Diagnostic>,
    read: usize,
    map: &SourceMap,
) -> Vec<Diagnostic> {
    let causes = Causes::new(lost, &found, read, map);
    let cut = ends_of_cut_lists(&found[..read.min(found.len())], map);
    let found = found.into_iter().enumerate();
    let mut left: Vec<_> =
        found.filter(|(at, one)| *at < read || !causes.lead_to(one)).map(|(_, one)| one).collect();
    for one in &mut left {
        // It would write anew a list whose other part stays behind.
        one.patch.take_if(|patch| cut.contains(&(patch.span.file, patch.span.end)));
    }
    left
}

/// Where lists end that go on with a line which is no item.
fn ends_of_cut_lists(found: &[Diagnostic], map: &SourceMap) -> BTreeSet<Place> {
    let lines = found.iter().filter(|one| *one.code == codes::LIST_PLACE).map(|one| one.span);
    lines
        .map(|line| {
            let before = &map.text(line.file)[..line.start as usize];
            let end = before.trim_end().len();
            (line.file, u32::try_from(end).unwrap_or(line.start))
        })
        .collect()
}

/// Whether nobody knows what the value would say that could not be read: all of a long form, or a type.
fn hides_form(found: &Diagnostic) -> bool {
    found.code.is(Role::Unread) || *found.code == codes::UNKNOWN_TYPE && found.patch.is_none()
}

/// Whether it is about a misspelt key on which nothing leans.
fn is_beside(found: &Diagnostic) -> bool {
    let meant = found.patch.as_ref().map(|patch| patch.text.as_str());
    *found.code == codes::UNKNOWN_KEY && meant.is_some_and(|key| is_aside(key) || key == "examples")
}

/// What findings may follow from.
struct Causes<'l> {
    lost: &'l Lost,
    map: &'l SourceMap,
    names: Names<'l>,
    unread: BTreeSet<Place>,
    /// By item, inside of which of its keys something could not be read, if that was inside of one.
    inside: BTreeMap<Place, BTreeSet<Option<Place>>>,
    wrong: BTreeSet<Place>,
    /// The methods of which a parameter is wrong.
    parameters: BTreeSet<Place>,
    reshaped: BTreeSet<Place>,
    /// Where the long form of something is that could not be read.
    forms: BTreeSet<Place>,
    /// The items whose members an item has.
    bases: BTreeMap<Place, BTreeSet<Place>>,
}

impl<'l> Causes<'l> {
    fn new(lost: &'l Lost, found: &[Diagnostic], read: usize, map: &'l SourceMap) -> Self {
        let parts = |found: &[Diagnostic], role| -> BTreeSet<Place> {
            let found = found.iter().filter(|one| one.code.is(role) && !is_beside(one));
            found.filter_map(|one| part(lost, one.span)).collect()
        };
        let mut bases: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (place, model) in &lost.bases {
            if let (Some(own), Some(base)) = (lost.item_of(*place), lost.item_of(*model)) {
                bases.entry(own).or_default().insert(base);
            }
        }
        let wrong = found.iter().filter(|one| one.code.is(Role::Wrong));
        let forms = found.iter().filter(|one| hides_form(one));
        let unread = found[..read.min(found.len())].iter().filter(|one| one.code.is(Role::Unread));
        let mut inside: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (item, key) in unread.filter_map(|one| within(lost, one)) {
            inside.entry(item).or_default().insert(key);
        }
        Self {
            lost,
            map,
            names: lost.names(),
            inside,
            unread: parts(&found[..read.min(found.len())], Role::Unread),
            wrong: wrong.clone().filter_map(|one| judged(lost, one.span)).collect(),
            parameters: wrong
                .filter(|one| lost.parameters_of(one.span).is_some())
                .filter_map(|one| lost.item_of(one.span))
                .collect(),
            reshaped: parts(found, Role::Reshaped),
            forms: forms.map(|one| (one.span.file, one.span.start)).collect(),
            bases,
        }
    }

    /// Whether a finding follows from one of them.
    fn lead_to(&self, found: &Diagnostic) -> bool {
        let is = |role| found.code.is(role);
        let shown = || std::iter::once(found.span).chain(found.related.iter().map(|(at, _)| *at));
        if is(Role::Named) && shown().any(|place| self.lost.is_named_in(place, &self.forms)) {
            return true;
        }
        let about = self.about(shown().chain(found.rests_on.iter().copied()));
        // What says so of its own item does not follow from itself.
        let own = part(self.lost, found.span);
        let is_own = |it: &Place| is(Role::Reshaped) && own == Some(*it);
        let on = |places: &BTreeSet<Place>| about.iter().any(|part| places.contains(part));
        if (is(Role::Fit) || is(Role::Beside)) && on(&self.unread)
            || self.is_beside_unread(found, &about)
            || is(Role::Shape) && about.iter().any(|it| self.reshaped.contains(it) && !is_own(it))
        {
            return true;
        }
        // What is shown in a file of its own belongs to the item that leads there.
        let leads = || self.lost.item_of(found.related.last()?.0);
        let own = self.lost.item_of(found.span).or_else(leads);
        // One that is wrong may be the one that an example seems to lack.
        if *found.code == codes::EXAMPLE_PARAMETER
            && own.is_some_and(|item| self.parameters.contains(&item))
        {
            return true;
        }
        let mut around = own.into_iter().chain(judged(self.lost, found.span));
        is(Role::Fit) && around.any(|it| self.wrong.contains(&it)) || self.is_unread(found)
    }

    /// Whether what a finding misses may stand in what could not be read of its item.
    fn is_beside_unread(&self, found: &Diagnostic, about: &[Place]) -> bool {
        let roles = found.code.roles.iter();
        let keys = roles.filter_map(|role| match role {
            Role::BesideIn(keys) => Some(*keys),
            _ => None,
        });
        let keys: Vec<&str> = keys.flatten().copied().collect();
        let is_one = |(file, start): Place| {
            let text = self.map.text(file).get(start as usize..).unwrap_or_default();
            let text = text.trim_start_matches(['"', '\'']);
            let ends =
                |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || "_-.".contains(c));
            keys.iter().any(|key| text.strip_prefix(key).is_some_and(ends))
        };
        let unread = about.iter().filter_map(|item| self.inside.get(item)).flatten();
        !keys.is_empty() && unread.into_iter().any(|key| key.is_none_or(is_one))
    }

    /// The parts and items in which places are, and those whose members these have.
    fn about(&self, places: impl Iterator<Item = Span>) -> Vec<Place> {
        let lost = self.lost;
        let mut about: Vec<Place> = places
            .flat_map(|place| [lost.aside_of(place), lost.item_of(place)])
            .flatten()
            .collect();
        if self.unread.is_empty() && self.reshaped.is_empty() {
            return about;
        }
        let mut at = 0;
        while let Some(item) = about.get(at) {
            let more: Vec<Place> = self.bases.get(item).into_iter().flatten().copied().collect();
            let more: Vec<Place> = more.into_iter().filter(|it| !about.contains(it)).collect();
            about.extend(more);
            at += 1;
        }
        about
    }

    /// Whether a finding is that something is unknown whose definition could not be read.
    fn is_unread(&self, found: &Diagnostic) -> bool {
        let Some(sections) = sections(found.code) else { return false };
        let text = self.map.text(found.span.file);
        let place = text.get(found.span.start as usize..found.span.end as usize);
        // What is near to something known was probably meant to be that, but a model is no scalar.
        let case = |text: &str| text.starts_with(char::is_uppercase);
        let near = found.patch.as_ref().map(|patch| case(&patch.text));
        let far = near.is_none_or(|near| Some(near) != place.map(case));
        if far && self.lost.is_all_of(sections) {
            return true;
        }
        let name = place.unwrap_or_default().trim_matches(['"', '\'', '{', '}']);
        let name = name.split(['<', '(', ' ']).next().unwrap_or_default();
        let file = name.find('.').map(|dot| &name[..=dot]);
        let mut parts = std::iter::once(name).chain(file).chain(name.split('.'));
        self.lost.places.contains(&(found.span.file, found.span.start))
            || parts.any(|part| self.names.have(part, sections))
    }
}

/// The keys of a file of which one may define what a finding says to be unknown.
fn sections(code: &Code) -> Option<&'static [&'static str]> {
    code.roles.iter().find_map(|role| match role {
        Role::Unknown(sections) => Some(*sections),
        _ => None,
    })
}

/// The item in which something could not be read, and the key in which it stands. A fault of YAML may hide other keys,
/// and one that is unknown may be any of them. Of what is missing it is known which key that is.
fn within(lost: &Lost, found: &Diagnostic) -> Option<(Place, Option<Place>)> {
    let item = lost.item_of(found.span)?;
    let place = (found.span.file, found.span.start);
    if *found.code == codes::MISSING_KEY && place == item {
        return None;
    }
    let part = lost.part_of(found.span).map(|part| (found.span.file, part));
    let inside = part.filter(|part| *part > item && *part != place);
    Some((item, inside.filter(|_| !found.code.id.starts_with("E01"))))
}

/// What a place is judged together with: the parameters that it is one of, or all of its item.
fn judged(lost: &Lost, place: Span) -> Option<Place> {
    lost.parameters_of(place).or_else(|| lost.item_of(place))
}

/// The part of an item in which a place is, or all of it.
fn part(lost: &Lost, place: Span) -> Option<Place> {
    lost.aside_of(place).or_else(|| lost.item_of(place))
}
