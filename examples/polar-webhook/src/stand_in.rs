//! A stand-in for Polar with one webhook: just enough HTTP for this example.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use clientwright_providers::polar::deliveries::sign;
use clientwright_providers::runtime::webhook::Secrets;
use clientwright_providers::runtime::{HeaderMap, Value};

/// What the stand-in signs with. A real one is shown once, when the webhook is created.
pub const SECRET: &str = "abe1f3ae-fd33-11e8-8eb2-f2801f1b9fd1";

const PING: &str = r#"{"event":"PING","timestamp":"2018-05-15T14:22:24Z"}"#;

/// Starts the server on a free port of this machine.
///
/// # Errors
/// There is none.
pub fn start() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        let mut registered = None;
        for stream in listener.incoming().flatten() {
            // A client that goes away is no reason to stop.
            let _ = serve(&stream, &mut registered);
        }
    });
    Ok(address)
}

/// Sends a delivery that is signed with `secret`, and returns the status of the answer.
///
/// # Errors
/// Nobody answers.
pub fn deliver(url: &str, secret: &str, body: &str) -> io::Result<u16> {
    let secrets = Secrets::new(secret);
    let headers = sign(&secrets, body.as_bytes()).headers().map_err(io::Error::other)?;
    post(url, &headers, body)
}

/// Sends a ping, which nobody signs.
fn ping(url: &str) -> io::Result<u16> {
    let mut headers = HeaderMap::new();
    headers.insert("polar-webhook-event", "PING".parse().map_err(io::Error::other)?);
    post(url, &headers, PING)
}

/// Posts to `http://host:port/path`.
fn post(url: &str, headers: &HeaderMap, body: &str) -> io::Result<u16> {
    let (host, path) =
        url.trim_start_matches("http://").split_once('/').ok_or(io::ErrorKind::InvalidInput)?;
    let mut head = format!("POST /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {}\r\n", value.to_str().map_err(io::Error::other)?);
    }
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    status.ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Answers the requests of one connection.
fn serve(mut stream: &TcpStream, registered: &mut Option<Value>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let body = body(&mut reader)?;
        let (status, answer) = answer(&line, &body, registered);
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{answer}",
            answer.len()
        )?;
    }
}

/// Skips the headers and reads the body that they announce.
fn body(reader: &mut impl BufRead) -> io::Result<String> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn answer(line: &str, body: &str, registered: &mut Option<Value>) -> (&'static str, String) {
    if line.starts_with("GET /v3/webhooks ") {
        let list: Vec<Value> = registered.iter().cloned().collect();
        return ("200 OK", format!(r#"{{"data":{}}}"#, Value::from(list)));
    }
    let asked: Option<Value> = body.parse().ok().filter(|_| line.starts_with("POST /v3/webhooks "));
    let Some(mut webhook) = asked else {
        return ("404 Not Found", String::new());
    };
    // Whoever does not answer gets no webhook.
    let url = webhook["url"].as_str().unwrap_or_default().to_owned();
    if !matches!(ping(&url), Ok(200)) {
        return ("400 Bad Request", r#"{"message":"The address did not answer."}"#.to_owned());
    }
    webhook["id"] = "abdf33".into();
    *registered = Some(webhook.clone());
    webhook["signature_secret_key"] = SECRET.into();
    ("201 Created", format!(r#"{{"data":{webhook}}}"#))
}
