//! Models: a registry of their names, and what they become.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::among::Rule;
use super::docs::Sources;
use super::enums;
use super::forms::{self, Forms};
use super::generics::{self, GivenHere, Scoped};
use super::members::Flat;
use super::objects;
use super::types::POISONED;
use super::unions;
use crate::ast::{self, ModelKind as Kind, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    DateFormat, DateForms, Element, Given, Model, ModelId, ModelKind, Newtype, NewtypeOf, Presence,
    Reach, Scalar, Type,
};
use crate::names::{self, Scope};
use crate::source::Span;
use crate::vocabulary;

/// How far the members of a model have been collected.
#[derive(Clone, Debug)]
pub(super) enum State<'s> {
    Unvisited,
    Visiting,
    Done(Rc<Vec<Flat<'s>>>),
}

/// The models of a specification, by name.
pub(super) struct Registry<'s> {
    models: Vec<&'s ast::Model>,
    by_name: BTreeMap<&'s str, ModelId>,
    states: Vec<State<'s>>,
    /// What holds for several of their members, once these have been collected.
    rules: Vec<Vec<Rule<'s>>>,
    /// Models that lack members because of something that has been reported.
    lost: Vec<bool>,
    /// Whether what is being collected lacks members.
    loses: bool,
    /// How many models are being collected.
    depth: usize,
    /// Models whose members another one has taken.
    spread: Vec<bool>,
    /// Models that a type names.
    referenced: Vec<bool>,
    /// Models with the types that are given to them, each once.
    pub(super) given: Vec<GivenHere>,
    pub(super) places: HashMap<Given, usize>,
    /// All methods, to which links may lead.
    methods: &'s [ast::Method],
    method_names: BTreeMap<&'s str, &'s ast::Method>,
    /// The links, each with the method that it leads to.
    pub(super) links: Vec<(Span, &'s ast::Method)>,
    /// What names for types stand for in what is being looked at.
    pub(super) scope: Scoped,
    /// The model of which members are being made.
    pub(super) inside: Option<ModelId>,
    /// How the provider writes points in time and the like.
    pub(super) forms: Forms,
    /// Points in time that mean none.
    pub(super) datetime_none: &'s [Text],
    /// Whether a `file` can stand in what is being looked at.
    pub(super) files: bool,
    /// Whether enums of numbers travel by their names.
    pub(super) named_numbers: bool,
    /// The presence that a field has where no request reaches its model, if that differs.
    pub(super) answer_presence: BTreeMap<(ModelId, usize), Presence>,
}

/// How the provider writes scalars that have several forms.
fn forms(wire: &ast::WireDefaults, diagnostics: &mut Diagnostics) -> Forms {
    let before = diagnostics.mark();
    let mut forms = Forms::default().with(&wire.datetime, diagnostics);
    let dates = Scalar::DateTime(DateForms::only(DateFormat::Rfc3339));
    forms::check_dates(&wire.datetime, dates, diagnostics);
    if let Some(zone) = &wire.unspecified {
        forms = forms.unspecified(zone, diagnostics);
    }
    forms.lost(wire.datetime_lost || diagnostics.errors_since(before))
}

