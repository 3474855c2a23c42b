//! A value of an example against a type, with the path inside the example.

mod hints;
mod keys;
mod members;
mod scalars;
mod unions;

pub(crate) use unions::keyed;

use std::cell::Cell;
use std::rc::Rc;

use super::scalar;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Api, Field, Limits, Model, ModelKind, Presence, Scalar, Type};
use crate::parse::shown;
use crate::source::Span;
use crate::yaml::{Entry, Node, Style, Value};

/// The key that stands for members which the documentation left out.
pub(crate) const ELISION: &str = "...";

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
    /// Whether it is a delivery, of which something else says what stands around its value.
    delivered: bool,
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
            delivered: false,
            patches: true,
            tries,
        }
    }

    /// Takes the value for a delivery.
    pub(super) fn of_delivery(self) -> Self {
        Self { delivered: true, ..self }
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
                        self.inside(&format!("[{index}]"), |walk| match is_elided(node) {
                            true => walk.elided_item(node),
                            false => walk.value(node, item),
                        });
                    }
                }
                None => self.mismatch_of(node, "a list", |found| hints::list(found, node)),
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
            ModelKind::Enum(values) => self.enumeration(node, values, model.span),
            ModelKind::Union(union) => {
                let outer = self.model.replace(model.span);
                self.union(node, union);
                self.model = outer;
            }
            ModelKind::Object(object) => {
                let open = object.undeclared.is_some();
                let outer = self.model.replace(model.span);
                self.members(node, &object.declared(), &object.constants, open);
                self.model = outer;
                self.among(node, &object.fields, &object.among, before);
            }
        }
        self.diagnostics.rest_since(before, model.span);
    }

    /// A number or boolean that travels as a text; the bare value is read too.
    fn as_text(&mut self, node: &Node, inner: &Type) {
        let scalar = match self.api.plain(inner) {
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
        let scalar = match self.api.plain(inner) {
            Type::Scalar(scalar) => Some(*scalar),
            Type::Model(id) => match &self.api.model(*id).kind {
                ModelKind::Newtype(newtype) => Some(newtype.of.scalar()),
                _ => None,
            },
            _ => None,
        };
        match (&node.value, scalar) {
            (Value::Sequence(_), _) => self.value(node, &Type::List(Box::new(item.clone()))),
            // Values of an enum.
            (Value::Scalar(text), None) => {
                let parts = text.text.split(',').map(str::trim);
                for part in parts.filter(|part| !(part.is_empty() || nullable && *part == "null")) {
                    self.value(&node.part(part), inner);
                }
            }
            (Value::Scalar(text), Some(scalar)) => {
                let fits =
                    |part: &str| nullable && part == "null" || scalar::fits(part, true, scalar);
                if !text.text.is_empty() && !text.text.split(',').map(str::trim).all(fits) {
                    let expected =
                        format!("{} between commas in a text", scalar::expectation(scalar));
                    self.mismatch(node, &expected);
                }
            }
            _ => self.mismatch(node, "a text with items between commas"),
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
        let Some(message) = limits.broken_by(size) else { return };
        let found = Diagnostic::error(
            &codes::EXAMPLE_MISMATCH,
            node.span,
            format!("`{}` is {message}", self.path),
        )
        .label(format!("this is {size}"));
        self.diagnostics.push(match (&limits.min, &limits.max) {
            (Some(min), Some(max)) if min == max => {
                found.help(format!("`({max})` is exactly {max}; at most {max} is `(..{max})`"))
            }
            _ => found,
        });
    }

    fn inside(&mut self, step: &str, walk: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        self.path.push_str(step);
        walk(self);
        self.path.truncate(length);
    }

    /// The member whose value this is, wherever in an example it stands.
    fn own_member(&self) -> String {
        own_member(&self.path)
    }
}

/// Of `$.a[0].b` it is `b`, and of an item the member that has the list.
fn own_member(path: &str) -> String {
    let last = path.rfind('.').map_or(path, |step| &path[step + 1..]);
    let mut name = String::new();
    for part in last.split_inclusive(']') {
        let index = part
            .rfind('[')
            .filter(|at| part[at + 1..].trim_end_matches(']').bytes().all(|b| b.is_ascii_digit()));
        name.push_str(index.map_or(part, |at| &part[..at]));
    }
    name
}

/// Whether an item stands for others that were left out.
fn is_elided(node: &Node) -> bool {
    let plain = node.as_scalar().filter(|it| it.style == Style::Plain);
    plain.is_some_and(|it| matches!(it.text.as_str(), "..." | "…"))
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

#[cfg(test)]
mod tests {
    use super::own_member;

    #[test]
    fn items_are_of_the_member_that_has_their_list() {
        let cases = [
            ("$", "$"),
            ("$.a[0].b", "b"),
            ("$.a[12]", "a"),
            ("$[3]", "$"),
            ("$['odd']", "$['odd']"),
        ];
        for (path, member) in cases {
            assert_eq!(own_member(path), member, "{path}");
        }
    }
}
