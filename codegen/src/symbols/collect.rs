//! Finds what is defined, then every place that names it.

use std::collections::{BTreeMap, HashMap};

use super::describe::{Described, Texts};
use super::{Kind, Occurrence, Symbol, Symbols, place};
use crate::Read;
use crate::ast::{
    Alternative, Answer, AnswerType, Body, Example, FieldItem, Group, Method, Specification, Text,
    Use,
};
use crate::link::Unit;
use crate::link::visit::{self, Names, Own};
use crate::source::{SourceMap, Span, beside};
use crate::yaml::Node;

/// The used file that something stands in; `None` for the specification itself.
pub(super) type Scope = Option<usize>;

/// What `use` calls files; `None` for one that is not there.
pub(super) type Aliases = BTreeMap<String, Option<usize>>;

/// Everything that `read` names. Nothing in it is changed: the visit of all names is made for changing them.
pub(crate) fn collect(read: &mut Read) -> Symbols {
    let Read { map, specification, units, exchanges, .. } = read;
    let mut files: HashMap<String, Span> = HashMap::new();
    for file in exchanges.iter().copied().chain(units.iter().map(|unit| unit.file)) {
        files.insert(map.name(file).to_owned(), Span::new(file, 0, 0));
    }
    let mut collector = Collector::new(map, aliases(specification, units, map));
    collector.symbols.units = units.iter().enumerate().map(|(at, unit)| (unit.file, at)).collect();
    define_all(&mut collector, specification, units, &files);
    let scopes = [(None, &mut *specification)]
        .into_iter()
        .chain(units.iter_mut().enumerate().map(|(at, unit)| (Some(at), &mut unit.specification)));
    for (scope, it) in scopes {
        collector.scope = scope;
        collector.files_of(it, &files);
        visit::rest(it, &mut collector);
        it.models.iter_mut().for_each(|model| visit::model(model, &mut collector));
        it.auth.iter_mut().for_each(|entry| visit::auth(entry, &mut collector));
    }
    let mut symbols = collector.symbols;
    symbols.occurrences.sort_by_key(|it| (it.span, it.symbol));
    symbols
}

fn aliases(own: &Specification, units: &[Unit], map: &SourceMap) -> BTreeMap<Scope, Aliases> {
    let unit_of = |it: &Use| {
        let path = it.path.as_ref()?;
        let name = beside(map.name(path.span.file), &path.value)?;
        units.iter().position(|unit| map.name(unit.file) == name)
    };
    let of = |it: &Specification| {
        it.uses.iter().map(|one| (one.alias.value.clone(), unit_of(one))).collect()
    };
    let units = units.iter().enumerate().map(|(at, unit)| (Some(at), of(&unit.specification)));
    [(None, of(own))].into_iter().chain(units).collect()
}

fn define_all(
    collector: &mut Collector<'_>,
    own: &Specification,
    units: &[Unit],
    files: &HashMap<String, Span>,
) {
    let scopes: Vec<(Scope, &Specification)> = [(None, own)]
        .into_iter()
        .chain(units.iter().enumerate().map(|(at, unit)| (Some(at), &unit.specification)))
        .collect();
    let aliases = collector.symbols.aliases.clone();
    let texts = Texts::new(collector.map, &scopes, &aliases);
    for (scope, it) in scopes {
        collector.scope = scope;
        for one in &it.uses {
            collector.define(Kind::Use, &one.alias, texts.used(one));
        }
        for one in &it.models {
            collector.define(Kind::Model, &one.name, texts.model(scope, one));
            for parameter in &one.parameters {
                let described = Described::plain(format!("type of `{}`", one.name.value));
                collector.define_in(
                    Kind::TypeParameter,
                    parameter,
                    Some(parameter.span),
                    described,
                );
            }
        }
        for one in &it.auth {
            collector.define(Kind::Auth, &one.name, texts.auth(one));
        }
        for one in &it.servers {
            collector.define(Kind::Server, &one.name, texts.server(one));
        }
        for one in &it.pagers {
            collector.define(Kind::Pager, &one.name, texts.pager(one));
        }
        for one in &it.sources {
            collector.define(Kind::Source, &one.name, texts.source(one));
        }
        for one in it.path.iter().chain(&it.parameters.path) {
            collector.define(Kind::PathType, &one.wire, texts.member(one));
        }
        for one in &it.groups {
            collector.define(Kind::Group, &one.name, texts.group(one));
        }
        for one in &it.methods {
            collector.define_method(one, &texts);
        }
        for one in &it.groups {
            collector.opened(one, it, &texts);
        }
    }
    let mut files: Vec<(&String, &Span)> = files.iter().collect();
    files.sort();
    for (name, span) in files {
        collector.add(Kind::File, name.clone(), *span, None, Described::plain(name.clone()));
    }
}

