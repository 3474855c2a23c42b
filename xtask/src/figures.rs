//! `cargo xtask figures`: how large the providers are, as specifications and as what becomes of them; and how large the
//! language is.

use std::env;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use clientwright_codegen::coverage::{Coverage, Item};
use clientwright_codegen::load::{self, Layout};
use clientwright_codegen::{Options, constructs, coverage, diag::codes, generate};

use crate::Outcome;
use crate::ci::{check_provider, command, provider_features};

/// Lines of the OpenAPI documents of providers, counted as here. Where none is listed there is none that is
/// known.
const OPENAPI: [(&str, usize); 1] =
    // Of zendesk/sunshine-conversations-java at c3cccbd93944, an older edition than the specification.
    [("sunshine", 12_530)];

const HEAD: [&str; 10] = [
    "provider", "methods", "models", "members", "events", "examples", "YAML", "Rust", "tests",
    "OpenAPI",
];

pub(crate) fn run(root: &Path) -> Outcome {
    env::set_current_dir(root).map_err(|error| format!("{}: {error}", root.display()))?;
    let folders = load::providers(Path::new("specs"), &Layout::default());
    println!("{}", row(&HEAD.map(str::to_owned)));
    for folder in folders.map_err(|report| report.to_string())? {
        println!("{}", row(&figures(&folder)?));
    }
    println!("\nLines of YAML and OpenAPI: one over 120 columns counts as two.");
    language();
    fixtures(Path::new("codegen/tests/ui"))
}

/// What the language consists of, and the codes of what can be said about a specification.
fn language() {
    let found = constructs();
    println!("\nThe language has {} constructs:", found.total());
    let keys: usize = found.keys.iter().map(|(_, count)| count).sum();
    println!("  {keys} keys of {} mappings", found.keys.len());
    for (what, count) in &found.keys {
        println!("    {count:<4} {what}");
    }
    println!("  {} words that are types, and {} flags behind them", found.types, found.flags);
    let words: usize = found.words.iter().map(|(_, _, count)| count).sum();
    println!("  {words} words of keys with a fixed choice");
    for (key, what, count) in &found.words {
        println!("    {count:<4} `{key}` of {what}");
    }
    let errors = codes::ALL.iter().filter(|code| code.id.starts_with('E')).count();
    println!("Codes: {errors} errors and {} warnings.", codes::ALL.len() - errors);
}

/// Specifications that a test holds against what is to be reported: a file each, or a folder.
fn fixtures(folder: &Path) -> Outcome {
    let (mut right, mut wrong) = (0, 0);
    for family in entries(folder)? {
        let cases = entries(&family)?;
        let is_case = |path: &&PathBuf| {
            path.is_dir() || path.extension().is_some_and(|extension| extension == "yaml")
        };
        let count = cases.iter().filter(is_case).count();
        if family.ends_with("ok") { right += count } else { wrong += count }
    }
    println!("Fixtures: {wrong} specifications with mistakes and {right} without.");
    Ok(())
}

/// How long `cargo check` takes for each provider and each group of one, alone and with all that it builds upon
/// there already.
pub(crate) fn times(root: &Path) -> Outcome {
    let crate_root = root.join("generated/src/lib.rs");
    let check = |feature: &str| match command(root).args(check_provider(feature)).status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{feature}: cargo ended with {status}")),
        Err(error) => Err(format!("cargo cannot be run: {error}")),
    };
    println!("{:<36}seconds", "feature");
    for feature in provider_features(root)? {
        check(&feature)?;
        let touched = File::options().append(true).open(&crate_root);
        let touched = touched.and_then(|file| file.set_modified(SystemTime::now()));
        touched.map_err(|error| format!("{}: {error}", crate_root.display()))?;
        let start = Instant::now();
        check(&feature)?;
        println!("{feature:<36}{:.2}", start.elapsed().as_secs_f64());
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect()
}

/// A row of the table. The last column is empty where there is no OpenAPI document.
fn figures(folder: &Path) -> Result<[String; 10], String> {
    let sources = load::load(folder).map_err(|report| report.to_string())?;
    let yaml: usize = sources.iter().map(|source| lines(&source.text)).sum();
    let coverage = coverage(sources.clone()).map_err(|report| report.to_string())?;
    let mut options = Options::default();
    options.tests = true;
    let generated = generate(sources, &options).map_err(|report| report.to_string())?;
    let rust = |tests: bool| -> usize {
        let files = generated.files.iter().filter(|(path, _)| path.starts_with("tests/") == tests);
        files.map(|(_, text)| text.lines().count()).sum()
    };
    let Coverage { methods, models, events, .. } = &coverage;
    let sum = |items: &[Item], count: fn(&Item) -> usize| items.iter().map(count).sum::<usize>();
    let examples = sum(methods, |item| item.examples) + sum(events, |item| item.examples);
    let members = sum(models, |item| item.members.len());
    let openapi = OPENAPI.iter().find(|(name, _)| *name == generated.module);
    let openapi = openapi
        .map_or_else(String::new, |(_, openapi)| format!("{openapi} ({} %)", yaml * 100 / openapi));
    let counts = [
        methods.len(),
        models.len(),
        members,
        events.len(),
        examples,
        yaml,
        rust(false),
        rust(true),
    ];
    let mut cells = counts.iter().map(usize::to_string);
    Ok(std::array::from_fn(|column| match column {
        0 => generated.module.clone(),
        9 => openapi.clone(),
        _ => cells.next().unwrap_or_default(),
    }))
}

fn row(cells: &[String; 10]) -> String {
    let cells = cells.iter().map(|cell| format!("{cell:<10}"));
    cells.collect::<String>().trim_end().to_owned()
}

/// Lines, of which one over 120 columns counts as two.
fn lines(text: &str) -> usize {
    text.lines().map(|line| if line.chars().count() > 120 { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn long_lines_count_twice() {
        let line = |length: usize| "x".repeat(length);
        assert_eq!(lines(&format!("{}\n{}\n\n", line(120), line(121))), 4);
        assert_eq!(lines(""), 0);
    }
}
