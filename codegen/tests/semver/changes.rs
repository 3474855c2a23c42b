//! Changes of one specification, whose verdicts are held against those of cargo-semver-checks. The task that asks the
//! tool reads them as well.

use std::fs;
use std::path::Path;

/// One change.
pub(crate) struct Change {
    /// What it is called, which is a module of the generated crates too.
    pub(crate) name: String,
    /// What it asks of the next version, and what its reverse does.
    pub(crate) asks: [String; 2],
    /// The specification with the change.
    pub(crate) text: String,
}

/// The specification without a change, and all changes of it.
pub(crate) fn read(folder: &Path) -> Result<(String, Vec<Change>), String> {
    let file = |name: &str| {
        fs::read_to_string(folder.join(name))
            .map(|text| text.replace("\r\n", "\n"))
            .map_err(|error| format!("{name}: {error}"))
    };
    let (base, list) = (file("base.yaml")?, file("changes.txt")?);
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let changes = lines.map(|line| change(&base, line)).collect::<Result<_, _>>()?;
    Ok((base, changes))
}

/// `name [there, back]: from => to ;; from => to`
fn change(base: &str, line: &str) -> Result<Change, String> {
    let wrong = |what: &str| format!("changes.txt: {what}: {line}");
    let (head, places) = line.split_once("]: ").ok_or_else(|| wrong("no name"))?;
    let (name, asks) = head.split_once(" [").ok_or_else(|| wrong("no verdicts"))?;
    let (there, back) = asks.split_once(", ").ok_or_else(|| wrong("one verdict"))?;
    let mut text = base.to_owned();
    for place in places.split(" ;; ") {
        let (from, to) = place.split_once(" =>").ok_or_else(|| wrong("no arrow"))?;
        let (from, to) = (from.replace('⏎', "\n"), to.trim_start().replace('⏎', "\n"));
        if text.matches(&from).count() != 1 {
            return Err(wrong("has to be there once"));
        }
        text = text.replace(&from, &to);
    }
    Ok(Change { name: name.to_owned(), asks: [there.to_owned(), back.to_owned()], text })
}
