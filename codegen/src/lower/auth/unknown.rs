//! What is said of an entry of `auth` that is not there.

use super::Auths;
use crate::ast::{AuthEntry, AuthKind, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::parse::{quoted_list, shown};

impl<'s> Auths<'s> {
    /// The finding about a `name` of no entry.
    pub(super) fn unknown(&self, name: &Text, diagnostics: &Diagnostics) -> Diagnostic {
        let diagnostic = Diagnostic::error(
            &codes::UNKNOWN_AUTH,
            name.span,
            format!("there is no auth entry `{}`", shown(&name.value)),
        );
        match diagnostics.nearest(&name.value, self.entries.keys().copied()) {
            Some(near) => {
                diagnostic.help(format!("did you mean `{near}`?")).patch(name.span, near)
            }
            None if let Some(help) = self.several(&name.value) => diagnostic.help(help),
            None if let Some(only) = self.only_meant(&name.value) => {
                diagnostic.help(format!("did you mean `{only}`?")).patch(name.span, only)
            }
            None if is_word_for_none(&name.value) => {
                diagnostic.help("did you mean `none`?").patch(name.span, "none")
            }
            None => match self.names.as_slice() {
                [] => diagnostic.help(
                    "define it in `auth`, `auth: { token: { scheme: bearer } }`, or write `auth: none`",
                ),
                known => diagnostic.help(format!("known entries are {}", quoted_list(known))),
            },
        }
    }

    /// The only entry there is, where a word says that there is one, or the only one of the scheme that it calls.
    fn only_meant(&self, word: &str) -> Option<&'s str> {
        let [only] = self.names.as_slice() else { return self.only_of_scheme(word) };
        let plain = word.to_ascii_lowercase().replace(['-', '_'], "");
        let general = ["true", "yes", "required", "on", "default", "private", "token", "user"];
        let schemes = ["bearer", "basic", "apikey", "oauth2", "oauth", "jwt"];
        (general.contains(&plain.as_str()) || schemes.contains(&plain.as_str())).then_some(*only)
    }

    fn only_of_scheme(&self, word: &str) -> Option<&'s str> {
        let plain = word.to_ascii_lowercase().replace(['-', '_'], "");
        let is_meant = |entry: &&AuthEntry| {
            matches!(
                (plain.as_str(), &entry.kind),
                ("bearer", AuthKind::Bearer { .. })
                    | ("basic", AuthKind::Basic { .. })
                    | ("apikey", AuthKind::ApiKey { .. })
                    | ("oauth2" | "oauth", AuthKind::OAuth2(_))
                    | ("jwt", AuthKind::Jwt(_))
            )
        };
        let mut meant = self.entries.values().copied().filter(is_meant);
        let only = meant.next().filter(|_| meant.next().is_none())?;
        Some(&only.name.value)
    }

    /// What is said of a text with the names of several entries in it, `app or key`.
    fn several(&self, text: &str) -> Option<String> {
        let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.')));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let is_joint = |word: &str| matches!(word, "or" | "and" | "with" | "plus");
        let names: Vec<&str> = words.iter().copied().filter(|word| !is_joint(word)).collect();
        let known = names.len() > 1 && names.iter().all(|name| self.entries.contains_key(name));
        let list = shown(&names.join(", "));
        known.then(|| {
            if words.contains(&"or") || text.contains('|') {
                format!("one of several is an entry of its own: `auth: {{ either: {{ any: [{list}] }} }}`")
            } else {
                format!(
                    "several together are an entry of their own: `auth: {{ both: {{ all: [{list}] }} }}`, with `any` \
                     where one is enough"
                )
            }
        })
    }
}

/// What other languages say where nobody has to authenticate.
fn is_word_for_none(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "none" | "no" | "false" | "public" | "anonymous" | "noauth" | "open" | "nobody" | "off"
    )
}
