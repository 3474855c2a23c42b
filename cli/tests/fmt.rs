//! `clientwright fmt`

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use support::{PUNT, Temp, run};

/// The same with blanks, quotes and order that are not canonical.
const UNTIDY: &str = "\
provider: { name: 'punt',   title: Punt, doc: Sends parcels. }  # who
clientwright: 1
servers:   { production: https://punt.example }

methods:
    parcels.list:
        http: GET /parcels
        returns: list<string>
";

const TIDY: &str = "\
clientwright: 1
provider: { name: punt, title: Punt, doc: Sends parcels. } # who
servers: { production: https://punt.example }

methods:
  parcels.list:
    http: GET /parcels
    returns: list<string>
";

#[test]
fn files_are_laid_out_once() {
    let temp = Temp::new("fmt-write");
    temp.put("a.yaml", UNTIDY).put("folder/b.yaml", TIDY);
    let first = run(&temp, ["fmt", "a.yaml", "folder"]);
    assert_eq!((first.code, first.out.as_str()), (0, "laid out a.yaml\n"));
    assert_eq!(first.err, "2 files looked at, 1 changed\n");
    assert_eq!(temp.text("a.yaml"), TIDY);
    let second = run(&temp, ["fmt", ".", "--check"]);
    assert_eq!((second.code, second.out.as_str()), (0, ""));
}

#[test]
fn check_names_file_and_line_and_writes_nothing() {
    let temp = Temp::new("fmt-check");
    temp.put("folder/a.yaml", UNTIDY).put("b.yaml", PUNT);
    let human = run(&temp, ["fmt", "--check", "folder"]);
    assert_eq!(human.code, 1);
    assert!(human.out.starts_with("folder/a.yaml:1: differs\n"), "{}", human.out);
    let json = run(&temp, ["fmt", "--check", "folder", "--format", "json"]);
    assert_eq!(json.code, 1);
    assert!(json.err.contains("\"file\":\"folder/a.yaml\",\"line\":1"), "{}", json.err);
    assert_eq!(temp.text("folder/a.yaml"), UNTIDY);
}

/// Blanks and line ends are what a layout is about, and nobody sees them.
#[test]
fn check_shows_what_cannot_be_seen() {
    let temp = Temp::new("fmt-unseen");
    let told = |text: &str| run(temp.put("a.yaml", text), ["fmt", "--check", "a.yaml"]).out;
    let lines = |number: usize, found: &str, expected: &str| {
        format!("a.yaml:{number}: differs\n    - {found}\n    + {expected}\n")
    };
    let last = "    returns: list<string>";
    assert_eq!(told(TIDY.trim_end()), lines(8, last, &format!("{last}\\n")));
    assert_eq!(told(&format!("{TIDY}\n\n")), lines(9, "(empty line)", "(end of file)"));
    let crowded = TIDY.replace("\n\n", "\n");
    assert_eq!(told(&crowded), lines(4, "methods:", "(empty line)"));
    let blank = TIDY.replace("methods:\n", "methods: \n");
    assert_eq!(told(&blank), lines(5, "methods:\\u{20}", "methods:"));
}

#[test]
fn what_cannot_be_read_is_left_and_reported() {
    let temp = Temp::new("fmt-faults");
    let faulty = "clientwright:  1\nmodels: [\n";
    temp.put("a.yaml", faulty).put("b.yaml", UNTIDY);
    let run = run(&temp, ["fmt", "a.yaml", "b.yaml", "none.yaml"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("a.yaml:2:") && run.err.contains("none.yaml"), "{}", run.err);
    assert_eq!((temp.text("a.yaml").as_str(), temp.text("b.yaml").as_str()), (faulty, TIDY));
}
