//! What refers to entries of `auth:`, and the scopes that are needed there.

use super::is_quoted;
use crate::ast::{AuthRef, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::reader::{self, Keys, shown};
use crate::source::Spanned;
use crate::yaml::{Node, Scalar};

/// `scopes:`, a list of texts or one text.
pub(in crate::parse) fn scopes(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Text>> {
    let scopes = keys.texts("scopes", diagnostics);
    diagnostics.extend(scopes.iter().filter_map(no_scope));
    let none = keys.peek("scopes").map(|entry| &entry.value);
    if let Some(none) = none.filter(|node| !is_quoted(node) && is_none(node)) {
        diagnostics.push(
            Diagnostic::error(&codes::AUTH_WORD, none.span, "`none` would be a scope of this name")
                .help(
                    "a method that needs none says `scopes: []`; an auth entry leaves `scopes` out",
                ),
        );
    }
    keys.has("scopes").then_some(scopes)
}

fn is_none(node: &Node) -> bool {
    node.as_scalar().is_some_and(|scalar| scalar.text == "none")
}

/// A text that OAuth 2 does not allow as a scope: several stand behind each other with blanks between them.
fn no_scope(scope: &Text) -> Option<Diagnostic> {
    let text = scope.value.as_str();
    let error = |message: String| Diagnostic::error(&codes::AUTH_WORD, scope.span, message);
    let each: Vec<&str> =
        text.split(char::is_whitespace).map(|one| one.trim_matches(',')).collect();
    let each: Vec<&str> = each.into_iter().filter(|one| !one.is_empty()).collect();
    if each.len() > 1 {
        let found = error(format!("`{}` is more than one scope", shown(text)));
        return Some(
            found
                .label("would be sent as one")
                .help(format!("list them: `scopes: [{}]`", shown(&each.join(", ")))),
        );
    }
    if text.is_empty() {
        return Some(
            error("a scope is empty".to_owned()).label("expected what the service calls it"),
        );
    }
    let allowed = |c: char| matches!(c, '!' | '#'..='[' | ']'..='~');
    (!text.chars().all(allowed)).then(|| {
        error(format!("`{}` cannot be a scope", shown(text))).label(
            "expected letters, digits and signs of ASCII, without blanks, quotes and backslashes",
        )
    })
}

/// `auth:` as a name or `none`. One that cannot be read asks for nothing.
pub(in crate::parse) fn reference(
    keys: &mut Keys<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<AuthRef> {
    let stated = keys.entry("auth");
    let help = "name an entry of `auth`, or say `none` where anybody may call it";
    let Some(node) = stated.and_then(|it| reader::present_or(it, help, diagnostics)) else {
        return keys.meant("auth").then_some(AuthRef::Unreadable);
    };
    let Some(scalar) = node.as_scalar() else {
        diagnostics.push(no_reference(node));
        return Some(AuthRef::Unreadable);
    };
    if scalar.text == "none" {
        return Some(AuthRef::None);
    }
    Some(AuthRef::Entry(Spanned::new(scalar.text.clone(), node.span)))
}

/// A list of entries, or a whole entry, in place of the name of one.
fn no_reference(node: &Node) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        &codes::WRONG_KIND,
        node.span,
        format!("`auth` names one entry here, found {}", node.kind()),
    )
    .label("expected the name of an entry of `auth`, or `none`");
    let item = match node.as_sequence() {
        Some([one]) => one,
        _ => node,
    };
    if let Some(name) = item.as_scalar().filter(|it| is_word(it)).map(|it| it.text.as_str()) {
        return diagnostic.help(format!("did you mean `{name}`?")).patch(node.span, name);
    }
    if let Some((name, scopes)) = with_scopes(item) {
        return match scopes.as_str() {
            "" => diagnostic.help(format!("did you mean `{name}`?")).patch(node.span, name),
            scopes => diagnostic.help(format!(
                "scopes have a key of their own: `auth: {name}` and `scopes: [{scopes}]`"
            )),
        };
    }
    match node.as_sequence() {
        Some([]) => diagnostic.help("who may call it without credentials: `auth: none`").patch(node.span, "none"),
        // Of a list of mappings OpenAPI takes one.
        Some(items) if items.iter().all(|item| item.as_mapping().is_some()) => diagnostic.help(
            "several of which one is enough are an entry of their own: `auth: { either: { any: [token, key] } }`",
        ),
        Some(_) => diagnostic.help(
            "several together are an entry of their own: `auth: { both: { all: [token, key] } }`, with `any` where one is enough",
        ),
        None if ["any", "all"].iter().any(|way| node.get(way).is_some()) => diagnostic.help(
            "a combination is an entry of `auth` at the top, with a name that is said here: \
             `auth: { either: { any: [token, key] } }`, or `all`",
        ),
        None if node.as_mapping().is_some_and(|all| all.iter().all(|it| it.value.as_sequence().is_some())) => {
            diagnostic.help(
                "several together are an entry of their own: `auth: { both: { all: [token, key] } }`; what they have \
                 to be good for is `scopes`",
            )
        }
        None => diagnostic
            .help("define it under `auth` at the top, by a name, and say that name here"),
    }
}

/// `auth: { app: [books.read] }`, as OpenAPI has it: the entry and its scopes.
fn with_scopes(node: &Node) -> Option<(String, String)> {
    let [only] = node.as_mapping()? else { return None };
    if matches!(only.key.value.as_str(), "any" | "all") {
        return None;
    }
    let scopes = only.value.as_sequence()?.iter().map(Node::as_scalar);
    let scopes: Vec<&str> =
        scopes.map(|scope| Some(scope?.text.as_str())).collect::<Option<_>>()?;
    let scopes = scopes.join(", ");
    Some((only.key.value.clone(), if scopes.is_empty() { scopes } else { shown(&scopes) }))
}

fn is_word(scalar: &Scalar) -> bool {
    !scalar.text.is_empty()
        && scalar.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
