//! One mistake at one place of a text, as people make them.

use crate::lines::{self, Made};
use crate::rules;
use crate::tree::Entry;
use crate::{blocks, flow, words};

/// What is done to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
    /// The first letter of the key, or of the value, is small where it was large, or the other way round.
    CasedKey,
    CasedValue,
    /// One for several, or several for one.
    PluralKey,
    PluralValue,
    /// `camelCase` for `snake_case`, or the other way round.
    RespeltKey,
    /// The key stands there twice, with another value.
    Doubled,
    /// A definition goes by another name, and what uses it does not know.
    Renamed,
    /// A type is written as in another language; `X` is the one that was there.
    Foreign(&'static str),
    Quoted,
    Unquoted,
    /// What belongs below a key stands beside it.
    Outdented,
    /// A block stands a level too deep.
    Indented,
    /// A block is indented with tabs.
    Tabs,
    /// The beginning of a block stands at the end of the one before.
    MovedUp,
    /// The end of a block stands at the beginning of the next one.
    MovedDown,
    /// The value stands in the next line without indentation.
    NextLine,
    NoDash,
    /// A dash stands before the key.
    Dashed,
    /// What ends the value is left out: a bracket, a quote.
    Unclosed,
    /// What begins it is.
    Unopened,
    NoComma,
    TwoCommas,
    /// `[ ]` for `{ }`, or the other way round.
    OtherBrackets,
}

use Mistake::{
    CasedKey, CasedValue, Dashed, Deeper, Deleted, Doubled, Foreign, Indented, MisspeltKey,
    MisspeltValue, MovedDown, MovedUp, NextLine, NoColon, NoComma, NoDash, OtherBrackets,
    Outdented, PluralKey, PluralValue, Quoted, Renamed, Repeated, Replaced, RespeltKey, Shallower,
    Tab, Tabs, TwoCommas, Unclosed, Unopened, Unquoted,
};

/// Those of a single key or value, which can be made two at a time.
pub(crate) const SINGLE: [Mistake; 15] = [
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

/// What else people do.
pub(crate) const FURTHER: [Mistake; 36] = [
    CasedKey,
    CasedValue,
    PluralKey,
    PluralValue,
    RespeltKey,
    Doubled,
    Renamed,
    Foreign("integer"),
    Foreign("str"),
    Foreign("number"),
    Foreign("bool"),
    Foreign("X[]"),
    Foreign("Array<X>"),
    Foreign("Vec<X>"),
    Foreign("X?"),
    Foreign("Optional[X]"),
    Foreign("Option<X>"),
    Foreign("nullable X"),
    Foreign("X | undefined"),
    Foreign("Dict[str, X]"),
    Foreign("Record<string, X>"),
    Quoted,
    Unquoted,
    Outdented,
    Indented,
    Tabs,
    MovedUp,
    MovedDown,
    NextLine,
    NoDash,
    Dashed,
    Unclosed,
    Unopened,
    NoComma,
    TwoCommas,
    OtherBrackets,
];

/// How rarely a mistake is made where one of so many is: there are few places for some.
pub(crate) fn rarely(mistake: Mistake, rarely: usize) -> usize {
    match mistake {
        NoDash => 1,
        mistake if SINGLE.contains(&mistake) => rarely,
        _ => rarely * 2,
    }
}

/// The text with the mistake, and where it is; nothing if it cannot be made here.
pub(crate) fn make(text: &str, entries: &[Entry], at: usize, mistake: Mistake) -> Option<Made> {
    changed(text, entries, &entries[at], mistake).filter(|made| made.text != text)
}

fn changed(text: &str, entries: &[Entry], entry: &Entry, mistake: Mistake) -> Option<Made> {
    let line = lines::start(text, entry.key.start);
    let replaced = |start: usize, end: usize, with: &str| {
        let line = lines::number(text, start);
        Some(Made::new(lines::replaced(text, start..end, with), line..=line))
    };
    match mistake {
        MisspeltKey => words::key(text, entry, words::misspelt),
        MisspeltValue(which) => words::value(text, entries, entry, which, words::misspelt),
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
            let lines = lines::whole(text, &entry.range());
            entry.leads.then(|| replaced(lines.start, lines.end, ""))?
        }
        Repeated if entry.flow => {
            let again = format!("{}, ", &text[entry.range()]);
            replaced(entry.key.start, entry.key.start, &again)
        }
        Repeated => {
            let lines = lines::whole(text, &entry.range());
            let again = text[lines.clone()].to_owned();
            entry.leads.then(|| replaced(lines.end, lines.end, &again))?
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
        CasedKey => words::key(text, entry, words::cased),
        CasedValue => words::value(text, entries, entry, 0, words::cased),
        PluralKey => words::key(text, entry, words::plural),
        PluralValue => words::value(text, entries, entry, 0, words::plural),
        RespeltKey => words::key(text, entry, words::respelt),
        Doubled => words::doubled(text, entry),
        Renamed => words::renamed(text, entry),
        Foreign(form) => words::foreign(text, entry, form),
        Quoted => words::quoted(text, entry),
        Unquoted => words::unquoted(text, entry),
        Outdented => blocks::outdented(text, entries, entry),
        Indented => blocks::indented(text, entries, entry),
        Tabs => blocks::tabs(text, entry),
        MovedUp => blocks::moved_up(text, entries, entry),
        MovedDown => blocks::moved_down(text, entries, entry),
        NextLine => blocks::next_line(text, entry),
        NoDash => blocks::no_dash(text, entry),
        Dashed => blocks::dashed(text, entry),
        Unclosed => flow::unclosed(text, entries, entry),
        Unopened => flow::unopened(text, entries, entry),
        NoComma => flow::no_comma(text, entries, entry),
        TwoCommas => flow::two_commas(text, entries, entry),
        OtherBrackets => flow::other_brackets(text, entries, entry),
    }
}
