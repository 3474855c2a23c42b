//! What ureq tells nobody: whether there was a connection when something failed, whether a body has come to its
//! end or was cut off, and that whoever waits for an answer has given it up.
//!
//! And what it does too soon: it looks up the name of the host for every request, on a thread that it starts for it,
//! before it knows whether there is an open connection.

use crate::transport::apart::Deadline;
use std::cell::Cell;
use std::fmt;
use std::io::{self, ErrorKind};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration;
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};
use ureq::{Agent, Error, Timeout};

/// An agent whose connections are watched, and which looks up a host only where it connects to it.
pub(super) fn agent(config: Config, connector: impl Connector, resolver: impl Resolver) -> Agent {
    let later = Later(DefaultResolver::default());
    Agent::with_parts(config, Watched::new(connector, resolver), later)
}

/// Finds no address yet: [`Watched`] asks the one inside when there is something to connect.
#[derive(Debug)]
struct Later<R>(R);

impl<R: Resolver> Resolver for Later<R> {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        Ok(self.0.empty())
    }
}

/// Connects as the connector inside does.
#[derive(Debug)]
struct Watched<C, R> {
    connector: C,
    resolver: R,
    /// Whether it can speak to a SOCKS proxy.
    socks: bool,
}

impl<C: Connector, R: Resolver> Watched<C, R> {
    fn new(connector: C, resolver: R) -> Self {
        // Whether ureq has its feature for that it tells in the debugging form only, and without it panics, or sends to
        // the service by itself what was meant for the proxy.
        let socks = !format!("{connector:?}").contains("WarnOnNoSocks");
        Self { connector, resolver, socks }
    }

    /// Refuses a proxy that nothing here can speak to.
    fn check(&self, config: &Config) -> Result<(), Error> {
        let connects = |proxy: &ureq::Proxy| {
            matches!(proxy.protocol(), ureq::ProxyProtocol::Http | ureq::ProxyProtocol::Https)
        };
        if self.socks || config.proxy().is_none_or(connects) {
            return Ok(());
        }
        let why = "for a SOCKS proxy ureq needs its feature `socks-proxy`";
        Err(Unconnected::mark(Error::Io(io::Error::new(ErrorKind::Unsupported, why))))
    }

    /// Where to connect to, unless a proxy is to find that out.
    fn addresses(
        &self,
        details: &ConnectionDetails<'_>,
        mut timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let by_itself =
            |proxy: &ureq::Proxy| proxy.is_no_proxy(details.uri) || proxy.resolve_target();
        if !details.addrs.is_empty() || !details.config.proxy().is_none_or(by_itself) {
            return Ok(details.addrs.clone());
        }
        let limit = details.config.timeouts().resolve.map(Duration::from);
        if let Some(limit) = limit.filter(|limit| *limit < timeout.after) {
            (timeout.after, timeout.reason) = (limit, Timeout::Resolve);
        }
        self.resolver.resolve(details.uri, details.config, timeout)
    }
}

impl<C: Connector, R: Resolver> Connector for Watched<C, R> {
    type Out = Connection<C::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<()>,
    ) -> Result<Option<Self::Out>, Error> {
        self.check(details.config)?;
        let timeout = in_time(details.timeout)?;
        let details = ConnectionDetails {
            timeout,
            uri: details.uri,
            addrs: self.addresses(details, timeout).map_err(Unconnected::mark)?,
            config: details.config,
            request_level: details.request_level,
            resolver: &self.resolver,
            now: details.now,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let connected = self.connector.connect(&details, chained).map_err(Unconnected::mark)?;
        Ok(connected.map(Connection))
    }
}

/// A connection, encrypted where it should be.
#[derive(Debug)]
struct Connection<T>(T);

impl<T: Transport> Transport for Connection<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, in_time(timeout)?)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(in_time(timeout)?).map_err(cut_off)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}

/// What went wrong before there was a connection to the service, which has seen nothing then.
#[derive(Debug)]
pub(super) struct Unconnected(Error);

impl Unconnected {
    fn mark(error: Error) -> Error {
        match error {
            // Its reason says whose limit it was.
            Error::Timeout(_) => error,
            // Of a proxy, which is connected to by itself.
            Error::Other(inner) if inner.is::<Self>() => Error::Other(inner),
            error => Error::Other(Box::new(Self(error))),
        }
    }

    pub(super) fn into_inner(self) -> Error {
        self.0
    }
}

