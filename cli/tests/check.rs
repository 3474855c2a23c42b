//! `clientwright check` and what holds for all commands: status, streams, formats, colour.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use std::process::Stdio;

use serde_json::Value;
use support::{PUNT, Temp, bad, program, run};

#[test]
fn a_good_specification_is_fine() {
    let temp = Temp::new("check-good");
    temp.put("punt.yaml", PUNT).put("folder/punt.yaml", PUNT);
    let run = run(&temp, ["check", "punt.yaml", "folder"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert_eq!(run.err, "checked 2 files: no errors\n");
}

#[test]
fn all_errors_of_all_specifications_are_shown() {
    let temp = Temp::new("check-bad");
    temp.put("a/bad.yaml", bad()).put("punt.yaml", PUNT).put("b.yaml", bad());
    let run = run(&temp, ["check", "a", "punt.yaml", "./b.yaml", "none.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    for place in ["a/bad.yaml:8:", "a/bad.yaml:12:", " b.yaml:8:", " b.yaml:12:", "none.yaml"] {
        assert!(run.err.contains(place), "{place}: {}", run.err);
    }
    assert!(!run.err.contains('\u{1b}'), "no colour in a pipe");
}

#[test]
fn what_lies_beside_specifications_is_told_in_one_line() {
    let temp = Temp::new("check-beside");
    temp.put("README.md", "# Specifications\n").put("get.http", "GET /\n").put("punt.yaml", PUNT);
    let run = run(&temp, ["check", "README.md", "get.http", "punt.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    let expected = "\
error[E0001]: `README.md` is no specification
  = help: the names of specifications end in `.yaml` or `.yml`
error[E0001]: `get.http` is no specification
  = help: an exchange is checked with the method that names it as an example
";
    assert_eq!(run.err, expected);
}

#[test]
fn what_is_not_there_has_no_line() {
    let temp = Temp::new("check-missing");
    let run = run(&temp, ["check", "none"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("--> none\n"), "{}", run.err);
    assert!(!run.err.contains('|'), "{}", run.err);
}

#[test]
fn json_is_an_object_a_line() {
    let temp = Temp::new("check-json");
    temp.put("bad.yaml", bad()).put("punt.yaml", PUNT);
    let first = run(&temp, ["check", "bad.yaml", "none", "punt.yaml", "--format", "json"]);
    assert_eq!(first.code, 1);
    let lines: Vec<Value> =
        first.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    for line in &lines {
        let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "code",
                "column",
                "end_column",
                "end_line",
                "file",
                "help",
                "label",
                "line",
                "message",
                "notes",
                "patch",
                "related",
                "severity"
            ]
        );
    }
    assert_eq!((&lines[0]["file"], &lines[0]["line"]), (&"bad.yaml".into(), &8.into()));
    assert_eq!((&lines[2]["file"], &lines[2]["code"]), (&"none".into(), &"E0001".into()));
    let good = run(&temp, ["--format", "json", "check", "punt.yaml"]);
    assert_eq!((good.code, good.err.as_str()), (0, ""), "nothing but objects");
}

#[test]
fn github_gets_annotations() {
    let temp = Temp::new("check-github");
    temp.put("bad.yaml", bad());
    let run = run(&temp, ["check", "bad.yaml", "--format=github"]);
    assert_eq!(run.code, 1);
    let lines: Vec<_> = run.err.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("::error file=bad.yaml,line=8,"), "{}", lines[0]);
}

#[test]
fn colour_is_for_terminals_or_as_asked() {
    let temp = Temp::new("check-colour");
    temp.put("bad.yaml", bad());
    let coloured = |arguments: &[&str], variable: Option<&str>| {
        let mut command = program(&temp);
        command.args(["check", "bad.yaml"]).args(arguments);
        if let Some(name) = variable {
            command.env(name, "1");
        }
        String::from_utf8(command.output().unwrap().stderr).unwrap().contains('\u{1b}')
    };
    assert!(!coloured(&[], None));
    assert!(!coloured(&["--color=auto"], None));
    assert!(coloured(&["--color=always"], None));
    assert!(coloured(&["--color=always"], Some("NO_COLOR")), "what was asked for wins");
    assert!(!coloured(&["--color=never"], Some("CLICOLOR_FORCE")));
    assert!(!coloured(&[], Some("NO_COLOR")));
}

#[test]
fn wrong_usage_has_a_status_of_its_own() {
    let temp = Temp::new("check-usage");
    temp.put("punt.yaml", PUNT);
    for arguments in [
        &["check"][..],
        &["chekc", "punt.yaml"],
        &[],
        &["check", "punt.yaml", "--format", "xml"],
        &["generate", "punt.yaml"],
        &["generate", "punt.yaml", "--out", "o", "--crate", "2 bad"],
        &["explain", "E9999"],
    ] {
        let run = run(&temp, arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty(), "{arguments:?}");
    }
    assert_eq!(temp.files(), ["punt.yaml"]);
}

#[test]
fn every_help_has_an_example() {
    let temp = Temp::new("check-help");
    for command in [&[][..], &["check"], &["generate"], &["explain"], &["lsp"]] {
        let run = run(&temp, command.iter().chain(&["--help"]));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{command:?}");
        assert!(run.out.contains("Example"), "{command:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let temp = Temp::new("check-pipe");
    temp.put("bad.yaml", bad()).put("punt.yaml", PUNT);
    for arguments in
        [&["explain"][..], &["check", "bad.yaml"], &["generate", "punt.yaml", "--out", "o"]]
    {
        // Both ends of reading are gone before the program writes its first line.
        let mut child = program(&temp)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop((child.stdout.take(), child.stderr.take()));
        let code = child.wait().unwrap().code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?}");
    }
}
