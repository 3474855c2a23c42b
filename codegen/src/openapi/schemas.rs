//! Types and models as JSON Schema.

use super::docs::described;
use super::tree::{Map, Tree};
use crate::ir::{
    Among, Api, Constant, Count, DateFormat, Enum, EnumWire, Field, Limits, Literal, Model,
    ModelKind, Object, Presence, Scalar, Type, Union, UnionForm, UnionVariant, XmlPlace,
};

/// The schema of a model.
pub(super) fn model(model: &Model, api: &Api) -> Tree {
    let schema = match &model.kind {
        ModelKind::Object(kind) if model.reach.xml => {
            let element = &model.element;
            let named = Map::new()
                .set("name", element.name.as_str())
                .maybe("namespace", element.namespace.as_deref());
            object(kind, api).set("xml", named)
        }
        ModelKind::Object(kind) => object(kind, api),
        ModelKind::Enum(kind) => enumeration(kind),
        ModelKind::Union(kind) => union(kind, api),
        ModelKind::Newtype(kind) => scalar(kind.of.scalar()),
        ModelKind::Alias(ty) => schema(ty, api),
    };
    described(&model.docs, schema).into()
}

/// The models that become schemas: those that leave types open once for each way in which they are used.
pub(super) fn written(api: &Api) -> impl Iterator<Item = &Model> {
    api.models.iter().filter(|model| match &model.given {
        None => model.emitted && model.parameters.is_empty(),
        Some(given) => !given.types.iter().any(|ty| is_open(ty, api)),
    })
}

/// Whether a type is still to be given.
fn is_open(ty: &Type, api: &Api) -> bool {
    match ty {
        Type::Parameter(_) => true,
        Type::Scalar(_) | Type::Link(_) => false,
        Type::Model(id) => {
            let given = api.model(*id).given.as_ref();
            given.is_some_and(|given| given.types.iter().any(|ty| is_open(ty, api)))
        }
        Type::List(inner)
        | Type::Map(inner)
        | Type::Keyed(_, inner)
        | Type::Nullable(inner)
        | Type::AsText(inner)
        | Type::Csv(inner) => is_open(inner, api),
    }
}

/// The name of a schema, of which OpenAPI allows few characters: `Page_User` of `Page<User>`.
pub(super) fn name(model: &Model) -> String {
    match &model.given {
        None => model.name.clone(),
        Some(_) => {
            let words = model.name.split(|c: char| !(c.is_alphanumeric() || "-._".contains(c)));
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
        }
    }
}

/// The schema of a type.
pub(super) fn schema(ty: &Type, api: &Api) -> Map {
    match ty {
        Type::Scalar(kind) => scalar(*kind),
        Type::Model(id) => {
            Map::new().set("$ref", format!("#/components/schemas/{}", name(api.model(*id))))
        }
        Type::Link(_) => scalar(Scalar::Url),
        // Only models that are given types are written down.
        Type::Parameter(_) => Map::new(),
        Type::List(item) => Map::new().set("type", "array").set("items", schema(item, api)),
        Type::Map(value) => {
            Map::new().set("type", "object").set("additionalProperties", schema(value, api))
        }
        Type::Keyed(key, value) => {
            // The names of members are texts, whatever they stand for.
            let is_text = schema_kind(key, api) == "string";
            Map::new()
                .set("type", "object")
                .maybe("propertyNames", is_text.then(|| schema(key, api)))
                .set("additionalProperties", schema(value, api))
        }
        Type::Nullable(inner) => nullable(schema(inner, api)),
        Type::AsText(inner) => {
            let format = schema(inner, api).text("format").map(str::to_owned);
            Map::new().set("type", "string").maybe("format", format)
        }
        Type::Csv(_) => Map::new().set("type", "string"),
    }
}

/// A schema that null fits as well.
fn nullable(mut schema: Map) -> Map {
    if schema.make_nullable() {
        return schema;
    }
    let null = Map::new().set("type", "null");
    Map::new().set("anyOf", vec![schema.into(), null.into()])
}

