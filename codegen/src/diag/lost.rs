//! What could not be read, and which findings say nothing then: each mistake is told once.
//!
//! A name may be unknown because its definition cannot be read. And whether things fit together is a
//! question about things that are right by themselves: a finding about that is left out as long as one
//! of the items it is about has a mistake of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Code, Diagnostic, codes};
use crate::source::{FileId, SourceMap, Span};

/// Where an item begins.
type Item = (FileId, u32);

/// What could not be read, and where the items of the files begin: a model, a method.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lost {
    names: BTreeSet<String>,
    /// What the findings would be of names that nobody could read.
    kinds: Vec<&'static Code>,
    /// Where names stand that may be meant as keys.
    places: BTreeSet<Item>,
    items: BTreeSet<Item>,
    /// Those of them that are models, or all of the models.
    models: BTreeSet<Item>,
    /// Where what has a name of its own begins and ends, such as a member: its long form may hold the name.
    named: BTreeMap<Item, u32>,
    /// What has the members of something else, from where it says so to where the other begins.
    bases: Vec<(Span, Span)>,
}

/// Findings that something is unknown.
const UNKNOWN: [&Code; 16] = [
    &codes::BAD_USE,
    &codes::EXAMPLE_MEMBER,
    &codes::BAD_LINK,
    &codes::UNKNOWN_TYPE,
    &codes::UNKNOWN_AUTH,
    &codes::UNKNOWN_SERVER,
    &codes::UNKNOWN_PAGER,
    &codes::UNKNOWN_SOURCE,
    &codes::UNKNOWN_MEMBER,
    &codes::PLACEHOLDER,
    &codes::SERVER_VARIABLE,
    &codes::NO_SUCH_MEMBER,
    &codes::TRANSACTION_METHOD,
    &codes::TRANSACTION_PARAMETER,
    &codes::TRANSACTION_ANSWER,
    &codes::EXAMPLE_PARAMETER,
];

/// Findings that something is missing beside what was read.
const MISSING: [&Code; 15] = [
    &codes::DUPLICATE_ROUTE,
    &codes::NAME_COLLISION,
    &codes::MISSING_KEY,
    &codes::PLACEHOLDER,
    &codes::BAD_BODY,
    &codes::USELESS_KEY,
    &codes::RETRIED_SUCCESS,
    &codes::SERVER_VARIABLE,
    &codes::TOKEN_AUTH,
    &codes::UNNAMED_EVENT,
    &codes::UNPROVEN,
    &codes::SIGNED_TEXT,
    &codes::SEVERAL_EVENTS,
    &codes::ONE_ALTERNATIVE,
    &codes::TIMEOUT_ORDER,
];

/// Findings that types and values do not fit together.
const RELATIONS: [&Code; 28] = [
    &codes::BAD_PAGER,
    &codes::PAGER_PARAMETER,
    &codes::TRANSACTION_METHOD,
    &codes::TRANSACTION_ANSWER,
    &codes::TRANSACTION_PARAMETER,
    &codes::TRANSACTION_TYPE,
    &codes::SEVERAL_ANSWERS,
    &codes::SUCCESS_AND_ERROR,
    &codes::PAGES_WITHOUT_LIST,
    &codes::NO_SUCH_MEMBER,
    &codes::STREAM,
    &codes::XML_MEMBER,
    &codes::XML_PLACE,
    &codes::SAME_MEDIA,
    &codes::EXAMPLE_ALTERNATIVE,
    &codes::EXAMPLE_SIGNATURE,
    &codes::EXAMPLE_MISMATCH,
    &codes::EXAMPLE_MEMBER,
    &codes::EXAMPLE_MISSING,
    &codes::EXAMPLE_STATUS,
    &codes::EXAMPLE_PARAMETER,
    &codes::EXAMPLE_FILE,
    &codes::UNKNOWN_MEMBER,
    &codes::UNION_VARIANT,
    &codes::BAD_DEFAULT,
    &codes::BAD_CONSTANT,
    &codes::BAD_GENERIC,
    &codes::BAD_AMONG,
];

/// Findings about what members lead to, through any number of models.
const WAYS: [&Code; 5] = [
    &codes::PAGES_WITHOUT_LIST,
    &codes::NO_SUCH_MEMBER,
    &codes::TRANSACTION_ANSWER,
    &codes::TRANSACTION_PARAMETER,
    &codes::TRANSACTION_TYPE,
];

