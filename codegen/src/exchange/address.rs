//! What an address says: values of placeholders, and of a query.

use std::collections::BTreeSet;

use super::Cut;

/// A part of a route: a text, or a placeholder with what stands beside it.
enum Part<'r> {
    Text(&'r str),
    Open { before: &'r str, name: &'r str, after: &'r str, in_steps: bool },
}

impl<'r> Part<'r> {
    fn new(part: &'r str, in_steps: &BTreeSet<&str>) -> Self {
        let open = part.split_once('{').and_then(|(before, rest)| {
            let (name, after) = rest.split_once('}')?;
            Some(Self::Open { before, name, after, in_steps: in_steps.contains(name) })
        });
        open.unwrap_or(Self::Text(part))
    }

    /// Whether it is that one step of a path.
    fn is(&self, step: &str) -> bool {
        match self {
            Self::Text(text) => *text == step,
            Self::Open { before, after, .. } => {
                let value = step.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
                value.is_some_and(|value| !value.is_empty())
            }
        }
    }
}

/// How many parts times how many steps are looked at; no address that a server takes has as many.
const MOST: usize = 1 << 16;

/// The values of placeholders, if a path is one of the route. Those in `in_steps` may have slashes; of several ways to
/// fill them the first have the fewest steps.
pub(super) fn fill<'r, 'p>(
    route: &'r str,
    path: &'p str,
    in_steps: &BTreeSet<&str>,
) -> Option<Vec<(&'r str, &'p str)>> {
    let (of_route, of_path) = (route.split('/').count(), path.split('/').count());
    if of_route > of_path
        || in_steps.is_empty() && of_route < of_path
        || of_route.saturating_mul(of_path) > MOST
    {
        return None;
    }
    let parts: Vec<Part<'r>> = route.split('/').map(|part| Part::new(part, in_steps)).collect();
    let steps: Vec<&'p str> = path.split('/').collect();
    // From the last part on: whether these parts are those steps.
    let mut fits = vec![vec![false; steps.len() + 1]; parts.len() + 1];
    fits[parts.len()][steps.len()] = true;
    for (at, part) in parts.iter().enumerate().rev() {
        // Whether a value that has begun ends here or later.
        let mut ends = false;
        for (here, step) in steps.iter().enumerate().rev() {
            let rest = fits[at + 1][here + 1];
            let mut fit = rest && part.is(step);
            if let Part::Open { before, after, in_steps: true, .. } = part {
                fit |= ends && step.starts_with(before);
                ends |= rest && step.ends_with(after);
            }
            fits[at][here] = fit;
        }
    }
    let mut here = 0;
    let mut values = Vec::new();
    fits[0][0].then_some(())?;
    for (at, part) in parts.iter().enumerate() {
        let first = here;
        let is_end = |last: usize| match part {
            _ if !fits[at + 1][last + 1] => false,
            Part::Open { after, .. } if last > first => steps[last].ends_with(after),
            part => part.is(steps[last]),
        };
        let last = (first..steps.len()).find(|last| is_end(*last))?;
        if let Part::Open { before, name, after, .. } = part {
            let start = steps[first].as_ptr() as usize - path.as_ptr() as usize + before.len();
            let end = steps[last].as_ptr() as usize - path.as_ptr() as usize + steps[last].len();
            values.push((*name, path.get(start..end - after.len())?));
        }
        here = last + 1;
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

#[cfg(test)]
mod tests {
    use super::fill;

    fn filled(route: &str, path: &str) -> Option<String> {
        let in_steps = ["p", "q"].into_iter().collect();
        let values = fill(route, path, &in_steps)?;
        let each: Vec<String> =
            values.iter().map(|(name, value)| format!("{name}={value}")).collect();
        Some(each.join(" "))
    }

    #[test]
    fn values_are_found_in_paths() {
        for (route, path, values) in [
            ("/", "/", Some("")),
            ("/a/{x}", "/a/b", Some("x=b")),
            ("/a/{x}.{y}", "/a/b.c", None),
            ("/a/{x}.json", "/a/b.json", Some("x=b")),
            ("/a/{x}.json", "/a/.json", None),
            ("/a/{x}", "/a/b/c", None),
            ("/a/{x}", "/a/", None),
            ("/a/{p}", "/a/b/c", Some("p=b/c")),
            ("/a/{p}", "/a/b", Some("p=b")),
            ("/a/{p}", "/a/", None),
            ("/a/{p}", "/a", None),
            ("/a/{p}/{x}", "/a/b/c/d", Some("p=b/c x=d")),
            ("/a/{p}/tags/{q}", "/a/b/tags/c/tags/d", Some("p=b q=c/tags/d")),
            ("/a/{p}/tags/list", "/a/tags/list/tags/list", Some("p=tags/list")),
            ("/a/{p}.json", "/a/b.json/c.json", Some("p=b.json/c")),
            ("/a/v{p}.json", "/a/v1/c.json", Some("p=1/c")),
            ("/a/v{p}.json", "/a/1/c.json", None),
            ("/a/aa{p}aa", "/a/aaa", None),
        ] {
            assert_eq!(filled(route, path).as_deref(), values, "{route} {path}");
        }
    }
}
