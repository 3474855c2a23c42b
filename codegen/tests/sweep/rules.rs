//! What has to be found, and where more than one finding is right.

use crate::blocks;
use crate::mistakes::{self, Mistake};
use crate::tree::{Entry, Kind};
use crate::typed::Slip;

/// Findings that follow from a mistake and should not, by their code: how often at most.
pub(crate) const KNOWN: &[(&str, usize)] = &[];

/// Keys of which the value is a mapping whose keys are names that somebody chose, or what the wire has.
const NAMES: [&str; 30] = [
    "models",
    "methods",
    "groups",
    "auth",
    "servers",
    "sources",
    "formats",
    "pagers",
    "use",
    "path",
    "fields",
    "form",
    "multipart",
    "query",
    "headers",
    "cookies",
    "variables",
    "claims",
    "token_fields",
    "enum",
    "variants",
    "untagged",
    "any",
    "errors",
    "returns",
    "events",
    "examples",
    "allow",
    "content",
    "key",
];

/// Keys whose value is for readers.
const PROSE: [&str; 12] = [
    "doc",
    "title",
    "deprecated",
    "assumed",
    "constructed",
    "incomplete",
    "source",
    "secret",
    "class",
    "sdk",
    "checked",
    "url",
];

/// Keys that take a list as well as one text.
const LISTS: [&str; 14] = [
    "enum",
    "none_when",
    "also",
    "as",
    "format",
    "on",
    "scopes",
    "renew_on",
    "join",
    "without",
    "optional",
    "exactly_one",
    "at_most_one",
    "at_least_one",
];

/// Keys whose value names something, or is one of a few words.
const REFERENCES: [&str; 18] = [
    "auth",
    "server",
    "paginate",
    "use",
    "style",
    "scheme",
    "hmac",
    "encoding",
    "alg",
    "flow",
    "like",
    "type",
    "effect",
    "open",
    "commit",
    "id",
    "decode",
    "direction",
];

/// Keys of which the value has a type behind each name.
const TYPED: [&str; 10] = [
    "fields",
    "form",
    "multipart",
    "path",
    "query",
    "headers",
    "cookies",
    "variants",
    "events",
    "claims",
];

/// Whether the value is a text for readers.
pub(crate) fn is_prose(entry: &Entry) -> bool {
    PROSE.contains(&entry.name()) || entry.path.iter().any(|key| key == "allow")
}

/// Whether the entries of the value are named by whoever wrote them.
pub(crate) fn holds_names(entry: &Entry) -> bool {
    entry.value == Kind::Mapping && is_named(&[entry.path.clone(), vec![String::new()]].concat())
}

/// Whether the last key of a path is a name and no key of the language.
pub(crate) fn is_named(path: &[String]) -> bool {
    let Some((_, parents)) = path.split_last() else { return false };
    if in_values(parents) {
        return true;
    }
    let Some(parent) = parents.last() else { return false };
    let above = parents.len().checked_sub(2).map(|at| parents[at].as_str());
    match parent.as_str() {
        "headers" if above == Some("rate_limit") => false,
        // `auth` and `path` of an entry, `key` of a credential, are texts.
        "use" | "models" | "methods" | "groups" | "servers" | "sources" | "formats" | "pagers"
        | "auth" => parents.len() == 1,
        "returns" => {
            let key = path.last().map_or("", String::as_str);
            key.starts_with(|c: char| c.is_ascii_digit()) || key.is_empty()
        }
        "enum" => above != Some("wire"),
        "content" => false,
        parent => NAMES.contains(&parent),
    }
}

/// Whether the mapping is a part of an example: what is sent and what comes.
fn in_values(parents: &[String]) -> bool {
    let shown = ["request", "response", "path", "query", "headers", "cookies"];
    let at = parents.iter().position(|key| key == "examples");
    let below =
        at.and_then(|at| parents.get(at + 2)).is_some_and(|key| shown.contains(&key.as_str()));
    below || parents.iter().any(|key| matches!(key.as_str(), "default" | "const" | "none_when"))
}

