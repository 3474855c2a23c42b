//! Every place of a specification that names something that it defines.

use crate::ast::{
    Answer, AnswerType, AuthEntry, AuthKind, AuthRef, Base, Body, Claim, Deliveries, ErrorEntry,
    FieldItem, Group, Member, Method, Model, ModelKind, Origin, Specification, Text, TokenAuth,
    TypeExpr, TypeKind,
};
use crate::diag::nearest;
use crate::source::Span;

/// What is done with the names.
pub(crate) trait Names {
    /// What names stand for types in the model that comes now.
    fn open(&mut self, _parameters: &[Text]) {}
    /// The name of a model; `false` if there is none, which has been reported.
    fn model(&mut self, name: &mut String, span: Span) -> bool;
    /// The name of an auth entry.
    fn auth(&mut self, name: &mut Text);
    /// The name of a source.
    fn source(&mut self, name: &mut String, span: Span);
    /// The name of something that no other file lends.
    fn own(&mut self, _what: Own, _name: &Text) {}
    /// The method that comes now: its placeholders are names too.
    fn method(&mut self, _method: &Method) {}
}

/// What no other file lends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Own {
    /// `link<users.get>`, and the methods of a transaction, without their group.
    Method,
    PathType,
    Server,
    Pager,
    /// The name that `use` gives to a file.
    Use,
}

/// Everything but the models and auth entries.
pub(crate) fn rest(it: &mut Specification, names: &mut dyn Names) {
    for base in [&it.defaults.base, &it.formats_from].into_iter().flatten() {
        names.own(Own::Use, base);
    }
    auth_reference(&mut it.defaults.auth, names);
    errors(&mut it.defaults.errors, names);
    let parameters = &mut it.parameters;
    let shared = [
        &mut it.path,
        &mut parameters.path,
        &mut parameters.query,
        &mut parameters.headers,
        &mut parameters.cookies,
    ];
    shared.into_iter().flatten().for_each(|one| ty(&mut one.ty, names));
    it.groups.iter_mut().for_each(|one| group(one, names));
    it.methods.iter_mut().for_each(|one| method(one, names));
    it.deliveries.iter_mut().for_each(|one| deliveries(one, names));
}

pub(crate) fn model(it: &mut Model, names: &mut dyn Names) {
    names.open(&it.parameters);
    origin(&mut it.origin, names);
    match &mut it.kind {
        ModelKind::Alias(expr) => ty(expr, names),
        ModelKind::Object(list) => items(list, names),
        ModelKind::Union { variants, .. } => {
            variants.iter_mut().for_each(|one| ty(&mut one.ty, names));
        }
        ModelKind::Like { base, .. } => {
            if !self::base(base, names) {
                it.kind = ModelKind::Poisoned;
            }
        }
        ModelKind::Enum { .. } | ModelKind::Poisoned => {}
    }
    names.open(&[]);
}

fn base(it: &mut Base, names: &mut dyn Names) -> bool {
    it.arguments.iter_mut().for_each(|expr| ty(expr, names));
    names.model(&mut it.name.value, it.name.span)
}

pub(crate) fn auth(it: &mut AuthEntry, names: &mut dyn Names) {
    match &mut it.kind {
        AuthKind::Any(list) | AuthKind::All(list) => {
            list.iter_mut().for_each(|name| names.auth(name));
        }
        AuthKind::Jwt(jwt) => {
            for (_, claim) in &mut jwt.claims {
                if let Claim::Argument(expr) = claim {
                    ty(expr, names);
                }
            }
        }
        AuthKind::OAuth2(oauth) => {
            oauth.token.iter_mut().for_each(|expr| ty(expr, names));
            if let TokenAuth::Entry(name) = &mut oauth.token_auth {
                names.auth(name);
            }
        }
        AuthKind::Basic { .. }
        | AuthKind::Bearer { .. }
        | AuthKind::ApiKey { .. }
        | AuthKind::Poisoned => {}
    }
}

fn group(it: &mut Group, names: &mut dyn Names) {
    if let Some(transaction) = &it.transaction {
        for method in [&transaction.open, &transaction.commit] {
            let whole = format!("{}.{}", it.name.value, method.value);
            names.own(Own::Method, &Text::new(whole, method.span));
        }
        names.own(Own::PathType, &transaction.id);
    }
    if let Some(server) = &it.server {
        names.own(Own::Server, server);
    }
    auth_reference(&mut it.auth, names);
    errors(&mut it.errors, names);
    origin(&mut it.origin, names);
}

