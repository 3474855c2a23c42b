//! Case: words of a foreign name, joined as Rust joins them.

use super::is_identifier;
use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// A text as a sentence or a name begins.
pub(crate) fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Words that foreign names write with capitals inside, which would be torn apart.
const ONE_WORD: [(&str, &str); 11] = [
    ("OAuth", "Oauth"),
    ("GraphQL", "Graphql"),
    ("GitHub", "Github"),
    ("WhatsApp", "Whatsapp"),
    ("LinkedIn", "Linkedin"),
    ("PayPal", "Paypal"),
    ("iPhone", "Iphone"),
    ("iPad", "Ipad"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
    ("OpenAPI", "Openapi"),
];

/// `snake_case`, or `None` where nothing is left of the name.
pub(crate) fn snake(wire: &str) -> Option<String> {
    non_empty(words(wire).to_snake_case())
}

/// `PascalCase`, or `None` where nothing is left of the name.
pub(crate) fn type_name(wire: &str) -> Option<String> {
    non_empty(words(wire).to_upper_camel_case())
}

/// `SCREAMING_SNAKE_CASE`, or `None` where nothing is left of the name.
pub(crate) fn constant(wire: &str) -> Option<String> {
    non_empty(words(wire).to_shouty_snake_case())
}

/// The same for a constant among types, with a word before it where a type could be called so, or where it would begin
/// with a digit.
pub(crate) fn own_constant(wire: &str, before: &str) -> String {
    let name = constant(wire).unwrap_or_default();
    if is_identifier(&name) && type_name(wire).is_some_and(|other| other != name) {
        name
    } else {
        format!("{before}_{name}")
    }
}

fn non_empty(name: String) -> Option<String> {
    (!name.is_empty()).then_some(name)
}

/// The name with everything that no identifier holds replaced by word borders, and well-known words
/// and plural initialisms (`URLs`) in a form that is not torn apart.
fn words(wire: &str) -> String {
    let mut text: String = wire.chars().map(|c| if unicode_part(c) { c } else { ' ' }).collect();
    for (torn, whole) in ONE_WORD {
        if text.contains(torn) {
            text = text.replace(torn, whole);
        }
    }
    if text.contains('s') { lower_plurals(&text) } else { text }
}

/// Characters that can stand in an identifier. Combining marks and the like are left out: they are rare
/// and identifiers that look alike but differ are worse than a shorter name.
fn unicode_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && is_identifier_part(c))
}

/// Letters and digits outside ASCII that Rust accepts inside identifiers: superscripts, fractions and the
/// like are alphanumeric to Unicode but no part of an identifier.
fn is_identifier_part(c: char) -> bool {
    syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok()
}

/// `imageURLs` is two words, not three.
fn lower_plurals(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        let capitals_before =
            at >= 2 && chars[at - 1].is_uppercase() && chars[at - 2].is_uppercase();
        let word_ends = chars.get(at + 1).is_none_or(|next| !next.is_lowercase());
        if c == 's' && capitals_before && word_ends {
            out.push('S');
            // What follows begins a word of its own.
            if chars.get(at + 1).is_some_and(|next| next.is_uppercase()) {
                out.push('_');
            }
        } else {
            out.push(c);
        }
    }
    out
}