fn scalar(scalar: Scalar) -> Map {
    let (kind, format) = match scalar {
        Scalar::Json | Scalar::Poisoned => return Map::new(),
        Scalar::String => ("string", None),
        Scalar::Boolean => ("boolean", None),
        Scalar::Int32 => ("integer", Some("int32")),
        Scalar::Int64 => ("integer", Some("int64")),
        Scalar::Uint32 => ("integer", Some("uint32")),
        Scalar::Uint64 => ("integer", Some("uint64")),
        Scalar::Float => ("number", Some("float")),
        Scalar::Double => ("number", Some("double")),
        Scalar::Decimal => ("number", Some("decimal")),
        Scalar::Date => ("string", Some("date")),
        Scalar::Time => ("string", Some("time")),
        Scalar::LocalDateTime => ("string", Some("local-date-time")),
        Scalar::SpacedDateTime => ("string", Some("spaced-local-date-time")),
        Scalar::Duration => ("string", Some("duration")),
        Scalar::TimeSpan => ("string", Some("time-span")),
        Scalar::Uuid => ("string", Some("uuid")),
        Scalar::Url => ("string", Some("uri")),
        Scalar::DateTime(forms) => {
            let typed = |format| {
                let (kind, format) = date(format);
                Map::new().set("type", kind).maybe("format", format)
            };
            if forms.others().next().is_none() {
                return typed(forms.written);
            }
            let each: Vec<Tree> = forms.each().map(|format| typed(format).into()).collect();
            return Map::new().set("anyOf", each);
        }
        Scalar::Bytes | Scalar::BytesUrl => {
            let encoding = if scalar == Scalar::Bytes { "base64" } else { "base64url" };
            return Map::new().set("type", "string").set("contentEncoding", encoding);
        }
        Scalar::File => {
            let media = "application/octet-stream";
            return Map::new().set("type", "string").set("contentMediaType", media);
        }
    };
    Map::new().set("type", kind).maybe("format", format)
}

fn date(format: DateFormat) -> (&'static str, Option<&'static str>) {
    match format {
        DateFormat::Rfc3339 | DateFormat::AssumeUtc => ("string", Some("date-time")),
        DateFormat::Spaced => ("string", Some("spaced-date-time")),
        DateFormat::DateOnly => ("string", Some("date")),
        DateFormat::Dotnet => ("string", Some("dotnet-date")),
        DateFormat::HttpDate => ("string", Some("http-date")),
        DateFormat::Rfc2822 => ("string", Some("rfc2822-date")),
        DateFormat::UnixSeconds => ("integer", Some("unix-time")),
        DateFormat::UnixMillis => ("integer", Some("unix-time-ms")),
        DateFormat::UnixMicros => ("integer", Some("unix-time-us")),
        DateFormat::UnixNanos => ("integer", Some("unix-time-ns")),
    }
}

/// Members as the properties of an object.
pub(super) fn members(fields: &[Field], constants: &[Constant], api: &Api) -> Map {
    let mut properties = Map::new();
    let mut required: Vec<Tree> = Vec::new();
    for constant in constants {
        let constant_schema = Map::new().set("const", literal(&constant.value));
        properties.put(&constant.wire, in_xml(constant_schema, &constant.xml));
        required.push(constant.wire.as_str().into());
    }
    for field in fields {
        properties.put(&field.wire, property(field, api));
        let is_there = matches!(
            field.presence,
            Presence::Required | Presence::Nullable | Presence::WriteOnly | Presence::WriteNullable
        );
        if is_there {
            required.push(field.wire.as_str().into());
        }
    }
    Map::new().set("type", "object").some("required", required).some("properties", properties)
}

fn object(object: &Object, api: &Api) -> Map {
    members(&object.declared(), &object.constants, api).with(rules(&object.among))
}

/// Rules about several members.
pub(super) fn rules(rules: &[Among]) -> Map {
    let rules = rules.iter().map(|rule| {
        let there: Vec<Tree> = rule
            .members
            .iter()
            .map(|name| Map::new().set("required", vec![name.as_str().into()]).into())
            .collect();
        match rule.count {
            Count::Exactly => Map::new().set("oneOf", there),
            Count::AtLeast => Map::new().set("anyOf", there),
            Count::AtMost => {
                let none = Map::new().set("not", Map::new().set("anyOf", there.clone()));
                Map::new().set("oneOf", there.into_iter().chain([none.into()]).collect::<Vec<_>>())
            }
        }
    });
    Map::new().some("allOf", rules.map(Tree::from).collect::<Vec<_>>())
}

fn property(field: &Field, api: &Api) -> Map {
    let inner = schema(&field.ty, api);
    let inner = limited(inner, field.limits.as_ref(), &field.ty, api);
    let inner = match &field.ty {
        Type::List(item) if field.one_or_list => {
            Map::new().set("anyOf", vec![inner.into(), schema(item, api).into()])
        }
        _ => inner,
    };
    let null =
        [Presence::Nullable, Presence::Patched, Presence::NullAsDefault, Presence::WriteNullable];
    let inner = if null.contains(&field.presence) { nullable(inner) } else { inner };
    let mut property = described(&field.docs, inner);
    if field.presence == Presence::ReadOnly {
        property.put("readOnly", true);
    }
    if field.write {
        property.put("writeOnly", true);
    }
    if field.sensitive {
        property.put("format", "password");
    }
    in_xml(property, &field.xml)
}

