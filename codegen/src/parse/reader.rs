//! Reading texts, lists and mappings, and what is said of those that are of another kind.

mod keys;
mod lists;
mod texts;

use super::remedy::{self, Remedy};
use crate::ast::Text;
use crate::diag::{Diagnostic, Diagnostics, codes, nearest};
use crate::format::{flow, flow_text};
use crate::names;
use crate::source::{Span, Spanned};
use crate::yaml::lexical::quoted;
use crate::yaml::{Entry, Node, Scalar, Style, Value};
pub(crate) use keys::Keys;
pub(super) use lists::{item_text, texts};
pub(super) use texts::way;

/// Whether nothing but the colon is missing behind a `key`, or the blank behind it, which is a key as a whole then.
pub(crate) fn lacks_colon(entry: &Entry, key: &str) -> bool {
    let Some(rest) = entry.key.value.strip_prefix(key) else { return false };
    if is_glued(rest) {
        return is_alone(entry) && is_plain(&entry.key);
    }
    let nothing = matches!(entry.value.value, Value::Null);
    let rest = rest.strip_prefix(' ');
    rest.is_some_and(|rest| nothing || rest.trim_start().starts_with(['{', '[']))
}

/// Whether a text goes on behind a key with its value, without the blank between the two: `:int32`, `=int32`.
pub(crate) fn is_glued(rest: &str) -> bool {
    let value = rest.strip_prefix([':', '=']).unwrap_or_default();
    !value.trim().is_empty() && !value.starts_with("//")
}

/// Whether no more than the beginning of a `key` is there, which somebody has begun to type.
pub(crate) fn is_begun(entry: &Entry, key: &str) -> bool {
    let typed = entry.key.value.as_str();
    is_alone(entry) && is_plain(&entry.key) && key.len() > typed.len() && key.starts_with(typed)
}

/// Whether a `key` stands in place of its value, and that in its own: `User: returns`.
pub(crate) fn is_exchanged(entry: &Entry, key: &str) -> bool {
    let value = entry.value.as_scalar().filter(|it| it.style == Style::Plain);
    value.is_some_and(|value| value.text == key) && is_plain(&entry.key)
}

/// A finding about the parts of an item that has no name, with the change that puts them one level deeper, below one,
/// where it is short enough to be read.
pub(super) fn below(found: Diagnostic, name: &str, entries: &[Entry]) -> Diagnostic {
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return found };
    let whole = first.key.span.to(last.value.span);
    let node = Node { span: whole, value: Value::Mapping(entries.to_vec()), comment_after: None };
    let mended = format!("{name}: {}", flow(&node));
    if mended.len() <= 120 { found.patch(whole, mended) } else { found }
}

/// Whether there is no value behind a key, and no colon.
pub(crate) fn is_alone(entry: &Entry) -> bool {
    entry.value.is_null() && entry.value.span.end == entry.key.span.end
}

/// Whether a key stands without quotes.
pub(crate) fn is_plain(key: &Text) -> bool {
    (key.span.end - key.span.start) as usize == key.value.len()
}

/// An empty documentation is none, so that the item is described by its name.
pub(crate) fn says_something(doc: &Text) -> bool {
    !doc.value.trim().is_empty()
}

/// Reports that the colon is missing behind `key`.
pub(crate) fn no_colon(entry: &Entry, key: &str) -> Diagnostic {
    let place = entry.key.span;
    let behind = place.start + u32::try_from(key.len()).unwrap_or_default();
    let diagnostic = Diagnostic::error(
        &codes::MISSING_COLON,
        place,
        format!("a colon is missing behind `{key}`"),
    )
    .label("all of this is one key");
    let rest = entry.key.value[key.len()..].trim();
    // `http = GET /users`, `http:GET /users`
    if let Some(value) = rest.strip_prefix(['=', ':']).map(str::trim)
        && (place.end - place.start) as usize == entry.key.value.len()
        && matches!(entry.value.value, Value::Null)
    {
        let written = format!("{key}: {value}");
        return diagnostic.help(format!("write `{}`", shown(&written))).patch(place, written);
    }
    let diagnostic = match entry.value.value {
        Value::Null => diagnostic.help(format!("write `{key}: {}`", shown(rest))),
        _ => diagnostic.help(format!("write `{key}:`")),
    };
    let plain = (place.end - place.start) as usize == entry.key.value.len();
    if plain { diagnostic.patch(Span::new(place.file, behind, behind), ":") } else { diagnostic }
}

fn not_allowed(code: &Text, known: bool) -> Diagnostic {
    let warnings = || {
        let ids = codes::ALL.iter().map(|code| code.id).filter(|id| id.starts_with('W'));
        ids.filter(|id| *id != codes::USELESS_ALLOW.id)
    };
    let message = match known {
        true => format!("{} cannot be silenced", code.value),
        false => format!("there is no warning `{}`", shown(&code.value)),
    };
    let diagnostic = Diagnostic::error(&codes::BAD_ALLOW, code.span, message);
    match nearest(&code.value, warnings()) {
        _ if known => diagnostic.label("only warnings about a specification can"),
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).patch(code.span, near),
        None => {
            let all: Vec<&str> = warnings().collect();
            diagnostic.help(format!("warnings are {}", quoted_list(&all)))
        }
    }
}

