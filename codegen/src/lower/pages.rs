//! Lists that come in pages: the parameters that ask for them, and where the answers have the items.

use std::collections::BTreeMap;

use super::models::Registry;
use super::types::POISONED;
use crate::ast::{self, CursorPath, Pager, PagerStyle, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Content, Group, Method, Model, ModelKind, Object, Outcome, PageStyle, Paging, Presence, Scalar,
    Step, Type, UnionForm, Value,
};
use crate::parse::shown;
use crate::source::Span;

/// What a parameter of a pager is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Offset,
    Page,
    Cursor,
    Limit,
}

impl Role {
    /// The type of a parameter that is declared by the pager alone.
    pub(super) fn ty(self) -> Type {
        Type::Scalar(if self == Self::Cursor { Scalar::String } else { Scalar::Int32 })
    }

    /// What is said about one.
    pub(super) fn doc(self) -> &'static str {
        match self {
            Self::Offset => "How many items to leave out before the first one.",
            Self::Page => "The number of the page.",
            Self::Cursor => "The place to go on from, as an answer gave it.",
            Self::Limit => "How many items a page has at most.",
        }
    }
}

/// The pager that a method names.
pub(super) fn pager<'s>(
    method: &ast::Method,
    specification: &'s Specification,
) -> Option<&'s Pager> {
    let name = &method.paginate.as_ref()?.pager.value;
    specification.pagers.iter().find(|pager| pager.name.value == *name)
}

/// The cursor for the direction that a method names.
fn cursor<'p>(
    method: &ast::Method,
    forth: &'p CursorPath,
    back: Option<&'p CursorPath>,
) -> &'p CursorPath {
    let backwards = method.paginate.as_ref().is_some_and(|paginate| paginate.back.is_some());
    back.filter(|_| backwards).unwrap_or(forth)
}

/// The parameters that a pager asks with.
pub(super) fn parameters<'p>(method: &ast::Method, pager: &'p Pager) -> Vec<(&'p Text, Role)> {
    let place = match &pager.style {
        Some(PagerStyle::Offset(name)) => Some((name, Role::Offset)),
        Some(PagerStyle::Page { parameter, .. }) => Some((parameter, Role::Page)),
        Some(PagerStyle::Cursor { forth, back }) => {
            Some((&cursor(method, forth, back.as_ref()).parameter, Role::Cursor))
        }
        Some(PagerStyle::LinkHeader | PagerStyle::NextUrl(_)) | None => None,
    };
    place.into_iter().chain(pager.limit.as_ref().map(|name| (name, Role::Limit))).collect()
}

/// Checks a parameter that both the method and its pager declare; `ty` is its type behind other names for it.
pub(super) fn check_parameter(
    ty: ParameterType,
    (name, role): (&Text, Role),
    declared: Span,
    diagnostics: &mut Diagnostics,
) {
    let fine = match (role, ty) {
        (_, ParameterType::Unknown) => true,
        (Role::Cursor, ParameterType::Number | ParameterType::Text) => true,
        (_, ParameterType::Number) => true,
        (_, ParameterType::Text | ParameterType::Other) => false,
    };
    if !fine {
        let message = format!("pages cannot be asked for by `{}`", shown(&name.value));
        diagnostics.push(
            Diagnostic::error(&codes::PAGER_PARAMETER, declared, message)
                .label(match role {
                    Role::Cursor => "expected a text or a number",
                    _ => "expected a whole number",
                })
                .related(name.span, "the pager asks with it"),
        );
    }
}

/// What a parameter can ask for pages with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ParameterType {
    Number,
    Text,
    /// True or false, one of a few values, or more than one value.
    Other,
    /// What could not be read.
    Unknown,
}

impl Registry<'_> {
    /// What the type of a parameter is behind other names for it.
    pub(super) fn parameter_type(&mut self, ty: &Type) -> ParameterType {
        let mut ty = ty.clone();
        // A circle of names is reported by itself.
        for _ in 0..64 {
            let Type::Model(id) = ty else { break };
            match &self.model(id).kind {
                ast::ModelKind::Alias(expr) => {
                    let forms = self.forms;
                    ty = self.resolve(expr, forms, &mut Diagnostics::default());
                }
                // Values that are numbers have names.
                ast::ModelKind::Enum { values, .. } => {
                    let number = |value: &ast::EnumValue| value.wire.value.parse::<i64>().is_ok();
                    return match values.iter().all(number) {
                        true => ParameterType::Number,
                        false => ParameterType::Other,
                    };
                }
                ast::ModelKind::Poisoned => return ParameterType::Unknown,
                _ => return ParameterType::Other,
            }
        }
        match ty {
            Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64) => {
                ParameterType::Number
            }
            Type::Scalar(Scalar::Poisoned) | Type::Model(_) | Type::Parameter(_) => {
                ParameterType::Unknown
            }
            Type::Scalar(Scalar::Boolean) | Type::List(_) | Type::Csv(_) => ParameterType::Other,
            _ => ParameterType::Text,
        }
    }
}

