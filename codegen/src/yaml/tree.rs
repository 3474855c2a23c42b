//! Events to tree: duplicate keys, refused features and limits are found here.
//!
//! A value that is refused is left out and the tree is no longer complete; a value that carries
//! something refused (an anchor, a tag) stays.

use std::collections::HashMap;
use std::ops::Range;

use crate::diag::{Diagnostic, codes};
use crate::source::{FileId, Span, Spanned};

use super::parse::LostKey;
use super::torn::{self, Torn};
use super::{Entry, Node, Scalar, Style, Value};
use super::{lexical, recover};

/// Levels of lists and mappings.
pub(super) const MAX_DEPTH: usize = 64;
const MAX_NODES: usize = 1_000_000;
const MAX_SCALAR: usize = 1 << 20;
/// More findings than this in one file help nobody.
const MAX_FOUND: usize = 500;

/// A tree in the making, over the text that is being read.
pub(super) struct Tree<'t> {
    file: FileId,
    pub(super) text: &'t str,
    /// Stretches that were blanked out because of faults: an empty value before one is not empty.
    blanked: &'t [Blank],
    stack: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    /// Where the last token ended.
    pub(super) cursor: usize,
    /// The last text, for faults that are about it.
    pub(super) last_plain: Option<Range<usize>>,
    /// What was found.
    pub(super) found: Vec<Diagnostic>,
    /// Whether everything that was written is in the tree.
    pub(super) complete: bool,
    /// The keys whose values were left out.
    lost: Vec<LostKey>,
    /// Up to where all is a text whose parts look like keys.
    torn: usize,
    /// Where the value of a merge key ends.
    pub(super) merged: usize,
    /// Set when there is no use in going on.
    pub(super) given_up: bool,
}

/// A stretch that was blanked out because of a fault.
pub(super) struct Blank {
    pub(super) start: usize,
    /// Where it began in its line, if that can be trusted; further inside for an item of a list, which may stand below
    /// its key.
    pub(super) column: Option<usize>,
}

/// What has become of a text.
pub(super) struct Finished {
    pub(super) node: Option<Node>,
    pub(super) found: Vec<Diagnostic>,
    pub(super) complete: bool,
    pub(super) lost: Vec<LostKey>,
}

struct Frame {
    span: Span,
    flow: bool,
    body: Body,
    /// Whether a list or a mapping stands where a key belongs, of which one is reported.
    odd: bool,
}

enum Body {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<Entry>, seen: HashMap<String, Span>, next: Next },
}

/// What a mapping waits for.
enum Next {
    Key,
    Value(Spanned<String>),
    /// The value of a key that was refused.
    Dropped,
}

impl<'t> Tree<'t> {
    pub(super) fn new(file: FileId, text: &'t str, blanked: &'t [Blank]) -> Self {
        Self {
            file,
            text,
            blanked,
            stack: Vec::new(),
            root: None,
            nodes: 0,
            cursor: 0,
            last_plain: None,
            found: Vec::new(),
            complete: true,
            lost: Vec::new(),
            torn: 0,
            merged: 0,
            given_up: false,
        }
    }

    pub(super) fn finish(self) -> Finished {
        let Self { root: node, found, complete, lost, .. } = self;
        Finished { node, found, complete, lost }
    }

    pub(super) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// The opening brackets of the flow collections that are open.
    pub(super) fn brackets(&self) -> Vec<usize> {
        self.stack.iter().filter(|f| f.flow).map(|f| f.span.start as usize).collect()
    }

    pub(super) fn scalar(&mut self, at: Range<usize>, text: &str, style: Style) {
        let gap = self.advance(&at);
        let at = self.block_start(at, gap, style);
        self.last_plain = (style == Style::Plain && !at.is_empty()).then(|| at.clone());
        let span = self.span(&at);
        if self.refuse_large(&at, text.len()) {
            return self.refuse(span);
        }
        if self.waits_for_key() {
            return self.text_key(gap, span, text, style);
        }
        // The reader hands out an empty value as `~` of no width.
        let empty = style == Style::Plain && at.is_empty();
        if empty && self.blanked_after(at.end, self.column()) {
            return self.refuse(span);
        }
        let null = style == Style::Plain && matches!(text, "~" | "null" | "Null" | "NULL");
        let comment_after = if style == Style::Plain && !empty { self.comment(&at) } else { None };
        let span = if empty { self.behind_key(gap).unwrap_or(span) } else { span };
        let value = if empty || null {
            Value::Null
        } else {
            let lines = self.lines(&at, text, style);
            Value::Scalar(Scalar { lines, ..Scalar::new(text, style) })
        };
        self.deliver(Node { span, value, comment_after });
    }

