//! Words for parts of definitions.

use std::fmt::Write as _;

use crate::ast::{AuthRef, EnumValue, Origin, Text, UnionForm};
use crate::parse::shown;

/// Lines that are shown of one definition.
const MOST_LINES: usize = 40;

pub(super) fn auth(auth: Option<&AuthRef>) -> Option<String> {
    Some(match auth? {
        AuthRef::None => "auth: none".to_owned(),
        AuthRef::Unreadable => return None,
        AuthRef::Entry(name) => format!("auth: {}", shown(&name.value)),
    })
}

pub(super) fn scopes(scopes: Option<&[Text]>) -> Option<String> {
    let all: Vec<String> = scopes?.iter().map(|scope| shown(&scope.value)).collect();
    Some(format!("scopes: [{}]", all.join(", ")))
}

pub(super) fn union(form: &UnionForm) -> String {
    match form {
        UnionForm::Tagged { tag, .. } => format!("union, by `{}`", shown(&tag.value)),
        UnionForm::Keyed => "union, by which member is there".to_owned(),
        UnionForm::Untagged => "union, by which one fits".to_owned(),
    }
}

pub(super) fn value(it: &EnumValue) -> String {
    let name = it.name.as_ref().map(|name| format!(" as {}", name.value)).unwrap_or_default();
    format!("{}{name}{}", shown(&it.wire.value), short_doc(it.doc.as_ref()))
}

/// A name and what is below it; without lines below, what it is.
pub(super) fn block(name: &str, detail: &str, lines: &[String]) -> String {
    let mut out = format!("{}:", shown(name));
    if !detail.is_empty() && (lines.is_empty() || detail != "object") {
        let _ = write!(out, " {}{detail}", if lines.is_empty() { "" } else { "# " });
    }
    for line in lines.iter().take(MOST_LINES) {
        let _ = write!(out, "\n  {line}");
    }
    if lines.len() > MOST_LINES {
        let _ = write!(out, "\n  # and {} more", lines.len() - MOST_LINES);
    }
    out
}

/// The first line of a documentation, behind a type.
pub(super) fn short_doc(doc: Option<&Text>) -> String {
    let line = doc.and_then(|doc| doc.value.lines().next()).unwrap_or_default();
    if line.is_empty() { String::new() } else { format!(" -- {}", shown(line)) }
}

pub(super) fn doc(text: Option<&Text>) -> String {
    text.map(|text| text.value.trim_end().to_owned()).unwrap_or_default()
}

/// Documentation, and where it comes from, in paragraphs.
pub(super) fn with_origin(
    text: Option<&Text>,
    deprecated: Option<&Text>,
    origin: &Origin,
) -> String {
    let said = |what: &str, text: &Option<Text>| {
        text.as_ref().map(|text| format!("{what}: {}", shown(&text.value)))
    };
    let parts = [
        text.map(|_| doc(text)),
        deprecated.map(|text| format!("Deprecated: {}", shown(&text.value))),
        said("From", &origin.from),
        said("SDK", &origin.sdk),
        said("Assumed", &origin.assumed),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}
