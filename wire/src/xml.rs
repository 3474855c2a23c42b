//! What XML lets things be called and hold. What reads examples and what reads answers go by it, so that they
//! are of one mind about every document.

use std::borrow::Cow;

/// How many elements may be inside each other. Reading them goes by recursion.
pub const MAX_DEPTH: usize = 128;

/// How many attributes an element may have. Each is held against all others.
pub const MAX_ATTRIBUTES: usize = 256;

/// Whether an element or an attribute can be called so, without a prefix.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}');
    name.starts_with(|c: char| c.is_alphabetic() || c == '_') && name.chars().all(inside)
}

/// Whether an element or an attribute can be called so, with a prefix or without.
#[must_use]
pub fn is_qualified_name(name: &str) -> bool {
    name.split_once(':').map_or(is_name(name), |(prefix, local)| is_name(prefix) && is_name(local))
}

/// Whether XML can hold a character, however it is written.
#[must_use]
pub fn is_char(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The character of an entity that every document has: `lt`, `#65`, `#x41`.
#[must_use]
pub fn entity(name: &str) -> Option<char> {
    let number = match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "apos" => return Some('\''),
        "quot" => return Some('"'),
        _ => name.strip_prefix('#')?,
    };
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    // Rust would take a sign.
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))?;
    char::from_u32(code).filter(|c| is_char(*c))
}

/// What is wrong with a text, and at which of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it begins.
    pub at: usize,
    /// In words.
    pub problem: &'static str,
}

/// What text between tags stands for.
///
/// # Errors
/// It holds an entity that XML does not know, or a character that XML cannot hold.
pub fn text(raw: &str) -> Result<Cow<'_, str>, Fault> {
    read(raw, Kind::Text)
}

/// What a section (`<![CDATA[…]]>`) stands for, which has no entities.
///
/// # Errors
/// It holds a character that XML cannot hold.
pub fn section(raw: &str) -> Result<Cow<'_, str>, Fault> {
    read(raw, Kind::Section)
}

/// What the value of an attribute stands for, in which line ends and tabs are blanks.
///
/// # Errors
/// As [`text`], or a tag begins in it.
pub fn attribute(raw: &str) -> Result<Cow<'_, str>, Fault> {
    read(raw, Kind::Attribute)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Section,
    Attribute,
}

fn read(raw: &str, kind: Kind) -> Result<Cow<'_, str>, Fault> {
    let attribute = kind == Kind::Attribute;
    // Two characters of those that begin with this byte cannot stand in XML.
    let stands_for_itself = |b: u8| match b {
        b'\t' | b'\n' | b'<' => !attribute,
        b'&' => kind == Kind::Section,
        b => b >= b' ' && b != 0xef,
    };
    if raw.bytes().all(stands_for_itself) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut out = String::with_capacity(raw.len());
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let fault = |problem| Err(Fault { at, problem });
        match c {
            '&' if kind != Kind::Section => {
                let end = raw[at..].find(';').map(|length| at + length);
                let Some((end, c)) = end.and_then(|end| Some((end, entity(&raw[at + 1..end])?)))
                else {
                    return fault("an entity that XML does not know");
                };
                out.push(c);
                while chars.next_if(|(next, _)| *next <= end).is_some() {}
            }
            '<' if attribute => return fault("a `<` in a value is written `&lt;`"),
            '\r' => {
                chars.next_if(|(_, next)| *next == '\n');
                out.push(if attribute { ' ' } else { '\n' });
            }
            '\t' | '\n' if attribute => out.push(' '),
            c if is_char(c) => out.push(c),
            _ => return fault("a character that XML cannot hold"),
        }
    }
    Ok(Cow::Owned(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_with_a_letter_and_have_no_prefix() {
        assert!(["a", "_1", "a-b.c", "größe"].into_iter().all(is_name));
        assert!(!["", "1a", "-a", "a b", "x:a", "a<"].into_iter().any(is_name));
        assert!(["a", "x:a"].into_iter().all(is_qualified_name));
        assert!(!["", ":", "x:", ":a", "x:1", "x:a:b"].into_iter().any(is_qualified_name));
    }

    #[test]
    fn entities_are_the_five_and_numbers() {
        for (name, c) in
            [("lt", '<'), ("quot", '"'), ("#65", 'A'), ("#x41", 'A'), ("#x1F600", '😀')]
        {
            assert_eq!(entity(name), Some(c), "{name}");
        }
        for name in
            ["", "nbsp", "LT", "#", "#x", "#+65", "#-1", "#X41", "#1", "#0", "#xD800", "#xFFFE"]
        {
            assert_eq!(entity(name), None, "{name}");
        }
    }

    #[test]
    fn texts_stand_for_what_xml_says() {
        let (kept, read) = ("a\n\t\u{85}]]>é", "a\r\n\r&amp;&#13;\u{fffd}");
        assert_eq!(text(kept), Ok(Cow::Borrowed(kept)));
        assert_eq!(text(read), Ok("a\n\n&\r\u{fffd}".into()));
        assert_eq!(section(read), Ok("a\n\n&amp;&#13;\u{fffd}".into()));
        assert_eq!(attribute("a\r\n\t\n&#10;b"), Ok("a   \nb".into()));
        let at = |raw: Result<_, Fault>| raw.unwrap_err().at;
        assert_eq!(at(text("é&;")), 2);
        assert_eq!(at(text("é&lt")), 2);
        assert_eq!(at(text("é\u{1}")), 2);
        assert_eq!(at(section("\u{ffff}")), 0);
        assert_eq!(at(attribute("a<b")), 1);
    }
}
