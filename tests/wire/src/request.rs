//! What reached the server.

use std::io::{self, BufRead, Read};

/// A request as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Request {
    /// The request line, without its end.
    pub line: String,
    /// The headers in order, with their names as they were written.
    pub headers: Vec<(String, String)>,
    /// The body, without the frames of chunks.
    pub body: Vec<u8>,
    /// Which connection it came over, counted from 0.
    pub connection: usize,
}

impl Request {
    /// What stands between method and version: path and query.
    #[must_use]
    pub fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }

    /// The value of a header that was sent once; `None` if it was sent more or less often.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        values.next().filter(|_| values.next().is_none()).map(|(_, value)| value.as_str())
    }

    /// The request line, and every header but `Host` and `Accept-Encoding` as `name: value`: names in lower
    /// case, sorted.
    ///
    /// The server has looked at `Host` itself, since its port is another one in each run. What a client can
    /// decompress depends on which features other packages of the same build turn on. The order of headers
    /// means nothing and is not the same in all clients.
    #[must_use]
    pub fn head(&self) -> Vec<String> {
        let mut headers: Vec<_> = self
            .headers
            .iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .filter(|(name, _)| name != "host" && name != "accept-encoding")
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        headers.sort();
        headers.insert(0, self.line.clone());
        headers
    }

    /// Asserts that this was sent and nothing else: no header may be missing, differ or be one more.
    #[track_caller]
    pub fn assert_is(&self, head: &[&str], body: &str) {
        assert_eq!(self.head(), head);
        assert_eq!(String::from_utf8_lossy(&self.body), body);
    }

    /// Reads a request; `None` if the connection ended before its first byte.
    ///
    /// Whatever a correct client does not send is an error and not repaired.
    pub(crate) fn read(reader: &mut impl BufRead, connection: usize) -> io::Result<Option<Self>> {
        if reader.fill_buf()?.is_empty() {
            return Ok(None);
        }
        let line = read_line(reader)?;
        let words: Vec<_> = line.split(' ').collect();
        if words.len() != 3 || words[2] != "HTTP/1.1" || !words[1].starts_with('/') {
            return Err(wrong(format!("the request line is `{line}`")));
        }
        let mut headers = Vec::new();
        loop {
            let line = read_line(reader)?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(": ") else {
                return Err(wrong(format!("a header is `{line}`")));
            };
            headers.push((name.to_owned(), value.to_owned()));
        }
        let mut request = Self { line, headers, body: Vec::new(), connection };
        request.body = request.read_body(reader)?;
        Ok(Some(request))
    }

    fn read_body(&self, reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        match (self.header("transfer-encoding"), self.header("content-length")) {
            (None, None) => {}
            (None, Some(length)) => {
                let length = length.parse().map_err(|_| wrong(format!("the length {length}")))?;
                reader.take(length).read_to_end(&mut body)?;
                if u64::try_from(body.len()) != Ok(length) {
                    return Err(broken(format!("{} of {length} bytes of body", body.len())));
                }
            }
            (Some("chunked"), None) => loop {
                let size = read_line(reader)?;
                let length = u64::from_str_radix(&size, 16);
                let length = length.map_err(|_| wrong(format!("the size {size} of a chunk")))?;
                let read = reader.take(length).read_to_end(&mut body)?;
                if u64::try_from(read) != Ok(length) {
                    return Err(broken(format!("{read} of {length} bytes of a chunk")));
                }
                if !read_line(reader)?.is_empty() {
                    return Err(wrong("a chunk that does not end where it says".to_owned()));
                }
                if length == 0 {
                    break;
                }
            },
            (encoding, length) => {
                return Err(wrong(format!("the encoding {encoding:?} and the length {length:?}")));
            }
        }
        Ok(body)
    }
}

/// A line without its end, which has to be `\r\n`.
fn read_line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line)?;
    if !line.ends_with(b"\n") {
        return Err(broken(format!("the line {line:?} has no end")));
    }
    let line = String::from_utf8(line).map_err(|error| wrong(error.to_string()))?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(wrong(format!("the line {line:?} has no end"))),
    }
}

/// The connection ended in the middle of a request.
fn broken(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, what)
}

fn wrong(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::Request;

    fn read(text: &str) -> Result<Option<Request>, String> {
        Request::read(&mut text.as_bytes(), 0).map_err(|error| error.to_string())
    }

    #[test]
    fn bodies_by_length_and_in_chunks() {
        let request = read("POST /a?b HTTP/1.1\r\nB: 2\r\na: 1\r\nContent-Length: 3\r\n\r\nxyz")
            .unwrap()
            .unwrap();
        assert_eq!(request.target(), "/a?b");
        assert_eq!(request.headers[0], ("B".to_owned(), "2".to_owned()));
        request.assert_is(&["POST /a?b HTTP/1.1", "a: 1", "b: 2", "content-length: 3"], "xyz");
        let chunked =
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n1\r\nz\r\n0\r\n\r\n";
        assert_eq!(read(chunked).unwrap().unwrap().body, b"xyz");
        assert_eq!(read(""), Ok(None));
    }

    #[test]
    fn a_header_that_was_sent_twice_is_not_one_value() {
        let request = read("GET / HTTP/1.1\r\nA: 1\r\na: 2\r\nB: 3\r\n\r\n").unwrap().unwrap();
        assert_eq!(request.header("a"), None);
        assert_eq!(request.header("b"), Some("3"));
        assert_eq!(request.head(), ["GET / HTTP/1.1", "a: 1", "a: 2", "b: 3"]);
    }

    #[test]
    fn nothing_is_repaired() {
        for text in [
            "GET /\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\n\n",
            "GET / HTTP/1.1\r\nA:1\r\n\r\n",
            "GET / HTTP/1.1\r\n",
            "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\nx",
            "GET / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxyz\r\n0\r\n\r\n",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
    }
}
