//! Asks `check` for each type at each place, and generates a client of those that it accepts.

mod page;
mod places;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, error, fs, thread};

use clientwright_codegen::diag::{Report, Severity};
use clientwright_codegen::source::Source;
use clientwright_codegen::{Generated, Options, check, generate, output};

use places::{PLACES, Place, Takes, specification, without_examples};
use types::{Tried, Type};

type Outcome<T> = Result<T, Box<dyn error::Error>>;

/// How all points in time of a specification are written, for those of a service on .NET.
const DOTNET: &str = "defaults: { wire: { datetime: { format: dotnet }, enum: { read: [name, number], write: name } } }\n";

/// Types that are compiled where a specification can have but one.
const LONELY: &[&str] =
    &["list_of_other_bytes", "json", "plain", "inside", "named_list_of_decimal", "page_plain"];

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-env-changed=MATRIX");
    let plain = types::plain();
    let all: Vec<Type> = plain.iter().cloned().chain(types::in_forms()).collect();
    let of_wire = types::of_wire();
    let every = env::var_os("MATRIX").is_some_and(|value| value == "all");
    let mut found: Vec<Found> = Vec::new();
    for (types, plain, wire) in [(&all, &plain, ""), (&of_wire, &of_wire, DOTNET)] {
        let unsound = unsound(types, wire);
        let tried = |place: &Place| -> Vec<Type> {
            let types = if place.takes == Takes::Members { types } else { plain };
            let is_tried = |ty: &&Type| match unsound.contains(&ty.name) {
                true => {
                    place.name == "required"
                        || ty.text == "file"
                        || ty.text == "list<file>" && place.name.starts_with("part")
                }
                false => every || ty.tried <= most(place),
            };
            types.iter().filter(is_tried).map(|ty| place.shown_here(ty)).collect()
        };
        // One `defaults` is enough.
        let places = || PLACES.iter().filter(|place| place.name != "claim" || wire.is_empty());
        let halves = thread::scope(|scope| {
            let half = |rest: usize| {
                let places = places().enumerate().filter(move |(at, _)| at % 2 == rest);
                let tried = &tried;
                scope.spawn(move || {
                    places
                        .map(|(_, place)| Found::at(place, wire, &tried(place)))
                        .collect::<Vec<_>>()
                })
            };
            [half(0), half(1)].map(thread::ScopedJoinHandle::join)
        });
        for half in halves {
            found.extend(half.map_err(|_| "a specification makes the generator panic")?);
        }
    }
    write(&found)
}

/// The types that are wrong by themselves, wherever they stand.
fn unsound(types: &[Type], wire: &str) -> BTreeSet<String> {
    let required = PLACES.iter().filter(|place| place.name == "required");
    let pairs = required.flat_map(|place| types.iter().map(move |ty| (place, ty)));
    let wrong = pairs.filter(|(place, ty)| {
        asked(&without_examples(&specification(place, "unsound", wire, &[ty]))).has_errors()
    });
    wrong.map(|(_, ty)| ty.name.clone()).collect()
}

/// Which types are tried at a place.
fn most(place: &Place) -> Tried {
    if place.is_central() { Tried::Centrally } else { Tried::Everywhere }
}

fn asked(text: &str) -> Report {
    check(vec![Source { name: "matrix.yaml".to_owned(), text: text.to_owned() }])
}

/// What comes of the types at a place.
struct Found {
    modules: Vec<(String, Generated)>,
    /// What is refused, with the reason.
    refused: String,
    /// What must not be.
    wrong: String,
}

impl Found {
    fn at(place: &Place, wire: &str, types: &[Type]) -> Self {
        let mut found = Self { modules: Vec::new(), refused: String::new(), wrong: String::new() };
        let name = format!("at_{}{}", place.name, if wire.is_empty() { "" } else { "_on_dotnet" });
        let mut accepted = Vec::new();
        let mut refused: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for ty in types {
            let text = specification(place, &name, wire, &[ty]);
            let report = asked(&text);
            if !report.has_errors() {
                accepted.push(ty);
                continue;
            }
            let report = asked(&without_examples(&text));
            let errors: Vec<_> =
                report.diagnostics.iter().filter(|one| one.severity == Severity::Error).collect();
            match errors.as_slice() {
                [one] => {
                    let why = format!("{} {}", one.code.id, ty.left_out_of(&one.message));
                    refused.entry(why).or_default().push(&ty.name);
                }
                [] => found.wrong(&format!("the example of {} at {name}", ty.name), &asked(&text)),
                _ => found.wrong(&format!("{} at {name}, twice", ty.name), &report),
            }
        }
        for (why, types) in refused {
            let _ = writeln!(found.refused, "{name}: {why}\n    {}", types.join(" "));
        }
        if accepted.is_empty() {
            let _ = writeln!(found.refused, "{name}: nothing");
        }
        if place.most == 1 {
            // Each is a client of its own.
            accepted.retain(|ty| LONELY.contains(&ty.name.as_str()));
        }
        for (at, some) in accepted.chunks(place.most).enumerate() {
            let module = if place.most == 1 { format!("{name}_{at}") } else { name.clone() };
            found.generate(place, &module, specification(place, &module, wire, some));
        }
        found
    }

    fn wrong(&mut self, what: &str, report: &Report) {
        let _ = writeln!(self.wrong, "{what}:\n{}", report.human(false));
    }

    fn generate(&mut self, place: &Place, module: &str, text: String) {
        let mut options = Options::default();
        options.tests = place.is_run();
        match generate(vec![Source { name: format!("{module}.yaml"), text }], &options) {
            Ok(generated) => self.modules.push((module.to_owned(), generated)),
            Err(report) => self.wrong(&format!("what is accepted at {module}, together"), &report),
        }
    }
}

fn write(found: &[Found]) -> Outcome<()> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    // What an earlier run has written there may be of other types.
    if out.join("of").exists() {
        fs::remove_dir_all(out.join("of"))?;
    }
    let mut modules = String::new();
    for (module, generated) in found.iter().flat_map(|found| &found.modules) {
        let folder = out.join("of").join(module);
        output::write(&output::modules(std::slice::from_ref(generated))?, &folder)?;
        let path = folder.join(&generated.module).join("mod.rs");
        writeln!(modules, "#[path = {path:?}]\npub mod {module};")?;
    }
    fs::write(out.join("matrix.rs"), modules)?;
    let refused: String = found.iter().map(|found| found.refused.as_str()).collect();
    fs::write(out.join("refused.txt"), refused)?;
    for line in found.iter().flat_map(|found| found.wrong.lines()) {
        println!("cargo::error={line}");
    }
    Ok(())
}
