//! Nodes to syntax tree. Each item is read by itself, so that one bad item never hides another.

mod absent;
mod alternatives;
mod among;
mod answers;
#[cfg(test)]
pub(crate) mod asked;
mod astray;
mod auth;
mod beside;
mod body_slips;
mod by_route;
mod choice;
mod colons;
mod content;
mod delivery;
mod displaced;
mod elsewhere;
mod errors;
mod example;
mod file_slips;
mod generic;
mod in_place;
mod json_schema;
mod key_slips;
mod media;
mod member;
mod method;
mod model;
mod model_slips;
mod operation;
mod page;
mod parts;
mod provider;
mod reader;
mod remedy;
mod retry;
mod route;
mod servers;
mod short;
mod sources;
mod timeout;
mod too_deep;
mod transaction;
mod union;
mod values;
mod xml;

pub(crate) use elsewhere::NAMED_OBJECT;
pub(crate) use file_slips::of_ending as media_of_ending;
pub(crate) use generic::check_use as check_type_names;
pub(crate) use reader::{is_plain, lacks_colon, no_colon, quoted_list, shown};
pub(crate) use route::{VERBS, variables_of};
pub(crate) use values::is_number;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::ast::{AuthRef, Specification, Text};
use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::exchange::is_exchange;
use crate::source::{FileId, Span};
use crate::yaml::{self, Node, lexical};
use reader::Keys;

/// The version of the language that this generator reads.
const LANGUAGE_VERSION: &str = "1";

/// Reads one file into `specification`.
pub(crate) fn file(
    file: FileId,
    text: &str,
    specification: &mut Specification,
    diagnostics: &mut Diagnostics,
) {
    let mut faults = Diagnostics::default();
    let mut parsed = yaml::parse(file, text, &mut faults);
    specification.incomplete |= !parsed.complete;
    let mut found = Diagnostics::default();
    let mut mended = Vec::new();
    if let Some(node) = &mut parsed.node {
        mended = beside::mend(node, text, &faults, &mut found);
        let left_out = too_deep::mend(node, text, &mut found);
        let is_in = |at: u32| left_out.iter().any(|it| (it.start..=it.end).contains(&at));
        let twice = faults.iter().filter(|fault| *fault.code == codes::DUPLICATE_KEY);
        mended.extend(twice.map(|fault| fault.span).filter(|span| is_in(span.start)));
        mended.extend(astray::mend(node, text, &faults, &mut found));
        by_route::mend(node, text, &mut found);
        operation::mend(node, text, &mut found);
        displaced::take_out(node, &mut found);
    }
    parts::note(&parsed, &mut found.lost);
    // In an item it would be another key.
    let is_lost = |key: &str| {
        let mut names = parsed.lost.iter().filter(|lost| lost.name == key);
        names.any(|lost| lost.depth.is_none_or(|depth| depth != 1))
    };
    specification.defaults.unreadable |= is_lost("defaults");
    specification.servers_named |= is_lost("servers");
    // A method or its group may have said it.
    let auth = parsed.lost.iter().any(|lost| lost.name == "auth");
    if auth || ["defaults", "groups"].into_iter().any(is_lost) {
        specification.defaults.auth.get_or_insert(AuthRef::Unreadable);
    }
    let lost_server = parsed.lost.iter().find(|lost| lost.name == "server").map(|lost| lost.span);
    let mut of_wire = parsed.lost.iter().map(|lost| found.lost.section_of(lost.span));
    specification.defaults.wire.datetime_lost |= of_wire.any(|key| key == Some("defaults"));
    match &parsed.node {
        Some(node) => {
            root(node, specification, &mut found);
            let is_hit = |fault: &Diagnostic| of_defaults(node).contains(&fault.span.start);
            if faults.iter().any(is_hit) {
                specification.defaults.wire.datetime_lost = true;
                ["errors", "idempotency"].into_iter().for_each(|key| found.lost.all_of(key));
            }
        }
        None => {
            specification.incomplete = true;
            if !faults.has_errors() {
                missing_version(Span::new(file, 0, 0), &mut found);
            }
        }
    }
    if let Some(lost) = lost_server {
        let is_in =
            |whole: Span| whole.file == file && (whole.start..=whole.end).contains(&lost.start);
        for method in specification.methods.iter_mut().filter(|method| is_in(method.span)) {
            method.server_unclear = true;
        }
    }
    let wholes = parsed.node.as_ref().map(parts::wholes).unwrap_or_default();
    let mut items: Vec<u32> = wholes.into_iter().map(|span| span.start).collect();
    items.sort_unstable();
    let column = |at: u32| at as usize - lexical::line_start(text, at as usize);
    let missing = [&codes::MISSING_KEY, &codes::ONE_ALTERNATIVE];
    // Of a key that stands twice one has been read.
    let of_part = |fault: &&Diagnostic| *fault.code != codes::DUPLICATE_KEY;
    let starts: Vec<Hit> = faults
        .iter()
        .filter(of_part)
        .map(|fault| Hit {
            at: fault.span.start,
            line: u32::try_from(lexical::line_start(text, fault.span.start as usize))
                .unwrap_or(fault.span.start),
            indent: depth(text, fault.span.start as usize),
            // What is indented wrongly may belong to any part.
            part: found
                .lost
                .part_of(fault.span)
                .filter(|_| ![&codes::INDENTATION, &codes::TAB_INDENTATION].contains(&fault.code)),
        })
        .collect();
    let parts: BTreeMap<Span, u32> = found
        .iter()
        .filter(|one| !starts.is_empty() && missing.contains(&one.code))
        // The parts of other items lean on each other.
        .filter(|one| found.lost.section_of(one.span) == Some("methods"))
        .filter_map(|one| Some((one.span, found.lost.part_of(one.span)?)))
        .collect();
    // Of a key of the file that stands twice only one has been read.
    for twice in faults.iter().filter(|fault| *fault.code == codes::DUPLICATE_KEY) {
        let (start, end) = (twice.span.start as usize, twice.span.end as usize);
        if column(twice.span.start) == 0 {
            found.lost.all_of(&text[start..end]);
        }
    }
    let above: Vec<Span> =
        faults.iter().flat_map(|fault| fault.related.iter().map(|(span, _)| *span)).collect();
    above.iter().for_each(|place| found.lost.place(*place));
    let no_version = is_lost("clientwright");
    // A value that could not be read is there.
    let is_unread = |one: &Diagnostic| {
        let behind = |fault: &&Diagnostic| {
            let (end, at) = (one.span.end as usize, fault.span.start as usize);
            let between = text.get(end..at);
            between.is_some_and(|between| between.trim_matches([':', ' ', '"', '\'']).is_empty())
        };
        *one.code == codes::EMPTY_VALUE && faults.iter().any(|fault| behind(&fault))
    };
    let follows = |one: &Diagnostic| {
        is_unread(one) || missing.contains(&one.code) && {
            let own = parts.get(&one.span).copied();
            hit(&starts, &items, (one.span.start, own), column)
        }
            // What stands before a line that is indented too far may be a key without its colon.
            || one.code == &codes::WRONG_KIND && above.contains(&one.span)
            || one.code == &codes::LANGUAGE_VERSION && no_version
    };
    diagnostics.take(found, |one| !follows(one));
    let faults = faults.into_iter().filter(|fault| !mended.contains(&fault.span));
    diagnostics.extend(faults.map(|fault| colons::meant(fault, text)));
}

