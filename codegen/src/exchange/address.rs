//! What an address says: values of placeholders, and of a query.

use super::Cut;

/// The values of placeholders, if a path is one of the route.
pub(super) fn fill<'r, 'p>(route: &'r str, path: &'p str) -> Option<Vec<(&'r str, &'p str)>> {
    let (parts, found) = (route.split('/'), path.split('/'));
    if parts.clone().count() != found.clone().count() {
        return None;
    }
    let mut values = Vec::new();
    for (part, found) in parts.zip(found) {
        match part.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            Some((before, (name, after))) => {
                let value = found.strip_prefix(before)?.strip_suffix(after)?;
                (!value.is_empty()).then(|| values.push((name, value)))?;
            }
            None if part == found => {}
            None => return None,
        }
    }
    Some(values)
}

/// `a=1&b=2`
pub(super) fn pairs<'c>(cut: &'c Cut<'c>) -> impl Iterator<Item = (Cut<'c>, Cut<'c>)> {
    let mut at = 0;
    cut.text.split('&').filter_map(move |pair| {
        let start = at;
        at += pair.len() + 1;
        let equals = pair.find('=').unwrap_or(pair.len());
        let value = (equals + 1).min(pair.len());
        (!pair.is_empty())
            .then(|| (cut.part(start, start + equals), cut.part(start + value, start + pair.len())))
    })
}

/// A text without percent encoding; what is encoded wrongly stays as it is. In pairs `plus` is a space.
pub(super) fn decoded(text: &str, plus: bool) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        let digits = more.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (first, digits.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &more[2..];
            }
            (b'+', _) if plus => {
                bytes.push(b' ');
                rest = more;
            }
            _ => {
                bytes.push(*first);
                rest = more;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
