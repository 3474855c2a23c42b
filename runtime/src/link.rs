//! Links in answers: where they lead, and whether one may go there.

use http::HeaderMap;
use http::header::LINK;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The target of the link with `rel="next"`, RFC 8288.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    // Some services do not encode the letters of their links.
    let text = |value| std::str::from_utf8(value).ok();
    let values = headers.get_all(LINK).iter().filter_map(|value| text(value.as_bytes()));
    values.flat_map(links).find(|link| link.is_next).map(|link| link.target.to_owned())
}

struct Link<'a> {
    target: &'a str,
    is_next: bool,
}

/// The links of one header; what cannot be read ends the list.
fn links(header: &str) -> Vec<Link<'_>> {
    let (mut found, mut rest) = (Vec::new(), header);
    while let Some((target, after)) = rest
        .trim_start_matches([' ', '\t', ','])
        .strip_prefix('<')
        .and_then(|at| at.split_once('>'))
    {
        let mut link = Link { target: target.trim(), is_next: false };
        let mut has_rel = false;
        rest = after.trim_start();
        while let Some(parameter) = rest.strip_prefix(';') {
            let end = parameter.find(['=', ';', ',']).unwrap_or(parameter.len());
            let (name, after) = parameter.split_at(end);
            let (value, after) = match after.strip_prefix('=') {
                Some(value) => self::value(value.trim_start()),
                None => ("", after),
            };
            // Only the first one counts.
            if name.trim().eq_ignore_ascii_case("rel") && !has_rel {
                has_rel = true;
                let mut types = value.split_ascii_whitespace();
                link.is_next = types.any(|one| one.eq_ignore_ascii_case("next"));
            }
            rest = after.trim_start();
        }
        found.push(link);
    }
    found
}

/// The value of a parameter, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (value, rest) = text.split_at(text.find([';', ',']).unwrap_or(text.len()));
        return (value.trim(), rest);
    };
    let mut escaped = false;
    let end = quoted.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    match end {
        Some(end) => (&quoted[..end], &quoted[end + 1..]),
        None => (quoted, ""),
    }
}

/// Resolves a link that stands in the answer from `url` and checks that it leads to one of the
/// servers. Whatever is sent there carries credentials.
pub(crate) fn resolve<'a>(
    url: &str,
    link: &str,
    servers: impl Iterator<Item = &'a str>,
) -> Result<String, String> {
    let link = link.split('#').next().unwrap_or_default().trim();
    if link.is_empty() || link.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\')
    {
        return Err("the link is no address".to_owned());
    }
    let absolute = join(url, link);
    let target = origin(&absolute);
    if !servers.map(origin).any(|server| server.is_some() && server == target) {
        // The rest may hold secrets.
        return Err("the link leads to another server".to_owned());
    }
    let absolute = normal(&absolute);
    if absolute.parse::<http::Uri>().is_err() {
        return Err("the link is no address".to_owned());
    }
    Ok(absolute)
}

/// What HTTP libraries encode in paths, some of them; and in queries.
const IN_PATHS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'^').add(b'`').add(b'{').add(b'}');
const IN_QUERIES: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\'');

/// The address in the form that every HTTP library sends, of those that mean the same.
fn normal(url: &str) -> String {
    let (origin, target) = url.split_at(origin_len(url));
    let (path, query) = target.split_once('?').map_or((target, None), |(a, b)| (a, Some(b)));
    let mut normal = origin.to_owned();
    normal.extend(utf8_percent_encode(&without_dots(path), IN_PATHS));
    if let Some(query) = query {
        normal.push('?');
        normal.extend(utf8_percent_encode(query, IN_QUERIES));
    }
    normal
}