/// `a`, `b` and `c`.
pub(crate) fn quoted_list(words: &[&str]) -> String {
    const MOST: usize = 40;
    let quoted: Vec<String> =
        words.iter().take(MOST).map(|word| format!("`{}`", shown(word))).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        all if words.len() > MOST => format!("{} and {} more", all.join(", "), words.len() - MOST),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// `what` is a key, or a phrase that is no text of the specification.
fn subject(what: &str) -> String {
    if what.contains(' ') { what.to_owned() } else { format!("`{what}`") }
}

/// A text of the specification as messages quote it: on one line and not too long.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 80;
    let escaped: String = text
        .chars()
        .take(LONGEST)
        .flat_map(|c| {
            let whole = if c.is_control() { None } else { Some(c) };
            whole.into_iter().chain(whole.is_none().then(|| c.escape_debug()).into_iter().flatten())
        })
        .collect();
    match text.chars().nth(LONGEST) {
        Some(_) => format!("{escaped}…"),
        None if text.is_empty() => "\"\"".to_owned(),
        None => escaped,
    }
}

/// The end of a text that commas have cut off, of which they have made `entry` and the `rest`, with its beginning if
/// that is a text.
pub(super) fn torn_text(entry: &Entry, rest: &[Entry], before: Option<&Entry>) -> Diagnostic {
    let torn = || std::iter::once(entry).chain(rest);
    let diagnostic = Diagnostic::error(
        &codes::EMPTY_VALUE,
        entry.key.span,
        format!("`{}` has no value", shown(&entry.key.value)),
    )
    .label("a comma ends a value inside { }, so that this is a key");
    match before.map(|before| (before, &before.value.value)) {
        Some((before, Value::Scalar(scalar))) if scalar.style == Style::Plain => {
            let name = shown(&before.key.value);
            let diagnostic = diagnostic
                .related(before.value.span, format!("the value of `{name}` ends here"))
                .help(format!("put the whole text of `{name}` in quotes"));
            let keys = torn().map(|entry| entry.key.value.as_str());
            let parts: Vec<&str> = std::iter::once(scalar.text.as_str()).chain(keys).collect();
            let whole = torn().fold(before.value.span, |whole, it| whole.to(it.key.span));
            match torn().all(|entry| is_plain(&entry.key)) {
                true => diagnostic.patch(whole, quoted(&parts.join(", "))),
                false => diagnostic,
            }
        }
        _ => diagnostic.help("put a text with commas in quotes"),
    }
}

/// Reports the name of an item that is of other signs than letters, though something could be made of it: `token!`.
pub(super) fn check_word(what: &str, name: &Text, diagnostics: &mut Diagnostics) {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let Some(meant) = names::snake(&name.value).filter(|_| !name.value.chars().all(fits)) else {
        return;
    };
    diagnostics.push(
        Diagnostic::error(
            &codes::BAD_NAME,
            name.span,
            format!("`{}` cannot be the name of {what}", shown(&name.value)),
        )
        .label("expected letters and digits")
        .help(format!("did you mean `{meant}`?"))
        .patch(name.span, meant),
    );
}

/// An entry whose key has its value in it as well, with the colon that is missing between them, and what is said of
/// that.
pub(crate) fn with_colon(entry: &Entry) -> Option<(Entry, Diagnostic)> {
    let (key, value) = entry.key.value.split_once(' ').filter(|_| entry.value.is_null())?;
    let value = value.trim_start();
    if key.is_empty() || value.is_empty() || !is_plain(&entry.key) {
        return None;
    }
    let behind = entry.key.value.len() - value.len();
    let span = entry.key.span.slice(behind, entry.key.value.len());
    let scalar = Value::Scalar(Scalar::new(value, Style::Plain));
    let mended = Entry {
        key: Spanned::new(key.to_owned(), entry.key.span.slice(0, key.len())),
        value: Node { span, value: scalar, comment_after: None },
    };
    Some((mended, no_colon(entry, key)))
}

/// Reports the name of a query parameter that has signs of an address on it: `?page`, `page=`.
pub(super) fn check_query_name(name: &Text, diagnostics: &mut Diagnostics) {
    const OF_ADDRESSES: [char; 5] = ['?', '&', '=', '#', ' '];
    let is_number = name.value.bytes().all(|byte| byte.is_ascii_digit());
    if !name.value.contains(OF_ADDRESSES) && !is_number {
        return;
    }
    let bare = name.value.trim_start_matches(OF_ADDRESSES).split(OF_ADDRESSES).next();
    let found = Diagnostic::error(
        &codes::BAD_NAME,
        name.span,
        format!("`{}` cannot be the name of a query parameter", shown(&name.value)),
    )
    .label("expected the name alone");
    diagnostics.push(match bare.filter(|bare| !bare.is_empty()) {
        _ if is_number => found.help("a number is no name: say what the service calls it"),
        Some(bare) => {
            found.help(format!("did you mean `{}`?", shown(bare))).patch(name.span, flow_text(bare))
        }
        None => found.help("write it as it stands in addresses, before the `=`"),
    });
}

