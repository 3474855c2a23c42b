//! Addresses as reqwest wants them.

use crate::transport::Outgoing;
use reqwest::Url;
use std::sync::{Arc, OnceLock};

/// For how many bytes of path and query an address that is copied has room already.
const ROOM: usize = 128;

/// Keeps the server that is expected, or else that of the first request, as it was read, so that its name is not
/// looked through again for each further one. Clients seldom have two, but for one that gives tokens.
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
    /// Most requests will go to the server of this base address.
    pub(super) fn expect(&self, base: &str) {
        let authority = base.find("://").map_or(0, |at| at + "://".len());
        let path = base.get(authority..).and_then(|rest| rest.find('/'));
        let origin = base.get(..path.map_or(base.len(), |path| authority + path));
        self.first.get_or_init(|| origin.and_then(Known::read));
    }

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

/// Whether an answer to what was sent to this address came from there.
pub(super) fn is_same(sent: &str, answered: &Url) -> bool {
    // `Url` may have written it in its own way.
    answered.as_str() == sent || Url::parse(sent).is_ok_and(|sent| sent == *answered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::{ReqwestTransport, Transport};

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
            assert_eq!(addresses.known(origin, target).as_ref(), Some(&parsed), "{target}");
            // reqwest gives an address back that was a `Uri` in between.
            let uri: http::Uri = parsed.as_str().parse().unwrap();
            let answered = Url::parse(&uri.to_string()).unwrap();
            assert!(is_same(&format!("{origin}{target}"), &answered), "{target}");
            assert!(!is_same(&format!("{origin}/elsewhere"), &answered), "{target}");
            assert!(!is_same(&format!("https://example.com{target}"), &answered), "{target}");
        }
        for other in ["https://example.com", "http://example.com:8443", "https://EXAMPLE.com:8443"]
        {
            assert_eq!(addresses.known(other, "/"), None);
        }
        assert_eq!(Addresses::default().known("https://EXAMPLE.com", "/"), None);
        assert_eq!(Addresses::default().known("https://example.com", ""), None);
    }

    /// A token is asked for before anything else, often from a server of its own.
    #[test]
    fn the_server_of_a_client_is_known_before_that_of_its_tokens() {
        for base in ["https://api.example.com:8443/v1", "https://api.example.com:8443"] {
            let transport = ReqwestTransport::with_defaults().unwrap();
            transport.check(base).unwrap();
            transport.check("https://other.example.com").unwrap();
            let addresses = &transport.addresses;
            assert_eq!(addresses.known("https://token.example.com", "/token"), None);
            assert!(addresses.known("https://api.example.com:8443", "/v1/things").is_some());
        }
    }
}
