//! What a successful call gives.

use std::collections::BTreeMap;

use super::alternatives;
use super::models::Registry;
use super::types::POISONED;
use crate::ast::{
    self, Answer, AnswerType, AnswerValue, ErrorEntry, Specification, StatusPattern, Text,
    TypeExpr, TypeKind,
};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{AnswerVariant, Content, Outcome, Scalar, Type, Value};
use crate::names::{Kind, Scope};
use crate::parse::shown;
use crate::source::Span;

/// The statuses that are a success, and what they give; `ident` names the enum of several kinds.
pub(super) fn lower(
    method: &ast::Method,
    ident: impl FnOnce() -> String,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> (Vec<u16>, Outcome) {
    let mark = diagnostics.mark();
    let statuses = method.returns.iter().filter_map(|answer| Some(answer.status.as_ref()?.value));
    let success = statuses.collect();
    let named = |answer: &Answer| answer.name.is_some() || matches!(answer.ty, AnswerType::Any(_));
    if method.returns.iter().any(named) {
        let variants = several(&method.returns, registry, diagnostics);
        refuse_bodies(method, diagnostics.errors_since(mark), diagnostics);
        return (success, Outcome::Several { ident: ident(), variants });
    }
    let mut nothing = Vec::new();
    let mut value: Option<(Value, Span)> = None;
    for answer in &method.returns {
        match &answer.ty {
            AnswerType::Poisoned | AnswerType::Any(_) => {}
            AnswerType::Nothing => nothing.extend(answer.status.as_ref().map(|s| s.value)),
            AnswerType::Value(_) => {
                let Some(found) = self::value(answer, registry, diagnostics) else { continue };
                match &value {
                    None => value = Some((found, answer.span)),
                    Some((known, _)) if *known == found => {}
                    // One of them could not be read, which is reported already.
                    Some((known, _)) if [known, &found].iter().any(|it| it.ty == POISONED) => {}
                    Some((_, span)) => diagnostics.push(
                        Diagnostic::error(
                            &codes::SEVERAL_ANSWERS,
                            answer.span,
                            "a success has two different bodies",
                        )
                        .related(*span, "the other one")
                        .help("give each a name: `{ 200: User as Found, 201: User as Created }`"),
                    ),
                }
            }
        }
    }
    refuse_bodies(method, diagnostics.errors_since(mark), diagnostics);
    let outcome = match value {
        None => Outcome::Nothing,
        Some((value, _)) if nothing.is_empty() => Outcome::Value(value),
        Some((value, _)) => Outcome::Optional { value, nothing },
    };
    (success, outcome)
}

/// Reports what would have to be read where nothing ever comes, unless nobody knows what it is.
fn refuse_bodies(method: &ast::Method, unread: bool, diagnostics: &mut Diagnostics) {
    if !unread {
        refuse_after_head(method, diagnostics);
        refuse_without_content(method, diagnostics);
    }
}

fn refuse_after_head(method: &ast::Method, diagnostics: &mut Diagnostics) {
    let Some(verb) = method.route.as_ref().map(|route| &route.verb) else { return };
    let reads = |answer: &&Answer| matches!(answer.ty, AnswerType::Value(_) | AnswerType::Any(_));
    if verb.value == "HEAD"
        && let Some(answer) = method.returns.iter().find(reads)
    {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_BODY, answer.span, "the answer to HEAD has no body")
                .related(verb.span, "the verb")
                .help("write `returns: nothing`; `.with_response()` gives status and headers"),
        );
    }
}

/// Statuses whose answers never have a body, whatever the documentation says of their type.
const WITHOUT_CONTENT: [u16; 3] = [204, 205, 304];

/// Reports bodies of errors that methods inherit and that no answer of their status has.
pub(super) fn refuse_inherited(specification: &Specification, diagnostics: &mut Diagnostics) {
    let groups = specification.groups.iter().flat_map(|group| &group.errors);
    for error in specification.defaults.errors.iter().chain(groups) {
        // A success among them is told as such.
        if let Some((status @ 300.., said, body)) = error_body(error) {
            without_content(status, said, body, diagnostics);
        }
    }
}

/// The status of an error, where it stands, and where its body does.
fn error_body(error: &ErrorEntry) -> Option<(u16, Span, Span)> {
    let StatusPattern::Exactly(status) = error.status.value else { return None };
    Some((status, error.status.span, error.ty.as_ref()?.span))
}

