//! What XML lets things be called.

/// Whether an element or an attribute can be called so, without a prefix.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(inside)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_begin_with_a_letter_and_have_no_prefix() {
        assert!(["a", "_1", "a-b.c", "größe"].into_iter().all(is_name));
        assert!(!["", "1a", "-a", "a b", "x:a", "a<"].into_iter().any(is_name));
    }
}
