//! The parts of a multipart body.

use serde::Deserialize;
use wire_tests::Request;

/// A part that has to be there.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectedPart {
    name: String,
    #[serde(default)]
    filename: Option<String>,
    #[serde(rename = "type", default)]
    content_type: Option<String>,
    text: String,
}

/// What of a multipart body is not as it has to be.
pub(crate) fn difference(wanted: &[ExpectedPart], sent: &Request) -> Option<String> {
    match read(sent) {
        Ok(came) if came == wanted => None,
        Ok(came) => Some(format!("parts: expected {wanted:#?}, came {came:#?}")),
        Err(why) => Some(format!("parts: {why}: {}", String::from_utf8_lossy(&sent.body))),
    }
}

fn read(sent: &Request) -> Result<Vec<ExpectedPart>, String> {
    let kind = sent.header("content-type").unwrap_or_default();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=");
    let boundary = format!("--{}", boundary.ok_or_else(|| format!("content type `{kind}`"))?);
    let body = String::from_utf8_lossy(&sent.body);
    let pieces: Vec<&str> = body.split(&boundary).collect();
    match pieces.as_slice() {
        ["", parts @ .., "--\r\n"] => parts.iter().copied().map(part).collect(),
        _ => Err("no boundary at the beginning or the end".to_owned()),
    }
}

fn part(text: &str) -> Result<ExpectedPart, String> {
    let inner = text.strip_prefix("\r\n").and_then(|text| text.strip_suffix("\r\n"));
    let (head, content) = inner
        .and_then(|inner| inner.split_once("\r\n\r\n"))
        .ok_or("a part without an empty line")?;
    let mut lines = head.split("\r\n");
    let disposition = lines.next().and_then(|line| {
        line.strip_prefix("Content-Disposition: form-data; name=\"")?.strip_suffix('"')
    });
    let names = disposition.ok_or_else(|| format!("a part with the head `{head}`"))?;
    let (name, filename) = match names.split_once("\"; filename=\"") {
        Some((name, filename)) => (name, Some(filename.to_owned())),
        None => (names, None),
    };
    let content_type = match lines.next() {
        None => None,
        Some(line) => Some(line.strip_prefix("Content-Type: ").ok_or("another header")?.to_owned()),
    };
    Ok(ExpectedPart { name: name.to_owned(), filename, content_type, text: content.to_owned() })
}