impl<'s> Registry<'s> {
    pub(super) fn new(specification: &'s Specification, diagnostics: &mut Diagnostics) -> Self {
        let wire = &specification.defaults.wire;
        let mut registry = Self {
            models: Vec::new(),
            by_name: BTreeMap::new(),
            states: Vec::new(),
            rules: Vec::new(),
            lost: Vec::new(),
            loses: false,
            depth: 0,
            spread: Vec::new(),
            referenced: Vec::new(),
            given: Vec::new(),
            places: HashMap::new(),
            methods: &specification.methods,
            // Of two that are called the same the first counts.
            method_names: (specification.methods.iter().rev())
                .map(|method| (method.name.value.as_str(), method))
                .collect(),
            links: Vec::new(),
            scope: Scoped::default(),
            inside: None,
            forms: forms(wire, diagnostics),
            datetime_none: &wire.datetime_none,
            files: false,
            named_numbers: wire.enum_read.iter().chain(&wire.enum_write).any(|w| w.value == "name"),
            answer_presence: BTreeMap::new(),
        };
        for word in wire.enum_read.iter().chain(&wire.enum_write) {
            if !matches!(word.value.as_str(), "name" | "number") {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::UNKNOWN_FORMAT,
                        word.span,
                        format!("an enum cannot travel by `{}`", word.value),
                    )
                    .label("expected `name` or `number`"),
                );
            }
        }
        if let Some(write) = wire.enum_write.as_ref().filter(|write| write.value == "number")
            && registry.named_numbers
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNKNOWN_FORMAT,
                    write.span,
                    "enums that are read by name are written by name",
                )
                .label("expected `name`")
                .help("leave `enum` out where the service answers with numbers"),
            );
        }
        for model in &specification.models {
            registry.add(model, diagnostics);
        }
        registry.check_parameters(diagnostics);
        registry
    }

    fn add(&mut self, model: &'s ast::Model, diagnostics: &mut Diagnostics) {
        let name = model.name.value.as_str();
        if vocabulary::is_reserved(name) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_NAME,
                    model.name.span,
                    format!("a model cannot be called `{name}`"),
                )
                .label("a type of the language itself")
                .help("call it by another name, such as one with a capital"),
            );
            return;
        }
        if let Some(first) = self.by_name.get(name) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ITEM,
                    model.name.span,
                    format!("the model `{name}` is defined twice"),
                )
                .related(self.models[first.0].name.span, "first defined here"),
            );
            return;
        }
        self.by_name.insert(name, ModelId(self.models.len()));
        self.models.push(model);
        self.states.push(State::Unvisited);
        self.rules.push(Vec::new());
        self.lost.push(false);
        self.spread.push(false);
        self.referenced.push(false);
    }

    pub(super) fn model(&self, id: ModelId) -> &'s ast::Model {
        self.models[self.declared(id).0]
    }

    /// All methods.
    pub(super) fn methods(&self) -> impl Iterator<Item = &'s ast::Method> {
        self.methods.iter()
    }

    pub(super) fn method(&self, name: &str) -> Option<&'s ast::Method> {
        self.method_names.get(name).copied()
    }

    /// All that are declared.
    pub(super) fn models(&self) -> &[&'s ast::Model] {
        &self.models
    }

    pub(super) fn state(&self, id: ModelId) -> State<'s> {
        self.states[id.0].clone()
    }

    pub(super) fn set_state(&mut self, id: ModelId, state: State<'s>) {
        self.states[id.0] = state;
    }

    pub(super) fn rules_for(&self, id: ModelId) -> &[Rule<'s>] {
        &self.rules[id.0]
    }

    pub(super) fn set_rules(&mut self, id: ModelId, rules: Vec<Rule<'s>>) {
        self.rules[id.0] = rules;
    }

    /// Whether so many models are being collected inside each other that no person wrote this.
    pub(super) fn too_deep(&self, id: ModelId) -> bool {
        matches!(self.state(id), State::Unvisited) && self.depth > 64
    }

    /// Begins to collect members; what was known about the outer ones is handed back to [`Self::end`].
    pub(super) fn begin(&mut self) -> bool {
        self.depth += 1;
        std::mem::take(&mut self.loses)
    }

    pub(super) fn end(&mut self, id: ModelId, outer: bool) {
        self.lost[id.0] = self.loses;
        self.restore(outer);
    }

    pub(super) fn restore(&mut self, outer: bool) {
        self.depth -= 1;
        self.loses = outer;
    }

    /// Members of what is being collected are missing, and why has been reported.
    pub(super) fn lose_members(&mut self) {
        self.loses = true;
    }

    pub(super) fn loses_members(&self) -> bool {
        self.loses
    }

    /// Whether members of a model are missing, so that others cannot be called unknown.
    pub(super) fn lost_members(&self, id: ModelId) -> bool {
        self.lost[self.declared(id).0]
    }

    pub(super) fn lookup(&self, name: &str) -> Option<ModelId> {
        self.by_name.get(name).copied()
    }

    /// The model that a type names.
    pub(super) fn reference(&mut self, name: &str) -> Option<ModelId> {
        let id = self.lookup(name)?;
        self.referenced[id.0] = true;
        Some(id)
    }

    pub(super) fn mark_spread(&mut self, id: ModelId) {
        self.spread[id.0] = true;
    }

    /// Whether nothing but `...` and `like` uses the model.
    pub(super) fn only_spread(&self, id: ModelId) -> bool {
        self.spread[id.0] && !self.referenced[id.0]
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().copied()
    }
}