/// Checks the entries of `pagers:`
pub(super) fn check(specification: &Specification, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
    for pager in &specification.pagers {
        let first = *seen.entry(&pager.name.value).or_insert(pager.name.span);
        if first != pager.name.span {
            diagnostics.push(
                Diagnostic::error(
                    &codes::DUPLICATE_ITEM,
                    pager.name.span,
                    format!("the pager `{}` is defined twice", shown(&pager.name.value)),
                )
                .related(first, "first defined here"),
            );
        }
        if let (Some(short), None) = (pager.short, &pager.size) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_PAGER,
                    short,
                    "nobody knows how long a page is that is not short",
                )
                .help("say how many items a page has unless asked otherwise: `size: 10`"),
            );
        }
    }
}

/// Decides how each method gets from page to page; the models are as they will be emitted.
pub(super) fn settle(
    specification: &Specification,
    models: &[Model],
    groups: &mut [Group],
    diagnostics: &mut Diagnostics,
) {
    let lowered = groups.iter_mut().flat_map(|group| &mut group.methods);
    let short = |ir: &Method| ir.full_name.split_once('.').map(|(_, name)| name.to_owned());
    let mut lowered: BTreeMap<String, &mut Method> =
        lowered.filter_map(|ir| Some((short(ir)?, ir))).collect();
    for method in specification.methods.iter().filter(|method| method.paginate.is_some()) {
        if let Some(ir) = lowered.get_mut(&method.name.value) {
            ir.paging = paging(method, ir, specification, models, diagnostics);
        }
    }
}

fn paging(
    method: &ast::Method,
    ir: &Method,
    specification: &Specification,
    models: &[Model],
    diagnostics: &mut Diagnostics,
) -> Option<Paging> {
    let paginate = method.paginate.as_ref()?;
    let Some(pager) = pager(method, specification) else {
        diagnostics.push(unknown(&paginate.pager, specification, diagnostics));
        return None;
    };
    let style = pager.style.as_ref()?;
    if let (Some(span), false) =
        (paginate.back, matches!(style, PagerStyle::Cursor { back: Some(_), .. }))
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PAGER,
                span,
                format!("the pager `{}` knows one direction only", shown(&pager.name.value)),
            )
            .related(pager.name.span, "this pager")
            .help("a pager of style `cursor` can have `before: { cursor: …, next: … }`"),
        );
    }
    if let (PagerStyle::LinkHeader | PagerStyle::NextUrl(_), Some(route)) = (style, &method.route)
        && route.verb.value != "GET"
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_PAGER,
                paginate.pager.span,
                "links to further pages can be followed only with GET",
            )
            .related(route.verb.span, "the verb of the method"),
        );
    }
    if has_unknown_answer(method, ir) {
        return None;
    }
    let finder = Finder { models, paginate };
    let value = finder.value(&ir.outcome, diagnostics)?;
    let signal = |path: &Text, signal: Signal, diagnostics: &mut Diagnostics| {
        if value.at.is_empty() {
            finder.check_signal(path, signal, &value.ty, diagnostics);
        }
        split(&path.value)
    };
    let style = match style {
        PagerStyle::Offset(name) => PageStyle::Offset(name.value.clone()),
        PagerStyle::Page { parameter, first } => PageStyle::Page(parameter.value.clone(), *first),
        PagerStyle::Cursor { forth, back } => {
            let cursor = cursor(method, forth, back.as_ref());
            let next = signal(&cursor.next, Signal::Cursor, diagnostics);
            PageStyle::Cursor(cursor.parameter.value.clone(), next)
        }
        PagerStyle::LinkHeader => PageStyle::LinkHeader,
        PagerStyle::NextUrl(next) => PageStyle::NextUrl(signal(next, Signal::Address, diagnostics)),
    };
    let more = pager.more.as_ref().map(|more| signal(more, Signal::More, diagnostics));
    let path = paginate.items.as_ref().or(pager.items.as_ref());
    let (item, steps) = finder.items(path, &value.ty, diagnostics)?;
    Some(Paging {
        style,
        limit: pager.limit.as_ref().map(|limit| limit.value.clone()),
        size: pager.size.as_ref().map(|size| size.value),
        short: pager.short.is_some(),
        more,
        item,
        steps,
    })
}

