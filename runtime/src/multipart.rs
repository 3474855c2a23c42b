//! Bodies in parts: texts, objects and files.

use crate::patch::Patch;
use crate::upload::{Streaming, Upload};
use bytes::Bytes;
use futures_core::Stream;
use serde_json::value::RawValue;
use std::fmt::{self, Write as _};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::Path;

/// A file to send: its name, its content and perhaps its media type.
///
/// ```
/// use clientwright_runtime::File;
///
/// let file = File::new("cat.png", vec![0x89, 0x50]).content_type("image/png");
/// assert_eq!(file.name(), "cat.png");
/// assert_eq!(file, File::from(("cat.png", vec![0x89, 0x50])).content_type("image/png"));
/// ```
///
/// The content is in memory, or read while it is sent. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    name: String,
    content_type: Option<String>,
    content: Upload,
}

impl File {
    /// A file of this name. It is sent as what the service expects, or as `application/octet-stream` where nobody
    /// knows what that is, until [`content_type`](Self::content_type) says what it is.
    pub fn new(name: impl Into<String>, content: impl Into<Upload>) -> Self {
        Self { name: name.into(), content_type: None, content: content.into() }
    }

    /// A file of the disk, under its own name. It is read while it is sent.
    ///
    /// # Errors
    /// There is no such file.
    pub fn from_path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Ok(Self::new(name, Upload::from_path(path)?))
    }

    /// A file with all that the reader gives, which is read while it is sent, once.
    pub fn from_reader(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self::new(name, Upload::from_reader(reader))
    }

    /// A file with all that a stream gives, which is sent as it comes, once.
    pub fn from_stream<S, B, E>(name: impl Into<String>, stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::new(name, Upload::from_stream(stream))
    }

    /// Says what the content is, like `image/png`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The content.
    pub fn content(&self) -> &Upload {
        &self.content
    }
}

impl<N: Into<String>, C: Into<Upload>> From<(N, C)> for File {
    fn from((name, content): (N, C)) -> Self {
        Self::new(name, content)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("content", &self.content)
            .finish()
    }
}

/// One file, several or none.
pub trait Files {
    /// Hands over each of them.
    fn each(&self, take: &mut dyn FnMut(&File));
}

impl Files for File {
    fn each(&self, take: &mut dyn FnMut(&File)) {
        take(self);
    }
}

impl<F: Files> Files for Option<F> {
    fn each(&self, take: &mut dyn FnMut(&File)) {
        self.iter().for_each(|files| files.each(take));
    }
}

/// Null sends no part, either.
impl<F: Files> Files for Patch<F> {
    fn each(&self, take: &mut dyn FnMut(&File)) {
        self.value().each(take);
    }
}

impl<F: Files + ?Sized> Files for &F {
    fn each(&self, take: &mut dyn FnMut(&File)) {
        (**self).each(take);
    }
}

impl<F: Files> Files for Vec<F> {
    fn each(&self, take: &mut dyn FnMut(&File)) {
        self.iter().for_each(|files| files.each(take));
    }
}

/// The parts of a body.
#[derive(Default)]
pub(crate) struct Parts(Vec<Part>);

struct Part {
    /// The headers, each with its line end.
    head: String,
    content: Upload,
}

/// A body of parts.
pub(crate) enum Whole {
    Bytes(Bytes),
    Streaming(Streaming),
}

impl Parts {
    /// Adds a value as JSON has it: texts and numbers as they are, objects as JSON, the items of a
    /// list each on its own, null not at all.
    pub(crate) fn value(&mut self, name: &str, json: &str) -> Result<(), serde_json::Error> {
        match json.as_bytes().first() {
            Some(b'"') => {
                let text: String = serde_json::from_str(json)?;
                self.add(name, "", text.into());
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json)?;
                for item in items {
                    self.value(name, item.get())?;
                }
            }
            Some(b'{') => {
                let kind = "Content-Type: application/json\r\n";
                self.add(name, kind, json.to_owned().into());
            }
            Some(b'n') | None => {}
            Some(_) => self.add(name, "", json.to_owned().into()),
        }
        Ok(())
    }

    /// Adds a file, of this media type unless it has one, or refuses its content type.
    pub(crate) fn file(&mut self, name: &str, media_type: &str, file: &File) -> Result<(), ()> {
        let said = file.content_type.as_deref().or(file.content.media_type());
        let content_type = said.unwrap_or(media_type);
        if !content_type.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
            return Err(());
        }
        let mut more = String::with_capacity(file.name.len() + content_type.len() + 16);
        // Writing into a String does not fail.
        let _ = write!(
            more,
            "\"; filename=\"{}\"\r\nContent-Type: {content_type}\r\n",
            Quoted(&file.name)
        );
        self.part(name, &more, file.content.clone());
        Ok(())
    }

    fn add(&mut self, name: &str, headers: &str, content: Bytes) {
        self.part(name, &["\"\r\n", headers].concat(), content.into());
    }

    fn part(&mut self, name: &str, rest: &str, content: Upload) {
        let head = format!("Content-Disposition: form-data; name=\"{}{rest}", Quoted(name));
        self.0.push(Part { head, content });
    }

    /// A file of it that was read and cannot be read again.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.iter().any(|part| part.content.is_spent())
    }

    /// The content type and the body.
    pub(crate) fn finish(self) -> (String, Whole) {
        let boundary = self.boundary();
        let kind = format!("multipart/form-data; boundary={boundary}");
        let mut pieces: Vec<Upload> = Vec::new();
        let mut bytes: Vec<u8> = Vec::with_capacity(self.size(&boundary));
        for part in self.0 {
            for piece in ["--", &boundary, "\r\n", &part.head, "\r\n"] {
                bytes.extend_from_slice(piece.as_bytes());
            }
            match part.content.plain() {
                Some(content) => bytes.extend_from_slice(content),
                None => {
                    pieces.push(std::mem::take(&mut bytes).into());
                    pieces.push(part.content);
                }
            }
            bytes.extend_from_slice(b"\r\n");
        }
        for piece in ["--", &boundary, "--\r\n"] {
            bytes.extend_from_slice(piece.as_bytes());
        }
        if pieces.is_empty() {
            return (kind, Whole::Bytes(bytes.into()));
        }
        pieces.push(bytes.into());
        (kind, Whole::Streaming(Streaming::new(pieces)))
    }

    /// How large the body is, apart from what is read while it is sent.
    fn size(&self, boundary: &str) -> usize {
        let content = |part: &Part| part.content.plain().map_or(0, Bytes::len);
        let size: usize = self.0.iter().map(|part| part.head.len() + content(part)).sum();
        size + (self.0.len() + 1) * (boundary.len() + 8)
    }

    /// A text that stands in no part. Not random where all parts are known, so that the same call sends
    /// the same bytes; where one is not, nobody may guess it.
    fn boundary(&self) -> String {
        if self.0.iter().any(|part| part.content.bytes().is_none()) {
            let chance = || RandomState::new().hash_one(self.0.len());
            return format!("clientwright-{:016x}{:016x}", chance(), chance());
        }
        let mut number = 0_u32;
        loop {
            let boundary = format!("clientwright-{number:08}");
            let found = |part: &Part| {
                let content = part.content.bytes().map_or(&[][..], |content| content);
                content.windows(boundary.len()).any(|bytes| bytes == boundary.as_bytes())
            };
            if !self.0.iter().any(found) {
                return boundary;
            }
            number += 1;
        }
    }
}