/// Lowers every model.
pub(super) fn lower(
    registry: &mut Registry<'_>,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Model> {
    let mut scope = Scope::new(names::Kind::Type, "model");
    let models = (0..registry.models.len())
        .map(|index| {
            let id = ModelId(index);
            registry.inside = Some(id);
            let model = registry.model(id);
            let short = model.name.as_ref().map(|name| names::short(name).to_owned());
            let ident = scope.declare(&short, None, diagnostics);
            let mut docs = sources.docs(model.doc.as_ref(), &model.origin, diagnostics);
            docs.incomplete = model.incomplete.as_ref().map(|text| text.value.clone());
            docs.deprecated = model.deprecated.as_ref().map(|text| text.value.clone());
            let outer = std::mem::replace(&mut registry.scope, generics::own_scope(model));
            let kind = kind(registry, id, sources, diagnostics);
            registry.scope = outer;
            Model {
                name: short.value,
                ident,
                parameters: model.parameters.iter().map(|name| name.value.clone()).collect(),
                given: None,
                docs,
                kind,
                reach: Reach::default(),
                element: element(model),
                emitted: true,
                span: model.name.span,
            }
        })
        .collect();
    registry.inside = None;
    models
}

/// What a model is called in XML: by its own name, unless it is said.
fn element(model: &ast::Model) -> Element {
    let stated = model.xml.as_ref();
    let root = stated.and_then(|xml| xml.root.as_ref());
    let name = root.map_or_else(|| names::short(&model.name.value), |root| root.value.as_str());
    let namespace = stated.and_then(|xml| xml.namespace.as_ref());
    Element { name: name.to_owned(), namespace: namespace.map(|namespace| namespace.value.clone()) }
}

fn kind(
    registry: &mut Registry<'_>,
    id: ModelId,
    sources: &Sources<'_>,
    diagnostics: &mut Diagnostics,
) -> ModelKind {
    let model = registry.model(id);
    match &model.kind {
        Kind::Poisoned => ModelKind::Alias(POISONED),
        Kind::Alias(expr) if let Some(found) = registry.utility(expr, true) => {
            diagnostics.push(found);
            ModelKind::Alias(POISONED)
        }
        Kind::Alias(expr) => {
            let forms = registry.forms;
            let ty = registry.resolve(expr, forms, diagnostics);
            registry.limits(expr, &ty, diagnostics);
            match newtype(&ty) {
                Some(of) => ModelKind::Newtype(Newtype { of }),
                None => ModelKind::Alias(ty),
            }
        }
        Kind::Enum { values, closed } => ModelKind::Enum(enums::lower(
            model,
            values,
            *closed,
            registry.named_numbers,
            diagnostics,
        )),
        Kind::Union { form, variants } => {
            ModelKind::Union(unions::lower(form, variants, registry, sources, diagnostics))
        }
        Kind::Object(_) | Kind::Like { .. } => {
            ModelKind::Object(objects::lower(registry, id, sources, diagnostics))
        }
    }
}

/// What a scalar with a name of its own holds; scalars that have a type already are not wrapped again.
pub(super) fn newtype(ty: &Type) -> Option<NewtypeOf> {
    match ty {
        Type::Scalar(Scalar::String) => Some(NewtypeOf::Text),
        Type::Scalar(Scalar::Int32) => Some(NewtypeOf::Int32),
        Type::Scalar(Scalar::Int64) => Some(NewtypeOf::Int64),
        Type::Scalar(Scalar::Uint32) => Some(NewtypeOf::Uint32),
        Type::Scalar(Scalar::Uint64) => Some(NewtypeOf::Uint64),
        _ => None,
    }
}