struct Collector<'a> {
    map: &'a SourceMap,
    scope: Scope,
    symbols: Symbols,
    /// By where it is known, kind, name, and what it belongs to.
    known: HashMap<(Scope, Kind, String, Option<Span>), usize>,
    /// Names for types of the model at hand, by the symbol.
    open: Vec<(String, usize)>,
}

impl<'a> Collector<'a> {
    fn new(map: &'a SourceMap, aliases: BTreeMap<Scope, Aliases>) -> Self {
        Self {
            map,
            scope: None,
            symbols: Symbols { aliases, ..Symbols::default() },
            known: HashMap::new(),
            open: Vec::new(),
        }
    }

    fn add(
        &mut self,
        kind: Kind,
        name: String,
        span: Span,
        owner: Option<Span>,
        described: Described,
    ) -> usize {
        let symbol = self.symbols.list.len();
        let Described { detail, shape, doc, members } = described;
        let scope = if kind == Kind::File { None } else { self.scope };
        // Of two with one name, which is reported, the first is meant.
        self.known.entry((scope, kind, name.clone(), owner)).or_insert(symbol);
        self.symbols.list.push(Symbol {
            kind,
            name,
            span,
            detail,
            shape,
            doc,
            members,
            scope,
            owned: owner.is_some(),
        });
        symbol
    }

    fn define(&mut self, kind: Kind, name: &Text, described: Described) {
        self.define_in(kind, name, None, described);
    }

    fn define_in(&mut self, kind: Kind, name: &Text, owner: Option<Span>, described: Described) {
        let exact = place::exact(self.map, name.span, &name.value);
        let span = exact.unwrap_or(name.span);
        let symbol = self.add(kind, name.value.clone(), span, owner, described);
        self.note(symbol, span, true, exact.is_some());
    }

