//! Entries of `models:`

use super::member::Of;
use super::reader::{self, Keys, quoted_list};
use super::{
    among, elsewhere, generic, in_place, json_schema, key_slips, member, model_slips, provider,
    short, union, values, xml,
};
use crate::ast::{Base, EnumValue, FieldItem, Model, ModelKind, Origin, Text, TypeExpr};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::foreign;
use crate::source::Span;
use crate::type_expr;
use crate::type_slips::{self, Utility};
use crate::yaml::{Entry, Node, Value};

/// The keys of which a model has one.
const KINDS: [&str; 5] = ["fields", "enum", "union", "like", "type"];

/// What stands beside the type of one that is another name for it.
const BESIDE_TYPE: [&str; 6] = ["allow", "assumed", "class", "deprecated", "doc", "from"];

/// Reads one model; a bad one is kept, poisoned, so that references to it are no further errors.
pub(super) fn read(entry: &Entry, diagnostics: &mut Diagnostics) -> Model {
    if let Some((entry, found)) = model_slips::enum_of_programs(entry) {
        let model = read(&entry, &mut Diagnostics::default());
        diagnostics.push(found);
        return model;
    }
    if let Some(found) = key_slips::reference(entry) {
        diagnostics.push(found);
        return poisoned(entry.key.clone());
    }
    // `UserId string` in braces.
    if let Some((entry, found)) = reader::with_colon(entry)
        && entry.key.value.starts_with(char::is_uppercase)
        && entry.value.as_scalar().is_some_and(|it| foreign::is_type(&it.text))
    {
        diagnostics.push(found);
        return read(&entry, diagnostics);
    }
    let (name, parameters) = generic::declared(&entry.key, diagnostics);
    let key = key_slips::model(name, &entry.key, diagnostics);
    let mut model = Model { parameters, ..poisoned(key.name) };
    if key.torn {
        return model;
    }
    let Some(node) = reader::present(entry, diagnostics) else { return model };
    match &node.value {
        Value::Scalar(scalar) if let Some(meant) = model_slips::in_words(&scalar.text) => {
            let found = Diagnostic::error(&codes::TYPE_SYNTAX, node.span, "a model is no sentence")
                .help(format!("a model like another is `{}`", reader::shown(&meant)));
            diagnostics.push(found.patch(node.span, meant));
        }
        Value::Scalar(scalar) if let Some(meant) = model_slips::alternatives(&scalar.text) => {
            diagnostics.push(meant.found(node.span));
        }
        Value::Scalar(scalar)
            if let Some(found) = type_slips::description(&scalar.text, node.span)
                && found.patch.is_none() =>
        {
            let help =
                "say what it is, and the words in `doc`: `{ doc: …, fields: { id: string } }`";
            diagnostics.push(found.help(help));
        }
        Value::Scalar(scalar) if let Some(meant) = foreign::intersection(&scalar.text) => {
            let found = Diagnostic::error(
                &codes::TYPE_SYNTAX,
                node.span,
                "several types stand side by side",
            );
            let help =
                format!("a model with the members of several is `{}`", reader::shown(&meant));
            diagnostics.push(found.help(help).patch(node.span, meant));
        }
        Value::Scalar(scalar) if let Some(meant) = Utility::quoted(&scalar.text) => {
            diagnostics.push(meant.found(node.span, true));
            model.kind = model_slips::like(meant, node.span);
        }
        Value::Scalar(scalar) => {
            let short = short::read(node, &scalar.text, diagnostics);
            short::no_flags(&short, "a model", diagnostics);
            model.doc = short.doc;
            model.kind = ModelKind::Alias(short.ty);
            generic::check(&mut model, diagnostics);
        }
        Value::Mapping(_) if let Some(found) = in_place::braces(node) => {
            diagnostics.push(found);
        }
        Value::Mapping(_) if let Some(meant) = json_schema::read("a model", node, &BESIDE_TYPE) => {
            let ty = type_expr::parse(&meant.ty, node.span, &mut Diagnostics::default());
            diagnostics.lost.place(node.span);
            model.kind = ModelKind::Alias(ty);
            diagnostics.push(meant.found);
        }
        Value::Mapping(_) => long(&mut model, node, diagnostics),
        _ => reader::wrong_type(&entry.key.value, "a type or a mapping", node, diagnostics),
    }
    if let (Some(name), ModelKind::Object(items)) = (key.base, &mut model.kind) {
        items.insert(0, FieldItem::Spread(Base { name, arguments: Vec::new() }));
    }
    model
}

fn poisoned(name: Text) -> Model {
    Model {
        name,
        parameters: Vec::new(),
        doc: None,
        origin: Origin::default(),
        deprecated: None,
        message: None,
        incomplete: None,
        among: Vec::new(),
        xml: None,
        kind: ModelKind::Poisoned,
    }
}

