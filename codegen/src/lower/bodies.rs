//! Bodies: what is sent, and as what.

use std::collections::BTreeMap;

use super::alternatives::Distinct;
use super::among;
use super::members::Flat;
use super::methods::Parts;
use super::models::Registry;
use super::structs::Structs;
use super::types::POISONED;
use crate::ast::{self, BodyForm, ModelKind, TypeExpr, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Alternative, Body, Field, Media, Scalar, Type};
use crate::names::{Kind, Scope};
use crate::parse::shown;
use crate::type_expr;

/// How members travel.
pub(super) fn media(form: BodyForm) -> Media {
    match form {
        BodyForm::Json => Media::Json,
        BodyForm::Form => Media::Form,
        BodyForm::Multipart => Media::Multipart,
        BodyForm::Xml => Media::Xml,
    }
}

impl Registry<'_> {
    /// The type of a body that is one value, and how it travels.
    pub(super) fn whole_body(
        &mut self,
        expr: &TypeExpr,
        form: BodyForm,
        diagnostics: &mut Diagnostics,
    ) -> (Type, Media) {
        if let (TypeKind::Raw { text, media }, BodyForm::Json) = (&expr.kind, form) {
            if let Some(media) = media {
                let help = match *text {
                    true => {
                        "name the one that is sent; several are `any`: `body: { any: { Csv: text(text/csv) } }`"
                    }
                    false => {
                        "name the one that is sent, or say `binary`, where the `Upload` of each call has a \
                         `content_type` of its own; several are `any`: `body: { any: { Png: binary(image/png) } }`"
                    }
                };
                refuse_range(media, help, diagnostics);
            }
            let media = media.as_ref().map(|media| media.value.as_str());
            return if *text {
                let kind = format!("{}; charset=utf-8", media.unwrap_or("text/plain"));
                (Type::Scalar(Scalar::String), Media::Text(kind))
            } else {
                let kind = media.unwrap_or("application/octet-stream").to_owned();
                (Type::Scalar(Scalar::Bytes), Media::Bytes(kind))
            };
        }
        let ty = match form {
            BodyForm::Json if self.is_nothing(expr) => {
                let name = shown(&type_expr::shown(expr));
                diagnostics.push(
                    Diagnostic::error(
                        &codes::UNKNOWN_TYPE,
                        expr.span,
                        format!("`{name}` cannot be sent"),
                    )
                    .label("only an answer or an error can be nothing")
                    .help("leave `body` out if nothing is sent"),
                );
                POISONED
            }
            BodyForm::Json => self.whole(expr, diagnostics),
            _ => {
                let forms = self.forms;
                self.resolve(expr, forms, diagnostics)
            }
        };
        if form == BodyForm::Form && !self.has_members(&ty) {
            diagnostics.push(
                Diagnostic::error(&codes::BAD_BODY, expr.span, "this cannot travel as a form")
                    .label("only an object or a map has members")
                    .help("write them here: `form: { name: string }`"),
            );
        }
        if form == BodyForm::Xml {
            self.check_document(expr, &ty, diagnostics);
        }
        (ty, media(form))
    }

    /// Refuses to make a document of what has no element of its own.
    pub(super) fn check_document(
        &mut self,
        expr: &TypeExpr,
        ty: &Type,
        diagnostics: &mut Diagnostics,
    ) {
        if !self.is_object(ty) {
            let diagnostic =
                Diagnostic::error(&codes::XML_BODY, expr.span, "this cannot be a document of XML")
                    .label("only an object is an element with others in it");
            diagnostics.push(match ty {
                Type::List(_) => diagnostic.help(
                    "put the list into a model: `Orders: { fields: { order: list<Order> } }`",
                ),
                _ => diagnostic.help("name a model with `fields`"),
            });
        }
    }

    /// What a type is, whatever names it goes by.
    pub(super) fn plain(&mut self, mut ty: Type) -> Type {
        // A circle of names is reported by itself.
        for _ in 0..64 {
            let Type::Model(id) = ty else { break };
            let ModelKind::Alias(expr) = &self.model(id).kind else { break };
            let forms = self.forms;
            ty = self.resolve(expr, forms, &mut Diagnostics::default());
        }
        ty
    }

    /// Whether a type is an object, whatever names it goes by.
    fn is_object(&mut self, ty: &Type) -> bool {
        match self.plain(ty.clone()) {
            Type::Model(id) => {
                !matches!(self.model(id).kind, ModelKind::Enum { .. } | ModelKind::Union { .. })
            }
            ty => ty == POISONED,
        }
    }

    /// Refuses bytes as parts that do not say how they travel: it would be in base64, where nearly every service
    /// wants them as they are.
    fn check_parts(
        &mut self,
        members: &[Flat<'_>],
        fields: &[Field],
        diagnostics: &mut Diagnostics,
    ) {
        let by_name: BTreeMap<&str, &Field> =
            fields.iter().map(|field| (field.wire.as_str(), field)).collect();
        for flat in members {
            let wire = &flat.member.wire;
            let Some(field) = by_name.get(wire.value.as_str()) else { continue };
            if has_files_by_name(&field.ty) {
                let text =
                    format!("the part `{}` is files under names of their own", shown(&wire.value));
                diagnostics.push(
                    Diagnostic::error(&codes::BAD_BODY, flat.member.ty.span, text)
                        .label("a part has one name")
                        .help("several files of one name are `list<file>`"),
                );
            }
            if !flat.member.format.is_empty() {
                continue;
            }
            let (item, instead) = match self.plain(field.ty.clone()) {
                Type::List(item) => (self.plain(*item), "list<file>"),
                ty => (ty, "file"),
            };
            if !matches!(item, Type::Scalar(Scalar::Bytes | Scalar::BytesUrl)) {
                continue;
            }
            let diagnostic = Diagnostic::error(
                &codes::BAD_BODY,
                flat.member.ty.span,
                format!("the part `{}` would be a text in base64", shown(&wire.value)),
            )
            .help(
                "a part that holds bytes as they are is a `file`; where the service wants base64, say so: \
                 `{ type: bytes, format: base64 }`",
            );
            // A model that lends the member has no files.
            diagnostics.push(match flat.from {
                None => diagnostic.patch(flat.member.ty.span, instead),
                Some(_) => diagnostic,
            });
        }
    }

    /// Whether a type is an object or a map.
    fn has_members(&mut self, ty: &Type) -> bool {
        match ty {
            Type::Map(_) | Type::Keyed(..) => true,
            Type::Model(id) => match self.model(*id).kind {
                ModelKind::Alias(_) => match self.plain(ty.clone()) {
                    // A circle of names is reported by itself.
                    Type::Model(_) if self.plain(ty.clone()) == *ty => true,
                    plain => self.has_members(&plain),
                },
                ModelKind::Enum { .. } => false,
                _ => true,
            },
            ty => *ty == POISONED,
        }
    }
}

