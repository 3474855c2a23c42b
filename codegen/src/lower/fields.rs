//! Members to fields: types with the way they travel, and presence.

use super::docs::Sources;
use super::forms::{self, Forms, has_format, is_of_dates};
use super::generics::Scoped;
use super::limits::in_words;
use super::members::Flat;
use super::models::{Registry, newtype};
use super::travel::style_in_body;
use super::types::POISONED;
use crate::ast::{self, Member, Text, TypeKind};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{
    Constant, DateFormat, DateForms, Field, ModelId, Presence, Scalar, Type, XmlPlace,
};
use crate::names::Scope;
use crate::parse::shown;
use crate::type_slips;
use crate::vocabulary;

/// What members become.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Each with the presence it has where no request reaches its model.
    pub(super) fields: Vec<(Field, Presence)>,
    pub(super) constants: Vec<Constant>,
}

impl<'s> Registry<'s> {
    /// The fields and constants that members become.
    pub(super) fn fields(
        &mut self,
        members: &[Flat<'s>],
        scope: &mut Scope,
        sources: &Sources<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Fields {
        let mut made = Fields::default();
        for flat in members {
            match &flat.member.constant {
                Some(value) => {
                    let constant = self.constant(flat.member, value, diagnostics);
                    made.constants.extend(constant);
                }
                None => made.fields.push(self.field(flat, scope, sources, diagnostics)),
            }
        }
        made
    }

    fn field(
        &mut self,
        flat: &Flat<'s>,
        scope: &mut Scope,
        sources: &Sources<'_>,
        diagnostics: &mut Diagnostics,
    ) -> (Field, Presence) {
        let member = flat.member;
        let outer = self.enter(flat);
        let before = diagnostics.mark();
        let (ty, nullable) = self.member_type(member, diagnostics);
        let unsure = member.unsure || diagnostics.errors_since(before);
        self.scope = outer;
        let none_when = match (member.none_when.as_slice(), &ty) {
            ([], Type::Scalar(Scalar::DateTime(_))) => self.datetime_none,
            ([], Type::Model(id)) if self.is_named(*id, "datetime") => self.datetime_none,
            (own, _) => own,
        };
        let sparse = !none_when.is_empty();
        // A change says nothing of what it leaves alone, not even that it has its default.
        let loosened = flat.optional && !member.optional;
        let answer = match (flat.optional, nullable) {
            _ if member.null_as_default && !loosened => Presence::NullAsDefault,
            _ if sparse => Presence::Optional,
            (false, false) => Presence::Required,
            (false, true) => Presence::Nullable,
            (true, _) => Presence::Optional,
        };
        let presence = match answer {
            _ if member.flags.read => Presence::ReadOnly,
            Presence::Optional if nullable && !sparse => Presence::Patched,
            answer => answer,
        };
        if member.null_as_default && !self.has_default(&ty) {
            diagnostics.push(
                Diagnostic::error(
                    &codes::BAD_FLAG,
                    member.wire.span,
                    format!("null cannot be the default of `{}`", shown(&member.wire.value)),
                )
                .label("only lists, maps, texts, numbers and booleans have one")
                .help("make it optional: then null is read as absent"),
            );
        }
        if let (Type::Scalar(Scalar::File), [value, ..]) = (&ty, member.none_when.as_slice()) {
            let message =
                format!("no value of the file `{}` means none", shown(&member.wire.value));
            diagnostics.push(
                Diagnostic::error(&codes::BAD_FLAG, value.span, message)
                    .help("make it optional: none is what is not sent"),
            );
        }
        if let Some(style) = &member.style {
            let message = format!("`{}` cannot travel like this", shown(&member.wire.value));
            diagnostics.push(
                Diagnostic::error(&codes::UNKNOWN_FORMAT, style.span, message)
                    .label("only what travels outside of a body has a style")
                    .help(style_in_body(member, &style.value)),
            );
        }
        let limits = self.limits(&member.ty, &ty, diagnostics);
        let origin = ast::Origin { assumed: member.assumed.clone(), ..Default::default() };
        let mut docs = sources.docs(member.doc.as_ref(), &origin, diagnostics);
        docs.default = member.default.as_ref().map(|default| default.value.clone());
        docs.limits = limits.as_ref().map(|limits| in_words(limits, &ty));
        docs.deprecated = deprecated(member);
        let one_or_list =
            matches!(ty, Type::List(_)) && member.travels.iter().any(|form| form.value == "one");
        let field = Field {
            wire: member.wire.value.clone(),
            also: member.also.iter().map(|also| also.value.clone()).collect(),
            ident: scope.declare(&member.wire, member.name.as_ref(), diagnostics),
            docs,
            ty,
            presence,
            write: member.flags.write,
            boxed: false,
            sensitive: member.flags.sensitive,
            one_or_list,
            none_when: none_when.iter().map(|value| value.value.clone()).collect(),
            limits,
            media: member.ty.media_of_files().map(|media| media.value.clone()),
            xml: place(member),
            unsure,
            span: member.wire.span,
        };
        check_sensitive(&field, diagnostics);
        (field, answer)
    }

    /// Puts what names for types stand for in a member in force; what was, is given back.
    pub(super) fn enter(&mut self, flat: &Flat<'s>) -> Scoped {
        let inner = flat.scope.clone().unwrap_or_else(|| Scoped::clone(&self.scope));
        std::mem::replace(&mut self.scope, inner)
    }

    /// The type of a member, in the form that `format` and `as` say, and whether it may be null.
    pub(super) fn member_type(
        &mut self,
        member: &Member,
        diagnostics: &mut Diagnostics,
    ) -> (Type, bool) {
        let before = diagnostics.mark();
        let forms = self.forms.with(&member.format, diagnostics);
        let (ty, nullable) = self.nullable(&member.ty, forms, diagnostics);
        let ty = if member.format.is_empty() { ty } else { self.in_forms(ty, forms) };
        let held = held(&ty);
        if let Some(held) = held {
            forms::check(&member.format, held, diagnostics);
        }
        let fits = |format: &&Text| held.is_some_and(|held| has_format(held, &format.value));
        let misfit = member.format.iter().find(|format| !fits(format));
        if let Some(format) = misfit.filter(|_| ty != POISONED) {
            diagnostics.push(no_format(member, held, format));
        }
        let ty = if member.travels.is_empty() { ty } else { self.behind_names(ty) };
        let (kind, is_list) = (self.kind(&ty), matches!(ty, Type::List(_)));
        match travelling(ty, kind, &member.travels) {
            // In what form it travels is not known then.
            _ if diagnostics.errors_since(before) => (POISONED, nullable),
            // A format that is misspelt may be the one that makes it fit.
            Err(_) if member.unsure => (POISONED, nullable),
            Ok(ty) => (ty, nullable),
            Err((form, message)) => {
                let span = form.span;
                let is_first = member.travels.first().is_some_and(|first| first.span == span);
                let meant = type_slips::way_to_travel(&form.value)
                    .filter(|meant| member.travels.iter().all(|form| form.value != *meant));
                let found = Diagnostic::error(
                    &codes::UNKNOWN_FORMAT,
                    span,
                    format!("`{}` cannot travel like this", shown(&member.wire.value)),
                )
                .label(message);
                diagnostics.push(match meant {
                    Some(meant) => {
                        found.help(format!("did you mean `{meant}`?")).patch(span, meant)
                    }
                    None if !is_first => found,
                    None if is_list => found.help(
                        "a list whose items only the app can tell apart is a `string` here; one of JSON is left as it is",
                    ),
                    None => found.help(
                        "forms are `string` and `number` for numbers, `csv` and `list` for lists",
                    ),
                });
                (POISONED, nullable)
            }
        }
    }

    /// Whether a type has a value that stands for nothing, whatever names it goes by; ids have none. What could not be
    /// read may have one.
    fn has_default(&mut self, ty: &Type) -> bool {
        let plain = self.plain(ty.clone());
        if matches!(&plain, Type::Model(id) if self.is_unread(*id)) {
            return true;
        }
        let id = matches!(ty, Type::Model(_)) && newtype(&plain).is_some();
        !id && has_default(&plain)
    }

    /// Whether what a model is could not be read.
    pub(super) fn is_unread(&self, id: ModelId) -> bool {
        match &self.model(id).kind {
            ast::ModelKind::Poisoned => true,
            ast::ModelKind::Alias(expr) => self.is_unknown(expr),
            _ => false,
        }
    }

    /// Whether a model is a text under a name of its own.
    pub(super) fn is_text_id(&self, id: ModelId) -> bool {
        self.is_named(id, "string")
    }

    /// Whether a model is another name for a type of the language.
    /// A type behind other names for it, and the items of a list behind theirs; ids, enums and objects keep them.
    fn behind_names(&mut self, ty: Type) -> Type {
        match self.behind_name(ty) {
            Type::List(item) => Type::List(Box::new(match *item {
                Type::Nullable(inner) => Type::Nullable(Box::new(self.behind_name(*inner))),
                item => self.behind_name(item),
            })),
            ty => ty,
        }
    }

    /// A type in the forms that a member says, where it goes by another name.
    fn in_forms(&mut self, ty: Type, forms: Forms) -> Type {
        let mut found = ty.clone();
        // A circle of names is reported by itself.
        for _ in 0..64 {
            let Type::Model(id) = found else { break };
            let ast::ModelKind::Alias(expr) = &self.model(id).kind else { break };
            found = self.resolve(expr, forms, &mut Diagnostics::default());
        }
        match held(&found) {
            // What it stands for is told by itself, if that is wrong.
            _ if found == POISONED => found,
            Some(scalar) if !vocabulary::formats(scalar).is_empty() => found,
            _ => ty,
        }
    }

    pub(super) fn behind_name(&mut self, ty: Type) -> Type {
        match self.plain(ty.clone()) {
            Type::Model(_) => ty,
            plain if newtype(&plain).is_some() => ty,
            plain => plain,
        }
    }

    fn kind(&mut self, ty: &Type) -> Kind {
        match ty {
            Type::Model(_) if newtype(&self.plain(ty.clone())).is_some() => Kind::Id,
            Type::List(item) if self.is_joinable(item) => Kind::Joinable,
            Type::Model(_) => match self.plain(ty.clone()) {
                Type::Model(id) if self.is_unread(id) => Kind::Unread,
                Type::Model(id) if matches!(self.model(id).kind, ast::ModelKind::Enum { .. }) => {
                    Kind::Enum
                }
                _ => Kind::Other,
            },
            _ => Kind::Other,
        }
    }

    /// Whether a value can stand between commas. One that is a text has none, as far as anybody knows.
    fn is_joinable(&mut self, ty: &Type) -> bool {
        match ty {
            ty if ty.is_bare() => true,
            Type::Nullable(inner) => self.is_joinable(inner),
            Type::Scalar(Scalar::DateTime(forms)) => *forms == DateForms::only(DateFormat::Rfc3339),
            Type::Scalar(scalar) => matches!(
                scalar,
                Scalar::Date
                    | Scalar::Time
                    | Scalar::LocalDateTime
                    | Scalar::Uuid
                    | Scalar::Poisoned
            ),
            Type::Model(_) => match self.plain(ty.clone()) {
                Type::Model(id) => {
                    self.is_unread(id) || matches!(self.model(id).kind, ast::ModelKind::Enum { .. })
                }
                plain => newtype(&plain).is_some() || plain == POISONED,
            },
            _ => false,
        }
    }

    fn is_named(&self, id: ModelId, scalar: &str) -> bool {
        let ast::ModelKind::Alias(expr) = &self.model(id).kind else { return false };
        matches!(&expr.kind, TypeKind::Name { name, .. } if name == scalar)
    }
}

/// A format that the type of a member does not have.
fn no_format(member: &Member, held: Option<Scalar>, format: &Text) -> Diagnostic {
    let name = shown(&member.wire.value);
    let (text, label) = match held {
        Some(
            scalar @ (Scalar::DateTime(_)
            | Scalar::LocalDateTime
            | Scalar::SpacedDateTime
            | Scalar::Duration
            | Scalar::TimeSpan
            | Scalar::Bytes
            | Scalar::BytesUrl),
        ) => (
            format!("`{name}` cannot be in the format `{}`", shown(&format.value)),
            format!("not a format of `{}`", vocabulary::name(scalar)),
        ),
        _ => (
            format!("`{name}` has no format"),
            "only a `datetime`, a `duration` and `bytes` have several".to_owned(),
        ),
    };
    let diagnostic = Diagnostic::error(&codes::UNKNOWN_FORMAT, format.span, text).label(label);
    let alone = matches!(&member.ty.kind, TypeKind::Name { arguments, .. } if arguments.is_empty());
    match held {
        Some(Scalar::Date) if is_of_dates(&format.value) => diagnostic.help(format!(
            "a point in time that is written as a date is `{{ type: datetime, format: [date-only, {}] }}`",
            shown(&format.value)
        )),
        Some(Scalar::DateTime(_)) if format.value == "iso8601" => diagnostic
            .help("the form of ISO 8601 that services write is RFC 3339")
            .patch(format.span, "rfc3339"),
        Some(
            Scalar::Date
            | Scalar::String
            | Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64,
        ) if alone && is_of_dates(&format.value) => {
            diagnostic.help("a point in time is a `datetime`").patch(member.ty.span, "datetime")
        }
        _ => diagnostic,
    }
}

/// Where a member stands in XML: in an element, unless it is said.
pub(super) fn place(member: &Member) -> XmlPlace {
    member.xml.as_ref().map_or(XmlPlace::Element, |place| place.value.clone())
}

/// What is said of a member that is still there, but not to be used.
pub(super) fn deprecated(member: &Member) -> Option<String> {
    member.flags.deprecated.then(|| "The provider says not to use it any more.".to_owned())
}

/// Whether a type has a value that stands for nothing: an empty one, zero or false.
fn has_default(ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::Map(_) | Type::Keyed(..) | Type::Csv(_) | Type::Nullable(_) => true,
        Type::AsText(inner) => has_default(inner),
        Type::Scalar(scalar) => {
            scalar.is_bare()
                || matches!(
                    scalar,
                    Scalar::Url
                        | Scalar::Uuid
                        | Scalar::Bytes
                        | Scalar::BytesUrl
                        | Scalar::Json
                        | Scalar::Poisoned
                )
        }
        _ => false,
    }
}

/// The scalar that a type holds, inside lists and maps too.
pub(super) fn held(ty: &Type) -> Option<Scalar> {
    match ty {
        Type::Scalar(scalar) => Some(*scalar),
        Type::List(inner)
        | Type::Map(inner)
        | Type::Keyed(_, inner)
        | Type::Nullable(inner)
        | Type::AsText(inner)
        | Type::Csv(inner) => held(inner),
        Type::Model(_) | Type::Parameter(_) | Type::Link(_) => None,
    }
}

/// What a type is beside a scalar that can travel in another form.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Id,
    Enum,
    /// A list whose items can stand between commas.
    Joinable,
    /// Nobody knows what it is.
    Unread,
    Other,
}