/// Reports bodies that no answer of their status has.
fn refuse_without_content(method: &ast::Method, diagnostics: &mut Diagnostics) {
    let answers = method.returns.iter().filter_map(|answer| {
        let reads = matches!(answer.ty, AnswerType::Value(_) | AnswerType::Any(_));
        let status = answer.status.as_ref().filter(|_| reads)?;
        Some((status.value, status.span, answer.span))
    });
    let errors = method.errors.iter().filter_map(error_body);
    for (status, said, body) in answers.chain(errors) {
        without_content(status, said, body, diagnostics);
    }
}

fn without_content(status: u16, said: Span, body: Span, diagnostics: &mut Diagnostics) {
    if WITHOUT_CONTENT.contains(&status) {
        diagnostics.push(
            Diagnostic::error(&codes::BAD_BODY, body, format!("the answer {status} has no body"))
                .related(said, "the status")
                .help(format!(
                    "write `{status}: nothing`; what comes with a body is another status, such as 200"
                )),
        );
    }
}

/// Whether an answer can be read as it comes.
pub(super) fn is_streamed(method: &ast::Method) -> bool {
    method.returns.iter().any(|answer| match &answer.ty {
        AnswerType::Value(value) => {
            let ty = &value.ty;
            matches!(ty.kind, TypeKind::Raw { text: false, .. }) || items(ty).is_some()
        }
        AnswerType::Nothing | AnswerType::Any(_) | AnswerType::Poisoned => false,
    })
}

