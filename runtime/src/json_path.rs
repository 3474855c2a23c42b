//! Where in a JSON text an error is, as a path like `$.history[0].statusCode`.
//!
//! serde_json says line and column. Keeping a path while reading would cost every good answer, so
//! the text is walked again when there is an error, up to the byte that was meant.

use std::fmt::Write;

/// Longest part of a member's name that is shown.
const MAX_NAME: usize = 64;

/// The path of an error of serde_json in `body`. `message` is its text without the position.
pub(crate) fn of_error(body: &[u8], error: &serde_json::Error, message: &str) -> String {
    let read = bytes_read(body, error.line(), error.column());
    let opener = match message {
        _ if message.starts_with("invalid type: map") => Some(b'{'),
        _ if message.starts_with("invalid type: sequence") => Some(b'['),
        _ => None,
    };
    let last = read.saturating_sub(1);
    // An object or list in the place of something else is mostly refused before its bracket is
    // read: then it is what follows.
    if let Some(opener) = opener {
        let blank = |byte: &&u8| byte.is_ascii_whitespace();
        let next = read + body.iter().skip(read).take_while(blank).count();
        let place = if body.get(next) == Some(&opener) { next } else { last };
        return walk(body, place).0;
    }
    if error.is_eof() {
        return walk(body, body.len()).0;
    }
    // Half a number or word is noticed at the byte behind it.
    if matches!(message, "invalid number" | "expected ident") {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"}],".contains(byte);
        let behind = body.get(last).is_some_and(ends);
        return walk(body, if behind { last.saturating_sub(1) } else { last }).0;
    }
    let (path, parent) = walk(body, last);
    let closes = matches!(body.get(last), Some(b'}'));
    // A missing member is a fault of the object around the place where it was noticed.
    if message.starts_with("missing ") && !closes { parent } else { path }
}

/// The path of what stands at a place of `body`.
pub(crate) fn at(body: &[u8], place: usize) -> String {
    walk(body, place).0
}

/// The byte at which an error of serde_json was noticed, counted from 0.
pub(crate) fn byte_of(body: &[u8], error: &serde_json::Error) -> usize {
    bytes_read(body, error.line(), error.column()).saturating_sub(1)
}

/// How many bytes serde_json had read at a line, counted from 1, and after a number of bytes of it.
fn bytes_read(body: &[u8], line: usize, column: usize) -> usize {
    let breaks = body.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match line.checked_sub(2) {
        Some(before) => breaks.map(|(place, _)| place + 1).nth(before).unwrap_or(body.len()),
        None => 0,
    };
    start + column
}

/// A container that is open at some place of the text.
enum Frame<'a> {
    /// The quoted name of the current member, once it was read.
    Object(Option<&'a [u8]>),
    /// The place of the current item.
    List(usize),
}

/// The path of the deepest value that covers the byte at `target`, and of the container around it.
///
/// Blanks, commas and brackets belong to the container they stand in. A text that ends before
/// `target` gives the place where it ends. Nothing here asks for the text to be valid.
fn walk(body: &[u8], target: usize) -> (String, String) {
    let mut frames: Vec<Frame<'_>> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        let end = match byte {
            b'"' => at + string_len(&body[at..]),
            b'{' | b'}' | b'[' | b']' | b',' | b':' => at + 1,
            byte if byte.is_ascii_whitespace() => at + 1,
            _ => at + scalar_len(&body[at..]),
        };
        let covers = target < end;
        match byte {
            b'{' | b'[' => {
                let frame = if byte == b'{' { Frame::Object(None) } else { Frame::List(0) };
                if covers {
                    return (render(&frames, true), render(&frames, false));
                }
                frames.push(frame);
            }
            b'}' | b']' => {
                if covers {
                    return container(&frames);
                }
                frames.pop();
            }
            b',' => {
                if covers {
                    return container(&frames);
                }
                match frames.last_mut() {
                    Some(Frame::List(place)) => *place += 1,
                    Some(Frame::Object(name)) => *name = None,
                    None => {}
                }
            }
            b'"' if matches!(frames.last(), Some(Frame::Object(None))) => {
                if covers {
                    return container(&frames);
                }
                if let Some(Frame::Object(name)) = frames.last_mut() {
                    *name = Some(&body[at..end]);
                }
            }
            b':' => {}
            byte if byte.is_ascii_whitespace() => {
                if covers {
                    return container(&frames);
                }
            }
            _ => {
                if covers {
                    return (render(&frames, true), render(&frames, false));
                }
            }
        }
        at = end;
    }
    (render(&frames, true), render(&frames, false))
}

