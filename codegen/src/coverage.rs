//! Where the items of a specification come from, and what has no evidence yet.

mod machine;
mod report;
mod shape;
mod table;

pub use shape::Member;

use crate::ast::{self, Specification};
use crate::evidence;
use crate::ir::{Api, Body, Docs, Events, Method, ModelKind};

/// What a specification covers, and on what grounds.
///
/// Its [`Display`](std::fmt::Display) is the report that `clientwright coverage` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// What people call the provider.
    pub title: String,
    /// Its methods, in the order of the specification.
    pub methods: Vec<Item>,
    /// Its models, in the order of the specification.
    pub models: Vec<Item>,
    /// Models with types given to them, as they are used.
    pub given: Vec<Item>,
    /// What it delivers, in the order of the specification.
    pub events: Vec<Item>,
    /// Assumptions, as an item and what no source states.
    pub assumed: Vec<(String, String)>,
    /// Models that lack members, with the reason.
    pub incomplete: Vec<(String, String)>,
}

/// A method, a model or an event, and where it comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// Its name in the specification.
    pub name: String,
    /// The verb and the path of a method.
    pub route: Option<String>,
    /// The method or class of the provider's own SDK.
    pub sdk: Option<String>,
    /// The source, with the place in it.
    pub source: Option<String>,
    /// The day when it was compared with the source.
    pub checked: Option<String>,
    /// By their names on the wire: the members, values or variants of a model; the parameters of a method,
    /// the members of its body, and those that lead to what it hands out.
    pub members: Vec<String>,
    /// The same and what is written without being a member in Rust, with what stands inside.
    pub shape: Vec<Member>,
    /// The models whose members are those of the item too: the variants of a union, what a method sends and
    /// answers with.
    pub stands_for: Vec<String>,
    /// How many examples show it.
    pub examples: usize,
    /// How many of the examples are those of a source; the others were made up where it shows none.
    pub shown: usize,
    /// How many of the examples are whole, so that they become tests.
    pub whole: usize,
}

impl Item {
    fn new(name: &str, docs: &Docs) -> Self {
        let source = docs.source.as_ref();
        Self {
            name: name.to_owned(),
            sdk: docs.sdk.clone(),
            source: source.map(|source| source.title.clone()),
            checked: source.and_then(|source| source.checked.clone()),
            ..Self::default()
        }
    }

    /// Notes an example.
    fn seen(&mut self, shown: bool, whole: bool) {
        self.examples += 1;
        self.shown += usize::from(shown);
        self.whole += usize::from(whole);
    }
}

impl Coverage {
    pub(crate) fn new(specification: &Specification, api: &Api) -> Self {
        let mut assumed = Vec::new();
        let mut incomplete = Vec::new();
        let mut assume = |name: String, docs: &Docs| {
            assumed.extend(docs.assumed.clone().map(|what| (name, what)));
        };
        for scheme in &api.schemes {
            assume(format!("auth {}", scheme.name), &scheme.docs);
        }
        let mut methods = Vec::new();
        for group in &api.groups {
            assume(group.name.clone(), &group.docs);
            for method in &group.methods {
                let name = method.full_name.split_once('.').map_or("", |(_, name)| name);
                assume(name.to_owned(), &method.docs);
                for parameter in &method.parameters {
                    assume(format!("{name} {}", parameter.wire), &parameter.docs);
                }
                let mut item = Item::new(name, &method.docs);
                item.route = Some(format!("{} {}", method.verb.word(), method.route));
                item.members = names(method);
                shape::method(api, method, &mut item);
                // What is true of the group is true of its methods.
                if item.source.is_none() {
                    let group = Item::new(name, &group.docs);
                    (item.source, item.checked) = (group.source, group.checked);
                }
                let source = evidence::source(specification, method);
                for example in source.map_or(&[][..], |source| &source.examples) {
                    item.seen(example.shown, evidence::is_whole(api, method, example));
                }
                methods.push(item);
            }
        }
        let mut models = Vec::new();
        for model in api.models.iter().filter(|model| model.given.is_none()) {
            assume(model.name.clone(), &model.docs);
            incomplete.extend(model.docs.incomplete.clone().map(|why| (model.name.clone(), why)));
            let mut item = Item::new(&model.name, &model.docs);
            item.members = match &model.kind {
                ModelKind::Object(object) => {
                    for field in &object.fields {
                        assume(format!("{}.{}", model.name, field.wire), &field.docs);
                    }
                    object.fields.iter().map(|field| field.wire.clone()).collect()
                }
                ModelKind::Enum(values) => {
                    values.variants.iter().map(|variant| variant.wire.clone()).collect()
                }
                ModelKind::Union(union) => {
                    union.variants.iter().map(|variant| variant.wire.clone()).collect()
                }
                ModelKind::Newtype(_) | ModelKind::Alias(_) => Vec::new(),
            };
            shape::model(api, model, &mut item);
            models.push(item);
        }
        let given = api.models.iter().filter(|model| model.given.is_some());
        let given = given.map(|model| {
            let mut item = Item::new(&model.name, &model.docs);
            shape::model(api, model, &mut item);
            item
        });
        let (given, events) = (given.collect(), events(specification, api));
        Self { title: api.title.clone(), methods, models, given, events, assumed, incomplete }
    }

    /// The methods and events of which no example shows the whole.
    pub fn without_evidence(&self) -> impl Iterator<Item = &str> {
        let items = self.methods.iter().chain(&self.events);
        items.filter(|item| item.whole == 0).map(|item| item.name.as_str())
    }
}

/// What a method sends and unwraps, by its names on the wire.
fn names(method: &Method) -> Vec<String> {
    let mut names: Vec<String> =
        method.parameters.iter().map(|parameter| parameter.wire.clone()).collect();
    let fields = method.body.iter().flat_map(Body::fields);
    names.extend(fields.map(|field| field.wire.clone()));
    names.extend(method.outcome.values().flat_map(|value| value.at.clone()));
    names
}

/// What the provider delivers. Where nobody lists the events, those that an example names.
fn events(specification: &Specification, api: &Api) -> Vec<Item> {
    let Some(deliveries) = &api.deliveries else { return Vec::new() };
    let mut items: Vec<Item> = match &deliveries.events {
        Events::Each(_) => Vec::new(),
        Events::Named { variants, .. } => variants
            .iter()
            .map(|variant| {
                let mut item = Item::new(&variant.wire, &variant.docs);
                shape::event(api, deliveries, variant.ty.as_ref(), &mut item);
                let group = Item::new("", &deliveries.docs);
                (item.source, item.checked) = (group.source, group.checked);
                let model = variant.ty.as_ref().and_then(crate::ir::Type::model);
                if let Some(model) = model.map(|model| api.model(model)) {
                    let model = Item::new("", &model.docs);
                    item.sdk = model.sdk;
                    item.source = model.source.or(item.source);
                    item.checked = model.checked.or(item.checked);
                }
                item
            })
            .collect(),
    };
    let examples: &[ast::DeliveryExample] =
        specification.deliveries.as_ref().map_or(&[], |source| &source.examples);
    for example in examples {
        let Some(delivery) = evidence::delivery(example, deliveries, api) else { continue };
        for (name, _) in &delivery.events {
            let known = items.iter().position(|item| item.name == *name);
            let place = known.unwrap_or_else(|| {
                items.push(Item::new(name, &deliveries.docs));
                items.len() - 1
            });
            items[place].seen(example.shown, true);
        }
    }
    items
}
