//! Texts in other charsets than UTF-8: those that services still send, and no table of all that there are.

use crate::decode::DecodeError;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use std::borrow::Cow;
use std::char::DecodeUtf16Error;

/// What Windows has where ISO 8859-1 has control characters, from 0x80.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// How characters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    Utf8,
    Utf16 {
        big: bool,
    },
    /// A byte each.
    Western,
}

/// A body in UTF-8, whatever it came in. A byte-order mark says more than the headers do, and is left out.
pub(crate) fn utf8<'b>(headers: &HeaderMap, body: &'b [u8]) -> Result<Cow<'b, [u8]>, DecodeError> {
    decoded(body, || named(&parameter(headers)))
}

/// The beginning of a body as text, for people: what is cut or no character is `\u{fffd}`, and what is in no
/// known charset is taken for UTF-8.
pub(crate) fn excerpt(headers: &HeaderMap, cut: &[u8]) -> String {
    let (text, charset) =
        marked(cut).unwrap_or_else(|| (cut, named(&parameter(headers)).unwrap_or(Charset::Utf8)));
    match charset {
        Charset::Utf8 => String::from_utf8_lossy(text).into_owned(),
        Charset::Western => text.iter().map(|&byte| western(byte)).collect(),
        Charset::Utf16 { big } => {
            utf16(text, big).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
    }
}

/// The same of XML, which says by itself what it is in, unless the headers do.
#[cfg(feature = "xml")]
pub(crate) fn xml<'b>(headers: &HeaderMap, body: &'b [u8]) -> Result<Cow<'b, [u8]>, DecodeError> {
    decoded(body, || {
        let name = parameter(headers);
        named(&if name.is_empty() { declared(body) } else { name })
    })
}