/// Findings that an example is another than what it was judged by.
const OF_VALUES: [&Code; 3] =
    [&codes::EXAMPLE_MISMATCH, &codes::EXAMPLE_MEMBER, &codes::EXAMPLE_MISSING];

/// Findings about names that are made of others.
const NAMES: [&Code; 2] = [&codes::NO_NAME, &codes::NAME_COLLISION];

/// Whether nobody knows what the value would say that could not be read: all of a long form, or a type.
fn hides_form(found: &Diagnostic) -> bool {
    is_unreadable(found.code) || *found.code == codes::UNKNOWN_TYPE && found.patch.is_none()
}

/// Findings that a part of an item could not be read.
fn is_unreadable(code: &Code) -> bool {
    let known = [
        &codes::UNKNOWN_KEY,
        &codes::MISSING_KEY,
        &codes::WRONG_KIND,
        &codes::EMPTY_VALUE,
        &codes::AMBIGUOUS_ITEM,
        &codes::ROUTE_SYNTAX,
        &codes::STATUS_SYNTAX,
        &codes::UNKNOWN_SCHEME,
        &codes::AUTH_WORD,
    ];
    code.id.starts_with("E01") || known.contains(&code)
}

/// Findings about something by itself, to which other things do not fit then: a type, the text that is signed.
fn is_wrong(code: &Code) -> bool {
    let known = [
        &codes::SIGNED_TEXT,
        &codes::BAD_VERIFY,
        &codes::TYPE_SYNTAX,
        &codes::UNKNOWN_TYPE,
        &codes::TYPE_ARGUMENTS,
        &codes::UNKNOWN_FLAG,
        &codes::UNKNOWN_FORMAT,
        &codes::UNNAMED_EVENT,
    ];
    known.contains(&code)
}

/// Adds the items whose members these have.
fn with_bases(items: &mut Vec<Item>, bases: &BTreeMap<Item, BTreeSet<Item>>) {
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let more: Vec<Item> = bases.get(item).into_iter().flatten().copied().collect();
        let more: Vec<Item> = more.into_iter().filter(|base| !items.contains(base)).collect();
        items.extend(more);
        at += 1;
    }
}

impl Lost {
    /// Takes note of a name whose definition could not be read.
    pub(crate) fn name(&mut self, name: &str) {
        // A method is known by its name in its group too.
        for part in [name, name.rsplit('.').next().unwrap_or_default()] {
            if !part.is_empty() {
                self.names.insert(part.to_owned());
            }
        }
    }

    /// Takes note of the name of a used file that could not be read, with what it defines.
    pub(crate) fn file(&mut self, name: &str) {
        self.names.insert(format!("{name}."));
    }