/// A name inside quotes, as browsers write it.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("%22")?,
                '\r' => f.write_str("%0D")?,
                '\n' => f.write_str("%0A")?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_all_kinds() {
        let mut parts = Parts::default();
        for json in [r#""a\"b""#, "1.5", "true", "null", r#"["x",{"y":1}]"#] {
            parts.value("n\"\r\n", json).unwrap();
        }
        let file = File::new("ü\n.txt", "content").content_type("text/plain");
        parts.file("f", "image/png", &file).unwrap();
        let (kind, Whole::Bytes(body)) = parts.finish() else { panic!() };
        assert_eq!(kind, "multipart/form-data; boundary=clientwright-00000000");
        let text = std::str::from_utf8(&body).unwrap().replace("\r\n", "\n");
        let head = "--clientwright-00000000\nContent-Disposition: form-data; name=";
        let named = format!("{head}\"n%22%0D%0A\"\n");
        assert_eq!(
            text,
            format!(
                "{named}\na\"b\n{named}\n1.5\n{named}\ntrue\n{named}\nx\n\
                 {named}Content-Type: application/json\n\n{{\"y\":1}}\n\
                 {head}\"f\"; filename=\"ü%0A.txt\"\nContent-Type: text/plain\n\ncontent\n\
                 --clientwright-00000000--\n"
            )
        );
    }

    #[test]
    fn the_boundary_stands_in_no_part() {
        let mut parts = Parts::default();
        parts.file("f", "image/png", &File::new("f", "--clientwright-00000000\r\n")).unwrap();
        assert!(parts.finish().0.ends_with("clientwright-00000001"));
        let bad = File::new("f", "").content_type("a\r\nb");
        assert!(Parts::default().file("f", "image/png", &bad).is_err());
    }

    #[test]
    fn files() {
        let file = File::from_reader("a", &b"secret"[..]);
        assert_eq!(file.content().length(), None);
        assert!(!format!("{:?}", File::new("a", "secret")).contains("secret"));
        let mut count = 0;
        Some(vec![file.clone(), file]).each(&mut |_| count += 1);
        None::<File>.each(&mut |_| count += 1);
        Patch::<File>::Null.each(&mut |_| count += 1);
        Patch::Value(File::new("a", "")).each(&mut |_| count += 1);
        assert_eq!(count, 3);
    }

    #[test]
    fn files_that_are_read_while_they_are_sent() {
        let body = |parts: Vec<File>| {
            let mut all = Parts::default();
            for file in &parts {
                all.file("f", "image/png", file).unwrap();
            }
            let (kind, Whole::Streaming(body)) = all.finish() else { panic!() };
            (kind, body)
        };
        let read = || File::new("r", Upload::from_reader(&b"read"[..]).with_length(4));
        let (kind, streaming) = body(vec![File::new("m", "memory"), read()]);
        let (other, _) = body(vec![read()]);
        assert_ne!(kind, other, "the boundary cannot be guessed");
        assert!(!streaming.is_spent());
        let mut text = String::new();
        streaming.reader().read_to_string(&mut text).unwrap();
        assert_eq!(streaming.length(), Some(text.len() as u64));
        assert!(text.contains("\r\n\r\nmemory\r\n--") && text.contains("\r\n\r\nread\r\n--"));
        assert!(streaming.is_spent());
        assert!(streaming.reader().read_to_string(&mut text).is_err());
        let (_, unknown) = body(vec![File::from_reader("r", &b"read"[..])]);
        assert_eq!(unknown.length(), None);
    }
}