/// A path without segments that stand for its own folder or the one above.
fn without_dots(path: &str) -> String {
    let (mut kept, mut segments) = (Vec::new(), path.split('/').peekable());
    while let Some(segment) = segments.next() {
        let dots = match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "." => 1,
            ".." => 2,
            _ => 0,
        };
        // What is before the first slash stays.
        if dots == 2 && kept.len() > 1 {
            kept.pop();
        }
        match dots {
            0 => kept.push(segment),
            _ if segments.peek().is_none() => kept.push(""),
            _ => {}
        }
    }
    kept.join("/")
}

/// What `link` means in an answer from `from`, which may itself be relative to something.
pub(crate) fn join(from: &str, link: &str) -> String {
    let (scheme, rest) = match from.find("://") {
        Some(at) if !from[..at].contains(['/', '?']) => from.split_at(at + 1),
        _ => ("", from),
    };
    let authority_len = rest.strip_prefix("//").map_or(0, |after| {
        rest.len() - after.len() + after.find(['/', '?']).unwrap_or(after.len())
    });
    let (authority, path) = rest.split_at(authority_len);
    let path = path.split('?').next().unwrap_or_default();
    if has_scheme(link) {
        link.to_owned()
    } else if link.starts_with("//") {
        format!("{scheme}{link}")
    } else if link.starts_with('/') {
        format!("{scheme}{authority}{link}")
    } else if link.starts_with('?') {
        format!("{scheme}{authority}{path}{link}")
    } else {
        let folder = path.rfind('/').map_or("", |at| &path[..=at]);
        let folder = if folder.is_empty() && !authority.is_empty() { "/" } else { folder };
        format!("{scheme}{authority}{folder}{link}")
    }
}

/// Whether what a link means depends on the path of the answer it stands in.
pub(crate) fn is_relative_to_path(link: &str) -> bool {
    let link = link.trim();
    !has_scheme(link) && !link.starts_with('/')
}

fn has_scheme(link: &str) -> bool {
    link.find([':', '/', '?']).is_some_and(|at| link[at..].starts_with(':'))
}

/// The same link without the parameters of its query for which `is_left_out` holds.
pub(crate) fn without(link: &str, is_left_out: impl Fn(&str) -> bool) -> String {
    let (rest, fragment) = match link.find('#') {
        Some(at) => link.split_at(at),
        None => (link, ""),
    };
    let Some((path, query)) = rest.split_once('?') else { return link.to_owned() };
    let name = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default().replace('+', " ");
        percent_encoding::percent_decode_str(&name).decode_utf8_lossy().into_owned()
    };
    let kept: Vec<_> = query.split('&').filter(|pair| !is_left_out(&name(pair))).collect();
    let question = if kept.is_empty() { "" } else { "?" };
    format!("{path}{question}{}{fragment}", kept.join("&"))
}

/// Scheme, host and port in one form; `None` if there is more to it.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let authority = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let default = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let authority = authority.strip_suffix(default).unwrap_or(&authority);
    (!authority.is_empty() && !authority.contains('@')).then(|| format!("{scheme}://{authority}"))
}

