//! A value of an example against a type, with the path inside the example.

mod keys;
mod scalars;
mod unions;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{among, scalar};
use crate::diag::{Diagnostic, Diagnostics, Mark, codes};
use crate::ir::{Among, Api, Constant, Field, Limits, Model, ModelKind, Presence, Scalar, Type};
use crate::parse::{lacks_colon, no_colon, quoted_list, shown};
use crate::source::Span;
use crate::yaml::{Entry, Node, Value};

/// The key that stands for members which the documentation left out.
pub(crate) const ELISION: &str = "...";

/// What is said of further examples with the same member.
const AGAIN: &str = "another example has it";

/// So many of several places are pointed at.
const SHOWN: usize = 3;

/// Who sends the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Answer,
}

/// A walk through a value.
pub(super) struct Walk<'a> {
    api: &'a Api,
    direction: Direction,
    diagnostics: &'a mut Diagnostics,
    path: String,
    /// The tag of the union whose variant comes next.
    tag: Option<String>,
    /// The member that is being looked at, as declared.
    declared: Option<Span>,
    /// The model whose members are being looked at.
    model: Option<Span>,
    /// Whether the value is JSON as it was sent: what has no quotes there is no text.
    raw: bool,
    /// Whether a name can be put right where it stands. The name of an element stands twice, at both
    /// of its tags.
    patches: bool,
    /// How many more values may be tried against variants: untagged unions inside each other would
    /// otherwise take as long as somebody wants.
    tries: Rc<Cell<u32>>,
}

/// Values that are tried against the variants of untagged unions, for one example.
const TRIES: u32 = 20_000;

impl<'a> Walk<'a> {
    pub(super) fn new(
        api: &'a Api,
        direction: Direction,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let path = "$".to_owned();
        let tries = Rc::new(Cell::new(TRIES));
        Self {
            api,
            direction,
            diagnostics,
            path,
            tag: None,
            declared: None,
            model: None,
            raw: false,
            patches: true,
            tries,
        }
    }

    /// Takes the value for what a document in XML says.
    pub(super) fn of_xml(self) -> Self {
        Self { patches: false, ..self }
    }

    /// Takes the value for JSON as it was sent, or for a sample in the words of the specification.
    pub(super) fn raw(self, raw: bool) -> Self {
        Self { raw, ..self }
    }

    /// Begins inside a body instead of at its root.
    pub(super) fn at(self, path: String) -> Self {
        Self { path, ..self }
    }

    /// Checks a value against a type.
    pub(super) fn value(&mut self, node: &Node, ty: &Type) {
        match ty {
            Type::Scalar(Scalar::Json | Scalar::Poisoned) | Type::Parameter(_) => {}
            Type::Link(_) => self.scalar(node, Scalar::Url),
            Type::Scalar(Scalar::File) => self.file(node),
            Type::Scalar(scalar) => self.scalar(node, *scalar),
            Type::Nullable(inner) => {
                if !node.is_null() {
                    self.value(node, inner);
                }
            }
            Type::List(item) => match node.as_sequence() {
                Some(items) => {
                    for (index, node) in items.iter().enumerate() {
                        self.inside(&format!("[{index}]"), |walk| walk.value(node, item));
                    }
                }
                None => self.mismatch(node, "a list"),
            },
            Type::Map(value) => match node.as_mapping() {
                Some(entries) => {
                    for entry in entries.iter().filter(|entry| entry.key.value != ELISION) {
                        self.inside(&member(&entry.key.value), |walk| {
                            walk.value(&entry.value, value);
                        });
                    }
                }
                None => self.mismatch(node, "a mapping"),
            },
            Type::Keyed(key, value) => self.keyed(node, key, value),
            Type::AsText(inner) => self.as_text(node, inner),
            Type::Csv(item) => self.csv(node, item),
            Type::Model(id) => self.model(node, self.api.model(*id)),
        }
    }

    fn model(&mut self, node: &Node, model: &Model) {
        let before = self.diagnostics.mark();
        match &model.kind {
            ModelKind::Alias(ty) => self.value(node, ty),
            ModelKind::Newtype(newtype) => self.scalar(node, newtype.of.scalar()),
            ModelKind::Enum(values) => self.enumeration(node, values),
            ModelKind::Union(union) => self.union(node, union),
            ModelKind::Object(object) => {
                let open = object.undeclared.is_some();
                let outer = self.model.replace(model.span);
                self.members(node, &object.fields, &object.constants, open);
                self.model = outer;
                self.among(node, &object.fields, &object.among, before);
            }
        }
        self.diagnostics.rest_since(before, model.span);
    }

