//! What is said of parameters of a type that travels in bodies only, and what is offered in its place.

use super::models::Registry;
use super::travel::{can_travel, is_object};
use super::types::POISONED;
use crate::ast::{Flags, Member, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, Mark, codes};
use crate::foreign;
use crate::format::flow_text;
use crate::ir::{Place, Scalar, Type};
use crate::parse::{is_plain, shown};
use crate::type_expr;

/// What travels in place of a type.
#[derive(Clone)]
enum Instead {
    /// Another type.
    Type(String),
    /// The type with a key beside it.
    With(String, &'static str),
}

impl Registry<'_> {
    /// What is said of a parameter that has the type `ty`; `own` if it is not that of a model.
    pub(super) fn stays_in_bodies(
        &self,
        member: &Member,
        (ty, own): (&Type, bool),
        place: Place,
    ) -> Diagnostic {
        let found = Diagnostic::error(
            &codes::BAD_PARAMETER,
            member.ty.span,
            format!("`{}` cannot travel outside a body", shown(&member.wire.value)),
        )
        .label(match place {
            Place::Query => "expected a scalar, an id, an enum, or a list of them",
            Place::Path | Place::Header | Place::Cookie => "expected a scalar, an id or an enum",
        });
        if let TypeKind::Nullable(inner) = &member.ty.kind {
            return not_null(found, member, (&type_expr::shown(inner), own), place);
        }
        let (help, instead) = self.instead(ty, &type_expr::shown(&member.ty), place);
        let mut found = found.help(help);
        if let Some(instead) = instead.filter(|_| own) {
            offer(&mut found, member, instead);
        }
        found
    }

    /// Makes what has been offered since then for the type of a parameter such as can travel.
    pub(super) fn offer_outside_bodies(
        &mut self,
        member: &Member,
        place: Place,
        since: Mark,
        diagnostics: &mut Diagnostics,
    ) {
        let place_of_type = member.ty.span;
        let offered = diagnostics.found_since(since).find_map(|found| {
            found.patch.as_ref().filter(|it| it.span == place_of_type).map(|it| it.text.clone())
        });
        let Some(offered) = offered else { return };
        let null = foreign::without_null(&offered);
        let written = null.clone().unwrap_or(offered);
        let mut attempt = Diagnostics::default();
        let expr = type_expr::parse(&written, place_of_type, &mut attempt);
        let forms = self.forms;
        let ty = self.resolve(&expr, forms, &mut attempt);
        let travels = ty == POISONED || can_travel(&ty, place, self);
        if null.is_none() && travels {
            return;
        }
        let is_word = matches!(&member.ty.kind, TypeKind::Name { name, .. } if name.eq_ignore_ascii_case("object"));
        let (help, instead) = match ty {
            _ if travels => (None, None),
            Type::Scalar(Scalar::Json) if is_word && place == Place::Query => {
                let (help, instead) = in_brackets("map<string>");
                (Some(help), Some(instead))
            }
            ty => {
                let (help, instead) = self.instead(&ty, &written, place);
                (Some(help), instead)
            }
        };
        for found in diagnostics.found_since(since) {
            if found.patch.as_ref().is_none_or(|it| it.span != place_of_type) {
                continue;
            }
            found.patch = None;
            if let Some(help) = &help {
                found.help = Some(help.clone());
                if let Some(instead) = &instead {
                    offer(found, member, instead.clone());
                }
            } else {
                *found = not_null(found.clone(), member, (&written, true), place);
            }
        }
    }

