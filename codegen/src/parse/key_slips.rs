//! Keys in the words and signs of other languages, which would become names that nobody meant. In quotes a member is
//! called as it is written.

use super::reader::{is_plain, shown};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::names::{self, Kind};
use crate::type_slips::TYPOGRAPHIC_QUOTES;
use crate::yaml::Entry;

/// What other languages write before the name of a member.
const BEFORE_MEMBERS: [&str; 7] =
    ["readonly", "required", "optional", "public", "private", "final", "val"];

/// What other languages write before the name of a type.
const BEFORE_MODELS: [&str; 8] =
    ["interface", "class", "type", "struct", "enum", "export", "object", "record"];

/// The name of a member that is meant by `wire`, and whether it is optional.
pub(super) fn member(
    entry: &Entry,
    wire: &str,
    optional: bool,
    diagnostics: &mut Diagnostics,
) -> Option<(String, bool)> {
    let (mut name, mut may_miss, mut only_read) = (wire, optional, false);
    while let Some((word, rest)) = name.split_once(' ').filter(|it| BEFORE_MEMBERS.contains(&it.0))
    {
        may_miss |= word == "optional";
        only_read |= word == "readonly";
        name = rest.trim_start();
    }
    may_miss |= name.starts_with('?') || name.ends_with('?');
    let name = name.trim_start_matches('?').trim_end_matches(['*', '!', ':', '?', ' ']);
    let name = name.trim_matches(TYPOGRAPHIC_QUOTES);
    let is_meant = name != wire && !name.is_empty() && is_plain(&entry.key);
    if !is_meant || entry.value.is_null() {
        return None;
    }
    let written = format!("{name}{}", if may_miss { "?" } else { "" });
    let (message, help) = if wire.starts_with(TYPOGRAPHIC_QUOTES) {
        ("has quotes of printed text in its name", format!("write `{}`", shown(&written)))
    } else if only_read {
        let help =
            format!("write `{}`; what only the service sets is `string read`", shown(&written));
        ("would be the name that is sent", help)
    } else {
        let help =
            format!("write `{}`: `?` behind a name says that it may be missing", shown(&written));
        ("would be the name that is sent", help)
    };
    diagnostics.push(
        Diagnostic::error(&codes::BAD_NAME, entry.key.span, format!("`{}` {message}", shown(wire)))
            .help(format!("{help}; a name that is meant so is put in quotes"))
            .patch(entry.key.span, written),
    );
    Some((name.to_owned(), may_miss))
}

/// The name of a model, as far as a type can name it.
pub(super) fn model(name: Text, key: &Text, diagnostics: &mut Diagnostics) -> Text {
    let text = name.value.as_str();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    if text.chars().all(part) || !text.contains(char::is_alphanumeric) {
        return name;
    }
    let diagnostic = Diagnostic::error(
        &codes::BAD_NAME,
        name.span,
        format!("`{}` cannot be the name of a model", shown(text)),
    )
    .label("no type could name it");
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(' ').filter(|it| BEFORE_MODELS.contains(&it.0)) {
        rest = behind.trim_start();
    }
    let (bare, base) = match rest.split_once(" extends ").or_else(|| rest.split_once(" : ")) {
        Some((bare, base)) => (bare.trim(), Some(base.trim())),
        None => (rest.trim_end_matches(['[', ']', '?', '*', ' ']), None),
    };
    let meant = match bare {
        bare if !bare.is_empty() && bare.chars().all(part) => Some(bare.to_owned()),
        bare => names::rust_name(bare, Kind::Type).filter(|made| made.chars().all(part)),
    };
    let Some(meant) = meant else {
        diagnostics.push(diagnostic.help("a model is called by a word: letters, digits and `_`"));
        return name;
    };
    diagnostics.push(match base {
        Some(base) => diagnostic.help(format!(
            "a model with the members of another is `{}: {{ fields: {{ ...: {}, … }} }}`",
            shown(&meant),
            shown(base)
        )),
        None => {
            let diagnostic = diagnostic.help(format!("did you mean `{}`?", shown(&meant)));
            if key.span == name.span {
                diagnostic.patch(name.span, meant.as_str())
            } else {
                diagnostic
            }
        }
    });
    Text { value: meant, ..name }
}
