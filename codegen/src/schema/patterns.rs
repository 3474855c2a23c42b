//! Texts that a regular expression knows: types, names, addresses, times. They are written so that JavaScript, in
//! which editors run them, and Rust understand the same.

use super::kind::Named;
use super::words::{FLAGS, TYPES};

/// A letter, a digit, `_` or `.`, and whatever is not ASCII.
const LETTER: &str = r"[^\x00-\x2d/:-@\[-^`{-\x7f]";

/// Words that are written with types between angles.
const WITH_TYPES: [&str; 5] = ["list", "map", "link", "lines", "events"];

/// Scalars that have no limits.
const SIZELESS: [&str; 9] =
    ["boolean", "json", "date", "time", "datetime", "localdatetime", "duration", "uuid", "file"];

const LIMITS: &str = r"\([-+0-9.eE ]*[0-9][-+0-9.eE ]*\)";
const MEDIA: &str = r"[-A-Za-z0-9!#$&^_.+*]+/[-A-Za-z0-9!#$&^_.+*]+";
/// A media type that is no range.
const SENT_MEDIA: &str = r"[-A-Za-z0-9!#$&^_.+]+/[-A-Za-z0-9!#$&^_.+]+";
const DOC: &str = r"(?:\s* -- [\s\S]*)?";

/// A name of Rust in `PascalCase`.
pub(super) const PASCAL: &str = r"^(?:[A-Z]|[^\x00-\x7f])(?:[A-Za-z0-9_]|[^\x00-\x7f])*$";
/// A name of Rust in `snake_case`.
pub(super) const SNAKE: &str = r"^(?:[a-z_]|[^\x00-\x7f])(?:[a-z0-9_]|[^\x00-\x7f])*$";
/// What `use` calls a file.
pub(super) const ALIAS: &str = r"^(?:[A-Za-z0-9_]|[^\x00-\x7f])+$";
pub(super) const PROVIDER: &str = "^[-_]*[A-Za-z][-_A-Za-z0-9]*$";
pub(super) const METHOD: &str = "^[^.]+[.][^.]+$";
pub(super) const ROUTE: &str = concat!(
    r"^(?!.*/(?:[.]|%2[eE]){1,2}(?:/|\s*$))(?!.*(\{[^{}]*\}).*\1)",
    r"(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) +/",
    r"(?:[-A-Za-z0-9._~!$&'()*+,;=:@%/]|\{[^{}/]+\})*$"
);
pub(super) const EXCHANGE: &str = "[.]http$";
/// Members, with dots between them.
pub(super) const MEMBERS: &str = "^[^.]+(?:[.][^.]+)*$";
/// What OAuth 2 allows as a scope.
pub(super) const SCOPE: &str = r"^[!#-\[\]-~]+$";
/// A time from `1s` to `24h`.
pub(super) const TIME: &str = concat!(
    r"^\+?0*(?:(?:[1-9][0-9]{0,3}|[1-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)s|",
    "(?:[1-9][0-9]{0,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m|(?:[1-9]|1[0-9]|2[0-4])h)$"
);
/// What a signature is made over.
pub(super) const SIGNED: &str = concat!(
    r"^(?:body|(?:[^{]|\{(?:timestamp|id)\})*\{body\}",
    r"(?:[^{]|\{(?:body|timestamp|id)\})*)$"
);
/// The name of an element of XML.
pub(super) const ELEMENT: &str = r"^(?:[A-Za-z_]|[^\x00-\x7f])(?:[-A-Za-z0-9._]|[^\x00-\x7f])*$";
/// What can be sent in a header.
pub(super) const PRINTABLE: &str = "^[ -~]*$";
/// What can stand before a key in a header.
pub(super) const BEFORE_KEY: &str = r"^[ -~]*[ -/:-@\[-`{-~]$";
pub(super) const NOT_BLANK: &str = r"\S";
pub(super) const HEADER: &str = "^[-!#$%&'*+.^_`|~0-9A-Za-z]+$";
/// The key of a header or a cookie among parameters.
pub(super) const HEADER_KEY: &str = r"^[-!#$%&'*+.^_`|~0-9A-Za-z]+\??$";
/// An address of a server, whose variables stand in braces.
pub(super) const ADDRESS: &str = concat!(
    r"^(?:https://(?:[-A-Za-z0-9._]|\{[^{}/]*\})+|http://(?:localhost|127[.]0[.]0[.]1))",
    r"(?::[0-9]{1,5})?(?:/(?:[!$-;=A-Z\[\]_a-z~]|\{[^{}/]*\})*)?$"
);
/// A path of the server, or an address in which there may be variables.
const PLACED: &str = concat!(
    r"(?:/[!$-;=A-Z\[\]_a-z~]*|(?:https://(?:[-A-Za-z0-9._]|\{[^{}/]*\})+|http://(?:localhost|127[.]0[.]0[.]1))",
    r"(?::[0-9]{1,5})?(?:/(?:[!$-;=A-Z\[\]_a-z~]|\{[^{}/]*\})*)?)"
);

