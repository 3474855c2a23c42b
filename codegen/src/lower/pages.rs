//! Lists that come in pages: the parameters that ask for them, and where the answers have the items.

mod answer;
mod unknown;

use std::collections::BTreeMap;

use super::models::Registry;
use super::types::POISONED;
use crate::ast::{self, CursorPath, Pager, PagerStyle, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Group, Method, Model, Outcome, PageStyle, Paging, Scalar, Type};
use crate::parse::shown;
use crate::source::Span;
use answer::{Finder, Signal};
pub(super) use answer::{no_member, object, pass, resolve, way};

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
                .related(name.span, "the pager asks with it")
                .help("name the parameter in the pager that is for this"),
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
            let before = diagnostics.mark();
            ir.paging = paging(method, ir, specification, models, diagnostics);
            if diagnostics.errors_since(before) {
                let rests = rests(method, ir, specification, models);
                rests.into_iter().for_each(|place| diagnostics.rest_since(before, place));
            }
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
        diagnostics.push(unknown::found(&paginate.pager, specification, diagnostics));
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
    if finder.is_only_list(value)
        && let Some(way) = ways(method, pager).first()
    {
        diagnostics.push(
            Diagnostic::error(
                &codes::NO_SUCH_MEMBER,
                paginate.pager.span,
                "the answer is a list, and the pager leads to members of an object",
            )
            .related(way.span, "this way, for example")
            .help("name the model around the list in `returns`, or a pager for lists"),
        );
        return None;
    }
    let path = paginate.items.as_ref().or(pager.items.as_ref());
    let found = finder.items(path, &value.ty, diagnostics);
    // Where there is no list to look for, the ways of the pager lead through something else.
    if path.is_none() && found.is_none() {
        return None;
    }
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
            let parameter = cursor.parameter.value.clone();
            if cursor.in_last {
                let (item, steps) =
                    found.as_ref().map_or((&POISONED, &[][..]), |(item, steps)| (item, steps));
                finder.check_signal(&cursor.next, Signal::InLast, item, diagnostics);
                let list = value.at.iter().chain(steps.iter().map(|step| &step.wire)).cloned();
                let (list, member) = (list.collect(), split(&cursor.next.value));
                PageStyle::InLast { parameter, list, member }
            } else {
                PageStyle::Cursor(parameter, signal(&cursor.next, Signal::Cursor, diagnostics))
            }
        }
        PagerStyle::LinkHeader => PageStyle::LinkHeader,
        PagerStyle::NextUrl(next) => PageStyle::NextUrl(signal(next, Signal::Address, diagnostics)),
    };
    let more = pager.more.as_ref().map(|more| signal(more, Signal::More, diagnostics));
    let (item, steps) = found?;
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

/// What pages lean on: the pager, the method, and the models on the way to what the pager looks at.
fn rests(
    method: &ast::Method,
    ir: &Method,
    specification: &Specification,
    models: &[Model],
) -> Vec<Span> {
    let mut rests = vec![method.name.span];
    let Some(pager) = pager(method, specification) else { return rests };
    rests.push(pager.name.span);
    let (Outcome::Value(value) | Outcome::Optional { value, .. }) = &ir.outcome else {
        return rests;
    };
    let Some(paginate) = &method.paginate else { return rests };
    let items = paginate.items.as_ref().or(pager.items.as_ref());
    let signals = next(method, pager).into_iter().chain(&pager.more).map(Some);
    let ways = signals.chain([items]).map(|path| path.map(|path| path.value.as_str()));
    rests.extend(ways.flat_map(|path| way(models, &value.ty, path)));
    if let Some(member) = in_last(method, pager) {
        let finder = Finder { models, paginate };
        let found = finder.items(items, &value.ty, &mut Diagnostics::default());
        let of_item = |(item, _)| way(models, &item, Some(&member.value));
        rests.extend(found.into_iter().flat_map(of_item));
    }
    rests
}

/// The way to what leads on in an answer.
fn next<'p>(method: &ast::Method, pager: &'p Pager) -> Option<&'p Text> {
    match &pager.style {
        Some(PagerStyle::Cursor { forth, back }) => {
            let cursor = cursor(method, forth, back.as_ref());
            (!cursor.in_last).then_some(&cursor.next)
        }
        Some(PagerStyle::NextUrl(next)) => Some(next),
        _ => None,
    }
}

/// The same in the last item.
fn in_last<'p>(method: &ast::Method, pager: &'p Pager) -> Option<&'p Text> {
    let Some(PagerStyle::Cursor { forth, back }) = &pager.style else { return None };
    let cursor = cursor(method, forth, back.as_ref());
    cursor.in_last.then_some(&cursor.next)
}

/// The ways into an answer that a pager has.
fn ways<'p>(method: &'p ast::Method, pager: &'p Pager) -> Vec<&'p Text> {
    let own = method.paginate.as_ref().and_then(|paginate| paginate.items.as_ref());
    let items = own.or(pager.items.as_ref());
    next(method, pager).into_iter().chain(&pager.more).chain(items).collect()
}

/// Whether what the method answers was reported already.
pub(super) fn has_unknown_answer(method: &ast::Method, ir: &Method) -> bool {
    let stated = |answer: &ast::Answer| !matches!(answer.ty, ast::AnswerType::Poisoned);
    match &ir.outcome {
        Outcome::Value(value) | Outcome::Optional { value, .. } => value.ty == POISONED,
        Outcome::Nothing | Outcome::Several { .. } => !method.returns.iter().any(stated),
    }
}

/// `meta.next`
fn split(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}
