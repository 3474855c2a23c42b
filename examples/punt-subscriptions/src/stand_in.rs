//! A stand-in for Punt that knows one subscription at a time: just enough HTTP for this example.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

const ID: &str = "phzic5xldc6ve4mqfhifisvdnm0jvssu";

/// Starts the server on a free port of this machine.
pub(crate) fn start() -> io::Result<SocketAddr> {
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

/// Answers the requests of one connection, one after the other.
fn serve(mut stream: &TcpStream, registered: &mut Option<String>) -> io::Result<()> {
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

fn answer(line: &str, body: &str, registered: &mut Option<String>) -> (&'static str, String) {
    let verb = line.split(' ').next().unwrap_or_default();
    let one = line.contains(ID);
    match (verb, one, registered.clone()) {
        ("POST", false, _) => {
            let members = body.trim_start_matches('{');
            let hook = format!(r#"{{"id":"{ID}",{members}"#);
            *registered = Some(hook.clone());
            ("201 Created", hook)
        }
        ("GET", false, hook) => ("200 OK", format!("[{}]", hook.unwrap_or_default())),
        ("GET", true, Some(hook)) => ("200 OK", hook),
        ("DELETE", true, Some(_)) => {
            *registered = None;
            ("200 OK", String::new())
        }
        _ => ("404 Not Found", r#"{"message":"Subscription not found."}"#.to_owned()),
    }
}