    /// A method has two names: that of its group and its own. A group that is not described begins with its first method.
    fn define_method<'t>(&mut self, method: &'t Method, texts: &Texts<'t>) {
        let name = &method.name;
        let described = texts.method(self.scope, method);
        self.define_alternatives(method, texts);
        let whole = place::exact(self.map, name.span, &name.value);
        let span = whole.unwrap_or(name.span);
        let exact = whole.is_some();
        let Some((group, short)) = name.value.split_once('.') else {
            return self.define(Kind::Method, name, described);
        };
        let (front, back) = match exact {
            true => (
                span.slice(0, group.len()),
                span.slice(name.value.len() - short.len(), name.value.len()),
            ),
            false => (span, span),
        };
        match self.find(self.scope, Kind::Group, group, None) {
            Some(symbol) => self.note(symbol, front, false, exact),
            None => {
                let described = Described::plain("group".to_owned());
                let symbol = self.add(Kind::Group, group.to_owned(), front, None, described);
                self.note(symbol, front, true, exact);
            }
        }
        let symbol = self.add(Kind::Method, name.value.clone(), back, None, described);
        self.note(symbol, back, true, exact);
        for item in &method.path {
            if let FieldItem::Member(member) = item {
                self.define_in(Kind::PathType, &member.wire, Some(name.span), texts.member(member));
            }
        }
    }

    /// The alternatives of the body and of the answers, which belong to these alone.
    fn define_alternatives(&mut self, method: &Method, texts: &Texts<'_>) {
        if let Some(Body::Any { alternatives, span, .. }) = &method.body {
            for one in alternatives {
                let ty = match &one.body {
                    Body::Type { ty, .. } => Some(ty),
                    Body::Members { .. } | Body::Any { .. } => None,
                };
                let described = texts.alternative("body", &one.name, ty);
                self.define_in(Kind::Alternative, &one.name, Some(*span), described);
            }
        }
        for (owner, one) in alternatives(method) {
            let Some(name) = &one.name else { continue };
            let ty = one.ty.values().first().map(|value| &value.ty);
            let described = texts.alternative("returns", name, ty);
            self.define_in(Kind::Alternative, name, Some(owner.span), described);
        }
    }

    /// The member that holds the id of a transaction.
    fn opened<'t>(&mut self, group: &Group, it: &'t Specification, texts: &Texts<'t>) {
        let Some(transaction) = &group.transaction else { return };
        let Some(at) = &transaction.at else { return };
        let open = format!("{}.{}", group.name.value, transaction.open.value);
        let method = it.methods.iter().find(|method| method.name.value == open);
        let member = method.and_then(|method| texts.at(self.scope, method, &at.value));
        let Some(member) = member else { return };
        let (wire, described) = (&member.wire, texts.held(member));
        let owner = Some(at.span);
        let symbol = self.add(Kind::Member, wire.value.clone(), wire.span, owner, described);
        // Wire names are not changed.
        self.note(symbol, wire.span, true, false);
        self.note(symbol, at.span, false, false);
    }

    /// What an example names of the alternatives of its method.
    fn shown(&mut self, method: &Method, example: &Example) {
        if let (Some(Alternative::Named(name)), Some(Body::Any { span, .. })) =
            (&example.request_as, &method.body)
        {
            self.named(Kind::Alternative, name, *span);
        }
        let Some(Alternative::Named(name)) = &example.response_as else { return };
        let status = example.status.as_ref().and_then(|status| status.value);
        let fits = |answer: &Answer| {
            let own = answer.status.as_ref().map(|status| status.value);
            status.is_none() || own.is_none() || own == status
        };
        let is = |one: &Answer| one.name.as_ref().is_some_and(|it| it.value == name.value);
        let owner = alternatives(method).find(|(answer, one)| fits(answer) && is(one));
        let owner = owner.map(|(answer, _)| answer.span);
        if let Some(owner) = owner {
            self.named(Kind::Alternative, name, owner);
        }
    }

    /// A place that names what belongs to something.
    fn named(&mut self, kind: Kind, name: &Text, owner: Span) {
        if let Some(symbol) = self.find(self.scope, kind, &name.value, Some(owner)) {
            let exact = place::exact(self.map, name.span, &name.value);
            self.note(symbol, exact.unwrap_or(name.span), false, exact.is_some());
        }
    }

    fn find(&self, scope: Scope, kind: Kind, name: &str, owner: Option<Span>) -> Option<usize> {
        self.known.get(&(scope, kind, name.to_owned(), owner)).copied()
    }

    fn note(&mut self, symbol: usize, span: Span, definition: bool, exact: bool) {
        self.symbols.occurrences.push(Occurrence { span, symbol, definition, exact });
    }

    /// A place that names what another file may lend: `platform.Problem`.
    fn lent(&mut self, kind: Kind, name: &str, span: Span) {
        let exact = place::exact(self.map, span, name);
        let place = exact.unwrap_or(span);
        if let Some((alias, inner)) = name.split_once('.') {
            let unit = self.symbols.aliases.get(&self.scope).and_then(|known| known.get(alias));
            let Some(&unit) = unit else { return };
            if let Some(symbol) = self.find(self.scope, Kind::Use, alias, None) {
                let front = if exact.is_some() { place.slice(0, alias.len()) } else { place };
                self.note(symbol, front, false, exact.is_some());
            }
            let inner = unit.and_then(|unit| self.find(Some(unit), kind, inner, None));
            if let Some(symbol) = inner {
                let back = match exact {
                    Some(_) => place.slice(alias.len() + 1, name.len()),
                    None => place,
                };
                self.note(symbol, back, false, exact.is_some());
            }
        } else if let Some(symbol) = self.find(self.scope, kind, name, None) {
            self.note(symbol, place, false, exact.is_some());
        }
    }

    /// Paths of files.
    fn files_of(&mut self, it: &Specification, files: &HashMap<String, Span>) {
        let examples = it.methods.iter().flat_map(|method| &method.example_files);
        let paths = it
            .uses
            .iter()
            .filter_map(|one| one.path.as_ref())
            .chain(examples.map(|(_, path)| path));
        for path in paths {
            let name = beside(self.map.name(path.span.file), &path.value);
            let known = name.filter(|name| files.contains_key(name));
            let symbol = known.and_then(|name| self.find(None, Kind::File, &name, None));
            if let Some(symbol) = symbol {
                // A path is no name that could be changed here.
                self.note(symbol, path.span, false, false);
            }
        }
    }

    /// A path parameter by the name of its placeholder: the method's own, or that of all routes.
    fn path_parameter(&self, method: &Method, name: &str) -> Option<usize> {
        self.find(self.scope, Kind::PathType, name, Some(method.name.span))
            .or_else(|| self.find(self.scope, Kind::PathType, name, None))
    }

    fn placeholder(&mut self, method: &Method, name: &Text) {
        if let Some(symbol) = self.path_parameter(method, &name.value) {
            let exact = place::exact(self.map, name.span, &name.value);
            self.note(symbol, exact.unwrap_or(name.span), false, exact.is_some());
        }
    }
}