/// Length of scheme and authority.
pub(crate) fn origin_len(url: &str) -> usize {
    let start = url.find("://").map_or(0, |at| at + 3);
    url[start..].find(['/', '?']).map_or(url.len(), |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use proptest::prelude::*;

    fn next_of(values: &[&str]) -> Option<String> {
        let values = values.iter().map(|value| (LINK, HeaderValue::from_str(value).unwrap()));
        next(&values.collect())
    }

    #[test]
    fn parameters_are_left_out() {
        for (link, wanted) in [
            ("https://e.com/a?key=s&page=2", "https://e.com/a?page=2"),
            ("/a?page=2&key=s#top", "/a?page=2#top"),
            ("/a?page=2&k%65y=s&key", "/a?page=2"),
            ("?key=s", ""),
            ("/key=s", "/key=s"),
            ("/a?keys=1&Key=2", "/a?keys=1&Key=2"),
            ("/a#?key=s", "/a#?key=s"),
        ] {
            assert_eq!(without(link, |name| name == "key"), wanted, "{link}");
        }
    }

    #[test]
    fn the_next_link_is_found() {
        for header in [
            r#"<https://e.com/?a=1,2>; rel="next""#,
            r#"<https://e.com/1>; rel="prev", <https://e.com/?a=1,2>; rel="next last""#,
            r#"<https://e.com/1>; title="a, <b>; rel=\"next\""; rel=prev,<https://e.com/?a=1,2>;rel=NEXT"#,
            r#"<https://e.com/?a=1,2> ; REL = "next" ; title=x"#,
            r#", <https://e.com/?a=1,2>; flag; rel=next"#,
        ] {
            assert_eq!(next_of(&[header]).as_deref(), Some("https://e.com/?a=1,2"), "{header}");
        }
        let second = next_of(&["<a>; rel=first", "<b>; rel=next"]);
        assert_eq!(second.as_deref(), Some("b"));
        for header in
            ["", "<a>", "<a>; rel=prev; rel=next", "a; rel=next", "<a; rel=next", "<a>; rel=nexts"]
        {
            assert_eq!(next_of(&[header]), None, "{header}");
        }
    }

    #[test]
    fn links_lead_to_servers_only() {
        let servers = ["https://e.com/api", "https://other.example.com:8443"];
        let at = |link: &str| resolve("https://e.com/api/items?a=1", link, servers.into_iter());
        for (link, wanted) in [
            ("?page=2", "https://e.com/api/items?page=2"),
            ("/x?page=2#top", "https://e.com/x?page=2"),
            ("more/2", "https://e.com/api/more/2"),
            ("//e.com/2", "https://e.com/2"),
            ("https://E.com:443/2", "https://E.com:443/2"),
            ("https://other.example.com:8443/2", "https://other.example.com:8443/2"),
            ("?url=https://x", "https://e.com/api/items?url=https://x"),
            ("../x", "https://e.com/x"),
            ("./x/./y/%2E%2e/z/..", "https://e.com/api/x/"),
            ("/../../x/.?a=/../b", "https://e.com/x/?a=/../b"),
            ("/ü/{x}?a=ü'%20", "https://e.com/%C3%BC/%7Bx%7D?a=%C3%BC%27%20"),
            ("https://e.com", "https://e.com"),
            ("HTTPS://e.com?a=1", "HTTPS://e.com?a=1"),
        ] {
            assert_eq!(at(link).as_deref(), Ok(wanted), "{link}");
        }
        for link in [
            "http://e.com/2",
            "https://e.com.evil.example/2",
            "https://e.com@evil.example/2",
            "https://user@e.com/2",
            "https://e.com:8443/2",
            "https://other.example.com/2",
            "//evil.example/2",
            "javascript:alert(1)",
            "https:/e.com",
            "\\\\evil.example/2",
            "https://e.com\\@evil.example/",
            "/a b",
            "",
            "#top",
        ] {
            assert!(at(link).is_err(), "{link}");
        }
    }

    #[test]
    fn links_follow_links() {
        for (from, link, wanted) in [
            ("https://e.com", "a", "https://e.com/a"),
            ("https://e.com/x?k=1", "?k=2", "https://e.com/x?k=2"),
            ("/x/y?k=1", "z", "/x/z"),
            ("/x?k=1", "?k=2", "/x?k=2"),
            ("?k=1", "?k=2", "?k=2"),
            ("y?k=1", "z", "z"),
            ("//e.com/x", "/y", "//e.com/y"),
            ("/x?to=https://e.com", "?k=2", "/x?k=2"),
            ("https://e.com/x", "//f.com/y", "https://f.com/y"),
        ] {
            assert_eq!(join(from, link), wanted, "{from} {link}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = links(&text);
            if let Ok(url) = resolve("https://e.com/a", &text, ["https://e.com"].into_iter()) {
                prop_assert!(origin(&url) == origin("https://e.com"));
                prop_assert!(origin_len(&url) <= url.len());
            }
        }
    }
}
