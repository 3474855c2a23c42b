//! Values that are texts, numbers and the like, and what is said of those that do not fit.

use super::{Direction, Walk, hints};
use crate::check::scalar;
use crate::diag::{Diagnostic, codes};
use crate::format::flow_text;
use crate::ir::{Enum, EnumWire, Scalar};
use crate::json_text::json_text;
use crate::parse::shown;
use crate::source::Span;
use crate::yaml::{Node, Style, Value};

/// What is said of the other places at which an example has the same.
const AGAIN: &str = "and here";

impl Walk<'_> {
    pub(super) fn enumeration(&mut self, node: &Node, values: &Enum, declared: Span) {
        let Some(scalar) = node.as_scalar() else {
            self.mismatch(node, "a value of an enum");
            return;
        };
        let text = scalar.text.as_str();
        let number = text.parse::<i64>().is_ok() && scalar.style == Style::Plain;
        if self.raw && values.wire == EnumWire::Texts && scalar.style == Style::Plain {
            self.mismatch(node, "a text");
            return;
        }
        if values.wire == EnumWire::Numbers && !number {
            self.mismatch(node, "a number");
            return;
        }
        let known = values.variants.iter().any(|variant| {
            let also = variant.also.iter().any(|also| also == text);
            match values.wire {
                EnumWire::Texts => variant.wire == text || also,
                EnumWire::Numbers => variant.wire == text,
                EnumWire::NamedNumbers => {
                    if number {
                        variant.wire == text
                    } else {
                        also || variant.wire_name.eq_ignore_ascii_case(text)
                    }
                }
            }
        });
        // That an enum has no values is told by itself.
        if known || values.variants.is_empty() {
            return;
        }
        let message = format!("`{}` is `{}`, which is not listed", self.path, shown(text));
        let names = values.variants.iter().map(|variant| match values.wire {
            EnumWire::NamedNumbers if !number => variant.wire_name.as_str(),
            _ => variant.wire.as_str(),
        });
        let mut diagnostic = if values.other.is_none() {
            Diagnostic::error(&codes::EXAMPLE_MISMATCH, node.span, message)
        } else if number {
            // Numbers without a name are what `Other` is for.
            return;
        } else {
            Diagnostic::warning(&codes::EXAMPLE_VALUE, node.span, message)
        };
        diagnostic = diagnostic
            .related(declared, "the enum")
            .about(["listed", &self.own_member(), text])
            .alike(AGAIN);
        diagnostic = match self.diagnostics.nearest(text, names) {
            Some(near) => {
                let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                self.instead(diagnostic, node, near)
            }
            None => diagnostic.help("add it to the enum"),
        };
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn scalar(&mut self, node: &Node, scalar: Scalar) {
        let expected = scalar::expectation(scalar);
        let Value::Scalar(found) = &node.value else {
            self.mismatch(node, expected);
            return;
        };
        let plain = found.style == Style::Plain;
        let fits = scalar::fits(&found.text, plain, scalar);
        let word = match found.text.to_ascii_lowercase().as_str() {
            "yes" | "on" | "true" => Some("true"),
            "no" | "off" | "false" => Some("false"),
            _ => None,
        };
        if let Some(word) =
            word.filter(|_| !fits && plain && scalar == Scalar::Boolean && self.patches)
        {
            self.mismatch_of(node, expected, |found| {
                found.help(format!("did you mean `{word}`?")).patch(node.span, word)
            });
            return;
        }
        // What is right but for its quotes.
        if !fits && !plain && self.patches && !self.raw && scalar::fits(&found.text, true, scalar) {
            let text = found.text.clone();
            self.mismatch_of(node, expected, |found| {
                found.help("in quotes it is a text: take the quotes off").patch(node.span, text)
            });
        } else if !fits || self.raw && plain && scalar.is_text() {
            let meant = hints::scalar(&found.text, plain, scalar);
            self.mismatch_of(node, expected, |found| match meant {
                Some(help) => found.help(help),
                None => found,
            });
        }
    }

    /// Reports dots among the items of a list, which would be an item themselves.
    pub(super) fn elided_item(&mut self, node: &Node) {
        self.diagnostics.push(
            Diagnostic::error(
                &codes::EXAMPLE_MISMATCH,
                node.span,
                format!("`{}` is `...`, which is no item", self.path),
            )
            .help("a list shows some of its items: leave the dots out"),
        );
    }

    /// Offers another value in place of one, in quotes if that has some.
    pub(super) fn instead(&self, found: Diagnostic, node: &Node, value: &str) -> Diagnostic {
        let Some(scalar) = node.as_scalar().filter(|_| self.patches) else { return found };
        match scalar.style {
            Style::Plain if !self.raw => found.patch(node.span, flow_text(value)),
            Style::DoubleQuoted => found.patch(node.span, json_text(value)),
            _ => found,
        }
    }

    pub(super) fn mismatch(&mut self, node: &Node, expected: &str) {
        self.mismatch_of(node, expected, |found| found);
    }

    pub(super) fn mismatch_of(
        &mut self,
        node: &Node,
        expected: &str,
        more: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let found = match &node.value {
            Value::Scalar(scalar) => {
                let text = shown(&scalar.text);
                let quoted = if scalar.style == Style::Plain { "" } else { "the text " };
                format!("{quoted}`{text}`")
            }
            Value::Null => "null".to_owned(),
            Value::Mapping(_) => "an object".to_owned(),
            Value::Sequence(_) => "a list".to_owned(),
        };
        let diagnostic = Diagnostic::error(
            &codes::EXAMPLE_MISMATCH,
            node.span,
            format!("`{}` is {expected}, the example has {found}", self.path),
        )
        .about(["kind", &self.own_member(), expected])
        .label(format!("expected {expected}"));
        let diagnostic = match self.declared {
            Some(span) => diagnostic.related(span, "declared here"),
            None => diagnostic,
        };
        self.diagnostics.push(match (&node.value, self.direction) {
            (Value::Scalar(scalar), _)
                if scalar.style != Style::Plain
                    && scalar.text.trim_start().starts_with(['{', '[']) =>
            {
                diagnostic.help("JSON is YAML too: take the quotes off")
            }
            (Value::Null, Direction::Answer) if self.declared.is_some() => diagnostic
                .help("a member with `?` may be null or missing, one with `| null` may be null"),
            (Value::Null, Direction::Request) if self.declared.is_some() => {
                diagnostic.help("null is sent only where the type says `| null`")
            }
            _ => {
                let found = more(diagnostic);
                // What is mended at each of its places is told there.
                if found.patch.is_some() || self.declared.is_none() {
                    found
                } else {
                    found.alike(AGAIN)
                }
            }
        });
    }
}
