//! Addresses as reqwest wants them.

use crate::transport::Outgoing;
use reqwest::Url;
use std::sync::{Arc, OnceLock};

/// For how many bytes of path and query an address that is copied has room already.
const ROOM: usize = 128;

/// Keeps the server of the first request as it was read, so that its name is not looked through again for each
/// further one. Clients seldom have two.
#[derive(Clone, Debug, Default)]
pub(super) struct Addresses {
    first: Arc<OnceLock<Option<Known>>>,
}

#[derive(Debug)]
struct Known {
    origin: String,
    /// The server with a path that is there for its length only.
    url: Url,
}

impl Known {
    fn read(origin: &str) -> Option<Self> {
        let mut url = Url::parse(origin).ok()?;
        // What `Url` has written in its own way is not the same text.
        if url.as_str().strip_suffix('/') != Some(origin) {
            return None;
        }
        url.set_path(&"-".repeat(ROOM));
        Some(Self { origin: origin.to_owned(), url })
    }
}

impl Addresses {
    /// The address of a request, as [`Url::parse`] would give it.
    pub(super) fn read(&self, outgoing: &Outgoing) -> Result<Url, impl std::error::Error + use<>> {
        self.known(outgoing.origin(), outgoing.target())
            .map_or_else(|| Url::parse(&outgoing.url), Ok)
    }

    fn known(&self, origin: &str, target: &str) -> Option<Url> {
        let first = self.first.get_or_init(|| Known::read(origin)).as_ref()?;
        if first.origin != origin || !target.starts_with('/') {
            return None;
        }
        let mut url = first.url.clone();
        match target.split_once('?') {
            Some((path, query)) => {
                url.set_path(path);
                url.set_query(Some(query));
            }
            None => url.set_path(target),
        }
        Some(url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_are_parsed() {
        let addresses = Addresses::default();
        let targets = [
            "/",
            "/a",
            "/a/b%2Fc",
            "/a?b=c",
            "/?",
            "/a?",
            "/a?b=c%26&d=%20",
            "/a%20b/..",
            "/a/../b?c",
            "/./a",
            "/%2e%2e/a",
            "//a",
            "/a//b",
            "/a?b?c",
            "/ä?ö",
            "/a'b\"c|d?e'f\"g|h",
            "/a;b,c@d:e",
            "/a?b=[c]",
        ];
        for target in targets {
            let origin = "https://example.com:8443";
            let parsed = Url::parse(&format!("{origin}{target}")).unwrap();
            assert_eq!(addresses.known(origin, target), Some(parsed), "{target}");
        }
        for other in ["https://example.com", "http://example.com:8443", "https://EXAMPLE.com:8443"]
        {
            assert_eq!(addresses.known(other, "/"), None);
        }
        assert_eq!(Addresses::default().known("https://EXAMPLE.com", "/"), None);
        assert_eq!(Addresses::default().known("https://example.com", ""), None);
    }
}