/// The encoding that a document declares in ASCII at its beginning.
#[cfg(feature = "xml")]
fn declared(body: &[u8]) -> String {
    let head = body.get(..body.len().min(200)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let encoding = || {
        let (head, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
        let (_, rest) = head.split_once("encoding")?;
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next().map(str::to_ascii_lowercase)
    };
    encoding().unwrap_or_default()
}

fn decoded(
    body: &[u8],
    stated: impl FnOnce() -> Result<Charset, DecodeError>,
) -> Result<Cow<'_, [u8]>, DecodeError> {
    let (body, charset) = match marked(body) {
        Some(marked) => marked,
        None => (body, stated()?),
    };
    match charset {
        Charset::Utf8 => Ok(Cow::Borrowed(body)),
        Charset::Western => {
            let text: String = body.iter().map(|&byte| western(byte)).collect();
            Ok(Cow::Owned(text.into_bytes()))
        }
        Charset::Utf16 { big } => {
            let whole = body.len().is_multiple_of(2);
            let text = utf16(body, big).collect::<Result<String, _>>().ok().filter(|_| whole);
            let text =
                text.ok_or_else(|| DecodeError::new("expected UTF-16, found other bytes"))?;
            Ok(Cow::Owned(text.into_bytes()))
        }
    }
}

/// What a byte-order mark says, and what stands behind it.
fn marked(body: &[u8]) -> Option<(&[u8], Charset)> {
    let marks: [(&[u8], Charset); 3] = [
        (b"\xef\xbb\xbf", Charset::Utf8),
        (b"\xff\xfe", Charset::Utf16 { big: false }),
        (b"\xfe\xff", Charset::Utf16 { big: true }),
    ];
    marks.iter().find_map(|(mark, charset)| Some((body.strip_prefix(*mark)?, *charset)))
}

/// The characters of UTF-16, without a byte that is left over.
fn utf16(body: &[u8], big: bool) -> impl Iterator<Item = Result<char, DecodeUtf16Error>> {
    let unit = if big { u16::from_be_bytes } else { u16::from_le_bytes };
    char::decode_utf16(body.as_chunks::<2>().0.iter().map(move |&pair| unit(pair)))
}

fn western(byte: u8) -> char {
    match byte {
        0x80..0xa0 => WINDOWS[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// The charset that the content type names, in lower case.
fn parameter(headers: &HeaderMap) -> String {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let name = kind.and_then(|kind| {
        kind.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            let named = name.trim().eq_ignore_ascii_case("charset");
            named.then(|| value.trim().trim_matches(['"', '\'']).to_ascii_lowercase())
        })
    });
    name.unwrap_or_default()
}

/// The charset of a name in lower case; UTF-8 if there is none.
fn named(name: &str) -> Result<Charset, DecodeError> {
    Ok(match name {
        "" | "utf-8" | "utf8" | "us-ascii" | "ascii" => Charset::Utf8,
        // Whoever says the former means the latter, as browsers know.
        "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "windows-1252" | "cp1252" => {
            Charset::Western
        }
        // Without a mark it is what Windows writes.
        "utf-16" | "utf-16le" => Charset::Utf16 { big: false },
        "utf-16be" => Charset::Utf16 { big: true },
        other => {
            let other: String = other.chars().take(40).collect();
            let other = other.escape_debug();
            return Err(DecodeError::new(format!("expected text in UTF-8, found `{other}`")));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: &str, body: &[u8]) -> Result<String, String> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]);
        let found = utf8(&headers, body).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(found.into_owned()).unwrap())
    }

    #[test]
    fn charsets_that_are_named() {
        let western = "text/plain; charset=ISO-8859-1";
        assert_eq!(read(western, b"Gr\xfc\xdfe, 5\x80").unwrap(), "Grüße, 5€");
        assert_eq!(read("text/plain;charset=\"Windows-1252\"", b"\x93a\x94").unwrap(), "“a”");
        assert_eq!(read("application/json; charset=utf-16", b"a\0\xfc\0").unwrap(), "aü");
        assert_eq!(read("text/plain; charset=UTF-16BE", b"\xd8\x3d\xde\0").unwrap(), "😀");
        assert_eq!(read("text/plain", "ü".as_bytes()).unwrap(), "ü");
        let error = read("text/plain; charset=koi8-r", b"a").unwrap_err();
        assert_eq!(error, "expected text in UTF-8, found `koi8-r`");
    }

    #[test]
    fn marks_say_more_than_headers() {
        let western = "text/plain; charset=iso-8859-1";
        assert_eq!(read(western, "\u{feff}ü".as_bytes()).unwrap(), "ü");
        assert_eq!(read("text/plain", b"\xff\xfea\0").unwrap(), "a");
        assert_eq!(read("text/plain; charset=utf-16", b"\xfe\xff\0a").unwrap(), "a");
    }

    #[test]
    fn excerpts_have_what_can_be_read() {
        let excerpt = |kind: &str, cut: &[u8]| {
            excerpt(&HeaderMap::from_iter([(CONTENT_TYPE, kind.parse().unwrap())]), cut)
        };
        let utf16 = "text/plain; charset=utf-16";
        // Cut inside a pair of surrogates, and inside one of them.
        assert_eq!(excerpt(utf16, b"a\0\x3d\xd8"), "a\u{fffd}");
        assert_eq!(excerpt(utf16, b"a\0\x3d"), "a");
        assert_eq!(excerpt("text/plain", b"\xfe\xff\0a\xd8\x3d\0b"), "a\u{fffd}b");
        assert_eq!(excerpt("text/plain; charset=latin1", b"\xfc"), "ü");
        assert_eq!(excerpt("text/plain; charset=koi8-r", b"a\xff"), "a\u{fffd}");
    }

    #[test]
    fn half_characters_are_errors() {
        for body in [&b"\xff\xfea"[..], b"\xff\xfe\x3d\xd8", b"\xff\xfe\0\xdc"] {
            assert_eq!(read("text/plain", body).unwrap_err(), "expected UTF-16, found other bytes");
        }
    }
}
