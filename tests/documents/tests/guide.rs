//! The guide tells what happens: each step of it is checked, and each report is the one that is printed.

#[path = "../src/blocks.rs"]
mod blocks;

use std::fmt::Write as _;
use std::path::Path;

use blocks::{Files, blocks};
use clientwright_codegen::check;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide.md");

/// With `UPDATE=1` in the environment the reports in the guide are written anew.
#[test]
fn every_step_of_the_guide_gives_the_report_that_it_shows() {
    let guide = std::fs::read_to_string(Path::new(GUIDE)).unwrap();
    let blocks = blocks(&guide);
    let mut files = Files::default();
    let mut steps = 0;
    let mut wrong = String::new();
    let mut updated = guide.clone();
    for (index, block) in blocks.iter().enumerate() {
        let Some(file) = block.file() else { continue };
        steps += 1;
        let mut step = files.clone();
        step.write(file, &block.text);
        // A step changes one of the specifications.
        let folder = file.split('/').next().unwrap();
        let report = check(step.folders().remove(folder).unwrap()).human(false);
        if block.says("wrong") {
            let shown = blocks.get(index + 1).filter(|next| next.is("text")).unwrap();
            if report != shown.text {
                writeln!(wrong, "guide.md:{}: the report is\n{report}", shown.line).unwrap();
                let (old, new) = (
                    format!("{}```\n\n```text\n{}```\n", block.text, shown.text),
                    format!("{}```\n\n```text\n{report}```\n", block.text),
                );
                assert!(updated.contains(&old));
                updated = updated.replace(&old, &new);
            }
        } else {
            // A part is right together with the file that follows.
            if !report.is_empty() && !block.says("part") {
                writeln!(wrong, "guide.md:{}: is not correct\n{report}", block.line).unwrap();
            }
            files = step;
        }
    }
    if std::env::var_os("UPDATE").is_some() && updated != guide {
        std::fs::write(GUIDE, &updated).unwrap();
    }
    assert!(steps > 5, "found {steps} steps");
    assert!(wrong.is_empty(), "{wrong}");
}
