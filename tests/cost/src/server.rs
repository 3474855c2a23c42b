//! A server that answers all requests alike, as fast as it can, from a thread of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use crate::Error;

/// The item of every answer.
pub const ITEM: &str = r#"{"id":"i-17","title":"A box of pencils","price":12.5,"count":40,"tags":["office","wood"],"note":"Sharp.","size":{"width":7.5,"height":18.0}}"#;

/// Starts the server; its address. It ends with the process.
///
/// # Errors
///
/// No port is free.
pub fn start() -> Result<SocketAddr, Error> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || converse(stream));
        }
    });
    Ok(address)
}

/// Answers until the client leaves.
fn converse(stream: TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut reader, mut stream) = (BufReader::new(stream.try_clone()?), stream);
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{ITEM}",
        ITEM.len()
    );
    let (mut line, mut length) = (String::new(), 0);
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let header = line.trim_end().to_ascii_lowercase();
        if let Some(text) = header.strip_prefix("content-length: ") {
            length = text.parse().unwrap_or(0);
        }
        if header.is_empty() {
            std::io::copy(&mut reader.by_ref().take(length), &mut std::io::sink())?;
            length = 0;
            stream.write_all(answer.as_bytes())?;
        }
    }
}