/// The paths that a file has in `use`; what else is in it is not looked at.
pub(crate) fn uses(file: FileId, text: &str) -> Vec<Text> {
    let mut lines = text.lines().map(|line| line.trim_start_matches(['\u{feff}', '"', '\'']));
    // Most files use none, and need not be read twice.
    if !lines.any(|line| line.starts_with("use") || line.starts_with('{')) {
        return Vec::new();
    }
    let parsed = yaml::parse(file, text, &mut Diagnostics::default());
    let node = parsed.node.as_ref().and_then(|node| node.get("use"));
    let entries = node.and_then(Node::as_mapping).unwrap_or_default();
    let path = |entry: &yaml::Entry| {
        let scalar = entry.value.as_scalar()?;
        Some(Text { value: scalar.text.clone(), span: entry.value.span })
    };
    entries.iter().filter_map(path).collect()
}

/// The paths of exchanges that the methods of a file have as examples.
pub(crate) fn exchanges(file: FileId, text: &str) -> Vec<Text> {
    if !text.contains(".http") {
        return Vec::new();
    }
    let parsed = yaml::parse(file, text, &mut Diagnostics::default());
    let methods = parsed.node.as_ref().and_then(|node| node.get("methods"));
    let methods = methods.and_then(Node::as_mapping).unwrap_or_default();
    let examples = methods.iter().filter_map(|method| method.value.get("examples")?.as_mapping());
    let path = |entry: &yaml::Entry| {
        let scalar = entry.value.as_scalar().filter(|scalar| is_exchange(&scalar.text))?;
        Some(Text { value: scalar.text.clone(), span: entry.value.span })
    };
    examples.flatten().filter_map(path).collect()
}

/// From where to where `defaults` of a file are; nowhere if there are none.
fn of_defaults(node: &Node) -> Range<u32> {
    let mut entries = node.as_mapping().unwrap_or_default().iter().map(|entry| &entry.key);
    let start = entries.find(|key| key.value == "defaults").map(|key| key.span.start);
    let end = entries.next().map_or(u32::MAX, |key| key.span.start);
    start.map_or(0..0, |start| start..end)
}

/// How far the line of `at` is indented. How far a tab indents nobody knows: to somewhere inside.
fn depth(text: &str, at: usize) -> usize {
    let (start, depth) = (lexical::line_start(text, at), lexical::indent(text, at));
    if text[start..start + depth].contains('\t') { usize::MAX } else { depth }
}

