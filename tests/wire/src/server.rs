//! The server: a thread that accepts, and one for each connection.

use crate::reply::After;
use crate::{Reply, Request};
use socket2::{Domain, SockRef, Socket, Type};
use std::collections::VecDeque;
use std::io::{self, BufReader};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a request may take to arrive. Only a test that fails waits for so long.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server on a free port of this machine. Dropping it ends its connections and its threads.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Option<JoinHandle<Vec<JoinHandle<()>>>>,
    /// What the acceptor has given, once it has ended.
    connections: Option<Vec<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    arrived: Condvar,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Reply>,
    /// What to answer when the script is at its end.
    otherwise: Option<Reply>,
    /// How many requests the script was made for.
    expected: usize,
    requests: Vec<Request>,
    /// How many of them were told what the script has for them.
    answered: usize,
    /// What no correct client does, and requests that nobody expected.
    complaints: Vec<String>,
    /// By the number of the connection; `None` once it was torn down.
    streams: Vec<Option<TcpStream>>,
    /// How many clients have left while the server still had something to say.
    left: usize,
    /// Of how many connections requests are still read.
    open: usize,
    /// Who connects last, when the server ends: the server itself.
    last: Option<SocketAddr>,
    stopping: bool,
}

impl Server {
    /// A server that answers as many requests as there are replies, in their order, whatever connection a
    /// request comes over.
    pub fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = Self::run(State::default());
        server.expect(replies);
        server
    }

    /// A server that answers all requests alike.
    #[must_use]
    pub fn repeating(reply: Reply) -> Self {
        Self::run(State { otherwise: Some(reply), ..State::default() })
    }

    fn run(state: State) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("no port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let shared = Arc::new(Shared { state: Mutex::new(state), arrived: Condvar::new() });
        let of_thread = Arc::clone(&shared);
        let acceptor = thread::spawn(move || accept(&listener, &of_thread));
        Self { address, shared, acceptor: Some(acceptor), connections: None }
    }

    /// Host and port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base address for a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All requests, once there are as many as there were replies.
    ///
    /// # Panics
    ///
    /// When there are more or too few, or one is no correct request.
    #[must_use]
    #[track_caller]
    pub fn requests(&self) -> Vec<Request> {
        let expected = self.shared.lock().expected;
        self.wait_for(expected);
        let state = self.shared.lock();
        let (requests, complaints) = (state.requests.clone(), state.complaints.clone());
        // Not held while panicking: dropping the server needs it.
        drop(state);
        assert!(complaints.is_empty(), "{complaints:#?}");
        assert!(
            requests.len() >= expected,
            "{expected} requests expected, these came: {requests:#?}"
        );
        requests
    }

    /// Adds replies to the script of a server that has started, for those that hold its address.
    pub fn expect(&self, replies: impl IntoIterator<Item = Reply>) {
        let mut state = self.shared.lock();
        for reply in replies {
            state.expected += usize::from(!reply.wants_no_request());
            state.script.push_back(reply);
        }
    }

    /// Ends the server, once it has read all that was sent to it: what came, and what about it was wrong. Whoever
    /// could still send something has to be gone, or is waited for in vain.
    #[must_use]
    pub fn finish(mut self) -> (Vec<Request>, Vec<String>) {
        let ended = self.stop_accepting();
        let open = |state: &mut State| state.open > 0;
        let state = self.shared.lock();
        let waited = self.shared.arrived.wait_timeout_while(state, PATIENCE, open);
        let (mut state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        if !ended || waited.timed_out() {
            state.complaints.push("a connection stays open".to_owned());
        }
        (std::mem::take(&mut state.requests), std::mem::take(&mut state.complaints))
    }

    /// Lets nobody in any more but those who have connected already; whether that could be done.
    fn stop_accepting(&mut self) -> bool {
        let Some(acceptor) = self.acceptor.take() else { return true };
        // Connects behind all others, from an address that the acceptor knows.
        let Ok(socket) = Socket::new(Domain::IPV4, Type::STREAM, None) else { return false };
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let bound = socket.bind(&any.into()).and_then(|()| socket.local_addr());
        let Some(last) = bound.ok().and_then(|address| address.as_socket()) else { return false };
        self.shared.lock().last = Some(last);
        let woken = socket.connect(&self.address.into()).is_ok();
        self.connections = Some(acceptor).filter(|_| woken).and_then(|it| it.join().ok());
        self.connections.is_some()
    }

    /// How many requests have come.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shared.lock().requests.len()
    }

    /// How many requests were told all, or the part of it, that the script has for them.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.shared.lock().answered
    }

    /// Waits until so many clients have closed a connection over which they were still to be told something.
    /// Gives up after a while; says how many there were.
    #[must_use]
    pub fn wait_for_leavers(&self, count: usize) -> usize {
        let few = |state: &mut State| state.left < count;
        let state = self.shared.lock();
        let waited = self.shared.arrived.wait_timeout_while(state, PATIENCE, few);
        waited.map_or(0, |(state, _)| state.left)
    }

    /// Waits until as many requests have come. Gives up after a while, since a test has more to say about
    /// what is missing.
    pub fn wait_for(&self, count: usize) {
        let few = |state: &mut State| state.requests.len() < count;
        let state = self.shared.lock();
        drop(self.shared.arrived.wait_timeout_while(state, PATIENCE, few));
    }

    /// The only request.
    ///
    /// # Panics
    ///
    /// When there is not exactly one, or it is no correct request.
    #[must_use]
    #[track_caller]
    pub fn request(&self) -> Request {
        let requests = self.requests();
        match <[Request; 1]>::try_from(requests) {
            Ok([request]) => request,
            Err(requests) => panic!("one request expected, these came: {requests:#?}"),
        }
    }

    /// The latest request. For [`repeating`](Self::repeating) servers.
    ///
    /// # Panics
    ///
    /// When there is none, or one was no correct request.
    #[must_use]
    #[track_caller]
    pub fn latest(&self) -> Request {
        self.requests().pop().expect("no request has come")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.lock().stopping = true;
        self.stop_accepting();
        for stream in self.shared.lock().streams.iter().flatten() {
            // The client may have been faster.
            let _ = stream.shutdown(Shutdown::Both);
        }
        let connections = self.connections.take().unwrap_or_default();
        let panicked = connections.into_iter().filter_map(|thread| thread.join().err()).count();
        let complaints = std::mem::take(&mut self.shared.lock().complaints);
        if !thread::panicking() {
            assert_eq!(panicked, 0, "threads of the server have panicked");
            assert!(complaints.is_empty(), "{complaints:#?}");
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) -> Vec<JoinHandle<()>> {
    let mut connections = Vec::new();
    for stream in listener.incoming() {
        let mut state = shared.lock();
        let is_last = |stream: &TcpStream| stream.peer_addr().ok() == state.last;
        if state.last.is_some() && stream.as_ref().is_ok_and(is_last) {
            break;
        }
        let opened = stream.and_then(|stream| Ok((stream.try_clone()?, stream)));
        match opened {
            Ok((stream, kept)) => {
                if state.script.front().is_some_and(Reply::wants_no_request) {
                    state.script.pop_front();
                    drop(kept);
                    reset(stream);
                    continue;
                }
                let number = state.streams.len();
                state.streams.push(Some(kept));
                state.open += 1;
                let shared = Arc::clone(shared);
                connections.push(thread::spawn(move || {
                    let _open = Open(&shared);
                    converse(stream, number, &shared);
                }));
            }
            Err(error) => {
                state.complaints.push(format!("a connection could not be taken: {error}"));
            }
        }
    }
    connections
}

/// A connection of which requests are read.
struct Open<'a>(&'a Shared);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.lock().open -= 1;
        self.0.arrived.notify_all();
    }
}

