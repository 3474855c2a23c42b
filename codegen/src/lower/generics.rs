//! Models that leave types open, and what they are with types given to them.
//!
//! `Page<User>` is a model like any other from here on: reach, recursion and examples look at its members. Only what
//! is emitted is the model that leaves the type open, once.

use std::rc::Rc;

use super::models::Registry;
use super::types::POISONED;
use crate::ast::{self, FieldItem, TypeExpr};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Docs, Given, Model, ModelId, ModelKind, Reach, Type};
use crate::parse::shown;
use crate::source::Span;
use crate::vocabulary;

/// Types inside types beyond this are no person's work.
const DEEPEST: usize = 16;

/// More models than this with types given to them are not either.
const MOST: usize = 20_000;

/// What names for types stand for.
pub(super) type Scoped = Rc<Vec<(String, Type)>>;

/// A model with types given to it, and where that is first written.
#[derive(Clone, Debug)]
pub(super) struct GivenHere {
    given: Given,
    /// How deep the types lie in each other.
    depth: usize,
    span: Span,
    /// It follows from types that were given to another model, where they were looked at.
    follows: bool,
}

/// The names of a model, as types that stay open.
pub(super) fn own_scope(model: &ast::Model) -> Scoped {
    let names = model.parameters.iter().map(|name| name.value.clone());
    Rc::new(names.map(|name| (name.clone(), Type::Parameter(name))).collect())
}

/// The types of the members of a model, and those that it gives to others.
fn types_of(model: &ast::Model) -> impl Iterator<Item = &TypeExpr> {
    let (items, base) = match &model.kind {
        ast::ModelKind::Object(items) => (items.as_slice(), None),
        ast::ModelKind::Like { base, .. } => (&[][..], Some(base)),
        _ => (&[][..], None),
    };
    let of_items = items.iter().flat_map(|item| match item {
        FieldItem::Member(member) => std::slice::from_ref(&member.ty),
        FieldItem::Spread(base) => base.arguments.as_slice(),
    });
    of_items.chain(base.into_iter().flat_map(|base| &base.arguments))
}

/// Whether a name is one that others give to types that are left open: `T`, `TItem`, `K2`.
fn is_open(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|c| c.is_ascii_uppercase());
    let rest = letters.as_str();
    // `TIMESTAMP` is a type elsewhere.
    let words = rest.contains(|c: char| c.is_ascii_lowercase()) || rest.len() == 1;
    first && rest.chars().all(|c| c.is_ascii_digit())
        || name.starts_with('T') && words && rest.starts_with(|c: char| c.is_ascii_uppercase())
}