/// A fault of the YAML.
struct Hit {
    at: u32,
    /// Where its line begins.
    line: u32,
    /// How far its line is indented.
    indent: usize,
    /// Where the part of its item begins that it is in, if that is known.
    part: Option<u32>,
}

/// Whether a fault is in the item around a place, and in the part of it in which that is: what seems to be missing
/// there may be what could not be read.
fn hit(
    faults: &[Hit],
    items: &[u32],
    (at, own): (u32, Option<u32>),
    column: impl Fn(u32) -> usize,
) -> bool {
    let next = items.partition_point(|start| *start <= at);
    let from = next.checked_sub(1).and_then(|index| items.get(index)).copied().unwrap_or(0);
    let to = items.get(next).copied().unwrap_or(u32::MAX);
    // A line that begins where the item does is another item, of which nothing is left.
    let inside = |fault: &Hit| {
        from == 0 || fault.indent > column(from) || fault.line <= from && from < fault.at
    };
    let same = |part: Option<u32>| own.is_none() || part.is_none() || part == own;
    let mut faults = faults.iter().filter(|fault| (from..to).contains(&fault.at));
    faults.any(|fault| inside(fault) && same(fault.part))
}

fn root(node: &Node, specification: &mut Specification, diagnostics: &mut Diagnostics) {
    let Some(mut keys) = Keys::open("a specification", node, diagnostics) else {
        specification.incomplete = true;
        return;
    };
    if let Some(found) = of_another_kind(&keys) {
        // Nothing else in it is meant to be a specification.
        specification.incomplete = true;
        specification.provider_named = true;
        specification.servers_named = true;
        diagnostics.push(found);
        return;
    }
    version(&mut keys, node, diagnostics);
    provider::read(&mut keys, specification, diagnostics);
    for entry in keys.definitions("models", diagnostics) {
        specification.models.push(model::read(entry, diagnostics));
    }
    for entry in keys.definitions("methods", diagnostics) {
        match method::read(entry, &specification.servers, diagnostics) {
            Some(method) => specification.methods.push(method),
            None => diagnostics.lost.name(&entry.key.value, Some(entry.key.span)),
        }
    }
    if let Some(entry) = keys.entry("deliveries") {
        delivery::read(entry, specification, diagnostics);
    }
    keys.finish(diagnostics);
}

/// A description of an API in another language than this one.
fn of_another_kind(keys: &Keys<'_>) -> Option<Diagnostic> {
    let known = [
        ("openapi", "an OpenAPI document"),
        ("swagger", "a Swagger document"),
        ("asyncapi", "an AsyncAPI document"),
        ("$schema", "a JSON Schema"),
    ];
    let (key, what) = known.into_iter().find(|(key, _)| keys.has(key))?;
    let span = keys.span(key).filter(|_| !keys.has("clientwright"))?;
    Some(
        Diagnostic::error(
            &codes::LANGUAGE_VERSION,
            span,
            format!("the file is {what}, and not a specification of Clientwright"),
        )
        .label("a key of another language")
        .help(
            "specifications are written by hand, from such a document too; \
             `clientwright new NAME` makes one to start from",
        ),
    )
}

fn version(keys: &mut Keys<'_>, node: &Node, diagnostics: &mut Diagnostics) {
    match keys.text("clientwright", diagnostics) {
        Some(version) if version.value == LANGUAGE_VERSION => {}
        Some(version) => {
            let found = Diagnostic::error(
                &codes::LANGUAGE_VERSION,
                version.span,
                format!("version `{}` of the language is not known", shown(&version.value)),
            )
            .label(format!("this generator reads version {LANGUAGE_VERSION}"));
            let plain = version.value.trim_start_matches(['v', 'V']).trim_end_matches(".0");
            diagnostics.push(if plain == LANGUAGE_VERSION {
                found
                    .help(format!("did you mean `{LANGUAGE_VERSION}`?"))
                    .patch(version.span, LANGUAGE_VERSION)
            } else {
                found.help("a newer specification needs a newer clientwright")
            });
        }
        None if let Some(entry) = keys.peek("version")
            && entry.value.as_scalar().is_some_and(|it| it.text == LANGUAGE_VERSION) =>
        {
            keys.take_first(|key| key == "version");
            diagnostics.push(
                Diagnostic::error(
                    &codes::UNKNOWN_KEY,
                    entry.key.span,
                    "a specification has no key `version`",
                )
                .help("did you mean `clientwright`?")
                .patch(entry.key.span, "clientwright"),
            );
        }
        None if keys.meant("clientwright") => {}
        None => {
            let start = node.span.start;
            missing_version(Span::new(node.span.file, start, start), diagnostics);
        }
    }
}

fn missing_version(span: Span, diagnostics: &mut Diagnostics) {
    diagnostics.push(
        Diagnostic::error(
            &codes::LANGUAGE_VERSION,
            span,
            "the file does not say which version of the language it is written in",
        )
        .help(format!("begin the file with `clientwright: {LANGUAGE_VERSION}`")),
    );
}
