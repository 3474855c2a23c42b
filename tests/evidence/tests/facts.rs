//! No operation and no member of the providers is missing from the specifications without a reason.
//!
//! `data/` has names extracted from what is known of each provider, and `reasons.txt` what is left out.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use clientwright_codegen::coverage::{Coverage, Item, Member};
use clientwright_codegen::{coverage, load};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A member of a fact, by the names that lead to it, and the model that it holds.
struct Known {
    path: Vec<String>,
    model: Option<String>,
}

/// A model, or what an operation sends and answers with.
#[derive(Default)]
struct Fact {
    members: Vec<Known>,
    /// Models whose members it has.
    bases: Vec<String>,
    /// Models that it may be.
    may_be: Vec<String>,
}

impl Fact {
    fn read(text: &str) -> Self {
        let mut fact = Self::default();
        for word in text.split_whitespace() {
            if let Some(base) = word.strip_prefix('<') {
                fact.bases.push(base.to_owned());
            } else if let Some(one) = word.strip_prefix('|') {
                fact.may_be.push(one.to_owned());
            } else {
                let (path, model) = word.split_once('=').unwrap_or((word, ""));
                let path = path.split('.').map(str::to_owned).collect();
                let model = Some(model.to_owned()).filter(|model| !model.is_empty());
                fact.members.push(Known { path, model });
            }
        }
        fact
    }
}

/// What is known of a provider.
struct Facts {
    /// Verb and path, and what is sent and answered.
    operations: Vec<(String, Fact)>,
    models: BTreeMap<String, Fact>,
}

fn facts(name: &str) -> Facts {
    let text = fs::read_to_string(folder().join(format!("data/{name}.txt"))).unwrap();
    let mut facts = Facts { operations: Vec::new(), models: BTreeMap::new() };
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((model, members)) = line.split_once(':') {
            facts.models.insert(model.to_owned(), Fact::read(members));
            continue;
        }
        let (rest, models) = line.split_once(" = ").unwrap_or((line, ""));
        let (operation, members) = rest.split_once(" ? ").unwrap_or((rest, ""));
        let mut fact = Fact::read(members);
        fact.may_be = models.split_whitespace().map(str::to_owned).collect();
        facts.operations.push((operation.to_owned(), fact));
    }
    assert!(facts.operations.len() > 5 && facts.models.len() > 3, "{name}");
    facts
}

fn specification(provider: &str) -> Coverage {
    let sources = load::load(&folder().join("../../specs").join(provider));
    sources.and_then(coverage).unwrap_or_else(|report| panic!("{report}"))
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

/// The placeholders of a route.
fn placeholders(route: &str) -> Vec<String> {
    let parts = route.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    parts.map(plain).collect()
}

/// A place in a specification at which members are looked for.
#[derive(Clone, Copy)]
enum Node<'a> {
    Item(&'a Item),
    Member(&'a Member),
}

impl<'a> Node<'a> {
    fn members(self) -> &'a [Member] {
        match self {
            Self::Item(item) => &item.shape,
            Self::Member(member) => &member.members,
        }
    }

    /// The models whose members stand here too.
    fn models(self) -> &'a [String] {
        match self {
            Self::Item(item) => &item.stands_for,
            Self::Member(member) => &member.models,
        }
    }

    /// By which two of them are the same.
    fn address(self) -> usize {
        match self {
            Self::Item(item) => std::ptr::from_ref(item).addr(),
            Self::Member(member) => std::ptr::from_ref(member).addr(),
        }
    }
}

/// Walks through facts and specification side by side.
struct Comparison<'a> {
    facts: &'a Facts,
    specification: &'a Coverage,
    /// Models that stand for facts of another name.
    names: &'a [(String, String)],
    /// The facts that were compared, each at its places.
    seen: BTreeSet<(&'a str, Vec<usize>)>,
    missing: BTreeSet<String>,
}

impl<'a> Comparison<'a> {
    fn of(
        facts: &'a Facts,
        specification: &'a Coverage,
        names: &'a [(String, String)],
    ) -> BTreeSet<String> {
        let (seen, missing) = (BTreeSet::new(), BTreeSet::new());
        let mut comparison = Self { facts, specification, names, seen, missing };
        for (operation, fact) in &facts.operations {
            comparison.operation(operation, fact);
        }
        // What no operation refers to: bodies of webhooks, for example.
        for name in facts.models.keys() {
            if !comparison.seen.iter().any(|(seen, _)| seen == name) {
                let at = comparison.made_of(name);
                comparison.model(name, &at);
            }
        }
        comparison.missing
    }

