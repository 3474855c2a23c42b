//! How a text is written: without quotes where nobody could misunderstand that.

use crate::yaml::lexical::quoted;
use crate::yaml::{Node, Scalar, Style, Value};

/// What a reader of some version of YAML takes for something else than a text.
const WORDS: [&str; 13] =
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity", "none"];

/// Whether a text is one with quotes and without: no number, date, truth value or nothing.
pub(super) fn is_only_text(text: &str) -> bool {
    text.contains('\n') || is_word(text)
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '/')
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text needs no quotes, and nobody would expect them, inside `{ }` and `[ ]` or outside.
fn is_plain(text: &str, flow: bool) -> bool {
    is_word(text)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        // These are allowed in many places; who has quoted them wanted to be sure.
        && !text.contains(['#', '"', '\\', '[', ']', '{', '}'])
        && (!flow || !text.contains(','))
        && text.chars().all(is_visible)
}

/// Letters, figures, what ASCII has, and the punctuation of texts; all else may be invisible.
fn is_visible(c: char) -> bool {
    c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric() || "–—…“”‘’„«»·×°€£§".contains(c)
}

/// A key. Which quotes it has means nothing; that it has some does, unless it is an ordinary name: `"a?"` is called so,
/// and `"else"` is meant so.
pub(super) fn key(text: &str, source: &str, flow: bool) -> String {
    let quoted = source.starts_with(['"', '\'']);
    if is_plain(text, flow) && (!quoted || is_name(text)) {
        text.to_owned()
    } else if source.contains('\n') {
        escaped(text)
    } else if quoted {
        in_quotes(text, source)
    } else {
        source.to_owned()
    }
}

/// Whether a key says the same with quotes and without.
pub(super) fn is_name(key: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_-./@$".contains(c);
    key.chars().all(is_part) && !matches!(key, "default" | "other" | "else")
}

/// A text on one line; `keep` keeps quotes that are not needed.
pub(super) fn line(scalar: &Scalar, source: &str, flow: bool, keep: bool) -> String {
    let text = scalar.text.as_str();
    match scalar.style {
        Style::Plain if text.contains('\n') => escaped(text),
        Style::Plain => text.to_owned(),
        Style::Literal | Style::Folded => escaped(text),
        // Without quotes documentation may begin at the dashes.
        Style::SingleQuoted | Style::DoubleQuoted
            if !keep && is_plain(text, flow) && !text.contains(" -- ") =>
        {
            text.to_owned()
        }
        Style::SingleQuoted | Style::DoubleQuoted => in_quotes(text, source),
    }
}

/// A text that no specification holds yet.
pub(crate) fn text(text: &str) -> String {
    if is_plain(text, false) { text.to_owned() } else { escaped(text) }
}

/// The same inside `{ }` and `[ ]`.
pub(crate) fn flow_text(text: &str) -> String {
    if is_plain(text, true) { text.to_owned() } else { escaped(text) }
}

/// A value on one line, for what is offered in place of it.
pub(crate) fn flow(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar(scalar) => {
            let bare = scalar.style == Style::Plain
                && !scalar.text.contains(['\n', ',', '[', ']', '{', '}']);
            if bare { scalar.text.clone() } else { escaped(&scalar.text) }
        }
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(flow).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Mapping(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", flow_key(&entry.key.value), flow(&entry.value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn flow_key(text: &str) -> String {
    let simple = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
    if !text.is_empty() && text.chars().all(simple) { text.to_owned() } else { flow_text(text) }
}

/// In double quotes where no escape is needed for that; otherwise as the author wrote it.
fn in_quotes(text: &str, source: &str) -> String {
    if !source.contains('\n') && (source.contains('\\') || text.contains(['"', '\\'])) {
        source.to_owned()
    } else if text.chars().all(is_visible) {
        quoted(text)
    } else if source.contains('\n') || source.starts_with('\'') {
        escaped(text)
    } else {
        source.to_owned()
    }
}

/// In double quotes, with an escape for all that cannot be seen.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_visible(c) => out.push(c),
            c => out.push_str(&match u32::from(c) {
                number @ ..0x100 => format!("\\x{number:02x}"),
                number @ ..0x1_0000 => format!("\\u{number:04x}"),
                number => format!("\\U{number:08x}"),
            }),
        }
    }
    out.push('"');
    out
}

/// A long text without quotes on several lines, the first of which has less room. A line that could be read as
/// something else begins with no such word.
pub(super) fn wrapped(text: &str, first: usize, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut room = first;
    for word in text.split(' ') {
        let fits = line.chars().count() + 1 + word.chars().count() <= room;
        let begins = word.starts_with(char::is_alphanumeric) && !line.ends_with(' ');
        if line.is_empty() && lines.is_empty() || fits || !begins {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        } else {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
            room = width;
        }
    }
    lines.push(line);
    lines
}

/// A block text: what stands behind the colon, and its lines without indentation. None if it has to be quoted.
pub(super) fn block(scalar: &Scalar, source: &str) -> Option<(String, Vec<String>)> {
    let text = scalar.text.as_str();
    let folded = scalar.style == Style::Folded;
    let header: String = source.chars().take_while(|c| !c.is_whitespace()).collect();
    if text.trim().is_empty() || text.ends_with("\n\n") {
        return None;
    }
    let lines: Vec<String> = if folded {
        folded_lines(scalar, source, &header)?
    } else {
        text.strip_suffix('\n').unwrap_or(text).split('\n').map(str::to_owned).collect()
    };
    let first = lines.iter().find(|line| !line.trim().is_empty())?;
    let blank = lines.iter().take_while(|line| line.trim().is_empty());
    if first.starts_with('\t') || blank.into_iter().any(|line| !line.is_empty()) {
        return None;
    }
    let indicator = if first.starts_with(' ') { "2" } else { "" };
    let chomping = if text.ends_with('\n') { "" } else { "-" };
    Some((format!("{}{indicator}{chomping}", if folded { '>' } else { '|' }), lines))
}

/// The lines of a folded text as its author broke them.
fn folded_lines(scalar: &Scalar, source: &str, header: &str) -> Option<Vec<String>> {
    // The blanks at the end of its last line are not in the source of a value.
    let blank = scalar.text.trim_end_matches('\n').ends_with(char::is_whitespace);
    if blank || header.contains(|c: char| c.is_ascii_digit() || c == '+') {
        return None;
    }
    let lines: Vec<&str> = source.split('\n').skip(1).collect();
    // A tab begins the text, so that a line of one is not blank.
    let first = lines.iter().find(|line| !line.trim_matches(' ').is_empty())?;
    let indent = first.len() - first.trim_start_matches(' ').len();
    Some(lines.iter().map(|line| line.get(indent..).unwrap_or_default().to_owned()).collect())
}
