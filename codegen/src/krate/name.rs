//! Names that cargo and rustc accept for a package.

use super::CrateError;

/// Names that are taken by what the crate stands on.
const TAKEN: [&str; 9] = [
    "alloc",
    "build",
    "clientwright-runtime",
    "clientwright-wire",
    "core",
    "deps",
    "proc-macro",
    "std",
    "test",
];

/// Keywords, since the name is written in paths.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Refuses a name that a package cannot have.
pub(super) fn check(name: &str) -> Result<(), CrateError> {
    let refuse = |rule| Err(CrateError::Name(name.to_owned(), rule));
    let lower = name.to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return refuse("it begins with a letter");
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
        return refuse("it has letters, digits, `-` and `_` only");
    }
    if name.len() > 64 {
        return refuse("it has at most 64 characters");
    }
    if KEYWORDS.contains(&name) {
        return refuse("it is a keyword of Rust");
    }
    if TAKEN.contains(&lower.replace('_', "-").as_str()) {
        return refuse("another crate or folder that takes part has it");
    }
    Ok(())
}

/// Refuses what is not three numbers, with whatever semantic versions allow behind them.
pub(super) fn check_version(version: &str) -> Result<(), CrateError> {
    let numbers = version.split_once(['-', '+']).map_or(version, |(numbers, _)| numbers);
    let mut parts = numbers.split('.');
    let is_number = |part: &str| {
        part.parse::<u64>().is_ok()
            && !part.starts_with('+')
            && (part == "0" || !part.starts_with('0'))
    };
    let three = (0..3).all(|_| parts.next().is_some_and(is_number)) && parts.next().is_none();
    let rest = version.get(numbers.len()..).unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+');
    if three && rest.chars().all(plain) && !rest.ends_with(['-', '+', '.']) {
        return Ok(());
    }
    Err(CrateError::Version(version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_packages() {
        for name in ["polar", "polar-client", "Polar_2", "x"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        let long = "a".repeat(65);
        for name in [
            "",
            "2polar",
            "-a",
            "_a",
            "pölar",
            "a b",
            "a/b",
            "../a",
            "a\"",
            "fn",
            "std",
            "proc_macro",
            &long,
        ] {
            assert!(check(name).is_err(), "{name}");
        }
    }

    #[test]
    fn versions() {
        for version in ["0.1.0", "1.0.0-rc.1", "10.20.30+build"] {
            assert_eq!(check_version(version), Ok(()), "{version}");
        }
        for version in
            ["", "1", "1.0", "1.0.0.0", "01.0.0", "+1.0.0", "1.0.0-", "1.0.0 ", "1.0.0-\"", "a.b.c"]
        {
            assert!(check_version(version).is_err(), "{version}");
        }
    }
}
