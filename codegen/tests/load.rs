//! What is read as a specification, under which names, and what is said about what cannot be read.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod temp;

use std::fs::File;
use std::path::{Path, PathBuf};

use clientwright_codegen::load::{self, Layout, MAX_FILE_SIZE, load, providers};
use temp::Temp;

/// The names of the files of a specification, relative to the folder of the test.
fn names(temp: &Temp, path: &str) -> Vec<String> {
    let sources = load(&temp.join(path)).unwrap();
    sources.into_iter().map(|source| relative(temp, &source.name)).collect()
}

/// What is said, a line for each: name, code and message.
fn faults(temp: &Temp, path: &str) -> Vec<String> {
    let report = load(&temp.join(path)).unwrap_err();
    let line = |found: &clientwright_codegen::diag::Diagnostic| {
        let name = relative(temp, report.sources.name(found.span.file));
        format!("{name}: {}: {}", found.code.id, found.message)
    };
    report.diagnostics.iter().map(line).collect()
}

fn relative(temp: &Temp, name: &str) -> String {
    let root = format!("{}/", temp.path().display());
    name.strip_prefix(&root).unwrap_or(name).to_owned()
}

#[test]
fn a_file_is_itself_whatever_it_is_called() {
    let temp = Temp::new("load-file");
    temp.put("a.yaml", "a: 1\n").put("b.txt", "b: 1\n");
    let sources = load(&temp.join("a.yaml")).unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].text, "a: 1\n");
    assert_eq!(names(&temp, "b.txt"), ["b.txt"]);
}

#[test]
fn a_folder_is_all_yaml_below_it_in_order() {
    let temp = Temp::new("load-folder");
    for path in
        ["b.yaml", "a/z.yml", "a/b/c.YAML", "a.yaml", "notes.md", ".hidden.yaml", ".git/x.yaml"]
    {
        temp.put(&format!("polar/{path}"), "x: 1\n");
    }
    let expected = ["polar/a.yaml", "polar/a/b/c.YAML", "polar/a/z.yml", "polar/b.yaml"];
    assert_eq!(names(&temp, "polar"), expected);
    assert_eq!(names(&temp, "./polar/"), expected, "however it was asked for");
}

#[test]
fn names_are_as_they_were_asked_for() {
    // Tests run in the folder of their package.
    let sources = load(Path::new("./tests//temp/../temp/none")).unwrap_err().sources;
    let file = sources.files().next().unwrap();
    assert_eq!(sources.name(file), "tests/temp/../temp/none");
}

#[test]
fn every_file_that_cannot_be_read_is_told_at_once() {
    let temp = Temp::new("load-unhappy");
    temp.put("all/a.yaml", b"a: 1\nb: caf\xe9\n").put("all/b.yaml", "fine: 1\n");
    let large = File::create(temp.join("all/c.yaml")).unwrap();
    large.set_len(MAX_FILE_SIZE + 1).unwrap();
    assert_eq!(
        faults(&temp, "all"),
        [
            "all/a.yaml: E0002: byte 11 (0xe9, on line 2) is not UTF-8",
            "all/c.yaml: E0005: the file has 16777217 bytes, and 16777216 are the most",
        ]
    );
    large.set_len(MAX_FILE_SIZE).unwrap();
    assert_eq!(faults(&temp, "all").len(), 1, "the limit itself is allowed");
}