impl<'s> Parts<'_, 's> {
    /// What a method sends.
    pub(super) fn body(
        &mut self,
        method: &'s ast::Method,
        scope: &mut Scope,
        request: &str,
        structs: &mut Structs,
        diagnostics: &mut Diagnostics,
    ) -> Option<Body> {
        let body = method.body.as_ref()?;
        if let Some(route) = &method.route
            && matches!(route.verb.value.as_str(), "GET" | "HEAD")
        {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_BODY,
                    route.verb.span,
                    format!("a {} request has no body", route.verb.value),
                )
                .related(body.span(), "the body")
                .help("its parameters belong to `query`"),
            );
        }
        match body {
            ast::Body::Any { alternatives, optional, .. } => {
                let ident = structs.body(request);
                let alternatives = self.alternatives(alternatives, request, structs, diagnostics);
                Some(Body::Any { ident, optional: *optional, alternatives })
            }
            one => self.one_body(one, scope, diagnostics),
        }
    }

    /// Several bodies, each of another media type.
    fn alternatives(
        &mut self,
        alternatives: &'s [ast::BodyAlternative],
        request: &str,
        structs: &mut Structs,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Alternative> {
        let mut names = Scope::new(Kind::Variant, "alternative");
        let mut known = Distinct::default();
        let mut lowered = Vec::new();
        for one in alternatives {
            let ident = names.declare(&one.name, Some(&one.name), diagnostics);
            let mut members = Scope::new(Kind::Value, "field").reserve(&["new"]);
            let Some(body) = self.one_body(&one.body, &mut members, diagnostics) else { continue };
            // What could not be read is reported already.
            let read = !matches!(&body, Body::Value { ty, .. } if *ty == POISONED);
            if let Some(media) = body.media().filter(|_| read) {
                known.add(media.media_type(), one.span, diagnostics);
            }
            let holder = match body {
                Body::Members { .. } => structs.holder(request, &ident),
                Body::Value { .. } | Body::Any { .. } => String::new(),
            };
            lowered.push(Alternative { ident, holder, body, boxed: false });
        }
        lowered
    }

    /// A body that is a value, or members of the method's own.
    fn one_body(
        &mut self,
        body: &'s ast::Body,
        scope: &mut Scope,
        diagnostics: &mut Diagnostics,
    ) -> Option<Body> {
        match body {
            ast::Body::Type { ty, optional, form } => {
                let (ty, media) = self.registry.whole_body(ty, *form, diagnostics);
                Some(Body::Value { ty, optional: *optional, media })
            }
            // Alternatives have none of their own.
            ast::Body::Any { .. } => None,
            ast::Body::Members { items, among, span, form } => {
                let outer = self.registry.begin();
                let members = self.registry.flatten(items, diagnostics);
                let lost = self.registry.loses_members();
                self.registry.restore(outer);
                let nothing = members.is_empty() && !lost;
                if nothing {
                    diagnostics.push(
                        Diagnostic::error(&codes::BAD_BODY, *span, "the body has no members")
                            .help("leave `body` out if nothing is sent"),
                    );
                }
                self.registry.files = *form == BodyForm::Multipart;
                let made = self.registry.fields(&members, scope, self.sources, diagnostics);
                self.registry.files = false;
                refuse_read(&members, diagnostics);
                let fields: Vec<Field> = made.fields.into_iter().map(|(field, _)| field).collect();
                let media = self::media(*form);
                self.registry.check_members(&fields, &media, diagnostics);
                if *form == BodyForm::Multipart {
                    self.registry.check_parts(&members, &fields, diagnostics);
                }
                let rules = self.registry.rules(among, items);
                let known = among::standings(&fields, &made.constants);
                let among = among::settle(&rules, &known, lost, diagnostics);
                // Members are missing, and why has been reported.
                if lost || nothing {
                    return Some(Body::Value { ty: POISONED, optional: true, media });
                }
                Some(Body::Members { fields, constants: made.constants, among, media })
            }
        }
    }
}

