//! Text of a specification as Markdown that rustdoc and clippy accept and that says the same.
//!
//! Specifications are read by people and come from foreign documentation: text that looks like a link, a
//! tag or a test must not become one, and cannot end the comment it stands in.

/// Words with capitals inside that clippy takes for prose.
const PROSE: [&str; 47] = [
    "AccessKit",
    "BibTeX",
    "ClojureScript",
    "CoffeeScript",
    "CoreFoundation",
    "CoreGraphics",
    "CoreText",
    "DevOps",
    "DirectX",
    "FreeBSD",
    "GitHub",
    "GitLab",
    "GraphQL",
    "JavaScript",
    "LaTeX",
    "MinGW",
    "NaN",
    "NetBSD",
    "NixOS",
    "OAuth",
    "OCaml",
    "OpenAL",
    "OpenBSD",
    "OpenDNS",
    "OpenGL",
    "OpenMP",
    "OpenSSH",
    "OpenSSL",
    "OpenStreetMap",
    "OpenTelemetry",
    "OpenType",
    "PostScript",
    "PowerPC",
    "PowerShell",
    "PureScript",
    "TensorFlow",
    "TrueType",
    "TypeScript",
    "WebAssembly",
    "WebGL",
    "WebGPU",
    "WebP",
    "WebRTC",
    "WebSocket",
    "WebTransport",
    "iOS",
    "macOS",
];

/// Markdown of a text, a line each, at most `width` wide where words allow.
pub(super) fn from_text(text: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut after_item = false;
    for block in blocks(text) {
        // The items of a list stand together, everything else apart.
        let continues_list = after_item && block.item;
        if !out.is_empty() && !continues_list {
            out.push(String::new());
        }
        let words = sanitize(&block.text);
        out.extend(if block.item { hang(&words, width) } else { wrap(&words, width) });
        after_item = block.item;
    }
    out
}

/// A paragraph or a list item.
struct Block {
    item: bool,
    text: String,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        if let Some(item) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            blocks.push(Block { item: true, text: item.trim().to_owned() });
            open = true;
        } else if line.is_empty() {
            open = false;
        } else if let Some(block) = blocks.last_mut().filter(|_| open) {
            block.text.push(' ');
            block.text.push_str(line);
        } else {
            blocks.push(Block { item: false, text: line.to_owned() });
            open = true;
        }
    }
    blocks
}

/// A list item, its further lines indented.
fn hang(item: &str, width: usize) -> Vec<String> {
    let lines = wrap(item, width.saturating_sub(2));
    lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| if index == 0 { format!("- {line}") } else { format!("  {line}") })
        .collect()
}

/// Breaks a paragraph into lines. Code spans and links are not torn apart.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    if text.len() <= width && is_spaced(text) {
        return vec![text.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in unbreakable(text) {
        let length = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && length > width && !starts_block(&word) {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether single spaces stand between words, and nothing around them.
fn is_spaced(text: &str) -> bool {
    // Blanks of other scripts are none of ASCII.
    let blank = |byte: u8| !byte.is_ascii_graphic();
    text.split(' ').all(|word| !word.is_empty() && !word.bytes().any(blank))
}

/// Whether a line that begins with the word would be a list item, a heading or a quotation.
fn starts_block(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
    });
    number || matches!(word, "-" | "*" | "+") || word.starts_with(['#', '>', '|'])
}

/// The words of a text, where what stands between backticks or is a link counts as one.
fn unbreakable(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split_whitespace() {
        let ticks = word.matches('`').count();
        match words.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        let current = words.last().map_or("", String::as_str);
        open = if current.starts_with('[') && !current.contains("](") && current.len() < 120 {
            true
        } else {
            (open && !current.starts_with('[') && ticks % 2 == 0) || (!open && ticks % 2 == 1)
        };
    }
    words
}

/// Text inside a sentence: what Markdown would read as markup is escaped, and what looks like code is put
/// into backticks.
pub(crate) fn sanitize(text: &str) -> String {
    inline(text, looks_like_code)
}

/// The same as the text of a link to a page. There clippy wants no name in backticks, so that those of products stay as
/// they are written.
pub(super) fn label(text: &str) -> String {
    inline(text, |word| word.contains('_') || word.contains("::"))
}

fn inline(text: &str, is_code: fn(&str) -> bool) -> String {
    let prose = |text: &str| prose(text, is_code);
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) && !text.contains('`') {
        return prose(text);
    }
    let ends_line = |c| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let on_one_line = |c| if ends_line(c) { ' ' } else { c };
    let text: String = text.chars().map(on_one_line).filter(|&c| !is_invisible(c)).collect();
    // Without partners, backticks are just characters.
    if !text.matches('`').count().is_multiple_of(2) || text.contains("``") {
        return prose(&text);
    }
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            out.push_str(&code(part));
        } else {
            out.push_str(&prose(part));
        }
    }
    out
}

/// Text without code spans; `is_code` says which words become one.
fn prose(text: &str, is_code: fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let space = rest.len() - rest.trim_start().len();
        out.push_str(&rest[..space]);
        rest = &rest[space..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        match &rest[..end] {
            plain if is_plain(plain) => out.push_str(plain),
            other => out.push_str(&word(other, out.is_empty(), is_code)),
        }
        rest = &rest[end..];
    }
    out
}

