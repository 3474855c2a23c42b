//! Which proxy the environment names for an address.
//!
//! ureq asks one proxy for all addresses, whatever the variable is for that names it. Here the rules are those of
//! reqwest, which are nearly those of curl: `HTTP_PROXY` for `http://`, `HTTPS_PROXY` for `https://`, `ALL_PROXY` where
//! there is none of these, and none at all for the hosts of `NO_PROXY`.

use std::net::IpAddr;
use ureq::Proxy;
use ureq::http::Uri;

/// What the environment says.
#[derive(Clone, Debug, Default)]
pub(super) struct Proxies {
    http: Option<Proxy>,
    https: Option<Proxy>,
    /// Who is called without one.
    without: Vec<Hosts>,
}

impl Proxies {
    /// What these variables say; `None` where none of them names a proxy.
    pub(super) fn of_environment(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let first = |name: &str| variable(name).or_else(|| variable(&name.to_lowercase()));
        let [http, https, all] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(first);
        if http.is_none() && https.is_none() && all.is_none() {
            return None;
        }
        // A program that a web server runs has headers of strangers in its environment, `Proxy` as `HTTP_PROXY`.
        if variable("REQUEST_METHOD").is_some() {
            return Some(Self::default());
        }
        let all = all.as_deref().and_then(read);
        let or_all = |text: Option<String>| text.as_deref().and_then(read).or_else(|| all.clone());
        let without = first("NO_PROXY").unwrap_or_default();
        Some(Self {
            http: or_all(http),
            https: or_all(https),
            without: without.split(',').filter_map(Hosts::read).collect(),
        })
    }

    /// The proxy to ask for this address, if any.
    pub(super) fn of(&self, address: &Uri) -> Option<&Proxy> {
        let host = address.host()?;
        if self.without.iter().any(|hosts| hosts.have(host)) {
            return None;
        }
        match address.scheme_str() {
            Some("http") => self.http.as_ref(),
            Some("https") => self.https.as_ref(),
            _ => None,
        }
    }
}

/// The proxy of a variable; what is none is passed over, as curl does.
fn read(text: &str) -> Option<Proxy> {
    let address: Uri = text.parse().ok()?;
    // ureq knows another name.
    match address.scheme_str() {
        None | Some("http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h") => {
            Proxy::new(text).ok()
        }
        Some(_) => None,
    }
}

/// An entry of `NO_PROXY`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Hosts {
    /// All that have a name.
    Named,
    /// A name and what is below it.
    Below(String),
    /// Addresses that begin with so many bits of this one.
    Network(IpAddr, u32),
}

impl Hosts {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(address) = text.parse() {
            return Some(Self::Network(address, u128::BITS));
        }
        if let Some((address, bits)) = text.split_once('/')
            && let (Ok(address), Ok(bits)) = (address.parse::<IpAddr>(), bits.parse())
            && bits <= width(address)
        {
            return Some(Self::Network(address, bits));
        }
        match text {
            "" => None,
            "*" => Some(Self::Named),
            name => Some(Self::Below(name.strip_prefix('.').unwrap_or(name).to_lowercase())),
        }
    }

    fn have(&self, host: &str) -> bool {
        let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        match (self, address.unwrap_or(host).parse::<IpAddr>()) {
            (Self::Network(network, bits), Ok(address)) => is_within(*network, *bits, address),
            (Self::Named, Err(_)) => true,
            (Self::Below(name), Err(_)) => {
                let host = host.to_lowercase();
                let above = host.strip_suffix(name);
                above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            _ => false,
        }
    }
}

const fn width(address: IpAddr) -> u32 {
    if address.is_ipv4() { u32::BITS } else { u128::BITS }
}