    fn operation(&mut self, operation: &str, fact: &'a Fact) {
        let methods = self.methods(operation);
        if methods.is_empty() {
            self.missing.insert(operation.to_owned());
            return;
        }
        let in_path = placeholders(operation);
        let others =
            fact.members.iter().filter(|known| !in_path.contains(&plain(&known.path.join("."))));
        self.members(operation, others, &self.opened(&methods));
        for model in &fact.may_be {
            self.model(model, &methods);
        }
    }

    /// The methods with a route.
    fn methods(&self, operation: &str) -> Vec<Node<'a>> {
        let wanted = anonymous(operation);
        let has_route = |item: &&Item| {
            item.route.as_deref().is_some_and(|route| {
                // A parameter of the client stands for both twins of PwC.
                ["sync", "async"]
                    .iter()
                    .any(|twin| anonymous(&route.replace("{twin}", twin)) == wanted)
            })
        };
        self.specification.methods.iter().filter(has_route).map(Node::Item).collect()
    }

    /// The items that are made of a model of the provider.
    fn made_of(&self, fact: &str) -> Vec<Node<'a>> {
        let named = self.names.iter().filter(|(name, _)| name == fact).map(|(_, model)| model);
        let named: Vec<&String> = named.collect();
        let model = plain(fact);
        let last = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            plain(text.rsplit([' ', ':', '#', '.']).next().unwrap_or_default())
        };
        let Coverage { models, methods, given, events, .. } = self.specification;
        let is_it = |item: &&Item| {
            named.contains(&&item.name)
                || [plain(&item.name), last(&item.source), last(&item.sdk)].contains(&model)
        };
        let found: Vec<&Item> = models.iter().chain(methods).filter(is_it).collect();
        // An event is made of the model that it is given.
        let gets = |item: &&Item| {
            let names = given.iter().filter(|one| item.stands_for.contains(&one.name));
            names
                .flat_map(|one| &one.shape)
                .flat_map(|member| &member.models)
                .any(|name| found.iter().any(|one| one.name == *name))
        };
        found.iter().copied().chain(events.iter().filter(gets)).map(Node::Item).collect()
    }

    /// These places, and all whose members stand there too.
    fn opened(&self, at: &[Node<'a>]) -> Vec<Node<'a>> {
        let mut all: Vec<Node<'a>> = Vec::new();
        let mut next = at.to_vec();
        while let Some(node) = next.pop() {
            if all.iter().any(|known| known.address() == node.address()) {
                continue;
            }
            all.push(node);
            let models = self.specification.models.iter().chain(&self.specification.given);
            let found = models.filter(|item| node.models().contains(&item.name));
            next.extend(found.map(Node::Item));
        }
        all
    }

    /// Compares a model of the provider with what stands at these places: with what is made of it, where
    /// that is among them.
    fn model(&mut self, name: &'a str, at: &[Node<'a>]) {
        let opened = self.opened(at);
        let made: Vec<usize> = self.made_of(name).into_iter().map(Node::address).collect();
        let is_made = |node: &Node<'_>| made.contains(&node.address());
        let own: Vec<Node<'a>> = opened.iter().copied().filter(is_made).collect();
        let mut here = opened;
        if !own.is_empty() {
            let inside = self.opened(&own);
            // The tag of a union belongs to its variants as well.
            here.retain(|node| !node.models().is_empty());
            here.extend(inside);
        }
        let Some(fact) = self.facts.models.get(name) else { return };
        if !self.stands(name, fact, &here) {
            return;
        }
        for other in &fact.may_be {
            let made: Vec<usize> = self.made_of(other).into_iter().map(Node::address).collect();
            if made.is_empty() || here.iter().any(|node| made.contains(&node.address())) {
                self.model(other, &here);
            } else {
                self.missing.insert(format!("{name}|{other}"));
            }
        }
    }

    /// Compares all that a model has, with its bases, with what stands at exactly these places. False if
    /// that was done before.
    fn stands(&mut self, name: &'a str, fact: &'a Fact, here: &[Node<'a>]) -> bool {
        let mut addresses: Vec<usize> = here.iter().map(|node| node.address()).collect();
        addresses.sort_unstable();
        if !self.seen.insert((name, addresses)) {
            return false;
        }
        self.members(name, fact.members.iter(), here);
        let bases = fact.bases.iter().filter_map(|base| self.facts.models.get_key_value(base));
        for (name, fact) in bases {
            self.stands(name, fact, here);
        }
        true
    }

    fn members(&mut self, of: &str, members: impl Iterator<Item = &'a Known>, at: &[Node<'a>]) {
        for Known { path, model } in members {
            match self.walk(path, at) {
                None => {
                    self.missing.insert(format!("{of}.{}", path.join(".")));
                }
                Some(here) => model.iter().for_each(|model| self.model(model, &here)),
            }
        }
    }

    /// Where a path leads from these places. A name may have dots in it, and a parameter brackets.
    fn walk(&self, path: &[String], at: &[Node<'a>]) -> Option<Vec<Node<'a>>> {
        if path.is_empty() {
            return Some(at.to_vec());
        }
        (1..=path.len()).find_map(|length| {
            let (first, rest) = path.split_at(length);
            let names = [first.join("."), format!("{}[{}]", first[0], first[1..].join("."))];
            let is_it = |member: &&Member| member.names.iter().any(|name| names.contains(name));
            let steps = at.iter().flat_map(|node| node.members()).filter(is_it);
            let steps: Vec<Node<'a>> = steps.map(Node::Member).collect();
            if steps.is_empty() { None } else { self.walk(rest, &self.opened(&steps)) }
        })
    }
}

/// What is left out on purpose: names and why.
fn reasons(provider: &str) -> Vec<(String, String)> {
    noted("reasons", provider)
}

/// What a file says of names of a provider, `PROVIDER NAME: TEXT`.
fn noted(file: &str, provider: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join(format!("data/{file}.txt"))).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (of, rest) = line.split_once(' ')?;
            let (name, reason) =
                rest.split_once(": ").unwrap_or_else(|| panic!("nothing said: {line}"));
            assert!(!reason.trim().is_empty(), "nothing said: {line}");
            (of == provider).then(|| (name.to_owned(), reason.to_owned()))
        })
        .collect()
}

