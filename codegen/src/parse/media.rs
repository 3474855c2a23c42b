//! Types of media as keys, `{ application/json: User }`: as OpenAPI writes bodies, and nobody here does.

use super::reader::shown;
use crate::diag::{Diagnostic, codes};
use crate::names::capitalized;
use crate::yaml::{Entry, Node};

/// What is wrong with a body or an answer of which every key is a type of media, and what is meant.
pub(super) fn as_keys(what: &str, node: &Node) -> Option<Diagnostic> {
    let entries = node.as_mapping()?;
    let first =
        entries.first().filter(|_| entries.iter().all(|entry| is_media(&entry.key.value)))?;
    let error = Diagnostic::error(
        &codes::UNKNOWN_KEY,
        first.key.span,
        format!("{what} has no key `{}`", shown(&first.key.value)),
    )
    .label("a type of media is no key");
    // The parts stand in a mapping.
    if let [only] = entries
        && matches!(
            only.key.value.as_str(),
            "multipart/form-data" | "application/x-www-form-urlencoded"
        )
        && only.value.as_mapping().is_some()
    {
        let key = if only.key.value.starts_with("multipart") { "multipart" } else { "form" };
        return Some(error.help(format!("did you mean `{key}`?")).patch(only.key.span, key));
    }
    let Some(written) = written(entries) else {
        return Some(error.help(
            "JSON needs no word, other kinds have one: `{ multipart: { picture: file } }`, `text(text/csv)`",
        ));
    };
    let help = match entries {
        [one] if *one.value.as_scalar()?.text == written => {
            format!("JSON needs no word: `{}` alone", shown(&written))
        }
        [_] => format!("write `{}`", shown(&written)),
        _ => format!("bodies of several kinds have names: `{}`", shown(&written)),
    };
    let error = error.help(help);
    // On lines of its own a mapping begins with its first key.
    let flow = first.key.span.start > node.span.start;
    Some(if flow { error.patch(node.span, written) } else { error })
}

fn is_media(key: &str) -> bool {
    matches!(key, "json" | "csv") || key.split_once('/').is_some_and(|(kind, _)| !kind.is_empty())
}

/// The same without types of media as keys.
fn written(entries: &[Entry]) -> Option<String> {
    let bodies: Vec<(String, String)> = entries.iter().map(one).collect::<Option<_>>()?;
    match bodies.as_slice() {
        [(_, body)] => Some(body.clone()),
        several => {
            let named: Vec<String> =
                several.iter().map(|(name, body)| format!("{name}: {body}")).collect();
            Some(format!("{{ any: {{ {} }} }}", named.join(", ")))
        }
    }
}

/// What a body of one kind could be called, and how it is written.
fn one(entry: &Entry) -> Option<(String, String)> {
    let (media, ty) = (entry.key.value.as_str(), entry.value.as_scalar()?.text.as_str());
    let (kind, sub) = media.split_once('/').unwrap_or(("text", media));
    let is_raw = ["text", "binary"].iter().any(|raw| ty.starts_with(raw));
    let body = match sub {
        _ if is_raw && ty.contains('(') => ty.to_owned(),
        "x-www-form-urlencoded" => format!("{{ form: {ty} }}"),
        "form-data" => return None,
        _ if sub.ends_with("json") || sub == "*" => ty.to_owned(),
        _ if sub.ends_with("xml") && !is_raw => format!("{{ xml: {ty} }}"),
        _ if kind == "text" => format!("text({kind}/{sub})"),
        _ => format!("binary({media})"),
    };
    // A comma ends a value inside { }.
    Some((name(sub), body)).filter(|_| !ty.contains(','))
}

/// `svg+xml` is `Svg`.
fn name(sub: &str) -> String {
    capitalized(sub.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default())
}
