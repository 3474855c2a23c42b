//! Generates typed Rust clients from hand-written YAML specifications of HTTP APIs.
//!
//! The pipeline is pure: texts go in, texts come out, and nothing is read from a clock, the environment or
//! a file system. Reading and writing files is what [`load`], [`output`] and [`build_script`] add.

pub mod build_script;
pub mod complete;
pub mod coverage;
pub mod diag;
pub mod diff;
pub mod format;
mod krate;
pub mod load;
pub mod openapi;
pub mod output;
mod schema;
pub mod source;
pub mod symbols;

mod ast;
#[cfg(test)]
mod changes;
mod check;
mod emit;
mod evidence;
mod exchange;
mod foreign;
mod ir;
mod json_text;
mod link;
mod lower;
mod names;
mod parse;
mod print;
mod type_expr;
mod type_slips;
mod vocabulary;
mod xml;
mod yaml;

use std::collections::BTreeSet;

use coverage::Coverage;
use diag::{Diagnostics, Report};
use output::Files;
use source::{FileId, Source, SourceMap, Span};

pub use krate::{CrateError, CrateOptions, Runtime, crate_files};
pub use schema::{Constructs, constructs, schema};

/// How to generate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The path under which generated code finds the runtime.
    pub runtime: String,
    /// Whether examples become tests, in the module `tests` of each provider. They need the feature
    /// `testing` of the runtime.
    pub tests: bool,
    /// The providers, by module, of which each group has a Cargo feature. For crates that Clientwright
    /// writes, whose manifest lists the features.
    pub group_features: BTreeSet<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            runtime: "clientwright_runtime".to_owned(),
            tests: false,
            group_features: BTreeSet::new(),
        }
    }
}

/// The client of one provider.
#[derive(Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The name of its module, as in `punt`.
    pub module: String,
    /// What people call the provider.
    pub title: String,
    /// Whether it has a module of what the provider delivers.
    pub deliveries: bool,
    /// The features of the runtime that it does not do without.
    pub features: Vec<&'static str>,
    /// The features of its groups, if they have any.
    pub groups: Vec<String>,
    /// Whether its examples have become tests.
    pub tests: bool,
    /// Its files, relative to the folder of the module; `mod.rs` is the root.
    pub files: Files,
    /// Warnings.
    pub report: Report,
}

/// Checks the specification of one provider, given as all its files.
#[must_use]
pub fn check(sources: Vec<Source>) -> Report {
    analyse(sources).report
}

/// What the specification of one provider covers, and on what grounds.
///
/// # Errors
///
/// Everything that is wrong with the specification, in one report.
pub fn coverage(sources: Vec<Source>) -> Result<Coverage, Report> {
    let Analysis { specification, api, report } = analyse(sources);
    if report.has_errors() { Err(report) } else { Ok(Coverage::new(&specification, &api)) }
}

/// The specification of one provider as an OpenAPI document.
///
/// # Errors
///
/// Everything that is wrong with the specification, in one report.
pub fn openapi_of(sources: Vec<Source>) -> Result<openapi::Export, Report> {
    let Analysis { specification, api, report } = analyse(sources);
    if report.has_errors() {
        return Err(report);
    }
    Ok(export(&specification, &api))
}

fn export(specification: &ast::Specification, api: &ir::Api) -> openapi::Export {
    let evidence = evidence::lower(specification, api);
    let of_methods = specification.methods.iter().map(|method| method.examples.len());
    let of_deliveries = specification.deliveries.iter().map(|one| one.examples.len());
    openapi::Export::new(api, &evidence, of_methods.chain(of_deliveries).sum())
}

/// What changed between two specifications for those who use the generated code.
///
/// # Errors
///
/// The reports of those that have errors: what is wrong cannot be compared.
pub fn diff_of(old: Vec<Source>, new: Vec<Source>) -> Result<diff::Diff, Vec<Report>> {
    let (old, new) = (analyse(old), analyse(new));
    let failed = old.report.has_errors() || new.report.has_errors();
    if failed { Err(vec![old.report, new.report]) } else { Ok(diff::compare(&old.api, &new.api)) }
}