impl Registry<'_> {
    /// The model that is declared, of one that is given types.
    pub(super) fn declared(&self, id: ModelId) -> ModelId {
        match id.0.checked_sub(self.models().len()) {
            Some(index) => self.given[index].given.model,
            None => id,
        }
    }

    /// Names for types that are those of models.
    pub(super) fn check_parameters(&self, diagnostics: &mut Diagnostics) {
        for parameter in self.models().iter().flat_map(|model| &model.parameters) {
            if let Some(id) = self.lookup(&parameter.value) {
                diagnostics.push(
                    Diagnostic::error(
                        &codes::BAD_GENERIC,
                        parameter.span,
                        format!("`{}` is a model already", shown(&parameter.value)),
                    )
                    .related(self.model(id).name.span, "defined here")
                    .help("call the type that is left open something else, mostly `T`"),
                );
            }
        }
    }

    /// What is said of `T` in a model that leaves no type open by its name.
    /// Of several the first is told, with all of them.
    pub(super) fn open_type(&self, name: &str, found: Diagnostic) -> Option<Option<Diagnostic>> {
        let model = self.model(self.inside.filter(|_| is_open(name))?);
        let given = self.needed(model);
        let later = given.first().is_some_and(|first| first != name);
        let some = vec!["string"; given.len()].join(", ");
        let given = given.join(", ");
        let own = model.name.value.as_str();
        if !model.parameters.is_empty() || given.is_empty() {
            return None;
        }
        if later {
            return Some(None);
        }
        let mended = format!("{own}<{given}>");
        let found =
            found.related(model.name.span, "this model leaves no type open").alike("and here");
        if !self.is_given(own) {
            return Some(Some(found.help(format!(
                "a type that is left open is named behind the model, `{}: …`, and said wherever that is used: `{}<{some}>`",
                shown(&mended),
                shown(own)
            ))));
        }
        let found = found.help(format!("name it behind the model: `{}: …`", shown(&mended)));
        let exact = (model.name.span.end - model.name.span.start) as usize == own.len();
        Some(Some(if exact { found.patch(model.name.span, mended) } else { found }))
    }

    /// Whether types are given to a model somewhere.
    fn is_given(&self, name: &str) -> bool {
        let of_models = self.models().iter().flat_map(|model| {
            let alias = match &model.kind {
                ast::ModelKind::Alias(ty) => Some(ty),
                _ => None,
            };
            types_of(model).chain(alias)
        });
        let answers = self.methods().flat_map(|method| &method.returns);
        let of_methods = answers.flat_map(|answer| answer.ty.values()).map(|value| &value.ty);
        let spread = |items: &[FieldItem]| {
            items.iter().any(|item| {
                matches!(item, FieldItem::Spread(base) if base.name.value == name && !base.arguments.is_empty())
            })
        };
        of_models.chain(of_methods).any(|ty| ty.gives_to(name))
            || self.models().iter().any(|model| match &model.kind {
                ast::ModelKind::Object(items) => spread(items),
                ast::ModelKind::Like { base, .. } => {
                    base.name.value == name && !base.arguments.is_empty()
                }
                _ => false,
            })
    }

    /// The names for types that a model uses without saying that it leaves them open.
    fn needed(&self, model: &ast::Model) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for ty in types_of(model) {
            for name in ty.names().filter(|name| is_open(name) && self.lookup(name).is_none()) {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }

    /// Whether what is wrong with the types that a model leaves open is told where it is defined.
    fn is_told(&self, model: &ast::Model, given: &[TypeExpr]) -> bool {
        match model.parameters.is_empty() {
            true => !self.needed(model).is_empty(),
            false => {
                let used = |name: &str| types_of(model).any(|ty| ty.names().any(|it| it == name));
                given.is_empty() && !model.parameters.iter().any(|name| used(&name.value))
            }
        }
    }

    /// What a name for a type stands for here.
    pub(super) fn in_scope(&self, name: &str) -> Option<Type> {
        self.scope.iter().find(|(known, _)| known == name).map(|(_, ty)| ty.clone())
    }

    /// The types that are given to a model, if there are as many as it leaves open.
    pub(super) fn arguments(
        &mut self,
        id: ModelId,
        given: &[TypeExpr],
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Type>> {
        let model = self.model(id);
        if model.parameters.len() == given.len() {
            let forms = self.forms;
            return Some(given.iter().map(|ty| self.resolve(ty, forms, diagnostics)).collect());
        }
        if self.is_told(model, given) {
            return None;
        }
        let name = shown(&model.name.value);
        let count = match model.parameters.len() {
            0 => "no types".to_owned(),
            1 => "one type".to_owned(),
            more => format!("{more} types"),
        };
        let diagnostic = Diagnostic::error(
            &codes::TYPE_ARGUMENTS,
            span,
            format!("`{name}` takes {count}, found {}", given.len()),
        )
        .related(model.name.span, "defined here");
        let names: Vec<&str> = model.parameters.iter().map(|name| name.value.as_str()).collect();
        diagnostics.push(if names.is_empty() {
            let exact = (span.end - span.start) as usize > name.len() && given.len() == 1;
            let diagnostic = diagnostic.help(format!("leave `<…>` out: `{name}`"));
            if exact { diagnostic.patch(span, name) } else { diagnostic }
        } else {
            diagnostic.help(format!("say what is in it: `{name}<{}>`", names.join(", ")))
        });
        None
    }

    /// The model with these types given to it.
    pub(super) fn give(&mut self, given: Given, span: Span) -> Type {
        let next = self.given.len();
        let index = *self.places.entry(given.clone()).or_insert(next);
        if index == next {
            let depth = 1 + given.types.iter().map(|ty| self.depth(ty)).max().unwrap_or_default();
            self.given.push(GivenHere { given, depth, span, follows: false });
        }
        Type::Model(ModelId(self.models().len() + index))
    }

    fn given_at(&self, id: ModelId) -> Option<&GivenHere> {
        self.given.get(id.0.checked_sub(self.models().len())?)
    }

    fn depth(&self, ty: &Type) -> usize {
        match ty {
            Type::Model(id) => self.given_at(*id).map_or(0, |here| here.depth),
            Type::List(inner)
            | Type::Map(inner)
            | Type::Keyed(_, inner)
            | Type::Nullable(inner) => 1 + self.depth(inner),
            _ => 0,
        }
    }

    /// What names for types stand for, where these are given types themselves.
    pub(super) fn rescoped(&mut self, scope: &Scoped, names: &Scoped) -> Scoped {
        let put = |(name, ty): &(String, Type)| (name.clone(), self.substitute(ty, names));
        Rc::new(scope.iter().map(put).collect())
    }

    /// A type in which names stand for types.
    fn substitute(&mut self, ty: &Type, names: &[(String, Type)]) -> Type {
        let mut inside = |inner: &Type| Box::new(self.substitute(inner, names));
        match ty {
            Type::Scalar(_) | Type::Link(_) => ty.clone(),
            Type::Parameter(name) => {
                let found = names.iter().find(|(known, _)| known == name);
                found.map_or_else(|| ty.clone(), |(_, ty)| ty.clone())
            }
            Type::List(inner) => Type::List(inside(inner)),
            Type::Map(inner) => Type::Map(inside(inner)),
            Type::Keyed(key, inner) => Type::Keyed(key.clone(), inside(inner)),
            Type::Nullable(inner) => Type::Nullable(inside(inner)),
            Type::AsText(inner) => Type::AsText(inside(inner)),
            Type::Csv(inner) => Type::Csv(inside(inner)),
            Type::Model(id) => {
                let Some(here) = self.given_at(*id) else { return ty.clone() };
                let (Given { model, types }, span) = (here.given.clone(), here.span);
                let types = types.iter().map(|ty| self.substitute(ty, names)).collect();
                let followed = Given { model, types };
                // What is wrong with these types is told where they are given first.
                let told = self.places.contains_key(&followed);
                let given = self.give(followed, span);
                if !told && let Some(here) = self.given.last_mut() {
                    here.follows = true;
                }
                given
            }
        }
    }
}

/// Adds the models that are others with types given to them, in the order of their places.
pub(super) fn expand(
    models: &mut Vec<Model>,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) {
    let mut grown: Vec<ModelId> = Vec::new();
    let mut next = 0;
    while let Some(GivenHere { given, depth, span, follows }) = registry.given.get(next).cloned() {
        let declared = &models[given.model.0];
        let (ident, place) = (declared.ident.clone(), declared.span);
        let element = declared.element.clone();
        let name = name(&declared.name, &given.types, models);
        let endless = depth > DEEPEST || next > MOST;
        if endless && !grown.contains(&given.model) {
            grown.push(given.model);
            diagnostics.push(
                Diagnostic::error(
                    &codes::ENDLESS_RECURSION,
                    place,
                    format!("`{}` leads to ever larger types", shown(&declared.name)),
                )
                .related(span, "given a type here")
                .help("a member that leads back to its model gives it the same types"),
            );
        }
        let mut kind = declared.kind.clone();
        if endless {
            kind = ModelKind::Alias(POISONED);
        } else if let ModelKind::Object(object) = &mut kind {
            let names = declared.parameters.iter().cloned().zip(given.types.iter().cloned());
            let names: Vec<(String, Type)> = names.collect();
            for field in &mut object.fields {
                field.ty = registry.substitute(&field.ty, &names);
            }
        }
        if let Some(ty) = given.types.iter().find(|ty| !follows && ty.has_own_form(models)) {
            diagnostics.push(own_form(&name, &text(ty, models), span));
        }
        models.push(Model {
            name,
            ident,
            parameters: Vec::new(),
            given: Some(given),
            docs: Docs::default(),
            kind,
            reach: Reach::default(),
            element,
            emitted: false,
            span: place,
        });
        next += 1;
    }
}

/// `Page<User>`, as a specification writes it.
fn name(model: &str, types: &[Type], models: &[Model]) -> String {
    let types: Vec<String> = types.iter().map(|ty| text(ty, models)).collect();
    format!("{model}<{}>", types.join(", "))
}

fn text(ty: &Type, models: &[Model]) -> String {
    match ty {
        Type::Scalar(scalar) => vocabulary::name(*scalar).to_owned(),
        Type::Parameter(name) => name.clone(),
        Type::Link(method) => format!("link<{method}>"),
        Type::Model(id) => models.get(id.0).map_or_else(String::new, |model| model.name.clone()),
        Type::List(inner) | Type::Csv(inner) => format!("list<{}>", text(inner, models)),
        Type::Map(inner) => format!("map<{}>", text(inner, models)),
        Type::Keyed(key, inner) => format!("map<{}, {}>", text(key, models), text(inner, models)),
        Type::Nullable(inner) => format!("{} | null", text(inner, models)),
        Type::AsText(inner) => text(inner, models),
    }
}

fn own_form(name: &str, ty: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        &codes::BAD_GENERIC,
        span,
        format!("`{}` cannot be given `{}`", shown(name), shown(ty)),
    )
    .label("written in a form that a member has to state")
    .help("put it into an object of its own, and give that")
}
