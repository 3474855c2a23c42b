//! Whatever is done to a specification, the answer is a report or code that parses: never a panic.
//!
//! Real specifications are damaged as people damage them: a line is lost or pasted twice, a word stands
//! where another belongs, two values have changed places.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

use std::cell::Cell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, check, generate};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::Config;

/// What may stand where it does not belong: words of the language, and texts that lie in wait.
const WORDS: [&str; 52] = [
    "",
    " ",
    "\n",
    "\t",
    ":",
    "?",
    "...",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "|",
    ",",
    "&a",
    "*a",
    "!!str",
    "#",
    "\"",
    "'",
    "~",
    "null",
    "true",
    "0",
    "-1",
    "99999999999999999999",
    "1e999",
    "string",
    "int32",
    "json",
    "nothing",
    "list",
    "list<",
    "map<string>",
    "read",
    "sensitive",
    "self",
    "r#type",
    "fn",
    "Option",
    "*/",
    "\"#",
    "\\",
    "\\u202e",
    "é",
    "日本",
    "\u{7}",
    "\u{feff}",
    "\u{2028}",
    "-- ",
    "as",
];

#[derive(Clone, Debug)]
enum Damage {
    DropLine(Index),
    RepeatLine(Index),
    SwapLines(Index, Index),
    Indent(Index),
    DropWord(Index),
    RepeatWord(Index),
    SwapWords(Index, Index),
    Replace(Index, &'static str),
    Insert(Index, &'static str),
    CutOff(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<Index>;
    prop_oneof![
        2 => index().prop_map(Damage::DropLine),
        2 => index().prop_map(Damage::RepeatLine),
        2 => (index(), index()).prop_map(|(a, b)| Damage::SwapLines(a, b)),
        1 => index().prop_map(Damage::Indent),
        3 => index().prop_map(Damage::DropWord),
        2 => index().prop_map(Damage::RepeatWord),
        6 => (index(), index()).prop_map(|(a, b)| Damage::SwapWords(a, b)),
        6 => (index(), select(&WORDS[..])).prop_map(|(at, word)| Damage::Replace(at, word)),
        3 => (index(), select(&WORDS[..])).prop_map(|(at, word)| Damage::Insert(at, word)),
        1 => index().prop_map(Damage::CutOff),
    ]
}

fn apply(text: &str, damage: &Damage) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let words = words(text);
    if lines.is_empty() || words.is_empty() {
        return text.to_owned();
    }
    let line = |index: &Index, lines: &[&str]| index.index(lines.len());
    let word = |index: &Index| words[index.index(words.len())].clone();
    let replaced = |range: Range<usize>, with: &str| {
        format!("{}{with}{}", &text[..range.start], &text[range.end..])
    };
    match damage {
        Damage::DropLine(at) => {
            lines.remove(line(at, &lines));
        }
        Damage::RepeatLine(at) => {
            let at = line(at, &lines);
            lines.insert(at, lines[at]);
        }
        Damage::SwapLines(a, b) => {
            let (a, b) = (line(a, &lines), line(b, &lines));
            lines.swap(a, b);
        }
        Damage::Indent(at) => {
            let at = line(at, &lines);
            lines.insert(at, " ");
        }
        Damage::DropWord(at) => return replaced(word(at), ""),
        Damage::RepeatWord(at) => {
            let at = word(at);
            return replaced(at.end..at.end, &format!(" {}", &text[at]));
        }
        Damage::SwapWords(a, b) => {
            let (a, b) = (word(a), word(b));
            let (a, b) = if a.start <= b.start { (a, b) } else { (b, a) };
            if a != b {
                let later = replaced(b.clone(), &text[a.clone()]);
                return format!("{}{}{}", &later[..a.start], &text[b], &later[a.end..]);
            }
        }
        Damage::Replace(at, with) => return replaced(word(at), with),
        Damage::Insert(at, what) => {
            let at = word(at).start;
            return replaced(at..at, what);
        }
        Damage::CutOff(at) => return text[..word(at).end].to_owned(),
    }
    lines.concat()
}

/// Where the words are, and the signs between them.
fn words(text: &str) -> Vec<Range<usize>> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some(last) if part(c) && open => last.end = end,
            _ if c.is_whitespace() => {}
            _ => words.push(at..end),
        }
        open = part(c);
    }
    words
}