/// Whether what the method answers was reported already.
pub(super) fn has_unknown_answer(method: &ast::Method, ir: &Method) -> bool {
    let stated = |answer: &ast::Answer| !matches!(answer.ty, ast::AnswerType::Poisoned);
    match &ir.outcome {
        Outcome::Value(value) | Outcome::Optional { value, .. } => value.ty == POISONED,
        Outcome::Nothing | Outcome::Several { .. } => !method.returns.iter().any(stated),
    }
}

fn unknown(name: &Text, specification: &Specification, diagnostics: &Diagnostics) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::UNKNOWN_PAGER,
        name.span,
        format!("there is no pager `{}`", shown(&name.value)),
    );
    let known = specification.pagers.iter().map(|pager| pager.name.value.as_str());
    match diagnostics.nearest(&name.value, known) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near),
        None => {
            let known: Vec<&str> =
                specification.pagers.iter().map(|pager| pager.name.value.as_str()).collect();
            match known.as_slice() {
                [] => diagnostic.help("define it in `pagers`"),
                known => diagnostic
                    .help(format!("known pagers are {}", crate::parse::quoted_list(known))),
            }
        }
    }
}

/// `meta.next`
fn split(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}

/// Looks for members in the answer of a method.
struct Finder<'f> {
    models: &'f [Model],
    paginate: &'f ast::Paginate,
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

    fn value<'o>(&self, outcome: &'o Outcome, diagnostics: &mut Diagnostics) -> Option<&'o Value> {
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
    fn items(
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
                let found = no_member(path, name, known, diagnostics);
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
                .label("expected the items of a page"),
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
    fn check_signal(&self, path: &Text, signal: Signal, ty: &Type, diagnostics: &mut Diagnostics) {
        let mut ty = ty;
        for name in path.value.split('.') {
            let object = match self.resolve(ty) {
                Type::List(_) => None,
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
                    no_member(path, name, known, diagnostics)
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
                    .label("pages would end after the first one")
                    .related(self.paginate.pager.span, "used here")
                    .help("name all members that lead to it, such as `meta.next`"),
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
                Signal::Cursor => *scalar != Scalar::File,
                Signal::Address => matches!(scalar, Scalar::String | Scalar::Url),
            },
            Type::Nullable(of) => self.can_be(signal, of),
            Type::Link(_) | Type::AsText(_) | Type::Csv(_) => signal != Signal::More,
            Type::List(_) | Type::Map(_) | Type::Keyed(..) => false,
            Type::Model(id) => match self.models.get(id.0).map(|model| &model.kind) {
                Some(ModelKind::Object(_)) => false,
                Some(ModelKind::Enum(_)) => signal == Signal::Cursor,
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
enum Signal {
    Cursor,
    Address,
    More,
}

impl Signal {
    fn wanted(self) -> &'static str {
        match self {
            Self::Cursor => "text or number, which a cursor is",
            Self::Address => "text or `url`, which an address is",
            Self::More => "`boolean`, which says whether there are more pages",
        }
    }
}

/// The type behind other names for it.
pub(super) fn resolve<'t>(models: &'t [Model], mut ty: &'t Type) -> &'t Type {
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
pub(super) fn object<'t>(models: &'t [Model], ty: &'t Type) -> Option<&'t Object> {
    let Type::Model(id) = resolve(models, ty) else { return None };
    match models.get(id.0).map(|model| &model.kind) {
        Some(ModelKind::Object(object)) => Some(object),
        _ => None,
    }
}

fn step(field: &crate::ir::Field) -> Step {
    let optional = !matches!(field.presence, Presence::Required | Presence::NullAsDefault);
    Step { ident: field.ident.clone(), optional }
}

pub(super) fn no_member<'k>(
    path: &Text,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
    diagnostics: &Diagnostics,
) -> Diagnostic {
    let start = name.as_ptr() as usize - path.value.as_ptr() as usize;
    let span = crate::type_expr::part(path.span, &path.value, start, start + name.len());
    let diagnostic = Diagnostic::error(
        &codes::NO_SUCH_MEMBER,
        span,
        format!("the answer has no member `{}`", shown(name)),
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
