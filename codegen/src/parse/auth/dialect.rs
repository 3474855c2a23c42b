//! How a token endpoint talks, where that is not as the standard says.

use super::super::reader::{self, Keys};
use super::tokens::one_of;
use crate::ast::{Text, TokenDialect};
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::parse::provider::written_type;
use crate::parse::{quoted_list, shown};
use crate::yaml::Entry;

/// What the standard names in requests.
const SENT: [&str; 7] =
    ["grant_type", "scope", "client_id", "client_secret", "code", "redirect_uri", "code_verifier"];

/// What the standard names in answers; a refresh token is sent, too.
const ANSWERED: [&str; 3] = ["access_token", "refresh_token", "expires_in"];

/// `token_body`, `token_names`, `token_fields` and `token_at`
pub(super) fn read(keys: &mut Keys<'_>, diagnostics: &mut Diagnostics) -> TokenDialect {
    let body = keys.text("token_body", diagnostics);
    let json = body.is_some_and(|body| {
        one_of("body of token requests", &body, &["form", "json"], diagnostics) == Some("json")
    });
    let names = pairs("token_names", keys, diagnostics);
    let fields = pairs("token_fields", keys, diagnostics);
    let at = keys.way("token_at", diagnostics);
    check_names(&names, diagnostics);
    check_fields(&names, &fields, diagnostics);
    TokenDialect { json, names, fields, at }
}

fn pairs(
    key: &'static str,
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<(Text, Text)> {
    let entries = keys.entries(key, diagnostics).iter();
    let pairs = entries.filter_map(|entry| {
        let node = reader::present(entry, diagnostics)?;
        if key == "token_fields" {
            diagnostics.extend(typed_field(entry));
        }
        Some((entry.key.clone(), reader::text(&entry.key.value, node, diagnostics)?))
    });
    pairs.collect()
}

/// A type in place of what a field always holds.
fn typed_field(entry: &Entry) -> Option<Diagnostic> {
    let (_, ty) = written_type(entry)?;
    let message =
        format!("the field `{}` would always be `{}`", shown(&entry.key.value), shown(ty));
    Some(
        Diagnostic::error(&codes::WRONG_KIND, entry.value.span, message)
            .label("expected what is sent")
            .help(format!(
                "say what is always sent, as in `audience: https://api.example`; the text `{}` is put in quotes",
                shown(ty)
            )),
    )
}

fn check_names(names: &[(Text, Text)], diagnostics: &mut Diagnostics) {
    for (index, (standard, name)) in names.iter().enumerate() {
        let known = || SENT.into_iter().chain(ANSWERED);
        if !known().any(|known| known == standard.value) {
            let text = format!("the standard names no `{}`", shown(&standard.value));
            let diagnostic = Diagnostic::error(&codes::TOKEN_NAME, standard.span, text);
            diagnostics.push(match nearest(&standard.value, known()) {
                Some(near) => {
                    diagnostic.help(format!("did you mean `{near}`?")).patch(standard.span, near)
                }
                None => diagnostic
                    .label("on the left stands the name of the standard")
                    .help(format!("it names {}", quoted_list(&known().collect::<Vec<_>>()))),
            });
        }
        if name.value.is_empty() {
            let text = format!("`{}` cannot be called nothing", shown(&standard.value));
            diagnostics.push(Diagnostic::error(&codes::TOKEN_NAME, name.span, text));
        }
        let together = |other: &Text| {
            is_sent(other) && is_sent(standard) || is_answered(other) && is_answered(standard)
        };
        let clash = names[..index]
            .iter()
            .find(|(other, known)| known.value == name.value && together(other));
        if let Some((_, first)) = clash {
            diagnostics.push(taken(name, first));
        } else if name.value != standard.value && together(name) && !is_renamed(name, names) {
            diagnostics.push(by_itself(name));
        }
    }
}

fn check_fields(names: &[(Text, Text)], fields: &[(Text, Text)], diagnostics: &mut Diagnostics) {
    for (field, _) in fields {
        if field.value.is_empty() {
            let text = "what is sent beside the standard's cannot be called nothing";
            diagnostics.push(Diagnostic::error(&codes::TOKEN_NAME, field.span, text));
        }
        let renamed =
            names.iter().find(|(standard, name)| is_sent(standard) && name.value == field.value);
        if let Some((_, name)) = renamed {
            diagnostics.push(taken(field, name));
        } else if is_sent(field) && !is_renamed(field, names) {
            diagnostics.push(by_itself(field));
        }
    }
}

/// Whether a name of the standard is free, since what it stands for is called otherwise.
fn is_renamed(standard: &Text, names: &[(Text, Text)]) -> bool {
    names.iter().any(|(known, name)| known.value == standard.value && name.value != known.value)
}

fn by_itself(name: &Text) -> Diagnostic {
    Diagnostic::error(
        &codes::TOKEN_FIELD,
        name.span,
        format!("`{}` has a meaning of its own there", name.value),
    )
    .label("a name of the standard")
    .help("what the standard names is sent and read by itself, under another name if `token_names` says so")
}

fn is_sent(name: &Text) -> bool {
    SENT.contains(&name.value.as_str()) || name.value == "refresh_token"
}

fn is_answered(name: &Text) -> bool {
    ANSWERED.contains(&name.value.as_str())
}

fn taken(second: &Text, first: &Text) -> Diagnostic {
    Diagnostic::error(
        &codes::TOKEN_FIELD,
        second.span,
        format!(
            "two members of a token request or its answer are called `{}`",
            shown(&second.value)
        ),
    )
    .related(first.span, "the first one")
}