/// Panics, which is what nothing may do, or says whether something was generated.
fn survives(sources: &[Source]) -> Result<bool, TestCaseError> {
    let report = check(sources.to_vec());
    for text in [report.human(true), report.short(), report.json(), report.github()] {
        prop_assert!(report.diagnostics.is_empty() || !text.is_empty());
    }
    match generate(sources.to_vec(), &Options::default()) {
        Ok(generated) => {
            prop_assert!(!report.has_errors());
            for (path, text) in &generated.files {
                if let Err(error) = syn::parse_file(text) {
                    return Err(TestCaseError::fail(format!("{path}: {error}\n{text}")));
                }
            }
            Ok(true)
        }
        Err(other) => {
            prop_assert!(report.has_errors());
            prop_assert_eq!(other.short(), report.short());
            Ok(false)
        }
    }
}

/// So many cases, or as many times more as `HOSTILE` says.
fn config(cases: u32) -> Config {
    let factor = env::var("HOSTILE").ok().and_then(|factor| factor.parse().ok()).unwrap_or(1);
    Config { cases: cases * factor, failure_persistence: None, ..Config::default() }
}

fn specification(name: &str) -> Vec<Source> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
    let mut files: Vec<PathBuf> = if path.is_dir() {
        fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()).collect()
    } else {
        vec![path]
    };
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let source = |file: PathBuf| Source {
        name: file.file_name().unwrap().to_str().unwrap().to_owned(),
        text: fs::read_to_string(&file).unwrap(),
    };
    files.into_iter().map(source).collect()
}

/// Gives the number of cases that were specifications all the same.
fn damaged(name: &str, cases: u32) -> u32 {
    let original = specification(name);
    let wounds = prop::collection::vec((any::<Index>(), damage()), 1..4);
    let generated = Cell::new(0);
    proptest!(config(cases), |(wounds in wounds)| {
        let mut sources = original.clone();
        for (file, wound) in &wounds {
            let file = file.get_mut(&mut sources);
            file.text = apply(&file.text, wound);
        }
        if survives(&sources)? {
            generated.set(generated.get() + 1);
        }
    });
    generated.get()
}

/// What follows is about damage, not about these.
#[test]
fn undamaged() {
    for name in ["obstacle/forms.yaml", "obstacle/names.yaml"] {
        let report = check(specification(name));
        assert!(!report.has_errors(), "{name}\n{report}");
    }
}

#[test]
fn a_specification() {
    let generated = damaged("punt", 200);
    assert!(generated > 30, "only {generated} of 200 were accepted");
}

#[test]
fn names_that_lie_in_wait() {
    damaged("obstacle/names.yaml", 80);
}

#[test]
fn several_files() {
    damaged("sunshine", 10);
}

/// The fixtures of mistakes, with more mistakes.
#[test]
fn mistakes_in_mistakes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let mut texts = Vec::new();
    for family in fs::read_dir(root).unwrap() {
        for file in fs::read_dir(family.unwrap().path()).unwrap() {
            let file = file.unwrap().path();
            if file.extension().is_some_and(|extension| extension == "yaml") {
                texts.push(fs::read_to_string(file).unwrap());
            }
        }
    }
    texts.sort();
    let case = (select(texts), prop::collection::vec(damage(), 1..4));
    proptest!(config(1000), |((text, wounds) in case)| {
        let text = wounds.iter().fold(text, |text, wound| apply(&text, wound));
        survives(&[Source { name: "case.yaml".to_owned(), text }])?;
    });
}

/// Any bytes that are a text.
#[test]
fn no_specification_at_all() {
    proptest!(config(300), |(text in "\\PC{0,200}", tail in prop::collection::vec(select(&WORDS[..]), 0..40))| {
        for text in [text.clone(), tail.concat(), format!("clientwright: 1\n{text}: {}", tail.concat())] {
            survives(&[Source { name: "case.yaml".to_owned(), text }])?;
        }
    });
}
