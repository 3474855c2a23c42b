//! Mistakes of single words: of keys, of values, and of types.

use std::ops::Range;

use crate::lines::{self, Made};
use crate::rules;
use crate::tree::{Entry, Kind};

/// Where the words of a text are, of letters at least in part.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let inside = c.is_ascii_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(last) if inside && open => last.end = at + 1,
            _ if inside => words.push(at..at + 1),
            _ => {}
        }
        open = inside;
    }
    words.retain(|word| text[word.clone()].contains(|c: char| c.is_ascii_alphabetic()));
    words
}

/// The key, changed in its longest word.
pub(super) fn key(text: &str, entry: &Entry, change: impl Fn(&str) -> String) -> Option<Made> {
    let key = &text[entry.key.clone()];
    let word = words(key).into_iter().max_by_key(Range::len)?;
    in_place(text, entry.key.start + word.start..entry.key.start + word.end, change)
}

/// The value, changed in one of its words. What is the name of another model then is no mistake.
pub(super) fn value(
    text: &str,
    entries: &[Entry],
    entry: &Entry,
    which: usize,
    change: impl Fn(&str) -> String,
) -> Option<Made> {
    let is_plain = entry.value == Kind::Plain && !rules::is_prose(entry);
    let value = text[entry.start..entry.end].split(" -- ").next().filter(|_| is_plain)?;
    let word = words(value).into_iter().nth(which)?;
    let changed = change(&value[word.clone()]);
    let is_model = |it: &Entry| it.path == ["models", changed.as_str()];
    // `uint32` without its first letter.
    let is_known = |word: &str| ["int32", "int64"].contains(&word) || entries.iter().any(is_model);
    if rules::is_type(entry) && is_known(&changed) {
        return None;
    }
    in_place(text, entry.start + word.start..entry.start + word.end, change)
}

fn in_place(text: &str, word: Range<usize>, change: impl Fn(&str) -> String) -> Option<Made> {
    let line = lines::number(text, word.start);
    let changed = change(&text[word.clone()]);
    Some(Made::new(lines::replaced(text, word, &changed), line..=line))
}

/// Two letters in the middle change places; what is short or all the same gets one more.
pub(super) fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    match (middle..letters.len() - 1).find(|&at| letters[at] != letters[at + 1]) {
        Some(at) if letters.len() > 3 => letters.swap(at, at + 1),
        _ => letters.push('q'),
    }
    letters.into_iter().collect()
}

/// The first letter small or large, whichever it is not.
pub(super) fn cased(word: &str) -> String {
    let Some(first) = word.chars().next() else { return String::new() };
    let other = match first.is_uppercase() {
        true => first.to_ascii_lowercase(),
        false => first.to_ascii_uppercase(),
    };
    format!("{other}{}", &word[first.len_utf8()..])
}

/// One of something that are several, or several of one.
pub(super) fn plural(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(one) if !one.is_empty() && !one.ends_with('s') => one.to_owned(),
        _ => format!("{word}s"),
    }
}

/// `camelCase` for `snake_case`, and the other way round.
pub(super) fn respelt(word: &str) -> String {
    let mut out = String::new();
    let mut upper = false;
    for c in word.chars() {
        match c {
            '_' => upper = true,
            c if c.is_ascii_uppercase() && !out.is_empty() => {
                out.push('_');
                out.push(c.to_ascii_lowercase());
            }
            c => out.push(if std::mem::take(&mut upper) { c.to_ascii_uppercase() } else { c }),
        }
    }
    out
}

/// A definition goes by a name that is like no other.
pub(super) fn renamed(text: &str, entry: &Entry) -> Option<Made> {
    let renamed = |word: &str| match word.starts_with(|c: char| c.is_ascii_uppercase()) {
        true => "Zzyzx".to_owned(),
        false => "zzyzx".to_owned(),
    };
    rules::is_definition(entry).then(|| key(text, entry, renamed))?
}

/// A type is written as in another language, where `X` stands for the one that was there.
pub(super) fn foreign(text: &str, entry: &Entry, form: &str) -> Option<Made> {
    let value = text[entry.start..entry.end].split(" -- ").next()?;
    let mut depth = 0_usize;
    let end = value.find(|c| {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c == ' '
    });
    let known = &value[..end.unwrap_or(value.len())];
    rules::is_type(entry).then(|| {
        let word = entry.start..entry.start + known.len();
        in_place(text, word, |known| form.replace('X', known))
    })?
}

/// The same key once more, with another value.
pub(super) fn doubled(text: &str, entry: &Entry) -> Option<Made> {
    let key = &text[entry.key.clone()];
    if entry.flow {
        let line = lines::number(text, entry.end);
        let again = format!(", {key}: other");
        return Some(Made::new(lines::replaced(text, entry.end..entry.end, &again), line..=line));
    }
    let end = lines::whole(text, &entry.range()).end;
    let column = " ".repeat(lines::column(text, entry.key.start));
    let line = lines::number(text, end);
    let again = format!("{column}{key}: other\n");
    entry.leads.then(|| Made::new(lines::replaced(text, end..end, &again), line..=line))
}

/// A value with quotes around it that had none.
pub(super) fn quoted(text: &str, entry: &Entry) -> Option<Made> {
    let value = &text[entry.start..entry.end];
    let is_plain = entry.value == Kind::Plain && !value.is_empty() && !value.contains(['"', '\\']);
    let line = lines::number(text, entry.start);
    is_plain.then(|| {
        let changed = format!("\"{value}\"");
        Made::new(lines::replaced(text, entry.start..entry.end, &changed), line..=line)
    })
}

/// A value without the quotes that it had.
pub(super) fn unquoted(text: &str, entry: &Entry) -> Option<Made> {
    let value = &text[entry.start..entry.end];
    let inner = ['"', '\''].iter().find_map(|sign| value.strip_prefix(*sign)?.strip_suffix(*sign));
    let lines = lines::numbers(text, &entry.range());
    Some(Made::new(lines::replaced(text, entry.start..entry.end, inner?), lines))
}