    /// Takes note that whatever would be found to be unknown may be defined.
    pub(crate) fn all(&mut self, kinds: &[&'static Code]) {
        self.kinds.extend(kinds);
    }

    /// Takes note of a place where something stands that may be meant otherwise.
    pub(crate) fn place(&mut self, place: Span) {
        self.places.insert((place.file, place.start));
    }

    /// Takes note of where an item begins.
    pub(crate) fn item(&mut self, start: Span) {
        self.items.insert((start.file, start.start));
    }

    /// Takes note of an item that is a model.
    pub(crate) fn model(&mut self, start: Span) {
        self.models.insert((start.file, start.start));
    }

    /// Takes note of something with a name of its own, from its key to its end.
    pub(crate) fn named(&mut self, whole: Span) {
        self.named.insert((whole.file, whole.start), whole.end);
    }

    /// Takes note that at a place something is given the members of a model.
    pub(crate) fn base(&mut self, place: Span, model: Span) {
        self.bases.push((place, model));
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.names.extend(other.names);
        self.kinds.extend(other.kinds);
        self.places.extend(other.places);
        self.items.extend(other.items);
        self.models.extend(other.models);
        self.named.extend(other.named);
        self.bases.extend(other.bases);
    }

    /// Drops what follows from something else. The first `read` findings are those of reading the files,
    /// which follow from nothing.
    pub(super) fn drop_follow_ons(
        &self,
        found: Vec<Diagnostic>,
        read: usize,
        map: &SourceMap,
    ) -> Vec<Diagnostic> {
        let items = |is: &dyn Fn(usize, &Code) -> bool| -> BTreeSet<_> {
            let found = found.iter().enumerate().filter(|(at, one)| is(*at, one.code));
            found.filter_map(|(_, one)| self.item_of(one.span)).collect()
        };
        let unreadable = items(&|at, code| at < read && is_unreadable(code));
        let wrong = items(&|_, code| is_wrong(code));
        let is_shaky = self.models.iter().any(|it| unreadable.contains(it) || wrong.contains(it));
        // A member that does not exist changes what a model has, and when an answer is an error.
        let reshaped = items(&|_, code| *code == codes::UNKNOWN_MEMBER);
        let faults: BTreeSet<_> = found
            .iter()
            .filter(|one| hides_form(one))
            .map(|one| (one.span.file, one.span.start))
            .collect();
        let has_faults = !unreadable.is_empty() || !reshaped.is_empty();
        let mut bases: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (place, model) in &self.bases {
            if let (Some(own), Some(base)) = (self.item_of(*place), self.item_of(*model)) {
                bases.entry(own).or_default().insert(base);
            }
        }
        let keep = |at: usize, one: &Diagnostic| {
            let shown = std::iter::once(&one.span).chain(one.related.iter().map(|(at, _)| at));
            let unnamed = NAMES.contains(&one.code)
                && shown.clone().any(|place| self.is_named_in(*place, &faults));
            let mut about: Vec<_> =
                shown.chain(&one.rests_on).filter_map(|place| self.item_of(*place)).collect();
            if has_faults {
                with_bases(&mut about, &bases);
            }
            let is_about = |items: &BTreeSet<_>| about.iter().any(|item| items.contains(item));
            let relation = RELATIONS.contains(&one.code);
            // What is shown in a file of its own belongs to the item that leads there.
            let leads = || self.item_of(one.related.last()?.0);
            let own = self.item_of(one.span).or_else(leads);
            let follows = (relation || MISSING.contains(&one.code)) && is_about(&unreadable)
                || relation && own.is_some_and(|item| wrong.contains(&item))
                || OF_VALUES.contains(&one.code) && is_about(&reshaped);
            // An exchange in a file of its own belongs to a method.
            let strays = relation && about.is_empty() && !unreadable.is_empty();
            let leads_on = is_shaky && WAYS.contains(&one.code);
            at < read || !(follows || strays || leads_on || unnamed || self.is_unread(one, map))
        };
        let found = found.into_iter().enumerate();
        found.filter(|(at, one)| keep(*at, one)).map(|(_, one)| one).collect()
    }

    /// Whether what has its name from a place has a mistake, so that the name may be another.
    fn is_named_in(&self, place: Span, faults: &BTreeSet<Item>) -> bool {
        let before = self.named.range(..=(place.file, place.start)).next_back();
        before.is_some_and(|(&(file, start), &end)| {
            file == place.file
                && place.start <= end
                && faults.range((file, start)..=(file, end)).next().is_some()
        })
    }

    /// The item in which a place is.
    fn item_of(&self, place: Span) -> Option<Item> {
        let last = self.items.range(..=(place.file, place.start)).next_back().copied();
        last.filter(|(file, _)| *file == place.file)
    }

    /// Whether a finding is that something is unknown whose definition could not be read.
    fn is_unread(&self, found: &Diagnostic, map: &SourceMap) -> bool {
        let text = map.text(found.span.file);
        let place = text.get(found.span.start as usize..found.span.end as usize);
        // What is near to something known was probably meant to be that, but a model is no scalar.
        let case = |text: &str| text.starts_with(char::is_uppercase);
        let near = found.patch.as_ref().map(|patch| case(&patch.text));
        if self.kinds.contains(&found.code) && near.is_none_or(|near| Some(near) != place.map(case))
        {
            return true;
        }
        let name = place.unwrap_or_default().trim_matches(['"', '\'', '{', '}']);
        let name = name.split(['<', '(', ' ']).next().unwrap_or_default();
        let file = name.find('.').map(|dot| &name[..=dot]);
        let mut parts = std::iter::once(name).chain(file).chain(name.split('.'));
        let place = (found.span.file, found.span.start);
        UNKNOWN.contains(&found.code)
            && (self.places.contains(&place) || parts.any(|part| self.names.contains(part)))
    }
}