impl fmt::Display for Unconnected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Unconnected {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// An error of reading as one that ureq does not take for the end of a body. A connection that ends as it should
/// is no error, and gives no bytes.
fn cut_off(error: Error) -> Error {
    match error {
        Error::Io(error)
            if matches!(
                error.kind(),
                ErrorKind::ConnectionReset
                    | ErrorKind::ConnectionAborted
                    | ErrorKind::UnexpectedEof
            ) =>
        {
            Error::Io(io::Error::other(error))
        }
        error => error,
    }
}

thread_local! {
    /// When whoever waits for this thread gives it up.
    static UNTIL: Cell<Option<Deadline>> = const { Cell::new(None) };
}

/// Does this on a thread of its own, which connects, sends and waits no longer than until then.
pub(super) fn until<T>(deadline: Deadline, work: impl FnOnce() -> T) -> T {
    UNTIL.set(Some(deadline));
    let made = work();
    UNTIL.set(None);
    made
}

/// A limit for one step, which is over at the latest when nobody waits any more.
fn in_time(mut timeout: NextTimeout) -> Result<NextTimeout, Error> {
    if let Some(deadline) = UNTIL.get() {
        let left = deadline.left().ok_or(Error::Timeout(Timeout::Global))?;
        let left = Duration::from(left);
        if left < timeout.after {
            (timeout.after, timeout.reason) = (left, Timeout::Global);
        }
    }
    Ok(timeout)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transport::{BlockingTransport as _, Outgoing, TransportErrorKind, UreqTransport};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time;
    use ureq::unversioned::transport::LazyBuffers;

    /// Connects when the time is over, and counts.
    #[derive(Debug, Default)]
    struct Late {
        connected: Arc<AtomicUsize>,
        sent: Arc<AtomicUsize>,
    }

    #[derive(Debug)]
    struct Counting {
        buffers: LazyBuffers,
        sent: Arc<AtomicUsize>,
    }

    impl Connector for Late {
        type Out = Counting;

        fn connect(
            &self,
            _: &ConnectionDetails<'_>,
            _: Option<()>,
        ) -> Result<Option<Counting>, Error> {
            self.connected.fetch_add(1, Ordering::Relaxed);
            while UNTIL.get().is_some_and(|deadline| deadline.left().is_some()) {
                std::hint::spin_loop();
            }
            let (buffers, sent) = (LazyBuffers::new(1024, 1024), self.sent.clone());
            Ok(Some(Counting { buffers, sent }))
        }
    }

    impl Transport for Counting {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.buffers
        }

        fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), Error> {
            self.sent.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
            let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
            self.buffers.input_append_buf()[..answer.len()].copy_from_slice(answer);
            self.buffers.input_appended(answer.len());
            Ok(true)
        }

