//! Models that travel as XML: whether all that they hold has a form and a place there.

use std::collections::BTreeSet;

use clientwright_wire::xml::is_name;

use crate::diag::{Code, Diagnostic, Diagnostics, codes};
use crate::ir::{
    Api, Constant, DateFormat, EnumWire, Field, Model, ModelKind, NewtypeOf, Object, Presence,
    Scalar, Type, XmlPlace,
};
use crate::parse::shown;
use crate::source::Span;

/// What a value is in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A text.
    Scalar,
    /// A text that is read as a number or a boolean.
    Number,
    /// An element with others in it.
    Object,
    /// Several elements.
    List,
    /// Whatever the model is given.
    Open,
}

/// Checks every model that something in XML holds.
pub(super) fn check(api: &Api, diagnostics: &mut Diagnostics) {
    let mut walk = Walk { api, seen: BTreeSet::new(), diagnostics };
    for model in api.models.iter().filter(|model| model.reach.xml) {
        if let ModelKind::Object(object) = &model.kind {
            walk.object(model, object);
        }
    }
}

struct Walk<'a> {
    api: &'a Api,
    /// What has been reported: a member may be one of several models.
    seen: BTreeSet<(Span, &'static str)>,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    fn object(&mut self, model: &Model, object: &Object) {
        self.name(&model.element.name, model.span);
        for field in &object.fields {
            let given = model.given.as_ref().map(|given| &self.api.model(given.model).kind);
            let open = matches!(given, Some(ModelKind::Object(declared))
            if declared.fields.iter().any(|one| {
                one.wire == field.wire && matches!(one.ty, Type::Parameter(_))
            }));
            match self.form(&field.ty) {
                Ok(Form::List) if open => {
                    let label = "a list where the model leaves the type open";
                    self.member(&codes::XML_MEMBER, field.span, &field.wire, label);
                }
                Ok(form) => self.field(field, form),
                Err(label) => self.member(&codes::XML_MEMBER, field.span, &field.wire, label),
            }
        }
        for constant in &object.constants {
            self.constant(constant);
        }
        self.alone(object);
    }

    /// What a type is, or why it is nothing in XML.
    fn form(&self, ty: &Type) -> Result<Form, &'static str> {
        Ok(match self.api.plain(ty) {
            Type::Scalar(scalar) => match scalar {
                Scalar::Json => return Err("nothing tells what any JSON would be"),
                Scalar::Poisoned => Form::Open,
                Scalar::Boolean
                | Scalar::Int32
                | Scalar::Int64
                | Scalar::Uint32
                | Scalar::Uint64
                | Scalar::Float
                | Scalar::Double => Form::Number,
                Scalar::DateTime(forms) => {
                    let number = |format: DateFormat| {
                        use DateFormat::{UnixMicros, UnixMillis, UnixNanos, UnixSeconds};
                        matches!(format, UnixSeconds | UnixMillis | UnixMicros | UnixNanos)
                    };
                    match (forms.each().any(number), forms.others().next()) {
                        (true, Some(_)) => return Err("nothing tells a number from another text"),
                        (true, None) => Form::Number,
                        (false, _) => Form::Scalar,
                    }
                }
                _ => Form::Scalar,
            },
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Object(_) => Form::Object,
                ModelKind::Union(_) => return Err("nothing tells the variants of a union apart"),
                ModelKind::Enum(values) if values.wire == EnumWire::Numbers => Form::Number,
                ModelKind::Newtype(newtype) if newtype.of != NewtypeOf::Text => Form::Number,
                ModelKind::Enum(_) | ModelKind::Newtype(_) => Form::Scalar,
                // Only a circle of names, which has been reported, leads here.
                ModelKind::Alias(_) => Form::Open,
            },
            Type::List(item) => match self.form(item)? {
                Form::List => return Err("a list of lists is one list"),
                _ => Form::List,
            },
            Type::Nullable(inner) => self.form(inner)?,
            Type::Map(_) | Type::Keyed(..) => return Err("a map has no names for its elements"),
            Type::Link(_) | Type::AsText(_) | Type::Csv(_) => Form::Scalar,
            Type::Parameter(_) => Form::Open,
        })
    }

    fn field(&mut self, field: &Field, form: Form) {
        if field.unsure {
            return;
        }
        let nullable = matches!(
            field.presence,
            Presence::Nullable | Presence::Patched | Presence::WriteNullable
        );
        let wrong = match field.xml {
            XmlPlace::Attribute | XmlPlace::Text if matches!(form, Form::Object | Form::List) => {
                Some((&codes::XML_PLACE, "expected a single value"))
            }
            XmlPlace::Wrapped(_) if !matches!(form, Form::List | Form::Open) => {
                Some((&codes::XML_PLACE, "only a list has items to be wrapped"))
            }
            XmlPlace::Attribute | XmlPlace::Text if nullable => {
                Some((&codes::XML_MEMBER, "what is no element cannot be null"))
            }
            XmlPlace::Element if form == Form::List && nullable => {
                Some((&codes::XML_MEMBER, "null and an empty list are the same: no element"))
            }
            _ if field.one_or_list => {
                Some((&codes::XML_MEMBER, "in XML a list of one is an item alone, always"))
            }
            _ if !field.none_when.is_empty() && form == Form::Number => {
                Some((&codes::XML_MEMBER, "write `as: string` too: in XML a number is a text"))
            }
            _ if !field.none_when.is_empty() && form != Form::Scalar => {
                Some((&codes::XML_MEMBER, "only of single values some mean none"))
            }
            _ => None,
        };
        if let Some((code, label)) = wrong {
            self.member(code, field.span, &field.wire, label);
        }
        self.names(&field.wire, &field.xml, field.span);
        for also in &field.also {
            self.names(also, &field.xml, field.span);
        }
    }

    fn constant(&mut self, constant: &Constant) {
        if matches!(constant.xml, XmlPlace::Wrapped(_)) {
            let label = "only a list has items to be wrapped";
            self.member(&codes::XML_PLACE, constant.span, &constant.wire, label);
        }
        self.names(&constant.wire, &constant.xml, constant.span);
    }

    /// A text of an element is the only thing in it.
    fn alone(&mut self, object: &Object) {
        let fields = object.fields.iter().map(|field| (&field.wire, &field.xml, field.span));
        let constants = object.constants.iter().map(|one| (&one.wire, &one.xml, one.span));
        let members: Vec<_> = fields.chain(constants).collect();
        let Some((text, ..)) = members.iter().find(|(_, place, _)| **place == XmlPlace::Text)
        else {
            return;
        };
        let other = |place: &XmlPlace| *place != XmlPlace::Attribute;
        let others = members.iter().filter(|(wire, place, _)| wire != text && other(place));
        for (wire, _, span) in others {
            let label = format!("`{}` is the whole content", shown(text));
            self.member(&codes::XML_PLACE, *span, wire, &label);
        }
    }

    fn names(&mut self, wire: &str, place: &XmlPlace, span: Span) {
        // What is between the tags has no name there.
        if *place != XmlPlace::Text {
            self.name(wire, span);
        }
        if let XmlPlace::Wrapped(item) = place {
            self.name(item, span);
        }
        if *place == XmlPlace::Attribute
            && wire == "xmlns"
            && self.seen.insert((span, codes::XML_NAME.id))
        {
            let text = "`xmlns` is no attribute, but says the namespace";
            self.diagnostics.push(
                Diagnostic::error(&codes::XML_NAME, span, text)
                    .help("say it of the model, `xml: { xmlns: \"urn:shop\" }`"),
            );
        }
    }

    fn name(&mut self, name: &str, span: Span) {
        if is_name(name) || !self.seen.insert((span, codes::XML_NAME.id)) {
            return;
        }
        let text = format!("`{}` is no name of an element", shown(name));
        let diagnostic = Diagnostic::error(&codes::XML_NAME, span, text);
        self.diagnostics.push(match name.rsplit_once(':') {
            Some((_, local)) if is_name(local) => diagnostic
                .help(format!("leave the prefix out, which is not looked at: `{}`", shown(local))),
            _ => {
                diagnostic.label("expected a letter or `_`, then letters, digits, `-`, `_` and `.`")
            }
        });
    }

    fn member(&mut self, code: &'static Code, span: Span, wire: &str, label: &str) {
        if self.seen.insert((span, code.id)) {
            let text = format!("`{}` cannot stand in XML like this", shown(wire));
            self.diagnostics.push(Diagnostic::error(code, span, text).label(label.to_owned()));
        }
    }
}
