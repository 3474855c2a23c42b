//! XML as elements with their places.

use std::borrow::Cow;

use clientwright_wire::xml;

use crate::source::{Span, Spanned};
use crate::yaml::Scalar;

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

impl Element {
    /// The first element of a name in it.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|one| one.name.value == name)
    }
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
        self.aside(true)?;
        if !self.rest().starts_with('<') {
            return Err((self.at, "expected an element"));
        }
        let element = self.element(0)?;
        self.aside(false)?;
        if self.at < self.text.len() {
            return Err((self.at, "the document ends before this"));
        }
        Ok(element)
    }

    /// What stands around the outermost element, of which the document type comes before it.
    fn aside(&mut self, before: bool) -> Read<()> {
        loop {
            self.space();
            if self.comment()? {
                continue;
            }
            if !before || !self.eat("<!DOCTYPE") {
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
        if depth == xml::MAX_DEPTH {
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
        let mut known: Vec<&str> = Vec::new();
        loop {
            self.space();
            if self.eat("/>") {
                element.span = self.place(start, self.at);
                return Ok(element);
            }
            if self.eat(">") {
                break;
            }
            self.attribute(&mut element, &mut known)?;
        }
        self.content(&mut element, tag, depth)?;
        element.span = self.place(start, self.at);
        Ok(element)
    }

    /// An attribute; `known` are the names of those before it.
    fn attribute(&mut self, element: &mut Element, known: &mut Vec<&'a str>) -> Read<()> {
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
        let value = inside(xml::attribute(raw), from)?.into_owned();
        if known.contains(&name) {
            return Err((start, "this attribute stands twice in its element"));
        }
        if known.len() == xml::MAX_ATTRIBUTES {
            return Err((start, "the element has too many attributes"));
        }
        known.push(name);
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        if name == "xsi:nil" {
            element.is_nil = matches!(value.trim(), "true" | "1");
        } else if name != "xmlns" && !matches!(prefix, "xmlns" | "xsi") {
            let name = self.local(name, start);
            let value = Spanned::new(value, self.place(from, self.at - 1));
            // Of several of one name, that without a prefix is the element's own.
            let same = |(known, _): &&mut (Spanned<String>, _)| known.value == name.value;
            match element.attributes.iter_mut().find(same) {
                Some(known) if prefix.is_empty() => *known = (name, value),
                Some(_) => {}
                None => element.attributes.push((name, value)),
            }
        }
        Ok(())
    }

    /// What stands between the tags, and the second one.
    fn content(&mut self, element: &mut Element, tag: &str, depth: usize) -> Read<()> {
        loop {
            let from = self.at;
            let end = self.rest().find('<').ok_or((self.at, "the element is not closed"))?;
            self.at += end;
            element.text.push_str(&inside(xml::text(&self.text[from..self.at]), from)?);
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
                let from = self.at;
                let raw = self.behind("]]>", "the section is not closed")?;
                element.text.push_str(&inside(xml::section(raw), from)?);
            } else if !self.comment()? {
                element.children.push(self.element(depth + 1)?);
            }
        }
    }

    fn name(&mut self) -> Read<&'a str> {
        let rest = self.rest();
        let inside = |c: char| c.is_alphanumeric() || "_-.:\u{b7}".contains(c);
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        if !xml::is_qualified_name(&rest[..length]) {
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

/// What a text that begins at `start` stands for.
fn inside(read: Result<Cow<'_, str>, xml::Fault>, start: usize) -> Read<Cow<'_, str>> {
    read.map_err(|fault| (start + fault.at, fault.problem))
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
        let deep = "<a>".repeat(200);
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
