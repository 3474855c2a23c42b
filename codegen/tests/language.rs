//! The reference of the language cannot lie: every example in it is read, checked and generated.

use std::fmt::Write as _;
use std::path::Path;

use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, generate};

/// An example of the reference.
struct Example {
    /// The line of the document on which its text begins.
    line: usize,
    /// A part of a specification, to which the rest is added here.
    fragment: bool,
    text: String,
}

/// The examples between fences that begin with `yaml`.
fn examples(document: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut inside = false;
    for (index, line) in document.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(info) if info.starts_with("yaml") => {
                inside = true;
                let fragment = info.contains("fragment");
                examples.push(Example { line: index + 2, fragment, text: String::new() });
            }
            _ if inside => {
                if let Some(example) = examples.last_mut() {
                    let _ = writeln!(example.text, "{line}");
                }
            }
            _ => {}
        }
    }
    examples
}

/// A fragment with what every specification has; its own keys win.
fn whole(fragment: &str) -> String {
    let parts = [
        ("clientwright", "clientwright: 1\n"),
        ("provider", "provider: { name: demo }\n"),
        ("servers", "servers: { production: https://api.example.com }\n"),
    ];
    let missing = parts.iter().filter(|(key, _)| {
        !fragment
            .lines()
            .any(|line| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')))
    });
    let mut text: String = missing.map(|(_, part)| *part).collect();
    text.push_str(fragment);
    text
}

#[test]
fn every_example_of_the_reference_is_correct() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/language.md");
    let document = std::fs::read_to_string(path).unwrap();
    let examples = examples(&document);
    assert!(examples.len() > 15, "found {} examples", examples.len());
    let mut wrong = String::new();
    for example in &examples {
        let text = if example.fragment { whole(&example.text) } else { example.text.clone() };
        let name = format!("language.md line {}", example.line);
        if let Err(report) = generate(vec![Source { name, text }], &Options::default()) {
            wrong.push_str(&report.human(false));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
