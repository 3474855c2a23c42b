//! A server that takes requests, keeps them byte for byte, and gives each the same answer.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// A server on a free port of this machine.
pub(super) struct Server {
    url: String,
    address: std::net::SocketAddr,
    thread: JoinHandle<Vec<Request>>,
}

/// A request as it was sent.
#[derive(Debug, Default)]
pub(super) struct Request {
    /// The request line, without its end.
    pub(super) line: String,
    /// The headers in order, names in lower case.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Server {
    /// Starts to listen.
    pub(super) fn start(answer: Vec<u8>) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let thread = thread::spawn(move || {
            let mut requests = Vec::new();
            for stream in listener.incoming() {
                match stream.and_then(|stream| converse(&stream, &answer)) {
                    // A connection without a request is how the end is told.
                    Ok(None) => break,
                    Ok(Some(request)) => requests.push(request),
                    Err(error) => {
                        requests.push(Request { line: error.to_string(), ..Request::default() });
                    }
                }
            }
            requests
        });
        Ok(Self { url: format!("http://{address}"), address, thread })
    }

    /// The address for a client.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Ends the server; what it was sent.
    pub(super) fn stop(self) -> io::Result<Vec<Request>> {
        drop(TcpStream::connect(self.address)?);
        self.thread.join().map_err(|_| io::Error::other("the server has panicked"))
    }
}

fn converse(mut stream: &TcpStream, answer: &[u8]) -> io::Result<Option<Request>> {
    let mut reader = BufReader::new(stream);
    let line = line(&mut reader)?;
    if line.is_empty() {
        return Ok(None);
    }
    let mut request = Request { line, ..Request::default() };
    loop {
        let line = self::line(&mut reader)?;
        let Some((name, value)) = line.split_once(": ") else { break };
        request.headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    request.read_body(&mut reader)?;
    stream.write_all(answer)?;
    Ok(Some(request))
}

/// A line without its end.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

impl Request {
    /// The value of a header that was sent once.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        values.next().filter(|_| values.next().is_none()).map(|(_, value)| value.as_str())
    }

    fn read_body(&mut self, reader: &mut impl BufRead) -> io::Result<()> {
        if let Some(length) = self.header("content-length").and_then(|length| length.parse().ok()) {
            self.body = vec![0; length];
            return reader.read_exact(&mut self.body);
        }
        if self.header("transfer-encoding") != Some("chunked") {
            return Ok(());
        }
        loop {
            let length = usize::from_str_radix(&line(reader)?, 16).map_err(io::Error::other)?;
            let mut chunk = vec![0; length];
            reader.read_exact(&mut chunk)?;
            line(reader)?;
            if length == 0 {
                return Ok(());
            }
            self.body.extend(chunk);
        }
    }
}