    /// What travels in place of a type: in words, and as it is written.
    fn instead(&self, ty: &Type, written: &str, place: Place) -> (String, Option<Instead>) {
        let text = Instead::Type("string".to_owned());
        match (place, ty) {
            (Place::Query, ty) if is_object(ty, self) => {
                let (help, instead) = in_brackets(written);
                (help, Some(instead))
            }
            // Of lists between commas only those with nulls are refused.
            (_, Type::Csv(_)) => ("nothing but a body has null".to_owned(), None),
            (Place::Query, Type::List(item)) => match &**item {
                Type::Nullable(item) if can_travel(item, Place::Path, self) => {
                    let bare = written.replace(" | null", "");
                    (
                        format!("nothing but a body has null: `{}`", shown(&bare)),
                        Some(Instead::Type(bare)),
                    )
                }
                item if is_object(item, self) => (
                    "objects in a list have no form outside of a body: what the service reads as one text is a `string`, \
                     which the app writes"
                        .to_owned(),
                    None,
                ),
                _ => (
                    "lists of lists travel in a body; a list of texts is `list<string>`".to_owned(),
                    None,
                ),
            },
            (_, Type::List(item)) if can_travel(item, Place::Path, self) => {
                let instead = format!("{{ type: {written}, as: csv }}");
                (
                    format!("several values in one text, between commas, are `{}`", shown(&instead)),
                    Some(Instead::With(written.to_owned(), "as: csv")),
                )
            }
            (_, Type::List(_)) => (
                "several values are one text here, which the app writes: say `string`".to_owned(),
                Some(text),
            ),
            (Place::Query, Type::Scalar(Scalar::Json)) => (
                "what travels as one text is a `string`, which the app writes; an object is a model or a map, as in \
                 `{ type: map<string>, style: deep-object }`"
                    .to_owned(),
                Some(text),
            ),
            (Place::Query, _) => {
                ("say what travels as one text, or put it into the `body`".to_owned(), None)
            }
            (_, ty) => (
                "say what travels as one text: `string`, a number, an id or an enum".to_owned(),
                matches!(ty, Type::Scalar(_) | Type::Map(_) | Type::Keyed(..)).then_some(text),
            ),
        }
    }
}

fn in_brackets(ty: &str) -> (String, Instead) {
    let instead = format!("{{ type: {ty}, style: deep-object }}");
    (
        format!("an object has its names in brackets: `{}`", shown(&instead)),
        Instead::With(ty.to_owned(), "style: deep-object"),
    )
}

/// Says of a parameter what stands in place of null.
fn not_null(
    found: Diagnostic,
    member: &Member,
    (bare, own): (&str, bool),
    place: Place,
) -> Diagnostic {
    if place == Place::Path {
        let found = found.help(format!("no part of an address is null: `{}`", shown(bare)));
        return if own { found.patch(member.ty.span, bare) } else { found };
    }
    let name = format!("{}?", member.wire.value);
    let mut found = found.help(format!(
        "what may be left out ends its name with `?`; nothing but a body has null: `{}`",
        shown(&format!("{name}: {bare}"))
    ));
    if own && (member.optional || is_plain(&member.wire)) {
        found = found.patch(member.ty.span, bare);
        if !member.optional {
            found.also_change(member.wire.span, name);
        }
    }
    found
}

/// Offers what travels in place of the type of a member.
fn offer(found: &mut Diagnostic, member: &Member, instead: Instead) {
    let (place, text) = match instead {
        Instead::Type(ty) => (member.ty.span, ty),
        // The keys of a mapping stand as its writer likes.
        Instead::With(..) if member.ty.span.start > member.value.start + 1 => return,
        Instead::With(ty, key) => (member.value, long(member, &ty, key)),
    };
    *found = found.clone().patch(place, text);
}

/// Says of a list with `as: csv` beside a style that one of both is enough.
pub(super) fn styled_twice(found: Diagnostic, member: &Member, style: &str) -> Diagnostic {
    let key = format!("style: {style}");
    let found = found
        .label("it is one text already, by `as`")
        .help(format!("one of both is enough: `{key}`"));
    let others = [&member.name, &member.default, &member.constant, &member.assumed];
    let lists = [&member.also, &member.format, &member.none_when];
    let bare = others.iter().all(|it| it.is_none()) && lists.iter().all(|it| it.is_empty());
    if !bare {
        return found;
    }
    found.patch(member.value, long(member, &type_expr::shown(&member.ty), &key))
}

/// The long form of a member with a key beside its type.
fn long(member: &Member, ty: &str, key: &str) -> String {
    let Flags { read, write, sensitive, deprecated } = member.flags;
    let flags =
        [("read", read), ("write", write), ("sensitive", sensitive), ("deprecated", deprecated)];
    let flags = flags.iter().filter(|(_, is)| *is).map(|(flag, _)| format!(", {flag}: true"));
    let doc = member.doc.iter().map(|doc| format!(", doc: {}", flow_text(&doc.value)));
    let beside: Vec<String> = flags.chain(doc).collect();
    format!("{{ type: {}, {key}{} }}", flow_text(ty), beside.concat())
}
