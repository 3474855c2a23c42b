//! A test for each case and each kind of client. What takes time of the machine is in one test for each file, since it
//! does little but wait, and can wait together.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::{Result, stem};

/// The tests, in a module for each file. A case has to have a name, which no other one of its file has; all
/// else about it is checked when it runs.
pub(crate) fn tests(files: &[PathBuf]) -> Result<String> {
    let mut out = String::new();
    for file in files {
        let module = stem(file);
        let wrong = |what: &str| format!("cases/{module}.yaml: {what}");
        let cases: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(file)?)
            .map_err(|error| wrong(&error.to_string()))?;
        let list = cases.get("cases").and_then(serde_yaml::Value::as_sequence);
        let (mut idents, mut waiting) = (BTreeMap::new(), String::new());
        writeln!(out, "mod {module} {{")?;
        for case in list.ok_or_else(|| wrong("it has no list `cases`"))? {
            let name = case.get("name").and_then(serde_yaml::Value::as_str);
            let name = name.ok_or_else(|| wrong("a case has no `name`"))?;
            let ident = ident(name);
            if let Some(other) = idents.insert(ident.clone(), name) {
                return Err(wrong(&format!("`{name}` and `{other}` are the same test")).into());
            }
            let async_only = case.get("async_only").and_then(serde_yaml::Value::as_bool);
            let modes: &[_] = match async_only {
                Some(true) => &[("awaited", "Awaited")],
                _ => &[("awaited", "Awaited"), ("blocking", "Blocking")],
            };
            if takes_time(case) {
                for (_, mode) in modes {
                    write!(waiting, "({name:?}, clientwright_conformance::Mode::{mode}), ")?;
                }
                continue;
            }
            writeln!(out, "    mod {ident} {{")?;
            for (test, mode) in modes {
                writeln!(
                    out,
                    "        #[test] fn {test}() {{ clientwright_conformance::check({module:?}, {name:?}, \
                     clientwright_conformance::Mode::{mode}); }}"
                )?;
            }
            writeln!(out, "    }}")?;
        }
        if !waiting.is_empty() {
            writeln!(
                out,
                "    #[test] fn cases_in_real_time() {{ clientwright_conformance::check_together({module:?}, \
                 &[{waiting}]); }}"
            )?;
        }
        writeln!(out, "}}")?;
    }
    Ok(out)
}

/// Whether time goes by itself in a case.
fn takes_time(case: &serde_yaml::Value) -> bool {
    let set = |key: &str| case.get(key).and_then(serde_yaml::Value::as_bool) == Some(true);
    set("real_time") || case.get("client").is_some_and(|set| set.get("connect_timeout").is_some())
}

/// The name of a test; two cases whose names differ in signs only have the same.
fn ident(name: &str) -> String {
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.fold("case".to_owned(), |ident, word| format!("{ident}_{}", word.to_ascii_lowercase()))
}
