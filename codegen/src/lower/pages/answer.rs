//! Members of an answer that pages are about.

use super::super::types::POISONED;
use crate::ast::{self, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Content, Field, Model, ModelKind, Object, Outcome, Presence, Scalar, Step, Type, UnionForm,
    Value,
};
use crate::parse::shown;
use crate::source::Span;

/// Looks for members in the answer of a method.
pub(super) struct Finder<'f> {
    pub(super) models: &'f [Model],
    pub(super) paginate: &'f ast::Paginate,
}

impl<'f> Finder<'f> {
    fn no_list(&self, help: impl Into<String>) -> Diagnostic {
        Diagnostic::error(
            &codes::PAGES_WITHOUT_LIST,
            self.paginate.pager.span,
            "the answer has no list of which there could be pages",
        )
        .help(help)
    }

    pub(super) fn value<'o>(
        &self,
        outcome: &'o Outcome,
        diagnostics: &mut Diagnostics,
    ) -> Option<&'o Value> {
        match outcome {
            Outcome::Value(value) | Outcome::Optional { value, .. }
                if !value.first && value.content == Content::Json =>
            {
                Some(value)
            }
            _ => {
                diagnostics.push(self.no_list("a page is a list, or an object with one"));
                None
            }
        }
    }

    /// Whether an answer is a list with nothing around it.
    pub(super) fn is_only_list(&self, value: &Value) -> bool {
        value.at.is_empty() && self.list(&value.ty).is_some()
    }

    fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        resolve(self.models, ty)
    }

    fn object<'t>(&'t self, ty: &'t Type) -> Option<&'t Object> {
        object(self.models, ty)
    }

    fn list<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        match self.resolve(ty) {
            Type::List(item) => Some(item),
            _ => None,
        }
    }

    /// The items of a page of type `ty`: at the path that is stated, or where there is one list.
    pub(super) fn items(
        &self,
        path: Option<&Text>,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Type, Vec<Step>)> {
        let Some(path) = path else {
            if let Some(item) = self.list(ty) {
                return Some((item.clone(), Vec::new()));
            }
            return self.only_list(ty, diagnostics);
        };
        let (mut ty, mut steps) = (ty, Vec::new());
        for name in path.value.split('.') {
            if *self.resolve(ty) == POISONED {
                return None;
            }
            let known = self.object(ty).map_or(&[][..], |object| &object.fields);
            let Some(field) = known.iter().find(|field| field.wire == name) else {
                let known = known.iter().map(|field| field.wire.as_str());
                let found = no_member("the answer", (path, name), known, diagnostics);
                diagnostics.push(match self.paginate.items {
                    Some(_) => found,
                    None => found.related(self.paginate.pager.span, "used here"),
                });
                return None;
            };
            steps.push(step(field));
            ty = &field.ty;
        }
        let Some(item) = self.list(ty) else {
            if *self.resolve(ty) == POISONED {
                return None;
            }
            diagnostics.push(
                Diagnostic::error(
                    &codes::PAGES_WITHOUT_LIST,
                    path.span,
                    format!("`{}` is not a list", shown(&path.value)),
                )
                .label("expected the items of a page")
                .help("name all members that lead to the list, such as `items: data.users`"),
            );
            return None;
        };
        Some((item.clone(), steps))
    }

    fn only_list(&self, ty: &Type, diagnostics: &mut Diagnostics) -> Option<(Type, Vec<Step>)> {
        let fields = self.object(ty).map_or(&[][..], |object| &object.fields);
        let lists: Vec<_> =
            fields.iter().filter_map(|field| Some((field, self.list(&field.ty)?))).collect();
        match lists.as_slice() {
            [(field, item)] => Some(((*item).clone(), vec![step(field)])),
            // One that could not be read may be the list.
            [] if *self.resolve(ty) == POISONED
                || fields.iter().any(|field| *self.resolve(&field.ty) == POISONED) =>
            {
                None
            }
            [] => {
                diagnostics
                    .push(self.no_list("name the members that lead to it: `items: data.users`"));
                None
            }
            several => {
                let names: Vec<&str> =
                    several.iter().map(|(field, _)| field.wire.as_str()).collect();
                let names = crate::parse::quoted_list(&names);
                diagnostics.push(
                    Diagnostic::error(
                        &codes::PAGES_WITHOUT_LIST,
                        self.paginate.pager.span,
                        format!("the answer has several lists: {names}"),
                    )
                    .help(format!("say which one: `items: {}`", several[0].0.wire)),
                );
                None
            }
        }
    }

    /// Whether an answer of type `ty` can have the member, and whether it can say what is asked of it; only what is
    /// declared is known.
    pub(super) fn check_signal(
        &self,
        path: &Text,
        signal: Signal,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) {
        let mut ty = match self.resolve(ty) {
            Type::Nullable(item) => item,
            ty => ty,
        };
        for name in path.value.split('.') {
            let object = match self.resolve(ty) {
                Type::List(_) => None,
                Type::Scalar(scalar) if !matches!(scalar, Scalar::Json | Scalar::Poisoned) => None,
                _ => match self.object(ty) {
                    Some(object) => Some(object),
                    None => return,
                },
            };
            let fields = object.map_or(&[][..], |object| &object.fields);
            if object.is_some_and(|object| object.undeclared.is_some()) {
                return;
            }
            let Some(field) = fields.iter().find(|field| field.wire == name) else {
                let known = fields.iter().map(|field| field.wire.as_str());
                diagnostics.push(
                    no_member(signal.place(), (path, name), known, diagnostics)
                        .related(self.paginate.pager.span, "used here"),
                );
                return;
            };
            ty = &field.ty;
        }
        if !self.can_be(signal, ty) {
            let message = format!("`{}` is no {}", shown(&path.value), signal.wanted());
            diagnostics.push(
                Diagnostic::error(&codes::BAD_PAGER, path.span, message)
                    .label(signal.otherwise())
                    .related(self.paginate.pager.span, "used here")
                    .help(signal.remedy()),
            );
        }
    }

    /// Whether values of a type can be what is looked for. What is not known may be anything.
    fn can_be(&self, signal: Signal, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Scalar(Scalar::Json | Scalar::Poisoned) | Type::Parameter(_) => true,
            Type::Scalar(Scalar::Boolean) => signal == Signal::More,
            Type::Scalar(scalar) => match signal {
                Signal::More => false,
                Signal::Cursor | Signal::InLast => *scalar != Scalar::File,
                Signal::Address => matches!(scalar, Scalar::String | Scalar::Url),
            },
            Type::Nullable(of) => self.can_be(signal, of),
            Type::Link(_) | Type::AsText(_) | Type::Csv(_) => signal != Signal::More,
            Type::List(_) | Type::Map(_) | Type::Keyed(..) => false,
            Type::Model(id) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Object(_)) => false,
                Some(ModelKind::Enum(_)) => matches!(signal, Signal::Cursor | Signal::InLast),
                Some(ModelKind::Newtype(_)) => signal != Signal::More,
                Some(ModelKind::Union(union)) => {
                    union.form == UnionForm::Untagged
                        && union.variants.iter().any(|variant| self.can_be(signal, &variant.ty))
                }
                Some(ModelKind::Alias(_)) | None => true,
            },
        }
    }
}