/// Whether the first `bits` of both are the same, in one of the two versions.
fn is_within(network: IpAddr, bits: u32, address: IpAddr) -> bool {
    let differing = match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            (network.to_bits() ^ address.to_bits()).leading_zeros()
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            (network.to_bits() ^ address.to_bits()).leading_zeros()
        }
        _ => return false,
    };
    differing >= bits.min(width(network))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The port of the proxy that is asked for an address, where the environment is like this.
    fn asked(environment: &[(&str, &str)], address: &str) -> Option<u16> {
        let variable = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let proxies = Proxies::of_environment(variable)?;
        proxies.of(&address.parse().unwrap()).map(Proxy::port)
    }

    const PLAIN: &str = "http://api.example.com/v1";
    const SECURE: &str = "https://api.example.com/v1";

    #[test]
    fn each_scheme_has_its_variable() {
        let [http, https] = [("HTTP_PROXY", "http://p:1"), ("HTTPS_PROXY", "http://p:2")];
        let all = ("ALL_PROXY", "http://p:3");
        for (environment, plain, secure) in [
            (&[][..], None, None),
            (&[http], Some(1), None),
            (&[https], None, Some(2)),
            (&[all], Some(3), Some(3)),
            (&[http, https, all], Some(1), Some(2)),
            (&[https, all], Some(3), Some(2)),
            // In capitals first, and in none.
            (&[("http_proxy", "p:4")], Some(4), None),
            (&[("http_proxy", "p:4"), http], Some(1), None),
            (&[("HTTP_PROXY", ""), ("http_proxy", "p:4")], None, None),
            // What is no proxy is none.
            (&[("HTTP_PROXY", "ftp://p"), all], Some(3), Some(3)),
            (&[("HTTPS_PROXY", "no proxy")], None, None),
            (&[("HTTPS_PROXY", "socks://p")], None, None),
            (&[("ALL_PROXY", "socks5://p")], Some(1080), Some(1080)),
            (&[("ALL_PROXY", "https://p/path")], Some(443), Some(443)),
            // Headers of strangers.
            (&[("REQUEST_METHOD", "GET"), http, all], None, None),
        ] {
            assert_eq!(asked(environment, PLAIN), plain, "{environment:?}");
            assert_eq!(asked(environment, SECURE), secure, "{environment:?}");
        }
    }

    #[test]
    fn some_hosts_are_called_without() {
        let asked = |without: &str, host: &str| {
            let environment = [("ALL_PROXY", "http://p:3"), ("NO_PROXY", without)];
            asked(&environment, &format!("https://{host}:8443/")).is_some()
        };
        for (without, host) in [
            ("example.com", "example.com"),
            ("example.com", "api.EXAMPLE.com"),
            (".example.com", "example.com"),
            (".Example.com", "api.example.com"),
            ("other.com, ,example.com ,", "example.com"),
            ("*", "example.com"),
            ("10.0.0.0/8", "10.1.2.3"),
            ("10.1.2.3", "10.1.2.3"),
            ("0.0.0.0/0", "10.1.2.3"),
            ("fe80::/10", "[fe80::1]"),
            ("::1", "[::1]"),
        ] {
            assert!(!asked(without, host), "{without}: {host}");
        }
        for (without, host) in [
            ("", "example.com"),
            ("example.com", "an-example.com"),
            ("example.com", "example.com.evil.net"),
            ("api.example.com", "example.com"),
            ("*.example.com", "api.example.com"),
            // As reqwest has it: the star is for names.
            ("*", "10.1.2.3"),
            ("10.0.0.0/8", "11.1.2.3"),
            ("10.1.2.3", "10.1.2.4"),
            ("10.0.0.0/33", "10.0.0.0"),
            ("0.0.0.0/0", "[::1]"),
            ("::/0", "10.1.2.3"),
            ("0.0.1", "10.0.0.1"),
        ] {
            assert!(asked(without, host), "{without}: {host}");
        }
    }

    #[test]
    fn passwords_are_not_shown() {
        let variable = |name: &str| (name == "ALL_PROXY").then(|| "http://u:planted@p".to_owned());
        let shown = format!("{:?}", Proxies::of_environment(variable));
        assert!(!shown.contains("planted"), "{shown}");
    }
}
