//! Values of which there are several kinds.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Walk, member};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::ir::{Union, UnionForm, UnionVariant};
use crate::parse::{quoted_list, shown};
use crate::yaml::{Node, Value};

/// The key of an object that a variant of a union has, and what stands there.
pub(crate) fn keyed<'a>(variant: &'a UnionVariant, node: &'a Node) -> Option<(&'a str, &'a Node)> {
    let keys = std::iter::once(&variant.wire).chain(&variant.also);
    keys.into_iter().find_map(|key| Some((key.as_str(), node.get(key)?)))
}

impl Walk<'_> {
    pub(super) fn union(&mut self, node: &Node, union: &Union) {
        match &union.form {
            UnionForm::Tagged { tag, content } => self.tagged(node, union, tag, content.as_deref()),
            UnionForm::Keyed => {
                let found = union.variants.iter().find_map(|variant| {
                    let (key, inner) = keyed(variant, node)?;
                    Some((variant, key, inner))
                });
                match found {
                    Some((variant, key, inner)) => {
                        self.inside(&member(key), |walk| walk.value(inner, &variant.ty));
                    }
                    None => {
                        let keys: Vec<&str> =
                            union.variants.iter().map(|variant| variant.wire.as_str()).collect();
                        let expected = format!("an object with one of {}", quoted_list(&keys));
                        self.mismatch(node, &expected);
                    }
                }
            }
            UnionForm::Untagged => {
                let mut tried = BTreeSet::new();
                let fits = union.variants.iter().any(|variant| {
                    let left = self.tries.get();
                    if left == 0 {
                        return true;
                    }
                    self.tries.set(left - 1);
                    let mut attempt = Diagnostics::default();
                    let mut walk = Walk::new(self.api, self.direction, &mut attempt);
                    walk.tries = Rc::clone(&self.tries);
                    walk.raw = self.raw;
                    walk.value(node, &variant.ty);
                    tried.extend(attempt.rests());
                    !attempt.has_errors()
                });
                if !fits {
                    let names: Vec<&str> =
                        union.variants.iter().map(|variant| variant.wire.as_str()).collect();
                    let before = self.diagnostics.mark();
                    self.mismatch(node, &format!("one of {}", quoted_list(&names)));
                    tried.into_iter().for_each(|it| self.diagnostics.rest_since(before, it));
                }
            }
        }
    }

    fn tagged(&mut self, node: &Node, union: &Union, tag: &str, content: Option<&str>) {
        let Some(found) = node.get(tag) else {
            match &node.value {
                Value::Mapping(entries) => {
                    let found = Diagnostic::error(
                        &codes::EXAMPLE_MISSING,
                        node.span,
                        format!("`{}{}` is missing", self.path, member(tag)),
                    )
                    .about(["tag", tag])
                    .label("the tag tells which variant this is");
                    let names = entries.iter().map(|entry| entry.key.value.as_str());
                    let near = self.diagnostics.nearest(tag, names).unwrap_or("…");
                    let help = format!(
                        "show it, or say in the union which member it is: `tag: {}`",
                        shown(near)
                    );
                    let found = found.help(help);
                    // Where no example has it, it is the union that is wrong.
                    self.diagnostics.push(match self.model {
                        Some(union) => found.related(union, "the union").alike("nor is it here"),
                        None => found,
                    });
                }
                _ => self.mismatch(node, &format!("an object with the tag `{tag}`")),
            }
            return;
        };
        let text = found.as_scalar().map_or("", |scalar| scalar.text.as_str());
        let variant = union
            .variants
            .iter()
            .find(|variant| variant.wire == text || variant.also.iter().any(|also| also == text));
        let Some(variant) = variant else {
            let mut diagnostic = Diagnostic::warning(
                &codes::EXAMPLE_VALUE,
                found.span,
                format!("`{}{}` is `{text}`, which is not listed", self.path, member(tag)),
            )
            .about(["listed", tag, text]);
            let tags = union.variants.iter().map(|variant| variant.wire.as_str());
            diagnostic = match self.diagnostics.nearest(text, tags) {
                Some(near) => {
                    let near = near.to_owned();
                    self.instead(diagnostic.help(format!("did you mean `{near}`?")), found, &near)
                }
                None => diagnostic.help("add the variant to the union"),
            };
            if let Some(union) = self.model {
                diagnostic = diagnostic.related(union, "the union").alike("and here");
            }
            self.diagnostics.push(diagnostic);
            return;
        };
        match content {
            None => {
                let outer = self.tag.replace(tag.to_owned());
                self.value(node, &variant.ty);
                self.tag = outer;
            }
            Some(name) => match node.get(name) {
                Some(inner) => {
                    self.inside(&member(name), |walk| walk.value(inner, &variant.ty));
                }
                None => self.mismatch(node, &format!("an object with the member `{name}`")),
            },
        }
    }
}
