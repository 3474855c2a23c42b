//! The items of a generated module.

mod builder;
mod methods;

use std::collections::BTreeMap;

use super::call::{Argument, Call};
use super::facts::{self, Facts};
use super::types::{self, field, rust, scalar};
use super::{Bump, Item, Surface};
use crate::check::may_both_fit;
use crate::ir::{
    Api, Deliveries, Docs, EnumWire, Events, Field, Model, ModelKind, Presence, Proof, Scalar,
    Type, Union, UnionForm, UnionVariant,
};

/// Everything that can be named, called or matched.
pub(super) fn of(api: &Api) -> Surface {
    let mut items = BTreeMap::new();
    let mut add = |path: String, item: Item| {
        items.insert(path, item);
    };
    // The title stands before whatever else is said.
    let text = [Some(api.title.as_str()), api.docs.text.as_deref()];
    let text = text.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let docs = Docs { text: Some(text), ..api.docs.clone() };
    add("module".to_owned(), item("the module", &api.module, facts::provider(api), &docs));
    builder::servers(api, &mut add);
    for scheme in &api.schemes {
        builder::scheme(api, scheme, &mut add);
    }
    builder::parameters(api, &mut add);
    if let Some(quota) = api.rate_limit.as_ref().and_then(|limit| limit.quota) {
        let found = item("the limit", "", facts::quota(quota), &Docs::default());
        add("builder::limit_rate".to_owned(), found);
    }
    for format in &api.formats {
        let facts = facts::media_type(&format.media_type);
        let found = item("the format", &format.ident, facts, &Docs::default());
        add(format!("call::{}", format.ident), found);
    }
    for one in api.models.iter().filter(|model| model.emitted) {
        model(api, one, &mut add);
    }
    for group in &api.groups {
        let docs = named(&group.docs, &group.name);
        add(group.ident.clone(), item("the group", &group.type_name, Facts::new(), &docs));
        if let Some(found) = &group.transaction {
            methods::transaction(group, found, &mut add);
        }
        for one in &group.methods {
            methods::method(api, &group.ident, one, &mut add);
        }
    }
    if let Some(found) = &api.deliveries {
        deliveries(api, found, &mut add);
    }
    // A crate turns it on by itself.
    for feature in api.features() {
        let found = item("the feature of the runtime", "", Facts::new(), &Docs::default());
        add(format!("feature {feature}"), found.unseen());
    }
    let aliases = api.models.iter().filter_map(|model| match &model.kind {
        ModelKind::Alias(ty) => Some((model.ident.clone(), rust(api, &api.resolved(ty)))),
        _ => None,
    });
    Surface { items, aliases: aliases.collect() }
}

fn model(api: &Api, model: &Model, add: &mut impl FnMut(String, Item)) {
    let path = format!("models::{}", model.ident);
    let docs = named(&model.docs, &model.name);
    match &model.kind {
        ModelKind::Object(object) => {
            // What an open type is called is nobody's business.
            let names = model.parameters.iter().enumerate();
            let names = names.map(|(index, name)| (name.clone(), format!("T{}", index + 1)));
            let names: BTreeMap<String, String> = names.collect();
            let add = &mut |path: String, mut item: Item| {
                item.rust = types::renamed(&item.rust, &names);
                item.call = item.call.map(|call| call.map(|rust| types::renamed(rust, &names)));
                add(path, item);
            };
            let open = match model.parameters.as_slice() {
                [] => String::new(),
                names => format!("<{}>", names.join(", ")),
            };
            let mut facts = facts::object_rules(object);
            if model.reach.xml {
                facts = facts.and(facts::element(&model.element));
            }
            add(path.clone(), item("the model", &format!("struct{open}"), facts, &docs));
            let arguments = object.fields.iter().filter(|field| field.presence.is_argument());
            if model.reach.request {
                let facts = facts::object_constants(&object.constants);
                let new = item("new", "", facts, &Docs::default());
                add(format!("{path}::new"), new.called(signature(api, &path, arguments)));
                setters(&path, &object.fields, add);
            }
            fields(api, &path, &object.fields, model.reach.request, add);
            if let Some(name) = &object.undeclared {
                let kept = item("the field", "Undeclared", Facts::new(), &Docs::default());
                add(format!("{path}::{name}"), kept);
            }
            if let Some(message) = object.message.and_then(|index| object.fields.get(index)) {
                let found = item("the message", "", facts::message(message), &Docs::default());
                add(format!("{path}::ServiceError::message"), found.unseen());
            }
        }
        ModelKind::Enum(list) => {
            let holds = match list.wire {
                EnumWire::Texts => "String",
                EnumWire::Numbers => "i64",
                EnumWire::NamedNumbers => "NumberOrText",
            };
            let rust = match &list.other {
                Some(other) => format!("enum with {other} of {holds}"),
                None if list.wire == EnumWire::Texts => "closed enum of texts".to_owned(),
                None => "closed enum of numbers".to_owned(),
            };
            add(path.clone(), item("the model", &rust, facts::enumeration(list), &docs));
            for variant in &list.variants {
                let path = format!("{path}::{}", variant.ident);
                let facts = facts::value(variant, list.wire);
                add(path, item("the value", "value", facts, &variant.docs));
            }
        }
        ModelKind::Newtype(newtype) => {
            let rust = format!("struct of {}", scalar(newtype.of.scalar()));
            add(path, item("the model", &rust, Facts::new(), &docs));
        }
        ModelKind::Alias(ty) => {
            add(path, item("the model", &rust(api, ty), facts::alias(api, ty), &docs));
        }
        ModelKind::Union(union) => {
            let with = format!("union with {}", union.other);
            let mut found = item("the model", &with, facts::union(union), &docs);
            // What is only sent is never tried.
            if model.reach.answer || !model.reach.request {
                found.before = before(api, union);
            }
            add(path.clone(), found);
            for variant in &union.variants {
                let ty = boxed(rust(api, &variant.ty), variant.boxed);
                let facts = facts::variant(api, variant);
                let path = format!("{path}::{}", variant.ident);
                add(path.clone(), item("the variant", &ty, facts, &variant.docs));
                let own = api.resolved(&variant.ty);
                let same =
                    |other: &&UnionVariant| rust(api, &api.resolved(&other.ty)) == rust(api, &own);
                if own != Type::Scalar(Scalar::Json)
                    && union.variants.iter().filter(same).count() == 1
                {
                    add(format!("{path}::from"), conversion());
                }
            }
        }
    }
}

