//! Ways to authenticate.

mod endpoints;
mod tokens;
mod unknown;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::provider::{BUILDER_METHODS, check_cookie_name, check_credential_header};
use crate::ast::{self, AuthEntry, AuthKind, AuthRef, KeyPlace, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Auth, Docs, Part, Scheme, SchemeKind, TokenClient};
use crate::names::{self, Kind, Scope};
use crate::parse::shown;
use crate::source::{Span, Spanned};

/// The entries of `auth:`, and what methods have asked for.
pub(super) struct Auths<'s> {
    entries: BTreeMap<&'s str, &'s AuthEntry>,
    names: Vec<&'s str>,
    schemes: Vec<Scheme>,
    /// Where each scheme is in `schemes`.
    places: BTreeMap<&'s str, usize>,
    /// Where the schemes are named.
    spans: Vec<Span>,
    auths: Vec<Auth>,
    /// Where the entries are in `auths` that methods have named.
    named: BTreeMap<String, usize>,
    /// The constants of `auths`.
    constants: BTreeSet<String>,
    /// What has been found out about entries.
    known: RefCell<BTreeMap<&'s str, Vec<Vec<usize>>>>,
}

/// Alternatives of one entry; a person writes three.
const MAX_SETS: usize = 64;

/// Entries that combine entries that combine entries.
const MAX_DEPTH: usize = 16;

