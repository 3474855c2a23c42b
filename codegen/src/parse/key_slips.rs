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

/// What people write behind it.
const BEHIND_MEMBERS: [&str; 7] = [
    "(optional)",
    "[optional]",
    " optional",
    "(required)",
    "[required]",
    " required",
    "(nullable)",
];

/// What other languages write before the name of a type.
const BEFORE_MODELS: [&str; 8] =
    ["interface", "class", "type", "struct", "enum", "export", "object", "record"];

/// What every model has for its base elsewhere.
const OF_LANGUAGES: [&str; 6] =
    ["BaseModel", "BaseSettings", "Enum", "Object", "Struct", "TypedDict"];

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
    for end in BEHIND_MEMBERS {
        if let Some(bare) = name.strip_suffix(end) {
            may_miss |= end.contains("optional");
            name = bare.trim_end();
        }
    }
    may_miss |= name.starts_with('?') || name.ends_with('?');
    let name = name.trim_start_matches('?').trim_end_matches(['*', '!', ':', '?', '=', ' ']);
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
    } else if wire.ends_with('=') {
        let help =
            format!("write `{}`, as it stands before the `=` of an address", shown(&written));
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

/// A key of `models` as it is meant.
pub(super) struct Key {
    pub(super) name: Text,
    /// The model of which it has the members.
    pub(super) base: Option<Text>,
    /// Whether its value is part of what was written as if it was a program.
    pub(super) torn: bool,
}

/// The name of a model, as far as a type can name it.
pub(super) fn model(name: Text, key: &Text, diagnostics: &mut Diagnostics) -> Key {
    let text = name.value.as_str();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    if text.chars().all(part) || !text.contains(char::is_alphanumeric) {
        return Key { name, base: None, torn: false };
    }
    let diagnostic = Diagnostic::error(
        &codes::BAD_NAME,
        name.span,
        format!("`{}` cannot be the name of a model", shown(text)),
    )
    .label("no type could name it");
    let (bare, base) = split(text);
    let torn = text.contains(['{', '=']);
    let meant = match bare {
        bare if !bare.is_empty() && bare.chars().all(part) => Some(bare.to_owned()),
        bare => names::rust_name(bare, Kind::Type).filter(|made| made.chars().all(part)),
    };
    let Some(meant) = meant else {
        diagnostics.push(diagnostic.help("a model is called by a word: letters, digits and `_`"));
        return Key { name, base: None, torn };
    };
    let base = base.filter(|base| base.chars().all(part));
    diagnostics.push(match base {
        Some(base) => diagnostic.help(format!(
            "a model with the members of another is `{}: {{ fields: {{ ...: {}, … }} }}`",
            shown(&meant),
            shown(base)
        )),
        None if torn => diagnostic.help(format!(
            "a model is `{}: {{ fields: {{ id: string, name?: string }} }}`",
            shown(&meant)
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
    let base = base.map(|base| Text { value: base.to_owned(), span: name.span });
    Key { name: Text { value: meant, ..name }, base, torn }
}

/// `$ref: other.yaml` among models, by which they are taken from another file elsewhere.
pub(super) fn reference(entry: &Entry) -> Option<Diagnostic> {
    let path = entry.value.as_scalar()?.text.split('#').next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    let is_file = matches!(ending, Some("yaml" | "yml" | "json"));
    if !is_file
        || !entry.key.value.starts_with('$')
            && path.chars().all(|c| c.is_alphanumeric() || c == '.')
    {
        return None;
    }
    let file = path.rsplit('/').next().and_then(|file| file.split('.').next());
    let name = file.and_then(names::snake).unwrap_or_else(|| "common".to_owned());
    let written = format!("use: {{ {name}: {path} }}");
    Some(
        Diagnostic::error(
            &codes::BAD_NAME,
            entry.key.span.to(entry.value.span),
            format!("`{}` names a file among the models", shown(&entry.key.value)),
        )
        .label("expected a model")
        .help(format!(
            "what comes from another specification is `{}`, at the top of the file, and a type is `{name}.Address` then",
            shown(&written)
        )),
    )
}

/// The name in what other languages write where they define a type, and what it is made of.
fn split(text: &str) -> (&str, Option<&str>) {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once(' ').filter(|(word, behind)| {
        // `message Order`: whatever the word is, it stands before a name.
        BEFORE_MODELS.contains(word)
            || word.chars().all(|c| c.is_ascii_lowercase())
                && behind.starts_with(char::is_uppercase)
    }) {
        rest = behind.trim_start();
    }
    for sign in [" extends ", " implements ", " : ", " < ", "(", " & "] {
        if let Some((bare, base)) = rest.split_once(sign).filter(|(bare, _)| !bare.is_empty()) {
            let base = base.split([',', ')', ' ', '{']).next().unwrap_or_default();
            // What is in parentheses may be members, too.
            let is_base = base.starts_with(char::is_uppercase) && !OF_LANGUAGES.contains(&base);
            return (bare.trim(), Some(base).filter(|_| is_base));
        }
    }
    let head = rest.split(['{', '=']).next().unwrap_or_default();
    (head.trim_end_matches(['[', ']', '?', '*', '!', ' ']), None)
}
