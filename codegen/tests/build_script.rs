//! What a build script writes and what it tells cargo.
//!
//! [`Build::generate`] ends the process when there are errors, so it runs in another one: this program again,
//! asked for the test `child` alone.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod temp;

use std::env;
use std::process::Command;

use clientwright_codegen::build_script::Build;
use clientwright_codegen::check;
use clientwright_codegen::source::Source;
use temp::Temp;

const SPECS: &str = "CLIENTWRIGHT_TEST_SPECS";

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

#[test]
fn child() {
    let Some(specs) = env::var_os(SPECS) else { return };
    let specs: Vec<_> = env::split_paths(&specs).collect();
    // What ends in a slash is a folder with several.
    let add =
        |build: Build, path: std::path::PathBuf| match path.to_str().unwrap().strip_suffix('/') {
            Some(folder) => build.specs(folder),
            None => build.spec(path),
        };
    specs.into_iter().fold(Build::new(), add).generate();
    println!("\ngoes on");
}

/// What cargo reads, and whether the script went on after generating.
fn run(temp: &Temp, specs: &[&str]) -> (Vec<String>, bool) {
    let specs = env::join_paths(specs.iter().map(|spec| temp.join(spec))).unwrap();
    let output = Command::new(env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(SPECS, specs)
        .env("OUT_DIR", temp.join("out"))
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo would print everything twice");
    let text = String::from_utf8(output.stdout).unwrap();
    let root = format!("{}/", temp.path().display());
    let lines = text.lines().filter_map(|line| line.split_once("cargo::"));
    let lines = lines.map(|(_, line)| line.replace(&root, "")).collect();
    (lines, text.contains("goes on"))
}

#[test]
fn modules_and_a_stub_are_written_and_files_are_watched() {
    let temp = Temp::new("build-script-good");
    temp.put("punt.yaml", PUNT).put("polar/a.yaml", PUNT.replace("punt", "polar"));
    let (lines, goes_on) = run(&temp, &["punt.yaml", "polar"]);
    assert_eq!(lines, ["rerun-if-changed=punt.yaml", "rerun-if-changed=polar"]);
    assert!(goes_on);
    let stub = temp.text("out/clientwright.rs");
    let expected = "\n#[path = \"polar/mod.rs\"]\npub mod polar;\n\n#[path = \"punt/mod.rs\"]\npub mod punt;\n";
    assert!(stub.ends_with(expected), "{stub}");
    assert!(temp.text("out/punt/mod.rs").contains("Sends parcels."));
}

#[test]
fn all_specifications_of_a_folder_are_found_each_time() {
    let temp = Temp::new("build-script-folder");
    temp.put("specs/punt.yaml", PUNT).put("specs/common/one.yaml", "clientwright: 1\n");
    let (lines, goes_on) = run(&temp, &["specs/"]);
    assert_eq!((lines, goes_on), (vec!["rerun-if-changed=specs".to_owned()], true));
    temp.put("specs/polar/a.yaml", PUNT.replace("punt", "polar"));
    run(&temp, &["specs/"]);
    let stub = temp.text("out/clientwright.rs");
    assert!(stub.contains("pub mod polar;") && stub.contains("pub mod punt;"), "{stub}");
    let (lines, goes_on) = run(&temp, &["none/"]);
    assert!(!goes_on && lines.iter().any(|line| line.starts_with("error=")), "{lines:?}");
}

#[test]
fn files_that_are_used_are_watched_too() {
    let temp = Temp::new("build-script-used");
    let uses = "use: { common: ../common/one.yaml }\n";
    temp.put("specs/punt/a.yaml", format!("{PUNT}{uses}"))
        .put("specs/common/one.yaml", "clientwright: 1\nmodels: { Spare: string }\n");
    let (lines, _) = run(&temp, &["specs/punt"]);
    assert!(lines.contains(&"rerun-if-changed=specs/common/one.yaml".to_owned()), "{lines:?}");
    let manifest = temp.text("out/.clientwright");
    temp.put("specs/common/one.yaml", "clientwright: 1\nmodels: { Spare: int32 }\n");
    run(&temp, &["specs/punt"]);
    assert_ne!(temp.text("out/.clientwright"), manifest, "the fingerprint is of all files");
}

#[test]
fn errors_are_told_line_by_line_and_nothing_is_written() {
    let temp = Temp::new("build-script-bad");
    temp.put("punt.yaml", PUNT).put("bad.yaml", PUNT.replace("list<string>", "list<Parcel>"));
    let (lines, goes_on) = run(&temp, &["punt.yaml", "bad.yaml", "none.yaml"]);
    assert!(!goes_on);
    let rerun = "rerun-if-changed=";
    assert_eq!(lines.iter().filter(|line| line.starts_with(rerun)).count(), 3, "{lines:#?}");
    let told: Vec<_> = lines.iter().filter(|line| !line.starts_with(rerun)).collect();
    assert!(told.iter().all(|line| line.starts_with("error=")), "{lines:#?}");
    assert!(told.iter().any(|line| line.contains("bad.yaml:8:")), "{lines:#?}");
    // Word for word what the command line says.
    let text = temp.text("bad.yaml");
    let report = check(vec![Source { name: "bad.yaml".to_owned(), text }]).human(false);
    let words: Vec<&str> = told.iter().filter_map(|line| line.strip_prefix("error=")).collect();
    assert!(words.join("\n").contains(report.trim_end()), "{report}\n{words:#?}");
    assert!(told.iter().any(|line| line.contains("none.yaml")), "{lines:#?}");
    assert!(!temp.join("out").exists());
}

#[test]
fn two_specifications_of_one_provider_are_an_error() {
    let temp = Temp::new("build-script-twice");
    temp.put("a.yaml", PUNT).put("b.yaml", PUNT);
    let (lines, goes_on) = run(&temp, &["a.yaml", "b.yaml"]);
    assert!(!goes_on);
    let last = lines.last().unwrap();
    assert_eq!(last, "error=two specifications have the provider name `punt`");
}