/// Whether a reason is about this name. A star stands for any beginning.
fn is(reason: &str, name: &str) -> bool {
    reason.strip_prefix('*').map_or(reason == name, |end| name.ends_with(end))
}

fn compare(data: &str, provider: &str) {
    let (facts, specification) = (facts(data), specification(provider));
    let names = noted("names", provider);
    let missing = Comparison::of(&facts, &specification, &names);
    let reasons = reasons(data);
    let unexplained: Vec<_> =
        missing.iter().filter(|name| !reasons.iter().any(|(known, _)| is(known, name))).collect();
    // What is still to come may come at any time.
    let settled = reasons.iter().filter(|(_, reason)| !reason.starts_with("not yet"));
    let needless: Vec<_> = settled
        .map(|(name, _)| name)
        .filter(|one| !missing.iter().any(|name| is(one, name)))
        .collect();
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

/// The comparison itself finds what is not there, each in its place.
#[test]
fn what_is_missing_is_found() {
    let text = "\
clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example }
models:
  Item: { fields: { id: string, size?: Size } }
  Size: { fields: { width?: int32 } }
  Book: { fields: { pages?: int32 } }
  Toy: { fields: { colour?: string } }
  Thing: { union: { tag: kind, variants: { book: Book, toy: Toy } } }
methods:
  items.list: { http: GET /items, query: { take?: int32 }, returns: { at: data.items, type: list<Item> } }
  things.get: { http: GET /thing, returns: Thing }
";
    let name = "shop.yaml".to_owned();
    let source = clientwright_codegen::source::Source { name, text: text.to_owned() };
    let specification = coverage(vec![source]).unwrap_or_else(|report| panic!("{report}"));
    let missing = |operation: &str, models: &[(&str, &str)]| {
        let (operation, fact) = operation.split_once(" = ").unwrap();
        let (operation, members) = operation.split_once(" ? ").unwrap_or((operation, ""));
        let mut known = Fact::read(members);
        known.may_be.push(fact.to_owned());
        let models = models.iter().map(|(name, fact)| ((*name).to_owned(), Fact::read(fact)));
        let operations = vec![(operation.to_owned(), known)];
        let facts = Facts { operations, models: models.collect() };
        Comparison::of(&facts, &specification, &[]).into_iter().collect::<Vec<_>>()
    };
    let item = ("item", "id size=size size.width");
    let page = ("page", "data data.items=item");
    assert_eq!(missing("GET /items ? take = page", &[page, item, ("size", "width")]), [""; 0]);
    assert_eq!(missing("GET /items ? skip = page", &[page]), ["GET /items.skip"]);
    assert_eq!(missing("PUT /items = page", &[("page", "data")]), ["PUT /items", "page.data"]);
    // Both names are there, though not here.
    let wrong = [page, ("item", "id width"), ("size", "width")];
    assert_eq!(missing("GET /items = page", &wrong), ["item.width"]);
    assert_eq!(missing("GET /items = page", &[("page", "items")]), ["page.items"]);
    // Each variant has its own members, and the tag of the union.
    let things = ("thing", "|book |toy");
    let right = [things, ("book", "kind pages"), ("toy", "kind colour")];
    assert_eq!(missing("GET /thing = thing", &right), [""; 0]);
    let wrong = [things, ("book", "kind colour"), ("toy", "<book")];
    assert_eq!(missing("GET /thing = thing", &wrong), ["book.colour"]);
    assert_eq!(missing("GET /thing = thing", &[("nobody", "id")]), ["nobody.id"]);
}
