//! Placeholders of paths as other languages write them: frameworks, shells, Postman, URI templates.

/// Signs around the name of a placeholder, of which none is sent.
const AROUND: [(&str, &str); 7] =
    [("{{", "}}"), ("${", "}"), ("#{", "}"), ("%{", "}"), ("{", "}"), ("<", ">"), ("[", "]")];

/// A path with placeholders of another language, written in this one.
pub(super) struct Foreign<'p> {
    /// The first of them.
    pub(super) part: &'p str,
    /// Its name.
    pub(super) name: &'p str,
    /// The whole path.
    pub(super) path: String,
    /// Those that are written as what may hold slashes.
    pub(super) in_steps: Vec<&'p str>,
}

/// The path as it is meant, if a placeholder of another language is in it.
pub(super) fn foreign(path: &str) -> Option<Foreign<'_>> {
    let mut first: Option<(&str, &str)> = None;
    let mut in_steps = Vec::new();
    let mut written = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(c) = path[at..].chars().next() {
        let rest = &path[at..];
        let begins = written.ends_with('/');
        let found = marked(rest).filter(|_| begins).or_else(|| enclosed(rest));
        match found {
            Some((part, name)) => {
                if !is_ours(part, name) && first.is_none() {
                    first = Some((part, name));
                }
                if holds_slashes(part, name) {
                    in_steps.push(name);
                }
                // `{/id}` brings its slash along.
                if part.starts_with("{/") {
                    written.push('/');
                }
                written.push('{');
                written.push_str(name);
                written.push('}');
                at += part.len();
            }
            None => {
                written.push(c);
                at += c.len_utf8();
            }
        }
    }
    first.map(|(part, name)| Foreign { part, name, path: written, in_steps })
}

/// `{+path}`, `{path*}`, `*path`, `[...path]`, `{path...}`, `<path:file>` and `{file:path}`: what may hold slashes elsewhere.
fn holds_slashes(part: &str, name: &str) -> bool {
    let start = name.as_ptr() as usize - part.as_ptr() as usize;
    let signs = [&part[..start], &part[start + name.len()..]].concat();
    let inside = signs.trim_matches(|c| "{}<>[]$#% ".contains(c));
    matches!(
        inside,
        "+" | "*" | "**" | "..." | "path:" | ":path" | ":.*" | ":.+" | "=**" | ":*" | ":**"
    )
}

fn is_ours(part: &str, name: &str) -> bool {
    part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(name)
}

/// `:id` and `*path`, at the beginning of a part of the path.
fn marked(rest: &str) -> Option<(&str, &str)> {
    let bare = rest.strip_prefix([':', '*'])?;
    let length = bare.find(|c: char| !is_letter(c)).unwrap_or(bare.len());
    let name = bare[..length].trim_end_matches('-');
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        .then(|| (&rest[..=name.len()], name))
        .map(|(part, name)| match bare[name.len()..].starts_with('?') {
            // `:id?` may be missing.
            true => (&rest[..=part.len()], name),
            false => (part, name),
        })
}

/// `{{id}}`, `<int:id>`, `{id:int}` and the like. A query of a URI template is no placeholder.
fn enclosed(rest: &str) -> Option<(&str, &str)> {
    let (open, close) = AROUND.iter().find(|(open, _)| rest.starts_with(open))?;
    let inner = &rest[open.len()..];
    let inner = &inner[..inner.find(close)?];
    let inside = inner.strip_prefix('/').filter(|_| *open == "{").unwrap_or(inner);
    let name = inside.trim().trim_start_matches(['+', ':', '*']).trim_start_matches("...");
    let name = match (*open, name.split_once(':')) {
        ("<", Some((_, name))) | (_, Some((name, _))) => name,
        (_, None) => name,
    };
    let name = name.trim_end_matches("=**").trim_end_matches("...");
    let name = name.trim_end_matches(['*', '?', '+']).trim();
    let plain = !name.is_empty() && name.chars().all(|c| is_letter(c) || "[]$.".contains(c));
    plain.then(|| (&rest[..open.len() + inner.len() + close.len()], name))
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// The first `%` that begins no two digits of percent-encoding.
pub(super) fn bare_percent(path: &str) -> Option<&str> {
    let (at, _) = path.match_indices('%').find(|(at, _)| {
        let digits = path.as_bytes().get(at + 1..at + 3);
        !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })?;
    let end = path[at + 1..].chars().next().map_or(0, char::len_utf8);
    Some(&path[at..at + 1 + end])
}

/// A part of a path that may be missing, as Rails writes it: `(.:format)`, `(/:page)`.
pub(super) fn optional(path: &str) -> Option<&str> {
    let open = path.find("(.").or_else(|| path.find("(/")).or_else(|| path.find("(:"))?;
    let close = path[open..].find(')')?;
    Some(&path[open..=open + close])
}

/// `a=1&b={b}`, and `status,since}` of a URI template, as the parameters that they stand for.
pub(super) fn query(text: &str) -> Option<String> {
    if let Some(names) = text.strip_suffix('}').filter(|names| !names.contains(['=', '{', '&'])) {
        let plain = |name: &str| !name.is_empty() && name.chars().all(is_letter);
        let names: Vec<&str> = names.split(',').map(|it| it.trim_end_matches('*')).collect();
        let each: Vec<String> = names.iter().map(|name| format!("{name}?: string")).collect();
        let fits = names.iter().all(|name| plain(name));
        return fits.then(|| format!("query: {{ {} }}", each.join(", ")));
    }
    let pairs: Option<Vec<String>> = text.split('&').map(pair).collect();
    pairs.map(|pairs| format!("query: {{ {} }}", pairs.join(", ")))
}

fn pair(text: &str) -> Option<String> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let plain = |text: &str| !text.is_empty() && text.chars().all(is_letter);
    if !plain(name) {
        return None;
    }
    Some(if plain(value) {
        format!("{name}: {{ const: {value} }}")
    } else {
        format!("{name}: string")
    })
}

