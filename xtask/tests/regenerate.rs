//! `cargo xtask regenerate` on a small repository of its own.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

#[path = "../../codegen/tests/temp/mod.rs"]
mod temp;

use std::process::Command;

use temp::Temp;

const PUNT: &str = "\
clientwright: 1
provider: { name: punt, title: Punt, doc: Sends parcels. }
servers: { production: https://punt.example }
methods:
  parcels.list:
    doc: Returns all parcels.
    http: GET /parcels
    returns: list<string>
";

/// Status, standard output and standard error of a task.
fn task(temp: &Temp, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        // What cargo sets; the repository is around the package.
        .env("CARGO_MANIFEST_DIR", temp.join("xtask"))
        .current_dir(temp.join("specs"))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_changed_is_written_and_told() {
    let temp = Temp::new("xtask-regenerate");
    temp.put("specs/punt.yaml", PUNT).put("specs/polar/a.yaml", PUNT.replace("punt", "polar"));
    temp.put("specs/obstacle/names.yaml", "not a provider").put("specs/common/x.yaml", "nor this");
    let (code, out, err) = task(&temp, &["regenerate"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("wrote generated/src/punt/mod.rs\n"), "{out}");
    let manifest = temp.text("generated/Cargo.toml");
    assert!(manifest.contains("name = \"clientwright-providers\"\n"), "{manifest}");
    assert!(manifest.contains("default = [\"reqwest\", \"polar\", \"punt\"]\n"), "{manifest}");
    assert!(manifest.contains("version.workspace = true\n"), "{manifest}");
    assert!(!temp.join("generated/vendor").exists());

    for arguments in [&["regenerate"][..], &["regenerate", "--check"]] {
        let expected = (0, "generated/ is up to date\n".to_owned(), String::new());
        assert_eq!(task(&temp, arguments), expected);
    }
}

#[test]
fn check_names_file_line_and_the_command_that_repairs() {
    let temp = Temp::new("xtask-check");
    temp.put("specs/punt.yaml", PUNT);
    assert_eq!(task(&temp, &["regenerate"]).0, 0);
    let root = temp.text("generated/src/lib.rs");
    temp.put("generated/src/lib.rs", root.replace("forbid(unsafe_code)", "allow(unsafe_code)"));
    let (code, out, err) = task(&temp, &["regenerate", "--check"]);
    let line = root.lines().position(|line| line.contains("unsafe_code")).unwrap() + 1;
    assert_eq!(code, 1);
    assert_eq!(
        out,
        format!(
            "generated/src/lib.rs:{line}: differs\n    - #![allow(unsafe_code)]\n    + #![forbid(unsafe_code)]\n"
        )
    );
    assert_eq!(err, "generated/ is out of date; run `cargo xtask regenerate`\n");
    let (code, out, _) = task(&temp, &["regenerate"]);
    assert_eq!((code, out.as_str()), (0, "wrote generated/src/lib.rs\n"));
    assert_eq!(temp.text("generated/src/lib.rs"), root);
}

#[test]
fn errors_of_all_specifications_are_told_and_nothing_is_written() {
    let temp = Temp::new("xtask-errors");
    let bad = PUNT.replace("list<string>", "list<Parcel>");
    temp.put("specs/a.yaml", &bad).put("specs/b.yaml", &bad).put("specs/punt.yaml", PUNT);
    let (code, out, err) = task(&temp, &["regenerate"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("specs/a.yaml:8:") && err.contains("specs/b.yaml:8:"), "{err}");
    assert!(!err.contains(&temp.path().display().to_string()), "no paths of this machine: {err}");
    assert!(!temp.join("generated").exists());
}

#[test]
fn wrong_usage() {
    let temp = Temp::new("xtask-usage");
    temp.put("specs/punt.yaml", PUNT);
    for arguments in [&[][..], &["regenrate"], &["regenerate", "--chekc"]] {
        assert_eq!(task(&temp, arguments).0, 2);
    }
    assert_eq!(task(&temp, &["--help"]).0, 0);
}
