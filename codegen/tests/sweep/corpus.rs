//! Specifications without a mistake: those of the fixtures, of the tests, of the documents and of the providers.

use std::fs;
use std::path::{Path, PathBuf};

use clientwright_codegen::load::load;
use clientwright_codegen::source::Source;

use crate::fixtures::{self, OK, fixtures};

/// A specification, and how often one of its places is looked at.
pub(crate) struct Specification {
    pub(crate) name: String,
    pub(crate) sources: Vec<Source>,
    /// One of so many mistakes is made.
    pub(crate) rarely: usize,
}

/// Folders of specifications, a file each, and how rarely the mistakes are made there.
const FOLDERS: [(&str, usize); 4] = [
    ("tests/behaviour/specs", 16),
    ("tests/bodies/specs", 16),
    ("tests/conformance/specs", 16),
    ("specs/obstacle", 200),
];

/// Specifications of several files.
const WHOLE: [(&str, usize); 5] = [
    ("tests/behaviour/specs/uses", 16),
    ("specs/polar", 2000),
    ("specs/punt", 1000),
    ("specs/pwc", 2000),
    ("specs/sunshine", 3000),
];

pub(crate) fn specifications() -> Vec<Specification> {
    let mut found: Vec<Specification> = fixtures()
        .into_iter()
        .filter(|fixture| fixture.family() == OK)
        .map(|fixture| Specification { name: fixture.name, sources: fixture.sources, rarely: 12 })
        .collect();
    for (folder, rarely) in FOLDERS {
        let files = fixtures::sorted(&path(folder));
        let files =
            files.into_iter().filter(|file| file.extension().is_some_and(|it| it == "yaml"));
        found.extend(files.map(|file| read(&file, rarely)));
    }
    found.extend(WHOLE.map(|(folder, rarely)| read(&path(folder), rarely)));
    found.extend(shown());
    found
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

fn read(path: &Path, rarely: usize) -> Specification {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let folder = format!("{}/", path.parent().unwrap().display());
    let mut sources = load(path).unwrap();
    for source in &mut sources {
        source.name = source.name.replace(&folder, "");
    }
    Specification { name, sources, rarely }
}

/// The blocks of the reference of the language that need no other file, by the heading above them.
fn shown() -> impl Iterator<Item = Specification> {
    let document = fs::read_to_string(path("docs/language.md")).unwrap();
    let mut blocks: Vec<(String, String)> = Vec::new();
    for section in document.split("\n##").skip(1) {
        let heading = section.lines().next().unwrap_or_default().trim_matches(['#', ' ']);
        let texts = section.split("```yaml").skip(1).filter_map(|block| {
            let (info, rest) = block.split_once('\n')?;
            let text = rest.split("\n```").next()?.to_owned() + "\n";
            let alone = !text.contains("../") && !text.contains(".http");
            match info.trim() {
                "" => Some(text),
                "fragment" if alone => Some(whole(&text)),
                _ => None,
            }
        });
        let named = |(at, text)| (format!("language/{heading}/{at}"), text);
        blocks.extend(texts.enumerate().map(named));
    }
    blocks.into_iter().map(|(name, text)| Specification {
        name,
        sources: vec![Source { name: "shown.yaml".to_owned(), text }],
        rarely: 12,
    })
}

/// A fragment with what every specification has.
fn whole(fragment: &str) -> String {
    let parts = [
        ("clientwright:", "clientwright: 1\n"),
        ("provider:", "provider: { name: demo }\n"),
        ("servers:", "servers: { production: https://api.example.com }\n"),
    ];
    let there = |key: &str| fragment.lines().any(|line| line.starts_with(key));
    let missing = parts.iter().filter(|(key, _)| !there(key)).map(|(_, part)| *part);
    missing.chain([fragment]).collect()
}
