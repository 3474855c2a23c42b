//! The texts that string literals stand for.

use std::borrow::Cow;

/// The text of a literal such as `"a \"b\""`, as `proc_macro2` writes it, or `r"a"`, as macros have documentation. Nothing
/// for any other literal.
pub(super) fn value(literal: &str) -> Option<Cow<'_, str>> {
    if let Some(raw) = literal.strip_prefix("r\"") {
        return raw.strip_suffix('"').map(Cow::Borrowed);
    }
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    if !text.contains('\\') {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let c = escape.chars().next()?;
        // The rest, among it what has a number, is seldom and the formatter knows it.
        if !matches!(c, '"' | '\'' | '\\') {
            return None;
        }
        out.push(c);
        rest = &escape[1..];
    }
    out.push_str(rest);
    Some(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::value;
    use proc_macro2::Literal;

    #[test]
    fn texts_come_back() {
        for text in ["", "plain", "a \"b\" \\ c", "über \\*"] {
            assert_eq!(value(&Literal::string(text).to_string()).as_deref(), Some(text));
        }
        assert_eq!(value(r#"r" a \ b""#).as_deref(), Some(r" a \ b"));
        for other in ["7", "r#\"x\"#", "'c'", "\"a\\u{1}\"", "\"a\\n\""] {
            assert_eq!(value(other), None, "{other}");
        }
    }
}
