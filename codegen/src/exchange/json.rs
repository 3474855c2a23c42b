//! JSON as nodes with their places.

use super::Cut;
use crate::source::Spanned;
use crate::yaml::{Entry, Node, Scalar, Style, Value};

/// How deep values stand in values at most, as in YAML.
const MAX_DEPTH: usize = 64;

/// What is wrong, and where.
type Read<T> = Result<T, (usize, &'static str)>;

/// Reads all of a text.
pub(super) fn read(cut: &Cut<'_>) -> Read<Node> {
    let mut reader = Reader { cut, at: 0 };
    let node = reader.value(0)?;
    reader.space();
    if reader.at < cut.text.len() {
        return Err((reader.at, "the JSON ends before this"));
    }
    Ok(node)
}

struct Reader<'a> {
    cut: &'a Cut<'a>,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Read<Node> {
        if depth > MAX_DEPTH {
            return Err((self.at, "values stand too deep in values"));
        }
        self.space();
        let start = self.at;
        let value = match self.peek() {
            Some('{') => self.object(depth)?,
            Some('[') => self.array(depth)?,
            Some('"') => Value::Scalar(Scalar::new(self.string()?, Style::DoubleQuoted)),
            _ => self.word()?,
        };
        let span = self.cut.span(start, self.at);
        Ok(Node { span, value, comment_after: None })
    }

    fn object(&mut self, depth: usize) -> Read<Value> {
        let mut entries: Vec<Entry> = Vec::new();
        self.at += 1;
        loop {
            self.space();
            if entries.is_empty() && self.eat('}') {
                break;
            }
            let start = self.at;
            if self.peek() != Some('"') {
                return Err((start, "expected a name in double quotes"));
            }
            let key = Spanned::new(self.string()?, self.cut.span(start, self.at));
            if entries.iter().any(|entry| entry.key.value == key.value) {
                return Err((start, "this name stands twice in its object"));
            }
            self.space();
            if !self.eat(':') {
                return Err((self.at, "expected `:`"));
            }
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, value });
            self.space();
            if self.eat('}') {
                break;
            }
            if !self.eat(',') {
                return Err((self.at, "expected `,` or `}`"));
            }
        }
        Ok(Value::Mapping(entries))
    }

    fn array(&mut self, depth: usize) -> Read<Value> {
        let mut items = Vec::new();
        self.at += 1;
        loop {
            self.space();
            if items.is_empty() && self.eat(']') {
                break;
            }
            items.push(self.value(depth + 1)?);
            self.space();
            if self.eat(']') {
                break;
            }
            if !self.eat(',') {
                return Err((self.at, "expected `,` or `]`"));
            }
        }
        Ok(Value::Sequence(items))
    }

    /// A text; the quote is next.
    fn string(&mut self) -> Read<String> {
        let start = self.at;
        let rest = &self.cut.text[start..];
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        let Some((end, _)) = end else { return Err((start, "the text is not closed")) };
        self.at = start + end + 1;
        unescaped(&rest[..=end]).ok_or((start, "this text is no JSON"))
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Read<Value> {
        let start = self.at;
        let rest = &self.cut.text[start..];
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        self.at += end;
        let number = word.starts_with(|c: char| c == '-' || c.is_ascii_digit())
            && word.parse::<f64>().is_ok();
        match word {
            "null" => Ok(Value::Null),
            "true" | "false" => Ok(plain(word)),
            _ if number => Ok(plain(word)),
            _ => Err((start, "expected a value")),
        }
    }

    fn space(&mut self) {
        let rest = &self.cut.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    fn peek(&self) -> Option<char> {
        self.cut.text[self.at..].chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }
}

fn plain(text: &str) -> Value {
    Value::Scalar(Scalar::new(text, Style::Plain))
}

/// A text in quotes, without its escapes.
fn unescaped(quoted: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = quoted[1..quoted.len() - 1].chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(match chars.next()? {
                c @ ('"' | '\\' | '/') => c,
                'b' => '\u{8}',
                'f' => '\u{c}',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => unicode(&mut chars)?,
                _ => return None,
            }),
            c if c < ' ' => return None,
            c => out.push(c),
        }
    }
    Some(out)
}

/// The character of `\uXXXX`, or of two of them.
fn unicode(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let unit = |chars: &mut std::str::Chars<'_>| {
        let digits: String = chars.take(4).collect();
        u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 4)
    };
    let first = unit(chars)?;
    if !(0xd800..0xdc00).contains(&first) {
        return char::from_u32(first);
    }
    (chars.next()? == '\\' && chars.next()? == 'u').then_some(())?;
    let second = unit(chars)?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
    char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn read(text: &str) -> Read<Node> {
        super::read(&Cut { file: FileId::default(), start: 100, text })
    }

    #[test]
    fn values_keep_their_text_and_place() {
        let node =
            read(" { \"a\\u00e9\\ud83d\\ude00\\n\": [1.50, -2, true, null, \"x\"] } ").unwrap();
        assert_eq!((node.span.start, node.span.end), (101, 157));
        let entry = &node.as_mapping().unwrap()[0];
        assert_eq!(entry.key.value, "aé😀\n");
        let items = entry.value.as_sequence().unwrap();
        assert_eq!(items[0].as_scalar().unwrap().text, "1.50");
        assert_eq!(items[0].span.start, 129);
        assert!(items[3].is_null());
        assert_eq!(items[4].as_scalar().unwrap().style, Style::DoubleQuoted);
        assert!(read("{}").is_ok() && read("[]").is_ok());
    }

    #[test]
    fn what_is_no_json_says_where() {
        for (text, at) in [
            ("", 0),
            ("{", 1),
            ("{a: 1}", 1),
            ("{\"a\" 1}", 5),
            ("{\"a\": 1,}", 8),
            ("{\"a\": 1, \"a\": 2}", 9),
            ("[1 2]", 3),
            ("[1,]", 3),
            ("\"a", 0),
            ("\"\\x\"", 0),
            ("\"\\ud800\"", 0),
            ("tru", 0),
            ("1-2", 0),
            ("1 2", 2),
        ] {
            assert_eq!(read(text).unwrap_err().0, at, "{text}");
        }
        assert!(read(&"[".repeat(1000)).is_err());
    }
}