    /// A number or boolean that travels as a text; the bare value is read too.
    fn as_text(&mut self, node: &Node, inner: &Type) {
        let scalar = match inner {
            Type::Scalar(scalar) => *scalar,
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Newtype(newtype) => newtype.of.scalar(),
                _ => return self.value(node, inner),
            },
            _ => return self.value(node, inner),
        };
        match &node.value {
            Value::Scalar(found) if scalar::fits(&found.text, true, scalar) => {}
            _ => {
                let expected = format!("{} in a text", scalar::expectation(scalar));
                self.mismatch(node, &expected);
            }
        }
    }

    /// Items between commas in one text; a list is read too.
    fn csv(&mut self, node: &Node, item: &Type) {
        let (inner, nullable) = match item {
            Type::Nullable(inner) => (&**inner, true),
            item => (item, false),
        };
        let Type::Scalar(scalar) = inner else { return };
        match &node.value {
            Value::Sequence(_) => self.value(node, &Type::List(Box::new(item.clone()))),
            Value::Scalar(text) => {
                let fits =
                    |part: &str| nullable && part == "null" || scalar::fits(part, true, *scalar);
                if !text.text.is_empty() && !text.text.split(',').map(str::trim).all(fits) {
                    let expected =
                        format!("{} between commas in a text", scalar::expectation(*scalar));
                    self.mismatch(node, &expected);
                }
            }
            _ => self.mismatch(node, "a text with items between commas"),
        }
    }

    /// Checks the members of an object.
    pub(super) fn members(
        &mut self,
        node: &Node,
        fields: &[Field],
        constants: &[Constant],
        open: bool,
    ) {
        let Some(entries) = node.as_mapping() else {
            self.mismatch(node, "an object");
            return;
        };
        // The tag of a union stands beside the members of its variant.
        let tag = self.tag.take();
        let skip = |entry: &&Entry| {
            entry.key.value != ELISION && tag.as_ref().is_none_or(|tag| entry.key.value != *tag)
        };
        let known = by_name(fields);
        // One that is only misspelt is there, and reported by the name it has.
        let mut there: BTreeSet<&str> = BTreeSet::new();
        let mut strangers: Vec<Diagnostic> = Vec::new();
        for entry in entries.iter().filter(skip) {
            let name = &entry.key.value;
            let field = known.get(name.as_str()).copied();
            there.extend(field.map(|field| field.wire.as_str()));
            match field {
                Some(field) => self.inside(&member(name), |walk| walk.member(entry, field)),
                None if open => {}
                None if constants.iter().any(|constant| constant.wire == *name) => {
                    self.constant(entry, constants);
                }
                None => {
                    let (stray, meant) = self.undeclared(entry, fields);
                    match meant {
                        Some(meant) => {
                            there.insert(meant);
                            self.diagnostics.push(stray);
                        }
                        None => strangers.push(stray),
                    }
                }
            }
        }
        let elided = entries.iter().any(|entry| entry.key.value == ELISION);
        let is_tag = |field: &Field| tag.as_ref().is_some_and(|tag| field.wire == *tag);
        let required = |field: &&Field| match field.presence {
            _ if elided || field.unsure || is_tag(field) => false,
            Presence::Required | Presence::Nullable => true,
            Presence::WriteOnly | Presence::WriteNullable => self.direction == Direction::Request,
            _ => false,
        };
        let is_missing = |field: &&Field| !there.contains(field.wire.as_str());
        let missing: Vec<&Field> = fields.iter().filter(required).filter(is_missing).collect();
        let mut strangers = strangers.into_iter();
        match (strangers.next(), missing.as_slice()) {
            (Some(stranger), [_, ..]) => self.another(stranger, strangers, &missing),
            (stranger, _) => {
                self.missing(node, &missing);
                self.diagnostics.extend(stranger.into_iter().chain(strangers));
            }
        }
    }

    /// Reports an object that has other members than it should, which is one matter: it may be one of another kind.
    fn another(
        &mut self,
        mut first: Diagnostic,
        others: impl ExactSizeIterator<Item = Diagnostic>,
        missing: &[&Field],
    ) {
        first.notes.push(self.lack(missing));
        // What has several names has probably one more.
        if let ([field], 0) = (missing, others.len())
            && !field.also.is_empty()
        {
            let name = shown(&field.wire);
            first.help = Some(format!("if it is another name of `{name}`, add it to `also` there"));
        }
        let more = others.len().saturating_sub(SHOWN);
        let others = others.take(SHOWN);
        let mut first = others.fold(first, |it, other| it.related(other.span, "nor is this"));
        if more > 0 {
            first.notes.push(format!("nor are {more} more"));
        }
        self.diagnostics.push(always_there(first, missing));
    }

    /// What is missing, in words.
    fn lack(&self, fields: &[&Field]) -> String {
        if let [field] = fields {
            return format!("`{}{}` is missing", self.path, member(&field.wire));
        }
        let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
        format!("`{}` lacks {}", self.path, quoted_list(&names))
    }

    /// Reports what a sample leaves out, which is one matter however much it is.
    fn missing(&mut self, node: &Node, fields: &[&Field]) {
        let help = match fields {
            [] => return,
            [field] => format!(
                "make it `{}?`, or add the key `{ELISION}` if it was left out to be short",
                field.wire
            ),
            _ => format!(
                "end the names of those that may be absent with `?`, or add the key `{ELISION}` if \
                 they were left out to be short"
            ),
        };
        let message = self.lack(fields);
        let diagnostic = Diagnostic::error(&codes::EXAMPLE_MISSING, node.span, message).help(help);
        self.diagnostics.push(always_there(diagnostic, fields));
    }

    /// Checks how many of some members there are, if nothing has been found of them since `before`.
    pub(super) fn among(&mut self, node: &Node, fields: &[Field], rules: &[Among], before: Mark) {
        let Some(entries) = node.as_mapping() else { return };
        if self.diagnostics.errors_since(before) {
            return;
        }
        let whole = !entries.iter().any(|entry| entry.key.value == ELISION);
        let is_there = |name: &str| {
            let field = fields.iter().find(|field| field.wire == name);
            entries.iter().any(|entry| {
                let key = &entry.key.value;
                let named = key == name || field.is_some_and(|field| field.also.contains(key));
                named && !entry.value.is_null()
            })
        };
        among::check(rules, is_there, whole, (&self.path, node.span), self.diagnostics);
    }

    /// Checks a member that is always sent with the same value.
    fn constant(&mut self, entry: &Entry, constants: &[Constant]) {
        let found = entry.value.as_scalar().map(|scalar| scalar.text.as_str());
        let constant = constants.iter().find(|constant| constant.wire == entry.key.value);
        if let Some(value) = constant.map(|constant| constant.value.to_string())
            && found != Some(value.as_str())
        {
            let found = Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                entry.value.span,
                format!("`{}{}` is always `{value}`", self.path, member(&entry.key.value)),
            )
            .label("another value");
            self.diagnostics.push(match self.model {
                Some(model) => found.related(model, "in this model").alike("another value, too"),
                None => found,
            });
        }
    }

    /// A file: its content as a text, or its name with it.
    fn file(&mut self, node: &Node) {
        let known = |entry: &Entry| {
            matches!(entry.key.value.as_str(), "filename" | "content" | "type")
                && entry.value.as_scalar().is_some()
        };
        let fits = match &node.value {
            Value::Scalar(_) => true,
            Value::Mapping(entries) => entries.iter().all(known),
            _ => false,
        };
        if !fits {
            self.mismatch(node, "the content of a file, or `{ filename: …, content: …, type: … }`");
        }
    }

    fn member(&mut self, entry: &Entry, field: &Field) {
        let null_is_fine = match field.presence {
            Presence::Nullable
            | Presence::WriteNullable
            | Presence::Patched
            | Presence::NullAsDefault => true,
            Presence::Optional | Presence::ReadOnly => self.direction == Direction::Answer,
            Presence::WriteOnly => self.direction == Direction::Answer,
            Presence::Required => false,
        };
        if entry.value.is_null() && (null_is_fine || field.unsure) {
            return;
        }
        if self.direction == Direction::Request && field.presence == Presence::ReadOnly {
            self.diagnostics.push(
                Diagnostic::error(
                    &codes::EXAMPLE_MISMATCH,
                    entry.key.span,
                    format!("`{}` is never sent", self.path),
                )
                .related(field.span, "only in answers, as declared here"),
            );
        }
        if let Value::Scalar(found) = &entry.value.value
            && field.none_when.contains(&found.text)
        {
            return;
        }
        let outer = self.declared.replace(field.span);
        match &field.ty {
            Type::List(item) if field.one_or_list && entry.value.as_sequence().is_none() => {
                self.value(&entry.value, item);
            }
            ty => self.value(&entry.value, ty),
        }
        self.declared = outer;
        if let Some(limits) = &field.limits {
            self.limits(&entry.value, limits, &field.ty);
        }
    }

    /// Limits are what the documentation states; a sample beyond them shows that they are wrong.
    pub(super) fn limits(&mut self, node: &Node, limits: &Limits, ty: &Type) {
        let Some(size) = scalar::size(node, ty) else { return };
        let bound = |bound: &Option<String>| bound.as_ref().and_then(|b| b.parse::<f64>().ok());
        let (min, max) = (bound(&limits.min), bound(&limits.max));
        let message = match (min, max) {
            (Some(min), _) if size < min => format!("under its lower limit {min}"),
            (_, Some(max)) if size > max => format!("over its upper limit {max}"),
            _ => return,
        };
        self.diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                node.span,
                format!("`{}` is {message}", self.path),
            )
            .label(format!("this is {size}")),
        );
    }

    /// What to say about a member that is not declared, with the field that was probably meant.
    fn undeclared<'f>(&self, entry: &Entry, fields: &'f [Field]) -> (Diagnostic, Option<&'f str>) {
        let name = &entry.key.value;
        if let Some(field) = fields.iter().find(|field| lacks_colon(entry, &field.wire)) {
            return (no_colon(entry, &field.wire), Some(&field.wire));
        }
        let mut diagnostic = Diagnostic::error(
            &codes::EXAMPLE_MEMBER,
            entry.key.span,
            format!("`{}{}` is not declared", self.path, member(name)),
        )
        .label("the model has no such member");
        if let Some(model) = self.model {
            diagnostic = diagnostic.related(model, "the model");
        }
        let near = self.diagnostics.nearest(name, fields.iter().map(|field| field.wire.as_str()));
        diagnostic = match near {
            Some(near) => {
                let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                // What has several names may lack this one.
                let several =
                    fields.iter().any(|field| field.wire == near && !field.also.is_empty());
                let diagnostic = if several { diagnostic.alike(AGAIN) } else { diagnostic };
                if self.patches { diagnostic.patch(entry.key.span, near) } else { diagnostic }
            }
            None => diagnostic.help("declare it in the model, or correct the example").alike(AGAIN),
        };
        (diagnostic, near)
    }

    fn inside(&mut self, step: &str, walk: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        walk(self);
        self.path.truncate(length);
    }
}

/// Whether a value is one of the type.
pub(crate) fn fits(node: &Node, ty: &Type, api: &Api, direction: Direction) -> bool {
    let mut attempt = Diagnostics::default();
    Walk::new(api, direction, &mut attempt).value(node, ty);
    !attempt.has_errors()
}

/// A step into a member: `.name`, or `['odd name']`.
fn member(name: &str) -> String {
    let plain = !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_ascii_digit());
    if plain { format!(".{}", shown(name)) } else { format!("['{}']", shown(name)) }
}

/// Points at fields that are always there, the first few of them.
fn always_there(diagnostic: Diagnostic, fields: &[&Field]) -> Diagnostic {
    let places = fields.iter().take(SHOWN).map(|field| field.span);
    places.fold(diagnostic, |diagnostic, place| {
        diagnostic.related(place, "always there, as declared here")
    })
}

/// Fields by all names under which they are read.
fn by_name(fields: &[Field]) -> BTreeMap<&str, &Field> {
    let names = fields.iter().flat_map(|field| {
        let also = field.also.iter().map(String::as_str);
        also.chain([field.wire.as_str()]).map(move |name| (name, field))
    });
    names.collect()
}
