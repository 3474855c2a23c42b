//! `clientwright export openapi`

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use support::{PUNT, Temp, bad, run};

#[test]
fn the_name_of_the_file_chooses_the_syntax() {
    let temp = Temp::new("export-syntax");
    temp.put("punt.yaml", PUNT).put("old.json", "not JSON");
    for out in ["new.yaml", "old.json"] {
        let run = run(&temp, ["export", "openapi", "punt.yaml", "--out", out]);
        assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    }
    assert!(temp.text("new.yaml").starts_with("openapi: \"3.1.0\"\n"));
    let json: serde_json::Value = serde_json::from_str(&temp.text("old.json")).unwrap();
    assert_eq!(json["openapi"], "3.1.0");
    assert_eq!(temp.files(), ["new.yaml", "old.json", "punt.yaml"]);
}

#[test]
fn a_dash_prints() {
    let temp = Temp::new("export-print");
    temp.put("punt.yaml", PUNT);
    let run = run(&temp, ["export", "openapi", "punt.yaml", "--out", "-"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("openapi: \"3.1.0\"\n"));
    assert_eq!(temp.files(), ["punt.yaml"]);
}

#[test]
fn errors_leave_what_is_there() {
    let temp = Temp::new("export-errors");
    temp.put("bad.yaml", bad()).put("punt.yaml", PUNT).put("out.yaml", "before");
    let run_bad = run(&temp, ["export", "openapi", "bad.yaml", "--out", "out.yaml"]);
    assert_eq!(run_bad.code, 1);
    assert!(run_bad.err.contains("error["), "{}", run_bad.err);
    assert_eq!(temp.text("out.yaml"), "before");

    let nowhere = run(&temp, ["export", "openapi", "punt.yaml", "--out", "no/such/folder.yaml"]);
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.err.contains("folder.yaml"), "{}", nowhere.err);

    let unfinished = run(&temp, ["export", "openapi", "punt.yaml"]);
    assert_eq!(unfinished.code, 2);
}