/// Answers the requests of one connection.
fn converse(mut stream: TcpStream, number: usize, shared: &Shared) {
    let Ok(mut reader) = stream.try_clone().map(BufReader::new) else { return };
    loop {
        let request = match Request::read(&mut reader, number) {
            Ok(Some(request)) => request,
            Ok(None) => break,
            Err(error) => {
                // A connection that breaks is the client's right, a request that is none is not.
                if error.kind() == io::ErrorKind::InvalidData {
                    shared.lock().complaints.push(error.to_string());
                }
                break;
            }
        };
        let is_last = request.header("connection") == Some("close");
        // An error in sending is a client that has seen enough.
        let reply = next_reply(request, &stream, shared);
        let after = reply.send(&mut stream, || shared.lock().answered += 1).unwrap_or(After::Left);
        match after {
            After::Next if !is_last => {}
            After::Next | After::Close => break,
            After::Left => {
                let mut state = shared.lock();
                state.left += usize::from(!state.stopping);
                drop(state);
                shared.arrived.notify_all();
                break;
            }
            After::Reset => {
                // Nobody else may hold it, or it would stay open.
                let kept = shared.lock().streams.get_mut(number).and_then(Option::take);
                drop((kept, reader));
                return reset(stream);
            }
        }
    }
    // Both halves, since the clone that is kept for the end would hold the connection open.
    let _ = stream.shutdown(Shutdown::Both);
}