    pub(super) fn open(&mut self, at: Range<usize>, mapping: bool, flow: bool) {
        // The pair in `[a: b]` is a flow mapping without a bracket of its own.
        let opening = matches!(self.text.as_bytes().get(at.start), Some(b'[' | b'{'));
        let flow = flow && opening && !at.is_empty();
        let at = if flow { at } else { at.start..at.start };
        let gap = self.advance(&at);
        let mut start = at.start;
        if self.waits_for_key()
            && let Some(mark) = lexical::explicit_key(self.text, gap, at.start)
        {
            self.complex_key(mark);
        } else if !mapping && !flow && self.text.as_bytes().get(start) != Some(&b'-') {
            // A list at the indentation of its key is announced at its first item.
            start = self.text[gap..start].rfind('-').map_or(start, |dash| gap + dash);
        }
        self.count();
        let body = if mapping {
            Body::Mapping { entries: Vec::new(), seen: HashMap::new(), next: Next::Key }
        } else {
            Body::Sequence(Vec::new())
        };
        let span = self.span(&(start..at.end));
        self.stack.push(Frame { span, flow, body, odd: false });
    }

    pub(super) fn close(&mut self, at: &Range<usize>) {
        let Some(frame) = self.stack.pop() else { return };
        let mut span = frame.span;
        if frame.flow {
            self.cursor = self.cursor.max(at.end);
            span = span.to(self.span(at));
        }
        let value = match frame.body {
            Body::Sequence(items) => Value::Sequence(items),
            Body::Mapping { entries, .. } => Value::Mapping(entries),
        };
        if self.waits_for_key() {
            let told =
                self.stack.last_mut().is_some_and(|top| std::mem::replace(&mut top.odd, true));
            match told {
                true => self.refuse(span),
                false => self.collection_key(span, frame.flow, &value),
            }
            return;
        }
        // A list in the brackets of a mapping is neither.
        let is_bare = |entries: &[Entry]| entries.iter().all(|entry| entry.value.is_null());
        if frame.odd && matches!(&value, Value::Mapping(entries) if is_bare(entries)) {
            return self.refuse(span);
        }
        self.deliver(Node { span, value, comment_after: None });
    }

    fn text_key(&mut self, gap: usize, span: Span, text: &str, style: Style) {
        let explicit = lexical::explicit_key(self.text, gap, span.start as usize);
        let plain = style == Style::Plain;
        if let Some(mark) = explicit {
            self.complex_key(mark);
            return self.refuse(span);
        }
        if plain && span.start == span.end {
            self.empty_key(span.start as usize);
            return self.refuse(span);
        }
        if plain && text == "<<" {
            let flow = self.stack.last().is_some_and(|frame| frame.flow);
            self.merge_key(span, flow);
            return self.refuse(span);
        }
        let (text, span) = match text.trim_end_matches(':') {
            word if plain && word.len() < text.len() && !word.is_empty() => {
                self.colons(word, span);
                (word, span.slice(0, word.len()))
            }
            _ => (text, span),
        };
        let key = (plain && text.contains(['{', '[']))
            .then(|| lexical::key_before_bracket(self.text, span.start as usize))
            .flatten();
        if let Some(key) = key.filter(|key| key.start == span.start as usize) {
            return self.bracket_without_colon(&key, span);
        }
        if (span.start as usize) < self.torn {
            return self.refuse(span);
        }
        let Some(Frame { body: Body::Mapping { seen, next, entries }, .. }) = self.stack.last_mut()
        else {
            return;
        };
        match torn::find(self.text, span).filter(|_| plain) {
            Some(Torn::NoColon { word, close }) => {
                self.torn = close;
                self.text_without_colon(&word);
                return self.refuse(span);
            }
            Some(Torn::Unopened) if let Some(parts) = torn::take(entries) => {
                self.lose(&parts.key.value, parts.key.span);
                self.text_without_quote(parts.value.span.to(span));
                return self.refuse(span);
            }
            _ => {}
        }
        if let Some(first) = seen.get(text).copied() {
            *next = Next::Dropped;
            self.complete = false;
            let message = format!("the key `{text}` stands twice in this mapping");
            let found = Diagnostic::error(&codes::DUPLICATE_KEY, span, message)
                .label("again here")
                .related(first, "first defined here")
                .help("rename or delete one of them");
            return self.report(found);
        }
        seen.insert(text.to_owned(), span);
        *next = Next::Value(Spanned::new(text.to_owned(), span));
    }

