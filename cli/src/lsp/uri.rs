//! Files as editors name them: `file:///home/ada/specs/punt.yaml`.

use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

/// The path of an address; `None` for what is not a file of this machine.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = decode(rest.strip_prefix('/')?)?;
    let drive = path.as_bytes().get(1) == Some(&b':');
    let path = if drive { path } else { format!("/{path}") };
    // Without `.` and `..`, so that each file has one name.
    let mut plain = PathBuf::new();
    for part in Path::new(&path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    Some(plain)
}

/// The address of a path.
pub(super) fn of_path(path: &Path) -> String {
    let mut out = "file://".to_owned();
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        out.push('/');
    }
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            let digits = std::str::from_utf8(&digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_paths_are_two_names_of_one_thing() {
        for (uri, path) in [
            ("file:///specs/punt.yaml", "/specs/punt.yaml"),
            ("file:///a%20b/%C3%A9.yaml", "/a b/é.yaml"),
            ("file:///a%23b%3F", "/a#b?"),
            ("file:///c:/specs/a.yaml", "c:/specs/a.yaml"),
        ] {
            assert_eq!(to_path(uri), Some(PathBuf::from(path)), "{uri}");
            assert_eq!(of_path(Path::new(path)), uri, "{path}");
        }
        assert_eq!(to_path("file://localhost/a/../b"), Some(PathBuf::from("/b")));
        assert_eq!(to_path("file:///c%3A/a"), Some(PathBuf::from("c:/a")));
        for none in ["untitled:Untitled-1", "https://a.example/b", "file:", "file:///%zz", "%"] {
            assert_eq!(to_path(none), None, "{none}");
        }
    }
}
