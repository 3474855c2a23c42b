//! How a token endpoint talks, where that is not as the standard says.

use std::borrow::Cow;

/// The body of token requests, and the names in it and in the answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// Whether requests are JSON, and not forms.
    pub(crate) json: bool,
    /// Names of the standard, each with what it is called there.
    pub(crate) names: &'static [(&'static str, &'static str)],
    /// What is sent beside what the standard has.
    pub(crate) fields: &'static [(&'static str, &'static str)],
    /// The members that lead to the token.
    pub(crate) at: &'static [&'static str],
}

impl Dialect {
    pub(crate) const STANDARD: Self = Self { json: false, names: &[], fields: &[], at: &[] };

    /// What a name of the standard is called there.
    pub(crate) fn name<'n>(&self, standard: &'n str) -> &'n str {
        self.names.iter().find(|(known, _)| *known == standard).map_or(standard, |(_, name)| name)
    }

    /// The members that lead to what the standard calls so.
    pub(crate) fn path<'n>(&self, standard: &'n str) -> Vec<&'n str> {
        self.at.iter().copied().chain([self.name(standard)]).collect()
    }

    pub(crate) fn content_type(&self) -> &'static str {
        if self.json { "application/json" } else { "application/x-www-form-urlencoded" }
    }
}

/// A text as it stands between the quotes of JSON. No copy of it is made elsewhere.
pub(crate) fn push_json(out: &mut String, text: &str) {
    for c in text.chars() {
        let escaped = match c {
            '"' => Cow::Borrowed("\\\""),
            '\\' => Cow::Borrowed("\\\\"),
            c if c < ' ' => Cow::Owned(format!("\\u{:04x}", u32::from(c))),
            c => {
                out.push(c);
                continue;
            }
        };
        out.push_str(&escaped);
    }
}
