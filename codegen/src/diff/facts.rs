//! What only the service sees of an item, in words: the debugging form of its facts without what is Rust about it.

/// The facts, in their order; empty for what there is none of. Tuples inside tuples are one list.
pub(super) fn of(facts: &impl std::fmt::Debug) -> Vec<String> {
    let text = format!("{facts:?}");
    let mut found = Vec::new();
    flatten(&text, &mut found);
    found
}

fn flatten(text: &str, found: &mut Vec<String>) {
    match text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        Some(inner) => parts(inner).into_iter().for_each(|part| flatten(part, found)),
        None => found.push(words(text)),
    }
}

/// Without `Some`, quotes, brackets and the names of types; a member without a value is left out.
fn words(text: &str) -> String {
    let inside = |open: &str, close: char| text.strip_prefix(open)?.strip_suffix(close);
    if matches!(text, "None" | "[]" | "{}" | "()" | "false") {
        return String::new();
    }
    if text.starts_with('"') {
        let inner = inside("\"", '"').unwrap_or_default();
        // An empty text is another thing than none.
        return match inner {
            "" => "\"\"".to_owned(),
            inner => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        };
    }
    if let Some(inner) = inside("Some(", ')') {
        return words(inner);
    }
    if let Some(inner) = inside("[", ']').or_else(|| inside("(", ')')).or_else(|| inside("{", '}'))
    {
        return list(inner);
    }
    if text.ends_with([')', '}'])
        && let Some(open) = text.find(['(', '{'])
    {
        let name = text[..open].trim_end();
        let inner = list(&text[open + 1..text.len() - 1]);
        // Members say by themselves what they are about.
        return match (&text[open..=open], inner.is_empty()) {
            (_, true) => name.to_lowercase(),
            ("{", false) => inner,
            _ => format!("{} {inner}", name.to_lowercase()),
        };
    }
    match text.starts_with(|c: char| c.is_ascii_uppercase()) {
        true => text.to_lowercase(),
        false => text.to_owned(),
    }
}

/// Several values, or the members of one.
fn list(text: &str) -> String {
    let member = |part: &str| match part.split_once(": ").filter(|(name, _)| is_name(name)) {
        // Where something stands in a specification is nothing that the service sees.
        Some(("span", _)) => String::new(),
        Some((name, value)) => match words(value) {
            value if value.is_empty() => value,
            value => format!("{name} {value}"),
        },
        None => words(part),
    };
    let found: Vec<String> =
        parts(text).into_iter().map(member).filter(|part| !part.is_empty()).collect();
    found.join(", ")
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// What stands between commas, those inside brackets and quotes excepted.
fn parts(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_u32);
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = text[start..].trim();
    found.extend((!last.is_empty()).then_some(last));
    found
}

#[cfg(test)]
mod tests {
    use super::of;

    #[derive(Debug)]
    #[expect(dead_code, reason = "seen by its debugging form")]
    enum Place {
        Query,
        Named(&'static str),
        Held { min: Option<u32>, max: Option<u32> },
    }

    #[test]
    fn facts_are_words() {
        let facts = ((Place::Query, "a, \"b\""), None::<u8>, Some(7), ["x", "y"], true);
        assert_eq!(of(&facts), ["query", "a, \"b\"", "", "7", "x, y", "true"]);
        let facts = (Place::Named("k"), Place::Held { min: None, max: Some(3) });
        assert_eq!(of(&facts), ["named k", "max 3"]);
        assert_eq!(of(&"all"), ["all"]);
        assert_eq!(of(&(Some(""), None::<&str>)), ["\"\"", ""]);
    }
}