#[test]
fn what_is_not_there_and_what_is_empty() {
    let temp = Temp::new("load-empty");
    temp.put("empty/readme.md", "x").put("hidden/.a.yaml", "x");
    assert_eq!(faults(&temp, "none.yaml"), ["none.yaml: E0001: there is no such file or folder"]);
    for path in ["empty", "hidden"] {
        let expected = format!("{path}: E0001: there is no specification in this folder");
        assert_eq!(faults(&temp, path), [expected]);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_of_several_specifications_is_told_as_such() {
    let temp = Temp::new("load-several");
    let whole = |name: &str| format!("clientwright: 1\nprovider: {{ name: {name} }}\n");
    temp.put("specs/a.yaml", whole("a")).put("specs/b/b.yaml", whole("b"));
    temp.put("specs/b/models.yaml", "clientwright: 1\nmodels: {}\n");
    let expected = "specs: E0206: there are 2 specifications in this folder, and not one";
    assert_eq!(faults(&temp, "specs"), [expected]);
    let report = load(&temp.join("specs")).unwrap_err();
    let help = report.diagnostics[0].help.clone().unwrap();
    let each = ["specs/a.yaml", "specs/b"].map(|path| format!("`{}`", temp.join(path).display()));
    assert_eq!(help, format!("name each of them: {}", each.join(" and ")));
    assert_eq!(names(&temp, "specs/b"), ["specs/b/b.yaml", "specs/b/models.yaml"]);
    // What is not checked as a whole can be read as one.
    assert_eq!(load::own(&temp.join("specs")).unwrap().len(), 3);
}

#[test]
fn what_is_no_file_is_not_opened() {
    let temp = Temp::new("load-special");
    let status = std::process::Command::new("mkfifo").arg(temp.join("a.yaml")).status();
    // Without a program that makes pipes there is nothing to try.
    if status.is_ok_and(|status| status.success()) {
        assert_eq!(
            faults(&temp, "."),
            ["./a.yaml: E0001: this is not a regular file"].map(|s| s.replace("./", ""))
        );
    }
}

#[cfg(unix)]
#[test]
fn links_stay_inside_the_folder() {
    use std::os::unix::fs::symlink;

    let temp = Temp::new("load-links");
    temp.put("spec/a.yaml", "a: 1\n")
        .put("spec/.data/b.yaml", "b: 1\n")
        .put("outside.yaml", "c: 1\n");
    symlink(temp.join("spec/a.yaml"), temp.join("spec/0-again.yaml")).unwrap();
    symlink(temp.join("spec"), temp.join("spec/circle")).unwrap();
    symlink(".data", temp.join("spec/data")).unwrap();
    symlink("nowhere", temp.join("spec/broken.txt")).unwrap();
    symlink(temp.join("outside.yaml"), temp.join("spec/readme.md")).unwrap();
    assert_eq!(names(&temp, "spec"), ["spec/a.yaml", "spec/data/b.yaml"], "each file once");

    symlink(temp.join("outside.yaml"), temp.join("spec/out.yaml")).unwrap();
    symlink(temp.path(), temp.join("spec/up")).unwrap();
    symlink("nowhere", temp.join("spec/broken.yaml")).unwrap();
    let leaves = "E0001: this symbolic link leaves the folder of the specification";
    let mut found = faults(&temp, "spec");
    found.sort();
    assert_eq!(
        found,
        [
            "spec/broken.yaml: E0001: there is no such file or folder".to_owned(),
            format!("spec/out.yaml: {leaves}"),
            format!("spec/up: {leaves}"),
        ]
    );
    symlink(temp.join("outside.yaml"), temp.join("asked.yaml")).unwrap();
    assert_eq!(names(&temp, "asked.yaml"), ["asked.yaml"], "what was asked for may be anywhere");
}

/// A specification that uses a file.
fn using(path: &str) -> String {
    format!("clientwright: 1\nuse: {{ common: {path} }}\n")
}

#[test]
fn files_that_are_used_come_behind_those_that_use_them() {
    let temp = Temp::new("load-used");
    temp.put("specs/shop/b.yaml", using("../common/one.yaml"))
        .put("specs/shop/a.yaml", using("./../common/two.yaml"))
        .put("specs/common/one.yaml", using("two.yaml"))
        .put("specs/common/two.yaml", using("one.yaml"))
        .put("specs/common/three.yaml", "x: 1\n")
        .put("specs/single.yaml", using("common/three.yaml"));
    let used = ["specs/common/two.yaml", "specs/common/one.yaml"];
    let expected = [["specs/shop/a.yaml", "specs/shop/b.yaml"], used].concat();
    assert_eq!(names(&temp, "specs/shop"), expected, "each once, whatever circles there are");
    assert_eq!(names(&temp, "specs/single.yaml"), ["specs/single.yaml", "specs/common/three.yaml"]);
    let own = load::own(&temp.join("specs/shop")).unwrap();
    assert_eq!(own.len(), 2);
}

#[test]
fn files_that_cannot_be_used_are_told_where_they_are_named() {
    let temp = Temp::new("load-unusable");
    let used = "use: { a: ../none.yaml, b: ../../secret.yaml, c: ../../../../etc/passwd, d: ../bad.yaml }\n";
    temp.put("specs/shop/a.yaml", format!("clientwright: 1\n{used}"))
        .put("specs/bad.yaml", b"\xff")
        .put("secret.yaml", "x: 1\n");
    let leaves = "it leaves the folder in which the specification lies";
    let expected = [
        "`../none.yaml` cannot be read: there is no such file or folder".to_owned(),
        format!("`../../secret.yaml` cannot be read: {leaves}"),
        format!("`../../../../etc/passwd` cannot be read: {leaves}"),
        "`../bad.yaml` cannot be read: byte 0 (0xff, on line 1) is not UTF-8".to_owned(),
    ];
    let report = load(&temp.join("specs/shop")).unwrap_err();
    let messages: Vec<_> = report.diagnostics.iter().map(|one| one.message.clone()).collect();
    assert_eq!(messages, expected);
    let place = &report.diagnostics[1].span;
    let (line, column) = report.sources.line_column(place.file, place.start);
    assert_eq!((line, column), (2, 28));
}

#[test]
fn exchanges_are_read_beside_the_methods_that_they_show() {
    let temp = Temp::new("load-exchanges");
    let method = |path: &str| {
        format!("clientwright: 1\nmethods: {{ a.b: {{ examples: {{ one: {path} }} }} }}\n")
    };
    temp.put("specs/shop/a.yaml", method("examples/one.http"))
        .put("specs/shop/examples/one.http", "GET /\n")
        .put("specs/shop/examples/two.http", "GET /\n")
        .put("specs/other/a.yaml", method("../../../one.http"));
    assert_eq!(names(&temp, "specs/shop"), ["specs/shop/a.yaml", "specs/shop/examples/one.http"]);
    let report = load(&temp.join("specs/other")).unwrap_err();
    let leaves =
        "`../../../one.http` cannot be read: it leaves the folder in which the specification lies";
    assert_eq!(report.diagnostics[0].message, leaves);
}

#[cfg(unix)]
#[test]
fn no_symbolic_link_leads_to_a_used_file() {
    use std::os::unix::fs::symlink;

    let temp = Temp::new("load-used-links");
    temp.put("specs/shop/a.yaml", using("../common/one.yaml"))
        .put("specs/shop.yaml", using("two.yaml"))
        .put("elsewhere/one.yaml", "x: 1\n");
    symlink(temp.join("elsewhere"), temp.join("specs/common")).unwrap();
    symlink(temp.join("elsewhere/one.yaml"), temp.join("specs/two.yaml")).unwrap();
    for (path, named) in [("specs/shop", "../common/one.yaml"), ("specs/shop.yaml", "two.yaml")] {
        let report = load(&temp.join(path)).unwrap_err();
        let expected = format!("`{named}` cannot be read: a symbolic link leads to it");
        assert_eq!(report.diagnostics[0].message, expected);
    }
}

#[test]
fn providers_are_the_files_and_folders_that_are_not_skipped() {
    let temp = Temp::new("load-providers");
    for path in [
        "specs/punt.yaml",
        "specs/polar/webhooks.yaml",
        "specs/common/types.yaml",
        "specs/common.yaml",
        "specs/obstacle/names.yaml",
        "specs/images/logo.svg",
        "specs/README.md",
        "specs/.draft/a.yaml",
        "specs/deep/er/a.yml",
    ] {
        temp.put(path, "x: 1\n");
    }
    let found = |layout: &Layout| -> Vec<String> {
        let paths: Vec<PathBuf> = providers(&temp.join("specs"), layout).unwrap();
        paths.iter().map(|path| relative(&temp, path.to_str().unwrap())).collect()
    };
    assert_eq!(found(&Layout::default()), ["specs/deep", "specs/polar", "specs/punt.yaml"]);
    let mut layout = Layout::default();
    layout.skipped = vec!["deep".to_owned()];
    assert_eq!(found(&layout).len(), 5);
    layout.skipped = ["deep", "polar", "punt", "common", "obstacle"].map(str::to_owned).to_vec();
    for path in ["specs", "none", "specs/punt.yaml"] {
        assert!(providers(&temp.join(path), &layout).unwrap_err().has_errors(), "{path}");
    }
}

/// The specifications of a folder, relative to it.
fn found(temp: &Temp, folder: &str, unsaved: &[(&str, &str)]) -> Vec<String> {
    let put = |(path, text): &(&str, &str)| (temp.join(path), (*text).to_owned());
    let unsaved = unsaved.iter().map(put).collect();
    let found = load::specifications(&temp.join(folder), true, &unsaved);
    found.iter().map(|path| relative(temp, path.to_str().unwrap())).collect()
}

#[test]
fn a_workspace_is_taken_apart_into_specifications() {
    let temp = Temp::new("load-workspace");
    let provider = "# A comment.\nclientwright: 1\nprovider: { name: a }\n";
    let part = "clientwright: 1\nmodels: { A: string }\n";
    let uses = format!("{provider}use: {{ platform: ../common/platform.yaml }}\n");
    temp.put("docker.yaml", "services: {}\n")
        .put("ci.yaml", "run: |\n  clientwright: 1\n  provider: 1\nclientwrights: 1\n")
        .put("flow/a.yaml", "\u{feff}{ \"clientwright\": 1, provider: { name: a } }\n")
        .put("specs/alone.yaml", provider)
        .put("specs/common/platform.yaml", part)
        .put("specs/polar/polar.yaml", &uses)
        .put("specs/polar/more/users.yaml", part)
        .put("specs/shop/shop.yaml", &uses)
        .put("specs/two/a.yaml", provider)
        .put("specs/two/b.yaml", provider)
        .put("specs/two/part.yaml", part)
        .put("specs/mixed/a.yaml", provider)
        .put("specs/mixed/ci.yaml", "on: push\n")
        .put("node_modules/x/a.yaml", provider)
        .put(".hidden/a.yaml", provider);
    let expected = [
        "flow",
        "specs/alone.yaml",
        "specs/mixed/a.yaml",
        "specs/polar",
        "specs/shop",
        "specs/two/a.yaml",
        "specs/two/b.yaml",
    ];
    assert_eq!(found(&temp, "", &[]), expected);
    let new = [("specs/new/new.yaml", provider), ("specs/alone.yaml", "")];
    assert_eq!(found(&temp, "", &new)[..3], ["flow", "specs/mixed/a.yaml", "specs/new"]);
    assert_eq!(found(&temp, "specs/none", &[]), [""; 0]);
}

#[test]
fn what_is_not_saved_stands_for_its_file() {
    let temp = Temp::new("load-unsaved");
    temp.put("shop/shop.yaml", "use: { a: ../common/a.yaml, b: ../common/b.yaml }\n")
        .put("common/a.yaml", "a: 1\n");
    let texts = |unsaved: &load::Unsaved| {
        let (sources, report) = load::load_over(&temp.join("shop"), unsaved);
        let texts =
            sources.into_iter().map(|it| format!("{}={}", relative(&temp, &it.name), it.text));
        (texts.collect::<Vec<_>>(), report.diagnostics.len())
    };
    let (saved, faults) = texts(&load::Unsaved::new());
    assert_eq!((saved.len(), faults), (2, 1), "what can be read is there, whatever else cannot");
    let unsaved = load::Unsaved::from([
        (temp.join("common/a.yaml"), "a: 2\n".to_owned()),
        (temp.join("common/b.yaml"), "b: 1\n".to_owned()),
        (temp.join("shop/new.yaml"), "c: 1\n".to_owned()),
        (temp.join("shop/.new.yaml"), "d: 1\n".to_owned()),
        (temp.join("elsewhere/new.yaml"), "e: 1\n".to_owned()),
    ]);
    let (texts, faults) = texts(&unsaved);
    assert_eq!(faults, 0);
    assert_eq!(texts[0], "shop/new.yaml=c: 1\n");
    assert_eq!(texts[2..], ["common/a.yaml=a: 2\n", "common/b.yaml=b: 1\n"]);
}
