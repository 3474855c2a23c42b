//! Laying out twice is laying out once, nothing said changes, and every comment survives.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::{format, lay_out, meaning, plain};
use crate::diag::Diagnostics;
use crate::source::{FileId, Source};
use crate::yaml;

fn laid(text: &str) -> String {
    format(&Source { name: "a.yaml".to_owned(), text: text.to_owned() }).unwrap()
}

/// What has to hold for every text without faults.
fn check(text: &str) -> Result<(), TestCaseError> {
    let mut found = Diagnostics::default();
    let parsed = yaml::parse(FileId::default(), text, &mut found);
    if found.has_errors() || !parsed.complete {
        return Ok(());
    }
    let text = plain(text);
    let Some(once) = lay_out(&text) else { return Ok(()) };
    prop_assert!(meaning::same(&text, &once), "{text:?}\n{text}\nbecame\n{once}");
    let twice = lay_out(&once);
    prop_assert_eq!(Some(&once), twice.as_ref(), "{:?}", text);
    prop_assert!(!once.contains(['\t', '\r']) || text.contains('\t'));
    Ok(())
}

/// All specifications of this repository without faults in their YAML.
fn specifications() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    collect(&root.join("../specs"), &mut found);
    collect(&root.join("tests/ui"), &mut found);
    found
}

fn collect(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            found.push(path);
        }
    }
}

#[test]
fn every_specification_is_laid_out() {
    for path in specifications() {
        if let Ok(text) = std::fs::read_to_string(&path) {
            check(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        }
    }
}

#[test]
fn what_is_decided() {
    let text = "\
# About the file.

models:

    # Before.
    A:    # behind the key
        'fields':
            id: \"string\"
            # At the end of the fields.

    B: 'string'
    C: { fields: { one: int32, two: \"a, b\", three: string -- A text that is long enough to leave no room for it on one line } }
    # At the end of the models.
# Before the methods.
methods: {}
clientwright: 1   # version
provider: { name: demo,
  title: 'It''s \"so\"' }
# The end.
";
    let expected = "\
# About the file.

clientwright: 1 # version
provider: { name: demo, title: 'It''s \"so\"' }

models:
  # Before.
  A: # behind the key
    fields:
      id: string
      # At the end of the fields.

  B: string

  C:
    fields: { one: int32, two: \"a, b\", three: string -- A text that is long enough to leave no room for it on one line }
  # At the end of the models.

# Before the methods.
methods: {}
# The end.
";
    assert_eq!(laid(text), expected);
}

#[test]
fn texts() {
    let text = "\
a: 'yes'
b: \"12\"
c: 'a: b'
d: \"a # b\"
e: 'x' # why
f: >-
        one
        two
g: |2
      deep
    less
h: one
  two
i: \"one
  two\"
j: ~
k:
l: 'Count, of all'
m: [ 'x, y' , \"z\", /a ]
n: { username: 'fixed', password: \"fixed\" }
";
    let expected = "\
a: \"yes\"
b: \"12\"
c: \"a: b\"
d: \"a # b\"
e: \"x\" # why

f: >-
  one
  two

g: |2
      deep
    less

h: one two
i: one two
j: null
k:
l: Count, of all
m: [\"x, y\", z, /a]
n: { username: \"fixed\", password: \"fixed\" }
";
    assert_eq!(laid(text), expected);
}

#[test]
fn lists_and_brackets_that_do_not_fit() {
    let text = "\
list:
- a: 1
  b: 2
-   - c
    -   - d # deep
- # before e
  e: 3
-
brackets: { # first
  one: 1, # behind one
  # before two
  two: [a, # behind a
    b] # behind two
  # the end
} # behind all
";
    let expected = "\
list:
  - a: 1
    b: 2
  - - c
    - - d # deep
  # before e
  - e: 3
  - null

brackets: # first
  one: 1 # behind one
  # before two
  two:
    - a # behind a
    - b
    # behind two
  # the end
  # behind all
";
    assert_eq!(laid(text), expected);
}

#[test]
fn faults_are_reported_and_nothing_is_laid_out() {
    let source = Source { name: "a.yaml".to_owned(), text: "a: [1\nb: 2\n".to_owned() };
    assert!(format(&source).unwrap_err().has_errors());
}

#[test]
fn comments_inside_the_first_line_of_an_item_go_before_it() {
    assert_eq!(laid("b:\n- b:  # c\n    ''\n"), "b:\n  # c\n  - b: \"\"\n");
    assert_eq!(laid("b:\n- - b:  # c\n      ''\n"), "b:\n  # c\n  - - b: \"\"\n");
}

#[test]
fn a_tab_begins_a_folded_text() {
    check("b: >-\n    \t\n      # f\n").unwrap();
}

#[test]
fn files_without_keys_keep_their_comments() {
    assert_eq!(laid(""), "");
    assert_eq!(laid("\n# Nothing yet.  \n\n"), "# Nothing yet.\n");
}

/// What layout has to do with.
const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    "a",
    "b: ",
    "key: ",
    "models:\n  ",
    "methods: ",
    "clientwright: 1\n",
    "- ",
    ", ",
    "[",
    "]",
    "{ ",
    " }",
    "\"x\"",
    "'y'",
    "\"",
    "'",
    "|\n  ",
    ">-\n    ",
    "|+\n ",
    " # c",
    "\n# d",
    "\n  # e",
    "\n      # f\n",
    "~",
    "null",
    "12",
    "é",
    "a: b\n",
    "c: { d: e }\n",
    "\t",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn pieces_of_yaml(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        check(&pieces.concat())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn changed_specifications(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..8, prop::sample::select(PIECES)), 1..6),
    ) {
        let files = specifications();
        let mut text = std::fs::read_to_string(file.get(&files)).unwrap_or_default();
        for (at, cut, piece) in changes {
            let borders: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let Some(from) = borders.get(at.index(borders.len().max(1))) else { continue };
            let to = borders.iter().copied().find(|b| *b >= from + cut).unwrap_or(text.len());
            text.replace_range(*from..to, piece);
        }
        check(&text)?;
    }
}

/// In quotes these are what is sent, and without them the name of an argument or a type.
#[test]
fn quotes_that_say_something_stay() {
    let text = "auth:\n  a: { scheme: jwt, alg: HS256, kid: \"app\", secret: s, claims: { aud: \"https://a\", sub: string } }\n\
                \n  b:\n    scheme: jwt\n    alg: HS256\n    secret: s\n    claims:\n      aud: \"https://a\"\n      \
                sub: string # Whose.\n";
    let laid = laid(text);
    assert_eq!(laid.matches("aud: \"https://a\"").count(), 2, "{laid}");
    assert!(laid.contains("kid: \"app\""), "{laid}");
    let keys = "models:\n  A:\n    fields:\n      \"b?\": string\n      \"else\": string\n      \"c\": string\n";
    let laid = self::laid(keys);
    assert!(laid.contains("\"b?\": string") && laid.contains("\"else\": string"), "{laid}");
    assert!(laid.contains(" c: string"), "{laid}");
}