    /// Puts a value where it belongs.
    fn deliver(&mut self, node: Node) {
        let Some(frame) = self.stack.last_mut() else {
            if self.root.is_none() {
                self.root = Some(node);
            }
            return;
        };
        frame.span = frame.span.to(node.span);
        match &mut frame.body {
            Body::Sequence(items) => items.push(node),
            Body::Mapping { entries, next, .. } => {
                if let Next::Value(key) = std::mem::replace(next, Next::Key) {
                    entries.push(Entry { key, value: node });
                }
            }
        }
    }

    /// Takes note of a key that is left out.
    pub(super) fn lose(&mut self, key: &str, span: Span) {
        let depth = Some(self.stack.len().saturating_sub(1));
        let name = recover::name(key).to_owned();
        self.lost.push(LostKey { name, span, depth, torn: false });
    }

    /// Leaves a key or a value out.
    pub(super) fn refuse(&mut self, span: Span) {
        self.complete = false;
        let Some(frame) = self.stack.last_mut() else { return };
        frame.span = frame.span.to(span);
        if let Body::Mapping { next, .. } = &mut frame.body {
            let after = if matches!(next, Next::Key) { Next::Dropped } else { Next::Key };
            if let Next::Value(key) = std::mem::replace(next, after) {
                self.lose(&key.value, key.span);
            }
        }
    }

    fn waits_for_key(&self) -> bool {
        matches!(self.stack.last(), Some(Frame { body: Body::Mapping { next: Next::Key, .. }, .. }))
    }

    fn refuse_large(&mut self, at: &Range<usize>, length: usize) -> bool {
        self.count();
        let large = length > MAX_SCALAR;
        if large {
            // The first line is enough to find it by.
            let end = lexical::line_end(self.text, at.start).min(at.end);
            let message = format!("a text of {length} bytes; at most {MAX_SCALAR} are read");
            let span = self.span(&(at.start..end));
            let help = "put large examples into files of their own";
            self.report(Diagnostic::error(&codes::TEXT_TOO_LONG, span, message).help(help));
        }
        large
    }

    pub(super) fn count(&mut self) {
        self.nodes += 1;
        if self.nodes == MAX_NODES + 1 {
            let message = format!("more than {MAX_NODES} keys and values in one file");
            let at = self.cursor.min(self.text.len());
            let found = Diagnostic::error(&codes::TOO_MANY_NODES, self.span(&(at..at)), message);
            self.report(found.help("split it: a specification may be a folder of files"));
            self.complete = false;
            self.given_up = true;
        }
    }

    pub(super) fn report(&mut self, found: Diagnostic) {
        if self.found.len() == MAX_FOUND {
            let message =
                format!("{MAX_FOUND} faults are listed, the rest of the file is not read");
            self.found.push(Diagnostic::error(&codes::TOO_MANY_FAULTS, found.span, message));
            self.complete = false;
            self.given_up = true;
        } else if !self.given_up {
            self.found.push(found);
        }
    }

    /// Moves on to a token; gives back where the one before ended.
    pub(super) fn advance(&mut self, at: &Range<usize>) -> usize {
        let gap = self.cursor.min(at.start);
        self.cursor = self.cursor.max(at.end);
        gap
    }