/// Why a value cannot travel in the form of a name.
type Misfit<'f> = (&'f Text, &'static str);

/// The type in the form that `as` names: the first is written, any of them is read.
fn travelling(ty: Type, kind: Kind, forms: &[Text]) -> Result<Type, Misfit<'_>> {
    let Some((first, others)) = forms.split_first() else { return Ok(ty) };
    if ty == POISONED || kind == Kind::Unread {
        return Ok(ty);
    }
    let ty = written(ty, kind, &first.value).map_err(|message| (first, message))?;
    match others.iter().find_map(|other| Some((other, misfit(&first.value, &other.value)?))) {
        Some(misfit) => Err(misfit),
        None => Ok(ty),
    }
}

/// The type in the form that is written.
fn written(ty: Type, kind: Kind, form: &str) -> Result<Type, &'static str> {
    let number = matches!(
        ty,
        Type::Scalar(
            Scalar::Boolean
                | Scalar::Int32
                | Scalar::Int64
                | Scalar::Uint32
                | Scalar::Uint64
                | Scalar::Float
                | Scalar::Double
                | Scalar::Decimal
        )
    );
    let counted = matches!(ty, Type::Scalar(Scalar::DateTime(forms)) if forms.written.is_number());
    let number = number || counted;
    match (form, ty) {
        ("string", ty) if number => Ok(Type::AsText(Box::new(ty))),
        // An id that is a number, or a text that is sometimes sent as one.
        ("string", ty) if kind == Kind::Id || ty == Type::Scalar(Scalar::String) => {
            Ok(Type::AsText(Box::new(ty)))
        }
        // Enums of numbers read texts anyway.
        ("number", ty @ Type::Model(_)) if matches!(kind, Kind::Id | Kind::Enum) => Ok(ty),
        ("number", ty) if number => Ok(ty),
        ("csv", Type::List(item)) if kind == Kind::Joinable => Ok(Type::Csv(item)),
        ("list", Type::List(item)) => Ok(Type::List(item)),
        ("string" | "number", Type::Scalar(Scalar::DateTime(_))) => Err(
            "a text already; of points in time only `unix`, `unix-ms`, `unix-us` and `unix-ns` are numbers",
        ),
        ("string" | "number", _) => Err("only numbers, booleans and ids can"),
        ("csv" | "list", _) => {
            Err("only lists of texts, numbers, booleans, dates, ids and enums can")
        }
        ("one", _) => Err("a value alone is read as a list of one: `as: [list, one]`"),
        _ => Err("an unknown form"),
    }
}

/// Why a form cannot be read beside the one that is written.
fn misfit(written: &str, read: &str) -> Option<&'static str> {
    Some(match (written, read) {
        ("string" | "number", "string" | "number") | ("csv", "list") | ("list", "one") => {
            return None;
        }
        ("list", "csv") => "what is read from one text is written as one: `as: [csv, list]`",
        (_, "one") => "a value alone is read as a list of one: `as: [list, one]`",
        (_, "string" | "number") => "only numbers, booleans and ids can",
        (_, "csv" | "list") => "only lists of texts, numbers, booleans, dates, ids and enums can",
        _ => "an unknown form",
    })
}

/// Only texts are kept hidden: that is what secrets are.
fn check_sensitive(field: &Field, diagnostics: &mut Diagnostics) {
    if field.sensitive && field.ty != Type::Scalar(Scalar::String) && field.ty != POISONED {
        diagnostics.push(
            Diagnostic::error(
                &codes::BAD_FLAG,
                field.span,
                format!("`{}` cannot be sensitive", shown(&field.wire)),
            )
            .label("only a `string` can")
            .help("leave `sensitive` out, or make it a `string`"),
        );
    }
}
