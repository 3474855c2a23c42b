//! Every method and every event of the providers has an example that became a test.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::path::{Path, PathBuf};

use clientwright_codegen::coverage::Coverage;
use clientwright_codegen::load::{self, Layout};
use clientwright_codegen::{Options, coverage, generate};

fn specifications() -> Vec<PathBuf> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    load::providers(&specs, &Layout::default()).unwrap()
}

fn covered(path: &Path) -> Coverage {
    load::load(path).and_then(coverage).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn every_method_and_event_has_a_whole_example() {
    let specifications = specifications();
    assert!(specifications.len() >= 4);
    for path in specifications {
        let coverage = covered(&path);
        let without: Vec<&str> = coverage.without_evidence().collect();
        assert!(without.is_empty(), "{}: {without:?}", coverage.title);
    }
}

#[test]
fn every_whole_example_is_a_test() {
    for path in specifications() {
        let coverage = covered(&path);
        let mut options = Options::default();
        options.tests = true;
        let files = generate(load::load(&path).unwrap(), &options).unwrap().files;
        let tests = |deliveries: bool| -> usize {
            let of_kind = files.iter().filter(|(name, _)| {
                name.starts_with("tests/") && name.ends_with("/deliveries.rs") == deliveries
            });
            of_kind.map(|(_, text)| text.matches("#[test]").count()).sum()
        };
        let whole: usize = coverage.methods.iter().map(|item| item.whole).sum();
        assert!(tests(false) >= whole && whole > 0, "{}", coverage.title);
        // A delivery may hold several events.
        assert_eq!(tests(true) > 0, !coverage.events.is_empty(), "{}", coverage.title);
    }
}

/// An event that stands in no example, and a method whose example shows an answer alone.
#[test]
fn what_has_no_whole_example_is_named() {
    let text = "\
clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example }
path: { id: string }
models: { Thing: { fields: { id: string } } }
methods:
  things.get:
    http: GET /things/{id}
    returns: Thing
    examples: { answer: { constructed: x, response: { id: a } } }
  things.short:
    http: GET /short/{id}
    returns: Thing
    examples: { one: { source: page, path: { id: a }, response: { '...': left out } } }
  things.empty:
    http: GET /empty/{id}
    returns: Thing
    examples: { one: { source: page, placeholder: true, path: { id: a }, response: { id: string } } }
  things.list: { http: GET /things, returns: list<Thing>, examples: { one: { constructed: x, response: [] } } }
deliveries:
  verify: none
  event: { field: event }
  events: { SOLD: Thing, LOST: nothing }
  examples: { sold: { constructed: x, request: { event: SOLD, id: a } } }
";
    let name = "shop.yaml".to_owned();
    let source = clientwright_codegen::source::Source { name, text: text.to_owned() };
    let coverage = coverage(vec![source]).unwrap_or_else(|report| panic!("{report}"));
    let without: Vec<&str> = coverage.without_evidence().collect();
    assert_eq!(without, ["things.get", "things.short", "things.empty", "LOST"]);
}