/// Whether it is something that other places of the specification name.
pub(crate) fn is_definition(entry: &Entry) -> bool {
    const OF: [&str; 8] =
        ["models", "auth", "servers", "sources", "formats", "pagers", "use", "path"];
    entry.path.len() == 2 && OF.contains(&entry.path[0].as_str()) && entry.name() != "..."
}

/// Whether the value is a type, after a name that somebody chose.
pub(crate) fn is_type(entry: &Entry) -> bool {
    let parent = entry.path.len().checked_sub(2).map(|at| entry.path[at].as_str());
    let holds = parent.is_some_and(|parent| TYPED.contains(&parent)) && is_named(&entry.path);
    let typed = holds && entry.path[0] != "defaults";
    typed && entry.value == Kind::Plain && !in_values(&entry.path) && entry.name() != "..."
}

/// Whether there is no saying that nothing is wrong.
pub(crate) fn must_be_found(entries: &[Entry], entry: &Entry, mistake: Mistake) -> bool {
    let values = in_values(&entry.path);
    let named = is_named(&entry.path);
    let own = !values && !named && !entry.path.iter().any(|key| key == "allow");
    match mistake {
        mistake if changes_key(mistake) => own && entry.name() != "...",
        Mistake::MisspeltValue(0)
        | Mistake::TypoValue(..)
        | Mistake::CasedValue
        | Mistake::PluralValue
        | Mistake::Replaced("wrong") => {
            own && REFERENCES.contains(&entry.name()) && entry.path[0] != "formats"
                || is_type(entry)
        }
        Mistake::Replaced("[a]") => {
            let one = !LISTS.contains(&entry.name()) && entry.value != Kind::List;
            own && one || is_type(entry)
        }
        Mistake::Replaced("{ a: b }") => own && entry.value == Kind::Plain || is_type(entry),
        Mistake::Replaced("") => !values,
        // Deliveries hold more than anything looks at: what is no member any more may be one that is not known.
        Mistake::NoColon | Mistake::Separated(_) => !(values && entry.path[0] == "deliveries"),
        Mistake::Repeated
        | Mistake::Doubled
        | Mistake::Tab
        | Mistake::Tabs
        | Mistake::Foreign(_)
        | Mistake::NoDash
        | Mistake::BareKey
        | Mistake::HalfKey(_)
        | Mistake::Around("\"", "")
        | Mistake::Around("&a " | "*", "")
        | Mistake::Anchored
        | Mistake::Merged
        | Mistake::Copied(_)
        | Mistake::Unclosed
        | Mistake::NoComma
        | Mistake::TwoCommas => true,
        Mistake::NextLine => entry.value == Kind::Plain,
        // A list may stand in the column of its key.
        Mistake::Outdented => !values && entry.value == Kind::Mapping,
        // All that is below a key may stand anywhere below it.
        Mistake::OutdentedBy(_) => {
            [false, true].iter().any(|it| blocks::neighbour(entries, entry, *it).is_some())
        }
        Mistake::JsonLine => own,
        Mistake::Around("", _) => own && REFERENCES.contains(&entry.name()) || is_type(entry),
        Mistake::Exchanged => own,
        Mistake::Indented | Mistake::IndentedBy(_) => !fits_deeper(entries, entry),
        Mistake::Dashed | Mistake::OtherBrackets => own,
        // A text may end in a quote.
        Mistake::Unopened => own && matches!(entry.value, Kind::Mapping | Kind::List),
        _ => false,
    }
}

/// Whether a mistake is one of letters of the key.
fn changes_key(mistake: Mistake) -> bool {
    matches!(
        mistake,
        Mistake::MisspeltKey
            | Mistake::CasedKey
            | Mistake::PluralKey
            | Mistake::RespeltKey
            | Mistake::KebabKey
            | Mistake::TypoKey(..)
    )
}