impl<'s> Auths<'s> {
    pub(super) fn new(specification: &'s Specification, diagnostics: &mut Diagnostics) -> Self {
        let mut entries: BTreeMap<&str, &AuthEntry> = BTreeMap::new();
        let mut schemes = Vec::new();
        let mut places = BTreeMap::new();
        let mut spans = Vec::new();
        let mut scope = Scope::new(Kind::Value, "auth entry").reserve(&BUILDER_METHODS);
        let of_calls = specification.methods.iter().map(|method| &method.scopes);
        let of_calls = of_calls.chain(specification.groups.iter().map(|group| &group.scopes));
        let scoped = of_calls.flatten().next().is_some();
        for entry in &specification.auth {
            if let Some(first) = entries.insert(&entry.name.value, entry) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::DUPLICATE_ITEM,
                        entry.name.span,
                        format!("the auth entry `{}` is defined twice", entry.name.value),
                    )
                    .related(first.name.span, "first defined here"),
                );
                continue;
            }
            let Some(kind) = kind(entry, scoped, diagnostics) else { continue };
            spans.push(entry.name.span);
            let short = entry.name.as_ref().map(|name| names::short(name).to_owned());
            let ident = scope.declare(&short, None, diagnostics);
            for suffix in kind.further_setters() {
                let name = format!("{}_{suffix}", short.value);
                scope.declare(&Spanned::new(name, entry.name.span), None, diagnostics);
            }
            places.insert(entry.name.value.as_str(), schemes.len());
            schemes.push(Scheme {
                name: entry.name.value.clone(),
                ident,
                docs: Docs {
                    text: entry.doc.as_ref().map(|doc| doc.value.clone()),
                    assumed: entry.assumed.as_ref().map(|assumed| assumed.value.clone()),
                    ..Docs::default()
                },
                kind,
            });
        }
        let mut this = Self {
            names: entries.keys().copied().collect(),
            entries,
            schemes,
            places,
            spans,
            auths: Vec::new(),
            named: BTreeMap::new(),
            constants: BTreeSet::new(),
            known: RefCell::default(),
        };
        this.token_clients(diagnostics);
        let this = this;
        for entry in &specification.auth {
            if let AuthKind::Any(_) | AuthKind::All(_) = &entry.kind {
                let sets = this.alternatives(&entry.name, &mut Vec::new(), diagnostics);
                if let AuthKind::All(_) = &entry.kind {
                    this.check_sets(entry, &sets, diagnostics);
                }
            }
        }
        // Whether or not a method inherits them.
        let groups = specification.groups.iter().filter_map(|group| group.auth.as_ref());
        for auth in specification.defaults.auth.iter().chain(groups) {
            if let AuthRef::Entry(name) = auth {
                this.alternatives(name, &mut Vec::new(), diagnostics);
            }
        }
        this
    }

    /// The builder's methods that are about credentials.
    pub(super) fn idents(&self) -> impl Iterator<Item = (String, Span)> {
        self.schemes.iter().zip(&self.spans).flat_map(|(scheme, span)| {
            let plain = scheme.stem().to_owned();
            let suffixes = scheme.kind.further_setters().iter();
            let further = suffixes.map(move |suffix| format!("{plain}_{suffix}"));
            std::iter::once(scheme.ident.clone()).chain(further).map(|name| (name, *span))
        })
    }

    /// The client's methods that are about users who agree.
    pub(super) fn client_idents(&self) -> impl Iterator<Item = (String, Span)> {
        self.schemes.iter().zip(&self.spans).flat_map(|(scheme, span)| {
            let asks = matches!(&scheme.kind, SchemeKind::OAuth2(it) if it.authorize_url.is_some());
            let plain = scheme.stem();
            let names =
                [format!("authorize_{plain}"), format!("{plain}_token"), format!("with_{plain}")];
            names.into_iter().filter(move |_| asks).map(|name| (name, *span))
        })
    }

    /// The index of what `auth` names, or `None` for none.
    pub(super) fn resolve(
        &mut self,
        auth: &AuthRef,
        diagnostics: &mut Diagnostics,
    ) -> Option<usize> {
        let AuthRef::Entry(name) = auth else { return None };
        // A reference that every method inherits is reported once, where it stands.
        let alternatives = self.alternatives(name, &mut Vec::new(), diagnostics);
        if let Some(&index) = self.named.get(&name.value) {
            return Some(index);
        }
        let scopes = self.entries.get(name.value.as_str()).map_or(&[][..], |entry| &entry.scopes);
        let scopes = scopes.iter().map(|scope| scope.value.clone()).collect();
        // Nobody but generated code sees it, so that one of two may give way.
        let plain = names::own_constant(names::short(&name.value), "AUTH");
        let others = (2..).map(|number| format!("{plain}_{number}"));
        let mut constants = std::iter::once(plain.clone()).chain(others);
        let constant = constants.find(|name| !self.constants.contains(name)).unwrap_or(plain);
        self.constants.insert(constant.clone());
        self.named.insert(name.value.clone(), self.auths.len());
        self.auths.push(Auth { entry: name.value.clone(), constant, alternatives, scopes });
        Some(self.auths.len() - 1)
    }

    /// Calls with what this names need these scopes, so that tokens for them are asked for with these.
    pub(super) fn need(&mut self, auth: usize, scopes: &[String]) {
        for &scheme in
            self.auths.get(auth).iter().flat_map(|auth| auth.alternatives.iter().flatten())
        {
            let Some(SchemeKind::OAuth2(oauth)) =
                self.schemes.get_mut(scheme).map(|scheme| &mut scheme.kind)
            else {
                continue;
            };
            for scope in scopes {
                if !oauth.scopes.contains(scope) {
                    oauth.scopes.push(scope.clone());
                }
            }
        }
    }

    /// Refuses sets of which one credential would replace another.
    fn check_sets(&self, entry: &AuthEntry, sets: &[Vec<usize>], diagnostics: &mut Diagnostics) {
        let clash = sets.iter().find_map(|set| {
            let mut seen = BTreeMap::new();
            set.iter().find_map(|&second| {
                let first = *seen.entry(self.schemes[second].kind.place()).or_insert(second);
                (first != second).then_some((first, second))
            })
        });
        let Some((first, second)) = clash else { return };
        let (one, other) = (&self.schemes[first], &self.schemes[second]);
        diagnostics.push(
            Diagnostic::error(
                &codes::AUTH_CONFLICT,
                entry.name.span,
                format!(
                    "`{}` and `{}` cannot be sent together",
                    shown(&one.name),
                    shown(&other.name)
                ),
            )
            .related(self.spans[first], "travels in the same place")
            .related(self.spans[second], "as this one")
            .help("use `any` where one of them is enough"),
        );
    }

    pub(super) fn finish(mut self) -> (Vec<Scheme>, Vec<Auth>) {
        for scheme in &mut self.schemes {
            scheme.name = names::short(&scheme.name).to_owned();
        }
        (self.schemes, self.auths)
    }

    /// The sets of schemes that `name` stands for; `open` are the entries that led here.
    fn alternatives<'a>(
        &'a self,
        name: &Text,
        open: &mut Vec<&'a AuthEntry>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Vec<usize>> {
        let Some(entry) = self.entries.get(name.value.as_str()) else {
            let found = self.unknown(name, diagnostics);
            diagnostics.push(found);
            return Vec::new();
        };
        if let Some(known) = self.known.borrow().get(name.value.as_str()) {
            return known.clone();
        }
        if let Some(start) = open.iter().position(|known| known.name == entry.name) {
            diagnostics.push(cycle(&open[start..]));
            return Vec::new();
        }
        if open.len() > MAX_DEPTH {
            diagnostics.push(too_many(entry));
            return Vec::new();
        }
        open.push(entry);
        let mut found: Vec<Vec<usize>> = match &entry.kind {
            AuthKind::Any(names) => {
                names.iter().flat_map(|name| self.alternatives(name, open, diagnostics)).collect()
            }
            AuthKind::All(names) => names.iter().fold(vec![Vec::new()], |sets, name| {
                let more = self.alternatives(name, open, diagnostics);
                let both =
                    sets.iter().flat_map(|set| more.iter().map(move |other| union(set, other)));
                both.take(MAX_SETS + 1).collect()
            }),
            _ => {
                let index = self.places.get(&*entry.name.value);
                index.map(|index| vec![vec![*index]]).unwrap_or_default()
            }
        };
        open.pop();
        if found.len() > MAX_SETS {
            diagnostics.push(too_many(entry));
            found.truncate(1);
        }
        self.known.borrow_mut().insert(&entry.name.value, found.clone());
        found
    }
}