    /// A block text is announced at its first line; it begins at its indicator and ends with its
    /// last character.
    fn block_start(&self, at: Range<usize>, gap: usize, style: Style) -> Range<usize> {
        let indicator = match style {
            Style::Literal => b'|',
            Style::Folded => b'>',
            _ => return at,
        };
        let start = lexical::block_indicator(self.text, gap, at.start, indicator);
        let start = start.unwrap_or(at.start);
        let end = start + self.text[start..at.end].trim_end().len();
        start..end
    }

    /// Where the lines of a document in XML begin, if nothing stands for something else in them.
    fn lines(&self, at: &Range<usize>, text: &str, style: Style) -> Vec<u32> {
        let written = &self.text[at.clone()];
        if !text.trim_ascii_start().starts_with('<') {
            return Vec::new();
        }
        let begins = match style {
            Style::SingleQuoted | Style::DoubleQuoted => {
                let as_it_is = written.get(1..written.len().saturating_sub(1)) == Some(text);
                return u32::try_from(at.start + 1).ok().filter(|_| as_it_is).into_iter().collect();
            }
            Style::Literal => {
                // The first line has the `|`.
                let mut start = at.start;
                let mut lines = written.split_inclusive('\n').map(|line| {
                    start += line.len();
                    (start - line.len(), line.trim_end_matches(['\r', '\n']))
                });
                lines.next();
                let begins = text.trim_end().split('\n').map(|line| {
                    let (start, written) = lines.next()?;
                    let indentation = written.trim_end().strip_suffix(line.trim_end())?.len();
                    u32::try_from(start + indentation).ok()
                });
                begins.collect::<Option<Vec<u32>>>()
            }
            Style::Plain | Style::Folded => None,
        };
        begins.unwrap_or_default()
    }

    /// The column of the key whose value is awaited, if it is not in `{ }`.
    fn column(&self) -> Option<usize> {
        match self.stack.last() {
            Some(Frame {
                flow: false, body: Body::Mapping { next: Next::Value(key), .. }, ..
            }) => {
                let at = key.span.start as usize;
                Some(at - lexical::line_start(self.text, at))
            }
            _ => None,
        }
    }

    /// Where nothing stands in place of a value: behind the colon of its key, or behind the key where that is missing,
    /// too.
    fn behind_key(&self, key: usize) -> Option<Span> {
        let frame = self.stack.last()?;
        let Body::Mapping { next: Next::Value(_), .. } = frame.body else { return None };
        let colon = lexical::skip_blanks(self.text, key);
        let at = if self.text[colon..].starts_with(':') { colon + 1 } else { key };
        Some(self.span(&(at..at)))
    }

    /// Whether something has been blanked out straight behind a place, which may have been the value of a key in a
    /// column.
    fn blanked_after(&self, at: usize, column: Option<usize>) -> bool {
        let next = self.blanked.partition_point(|b| b.start < at);
        let Some(blank) = self.blanked.get(next) else { return false };
        // What stands no further inside than the key is another entry.
        if let (Some(key), Some(blank)) = (column, blank.column)
            && blank <= key
        {
            return false;
        }
        let mut i = skip_ignored(self.text, at);
        if self.text.as_bytes().get(i) == Some(&b':') {
            i = skip_ignored(self.text, i + 1);
        }
        i >= blank.start
    }

    fn comment(&self, at: &Range<usize>) -> Option<Span> {
        let hash = lexical::comment_after(self.text, at.end)?;
        Some(self.span(&(hash..lexical::line_end(self.text, hash))))
    }

    pub(super) fn source(&self, at: &Range<usize>) -> String {
        self.text.get(at.clone()).unwrap_or("").to_owned()
    }

    pub(super) fn span(&self, at: &Range<usize>) -> Span {
        span(self.file, at)
    }
}

/// Past blanks, line breaks and comments.
fn skip_ignored(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => at += 1,
            b'#' => at = lexical::line_end(text, at),
            _ => break,
        }
    }
    at
}

/// A range as a span. Files over 16 MiB are refused long before an offset could be cut here.
pub(super) fn span(file: FileId, at: &Range<usize>) -> Span {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span::new(file, number(at.start), number(at.end))
}