impl Names for Collector<'_> {
    fn open(&mut self, parameters: &[Text]) {
        self.open.clear();
        for parameter in parameters {
            let name = &parameter.value;
            let own = self.find(self.scope, Kind::TypeParameter, name, Some(parameter.span));
            self.open.extend(own.map(|symbol| (name.clone(), symbol)));
        }
    }

    fn model(&mut self, name: &mut String, span: Span) -> bool {
        let open = self.open.iter().find(|(known, _)| known == name).map(|(_, symbol)| *symbol);
        match open {
            Some(symbol) => {
                let exact = place::exact(self.map, span, name);
                self.note(symbol, exact.unwrap_or(span), false, exact.is_some());
            }
            None => self.lent(Kind::Model, name, span),
        }
        true
    }

    fn auth(&mut self, name: &mut Text) {
        self.lent(Kind::Auth, &name.value, name.span);
    }

    fn source(&mut self, name: &mut String, span: Span) {
        self.lent(Kind::Source, name, span);
    }

    fn own(&mut self, what: Own, name: &Text) {
        let kind = match what {
            Own::Method => Kind::Method,
            Own::Server => Kind::Server,
            Own::Pager => Kind::Pager,
            Own::Use => Kind::Use,
            Own::PathType => Kind::PathType,
        };
        let Some(symbol) = self.find(self.scope, kind, &name.value, None) else { return };
        let (group, short) = match kind {
            Kind::Method => name.value.split_once('.').unwrap_or(("", &name.value)),
            _ => ("", name.value.as_str()),
        };
        if let Some(whole) = place::exact(self.map, name.span, &name.value) {
            if let Some(group) = self.find(self.scope, Kind::Group, group, None) {
                self.note(group, whole.slice(0, name.value.len() - short.len() - 1), false, true);
            }
            let span = whole.slice(name.value.len() - short.len(), name.value.len());
            return self.note(symbol, span, false, true);
        }
        // In its own group a method goes without the name of that.
        let exact = place::exact(self.map, name.span, short);
        self.note(symbol, exact.unwrap_or(name.span), false, exact.is_some());
    }

    fn method(&mut self, method: &Method) {
        let placeholders = method.route.as_ref().map_or(&[][..], |route| &route.placeholders);
        let examples = method.examples.iter().flat_map(|example| &example.path);
        let named: Vec<&Text> =
            placeholders.iter().chain(examples.map(|(name, _): &(Text, Node)| name)).collect();
        named.into_iter().for_each(|name| self.placeholder(method, name));
        method.examples.iter().for_each(|example| self.shown(method, example));
    }
}

/// The alternatives of all answers, each with the answer that it belongs to.
fn alternatives(method: &Method) -> impl Iterator<Item = (&Answer, &Answer)> {
    method.returns.iter().flat_map(|answer| {
        let alternatives = match &answer.ty {
            AnswerType::Any(alternatives) => alternatives.as_slice(),
            _ => &[],
        };
        alternatives.iter().map(move |one| (answer, one))
    })
}
