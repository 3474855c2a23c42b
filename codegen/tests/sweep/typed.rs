//! Mistakes of fingers: letters that are missing, doubled or others, words that are cut off, signs that are lost.

use std::ops::Range;

use crate::lines::{self, Made};
use crate::rules;
use crate::tree::{Entry, Kind};

/// What is done to the letters of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Slip {
    Dropped,
    Doubled,
    Other,
    /// Two of them: one letter is doubled, and another one, half a word further, is missing.
    Two,
}

/// A word with a slip at the first, second or third part of it.
pub(super) fn slipped(word: &str, slip: Slip, part: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = (letters.len() * part / 3).min(letters.len().saturating_sub(1));
    match slip {
        _ if letters.len() < 2 => {}
        Slip::Dropped => drop(letters.remove(at)),
        Slip::Doubled => letters.insert(at, letters[at]),
        Slip::Other => letters[at] = beside(letters[at]),
        Slip::Two => {
            letters.insert(at, letters[at]);
            letters.remove((at + letters.len() / 2) % letters.len());
        }
    }
    letters.into_iter().collect()
}

/// The letter on the key beside that of a letter.
fn beside(letter: char) -> char {
    const ROWS: [&str; 3] = ["qwertyuiopq", "asdfghjkla", "zxcvbnmz"];
    let small = letter.to_ascii_lowercase();
    let next = ROWS.iter().find_map(|row| row.split_once(small)?.1.chars().next()).unwrap_or('q');
    if letter == small { next } else { next.to_ascii_uppercase() }
}

/// `kebab-case` for whatever there is.
pub(super) fn kebab(word: &str) -> String {
    let parted = |c: char| match c {
        '_' => vec!['-'],
        c if c.is_ascii_uppercase() => vec!['-', c.to_ascii_lowercase()],
        c => vec![c],
    };
    word.chars().flat_map(parted).collect::<String>().trim_start_matches('-').to_owned()
}

/// A value on the line of its key, up to what is no part of it.
fn one_line(text: &str, entry: &Entry) -> Option<Range<usize>> {
    let value = entry.start..entry.end;
    let line = lines::number(text, entry.key.start);
    (!value.is_empty() && lines::number(text, value.end) == line).then_some(value)
}

fn on_line(text: &str, stretch: Range<usize>, with: &str) -> Made {
    let line = lines::number(text, stretch.start);
    Made::new(lines::replaced(text, stretch, with), line..=line)
}

/// The key alone, without colon and value.
pub(super) fn bare_key(text: &str, entry: &Entry) -> Option<Made> {
    one_line(text, entry).map(|value| below(on_line(text, entry.key.end..value.end, ""), entry))
}

/// As much of the key as somebody has typed of it before something else came.
pub(super) fn half_key(text: &str, entry: &Entry, part: usize) -> Option<Made> {
    let value = one_line(text, entry).filter(|_| entry.path.len() > 1)?;
    let key = &text[entry.key.clone()];
    let kept = key.char_indices().nth(key.chars().count() * part / 4)?.0;
    let cut = entry.key.start + kept.max(1)..value.end;
    Some(below(on_line(text, cut, ""), entry))
}

/// What has no colon is read with the next line, where the first is that has one.
fn below(mut made: Made, entry: &Entry) -> Made {
    for lines in made.lines.iter_mut().filter(|_| !entry.flow) {
        *lines = *lines.start()..=lines.end() + 1;
    }
    made
}

/// What stands between key and value, or what is read there for it.
pub(super) fn separated(text: &str, entry: &Entry, with: &str) -> Option<Made> {
    // A colon in a text in quotes is read for the one that is missing.
    let value = one_line(text, entry).filter(|_| entry.value != Kind::Text)?;
    let key = &text[entry.key.clone()];
    // Of a name with a colon in it nobody knows where it ends.
    let is_plain =
        !key.starts_with(['"', '\'']) && !key.contains(':') && entry.path != ["clientwright"];
    is_plain.then(|| on_line(text, entry.key.end..value.start, with))
}

/// Key and value have changed places.
pub(super) fn exchanged(text: &str, entry: &Entry) -> Option<Made> {
    let known = entry.value == Kind::Plain && !rules::is_named(&entry.path);
    let value = one_line(text, entry).filter(|_| known)?;
    let (key, value) = (&text[entry.key.clone()], &text[value]);
    // Another word for a key of members.
    let is_word = !value.contains([' ', ':', '#']) && value != key && value != "kind";
    is_word.then(|| on_line(text, entry.range(), &format!("{value}: {key}")))
}

/// A value with something before and behind it.
pub(super) fn around(text: &str, entry: &Entry, before: &str, behind: &str) -> Option<Made> {
    let value = one_line(text, entry)?;
    let plain = entry.value == Kind::Plain || before.starts_with('&');
    // Inside of brackets a comma may stand behind each value.
    let fits = !(entry.flow && behind == ",");
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_word = text[value.clone()].chars().all(is_letter);
    // What stands behind a documentation is a part of it.
    let is_doc = text[value.clone()].contains(" -- ") && !behind.is_empty();
    (plain && fits && !is_doc && (is_word || before != "*")).then(|| {
        let changed = format!("{before}{}{behind}", &text[value.clone()]);
        on_line(text, value, &changed)
    })
}

/// A line as it stands in JSON.
pub(super) fn json_line(text: &str, entry: &Entry) -> Option<Made> {
    let value = one_line(text, entry).filter(|_| entry.leads && !entry.flow)?;
    let value = match entry.value {
        Kind::Plain if !rules::is_type(entry) => {
            format!("\"{}\"", &text[value].replace(['"', '\\'], ""))
        }
        _ => text[value].to_owned(),
    };
    let key = &text[entry.key.clone()];
    Some(on_line(text, entry.range(), &format!("\"{key}\": {value},")))
}

/// An anchor before a block, or what is merged into it.
pub(super) fn anchored(text: &str, entry: &Entry) -> Option<Made> {
    let block = entry.value == Kind::Mapping && one_line(text, entry).is_none();
    block.then(|| on_line(text, entry.after..entry.after, " &base"))
}

/// What merges another mapping stands before an entry.
pub(super) fn merged(text: &str, entry: &Entry) -> Option<Made> {
    let indentation = lines::column(text, entry.key.start);
    let merge = match entry.flow {
        true => "<<: *base, ".to_owned(),
        false => format!("<<: *base\n{}", " ".repeat(indentation)),
    };
    let at = entry.key.start;
    (entry.leads || entry.flow).then(|| on_line(text, at..at, &merge))
}

/// The sign before a comment is lost: that of the line above, or that of the same line.
pub(super) fn no_comment_sign(text: &str, entry: &Entry) -> Option<Made> {
    if entry.flow || !entry.leads {
        return None;
    }
    let own = lines::start(text, entry.key.start);
    let above = lines::start(text, own.checked_sub(1)?);
    let sign = text[above..own].len() - text[above..own].trim_start().len() + above;
    let rest = text[sign..].strip_prefix("# ").filter(|_| sign < own)?;
    let made = on_line(text, sign..text.len() - rest.len(), "");
    rest.starts_with(char::is_alphanumeric).then(|| below(made, entry))
}