fn long(model: &mut Model, node: &Node, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("a model", node, diagnostics) else { return };
    let before = diagnostics.mark();
    keys.allow(model.name.span.to(node.span), diagnostics);
    model.doc = keys.doc("doc", diagnostics);
    model.origin = provider::origin(&mut keys, "class", diagnostics);
    model.deprecated = keys.sentence("deprecated", "Use books.find.", diagnostics);
    model.message = keys.text("message", diagnostics);
    model.incomplete =
        keys.sentence("incomplete", "The page shows some members only.", diagnostics);
    model.among = among::read(&mut keys, diagnostics);
    model.xml = xml::element(&mut keys, diagnostics);

    let mut kinds = Vec::new();
    let of_enum = model_slips::of_enum(&mut keys, node);
    let of_schema = of_enum.is_some();
    diagnostics.extend(of_enum);
    if !of_schema
        && let Some(ty) = keys.node("type", diagnostics)
        && ty.as_sequence().is_some()
        && elsewhere::explained(ty, node)
    {
        kinds.push((ty.span, ModelKind::Poisoned));
    } else if !of_schema
        && let Some(ty) = keys.node("type", diagnostics)
        && let Some(text) = reader::text("type", ty, diagnostics)
    {
        let short = short::read(ty, &text.value, diagnostics);
        short::no_flags(&short, "a model", diagnostics);
        let kind = match elsewhere::explained(ty, node) {
            true => ModelKind::Poisoned,
            false => ModelKind::Alias(short.ty),
        };
        kinds.push((ty.span, kind));
    }
    // A model without members is written `fields: {}`.
    if let Some(fields) = keys.node("fields", diagnostics)
        && let Some(entries) = reader::mapping("fields", fields, diagnostics)
    {
        kinds.push((
            fields.span,
            ModelKind::Object(member::items(entries, Of::Object, diagnostics)),
        ));
    }
    let closed = keys.flag("closed", diagnostics);
    if let Some(list) = keys.torn_list("enum", diagnostics) {
        let value = |wire: Text| EnumValue { wire, name: None, also: Vec::new(), doc: None };
        let span = list[0].span;
        kinds.push((
            span,
            ModelKind::Enum { values: list.into_iter().map(value).collect(), closed },
        ));
    } else if let Some(values) = keys.node("enum", diagnostics) {
        let kind = match values::read(values, diagnostics) {
            Some(read) => ModelKind::Enum { values: read, closed },
            None => ModelKind::Poisoned,
        };
        kinds.push((values.span, kind));
    }
    if let Some(node) = keys.node("union", diagnostics) {
        let kind = union::read(node, diagnostics).unwrap_or(ModelKind::Poisoned);
        kinds.push((node.span, kind));
    }
    let without = keys.texts("without", diagnostics);
    let mut optional = keys.texts("optional", diagnostics);
    diagnostics.extend(model_slips::all_of(&mut optional));
    let several = model_slips::of_several(&keys, node);
    let told = several.is_some();
    diagnostics.extend(several);
    if told {
        let _read = keys.entry("like");
        kinds.clear();
        kinds.push((node.span, ModelKind::Poisoned));
    } else if let Some(base) = keys.text("like", diagnostics) {
        let base = generic::base(&base, diagnostics);
        let all_optional = matches!(optional.as_slice(), [all] if all.value == "all");
        let span = base.name.span;
        kinds.push((span, ModelKind::Like { base, without, optional, all_optional }));
    }
    if !told
        && kinds.iter().all(|(_, kind)| matches!(kind, ModelKind::Poisoned))
        && let Some(found) = model_slips::kind(&mut keys, node, diagnostics)
    {
        kinds = vec![found];
    }
    // The members of another model beside own ones.
    let with_like = kinds.iter().any(|(_, kind)| matches!(kind, ModelKind::Like { .. }));
    let others = kinds
        .iter()
        .filter(|(_, kind)| !matches!(kind, ModelKind::Like { .. } | ModelKind::Object(_)));
    if with_like
        && others.count() == 0
        && let Some(found) = model_slips::beside_own(&mut keys, node, &model.name)
    {
        diagnostics.push(found);
        keys.finish(diagnostics);
        return;
    }
    let meant = KINDS.iter().any(|kind| *kind != "type" && keys.meant(kind));
    // What is meant as another kind is reported by itself.
    if meant && matches!(kinds.as_slice(), [(_, ModelKind::Alias(_))]) {
        kinds.clear();
    }
    if let [(_, ModelKind::Alias(_))] = kinds.as_slice()
        && let Some((found, is_object)) = model_slips::beside_type(&mut keys, &model.name)
    {
        diagnostics.push(found);
        if is_object {
            model.kind = ModelKind::Poisoned;
            keys.finish(diagnostics);
            return;
        }
    }
    // A member may be called `type`, too.
    let alias = matches!(kinds.as_slice(), [(_, ModelKind::Alias(_))]);
    match kinds.len() {
        0 | 1 if (alias || kinds.is_empty()) && !meant && keys.take_members() => {
            let found = members_in_place("the model", &model.name);
            let mended = model_slips::in_fields(node);
            diagnostics.push(match mended {
                Some(mended) => found.patch(node.span, mended),
                None => found,
            });
            kinds.clear();
        }
        1 => {}
        // A misspelt kind is reported by itself.
        0 if KINDS.iter().any(|kind| keys.meant(kind)) => {}
        // What is known to be wrong may be all that is.
        0 if diagnostics.errors_since(before) && keys.len() == 1 => {}
        // So are keys that no model has.
        0 if keys.has_strange() && !keys.has_some() => {}
        0 => {
            let found = Diagnostic::error(
                &codes::MISSING_KEY,
                model.name.span,
                format!("the model `{}` does not say what it is", reader::shown(&model.name.value)),
            );
            diagnostics.push(match keys.len() {
                0 => found
                    .help("an object without members is `{ fields: {} }`")
                    .patch(node.span, "{ fields: {} }"),
                _ => found.help(format!("a model has one of {}", quoted_list(&KINDS))),
            });
        }
        count => {
            let found = Diagnostic::error(
                &codes::AMBIGUOUS_ITEM,
                kinds[1].0,
                format!("`{}` is two kinds of model at once", model.name.value),
            )
            .related(kinds[0].0, "the first kind")
            .help(two_kinds(&kinds[0].1, &kinds[1].1));
            // What the other kind says by itself.
            let spare = matches!(
                (&kinds[0].1, &kinds[1].1),
                (ModelKind::Alias(_), ModelKind::Object(_) | ModelKind::Enum { .. })
            );
            let spare = keys.up_to_next("type").filter(|_| spare && count == 2);
            diagnostics.push(match spare {
                Some(spare) => found.patch(spare, ""),
                None => found,
            });
        }
    }
    // What is another kind as well is seldom meant as its `type`.
    let several = kinds.len() > 1;
    let mut kinds = kinds.into_iter().map(|(_, kind)| kind);
    if let Some(kind) = kinds.find(|kind| !several || !matches!(kind, ModelKind::Alias(_))) {
        model.kind = kind;
    }
    generic::check(model, diagnostics);
    let stray = |key: &'static str, fits: bool, kind: &'static str| {
        keys.span(key)
            .map(|span| (fits || matches!(model.kind, ModelKind::Poisoned), key, kind, span))
    };
    let like = matches!(model.kind, ModelKind::Like { .. });
    let members = like || matches!(model.kind, ModelKind::Object(_));
    let strays: Vec<_> = [
        stray("closed", matches!(model.kind, ModelKind::Enum { .. }), "enum"),
        stray("without", like, "like"),
        stray("optional", like, "like"),
    ]
    .into_iter()
    .chain(["message", "incomplete", "xml"].map(|key| stray(key, members, "fields")))
    .chain(among::KEYS.iter().map(|(key, _)| stray(key, members, "fields")))
    .flatten()
    .collect();
    // Of a model of two kinds nobody knows what belongs to it.
    if !several {
        stray_keys(model, &strays, diagnostics);
    }
    keys.finish(diagnostics);
}

