//! The address in front of every route, checked once when the client is built.

use crate::build_error::BuildError;

/// Scheme, authority and path prefix of a server, without a slash at the end.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    text: String,
    origin_len: usize,
}

impl Base {
    /// Checks an address. `what` says in errors where it came from. What credentials travel to is
    /// encrypted, on this machine, or allowed by `allow_http`.
    pub(crate) fn parse(what: &str, address: &str, allow_http: bool) -> Result<Self, BuildError> {
        let wrong = |why: &str| BuildError::new(format!("{what} is no base address: {why}"));
        let address = address.trim_end_matches('/');
        let rest = address
            .strip_prefix("https://")
            .or_else(|| address.strip_prefix("http://"))
            .ok_or_else(|| wrong("it does not start with `https://` or `http://`"))?;
        let authority_len = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, prefix) = rest.split_at(authority_len);
        // Not shown in the error, since this is where a password would stand.
        if authority.contains('@') {
            return Err(wrong(
                "credentials in the address are not sent, use the builder's methods",
            ));
        }
        if prefix.contains(['?', '#']) {
            return Err(wrong("it has a query or a fragment"));
        }
        let climbs = |segment: &str| {
            matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
        };
        if prefix.split('/').any(climbs) {
            return Err(wrong("it has a segment `.` or `..`"));
        }
        let authority: http::uri::Authority =
            authority.parse().map_err(|_| wrong("its host or port is not valid"))?;
        if authority.host().is_empty() {
            return Err(wrong("it has no host"));
        }
        if address.starts_with("http://") && !allow_http && !is_this_machine(authority.host()) {
            return Err(wrong(
                "credentials would travel unencrypted to it; use `https://`, or `allow_http` of the builder",
            ));
        }
        // What one HTTP library encodes or takes for a slash, another one sends as it is.
        let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
        if !prefix.bytes().all(is_plain) {
            return Err(wrong("its path holds characters that must be percent-encoded"));
        }
        let origin_len = address.len() - prefix.len();
        Ok(Self { text: address.to_owned(), origin_len })
    }

    /// Puts the builder's variables into a server's address and checks it. A variable is one label
    /// of a host name or one segment of a path: it may not move the call to another host.
    pub(crate) fn of_server(
        server: &crate::Server,
        variables: &[(&'static str, String)],
        allow_http: bool,
    ) -> Result<Self, BuildError> {
        let mut address = String::with_capacity(server.url.len() + 16);
        let mut rest = server.url;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            address.push_str(before);
            let (_, value) =
                variables.iter().rfind(|(known, _)| *known == name).ok_or_else(|| {
                    BuildError::new(format!("the server `{}` needs `{name}`", server.name))
                })?;
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
            if value.is_empty() || !value.chars().all(plain) || value.starts_with('.') {
                return Err(BuildError::new(format!(
                    "`{name}` of the server `{}` may hold only letters, digits, `-`, `_`, `.` and `~`",
                    server.name
                )));
            }
            address.push_str(value);
            rest = after;
        }
        address.push_str(rest);
        Self::parse(&format!("the address of the server `{}`", server.name), &address, allow_http)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The host without brackets, and the port.
    #[cfg(feature = "tracing")]
    pub(crate) fn host_and_port(&self) -> (&str, u16) {
        let origin = self.text.get(..self.origin_len).unwrap_or_default();
        let (scheme, authority) = origin.split_once("://").unwrap_or(("https", origin));
        let (host, port) = match authority.rsplit_once(':') {
            // The colons inside the brackets of an address are no sign of a port.
            Some((host, port)) if !port.ends_with(']') => (host, port.parse().ok()),
            _ => (authority, None),
        };
        let usual = if scheme == "http" { 80 } else { 443 };
        (host.trim_start_matches('[').trim_end_matches(']'), port.unwrap_or(usual))
    }

    /// Length of scheme and authority.
    pub(crate) fn origin_len(&self) -> usize {
        self.origin_len
    }
}

/// Whether what is sent to this host does not leave the machine.
fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    match host.parse::<::core::net::IpAddr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Server;

    #[test]
    fn checks_the_address() {
        let base = Base::parse("it", "https://example.com:8443/api/", false).unwrap();
        assert_eq!(base.as_str(), "https://example.com:8443/api");
        assert_eq!(&base.as_str()[..base.origin_len()], "https://example.com:8443");
        for wrong in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https:///x",
            "https://a b",
            "https://user:secret@example.com",
            "https://example.com/?a=b",
            "https://e.com/#x",
            "https://e.com/a/../b",
            "https://e.com/ä b",
            "https://e.com/a b",
            "https://e.com/ä",
            "https://e.com/{a}",
            "https://e.com/a\\..\\b",
        ] {
            let error = Base::parse("it", wrong, true).unwrap_err().to_string();
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn credentials_are_not_sent_in_clear() {
        for here in [
            "http://localhost",
            "http://LOCALHOST:80/api",
            "http://api.localhost",
            "http://127.0.0.1:8080",
            "http://127.9.9.9",
            "http://[::1]:8080",
        ] {
            assert!(Base::parse("it", here, false).is_ok(), "{here}");
        }
        for elsewhere in [
            "http://example.com",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://10.0.0.1",
            "http://0.0.0.0",
            "http://[::2]",
        ] {
            let error = Base::parse("it", elsewhere, false).unwrap_err().to_string();
            assert!(error.contains("`allow_http`"), "{elsewhere}: {error}");
            assert!(Base::parse("it", elsewhere, true).is_ok(), "{elsewhere}");
        }
    }

    #[cfg(feature = "tracing")]
    #[test]
    fn hosts_and_ports() {
        for (address, host, port) in [
            ("https://example.com/api", "example.com", 443),
            ("http://localhost", "localhost", 80),
            ("https://example.com:8443", "example.com", 8443),
            ("http://[::1]:8080/a", "::1", 8080),
            ("http://[::1]", "::1", 80),
        ] {
            let base = Base::parse("it", address, false).unwrap();
            assert_eq!(base.host_and_port(), (host, port), "{address}");
        }
    }

    #[test]
    fn fills_variables() {
        let server = Server { name: "own", url: "https://{sub}.example.com/{tenant}" };
        let set = |sub: &str| vec![("sub", sub.to_owned()), ("tenant", "t1".to_owned())];
        let base = Base::of_server(&server, &set("acme"), false).unwrap();
        assert_eq!(base.as_str(), "https://acme.example.com/t1");
        let error = Base::of_server(&server, &[], false).unwrap_err().to_string();
        assert_eq!(error, "the server `own` needs `sub`");
        for wrong in ["evil.com/", "evil.com#", "a@b", "", "..", "a:1"] {
            assert!(Base::of_server(&server, &set(wrong), false).is_err(), "{wrong}");
        }
    }
}
