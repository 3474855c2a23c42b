//! The codings of `Content-Encoding` that are understood.

use super::Decode;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

/// What can be decompressed, as `Accept-Encoding` says it; nothing without a feature.
pub(crate) const ACCEPTED: &str =
    match (cfg!(feature = "gzip"), cfg!(feature = "brotli"), cfg!(feature = "zstd")) {
        (false, false, false) => "",
        (true, false, false) => "gzip",
        (false, true, false) => "br",
        (false, false, true) => "zstd",
        (true, true, false) => "gzip, br",
        (true, false, true) => "gzip, zstd",
        (false, true, true) => "br, zstd",
        (true, true, true) => "gzip, br, zstd",
    };

/// The other codings that are registered: nobody has asked for them, and few write them.
const UNREADABLE: [&str; 6] = ["compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip"];

/// What an answer says of its codings.
fn named(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all(CONTENT_ENCODING).into_iter();
    let values = values.filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).map(str::trim)
}

/// A way to compress a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    /// Never asked for: servers are not of one mind what it is. The decoder takes either.
    Deflate,
    Brotli,
    Zstd,
}

impl Coding {
    /// The codings of a body, in the order in which they were applied. What is not known is passed over:
    /// there are services that write `identity`, charsets or names of their own.
    pub(super) fn all(headers: &HeaderMap) -> impl Iterator<Item = Self> {
        named(headers).filter_map(|name| {
            let is = |known: &str| name.eq_ignore_ascii_case(known);
            match () {
                () if is("gzip") || is("x-gzip") => Some(Self::Gzip),
                () if is("deflate") => Some(Self::Deflate),
                () if is("br") => Some(Self::Brotli),
                () if is("zstd") => Some(Self::Zstd),
                () => None,
            }
        })
    }

    /// The first coding of a body that is known and cannot be undone.
    pub(super) fn unreadable(headers: &HeaderMap) -> Option<&'static str> {
        let known = |name| UNREADABLE.into_iter().find(|known| known.eq_ignore_ascii_case(name));
        named(headers).find_map(known)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "brotli",
            Self::Zstd => "zstd",
        }
    }

    /// The feature that it needs.
    pub(super) fn feature(self) -> &'static str {
        match self {
            Self::Gzip | Self::Deflate => "gzip",
            Self::Brotli => "brotli",
            Self::Zstd => "zstd",
        }
    }

    /// What decompresses it; `None` without its feature.
    pub(super) fn decoder(self) -> Option<Box<dyn Decode>> {
        match self {
            #[cfg(feature = "gzip")]
            Self::Gzip => Some(Box::new(super::gzip::Gzip::new())),
            #[cfg(feature = "gzip")]
            Self::Deflate => Some(Box::new(super::gzip::Deflate::new())),
            #[cfg(feature = "brotli")]
            Self::Brotli => Some(Box::new(super::brotli::Brotli::new())),
            #[cfg(feature = "zstd")]
            Self::Zstd => Some(Box::new(super::zstd::Zstd::new())),
            #[cfg(not(all(feature = "gzip", feature = "brotli", feature = "zstd")))]
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Coding::{Brotli, Deflate, Gzip, Zstd};

    #[test]
    fn several_and_those_that_are_not_known() {
        let of = |values: &[&'static str]| -> Vec<Coding> {
            let values = values.iter().map(|value| (CONTENT_ENCODING, value.parse().unwrap()));
            Coding::all(&HeaderMap::from_iter(values)).collect()
        };
        assert_eq!(of(&[]), []);
        assert_eq!(of(&["identity", "", "aws-chunked, utf-8"]), []);
        assert_eq!(of(&["GZIP , br"]), [Gzip, Brotli]);
        let mut headers = HeaderMap::new();
        for value in ["x-gzip,deflate", "\u{fc}", "Zstd"] {
            headers
                .append(CONTENT_ENCODING, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        assert_eq!(Coding::all(&headers).collect::<Vec<_>>(), [Gzip, Deflate, Zstd]);
    }
}