#[cfg(test)]
mod tests {
    use super::{foreign, query};

    #[test]
    fn placeholders_of_other_languages_are_known() {
        let cases = [
            ("/a/:id", "/a/{id}"),
            ("/a/:id/b/:b_c", "/a/{id}/b/{b_c}"),
            ("/a/:id.json", "/a/{id}.json"),
            ("/a/:id?", "/a/{id}"),
            ("/a/*path", "/a/{path}"),
            ("/a/{{id}}", "/a/{id}"),
            ("/a/${id}/b", "/a/{id}/b"),
            ("/a/#{id}", "/a/{id}"),
            ("/a/<id>", "/a/{id}"),
            ("/a/<int:id>", "/a/{id}"),
            ("/a/[id]", "/a/{id}"),
            ("/a/[...path]", "/a/{path}"),
            ("/a/{ id }", "/a/{id}"),
            ("/a/{id:int}", "/a/{id}"),
            ("/a/{id:[0-9]+}", "/a/{id}"),
            ("/a/{+path}", "/a/{path}"),
            ("/a/{path+}", "/a/{path}"),
            ("/a{/id}", "/a/{id}"),
            ("/a/{id?}", "/a/{id}"),
            ("/a/{id}/:b", "/a/{id}/{b}"),
        ];
        for (path, meant) in cases {
            assert_eq!(foreign(path).map(|it| it.path).as_deref(), Some(meant), "{path}");
        }
    }

    #[test]
    fn what_may_hold_slashes_is_known() {
        for part in [
            "*p", "{+p}", "{p+}", "{p*}", "{*p}", "{**p}", "{p**}", "[...p]", "{p...}", "{...p}",
            "<path:p>", "{p:path}", "{p:.*}", "{p:.+}", "{p=**}", "${p*}",
        ] {
            let path = format!("/{{id}}/{part}");
            let found = foreign(&path).unwrap();
            assert_eq!(
                (found.in_steps.as_slice(), &*found.path),
                (&["p"][..], "/{id}/{p}"),
                "{part}"
            );
        }
        assert_eq!(foreign("/<path:a>/to/<path:b>").unwrap().in_steps, ["a", "b"]);
        for path in ["/:id", "/{id?}", "/<int:id>", "/{id:[0-9]+}", "/{{id}}", "/[id]", "/{ id }"] {
            assert!(foreign(path).unwrap().in_steps.is_empty(), "{path}");
        }
    }

    #[test]
    fn what_is_sent_stays() {
        for path in ["/a/{id}", "/a:batch", "/a/{a-b}.json", "/a/*", "/a/$metadata", "/a/{}", "/"] {
            assert!(foreign(path).is_none(), "{path}");
        }
    }

    #[test]
    fn queries_become_parameters() {
        let meant = "query: { a: { const: 1 }, b: string, c: string }";
        assert_eq!(query("a=1&b={b}&c").as_deref(), Some(meant));
        assert_eq!(query("a,b*}").as_deref(), Some("query: { a?: string, b?: string }"));
        assert_eq!(query("a b"), None);
    }
}
