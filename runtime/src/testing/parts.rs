//! Bodies in parts, as they were sent.

use super::seen::same_json;
use std::fmt;

/// A part of a body.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) filename: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) content: Vec<u8>,
}

impl Part {
    /// Whether this is the other part; of JSON counts what it means.
    pub(super) fn is(&self, other: &Self) -> bool {
        let text = |part: &Self| String::from_utf8_lossy(&part.content).into_owned();
        let is_json = self.content_type.as_deref() == Some("application/json");
        let content =
            self.content == other.content || is_json && same_json(&text(self), &text(other));
        let head =
            |part: &Self| (part.name.clone(), part.filename.clone(), part.content_type.clone());
        content && head(self) == head(other)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content = String::from_utf8_lossy(&self.content);
        write!(f, "{} {:?} {:?} {content:?}", self.name, self.filename, self.content_type)
    }
}

/// The parts of a body with this content type; `None` if it is no such body.
pub(super) fn read(content_type: &str, body: &[u8]) -> Option<Vec<Part>> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line before it.
    let body = [b"\r\n", body].concat();
    let mut pieces = split(&body, delimiter.as_bytes()).into_iter();
    let preamble = pieces.next()?;
    let mut parts = Vec::new();
    let mut ended = false;
    for piece in pieces {
        if piece == b"--\r\n" {
            ended = true;
            continue;
        }
        parts.push(part(piece.strip_prefix(b"\r\n")?)?);
    }
    (preamble.is_empty() && ended).then_some(parts)
}

fn part(piece: &[u8]) -> Option<Part> {
    let end = piece.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&piece[..end]).ok()?;
    let mut part = Part {
        name: String::new(),
        filename: None,
        content_type: None,
        content: piece[end + 4..].to_vec(),
    };
    for line in head.split("\r\n") {
        let (name, value) = line.split_once(": ")?;
        match name {
            "Content-Type" => part.content_type = Some(value.to_owned()),
            "Content-Disposition" => {
                let quoted = |key: &str| {
                    let (_, rest) = value.split_once(&format!("; {key}=\""))?;
                    rest.split_once('"').map(|(text, _)| text.to_owned())
                };
                part.name = quoted("name")?;
                part.filename = quoted("filename");
            }
            _ => return None,
        }
    }
    Some(part)
}

fn split<'b>(body: &'b [u8], delimiter: &[u8]) -> Vec<&'b [u8]> {
    let (mut pieces, mut start, mut at) = (Vec::new(), 0, 0);
    while at + delimiter.len() <= body.len() {
        if body[at..].starts_with(delimiter) {
            pieces.push(&body[start..at]);
            at += delimiter.len();
            start = at;
        } else {
            at += 1;
        }
    }
    pieces.push(&body[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Part, read};

    #[test]
    fn parts_are_read_as_they_stand() {
        let kind = "multipart/form-data; boundary=b";
        let body = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\
                    Content-Type: text/plain\r\n\r\none\r\n--b\r\n\
                    Content-Disposition: form-data; name=\"n\"\r\n\r\n\r\n--b--\r\n";
        let file = Part {
            name: "f".to_owned(),
            filename: Some("a.txt".to_owned()),
            content_type: Some("text/plain".to_owned()),
            content: b"one".to_vec(),
        };
        let empty =
            Part { name: "n".to_owned(), filename: None, content_type: None, content: Vec::new() };
        assert_eq!(read(kind, body.as_bytes()), Some(vec![file, empty]));
        assert_eq!(read(kind, b"--b--\r\n"), Some(Vec::new()));
        assert_eq!(read("text/plain", body.as_bytes()), None);
        assert_eq!(read(kind, b"--b\r\n"), None);
    }
}