fn method(it: &mut Method, names: &mut dyn Names) {
    names.method(it);
    if let Some(server) = &it.server {
        names.own(Own::Server, server);
    }
    if let Some(paginate) = &it.paginate {
        names.own(Own::Pager, &paginate.pager);
    }
    for list in [&mut it.path, &mut it.query, &mut it.headers, &mut it.cookies] {
        items(list, names);
    }
    it.body.iter_mut().for_each(|one| body(one, names));
    it.returns.iter_mut().for_each(|one| answer(one, names));
    errors(&mut it.errors, names);
    auth_reference(&mut it.auth, names);
    origin(&mut it.origin, names);
}

fn body(it: &mut Body, names: &mut dyn Names) {
    match it {
        Body::Type { ty: expr, .. } => ty(expr, names),
        Body::Members { items: list, .. } => items(list, names),
        Body::Any { alternatives, .. } => {
            alternatives.iter_mut().for_each(|one| body(&mut one.body, names));
        }
    }
}

fn answer(it: &mut Answer, names: &mut dyn Names) {
    match &mut it.ty {
        AnswerType::Value(value) => {
            let expr = &mut value.ty;
            ty(expr, names);
            if matches!(expr.kind, TypeKind::Poisoned) {
                it.ty = AnswerType::Poisoned;
            }
        }
        AnswerType::Any(answers) => answers.iter_mut().for_each(|one| answer(one, names)),
        AnswerType::Nothing | AnswerType::Poisoned => {}
    }
}

fn deliveries(it: &mut Deliveries, names: &mut dyn Names) {
    it.events.iter_mut().for_each(|one| ty(&mut one.ty, names));
    it.each.iter_mut().chain(&mut it.envelope).for_each(|expr| ty(expr, names));
    origin(&mut it.origin, names);
}

fn errors(list: &mut [ErrorEntry], names: &mut dyn Names) {
    list.iter_mut().filter_map(|one| one.ty.as_mut()).for_each(|expr| ty(expr, names));
}

fn items(list: &mut Vec<FieldItem>, names: &mut dyn Names) {
    list.retain_mut(|item| match item {
        FieldItem::Member(member) => {
            let Member { ty: expr, .. } = &mut **member;
            ty(expr, names);
            true
        }
        FieldItem::Spread(other) => base(other, names),
    });
}

fn ty(expr: &mut TypeExpr, names: &mut dyn Names) {
    match &mut expr.kind {
        TypeKind::Name { name, arguments } if name == "link" => {
            for method in arguments {
                if let TypeKind::Name { name, .. } = &method.kind {
                    names.own(Own::Method, &Text::new(name.clone(), method.span));
                }
            }
        }
        // One that is misspelt names no type either.
        TypeKind::Name { name, arguments } if may_be_link(name, arguments) => {}
        TypeKind::Name { name, arguments } => {
            arguments.iter_mut().for_each(|inner| ty(inner, names));
            if !names.model(name, expr.span) {
                expr.kind = TypeKind::Poisoned;
            }
        }
        TypeKind::Nullable(inner) => ty(inner, names),
        TypeKind::Raw { .. } | TypeKind::File { .. } | TypeKind::Poisoned => {}
    }
}

/// Whether a type is meant that leads to a method.
fn may_be_link(name: &str, arguments: &[TypeExpr]) -> bool {
    let leads = arguments
        .iter()
        .any(|it| matches!(&it.kind, TypeKind::Name { name, .. } if name.contains('.')));
    leads && nearest(name, ["link"]).is_some()
}

fn auth_reference(auth: &mut Option<AuthRef>, names: &mut dyn Names) {
    if let Some(AuthRef::Entry(name)) = auth {
        names.auth(name);
    }
}

fn origin(it: &mut Origin, names: &mut dyn Names) {
    let Some(from) = &mut it.from else { return };
    let (name, rest) = from.value.split_once(' ').unwrap_or((&from.value, ""));
    let (mut renamed, rest) = (name.to_owned(), rest.to_owned());
    names.source(&mut renamed, from.span);
    if renamed != name {
        from.value = if rest.is_empty() { renamed } else { format!("{renamed} {rest}") };
    }
}