/// Whether an entry can stand a level deeper: alone below its key, where names stand, or in a text.
fn fits_deeper(entries: &[Entry], entry: &Entry) -> bool {
    match blocks::neighbour(entries, entry, false) {
        Some(before) => in_values(&entry.path) || holds_names(before) || before.value == Kind::Text,
        None => blocks::neighbour(entries, entry, true).is_none(),
    }
}

/// Whether it is enough that nothing is told twice: a key or a value alone is changed, and what that means is for
/// others to say.
pub(crate) fn may_be_told_elsewhere(entry: &Entry, mistake: Mistake) -> bool {
    match mistake {
        Mistake::CasedValue | Mistake::PluralValue | Mistake::TypoValue(..) => true,
        mistake if changes_key(mistake) => true,
        // Which keys stand beside it may follow from what it says.
        Mistake::Around("", _) => true,
        // What is left of the quotes is a part of the text.
        Mistake::Unopened => entry.value == Kind::Text,
        mistake => mistakes::SINGLE.contains(&mistake),
    }
}

/// The words that a mistake puts in the place of others, which nobody has defined: that they are wrong as well is told
/// once they can be read.
pub(crate) fn made_up(mistake: Mistake) -> &'static [&'static str] {
    match mistake {
        Mistake::Replaced("[a]") => &["a"],
        Mistake::Replaced("{ a: b }") => &["a", "b"],
        Mistake::Replaced("17") => &["17"],
        Mistake::Replaced("wrong") => &["wrong"],
        _ => &[],
    }
}

/// Whether nobody can know from what is left what had stood there, or something else is meant by it: that this does not
/// fit to the rest is told once it can be read.
pub(crate) fn loses_meaning(entry: &Entry, mistake: Mistake) -> bool {
    matches!(mistake, Mistake::Replaced(_) | Mistake::Foreign(_))
        || !lost(entry, mistake).is_empty()
}

/// Whether what was there is gone, so that whatever is offered in its place can only be a guess.
pub(crate) fn is_gone(entry: &Entry, mistake: Mistake) -> bool {
    matches!(mistake, Mistake::Deleted | Mistake::Renamed)
        || matches!(mistake, Mistake::TypoKey(Slip::Two, _)) && is_definition(entry)
}

/// Whether a mistake takes away what examples show, or what is said once for many places: each of them may lack it
/// then, which counts as one finding of each family.
pub(crate) fn holds_everywhere(entry: &Entry, mistake: Mistake, code: &str) -> bool {
    match mistake {
        Mistake::Deleted => entry.path[0] == "defaults" || code.starts_with("E07"),
        // It may name something else that is there.
        Mistake::CasedValue | Mistake::PluralValue => code.starts_with("E07"),
        _ => false,
    }
}

/// What a mistake takes away: findings at places that name it are right, one for each place.
pub(crate) fn lost(entry: &Entry, mistake: Mistake) -> Vec<&str> {
    let own = is_named(&entry.path).then(|| entry.name());
    let inside = entry.inside.iter().map(String::as_str);
    let lost: Vec<&str> = match mistake {
        // The files are there all the same, by no name.
        _ if changes_key(mistake) && entry.path == ["use"] => inside.collect(),
        Mistake::Renamed | Mistake::BareKey | Mistake::HalfKey(_) => own.into_iter().collect(),
        mistake if changes_key(mistake) => own.into_iter().collect(),
        Mistake::Deleted if own.is_some() => own.into_iter().collect(),
        Mistake::Deleted | Mistake::Replaced(_) if !in_values(&entry.path) => inside.collect(),
        _ => Vec::new(),
    };
    let short = lost.iter().filter_map(|name| name.rsplit_once('.')).map(|(_, short)| short);
    let plain =
        lost.iter().map(|name| name.trim_end_matches('?').split('<').next().unwrap_or(name));
    short.chain(plain).collect()
}