/// What the member of an answer says to which a pager leads.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Signal {
    Cursor,
    /// The cursor in the last item.
    InLast,
    Address,
    More,
}

impl Signal {
    fn wanted(self) -> &'static str {
        match self {
            Self::Cursor | Self::InLast => "text or number, which a cursor is",
            Self::Address => "text or `url`, which an address is",
            Self::More => "`boolean`, which says whether there are more pages",
        }
    }

    /// What has the member.
    fn place(self) -> &'static str {
        match self {
            Self::InLast => "an item of the list",
            _ => "the answer",
        }
    }

    /// What would come of another value.
    fn otherwise(self) -> &'static str {
        match self {
            Self::InLast => "there would be no page behind the first one",
            _ => "pages would end after the first one",
        }
    }

    fn remedy(self) -> &'static str {
        match self {
            Self::InLast => {
                "name the member of an item that the next page is asked for by, such as `last: id`"
            }
            _ => "name all members that lead to it, such as `meta.next`",
        }
    }
}

/// The type behind other names for it.
pub(in crate::lower) fn resolve<'t>(models: &'t [Model], mut ty: &'t Type) -> &'t Type {
    // A circle of names is reported elsewhere.
    for _ in 0..32 {
        match ty {
            Type::Model(id) => match models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Alias(of)) => ty = of,
                _ => return ty,
            },
            _ => return ty,
        }
    }
    ty
}

/// The object behind a type.
pub(in crate::lower) fn object<'t>(models: &'t [Model], ty: &'t Type) -> Option<&'t Object> {
    let Type::Model(id) = resolve(models, ty) else { return None };
    match models.get(id.0).map(|model| &model.kind) {
        Some(ModelKind::Object(object)) => Some(object),
        _ => None,
    }
}

/// Where the models begin that are on the way from a type along a path. Without one they are those of all that the
/// type has.
pub(in crate::lower) fn way(models: &[Model], ty: &Type, path: Option<&str>) -> Vec<Span> {
    let mut way = Vec::new();
    let mut ty = pass(models, ty, &mut way);
    let Some(path) = path else {
        for field in fields(models, ty) {
            pass(models, &field.ty, &mut way);
        }
        return way;
    };
    for name in path.split('.') {
        let Some(field) = fields(models, ty).iter().find(|it| it.wire == name) else { break };
        ty = pass(models, &field.ty, &mut way);
    }
    way
}

/// The type behind other names for it, with where they are defined.
pub(in crate::lower) fn pass<'t>(
    models: &'t [Model],
    ty: &'t Type,
    way: &mut Vec<Span>,
) -> &'t Type {
    let mut at = ty;
    while let Type::Model(id) = at
        && let Some(model) = models.get(id.0)
        // A circle of names is reported elsewhere.
        && !way.contains(&model.span)
    {
        way.push(model.span);
        match &model.kind {
            ModelKind::Alias(of) => at = of,
            _ => break,
        }
    }
    resolve(models, at)
}

fn fields<'f>(models: &'f [Model], ty: &'f Type) -> &'f [Field] {
    object(models, ty).map_or(&[], |object| &object.fields)
}

fn step(field: &Field) -> Step {
    let optional = !matches!(field.presence, Presence::Required | Presence::NullAsDefault);
    Step { ident: field.ident.clone(), wire: field.wire.clone(), optional }
}

pub(in crate::lower) fn no_member<'k>(
    place: &str,
    (path, name): (&Text, &str),
    known: impl Iterator<Item = &'k str> + Clone,
    diagnostics: &Diagnostics,
) -> Diagnostic {
    let start = name.as_ptr() as usize - path.value.as_ptr() as usize;
    let span = crate::type_expr::part(path.span, &path.value, start, start + name.len());
    let diagnostic = Diagnostic::error(
        &codes::NO_SUCH_MEMBER,
        span,
        format!("{place} has no member `{}`", shown(name)),
    );
    match diagnostics.nearest(name, known.clone()) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(span, near),
        None => {
            let known: Vec<&str> = known.collect();
            let known = if known.is_empty() {
                "it is no object".to_owned()
            } else {
                format!("its members are {}", crate::parse::quoted_list(&known))
            };
            diagnostic.help(known)
        }
    }
}