/// Whether a member is the text of its element in XML, for which OpenAPI has no word.
pub(super) fn has_text_in_xml(model: &Model) -> bool {
    let ModelKind::Object(object) = &model.kind else { return false };
    model.reach.xml && object.fields.iter().any(|field| field.xml == XmlPlace::Text)
}

/// A member with where it stands in XML.
fn in_xml(property: Map, place: &XmlPlace) -> Map {
    match place {
        XmlPlace::Element | XmlPlace::Text => property,
        XmlPlace::Attribute => property.set("xml", Map::new().set("attribute", true)),
        XmlPlace::Wrapped(item) => property.wrapping(item),
    }
}

/// A schema with the limits of its values.
pub(super) fn limited(schema: Map, limits: Option<&Limits>, ty: &Type, api: &Api) -> Map {
    let Some(limits) = limits else { return schema };
    let (least, most) = match ty {
        Type::List(_) => ("minItems", "maxItems"),
        Type::Map(_) | Type::Keyed(..) => ("minProperties", "maxProperties"),
        _ => match schema_kind(ty, api) {
            "string" => ("minLength", "maxLength"),
            _ => ("minimum", "maximum"),
        },
    };
    let number = |text: &String| Tree::Literal(text.clone());
    schema
        .maybe(least, limits.min.as_ref().map(number))
        .maybe(most, limits.max.as_ref().map(number))
}

/// What a value is in JSON, through the names of models.
fn schema_kind(ty: &Type, api: &Api) -> &'static str {
    let through = match ty {
        Type::Model(id) => match &api.model(*id).kind {
            ModelKind::Newtype(newtype) => scalar(newtype.of.scalar()),
            ModelKind::Alias(ty) => return schema_kind(ty, api),
            ModelKind::Object(_) | ModelKind::Enum(_) | ModelKind::Union(_) => Map::new(),
        },
        _ => schema(ty, api),
    };
    if through.text("type") == Some("string") { "string" } else { "number" }
}

pub(super) fn literal(value: &Literal) -> Tree {
    match value {
        Literal::Text(text) => text.as_str().into(),
        Literal::Integer(_) | Literal::Boolean(_) => Tree::Literal(value.to_string()),
    }
}

/// A list of values; what is open takes any other value of its kind too.
fn enumeration(kind: &Enum) -> Map {
    let base = if kind.wire == EnumWire::Numbers { "integer" } else { "string" };
    let value = |variant: &crate::ir::Variant| match kind.wire {
        EnumWire::Texts => Tree::from(variant.wire.as_str()),
        EnumWire::Numbers => Tree::Literal(variant.wire.clone()),
        EnumWire::NamedNumbers => Tree::from(variant.wire_name.as_str()),
    };
    let documented = kind.variants.iter().any(|variant| variant.docs.text.is_some());
    if documented {
        let mut values: Vec<Tree> = kind
            .variants
            .iter()
            .map(|variant| described(&variant.docs, Map::new().set("const", value(variant))).into())
            .collect();
        if kind.other.is_some() {
            values.push(Map::new().set("type", base).into());
        }
        return Map::new().set("anyOf", values);
    }
    let values: Vec<Tree> = kind.variants.iter().map(value).collect();
    if kind.other.is_none() {
        return Map::new().set("type", base).set("enum", values);
    }
    let known = Map::new().set("enum", values);
    let any = Map::new().set("type", base);
    Map::new().set("anyOf", vec![known.into(), any.into()])
}

fn union(union: &Union, api: &Api) -> Map {
    let variants: Vec<Tree> = union
        .variants
        .iter()
        .map(|variant| described(&variant.docs, one(union, variant, api)).into())
        .collect();
    let word = if union.form == UnionForm::Untagged { "anyOf" } else { "oneOf" };
    Map::new().set(word, variants)
}

fn one(union: &Union, variant: &UnionVariant, api: &Api) -> Map {
    let inner = schema(&variant.ty, api);
    let with = |key: &str, value: Map| {
        Map::new()
            .set("type", "object")
            .set("required", vec![Tree::from(key)])
            .set("properties", Map::new().set(key, value))
    };
    match &union.form {
        UnionForm::Untagged => inner,
        UnionForm::Keyed => with(&variant.wire, inner),
        UnionForm::Tagged { tag, content } => {
            let tagged = with(tag, Map::new().set("const", variant.wire.as_str()));
            let rest =
                content.as_ref().map_or(inner, |content| with(content, schema(&variant.ty, api)));
            Map::new().set("allOf", vec![tagged.into(), rest.into()])
        }
    }
}
