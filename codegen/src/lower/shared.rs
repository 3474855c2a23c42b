//! What the methods of a specification share, by name: it is looked up for each of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::members::Flat;
use crate::ast::{self, Member, Specification};
use crate::ir::Place;
use crate::names::{self, Taken};
use crate::source::Span;

#[derive(Default)]
pub(super) struct Shared<'s> {
    /// What the client sends with each call.
    of_client: BTreeMap<(Place, String), &'s Member>,
    /// The types of placeholders, for all routes.
    path: BTreeMap<&'s str, &'s Member>,
    /// The first place of each placeholder in the routes of methods that declare no path of their own.
    first: BTreeMap<&'s str, Span>,
    /// The names that all calls have: of formats, and of what a call sets in place of the client.
    pub(super) calls: Rc<Taken>,
}

impl<'s> Shared<'s> {
    pub(super) fn of(specification: &'s Specification) -> Self {
        let mut this = Self::default();
        for (place, member) in of_client(&specification.parameters) {
            this.of_client.entry((place, key(place, &member.wire.value))).or_insert(member);
        }
        for member in &specification.path {
            this.path.entry(&member.wire.value).or_insert(member);
        }
        let bare = specification.methods.iter().filter(|method| method.path.is_empty());
        let routes = bare.filter_map(|method| method.route.as_ref());
        for placeholder in routes.flat_map(|route| &route.placeholders) {
            this.first.entry(&placeholder.value).or_insert(placeholder.span);
        }
        let formats = specification.formats.iter();
        let formats = formats.filter_map(|format| names::snake(&format.name.value));
        let mut calls: Taken = formats.map(|name| (format!("as_{name}"), None)).collect();
        calls.extend(of_client(&specification.parameters).filter_map(|(_, member)| setter(member)));
        this.calls = Rc::new(calls);
        this
    }

    /// The parameter of the client that has this name.
    pub(super) fn of_client(&self, place: Place, wire: &str) -> Option<&'s Member> {
        self.of_client.get(&(place, key(place, wire))).copied()
    }

    /// What all methods know of a placeholder.
    pub(super) fn in_path(&self, placeholder: &str) -> Option<Flat<'s>> {
        let member = *self.path.get(placeholder)?;
        Some(Flat { member, optional: member.optional, from: None, scope: None })
    }

    pub(super) fn first_place(&self, placeholder: &str) -> Option<Span> {
        self.first.get(placeholder).copied()
    }
}

/// The entries of `parameters`, each with its place.
pub(super) fn of_client(
    parameters: &ast::ClientParameters,
) -> impl Iterator<Item = (Place, &Member)> {
    let places = [
        (Place::Path, &parameters.path),
        (Place::Query, &parameters.query),
        (Place::Header, &parameters.headers),
        (Place::Cookie, &parameters.cookies),
    ];
    places.into_iter().flat_map(|(place, members)| members.iter().map(move |one| (place, one)))
}

/// What is the same for two names that mean the same at a place.
pub(super) fn key(place: Place, wire: &str) -> String {
    if place == Place::Header { wire.to_ascii_lowercase() } else { wire.to_owned() }
}

/// The method of calls that sets a parameter of the client.
fn setter(member: &Member) -> Option<(String, Option<Span>)> {
    let name = member.name.as_ref().unwrap_or(&member.wire);
    let snake = names::snake(&name.value)?;
    member.constant.is_none().then(|| (format!("with_{snake}"), Some(name.span)))
}
