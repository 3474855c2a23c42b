//! Whether a client of reqwest follows redirects, which only its debugging form tells.

use crate::build_error::BuildError;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder};
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// What becomes of redirects in a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Redirects {
    /// They are answers.
    Off,
    /// They are followed: nothing may be sent through this client.
    Followed,
    /// This reqwest does not tell. A failure to connect may be that of a redirect then.
    Unknown,
}

/// What helps where redirects are followed.
pub(super) const HELP: &str = "build the client of reqwest with `redirect(reqwest::redirect::Policy::none())`, \
    or hand its builder to `ReqwestTransport::from_builder`";

impl Redirects {
    pub(super) fn of(client: &Client) -> Self {
        Self::tell(&shown(client), || {
            let known = switched_off(Client::builder()).build();
            known.map_or_else(|_| Zeroizing::default(), |known| shown(&known))
        })
    }

    /// What the form of a client tells, next to that of one whose redirects are known to be off.
    fn tell(shown: &str, off: impl FnOnce() -> Zeroizing<String>) -> Self {
        if shown.contains(OFF) {
            Self::Off
        } else if off().contains(OFF) {
            Self::Followed
        } else {
            Self::Unknown
        }
    }

    pub(super) fn check(self) -> Result<(), BuildError> {
        match self {
            Self::Followed => {
                Err(BuildError::new("the HTTP client follows redirects").with_source(HELP))
            }
            Self::Off | Self::Unknown => Ok(()),
        }
    }
}

pub(super) fn switched_off(client: ClientBuilder) -> ClientBuilder {
    client.redirect(Policy::none())
}

/// How reqwest shows it. What the app has put into the client cannot look like this: quotes in it are shown as `\"`.
const OFF: &str = r#"redirect_policy: "Policy(None)""#;

/// The debugging form, which may show headers with secrets.
fn shown(client: &Client) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(4 << 10));
    // Half of it tells nothing wrong.
    let _ = write!(text, "{client:?}");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::Method;
    use crate::transport::{Outgoing, ReqwestTransport, Transport as _, TransportErrorKind};
    use reqwest::header::{HeaderMap, HeaderValue};
    use std::io::{BufRead as _, BufReader, Write as _};
    use std::net::TcpListener;

    fn of(client: ClientBuilder) -> Redirects {
        Redirects::of(&client.build().unwrap())
    }

    #[test]
    fn clients_tell_what_they_do() {
        assert_eq!(of(switched_off(Client::builder())), Redirects::Off);
        assert_eq!(of(Client::builder()), Redirects::Followed);
        for policy in
            [Policy::default(), Policy::limited(0), Policy::custom(|attempt| attempt.stop())]
        {
            assert_eq!(of(Client::builder().redirect(policy)), Redirects::Followed);
        }
        let mut headers = HeaderMap::new();
        headers.insert("redirect_policy", HeaderValue::from_static(OFF));
        headers.insert("x", HeaderValue::from_static("Policy(None)"));
        assert_eq!(of(Client::builder().default_headers(headers)), Redirects::Followed);
    }

    /// A reqwest that shows something else must not make clients unusable that are as they should be.
    #[test]
    fn a_form_that_nobody_knows_tells_nothing() {
        let of = |shown, off: &str| Redirects::tell(shown, || Zeroizing::new(off.to_owned()));
        assert_eq!(of("Client { .. }", "Client { .. }"), Redirects::Unknown);
        assert_eq!(of("Client { .. }", ""), Redirects::Unknown);
        assert_eq!(of("Client { .. }", &format!("Client {{ {OFF} }}")), Redirects::Followed);
        assert!(Redirects::Unknown.check().is_ok());
    }

    /// Answers once with a redirect to this address.
    fn redirecting(target: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let answer = format!(
            "HTTP/1.1 307 Moved\r\nLocation: {target}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        );
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            stream.write_all(answer.as_bytes()).unwrap();
        });
        address
    }

    /// A server that was reached, and another one that was not: something was sent.
    #[tokio::test]
    async fn where_redirects_may_be_followed() {
        let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let dead = format!("http://{dead}");
        for (redirects, url, kind) in [
            (Redirects::Unknown, redirecting(&dead), TransportErrorKind::Other),
            (Redirects::Unknown, dead.clone(), TransportErrorKind::Other),
            (Redirects::Off, dead.clone(), TransportErrorKind::Connect),
            (
                Redirects::Unknown,
                redirecting(&redirecting("http://127.0.0.1/")),
                TransportErrorKind::Redirected,
            ),
        ] {
            let client = Client::builder().no_proxy().redirect(Policy::limited(1)).build().unwrap();
            let transport = ReqwestTransport { redirects, ..ReqwestTransport::new(client) };
            let outgoing = Outgoing::of(&Method::post("a", "/"), url.clone() + "/", url.len());
            assert_eq!(transport.send(outgoing).await.unwrap_err().kind(), kind);
        }
    }
}