/// Answers of which each has a name, and a status or a media type of its own; one name may stand for
/// several statuses.
fn several(
    answers: &[Answer],
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<AnswerVariant> {
    let beside_choice = answers.iter().any(|answer| matches!(answer.ty, AnswerType::Any(_)));
    let mut variants = Variants {
        scope: Scope::new(Kind::Variant, "answer"),
        known: Vec::new(),
        places: BTreeMap::new(),
    };
    for answer in answers {
        let status = answer.status.as_ref().map(|status| status.value);
        if let AnswerType::Any(alternatives) = &answer.ty {
            let mut media = alternatives::Distinct::default();
            for one in alternatives {
                let value = self::value(one, registry, diagnostics);
                if let Some(value) = &value {
                    media.add(value.content.media_type(), one.span, diagnostics);
                }
                if let Some(name) = &one.name {
                    variants.add(name, status, value, diagnostics);
                }
            }
            continue;
        }
        let value = self::value(answer, registry, diagnostics);
        match (&answer.name, status) {
            (Some(name), Some(_)) => variants.add(name, status, value, diagnostics),
            _ if matches!(answer.ty, AnswerType::Poisoned) => {}
            _ => diagnostics.push(
                Diagnostic::error(
                    &codes::SEVERAL_ANSWERS,
                    answer.span,
                    "an answer beside others has a status and a name",
                )
                .help(match answer.ty {
                    _ if !beside_choice => {
                        "write `{ 200: User as Found, 201: User as Created }`, or no name at all"
                    }
                    AnswerType::Nothing => "write `204: nothing as Empty`",
                    _ => "write `201: User as Created`: what stands beside `any` has a name too",
                }),
            ),
        }
    }
    variants.known.into_iter().map(|(_, variant)| variant).collect()
}

/// Kinds of success, with the names that the specification has for them.
struct Variants<'a> {
    scope: Scope,
    known: Vec<(&'a Text, AnswerVariant)>,
    /// Where each name is in `known`.
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Variants<'a> {
    fn add(
        &mut self,
        name: &'a Text,
        status: Option<u16>,
        value: Option<Value>,
        diagnostics: &mut Diagnostics,
    ) {
        let place = *self.places.entry(&name.value).or_insert(self.known.len());
        match self.known.get_mut(place) {
            Some((first, variant)) => {
                variant.statuses.extend(status);
                if variant.value != value {
                    diagnostics.push(
                        Diagnostic::error(
                            &codes::SEVERAL_ANSWERS,
                            name.span,
                            format!("the answer `{}` has two bodies", shown(&name.value)),
                        )
                        .related(first.span, "the other one"),
                    );
                }
            }
            None => {
                let ident = self.scope.declare(name, Some(name), diagnostics);
                let statuses = status.into_iter().collect();
                self.known.push((name, AnswerVariant { ident, statuses, value, boxed: false }));
            }
        }
    }
}

/// What is read of the body of an answer, if anything.
fn value(
    answer: &Answer,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let AnswerType::Value(stated) = &answer.ty else { return None };
    let AnswerValue { ty, at, first, gzip, end, named, xml } = &**stated;
    let raw = match items(ty) {
        _ if *xml => document(stated, registry, diagnostics),
        Some(_) => stream(stated, registry, diagnostics),
        None => raw(ty, gzip.is_some()),
    };
    let is_events = matches!(raw, Some((_, Content::Events { .. })));
    if (end.is_some() || *named) && !is_events {
        diagnostics.push(
            Diagnostic::error(&codes::STREAM, answer.span, "`end` and `named` are of `events<T>`")
                .label("no events come here"),
        );
    }
    if let (Some(span), false) = (gzip, matches!(raw, Some((_, Content::Bytes { .. })))) {
        diagnostics.push(
            Diagnostic::error(&codes::SEVERAL_ANSWERS, *span, "only `binary` is decompressed")
                .label("this is read as a value"),
        );
    }
    if let (Some(_), Some(at)) = (&raw, at) {
        diagnostics.push(
            Diagnostic::error(&codes::SEVERAL_ANSWERS, at.span, "what is no JSON has no members")
                .label("leads into JSON only"),
        );
    }
    if *first && matches!(raw, Some((_, Content::Events { .. } | Content::Lines))) {
        diagnostics.push(Diagnostic::error(
            &codes::STREAM,
            answer.span,
            "`first` is of a list, and a stream has more than one item",
        ));
    }
    let (ty, content) = match raw {
        Some(raw) => raw,
        None => (registry.whole(ty, diagnostics), Content::Json),
    };
    let at = at.iter().flat_map(|at| at.value.split('.')).map(str::to_owned).collect();
    Some(Value { ty, content, at, first: *first })
}

/// The type and content of `text` and `binary`.
fn raw(ty: &TypeExpr, gzip: bool) -> Option<(Type, Content)> {
    let TypeKind::Raw { text, media } = &ty.kind else { return None };
    let media = media.as_ref().map(|media| media.value.clone());
    Some(if *text {
        (Type::Scalar(Scalar::String), Content::Text(media))
    } else {
        (Type::Scalar(Scalar::Bytes), Content::Bytes { media, gzip })
    })
}

/// The type of a body in XML.
fn document(
    stated: &AnswerValue,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(Type, Content)> {
    let forms = registry.forms;
    let ty = registry.resolve(&stated.ty, forms, diagnostics);
    registry.check_document(&stated.ty, &ty, diagnostics);
    Some((ty, Content::Xml))
}

/// The types between the angles of `events<…>` and `lines<…>`.
fn items(ty: &TypeExpr) -> Option<&[TypeExpr]> {
    match &ty.kind {
        TypeKind::Name { name, arguments } if matches!(name.as_str(), "events" | "lines") => {
            Some(arguments)
        }
        _ => None,
    }
}

/// The type of an item, and how items come.
fn stream(
    stated: &AnswerValue,
    registry: &mut Registry<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<(Type, Content)> {
    let AnswerValue { ty, end, named, .. } = stated;
    let TypeKind::Name { name, .. } = &ty.kind else { return None };
    let content = if name == "events" {
        Content::Events { end: end.as_ref().map(|end| end.value.clone()), named: *named }
    } else {
        Content::Lines
    };
    let ([item], None) = (items(ty)?, &ty.limits) else {
        diagnostics.push(
            Diagnostic::error(
                &codes::STREAM,
                ty.span,
                format!("`{name}` is a stream of items of one type"),
            )
            .help(format!("say what an item is: `{name}<Message>`, `{name}<json>`")),
        );
        return Some((POISONED, content));
    };
    let forms = registry.forms;
    let found = registry.resolve(item, forms, diagnostics);
    let plain = match &found {
        Type::Model(_) => true,
        Type::Scalar(scalar) => {
            scalar.is_bare()
                || matches!(scalar, Scalar::Uuid | Scalar::Url | Scalar::Json | Scalar::Poisoned)
        }
        _ => false,
    };
    if !plain {
        diagnostics.push(
            Diagnostic::error(&codes::STREAM, item.span, "this cannot be an item of a stream")
                .label("expected a model, a text, a number, a boolean or `json`")
                .help("give it a name: an entry of `models`"),
        );
    }
    Some((found, content))
}
