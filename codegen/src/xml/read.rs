//! XML as elements with their places.

use crate::source::{Span, Spanned};
use crate::yaml::Scalar;

/// How deep elements stand in elements at most, as values in YAML.
const MAX_DEPTH: usize = 64;

/// What is wrong, and where.
pub(super) type Fault = (Span, &'static str);

type Read<T> = Result<T, (usize, &'static str)>;

/// An element. Prefixes are left out.
pub(super) struct Element {
    pub(super) name: Spanned<String>,
    /// Those that declare namespaces are none.
    pub(super) attributes: Vec<(Spanned<String>, Spanned<String>)>,
    /// What stands between the tags and in no element inside.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
    /// It says of itself that it is null.
    pub(super) is_nil: bool,
    /// With both tags.
    pub(super) span: Span,
}

/// Reads all of a text. Its places are known where each line stands in the file as it is.
pub(super) fn read(scalar: &Scalar, span: Span) -> Result<Element, Fault> {
    let text = scalar.text.as_str();
    let whole = (span.end - span.start) as usize == text.len();
    let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    let lines = if whole {
        vec![(0, span.start)]
    } else {
        std::iter::once(0).chain(breaks).zip(scalar.lines.iter().copied()).collect()
    };
    let mut reader = Reader { text, at: 0, span, lines };
    let element = reader.document();
    element.map_err(|(at, message)| {
        let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
        (reader.place(at, end), message)
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    span: Span,
    /// Where lines begin, in the text and in the file; none if places are not known.
    lines: Vec<(usize, u32)>,
}

impl<'a> Reader<'a> {
    fn place(&self, start: usize, end: usize) -> Span {
        // Behind the last character of a line is in that line.
        let file = |at: usize, inside: usize| {
            let line = self.lines.partition_point(|(begin, _)| *begin <= inside).checked_sub(1)?;
            let (begin, file) = self.lines[line];
            Some(file.saturating_add(u32::try_from(at - begin).ok()?).min(self.span.end))
        };
        let start_inside = if start < end { start } else { start.saturating_sub(1) };
        match (file(start, start_inside), file(end, end.saturating_sub(1))) {
            (Some(start), Some(end)) => Span::new(self.span.file, start, end),
            _ => self.span,
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn eat(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        self.at += if found { what.len() } else { 0 };
        found
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_ascii_start().len();
    }

    /// Steps behind the next place of a text.
    fn behind(&mut self, end: &str, message: &'static str) -> Read<&'a str> {
        let rest = self.rest();
        let length = rest.find(end).ok_or((self.at, message))?;
        self.at += length + end.len();
        Ok(&rest[..length])
    }

    fn document(&mut self) -> Read<Element> {
        self.eat("\u{feff}");
        self.aside()?;
        if !self.rest().starts_with('<') {
            return Err((self.at, "expected an element"));
        }
        let element = self.element(0)?;
        self.aside()?;
        if self.at < self.text.len() {
            return Err((self.at, "the document ends before this"));
        }
        Ok(element)
    }

    /// What stands around the outermost element.
    fn aside(&mut self) -> Read<()> {
        loop {
            self.space();
            if self.comment()? {
                continue;
            }
            if !self.eat("<!DOCTYPE") {
                return Ok(());
            }
            let head = self.behind(">", "the document type is not closed")?;
            if head.contains('[') {
                self.behind("]", "the document type is not closed")?;
                self.behind(">", "the document type is not closed")?;
            }
        }
    }

    fn comment(&mut self) -> Read<bool> {
        if self.eat("<!--") {
            self.behind("-->", "the comment is not closed")?;
        } else if self.eat("<?") {
            self.behind("?>", "the instruction is not closed")?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn element(&mut self, depth: usize) -> Read<Element> {
        if depth > MAX_DEPTH {
            return Err((self.at, "elements stand too deep in elements"));
        }
        let start = self.at;
        self.at += 1;
        let tag = self.name()?;
        let mut element = Element {
            name: self.local(tag, start + 1),
            attributes: Vec::new(),
            text: String::new(),
            children: Vec::new(),
            is_nil: false,
            span: self.span,
        };
        loop {
            self.space();
            if self.eat("/>") {
                element.span = self.place(start, self.at);
                return Ok(element);
            }
            if self.eat(">") {
                break;
            }
            self.attribute(&mut element)?;
        }
        self.content(&mut element, tag, depth)?;
        element.span = self.place(start, self.at);
        Ok(element)
    }

    fn attribute(&mut self, element: &mut Element) -> Read<()> {
        let start = self.at;
        let name = self.name()?;
        self.space();
        if !self.eat("=") {
            return Err((self.at, "expected `=` and a value in quotes"));
        }
        self.space();
        let quote = self.rest().chars().next().filter(|c| matches!(c, '"' | '\''));
        let quote = quote.ok_or((self.at, "expected a value in quotes"))?;
        self.at += 1;
        let from = self.at;
        let raw = self.behind(quote.encode_utf8(&mut [0; 4]), "the value is not closed")?;
        let value = Spanned::new(unescaped(raw, from)?, self.place(from, self.at - 1));
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        if name == "xsi:nil" {
            element.is_nil = matches!(value.value.trim(), "true" | "1");
        } else if name != "xmlns" && !matches!(prefix, "xmlns" | "xsi") {
            let name = self.local(name, start);
            if element.attributes.iter().any(|(known, _)| known.value == name.value) {
                return Err((start, "this attribute stands twice in its element"));
            }
            element.attributes.push((name, value));
        }
        Ok(())
    }

    /// What stands between the tags, and the second one.
    fn content(&mut self, element: &mut Element, tag: &str, depth: usize) -> Read<()> {
        loop {
            let from = self.at;
            let end = self.rest().find('<').ok_or((self.at, "the element is not closed"))?;
            self.at += end;
            element.text.push_str(&unescaped(&self.text[from..self.at], from)?);
            let start = self.at;
            if self.eat("</") {
                if self.name()? != tag {
                    return Err((start, "this closes another element than the last one"));
                }
                self.space();
                if !self.eat(">") {
                    return Err((self.at, "expected `>`"));
                }
                // Between elements, blanks are layout.
                if !element.children.is_empty() && element.text.trim_ascii().is_empty() {
                    element.text.clear();
                }
                return Ok(());
            }
            if self.eat("<![CDATA[") {
                element.text.push_str(self.behind("]]>", "the section is not closed")?);
            } else if !self.comment()? {
                element.children.push(self.element(depth + 1)?);
            }
        }
    }

    fn name(&mut self) -> Read<&'a str> {
        let rest = self.rest();
        let inside = |c: char| c.is_alphanumeric() || "_-.:\u{b7}".contains(c);
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if length == 0 {
            return Err((self.at, "expected a name"));
        }
        self.at += length;
        Ok(&rest[..length])
    }

    fn local(&self, name: &str, start: usize) -> Spanned<String> {
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        let end = start + name.len();
        Spanned::new(local.to_owned(), self.place(end - local.len(), end))
    }
}

/// A text with what its entities stand for.
fn unescaped(text: &str, start: usize) -> Read<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(amp) = text[at..].find('&') {
        out.push_str(&text[at..at + amp]);
        at += amp;
        let entity =
            text[at + 1..].split_once(';').and_then(|(name, _)| Some((name, known(name)?)));
        let (name, c) = entity.ok_or((start + at, "an entity that XML does not know"))?;
        out.push(c);
        at += name.len() + 2;
    }
    out.push_str(&text[at..]);
    Ok(out)
}

/// The character of an entity.
fn known(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Element, Fault};
    use crate::source::{FileId, Span};
    use crate::yaml::{Scalar, Style};

    fn read(text: &str) -> Result<Element, Fault> {
        let whole = Span::new(FileId::default(), 0, u32::try_from(text.len()).unwrap());
        super::read(&Scalar::new(text, Style::Plain), whole)
    }

    fn fault(text: &str) -> (&str, &'static str) {
        let (span, message) = read(text).err().unwrap();
        (&text[span.start as usize..span.end as usize], message)
    }

    #[test]
    fn faults_have_a_place() {
        for (text, place, message) in [
            ("", "", "expected an element"),
            ("€", "€", "expected an element"),
            ("<€/>", "€", "expected a name"),
            ("<a €='1'/>", "€", "expected a name"),
            ("<a b=€/>", "€", "expected a value in quotes"),
            ("<a b='1' b='2'/>", "b", "this attribute stands twice in its element"),
            ("<a>&€;</a>", "&", "an entity that XML does not know"),
            ("<a></b>", "<", "this closes another element than the last one"),
            ("<a/>€", "€", "the document ends before this"),
            ("<!DOCTYPE a [", " ", "the document type is not closed"),
        ] {
            assert_eq!(fault(text), (place, message), "{text}");
        }
        let deep = "<a>".repeat(100);
        assert_eq!(fault(&deep).1, "elements stand too deep in elements");
    }

    fn places(element: &Element, text: &str) {
        for span in [element.span, element.name.span] {
            assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
        element.children.iter().for_each(|child| places(child, text));
    }

    proptest! {
        #[test]
        fn places_are_those_of_characters(text in "(</?[aé]|[ ='\"&;#x0€]|/?>|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<\\?|<a b=\"é\">){0,40}") {
            match read(&text) {
                Ok(element) => places(&element, &text),
                Err((span, _)) => {
                    prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
                }
            }
        }
    }
}