/// An address that a browser is sent to, or a path.
pub(super) fn browser() -> String {
    format!(r"^{PLACED}(?:\?[!$-;=?A-Z\[\]_a-z~]*)?$")
}

/// An address, or a path of the server.
pub(super) fn endpoint() -> String {
    format!("^{PLACED}$")
}

/// A header that a specification can have sent: that of a credential, or any other; as a key it can end in `?`.
pub(super) fn sent_header(credential: bool, key: bool) -> String {
    let any_case = |name: &str| -> String {
        let letter = |c: char| match c.is_ascii_alphabetic() {
            true => format!("[{}{c}]", c.to_ascii_uppercase()),
            false => c.to_string(),
        };
        name.chars().map(letter).collect()
    };
    let own =
        crate::vocabulary::own_headers().filter(|name| !credential || *name != "authorization");
    let own: Vec<String> = own.map(any_case).collect();
    let (mark, name) = if key { (r"\??", HEADER_KEY) } else { ("", HEADER) };
    format!("^(?!(?:{}){mark}$){}", own.join("|"), &name[1..])
}

/// A text that begins with one of the words.
pub(super) fn outermost(words: &[&str]) -> String {
    format!(r"^\s*(?:{})(?!{LETTER})", words.join("|"))
}

/// A text that begins with one of the words of a route, or of a type, in a list or not.
pub(super) fn beginning(words: &[&str]) -> String {
    format!(r"^\s*(?:(?:list|map)<)*(?:{})(?!{LETTER})(?!\s*,)", words.join("|"))
}

/// The name of a model, which is no word of the language.
pub(super) fn model_key() -> String {
    let words: Vec<&str> = TYPES.iter().map(|(word, ..)| *word).collect();
    format!("^(?!(?:{}|null)(?:<|$))", words.join("|"))
}

/// A text that names a type, and what stands behind it.
pub(super) fn ty(named: Named) -> String {
    let behind = match named {
        Named::Member => format!("{}{DOC}", flags(&["read", "write"])),
        Named::Sent | Named::Part => format!("{}{DOC}", flags(&["write"])),
        Named::Parameter | Named::Plain | Named::Variable => format!("{}{DOC}", flags(&[])),
        Named::Alias | Named::Event => DOC.to_owned(),
        Named::Answer | Named::Error => {
            let name = PASCAL.trim_start_matches('^').trim_end_matches('$');
            format!(r"(?:\s* as \s*{name})?\s*")
        }
        _ => String::new(),
    };
    let elsewhere: Vec<&str> =
        TYPES.iter().filter(|(.., places)| !places.has(named)).map(|(word, ..)| *word).collect();
    let elsewhere = match elsewhere.as_slice() {
        [] => String::new(),
        words => format!("(?!(?:{})(?!{LETTER}))", words.join("|")),
    };
    let words = TYPES.iter().map(|(word, ..)| *word);
    let scalars: Vec<&str> = words.filter(|word| !WITH_TYPES.contains(word)).collect();
    let word =
        if named == Named::Variable { format!("string(?!{LETTER})") } else { format!("{LETTER}+") };
    let media = if named == Named::Body { SENT_MEDIA } else { MEDIA };
    // Only `null` stands beside a type, and only in a body.
    let (null_first, null) = match named {
        Named::Model | Named::Parameter | Named::Plain | Named::Variable => ("", ""),
        _ => (r"(?:null\s*\|\s*)?", r"(?:\s*\|\s*null)?"),
    };
    let raw = match named {
        Named::Part => format!(r"file\({SENT_MEDIA}\)"),
        _ => format!(r"(?:text|binary)\({media}\)"),
    };
    let plain = format!(
        r#"(?!(?:text|binary)\()(?!(?:{})<)(?!(?:{})(?!{LETTER}|<))(?!(?:{})\(){word}(?:<[^\[\]{{}}'"?]*>)?(?:{LIMITS})?"#,
        scalars.join("|"),
        WITH_TYPES.join("|"),
        SIZELESS.join("|"),
    );
    format!(r"^\s*{null_first}{elsewhere}(?:{raw}|{plain}){null}{behind}\s*$")
}

/// Flags, of which of `apart` only one stands there.
fn flags(apart: &[&str]) -> String {
    let common =
        FLAGS.iter().map(|(flag, _)| *flag).filter(|flag| !matches!(*flag, "read" | "write"));
    let common: Vec<&str> = common.collect();
    let some = |one: Option<&&str>| {
        let words: Vec<&str> = common.iter().chain(one).copied().collect();
        format!(r"(?:\s+(?:{}))*", words.join("|"))
    };
    match apart {
        [] => some(None),
        several => {
            let ways: Vec<String> = several.iter().map(|one| some(Some(one))).collect();
            format!("(?:{})", ways.join("|"))
        }
    }
}