/// Generates the client of one provider from all files of its specification.
///
/// # Errors
///
/// Everything that is wrong with the specification, in one report; nothing is generated then.
pub fn generate(sources: Vec<Source>, options: &Options) -> Result<Generated, Report> {
    let Analysis { specification, api, report } = analyse(sources);
    if report.has_errors() {
        return Err(report);
    }
    let evidence = options.tests.then(|| evidence::lower(&specification, &api));
    let files = print::files(emit::files(&api, evidence.as_ref(), options));
    let deliveries = api.deliveries.is_some();
    let features = api.features();
    let groups = emit::features::of_groups(&api, options);
    let tests = options.tests;
    Ok(Generated {
        module: api.module,
        title: api.title,
        deliveries,
        features,
        groups,
        tests,
        files,
        report,
    })
}

/// Checks the specification of one provider, and says what it defines and where it names that: for editors.
#[must_use]
pub fn inspect(sources: Vec<Source>) -> symbols::Inspection {
    let mut read = read(sources);
    let symbols = symbols::collect(&mut read);
    symbols::Inspection { symbols, report: finish(read).report }
}

/// A specification, read and checked.
struct Analysis {
    specification: ast::Specification,
    /// Whole only if the report has no errors.
    api: ir::Api,
    report: Report,
}

/// The files of a specification, each read by itself.
struct Read {
    map: SourceMap,
    /// Its own files.
    own: Vec<FileId>,
    exchanges: Vec<FileId>,
    specification: ast::Specification,
    /// The files that it uses.
    units: Vec<link::Unit>,
    diagnostics: Diagnostics,
}

/// The stages up to the checked model. None stops another one.
fn analyse(sources: Vec<Source>) -> Analysis {
    finish(read(sources))
}

fn read(mut sources: Vec<Source>) -> Read {
    // The order in which files were found must not matter.
    sources.sort_by(|a, b| a.name.cmp(&b.name));
    let mut map = SourceMap::default();
    let files: Vec<FileId> = sources.into_iter().map(|source| map.add(source)).collect();
    let mut diagnostics = Diagnostics::default();
    let mut specification = ast::Specification::default();
    let (exchanges, files): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|&file| exchange::is_exchange(map.name(file)));
    let used = link::used(&files, &map);
    let mut units = Vec::new();
    for &file in &used {
        let mut unit = ast::Specification::default();
        parse::file(file, map.text(file), &mut unit, &mut diagnostics);
        units.push(link::Unit { file, specification: unit });
    }
    let own: Vec<FileId> = files.into_iter().filter(|file| !used.contains(file)).collect();
    for &file in &own {
        parse::file(file, map.text(file), &mut specification, &mut diagnostics);
    }
    specification.files.clone_from(&own);
    diagnostics.all_read();
    Read { map, own, exchanges, specification, units, diagnostics }
}

fn finish(read: Read) -> Analysis {
    let Read { map, own, exchanges, mut specification, units, mut diagnostics } = read;
    // Linking leaves out the models that nobody takes, mistakes and all.
    for one in units.iter().map(|unit| &unit.specification).chain([&specification]) {
        parse::check_type_names(&one.models, &mut diagnostics);
    }
    link::link(&mut specification, units, &map, &mut diagnostics);
    exchange::attach(&mut specification, &exchanges, &map, &mut diagnostics);
    let start = Span::new(own.first().copied().unwrap_or_default(), 0, 0);
    let api = lower::lower(&specification, start, &mut diagnostics);
    check::run(&specification, &api, &mut diagnostics);
    diagnostics.drop_follow_ons(&map);
    let report = Report { sources: map, diagnostics: diagnostics.into_sorted() };
    Analysis { specification, api, report }
}
