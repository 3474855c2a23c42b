//! Messages on a stream: headers with the length, a blank line, JSON.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::Value;

/// Bytes of one message. What an editor sends is the text of a file at most.
const MAX_BODY: u64 = 64 << 20;

/// Bytes of the line of a header.
const MAX_LINE: u64 = 8 << 10;

/// What came.
#[derive(Debug, PartialEq)]
pub(super) enum Incoming {
    Message(Value),
    /// A message that is none, and why.
    Malformed(String),
    End,
}

/// Waits for the next message. What cannot be read does not end the stream, as long as its length is known.
pub(super) fn read(stream: &mut impl BufRead) -> io::Result<Incoming> {
    let mut length = None;
    let mut fault = None;
    loop {
        let mut line = Vec::new();
        let read = stream.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(Incoming::End);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        match line.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse::<u64>().ok();
            }
            Some(_) => {}
            None => fault = Some("a header has no colon"),
        }
    }
    let Some(length) = length else {
        return Ok(Incoming::Malformed(fault.unwrap_or("there is no length").to_owned()));
    };
    if length > MAX_BODY {
        io::copy(&mut stream.by_ref().take(length), &mut io::sink())?;
        return Ok(Incoming::Malformed(format!("{length} bytes are too many for a message")));
    }
    let mut body = Vec::new();
    stream.by_ref().take(length).read_to_end(&mut body)?;
    if u64::try_from(body.len()) != Ok(length) {
        return Ok(Incoming::End);
    }
    Ok(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(format!("this is not JSON: {error}")),
    })
}

/// Sends a message.
pub(super) fn write(stream: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(stream, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn all(bytes: &[u8]) -> Vec<Incoming> {
        let mut stream = bytes;
        let mut found = Vec::new();
        loop {
            match read(&mut stream).unwrap() {
                Incoming::End => return found,
                other => found.push(other),
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let mut bytes = Vec::new();
        for message in [json!({ "a": "é" }), json!(1)] {
            write(&mut bytes, &message).unwrap();
        }
        let expected = [Incoming::Message(json!({ "a": "é" })), Incoming::Message(json!(1))];
        assert_eq!(all(&bytes), expected);
    }

    #[test]
    fn what_is_malformed_does_not_hide_what_follows() {
        let good = "content-length: 2\r\nContent-Type: x\r\n\r\n{}";
        for bad in [
            "Content-Length: 3\r\n\r\n{a}",
            "Content-Length: 2\r\n\r\n\u{7f}{",
            "Content-Length: x\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "nonsense\r\n\r\n",
        ] {
            let found = all(format!("{bad}{good}").as_bytes());
            assert!(matches!(found[0], Incoming::Malformed(_)), "{bad}: {found:?}");
            assert_eq!(found[1], Incoming::Message(json!({})), "{bad}");
        }
        assert!(all(b"Content-Length: 99\r\n\r\n{}").is_empty(), "the stream ended inside it");
        assert!(all(b"Content-Length: 18446744073709551615\r\n\r\n{}").len() == 1, "and no memory");
    }
}