/// The paths of the innermost open container and of the one around it.
fn container(frames: &[Frame<'_>]) -> (String, String) {
    let outer = &frames[..frames.len().saturating_sub(1)];
    (render(outer, true), render(outer, false))
}

/// The path that the frames lead to; without the step of the last one unless `whole`.
fn render(frames: &[Frame<'_>], whole: bool) -> String {
    let shown = if whole { frames.len() } else { frames.len().saturating_sub(1) };
    let mut path = "$".to_owned();
    for frame in &frames[..shown] {
        match frame {
            Frame::List(place) => {
                let _ = write!(path, "[{place}]");
            }
            Frame::Object(Some(quoted)) => {
                let name = serde_json::from_slice::<String>(quoted);
                push_name(
                    &mut path,
                    &name.unwrap_or_else(|_| {
                        String::from_utf8_lossy(quoted).trim_matches('"').to_owned()
                    }),
                );
            }
            Frame::Object(None) => {}
        }
    }
    path
}

/// Appends a step to a member.
pub(crate) fn push_name(path: &mut String, name: &str) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    if name.chars().all(is_word)
        && name.len() <= MAX_NAME
        && name.chars().next().is_some_and(|first| !first.is_numeric())
    {
        path.push('.');
        path.push_str(name);
        return;
    }
    path.push_str("['");
    for c in name.chars().take(MAX_NAME) {
        match c {
            '\'' | '\\' => path.extend(['\\', c]),
            c if c.is_control() => path.extend(c.escape_default()),
            c => path.push(c),
        }
    }
    path.push_str(if name.chars().count() > MAX_NAME { "…']" } else { "']" });
}

/// Length of the string at the beginning, with its quotes; up to the end if it is not closed.
fn string_len(text: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

/// Length of the number, word or rubbish at the beginning; at least one byte.
fn scalar_len(text: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"{}[],:\"".contains(byte);
    text.iter().skip(1).position(ends).map_or(text.len(), |place| place + 1)
}

#[cfg(test)]
mod tests {
    use crate::decode::json;
    use crate::{Map, Optional, Required};
    use proptest::prelude::*;

    #[derive(Debug)]
    struct Outer {
        history: Vec<Inner>,
        map: Option<Map<Inner>>,
    }

    #[derive(Debug)]
    struct Inner {
        code: i32,
        text: Option<String>,
        inner: Option<Box<Inner>>,
    }

    crate::object! { Outer { history: Required = "history", map: Optional = "map" } }
    crate::object! {
        Inner { code: Required = "code", text: Optional = "text", inner: Optional = "inner" }
    }

    // Named so that the kinds above are what the macro takes, whatever is in scope.
    const _: (Option<Required>, Option<Optional>) = (None, None);

    fn outer(body: &str) -> String {
        let read = json::<Outer>(body.as_bytes());
        assert!(read.as_ref().is_ok_and(|o| o.history.len() < 99) || read.is_err());
        read.unwrap_err().to_string()
    }

    fn inner(members: &str) -> String {
        // The same text compact, spaced and over several lines.
        let spaced = members.replace(':', " : ").replace(',', " , ").replace('[', "[ ");
        let error = outer(&format!(r#"{{"history":[{{"code":1}},{members}]}}"#));
        let error = without_byte(&error).to_owned();
        for text in [
            format!(r#"{{ "history" : [ {{ "code" : 1 }} , {spaced} ] }}"#),
            format!("{{\n\"history\":\n[\n{{\"code\":1}},\n{}\n]\n}}\n", spaced.replace(' ', "\n")),
        ] {
            assert_eq!(without_byte(&outer(&text)), error, "{text}");
        }
        error
    }

    /// Of the same text in another layout.
    fn without_byte(error: &str) -> &str {
        error.split_once(", at byte ").map_or(error, |(error, _)| error)
    }

    #[test]
    fn scalars() {
        for (members, wanted) in [
            (r#"{"code":"x"}"#, "at `$.history[1].code`: expected i32, found text"),
            (r#"{"code":null}"#, "at `$.history[1].code`: expected i32, found null"),
            (r#"{"code":true}"#, "at `$.history[1].code`: expected i32, found a boolean"),
            (r#"{"code":1.5}"#, "at `$.history[1].code`: expected i32, found a number"),
            (
                r#"{"code":99999999999}"#,
                "at `$.history[1].code`: expected i32, found another number",
            ),
            (r#"{"code":{"a":1}}"#, "at `$.history[1].code`: expected i32, found an object"),
            (r#"{"code":[1]}"#, "at `$.history[1].code`: expected i32, found a list"),
            (r#"{"code":[[1]]}"#, "at `$.history[1].code`: expected i32, found a list"),
            (r#"{"code":[]}"#, "at `$.history[1].code`: expected i32, found a list"),
            (r#"{"code":1,"text":5}"#, "at `$.history[1].text`: expected a string, found a number"),
            (
                r#"{"code":1,"text":{}}"#,
                "at `$.history[1].text`: expected a string, found an object",
            ),
            (
                r#"{"text":"a\"}{","code":-"#,
                "at `$.history[1].code`: not valid JSON: invalid number",
            ),
        ] {
            assert_eq!(inner(members), wanted, "{members}");
        }
    }

    #[test]
    fn missing_members() {
        for (members, wanted) in [
            (r#"{}"#, "at `$.history[1]`: missing member `code` of `Inner`"),
            (r#"{"text":"a"}"#, "at `$.history[1]`: missing member `code` of `Inner`"),
            (
                r#"{"text":"a","x":{"y":[1]}}"#,
                "at `$.history[1]`: missing member `code` of `Inner`",
            ),
            (
                r#"{"code":1,"inner":{"text":"b"}}"#,
                "at `$.history[1].inner`: missing member `code` of `Inner`",
            ),
            (
                r#"{"inner":{"code":1},"text":null}"#,
                "at `$.history[1]`: missing member `code` of `Inner`",
            ),
        ] {
            assert_eq!(inner(members), wanted, "{members}");
        }
        assert_eq!(outer("{}"), "at `$`: missing member `history` of `Outer`");
        assert_eq!(outer(" { } "), "at `$`: missing member `history` of `Outer`");
    }

    #[test]
    fn objects_in_place_of_lists_and_the_reverse() {
        for (body, wanted) in [
            ("[]", "at `$`: expected an object (`Outer`), found a list"),
            ("[[]]", "at `$`: expected an object (`Outer`), found a list"),
            ("5", "at `$`: expected an object (`Outer`), found a number"),
            ("\"secret\"", "at `$`: expected an object (`Outer`), found text"),
            (r#"{"history":{}}"#, "at `$.history`: expected a sequence, found an object"),
            (
                r#"{"history":[{"code":1},[]]}"#,
                "at `$.history[1]`: expected an object (`Inner`), found a list",
            ),
            (
                r#"{"history":[[]]}"#,
                "at `$.history[0]`: expected an object (`Inner`), found a list",
            ),
            (
                r#"{"history":["secret"]}"#,
                "at `$.history[0]`: expected an object (`Inner`), found text",
            ),
        ] {
            assert_eq!(outer(body), wanted, "{body}");
        }
    }

    #[test]
    fn names() {
        for (name, shown) in [
            ("a", ".a"),
            ("größe", ".größe"),
            ("x-y", "['x-y']"),
            ("", "['']"),
            ("1a", "['1a']"),
            (r"\u00e4\n", r"['ä\n']"),
            (r#"\"q\""#, "['\"q\"']"),
            ("it's", r"['it\'s']"),
            ("a.b", "['a.b']"),
        ] {
            let body = format!(
                r#"{{"history":[],"map":{{"first":{{"code":1}},"{name}":{{"code":"x"}}}}}}"#
            );
            assert_eq!(outer(&body), format!("at `$.map{shown}.code`: expected i32, found text"));
        }
        let long = format!(r#"{{"history":[],"map":{{"{}":1}}}}"#, "ü-".repeat(500));
        assert!(outer(&long).len() < 250);
    }

    #[test]
    fn text_that_ends_early() {
        for (body, path) in [
            ("{", "$"),
            (r#"{"history""#, "$.history"),
            (r#"{"history":"#, "$.history"),
            (r#"{"history":[{"code":1},{"code"#, "$.history[1].code"),
            (r#"{"history":[{"code":1},{"code":"#, "$.history[1].code"),
            (r#"{"history":[{"code":1},{"code":1,"text":"abc"#, "$.history[1].text"),
            (r#"{"history":[{"code":1}"#, "$.history[0]"),
        ] {
            let wanted = format!("at `{path}`: the JSON ended early, at byte {}", body.len());
            assert_eq!(outer(body), wanted, "{body}");
        }
    }

    #[test]
    fn rubbish() {
        assert_eq!(outer("<html>"), "at `$`: not valid JSON: expected value, at byte 0");
        assert_eq!(outer("\n\n  <html>"), "at `$`: not valid JSON: expected value, at byte 4");
        let behind = "at `$`: not valid JSON: trailing characters, at byte 15";
        assert_eq!(outer(r#"{"history":[]} x"#), behind);
        let error = json::<Outer>(b"{\"history\":[\xff]}").unwrap_err().to_string();
        assert_eq!(error, "at `$.history[0]`: not valid JSON: no UTF-8, at byte 12");
        assert!(outer(r#"{"history":[{"code":tru}]}"#).starts_with("at `$.history[0].code`"));
        assert!(outer(r#"{"history":[{"code":1}{}]}"#).starts_with("at `$.history"));
    }

    #[test]
    fn values_of_the_body_are_never_shown() {
        for body in [
            r#"{"history":["secret, expected secret"]}"#,
            r#"{"history":[{"code":"secret"}]}"#,
            r#"{"history":"secret"}"#,
            r#""secret at line 5""#,
        ] {
            assert!(!outer(body).contains("secret"), "{body}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(body in any::<Vec<u8>>(), near in "[]{}\\[:,\"a1 \\\\-]{0,40}", at in 0_usize..50) {
            let _ = json::<Outer>(&body);
            let _ = json::<Outer>(near.as_bytes());
            let _ = json::<Map<serde_json::Value>>(near.as_bytes());
            let _ = super::walk(near.as_bytes(), at);
        }
    }
}