/// The variants that are tried in order, where two can fit the same value.
fn before(api: &Api, union: &Union) -> Vec<(String, String)> {
    if union.form != UnionForm::Untagged {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    for (index, later) in union.variants.iter().enumerate() {
        let hidden = union.variants[..index].iter();
        let hidden = hidden.filter(|earlier| may_both_fit(&earlier.ty, &later.ty, api));
        pairs.extend(hidden.map(|earlier| (earlier.ident.clone(), later.ident.clone())));
    }
    pairs
}

/// What becomes an enum by itself, since it is of one variant only.
fn conversion() -> Item {
    item("the conversion", "", Facts::new(), &Docs::default())
}

/// `new`, with its arguments.
fn signature<'a>(api: &Api, path: &str, fields: impl Iterator<Item = &'a Field>) -> Call {
    let shown = |one: &Field| match one.presence {
        // What is read may lack it, and what is sent does not.
        Presence::WriteOnly => types::held(api, one),
        _ => field(api, one),
    };
    Call::new("new", fields.map(|one| argument(path, one, shown(one))).collect())
}

/// What sets a field.
fn argument(path: &str, field: &Field, rust: String) -> Argument {
    Argument { item: format!("{path}::{}", field.ident), name: field.ident.clone(), rust }
}

/// What is set where it need not be said.
fn setters(path: &str, list: &[Field], add: &mut impl FnMut(String, Item)) {
    let set = |one: &&Field| matches!(one.presence, Presence::Optional | Presence::Patched);
    for one in list.iter().filter(set) {
        let mut found = item("the setter", "", Facts::new(), &Docs::default());
        found.part_of.extend([format!("{path}::{}", one.ident), format!("{path}::new")]);
        add(format!("{path}::{}()", one.ident), found);
    }
}

fn fields(
    api: &Api,
    path: &str,
    list: &[Field],
    request: bool,
    add: &mut impl FnMut(String, Item),
) {
    for one in list {
        let mut found = item("the field", &field(api, one), facts::field(api, one), &one.docs);
        if request && one.presence.is_argument() {
            found.added = Bump::Major;
        }
        add(format!("{path}::{}", one.ident), found);
    }
}

fn deliveries(api: &Api, deliveries: &Deliveries, add: &mut impl FnMut(String, Item)) {
    let event = match &deliveries.events {
        Events::Each(ty) => format!("Event of {}", rust(api, ty)),
        Events::Named { other, .. } => format!("Event with {other}"),
    };
    let read = match &deliveries.proof {
        Proof::Nothing => "parse()",
        Proof::Signed(signature) if signature.timestamp.is_some() => {
            "verify_and_parse(secrets, now)"
        }
        Proof::Shared { .. } | Proof::Signed(_) => "verify_and_parse(secrets)",
    };
    let delivery = match deliveries.list.as_ref().map(|list| &list.envelope) {
        None => format!("Delivery<{event}>"),
        Some(None) => format!("Batch<{event}>"),
        Some(Some(envelope)) => format!("Batch<{event}, {}>", rust(api, envelope)),
    };
    let rust_code = format!("{read} -> {delivery}");
    let facts = facts::deliveries(deliveries);
    add("deliveries".to_owned(), item("the webhooks", &rust_code, facts, &deliveries.docs));
    let Events::Named { variants, .. } = &deliveries.events else { return };
    for variant in variants {
        let ty = variant.ty.as_ref().map(|ty| boxed(rust(api, ty), variant.boxed));
        let facts = facts::event(api, variant);
        let path = format!("deliveries::Event::{}", variant.ident);
        add(path, item("the event", &ty.unwrap_or_default(), facts, &variant.docs));
    }
}

fn boxed(ty: String, boxed: bool) -> String {
    if boxed { format!("Box<{ty}>") } else { ty }
}

/// Documentation, which says the name in a specification where it has no other text.
fn named(docs: &Docs, name: &str) -> Docs {
    let mut docs = docs.clone();
    docs.text.get_or_insert_with(|| name.to_owned());
    docs
}

fn item(what: &'static str, rust: &str, wire: Facts, docs: &Docs) -> Item {
    Item {
        what,
        rust: rust.to_owned(),
        call: None,
        identity: None,
        wire,
        must: false,
        plain: false,
        part_of: Vec::new(),
        before: Vec::new(),
        docs: docs.clone(),
        added: Bump::Minor,
        gone: Bump::Major,
    }
}

impl Item {
    /// What is called so.
    fn called(self, call: Call) -> Self {
        Self { rust: call.rust(), call: Some(call), ..self }
    }

    /// What no Rust code can name.
    fn unseen(self) -> Self {
        Self { added: Bump::Patch, gone: Bump::Patch, ..self }
    }
}