/// Closes a connection as a machine does that was switched off: nothing that is on its way arrives.
fn reset(stream: TcpStream) {
    // Without it the connection is closed in the usual way, and the test says so.
    let _ = SockRef::from(&stream).set_linger(Some(Duration::ZERO));
    drop(stream);
}

/// Records the request and takes its reply from the script. Recording comes first: a client that has its
/// answer can be sure that its request was recorded.
fn next_reply(request: Request, stream: &TcpStream, shared: &Shared) -> Reply {
    let mut state = shared.lock();
    let host = stream.local_addr().map(|address| address.to_string()).ok();
    if request.header("host") != host.as_deref() {
        state.complaints.push(format!("the header Host of {request:?}"));
    }
    let place = state.script.iter().position(|reply| reply.is_for(&request.line));
    let reply = place.and_then(|place| state.script.remove(place));
    let reply = reply.or_else(|| state.otherwise.clone());
    if reply.is_none() {
        state.complaints.push(format!("nobody expected {request:?}"));
    }
    state.requests.push(request);
    drop(state);
    shared.arrived.notify_all();
    reply.unwrap_or_else(|| Reply::new(599, &[], "not in the script"))
}

/// An address that refuses connections for as long as this value lives.
///
/// Its port is in use, by a connection to somewhere else, so that no other test can be given it.
#[derive(Debug)]
pub struct Nobody {
    connection: TcpStream,
    _listener: TcpListener,
}

impl Nobody {
    /// Takes a port.
    #[must_use]
    pub fn listens() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("no port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let connection = TcpStream::connect(address).expect("a listener can be reached");
        Self { connection, _listener: listener }
    }

    /// The base address for a client.
    #[must_use]
    pub fn url(&self) -> String {
        let address = self.connection.local_addr().expect("a connection has an address");
        format!("http://{address}")
    }
}

/// An address at which no connection comes about for as long as this value lives, and nothing refuses it:
/// a client waits until it has enough.
#[derive(Debug)]
pub struct Deaf {
    address: SocketAddr,
    _listener: Socket,
    _waiting: Vec<TcpStream>,
}

impl Deaf {
    /// Takes a port and fills the queue of those who wait to be let in.
    #[must_use]
    pub fn listens() -> Self {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).expect("there are sockets");
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        listener.bind(&any.into()).expect("a port is free");
        listener.listen(0).expect("a socket can listen");
        let address = listener.local_addr().ok().and_then(|address| address.as_socket());
        let address = address.expect("a listener has an address");
        let mut waiting = Vec::new();
        // Whoever does not get in at once on this machine never does.
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(50)) {
            waiting.push(stream);
        }
        Self { address, _listener: listener, _waiting: waiting }
    }

    /// The base address for a client.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}
