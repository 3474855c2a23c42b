//! Transactions: which methods of a group begin one, end it and belong to it, and where its id comes from.

use super::pages::{has_unknown_answer, no_member, object, pass, resolve, way};
use super::types::POISONED;
use crate::ast::{self, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Body, Content, Group, Held, Inside, Method, Model, ModelKind, Outcome, Parameter, Place,
    Scalar, Transaction, Type, Value,
};
use crate::parse::{quoted_list, shown};
use crate::source::Span;

/// What every guard can do.
const GUARD_METHODS: [&str; 3] = ["abandon", "commit", "id"];

/// The guard of a group's transactions.
pub(super) fn guard(group_type: &str) -> String {
    let taken = group_type == "Transaction";
    if taken { "TransactionGuard" } else { "Transaction" }.to_owned()
}

/// Whether the calls of a method begin transactions.
pub(super) fn begins(method: &ast::Method, group: Option<&ast::Group>) -> bool {
    let open = group.and_then(|group| group.transaction.as_ref()).map(|one| &one.open.value);
    open.is_some_and(|open| method.name.value.split_once('.').is_some_and(|(_, name)| name == open))
}

/// Decides what the guards hold; models and methods are as they will be emitted.
pub(super) fn settle(
    specification: &Specification,
    models: &[Model],
    groups: &mut [Group],
    diagnostics: &mut Diagnostics,
) {
    for described in &specification.groups {
        let Some(transaction) = &described.transaction else { continue };
        let name = &described.name.value;
        let Some(group) = groups.iter_mut().find(|group| group.name == *name) else { continue };
        let finder = Finder { specification, models, group, transaction };
        let before = diagnostics.mark();
        let found = finder.transaction(diagnostics);
        if diagnostics.errors_since(before) {
            finder.rests().into_iter().for_each(|place| diagnostics.rest_since(before, place));
        }
        group.transaction = found;
    }
}

/// Looks for what a transaction needs among the methods of its group.
struct Finder<'f> {
    specification: &'f Specification,
    models: &'f [Model],
    group: &'f Group,
    transaction: &'f ast::Transaction,
}

impl<'f> Finder<'f> {
    fn transaction(&self, diagnostics: &mut Diagnostics) -> Option<Transaction> {
        let open = self.method(&self.transaction.open, diagnostics);
        let commit = self.method(&self.transaction.commit, diagnostics);
        let (open, commit) = (open?, commit?);
        if open == commit {
            let span = self.transaction.commit.span;
            let message = "one method cannot both begin a transaction and end it";
            diagnostics.push(
                Diagnostic::error(&codes::TRANSACTION_METHOD, span, message)
                    .related(self.transaction.open.span, "the same method"),
            );
            return None;
        }
        let id = self.id(commit, diagnostics)?;
        let held = self.held(open, commit, diagnostics);
        let at = self.at(open, id, diagnostics);
        let inside = self.inside(open, commit, diagnostics);
        Some(Transaction {
            type_name: guard(&self.group.type_name),
            open,
            commit,
            id: id.ident.clone(),
            at: at?,
            held: held?,
            inside: inside?,
        })
    }

    /// What a transaction leans on: the methods that begin and end it, and the models on the way to its id.
    fn rests(&self) -> Vec<Span> {
        let mut rests = Vec::new();
        for name in [&self.transaction.open, &self.transaction.commit] {
            let found = self.group.methods.iter().position(|method| short(method) == name.value);
            let Some(index) = found else { continue };
            rests.push(self.span(index));
            for parameter in &self.group.methods[index].parameters {
                pass(self.models, &parameter.ty, &mut rests);
            }
            if let Some(value) = handed_out(&self.group.methods[index].outcome) {
                let path = self.transaction.at.as_ref().unwrap_or(&self.transaction.id);
                rests.extend(way(self.models, &value.ty, Some(&path.value)));
            }
        }
        rests
    }