/// Members of a body's own that would not be sent. Those of a model may be there for its answers.
fn refuse_read(members: &[Flat<'_>], diagnostics: &mut Diagnostics) {
    let own = members.iter().filter(|flat| flat.from.is_none()).map(|flat| flat.member);
    for member in own.filter(|member| member.flags.read) {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_FLAG,
                member.ty.span,
                format!("`{}` would be neither sent nor read", shown(&member.wire.value)),
            )
            .label("a body is in requests only")
            .help("`read` is about members of models: leave the flag out"),
        );
    }
}

/// Whether files stand in a map.
fn has_files_by_name(ty: &Type) -> bool {
    fn has_files(ty: &Type) -> bool {
        match ty {
            Type::List(inner)
            | Type::Nullable(inner)
            | Type::Map(inner)
            | Type::Keyed(_, inner) => has_files(inner),
            ty => *ty == Type::Scalar(Scalar::File),
        }
    }
    match ty {
        Type::Map(inner) | Type::Keyed(_, inner) => has_files(inner),
        Type::List(inner) | Type::Nullable(inner) => has_files_by_name(inner),
        _ => false,
    }
}

/// What is sent is of one media type.
pub(super) fn refuse_range(media: &ast::Text, help: &str, diagnostics: &mut Diagnostics) {
    if clientwright_wire::media::is_range(&media.value) {
        let text = format!("`{}` is no media type that can be sent", shown(&media.value));
        diagnostics.push(
            Diagnostic::error(&codes::BAD_BODY, media.span, text)
                .label("a range is of answers")
                .help(help),
        );
    }
}

impl Registry<'_> {
    /// Members that have no form outside JSON.
    fn check_members(&mut self, fields: &[Field], media: &Media, diagnostics: &mut Diagnostics) {
        for field in fields {
            let item = match self.plain(field.ty.clone()) {
                Type::List(item) => self.plain(*item),
                _ => continue,
            };
            let (place, label) = match (media, item) {
                (Media::Form, Type::List(_) | Type::Map(_) | Type::Keyed(..)) => {
                    ("in a form", "lists of lists and of maps have no form")
                }
                // Each item is a part of its own, and nothing would tell which list it is of.
                (Media::Multipart, Type::List(_)) => ("as parts", "a list of lists has no parts"),
                _ => continue,
            };
            let message = format!("`{}` cannot travel {place}", shown(&field.wire));
            diagnostics.push(Diagnostic::error(&codes::BAD_BODY, field.span, message).label(label));
        }
    }
}