        fn is_open(&mut self) -> bool {
            true
        }
    }

    /// Connects, and breaks off in the middle of a body whose length nobody knows.
    #[derive(Debug)]
    struct Torn;

    #[derive(Debug)]
    struct Half(LazyBuffers, bool);

    impl Connector for Torn {
        type Out = Half;

        fn connect(&self, _: &ConnectionDetails<'_>, _: Option<()>) -> Result<Option<Half>, Error> {
            Ok(Some(Half(LazyBuffers::new(1024, 1024), false)))
        }
    }

    impl Transport for Half {
        fn buffers(&mut self) -> &mut dyn Buffers {
            &mut self.0
        }

        fn transmit_output(&mut self, _: usize, _: NextTimeout) -> Result<(), Error> {
            Ok(())
        }

        fn await_input(&mut self, _: NextTimeout) -> Result<bool, Error> {
            if std::mem::replace(&mut self.1, true) {
                return Err(Error::Io(ErrorKind::ConnectionReset.into()));
            }
            let answer = b"HTTP/1.1 200 OK\r\n\r\nhalf";
            self.0.input_append_buf()[..answer.len()].copy_from_slice(answer);
            self.0.input_appended(answer.len());
            Ok(true)
        }

        fn is_open(&mut self) -> bool {
            false
        }
    }

    /// Over connections of the app, too.
    #[test]
    fn half_a_body_is_none() {
        let url = "http://127.0.0.1/".to_owned();
        let method = crate::Method::get("torn.get", "/");
        let config = || ureq::Agent::config_builder().proxy(None).build();
        let resolver = DefaultResolver::default;
        let transport = UreqTransport::from_parts(config(), Torn, resolver());
        let answer = transport.send(Outgoing::of(&method, url.clone(), url.len() - 1));
        assert_eq!(answer.unwrap_err().kind(), TransportErrorKind::Other);
        // What an agent that is built already would make of it.
        let agent = ureq::Agent::with_parts(config(), Torn, resolver());
        let taken = agent.get(&url).call().unwrap().body_mut().read_to_string().unwrap();
        assert_eq!(taken, "half", "ureq tells them apart now: `UreqTransport::new` may come back");
    }

    /// How often it was connected and sent to by a request for which somebody waits so long.
    fn counted(time: Option<time::Duration>) -> (bool, usize, usize) {
        let late = Late::default();
        let (connected, sent) = (late.connected.clone(), late.sent.clone());
        let config = Agent::config_builder().proxy(None).build();
        let watched = Watched::new(late, DefaultResolver::default());
        let agent = Agent::with_parts(config, watched, DefaultResolver::default());
        let request = move || agent.post("http://127.0.0.1/").send("a write").is_ok();
        let answered = match time {
            Some(time) => until(Deadline::after(time).unwrap(), request),
            None => request(),
        };
        (answered, connected.load(Ordering::Relaxed), sent.load(Ordering::Relaxed))
    }

    #[test]
    fn nothing_is_sent_once_nobody_waits() {
        assert_eq!(counted(Some(time::Duration::ZERO)), (false, 0, 0), "not even connected");
        // Over while it connects, unless the machine is so slow that it does not come to that.
        let (answered, _, sent) = counted(Some(time::Duration::from_millis(50)));
        assert!(!answered && sent == 0);
        let (answered, connected, sent) = counted(None);
        assert!(answered && connected == 1 && sent > 0);
    }

    /// Knows every host, and counts.
    #[derive(Debug, Default)]
    struct Phonebook(Arc<AtomicUsize>);

    impl Resolver for Phonebook {
        fn resolve(
            &self,
            _: &Uri,
            _: &Config,
            _: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, Error> {
            self.0.fetch_add(1, Ordering::Relaxed);
            let mut found = self.empty();
            found.push(([127, 0, 0, 1], 80).into());
            Ok(found)
        }
    }

    /// How often hosts are looked up, and connected to, for three requests.
    fn looked_up(proxy: Option<ureq::Proxy>) -> (usize, usize) {
        let (connector, resolver) = (Late::default(), Phonebook::default());
        let (connected, asked) = (connector.connected.clone(), resolver.0.clone());
        let config = Agent::config_builder().proxy(proxy).build();
        let later = Later(DefaultResolver::default());
        let agent = Agent::with_parts(config, Watched::new(connector, resolver), later);
        for _ in 0..3 {
            agent.get("http://api.example.com/").call().unwrap();
        }
        (asked.load(Ordering::Relaxed), connected.load(Ordering::Relaxed))
    }

    #[test]
    fn hosts_are_looked_up_where_they_are_connected_to() {
        assert_eq!(looked_up(None), (1, 1), "the connection is open for the others");
        let proxy = |uri: &str| Some(ureq::Proxy::new(uri).unwrap());
        assert_eq!(looked_up(proxy("http://proxy.example.com:3128")), (0, 1), "the proxy knows");
    }

    /// Without its feature ureq panics.
    #[test]
    fn a_proxy_that_nothing_can_speak_to_is_no_connection() {
        let proxy = ureq::Proxy::new("socks5://127.0.0.1:1").unwrap();
        let config = Agent::config_builder().proxy(Some(proxy)).build();
        let method = crate::Method::get("a.get", "/");
        let url = "http://api.example.com/".to_owned();
        let answer = UreqTransport::from_config(config).send(Outgoing::of(&method, url, 22));
        assert_eq!(answer.unwrap_err().kind(), TransportErrorKind::Connect);
    }

    #[test]
    fn what_fails_while_it_connects_is_marked_once() {
        let marked = Unconnected::mark(Unconnected::mark(Error::HostNotFound));
        let Error::Other(inner) = marked else { panic!("{marked:?}") };
        let Unconnected(error) = *inner.downcast().unwrap();
        assert!(matches!(error, Error::HostNotFound), "{error:?}");
        let late = Unconnected::mark(Error::Timeout(Timeout::Connect));
        assert!(matches!(late, Error::Timeout(Timeout::Connect)), "{late:?}");
    }
}
