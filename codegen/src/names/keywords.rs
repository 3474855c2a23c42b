//! Words that mean something to Rust.

/// Keywords of every edition, reserved ones included.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw.
const NEVER_RAW: [&str; 4] = ["self", "Self", "super", "crate"];

/// Names of the prelude and of derives that generated code writes short, unless a model has taken them.
pub(crate) const PRELUDE: [&str; 24] = [
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "ToString",
    "Vec",
];

/// What the file of a group takes from the client and the runtime, and what it calls the mode.
pub(crate) const GROUP_IMPORTS: [&str; 10] = [
    "Answer",
    "Async",
    "Call",
    "Client",
    "DecodeError",
    "Encoder",
    "M",
    "Method",
    "Mode",
    "Request",
];

/// A name that is a keyword, in the form in which it is none.
pub(super) fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Whether `name` is an identifier, if it were no keyword.
pub(crate) fn is_identifier(name: &str) -> bool {
    if name == "_" || name.starts_with("r#") {
        return false;
    }
    if name.is_ascii() {
        let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        return name.bytes().all(part) && name.bytes().next().is_some_and(|b| !b.is_ascii_digit());
    }
    syn::parse_str::<syn::Ident>(name).is_ok()
}
