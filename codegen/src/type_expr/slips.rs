//! What stands where a type begins or ends, and is none: lists in brackets, objects, texts.

use super::{Parsed, Parser, shown};
use crate::ast::{TypeExpr, TypeKind};
use crate::diag::{Diagnostic, codes};
use crate::source::Span;
use crate::{foreign, type_slips};

impl Parser<'_> {
    /// `Book[]` is a list elsewhere.
    pub(super) fn no_brackets(&self, start: usize) -> Parsed<()> {
        // `map[string]Line`
        if &self.text[start..self.at] == "map" {
            let found = Diagnostic::error(
                &codes::TYPE_SYNTAX,
                self.part(self.at, self.text.len()),
                "a map has no brackets",
            );
            return match self.text[self.at..].starts_with('[') {
                true => Err(Box::new(found.label("what is in it stands in angles"))),
                false => Ok(()),
            };
        }
        let inside = self.text[self.at..].strip_prefix('[').and_then(|rest| rest.find(']'));
        if let Some(end) =
            inside.map(|length| self.at + length + 2).filter(|end| *end > self.at + 2)
            && let Some(mended) = foreign::ty(&self.text[start..end])
        {
            // What stands behind it may say so already.
            let rest = self.text[end..].trim_start();
            let null = rest.strip_prefix("| null").filter(|_| mended.ends_with(" | null"));
            let whole = null.map_or(end, |behind| self.text.len() - behind.len());
            return Err(Box::new(
                Diagnostic::error(
                    &codes::TYPE_SYNTAX,
                    self.part(self.at, end),
                    format!("`{}` does not belong to the type", &self.text[self.at..end]),
                )
                .label("the type ends before this")
                .help(format!("what is in it stands in angles: `{mended}`"))
                .patch(self.part(start, whole), mended),
            ));
        }
        let mut end = self.at;
        let mut mended = self.text[start..end].to_owned();
        while let Some(inner) = self.text[end..].strip_prefix('[') {
            let Some(close) = inner.find(']').filter(|close| inner[..*close].trim().is_empty())
            else {
                break;
            };
            end += close + 2;
            mended = format!("list<{mended}>");
        }
        let mended = foreign::ty(&self.text[start..end]).unwrap_or(mended);
        if end == self.at {
            return Ok(());
        }
        let found = Diagnostic::error(
            &codes::TYPE_SYNTAX,
            self.part(self.at, end),
            format!("`{}` does not belong to the type", &self.text[self.at..end]),
        )
        .label("the type ends before this");
        Err(Box::new(match foreign::is_type(&mended) {
            true => found
                .help(format!("a list is `{}`", crate::parse::shown(&mended)))
                .patch(self.part(start, end), mended),
            // `items[]`, of which nobody knows what is in it.
            false => found.help(format!(
                "a list is `{}`, with the name of a model in it",
                crate::parse::shown(&mended)
            )),
        }))
    }

    /// `[Book]` is a list elsewhere.
    pub(super) fn no_list(&self, start: usize) -> Parsed<()> {
        let inner = self.text[start..].strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let Some((item, _)) = inner.filter(|(item, _)| !item.trim().is_empty()) else {
            return Ok(());
        };
        let rest = self.text[start..].trim_end();
        let (length, mended) = match foreign::ty(rest).filter(|meant| foreign::is_type(meant)) {
            Some(meant) => (rest.len(), meant),
            None => (item.len() + 2, format!("list<{}>", item.trim())),
        };
        let span = self.part(start, start + length);
        Err(Box::new(
            Diagnostic::error(&codes::TYPE_SYNTAX, span, "no type begins with a bracket")
                .help(format!("a list is `{}`", crate::parse::shown(&mended)))
                .patch(span, mended),
        ))
    }

    /// `{ id: string }` is an object elsewhere.
    pub(super) fn no_object(&self, start: usize) -> Parsed<()> {
        if !self.text[start..].starts_with('{') {
            return Ok(());
        }
        let end = self.text[start..].find('}').map_or(self.text.len(), |close| start + close + 1);
        Err(Box::new(
            Diagnostic::error(
                &codes::TYPE_SYNTAX,
                self.part(start, end),
                "an object stands in place of its name",
            )
            .help(crate::parse::NAMED_OBJECT),
        ))
    }

    /// `'open' | 'closed'` is a choice of texts elsewhere.
    pub(super) fn no_literal(&self, start: usize) -> Parsed<()> {
        let rest = &self.text[start..];
        let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) else {
            return Ok(());
        };
        let end = rest[1..].find(quote).map_or(rest.len(), |close| close + 2);
        let text = rest[..end].trim_matches(quote);
        Err(Box::new(
            Diagnostic::error(
                &codes::TYPE_SYNTAX,
                self.part(start, start + end),
                "a text in quotes is no type",
            )
            .help(format!(
                "a choice of texts is a model, `enum: [{}, …]`; one that is always sent is `const`",
                crate::parse::shown(text)
            )),
        ))
    }
}

/// `A | B`, which needs a name.
pub(super) fn several(
    span: Span,
    mut alternatives: Vec<TypeExpr>,
    last: Option<TypeExpr>,
    nullable: bool,
) -> Diagnostic {
    alternatives.extend(last);
    let diagnostic =
        Diagnostic::error(&codes::TYPE_SYNTAX, span, "several types stand side by side")
            .label("only `T | null` is a type here");
    let absent =
        |ty: &TypeExpr| matches!(&ty.kind, TypeKind::Name { name, .. } if name == "undefined");
    if alternatives.iter().any(absent) {
        return diagnostic.help("what may be absent ends its name with `?`: `name?: string`");
    }
    let names: Vec<String> = alternatives.iter().map(shown).collect();
    let variants: Vec<String> = names
        .iter()
        .map(|name| format!("{}: {name}", name.split(['<', '(']).next().unwrap_or(name)))
        .collect();
    let null = if nullable { " | null" } else { "" };
    if let Some(answers) = type_slips::answers(&alternatives, null) {
        return diagnostic.help(answers);
    }
    diagnostic.help(format!(
        "give the choice a name, as in `models: {{ Choice: {{ union: {{ untagged: {{ {} }} }} }} }}`, and \
         say `Choice{null}` here",
        crate::parse::shown(&variants.join(", "))
    ))
}
