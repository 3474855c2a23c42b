//! One mistake at one place of a text, as people make them.

use crate::lines::{self, Made};
use crate::rules;
use crate::tree::Entry;
use crate::typed::{self, Slip};
use crate::{blocks, flow, moved, words};

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
    /// A letter of the key, or of the value, in one of three parts of it.
    TypoKey(Slip, usize),
    TypoValue(Slip, usize),
    KebabKey,
    /// The key has neither a colon nor a value.
    BareKey,
    /// So many quarters of the key, and nothing else.
    HalfKey(usize),
    /// Something else stands between key and value.
    Separated(&'static str),
    Exchanged,
    /// Something stands before and behind the value.
    Around(&'static str, &'static str),
    JsonLine,
    Anchored,
    Merged,
    NoCommentSign,
    /// A block stands so many columns too far inside, or outside.
    IndentedBy(usize),
    OutdentedBy(usize),
    SwappedLines,
    SwappedValues,
    GivenUp,
    Copied(&'static str),
}

use Mistake::{
    Anchored, Around, BareKey, CasedKey, CasedValue, Copied, Dashed, Deeper, Deleted, Doubled,
    Exchanged, Foreign, GivenUp, HalfKey, Indented, IndentedBy, JsonLine, KebabKey, Merged,
    MisspeltKey, MisspeltValue, MovedDown, MovedUp, NextLine, NoColon, NoComma, NoCommentSign,
    NoDash, OtherBrackets, Outdented, OutdentedBy, PluralKey, PluralValue, Quoted, Renamed,
    Repeated, Replaced, RespeltKey, Separated, Shallower, SwappedLines, SwappedValues, Tab, Tabs,
    TwoCommas, TypoKey, TypoValue, Unclosed, Unopened, Unquoted,
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

/// What happens while one types, and while one moves lines.
pub(crate) const TYPED: [Mistake; 51] = [
    TypoKey(Slip::Dropped, 0),
    TypoKey(Slip::Dropped, 1),
    TypoKey(Slip::Dropped, 2),
    TypoKey(Slip::Doubled, 0),
    TypoKey(Slip::Doubled, 1),
    TypoKey(Slip::Doubled, 2),
    TypoKey(Slip::Other, 0),
    TypoKey(Slip::Other, 1),
    TypoKey(Slip::Other, 2),
    TypoKey(Slip::Two, 0),
    TypoKey(Slip::Two, 1),
    TypoKey(Slip::Two, 2),
    TypoValue(Slip::Dropped, 0),
    TypoValue(Slip::Dropped, 1),
    TypoValue(Slip::Dropped, 2),
    TypoValue(Slip::Doubled, 0),
    TypoValue(Slip::Doubled, 1),
    TypoValue(Slip::Doubled, 2),
    TypoValue(Slip::Other, 0),
    TypoValue(Slip::Other, 1),
    TypoValue(Slip::Other, 2),
    TypoValue(Slip::Two, 0),
    TypoValue(Slip::Two, 1),
    TypoValue(Slip::Two, 2),
    KebabKey,
    BareKey,
    HalfKey(1),
    HalfKey(2),
    HalfKey(3),
    Separated(":"),
    Separated("="),
    Separated(" = "),
    Separated(":: "),
    Exchanged,
    Around("\"", ""),
    Around("", "\""),
    Around("", ","),
    Around("&a ", ""),
    Around("*", ""),
    JsonLine,
    Anchored,
    Merged,
    NoCommentSign,
    IndentedBy(1),
    IndentedBy(3),
    OutdentedBy(1),
    SwappedLines,
    SwappedValues,
    GivenUp,
    Copied("models"),
    Copied("methods"),
];

/// How rarely a mistake is made where one of so many is: there are few places for some.
pub(crate) fn rarely(mistake: Mistake, rarely: usize) -> usize {
    match mistake {
        NoDash => 1,
        mistake if SINGLE.contains(&mistake) => rarely,
        TypoKey(..) | TypoValue(..) | HalfKey(_) | Separated(_) | Around(..) => rarely * 12,
        BareKey | JsonLine | Merged | IndentedBy(_) | OutdentedBy(_) => rarely * 12,
        mistake if TYPED.contains(&mistake) => rarely * 4,
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
        Indented => blocks::indented(text, entries, entry, 2),
        IndentedBy(columns) => blocks::indented(text, entries, entry, columns),
        OutdentedBy(columns) => blocks::shifted_out(text, entries, entry, columns),
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
        TypoKey(slip, part) => words::key(text, entry, |word| typed::slipped(word, slip, part)),
        TypoValue(slip, part) => {
            let slipped = |word: &str| typed::slipped(word, slip, part);
            words::value(text, entries, entry, 0, slipped)
        }
        KebabKey => words::key(text, entry, typed::kebab),
        BareKey => typed::bare_key(text, entry),
        HalfKey(part) => typed::half_key(text, entry, part),
        Separated(with) => typed::separated(text, entry, with),
        Exchanged => typed::exchanged(text, entry),
        Around(before, behind) => typed::around(text, entry, before, behind),
        JsonLine => typed::json_line(text, entry),
        Anchored => typed::anchored(text, entry),
        Merged => typed::merged(text, entry),
        NoCommentSign => typed::no_comment_sign(text, entry),
        SwappedLines => moved::swapped(text, entries, entry),
        SwappedValues => moved::exchanged(text, entries, entry),
        GivenUp => moved::given_up(text, entries, entry),
        Copied(to) => moved::copied(text, entries, entry, to),
    }
}