/// The schemes of both, each once.
fn union(set: &[usize], other: &[usize]) -> Vec<usize> {
    let more = other.iter().filter(|index| !set.contains(index));
    set.iter().chain(more).copied().collect()
}

fn too_many(entry: &AuthEntry) -> Diagnostic {
    Diagnostic::error(
        &codes::AUTH_TOO_MANY,
        entry.name.span,
        format!("the auth entry `{}` has too many combinations", shown(&entry.name.value)),
    )
    .help(format!("at most {MAX_SETS}, and entries in entries at most {MAX_DEPTH} deep"))
}

/// What the builder asks for and what is sent; `None` for what combines others. `scoped` where groups or methods
/// have scopes.
fn kind(entry: &AuthEntry, scoped: bool, diagnostics: &mut Diagnostics) -> Option<SchemeKind> {
    let mut scope = Scope::new(Kind::Value, "argument").reserve(&["self"]);
    let mut argument =
        |name: &Text, diagnostics: &mut Diagnostics| scope.declare(name, None, diagnostics);
    Some(match &entry.kind {
        AuthKind::Basic { username: ast::Part::Fixed(_), password: ast::Part::Fixed(_) } => {
            diagnostics.push(
                Diagnostic::error(
                    &codes::NOTHING_TO_GIVE,
                    entry.name.span,
                    format!("`{}` leaves nothing to the app", shown(&entry.name.value)),
                )
                .help("without quotes a text is the name of an argument of the builder"),
            );
            return None;
        }
        AuthKind::Basic { username, password } => {
            let mut part = |part: &ast::Part| match part {
                ast::Part::Argument(name) => Part::Argument(argument(name, diagnostics)),
                ast::Part::Fixed(text) => Part::Fixed(text.value.clone()),
            };
            SchemeKind::Basic { username: part(username), password: part(password) }
        }
        AuthKind::Bearer { token } => SchemeKind::Bearer { token: argument(token, diagnostics) },
        AuthKind::ApiKey { place, name, key, prefix } => {
            match place {
                KeyPlace::Header => check_credential_header(name, diagnostics),
                KeyPlace::Cookie => check_cookie_name(name, diagnostics),
                KeyPlace::Query => {}
            }
            let key = argument(key, diagnostics);
            let prefix = prefix.as_ref().map(|prefix| prefix.value.clone());
            SchemeKind::ApiKey { place: *place, name: name.value.clone(), key, prefix }
        }
        AuthKind::Jwt(jwt) => tokens::jwt(jwt, &mut scope, diagnostics),
        AuthKind::OAuth2(oauth) => tokens::oauth2(entry, oauth, scoped, &mut scope, diagnostics),
        AuthKind::Any(_) | AuthKind::All(_) | AuthKind::Poisoned => return None,
    })
}

impl SchemeKind {
    /// What the builder's further methods end in.
    pub(crate) fn further_setters(&self) -> &'static [&'static str] {
        match self {
            Self::Bearer { .. } => &["source"],
            Self::OAuth2(oauth) => match (&oauth.authorize_url, &oauth.client) {
                (Some(_), TokenClient::Form { .. }) => &["client", "store", "source"],
                (Some(_), TokenClient::Scheme(_)) => &["store", "source"],
                (None, _) if oauth.scoped => &["scopes", "store", "source"],
                (None, _) => &["store", "source"],
            },
            _ => &[],
        }
    }

    /// Where the credential travels, so that two of them can be compared.
    pub(crate) fn place(&self) -> (KeyPlace, String) {
        match self {
            Self::ApiKey { place: KeyPlace::Header, name, .. } => {
                (KeyPlace::Header, name.to_ascii_lowercase())
            }
            Self::ApiKey { place, name, .. } => (*place, name.clone()),
            Self::Basic { .. } | Self::Bearer { .. } | Self::Jwt { .. } | Self::OAuth2(_) => {
                (KeyPlace::Header, "authorization".to_owned())
            }
        }
    }
}

/// The same finding wherever the circle is entered.
fn cycle(entries: &[&AuthEntry]) -> Diagnostic {
    let first = (0..entries.len()).min_by_key(|&at| entries[at].name.span).unwrap_or_default();
    let around = entries.iter().cycle().skip(first).take(entries.len());
    let names: Vec<String> =
        around.clone().map(|entry| format!("`{}`", shown(&entry.name.value))).collect();
    let mut spans = around.map(|entry| entry.name.span);
    let span = spans.next().unwrap_or_else(|| entries[first].name.span);
    let name = names.first().map(String::as_str).unwrap_or_default();
    let mut diagnostic = Diagnostic::error(
        &codes::AUTH_CYCLE,
        span,
        format!("the auth entry {name} contains itself"),
    );
    if names.len() > 1 {
        diagnostic = diagnostic.note(format!("the circle is {}, {name}", names.join(", ")));
    }
    spans
        .fold(diagnostic, |diagnostic, span| diagnostic.related(span, "part of the circle"))
        .help("`any` and `all` end at entries with a `scheme`")
}
