//! No operation and no member of the providers is missing from the specifications without a reason.
//!
//! `data/` has names extracted from what is known of each provider, and `reasons.txt` what is left out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use clientwright_codegen::coverage::{Coverage, Item};
use clientwright_codegen::{coverage, load};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Tags of unions, and what deliveries unwrap: they are of no model.
const UNWRAPPED: [&str; 2] = ["type", "payload"];

/// What is known of a provider.
struct Facts {
    operations: Vec<String>,
    models: Vec<(String, Vec<String>)>,
}

fn facts(name: &str) -> Facts {
    let text = fs::read_to_string(folder().join(format!("data/{name}.txt"))).unwrap();
    let mut facts = Facts { operations: Vec::new(), models: Vec::new() };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(": ") {
            Some((model, members)) => {
                let members = members.split(' ').map(str::to_owned).collect();
                facts.models.push((model.to_owned(), members));
            }
            None => facts.operations.push(line.to_owned()),
        }
    }
    assert!(facts.operations.len() > 5 && facts.models.len() > 3, "{name}");
    facts
}

/// A specification, with the text of its files.
struct Specification {
    coverage: Coverage,
    /// Every word of its text, comments left out.
    words: BTreeSet<String>,
}

fn specification(provider: &str) -> Specification {
    let path = folder().join("../../specs").join(provider);
    let sources = load::load(&path).unwrap_or_else(|report| panic!("{report}"));
    let mut words = BTreeSet::new();
    for source in &sources {
        for line in source.text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let line = line.split(" -- ").next().unwrap_or_default();
            let is_name = |c: char| c.is_alphanumeric() || "_-".contains(c);
            words.extend(line.split(|c| !is_name(c)).map(str::to_owned));
        }
    }
    let coverage = coverage(sources).unwrap_or_else(|report| panic!("{report}"));
    Specification { coverage, words }
}

/// Letters and digits: `webhook-info` and `WebhookInfo` are one name.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// A route in which placeholders have no names.
fn anonymous(route: &str) -> String {
    let parts = route.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join("{}")
}

impl Specification {
    fn has_operation(&self, operation: &str) -> bool {
        let wanted = anonymous(operation);
        self.coverage.methods.iter().filter_map(|item| item.route.as_deref()).any(|route| {
            // A parameter of the client stands for both twins of PwC.
            let twins = ["sync", "async"].map(|twin| anonymous(&route.replace("{twin}", twin)));
            twins.contains(&wanted)
        })
    }

    /// The models and methods that are made of a model or request of the provider.
    fn made_of(&self, model: &str) -> Vec<&Item> {
        let model = plain(model);
        let last = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            let word = text.rsplit([' ', ':', '#', '.']).next().unwrap_or_default();
            plain(word)
        };
        let items = self.coverage.models.iter().chain(&self.coverage.methods);
        items
            .filter(|item| {
                [plain(&item.name), last(&item.source), last(&item.sdk)].contains(&model)
            })
            .collect()
    }

    /// What the specification lacks of a model, as `model.member`.
    fn missing(&self, model: &str, members: &[String]) -> Vec<String> {
        let made = self.made_of(model);
        let is_direct =
            |name: &str| made.iter().any(|item| item.members.iter().any(|member| member == name));
        // Tags, constants, wrappers and further names are no members, and members of members are those
        // of other models; the text has them all the same.
        let is_there = |name: &str| self.words.contains(name);
        let is_wrapped = |name: &str| {
            let of_methods = self.coverage.methods.iter().flat_map(|item| &item.members);
            of_methods.into_iter().any(|member| member == name)
        };
        members
            .iter()
            .filter(|member| {
                let mut parts = member.split(['.', '[', ']']).filter(|part| !part.is_empty());
                let is_nested = member.contains(['.', '[']);
                !parts.all(|part| {
                    let loose = is_nested
                        || made.is_empty()
                        || made.iter().all(|item| item.members.is_empty());
                    is_direct(part)
                        || is_wrapped(part)
                        || (loose || UNWRAPPED.contains(&part)) && is_there(part)
                })
            })
            .map(|member| format!("{model}.{member}"))
            .collect()
    }
}

/// What is left out on purpose: names and why.
fn reasons(provider: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join("data/reasons.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (of, rest) = line.split_once(' ')?;
            let (name, reason) =
                rest.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
            assert!(!reason.trim().is_empty(), "no reason: {line}");
            (of == provider).then(|| (name.to_owned(), reason.to_owned()))
        })
        .collect()
}

fn compare(data: &str, provider: &str) {
    let (facts, specification) = (facts(data), specification(provider));
    let operations = facts.operations.iter().filter(|one| !specification.has_operation(one));
    let members =
        facts.models.iter().flat_map(|(model, members)| specification.missing(model, members));
    let missing: BTreeSet<String> = operations.cloned().chain(members).collect();
    let reasons = reasons(data);
    let unexplained: Vec<_> =
        missing.iter().filter(|name| !reasons.iter().any(|(known, _)| known == *name)).collect();
    // What is still to come may come at any time.
    let settled = reasons.iter().filter(|(_, reason)| !reason.starts_with("not yet"));
    let needless: Vec<_> =
        settled.map(|(name, _)| name).filter(|name| !missing.contains(*name)).collect();
    assert!(unexplained.is_empty(), "{provider} lacks, without a reason: {unexplained:#?}");
    assert!(needless.is_empty(), "{provider} has, in spite of a reason: {needless:#?}");
}

#[test]
fn polar() {
    compare("polar", "polar");
}

#[test]
fn punt() {
    compare("punt", "punt");
}

#[test]
fn pwc() {
    compare("pwc", "pwc");
}

#[test]
fn sunshine() {
    compare("sunshine", "sunshine");
}

/// The facts are newer than the OpenAPI document, and win.
#[test]
fn sunshine_by_its_openapi_document() {
    compare("sunshine_openapi", "sunshine");
}

/// The comparison itself finds what is not there.
#[test]
fn what_is_missing_is_found() {
    let specification = specification("punt");
    assert!(specification.has_operation("GET /fulfilment/v3/subscriptions/{any}"));
    assert!(!specification.has_operation("PUT /fulfilment/v3/subscriptions/{id}"));
    let members = ["id", "event", "colour"].map(str::to_owned);
    assert_eq!(specification.missing("Subscription", &members), ["Subscription.colour"]);
    assert_eq!(specification.missing("Nobody", &members), ["Nobody.colour"]);
}
