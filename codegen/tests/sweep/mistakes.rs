//! One mistake at one place of a text, as people make them.

use crate::rules;
use crate::tree::{Entry, Kind};

/// What is done to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mistake {
    /// Two letters of the key have changed places.
    MisspeltKey,
    /// Two letters of a word of the value have, of the first word or a later one.
    MisspeltValue(usize),
    /// Another value stands there, or none.
    Replaced(&'static str),
    Deleted,
    Repeated,
    NoColon,
    Tab,
    Deeper,
    Shallower,
}

use Mistake::{
    Deeper, Deleted, MisspeltKey, MisspeltValue, NoColon, Repeated, Replaced, Shallower, Tab,
};

pub(crate) const ALL: [Mistake; 15] = [
    MisspeltKey,
    MisspeltValue(0),
    MisspeltValue(1),
    MisspeltValue(2),
    Replaced("[a]"),
    Replaced("{ a: b }"),
    Replaced("17"),
    Replaced(""),
    Replaced("wrong"),
    Deleted,
    Repeated,
    NoColon,
    Tab,
    Deeper,
    Shallower,
];

/// The text with the mistake, and where it is; nothing if it cannot be made here.
pub(crate) fn make(text: &str, entry: &Entry, mistake: Mistake) -> Option<(String, usize)> {
    changed(text, entry, mistake).filter(|(changed, _)| changed != text)
}

fn changed(text: &str, entry: &Entry, mistake: Mistake) -> Option<(String, usize)> {
    let line = text[..entry.key.start].rfind('\n').map_or(0, |at| at + 1);
    let replaced = |start: usize, end: usize, with: &str| {
        Some((format!("{}{with}{}", &text[..start], &text[end..]), start))
    };
    match mistake {
        MisspeltKey => {
            let key = &text[entry.key.clone()];
            let (start, end) = words(key).into_iter().max_by_key(|(start, end)| end - start)?;
            let base = entry.key.start;
            replaced(base + start, base + end, &misspelt(&key[start..end]))
        }
        MisspeltValue(which) => {
            let value = entry.value == Kind::Plain && !rules::is_prose(entry);
            let value = text[entry.start..entry.end].split(" -- ").next().filter(|_| value)?;
            let (start, end) = *words(value).get(which)?;
            replaced(entry.start + start, entry.start + end, &misspelt(&value[start..end]))
        }
        Replaced(with) => {
            let known = match with {
                // Names stand there, so that it would be another name.
                "{ a: b }" => !rules::holds_names(entry),
                _ => true,
            };
            known.then(|| replaced(entry.after, entry.end, &format!(" {with}")))?
        }
        Deleted if entry.flow => {
            let after = text[entry.end..].trim_start();
            let at = text.len() - after.len();
            match after.strip_prefix(',') {
                Some(rest) => {
                    let next = text.len() - rest.trim_start().len();
                    replaced(entry.key.start, next, "")
                }
                None => {
                    let before = text[..entry.key.start].trim_end();
                    let start = before.strip_suffix(',').map_or(entry.key.start, str::len);
                    replaced(start, at, " ")
                }
            }
        }
        Deleted => {
            let end = text[entry.end..].find('\n').map_or(text.len(), |at| entry.end + at + 1);
            entry.leads.then(|| replaced(line, end, ""))?
        }
        Repeated if entry.flow => {
            let again = format!("{}, ", &text[entry.range()]);
            replaced(entry.key.start, entry.key.start, &again)
        }
        Repeated => {
            let end = text[entry.end..].find('\n').map_or(text.len(), |at| entry.end + at + 1);
            let again = text[line..end].to_owned();
            entry.leads.then(|| replaced(end, end, &again))?
        }
        NoColon => {
            let colon = entry.after - 1;
            replaced(colon, entry.after, "").filter(|_| text[colon..].starts_with(':'))
        }
        Tab => (entry.leads && line < entry.key.start && !entry.flow)
            .then(|| replaced(line, entry.key.start, "\t"))?,
        Deeper => (entry.leads && !entry.flow).then(|| replaced(line, line, " "))?,
        Shallower => {
            let indented = entry.leads && !entry.flow && line < entry.key.start;
            indented.then(|| replaced(line, line + 1, ""))?
        }
    }
}

/// Where the words of a text are, of letters at least in part.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let inside = c.is_ascii_alphanumeric() || c == '_';
        match words.last_mut() {
            Some(last) if inside && open => last.1 = at + 1,
            _ if inside => words.push((at, at + 1)),
            _ => {}
        }
        open = inside;
    }
    words.retain(|(start, end)| text[*start..*end].contains(|c: char| c.is_ascii_alphabetic()));
    words
}

/// Two letters in the middle change places; what is short or all the same gets one more.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    match (middle..letters.len() - 1).find(|&at| letters[at] != letters[at + 1]) {
        Some(at) if letters.len() > 3 => letters.swap(at, at + 1),
        _ => letters.push('q'),
    }
    letters.into_iter().collect()
}
