//! `clientwright new`, `init` and `diff`

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use support::{PUNT, Temp, polar, run};

#[test]
fn a_new_specification_passes_check_and_is_laid_out() {
    let temp = Temp::new("new");
    let first = run(&temp, ["new", "weather"]);
    assert_eq!((first.code, first.out.as_str()), (0, "wrote weather.yaml\n"), "{}", first.err);
    let check = run(&temp, ["check", "weather.yaml"]);
    assert_eq!((check.code, check.err.as_str()), (0, "checked 1 file: no errors\n"));
    let fmt = run(&temp, ["fmt", "--check", "weather.yaml"]);
    assert_eq!((fmt.code, fmt.out.as_str()), (0, ""));
    assert_eq!(run(&temp, ["new", "weather"]).code, 1, "what is there stays");
    assert_eq!(run(&temp, ["new", "not a name"]).code, 2);
    let taken = run(&temp, ["new", "async"]);
    assert_eq!(taken.code, 2);
    assert!(taken.err.contains("is no name for a provider"), "{}", taken.err);
}

#[test]
fn a_crate_is_set_up_in_two_ways_and_nothing_is_overwritten() {
    let temp = Temp::new("init");
    assert_eq!(run(&temp, ["init"]).code, 2, "no crate here");
    temp.put("Cargo.toml", "[package]\nname = \"app\"\n");
    let build = run(&temp, ["init", "specs/weather.yaml"]);
    assert_eq!((build.code, build.out.as_str()), (0, "wrote build.rs\n"), "{}", build.err);
    assert!(temp.text("build.rs").contains(".spec(\"specs/weather.yaml\")"));
    assert!(build.err.contains("include!(concat!(env!(\"OUT_DIR\"), \"/clientwright.rs\"));"));
    assert!(
        build.err.contains("cargo add clientwright-runtime --path PATH/runtime"),
        "{}",
        build.err
    );
    assert_eq!(run(&temp, ["init"]).code, 1);
    let task = run(&temp, ["init", "specs/weather.yaml", "--xtask"]);
    assert_eq!(
        (task.code, task.out.as_str()),
        (0, "wrote xtask/Cargo.toml\nwrote xtask/.gitignore\nwrote xtask/src/main.rs\n")
    );
    assert_eq!(temp.text("xtask/.gitignore"), "/target\n");
    assert_eq!(run(&temp, ["init", "a\"b"]).code, 2);
}

/// A folder of specifications is not the folder of one.
#[test]
fn a_crate_is_set_up_for_several_specifications() {
    let temp = Temp::new("init-several");
    temp.put("Cargo.toml", "[package]\nname = \"app\"\n");
    temp.put("specs/punt.yaml", PUNT)
        .put("specs/shop.yaml", PUNT.replace("name: punt", "name: shop"));
    temp.put("specs/common.yaml", "clientwright: 1\nmodels: { Id: string }\n");
    temp.put("one/a.yaml", PUNT).put("one/b.yaml", "clientwright: 1\nmodels: { Id: string }\n");
    let written = |arguments: &[&str], file: &str| {
        let found = run(&temp, arguments.iter().copied());
        assert_eq!(found.code, 0, "{}", found.err);
        let text = temp.text(file);
        std::fs::remove_file(temp.join(file)).unwrap();
        text
    };
    assert!(written(&["init"], "build.rs").contains(".specs(\"specs\")"));
    assert!(written(&["init", "one"], "build.rs").contains(".spec(\"one\")"));
    let task = written(&["init", "--xtask"], "xtask/src/main.rs");
    assert!(task.contains("load::providers(&root.join(\"specs\"), "), "{task}");
}

#[test]
fn differences_are_listed_with_a_verdict() {
    let temp = Temp::new("diff");
    temp.put("old.yaml", PUNT).put("new.yaml", PUNT.replace("stock.list", "stock.all"));
    temp.put("other.yaml", polar()).put("bad.yaml", support::bad());
    let same = run(&temp, ["diff", "old.yaml", "old.yaml"]);
    assert_eq!((same.code, same.out.as_str()), (0, "no changes\n"));
    let human = run(&temp, ["diff", "old.yaml", "new.yaml"]);
    assert_eq!(human.code, 0);
    assert!(human.out.contains("major: stock::list: the method is gone\n"), "{}", human.out);
    assert!(human.out.ends_with("requires a major version\n"), "{}", human.out);
    let json = run(&temp, ["diff", "old.yaml", "new.yaml", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["bump"], "major");
    let bad = run(&temp, ["diff", "old.yaml", "bad.yaml"]);
    assert_eq!((bad.code, bad.out.as_str()), (1, ""));
}