/// The value of an entry, which must not be null: a comma inside `{ }` ends a value, and what follows
/// becomes a key with nothing, in silence.
pub(crate) fn present<'n>(entry: &'n Entry, diagnostics: &mut Diagnostics) -> Option<&'n Node> {
    const HELP: &str =
        "write one after the colon; a text with a comma, inside { }, is put in quotes";
    present_or(entry, HELP, diagnostics)
}

/// The same, where it is known what belongs there.
pub(crate) fn present_or<'n>(
    entry: &'n Entry,
    help: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'n Node> {
    if !matches!(entry.value.value, Value::Null) {
        return Some(&entry.value);
    }
    // Behind the name may stand what the colon is missing before.
    let name =
        entry.key.value.split([' ', ':', '=']).next().unwrap_or_default().trim_end_matches('?');
    diagnostics.lost.name(name, Some(entry.key.span));
    if is_alone(entry) {
        diagnostics.lost.torn(name, entry.key.span);
    }
    diagnostics.push(
        Diagnostic::error(
            &codes::EMPTY_VALUE,
            entry.key.span,
            format!("`{}` has no value", shown(&entry.key.value)),
        )
        .label("a value is missing after this key")
        .help(help),
    );
    None
}

/// The entries of a mapping, or an error that says what stands there instead.
pub(crate) fn mapping<'n>(
    what: &str,
    node: &'n Node,
    diagnostics: &mut Diagnostics,
) -> Option<&'n [Entry]> {
    if let Value::Mapping(entries) = &node.value {
        return Some(entries);
    }
    let help = remedy::written(what, node);
    wrong(&format!("`{}`", shown(what)), "a mapping", node, help, diagnostics);
    None
}

/// The text of a scalar.
pub(crate) fn text(what: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Text> {
    if let Value::Scalar(scalar) = &node.value {
        return Some(Spanned::new(scalar.text.clone(), node.span));
    }
    let help = remedy::of_text(what, node);
    wrong(&format!("`{}`", shown(what)), "a text", node, help, diagnostics);
    None
}

/// Reports that an item of a list is a mapping, where all of them perhaps are.
pub(crate) fn wrong_item(what: &str, first: &Node, items: &[Node], diagnostics: &mut Diagnostics) {
    let found = Diagnostic::error(
        &codes::WRONG_KIND,
        first.span,
        format!("an item of `{}` is a text, found a mapping", shown(what)),
    )
    .label("expected a text");
    let all = items.iter().all(|item| item.as_mapping().is_some_and(|it| it.len() == 1));
    diagnostics.push(match remedy::written(&format!("an item of `{what}"), first) {
        _ if all => found.help("what is said of each value stands in a mapping, in `{ }`"),
        Some(Remedy { help, .. }) => found.help(help),
        None => found,
    });
}

/// Reports that something else stands where `expected` should.
pub(crate) fn wrong_kind(what: &str, expected: &str, node: &Node, diagnostics: &mut Diagnostics) {
    wrong_subject(&format!("`{}`", shown(what)), expected, node, diagnostics);
}

/// Reports that something else stands where a type should: most often a list, as other languages write it.
pub(crate) fn wrong_type(what: &str, expected: &str, node: &Node, diagnostics: &mut Diagnostics) {
    let help = remedy::list_as_type(node);
    wrong(&format!("`{}`", shown(what)), expected, node, help, diagnostics);
}

fn wrong_subject(subject: &str, expected: &str, node: &Node, diagnostics: &mut Diagnostics) {
    let help = remedy::written(subject.trim_matches('`'), node);
    wrong(subject, expected, node, help, diagnostics);
}

fn wrong(
    subject: &str,
    expected: &str,
    node: &Node,
    help: Option<Remedy>,
    diagnostics: &mut Diagnostics,
) {
    let mut diagnostic = Diagnostic::error(
        &codes::WRONG_KIND,
        node.span,
        format!("{subject} is {expected}, found {}", node.kind()),
    )
    .label(format!("expected {expected}"));
    if let Some(Remedy { help, patch }) = help {
        diagnostic = diagnostic.help(help);
        if let Some(patch) = patch {
            diagnostic = diagnostic.patch(node.span, patch);
        }
    }
    diagnostics.push(diagnostic);
}

/// Warns when a comment cuts a documentation text short.
pub(crate) fn warn_of_comment(node: &Node, diagnostics: &mut Diagnostics) {
    if let Some(comment) = node.comment_after {
        diagnostics.push(
            Diagnostic::warning(
                &codes::COMMENT_AFTER_DOC,
                comment,
                "a comment stands straight after a documentation text",
            )
            .label("not part of the text")
            .help("put the text in quotes if the ` #` belongs to it, the comment on a line of its own if not"),
        );
    }
}