    /// The index of the method with this name. Nothing follows from one that could not be read.
    fn method(&self, name: &Text, diagnostics: &mut Diagnostics) -> Option<usize> {
        let found = self.group.methods.iter().position(|method| short(method) == name.value);
        if let Some(index) = found {
            return self
                .written(index)
                .is_some_and(|method| method.route.is_some())
                .then_some(index);
        }
        let known = self.group.methods.iter().map(short);
        let diagnostic = Diagnostic::error(
            &codes::TRANSACTION_METHOD,
            name.span,
            format!("the group `{}` has no method `{}`", self.group.name, shown(&name.value)),
        );
        diagnostics.push(match diagnostics.nearest(&name.value, known.clone()) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
            None => {
                let known: Vec<&str> = known.collect();
                diagnostic.help(format!("its methods are {}", quoted_list(&known)))
            }
        });
        None
    }

    fn written(&self, index: usize) -> Option<&'f ast::Method> {
        let method = self.group.methods.get(index)?;
        let is_it = |written: &&ast::Method| {
            written.name.value.split_once('.') == Some((self.group.name.as_str(), short(method)))
        };
        self.specification.methods.iter().find(is_it)
    }

    fn span(&self, index: usize) -> Span {
        self.written(index).map_or(self.transaction.open.span, |method| method.name.span)
    }

    /// The parameter of the commit that says which transaction it is.
    fn id(&self, commit: usize, diagnostics: &mut Diagnostics) -> Option<&'f Parameter> {
        let name = &self.transaction.id;
        let known = required(&self.group.methods[commit])
            .filter(|parameter| parameter.place == Place::Path)
            .map(|parameter| parameter.wire.as_str());
        let found = required(&self.group.methods[commit]).find(|parameter| self.is_id(parameter));
        let shared = &self.specification.parameters.path;
        if let (None, Some(shared)) = (found, shared.iter().find(|it| it.wire.value == name.value))
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::TRANSACTION_PARAMETER,
                    name.span,
                    format!("`{}` is a parameter of the client", shown(&name.value)),
                )
                .label("the same in all transactions of a client")
                .related(shared.wire.span, "this one")
                .help("`id` is the placeholder that says which transaction it is"),
            );
        } else if found.is_none() && !self.has_placeholder(commit, &name.value) {
            let diagnostic = Diagnostic::error(
                &codes::TRANSACTION_PARAMETER,
                name.span,
                format!("the commit has no path parameter `{}`", shown(&name.value)),
            )
            .related(self.span(commit), "the commit");
            diagnostics.push(match diagnostics.nearest(&name.value, known) {
                Some(near) => {
                    diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near)
                }
                None => diagnostic
                    .help("`id` is the placeholder in its route that says which transaction it is"),
            });
        }
        found
    }

    /// Whether a route has a placeholder. That it has no type is told there.
    fn has_placeholder(&self, index: usize, name: &str) -> bool {
        let route = self.written(index).and_then(|method| method.route.as_ref());
        route.is_some_and(|route| route.placeholders.iter().any(|it| it.value == name))
    }

    /// Whether this is the placeholder that says which transaction it is.
    fn is_id(&self, parameter: &Parameter) -> bool {
        parameter.place == Place::Path && parameter.wire == self.transaction.id.value
    }

    /// Where a transaction has from what its commit requires.
    fn held(&self, open: usize, commit: usize, diagnostics: &mut Diagnostics) -> Option<Vec<Held>> {
        let [opening, ending] = [open, commit].map(|index| &self.group.methods[index]);
        let mut report = |message: String, label: &str| {
            diagnostics.push(
                Diagnostic::error(&codes::TRANSACTION_PARAMETER, self.span(commit), message)
                    .label(label)
                    .related(self.transaction.commit.span, "it ends transactions"),
            );
        };
        if ending.body.as_ref().is_some_and(has_required) {
            report("a transaction holds no body for its commit".to_owned(), "this one has a body");
            return None;
        }
        let (mut held, mut fine) = (Vec::new(), true);
        for parameter in required(ending) {
            let wire = shown(&parameter.wire);
            if !self.can_be_held(&parameter.ty) {
                fine = false;
                report(
                    format!("a transaction cannot hold the parameter `{wire}`"),
                    "expected ids, texts and whole numbers",
                );
            } else if self.is_id(parameter) {
                held.push(Held::Id);
            } else if let Some(known) = source(opening, parameter) {
                held.push(Held::Opening(known.ident.clone()));
            } else {
                fine = false;
                report(
                    format!("nobody knows `{wire}` when a transaction begins"),
                    "the method that begins one does not require it, or as another type",
                );
            }
        }
        fine.then_some(held)
    }

    /// Whether a value of this type is kept and handed on without a thought.
    fn can_be_held(&self, ty: &Type) -> bool {
        if *ty == POISONED {
            return true;
        }
        match resolve(self.models, ty) {
            Type::Scalar(scalar) => matches!(
                scalar,
                Scalar::String
                    | Scalar::Uuid
                    | Scalar::Int32
                    | Scalar::Int64
                    | Scalar::Uint32
                    | Scalar::Uint64
                    | Scalar::Poisoned
            ),
            Type::Model(id) => self
                .models
                .get(id.0)
                .is_some_and(|model| matches!(model.kind, ModelKind::Newtype(_))),
            _ => false,
        }
    }

    /// The fields that lead to the id in what the first method hands out.
    fn at(
        &self,
        open: usize,
        id: &Parameter,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<String>> {
        let (method, written) = (&self.group.methods[open], self.written(open)?);
        if has_unknown_answer(written, method) {
            return None;
        }
        let bad = |span: Span, message: String| {
            Diagnostic::error(&codes::TRANSACTION_ANSWER, span, message)
        };
        let value = handed_out(&method.outcome);
        let unread = |ty: &Type| *resolve(self.models, ty) == POISONED;
        if value.is_some_and(|value| unread(&value.ty)) {
            return None;
        }
        let Some(value) = value.filter(|value| object(self.models, &value.ty).is_some()) else {
            let message = "what begins a transaction answers with an object".to_owned();
            diagnostics.push(
                bad(self.transaction.open.span, message)
                    .related(written.name.span, "this answers with something else"),
            );
            return None;
        };
        let path = self.transaction.at.as_ref().unwrap_or(&self.transaction.id);
        let (mut ty, mut at) = (&value.ty, Vec::new());
        // Without `at` the name is that of the parameter, dots and all.
        let whole = self.transaction.at.is_none();
        let names: Vec<&str> =
            if whole { vec![&path.value] } else { path.value.split('.').collect() };
        for name in names {
            if unread(ty) {
                return None;
            }
            let fields = object(self.models, ty).map_or(&[][..], |object| &object.fields);
            let Some(field) = fields.iter().find(|field| field.wire == name) else {
                let known = fields.iter().map(|field| field.wire.as_str());
                diagnostics.push(no_member("the answer", (path, name), known, diagnostics));
                return None;
            };
            if field.presence.is_option() {
                diagnostics.push(bad(
                    path.span,
                    format!("`{}` may be missing, so that nobody learns the id", shown(name)),
                ));
                return None;
            }
            at.push(field.ident.clone());
            ty = &field.ty;
        }
        let ty = if let Type::AsText(inner) = ty { inner } else { ty };
        if unread(ty) || unread(&id.ty) {
            return None;
        }
        if resolve(self.models, ty) != resolve(self.models, &id.ty) {
            diagnostics.push(
                bad(
                    path.span,
                    format!(
                        "the id in the answer and the parameter `{}` are of two types",
                        shown(&id.wire)
                    ),
                )
                .help("a name for both of them makes it one type: `models: { ExportId: int64 }`"),
            );
            return None;
        }
        Some(at)
    }

    /// The methods that take the id.
    fn inside(
        &self,
        open: usize,
        commit: usize,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Inside>> {
        let held: Vec<&Parameter> = required(&self.group.methods[commit]).collect();
        let (mut inside, mut fine) = (Vec::new(), true);
        for (index, method) in self.group.methods.iter().enumerate() {
            let takes_it = method.parameters.iter().any(|parameter| self.is_id(parameter));
            if index == open || index == commit || !takes_it {
                continue;
            }
            let mut filled = Vec::new();
            let name = method.ident.as_str();
            if GUARD_METHODS.contains(&name) {
                fine = false;
                let message = format!("`{name}` is what every transaction has by itself");
                diagnostics.push(
                    Diagnostic::error(&codes::TRANSACTION_NAME, self.span(index), message)
                        .label("this would be another one")
                        .help("choose another name, which only the specification knows"),
                );
            }
            for parameter in &method.parameters {
                let held = held.iter().find(|held| is_at(held, parameter));
                if !parameter.optional {
                    filled.push(held.map(|held| held.ident.clone()));
                }
                let Some(held) = held else { continue };
                if !is_same(parameter, held) {
                    fine = false;
                    let message = format!("`{}` is something else here", shown(&held.wire));
                    diagnostics.push(
                        Diagnostic::error(&codes::TRANSACTION_TYPE, self.span(index), message)
                            .label("it cannot be filled in by a transaction")
                            .related(self.span(commit), "transactions hold what this takes"),
                    );
                }
            }
            inside.push(Inside { method: index, filled });
        }
        fine.then_some(inside)
    }
}

/// The name of a method in its group.
fn short(method: &Method) -> &str {
    method.full_name.rsplit('.').next().unwrap_or_default()
}

fn required(method: &Method) -> impl Iterator<Item = &Parameter> {
    method.parameters.iter().filter(|parameter| !parameter.optional)
}

fn has_required(body: &Body) -> bool {
    match body {
        Body::Value { .. } | Body::Any { .. } => !body.is_optional(),
        Body::Members { fields, .. } => fields.iter().any(|field| field.presence.is_argument()),
    }
}

/// What fills a parameter of the commit: its like at the same place, or else the only one of this name.
fn source<'m>(opening: &'m Method, parameter: &Parameter) -> Option<&'m Parameter> {
    let mut known = opening.parameters.iter();
    let found = known.find(|known| is_at(known, parameter)).or_else(|| {
        let mut named = opening.parameters.iter().filter(|known| known.wire == parameter.wire);
        named.next().filter(|_| named.next().is_none())
    });
    found.filter(|known| is_same(known, parameter))
}

fn is_at(one: &Parameter, other: &Parameter) -> bool {
    (one.place, &one.wire) == (other.place, &other.wire)
}

fn is_same(one: &Parameter, other: &Parameter) -> bool {
    let unread = [&one.ty, &other.ty].contains(&&POISONED);
    one.wire == other.wire && (one.ty == other.ty || unread) && !one.optional
}

/// The value that a method hands out, or nothing.
fn handed_out(outcome: &Outcome) -> Option<&Value> {
    let (Outcome::Value(value) | Outcome::Optional { value, .. }) = outcome else { return None };
    (value.content == Content::Json && !value.first).then_some(value)
}
