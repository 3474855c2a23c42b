//! Where the items of a specification come from, and what has no evidence yet.

mod table;

use std::fmt;

use crate::ast::Specification;
use crate::ir::{Api, Docs, ModelKind};
use table::Table;

/// What a specification covers, and on what grounds.
///
/// Its [`Display`](fmt::Display) is the report that `clientwright coverage` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// What people call the provider.
    pub title: String,
    /// Its methods, in the order of the specification.
    pub methods: Vec<Item>,
    /// Its models, in the order of the specification.
    pub models: Vec<Item>,
    /// Assumptions, as an item and what no source states.
    pub assumed: Vec<(String, String)>,
    /// Models that lack members, with the reason.
    pub incomplete: Vec<(String, String)>,
}

/// A method or model, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// Its name in the specification.
    pub name: String,
    /// The method or class of the provider's own SDK.
    pub sdk: Option<String>,
    /// The source, with the place in it.
    pub source: Option<String>,
    /// The day when it was compared with the source.
    pub checked: Option<String>,
    /// The fields of a model, or the examples of a method.
    pub count: usize,
    /// How many of the examples a source shows; the others were made up where it shows none.
    pub shown: usize,
}

impl Item {
    fn new(name: &str, docs: &Docs, count: usize, shown: usize) -> Self {
        let source = docs.source.as_ref();
        Self {
            name: name.to_owned(),
            sdk: docs.sdk.clone(),
            source: source.map(|source| source.title.clone()),
            checked: source.and_then(|source| source.checked.clone()),
            count,
            shown,
        }
    }
}

impl Coverage {
    pub(crate) fn new(specification: &Specification, api: &Api) -> Self {
        let mut assumed = Vec::new();
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
                let examples = specification
                    .methods
                    .iter()
                    .find(|source| source.name.value == name)
                    .map_or(&[][..], |source| &source.examples);
                let shown = examples.iter().filter(|example| example.shown).count();
                methods.push(Item::new(name, &method.docs, examples.len(), shown));
            }
        }
        let mut models = Vec::new();
        let mut incomplete = Vec::new();
        for model in api.models.iter().filter(|model| model.given.is_none()) {
            assume(model.name.clone(), &model.docs);
            incomplete.extend(model.docs.incomplete.clone().map(|why| (model.name.clone(), why)));
            let fields = match &model.kind {
                ModelKind::Object(object) => {
                    for field in &object.fields {
                        assume(format!("{}.{}", model.name, field.wire), &field.docs);
                    }
                    object.fields.len()
                }
                ModelKind::Enum(values) => values.variants.len(),
                ModelKind::Union(union) => union.variants.len(),
                ModelKind::Newtype(_) | ModelKind::Alias(_) => 0,
            };
            models.push(Item::new(&model.name, &model.docs, fields, 0));
        }
        Self { title: api.title.clone(), methods, models, assumed, incomplete }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields: usize = self.models.iter().map(|model| model.count).sum();
        writeln!(
            f,
            "{}: {} methods, {} models with {fields} members\n",
            self.title,
            self.methods.len(),
            self.models.len()
        )?;
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let mut methods = Table::new(["method", "in the SDK", "source", "checked", "examples"]);
        for item in &self.methods {
            let examples = match (item.count, item.shown) {
                (0, _) => "none".to_owned(),
                (count, shown) => format!("{count}, {shown} from a source"),
            };
            let row = [&item.name, &text(&item.sdk), &text(&item.source), &text(&item.checked)];
            methods.row(row.into_iter().cloned().chain([examples]));
        }
        methods.fmt(f)?;
        let mut models = Table::new(["model", "in the SDK", "source", "checked", "members"]);
        for item in &self.models {
            let row = [&item.name, &text(&item.sdk), &text(&item.source), &text(&item.checked)];
            models.row(row.into_iter().cloned().chain([item.count.to_string()]));
        }
        models.fmt(f)?;
        let without: Vec<&str> = self
            .methods
            .iter()
            .filter(|item| item.count == 0)
            .map(|item| item.name.as_str())
            .collect();
        list(f, "methods without an example", without.iter().map(|name| (*name, "")))?;
        list(f, "assumed", borrowed(&self.assumed))?;
        list(f, "incomplete", borrowed(&self.incomplete))
    }
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, text)| (name.as_str(), text.as_str()))
}

/// A list under a heading, nothing if it is empty.
fn list<'t>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    items: impl Iterator<Item = (&'t str, &'t str)>,
) -> fmt::Result {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return Ok(());
    }
    writeln!(f, "{heading}:")?;
    for (name, text) in items {
        let words: Vec<&str> = text.split_whitespace().collect();
        let colon = if words.is_empty() { "" } else { ": " };
        writeln!(f, "  {name}{colon}{}", words.join(" "))?;
    }
    writeln!(f)
}