/// Whether a word is of letters, as nearly all are, perhaps with a capital in front and marks behind: it means the same
/// everywhere.
fn is_plain(word: &str) -> bool {
    let letters = word.trim_end_matches(['.', ',', ';', ':', '?']);
    let lower = letters.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(letters);
    letters.len() + 1 >= word.len()
        && !letters.is_empty()
        && lower.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn word(word: &str, first: bool, is_code: fn(&str) -> bool) -> String {
    if let Some(at) = word.find("http://").or_else(|| word.find("https://")) {
        let url =
            word[at..].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '"', '\'']);
        let after = &word[at + url.len()..];
        return format!("{}<{}>{}", literal(&word[..at]), address(url), literal(after));
    }
    let start = word.len() - word.trim_start_matches(is_outer).len();
    let core = word[start..].trim_end_matches(is_outer);
    let core = core.strip_suffix("'s").unwrap_or(core);
    let (before, after) = (&word[..start], &word[start + core.len()..]);
    let core = if is_code(core) { code(core) } else { literal(core) };
    if first && starts_block(word) {
        // `1.` is a number only with its dot, anything else begins with its mark.
        return match word.strip_suffix(['.', ')']) {
            Some(number) => format!("{number}\\{}", &word[number.len()..]),
            None => format!("\\{word}"),
        };
    }
    format!("{}{core}{}", literal(before), literal(after))
}

fn is_outer(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '_' | '/' | '$' | '@' | '\\')
}

/// What clippy would want in backticks.
fn looks_like_code(word: &str) -> bool {
    if PROSE.contains(&word) {
        return false;
    }
    let inner_underscore = word.trim_matches('_').contains('_');
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let singular =
        word.strip_suffix('s').filter(|singular| !singular.ends_with('s')).unwrap_or(word);
    let camel = word.chars().all(char::is_alphanumeric)
        && capitals > 1
        && singular.chars().any(char::is_lowercase)
        && !word.starts_with(|c: char| c.is_ascii_digit());
    inner_underscore || camel || word.contains("::")
}

/// Characters with a meaning to Markdown or rustdoc, escaped.
pub(in crate::emit) fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|&c| !is_invisible(c)) {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text as a code span.
pub(in crate::emit) fn code(text: &str) -> String {
    let text: String = text.chars().filter(|&c| !is_invisible(c)).collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        "(empty)".to_owned()
    } else if text.contains('`') {
        literal(&text)
    } else {
        format!("`{text}`")
    }
}

/// An address as the target of a link.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            c if is_invisible(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// Control characters, and those that change the direction of text, which rustc refuses in comments.
fn is_invisible(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{from_text, label};

    fn markdown(text: &str) -> String {
        from_text(text, 80).join("\n")
    }

    #[test]
    fn prose_stays_prose() {
        let text = "Made by the service when the webhook is registered; see section 4 (of 5).";
        assert_eq!(markdown(text), text);
    }

    #[test]
    fn foreign_names_become_code() {
        assert_eq!(
            markdown("The `userId` of a WebhookRequest's user, see signature_secret_key."),
            "The `userId` of a `WebhookRequest`'s user, see `signature_secret_key`."
        );
    }

    #[test]
    fn names_of_products_stay_as_they_are_in_links() {
        assert_eq!(
            label("AccessLink OpenAPI document, user_id"),
            "AccessLink OpenAPI document, `user_id`"
        );
        assert_eq!(label("A [b] *c*"), r"A \[b\] \*c\*");
        assert_eq!(markdown("A WebRTC call"), "A WebRTC call");
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(
            markdown("A <b>bold</b> [link] */ \"# ok"),
            r##"A \<b\>bold\</b\> \[link\] \*/ "# ok"##
        );
        assert_eq!(markdown("# not a heading"), "\\# not a heading");
        assert_eq!(markdown("1. First do this"), r"1\. First do this");
        assert_eq!(markdown("2) &lt;b&gt;"), r"2\) \&lt;b\&gt;");
        assert_eq!(markdown("one ` tick"), "one \\` tick");
        assert_eq!(markdown("See https://example.com/a_b."), "See <https://example.com/a_b>.");
        assert_eq!(markdown("[x](https://example.com)"), r"\[x\](<https://example.com>)");
    }

    #[test]
    fn indented_text_is_no_test_and_invisible_characters_go() {
        assert_eq!(markdown("First.\n\n    let x = 1;\n"), "First.\n\nlet x = 1;");
        assert_eq!(markdown("a\u{202e}b\u{0}c"), "abc");
    }

    #[test]
    fn lists_stay_lists() {
        let text = "Either:\n\n- one thing\n- another thing that is so long that it needs a second line to be shown whole here\n\nDone.";
        assert_eq!(
            markdown(text),
            "Either:\n\n- one thing\n- another thing that is so long that it needs a second line to be shown whole\n  here\n\nDone."
        );
    }

    #[test]
    fn lines_are_wrapped_but_code_is_not_torn() {
        let lines = from_text("aaaa bbbb `cc dd ee` ffff", 12);
        assert_eq!(lines, ["aaaa bbbb", "`cc dd ee`", "ffff"]);
    }
}