/// What to do about a model of two kinds.
fn two_kinds(first: &ModelKind, second: &ModelKind) -> String {
    match (first, second) {
        (ModelKind::Alias(_), ModelKind::Object(_)) => {
            "leave `type` out: a model with `fields` is an object".to_owned()
        }
        (ModelKind::Alias(_), ModelKind::Enum { .. }) => {
            "leave `type` out: the values of an enum say what it is".to_owned()
        }
        _ => format!("a model has one of {}", quoted_list(&KINDS)),
    }
}

/// Members that stand one level too high.
pub(super) fn members_in_place(what: &str, name: &Text) -> Diagnostic {
    let shown = reader::shown(&name.value);
    Diagnostic::error(
        &codes::MISSING_KEY,
        name.span,
        format!("the members of {what} `{shown}` stand in no `fields`"),
    )
    .label("`fields` is missing")
    .help("put them one level deeper: `fields: { id: string, name?: string }`")
}

/// Reports keys that belong to another kind of model than the one that was read.
fn stray_keys(model: &Model, strays: &[(bool, &str, &str, Span)], diagnostics: &mut Diagnostics) {
    for (fits, key, kind, span) in strays {
        if !fits {
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNKNOWN_KEY,
                    *span,
                    format!("`{key}` means nothing in the model `{}`", model.name.value),
                )
                .help(format!("it belongs to a model with `{kind}`")),
            );
        }
    }
}

/// A type that stands alone, without flags or documentation.
pub(super) fn bare_type(key: &str, node: &Node, diagnostics: &mut Diagnostics) -> TypeExpr {
    let Value::Scalar(scalar) = &node.value else {
        reader::wrong_type(key, "a type", node, diagnostics);
        return TypeExpr::poisoned(node.span);
    };
    type_expr::parse(&scalar.text, node.span, diagnostics)
}
