//! Files among the parts of a `multipart` body, as other languages and people in haste write them.

use std::borrow::Cow;

use super::reader::shown;
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::source::Span;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// Words for a type of media in the long form of a part.
const OF_MEDIA: [&str; 9] = [
    "content_type",
    "contentType",
    "Content-Type",
    "content-type",
    "media_type",
    "mediaType",
    "mime",
    "media",
    "format",
];

/// Reports files that are written in another way, and puts them as they are meant.
pub(super) fn mend<'n>(
    entries: Cow<'n, [Entry]>,
    diagnostics: &mut Diagnostics,
) -> Cow<'n, [Entry]> {
    let found: Vec<(usize, usize, Found)> = (0..entries.len())
        .filter_map(|at| {
            let torn = torn(&entries[at..]);
            Some((at, torn, file(&entries[at..=at + torn])?))
        })
        .collect();
    if found.is_empty() {
        return entries;
    }
    let mut entries = entries.into_owned();
    for (at, torn, found) in found.into_iter().rev() {
        let span = found.whole;
        diagnostics.push(found.diagnostic());
        let scalar = Scalar::new(found.mended, Style::Plain);
        entries[at].value = Node { span, value: Value::Scalar(scalar), comment_after: None };
        entries.drain(at + 1..=at + torn);
    }
    Cow::Owned(entries)
}

struct Found {
    place: Span,
    whole: Span,
    /// What stands there.
    text: String,
    mended: String,
    help: &'static str,
}

impl Found {
    fn diagnostic(&self) -> Diagnostic {
        let message = match of_media(&self.text) {
            Media::One(media) if media == self.text => {
                "a media type stands in place of a file".to_owned()
            }
            _ => format!("a file is not written `{}`", shown(&self.text)),
        };
        Diagnostic::error(&codes::TYPE_SYNTAX, self.place, message)
            .help(format!("{}: `{}`", self.help, shown(&self.mended)))
            .patch(self.whole, self.mended.as_str())
    }
}

/// How many keys a comma inside the parentheses of a type has made.
fn torn(entries: &[Entry]) -> usize {
    let open = entries[0]
        .value
        .as_scalar()
        .is_some_and(|it| it.text.contains('(') && !it.text.contains(')'));
    let rest = entries[1..].iter().take_while(|entry| entry.value.is_null());
    let end = rest.clone().position(|entry| entry.key.value.ends_with(')'));
    end.filter(|_| open).map_or(0, |end| end + 1)
}

/// A part that is meant to be a file.
fn file(entries: &[Entry]) -> Option<Found> {
    let node = &entries[0].value;
    if let Some(media) = of_mapping(node) {
        let (key, media) = media;
        let mended = match of_media(&media) {
            Media::One(media) => format!("file({media})"),
            Media::Several | Media::None => "file".to_owned(),
        };
        let help = match mended.as_str() {
            "file" => "a part with a content is a file",
            _ => "a file of one media type says so in its type",
        };
        return Some(Found { place: key, whole: node.span, text: media, mended, help });
    }
    let scalar = node.as_scalar()?;
    let mut whole = node.span;
    let mut text = scalar.text.clone();
    for entry in &entries[1..] {
        whole = whole.to(entry.key.span);
        text = format!("{text}, {}", entry.key.value);
    }
    let (head, doc) =
        text.split_once(" -- ").map_or((text.as_str(), None), |(head, doc)| (head, Some(doc)));
    let (mended, help) = of_type(head.trim())?;
    let mended = doc.map_or(mended.clone(), |doc| format!("{mended} -- {doc}"));
    Some(Found { place: whole, whole, text: head.to_owned(), mended, help })
}

/// `{ type: file, contentType: image/png }`
fn of_mapping(node: &Node) -> Option<(Span, String)> {
    let [ty, media] = node.as_mapping()? else { return None };
    let (ty, media) = if ty.key.value == "type" { (ty, media) } else { (media, ty) };
    let text = |node: &Node| Some(node.as_scalar()?.text.clone());
    let is_file = matches!(text(&ty.value)?.as_str(), "file" | "binary" | "bytes" | "string");
    let media_text = text(&media.value)?;
    let fits = ty.key.value == "type" && is_file && OF_MEDIA.contains(&media.key.value.as_str());
    // What OpenAPI says of all files.
    let binary = media.key.value == "format" && media_text == "binary";
    (fits && (binary || !matches!(of_media(&media_text), Media::None)))
        .then_some((media.key.span, media_text))
}

/// What the text of a type should be.
fn of_type(text: &str) -> Option<(String, &'static str)> {
    const ONE: &str = "a part with a content is a file, perhaps of one media type";
    const SEVERAL: &str = "of a file that can be of several media types the app says which it is";
    if let Some(item) = text.strip_prefix("list<").and_then(|rest| rest.strip_suffix('>')) {
        let (item, help) = of_type(item.trim())?;
        return Some((format!("list<{item}>"), help));
    }
    let name: String = text.chars().take_while(|c| c.is_alphanumeric()).collect();
    let rest = text[name.len()..].trim_start();
    let bare = text.contains('/') && !text.contains(['(', '<', ' ', ',', '"', '{']);
    let called = matches!(
        name.to_ascii_lowercase().as_str(),
        "file" | "binary" | "upload" | "blob" | "attachment"
    );
    let file = text.strip_suffix(" | null").unwrap_or(text);
    let is_right = file.strip_prefix("file(").and_then(|rest| rest.strip_suffix(')'));
    if is_right.is_some_and(|media| matches!(of_media(media), Media::One(same) if same == media)) {
        return None;
    }
    match of_media(text) {
        Media::One(media) if bare && media == text || called && !rest.is_empty() => {
            Some((format!("file({media})"), ONE))
        }
        Media::Several if bare || called => Some(("file".to_owned(), SEVERAL)),
        Media::None if called && rest.starts_with(['(', '<']) => {
            let inside = rest.trim_matches(['(', ')', '<', '>', ' ', '.']);
            let file = of_ending(&inside.to_ascii_lowercase());
            Some((file.map_or_else(|| "file".to_owned(), |media| format!("file({media})")), ONE))
        }
        _ => None,
    }
}

enum Media {
    None,
    One(String),
    Several,
}

/// The media types in a text.
fn of_media(text: &str) -> Media {
    let part = |c: char| c.is_ascii_alphanumeric() || "/.+-_*".contains(c);
    let mut media = text.split(|c| !part(c)).filter(|word| {
        let mut halves = word.split('/');
        let [Some(kind), Some(sub), None] = [halves.next(), halves.next(), halves.next()] else {
            return false;
        };
        !kind.is_empty() && !sub.is_empty() && sub != "*"
    });
    match (media.next(), media.next()) {
        (None, _) if text.contains("/*") => Media::Several,
        (None, _) => Media::None,
        (Some(one), None) => Media::One(one.to_owned()),
        _ => Media::Several,
    }
}

/// The media type of files with an ending.
pub(crate) fn of_ending(ending: &str) -> Option<&'static str> {
    Some(match ending {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "json" => "application/json",
        "xml" => "application/xml",
        "csv" => "text/csv",
        "txt" | "text" | "plain" => "text/plain",
        "html" => "text/html",
        _ => return None,
    })
}
