//! What the README shows of generated code is what is generated.

#[path = "../src/blocks.rs"]
#[allow(dead_code, reason = "the README has no files that grow")]
mod blocks;

use blocks::blocks;
use clientwright_codegen::source::Source;
use clientwright_codegen::{Options, generate};

#[test]
fn excerpts_of_generated_code_are_what_is_generated() {
    let readme = include_str!("../../../README.md");
    let blocks = blocks(readme);
    let text = blocks.iter().find(|block| block.is("yaml")).unwrap().text.clone();
    let source = Source { name: "README.md".to_owned(), text };
    let files = generate(vec![source], &Options::default()).unwrap().files;
    let excerpts: Vec<&str> = blocks
        .iter()
        .filter(|block| block.is("rust"))
        .map(|block| block.text.as_str())
        .filter(|text| text.starts_with("///") || text.starts_with("impl Request"))
        .collect();
    assert_eq!(excerpts.len(), 2);
    for excerpt in excerpts {
        assert!(files.values().any(|file| file.contains(excerpt)), "nowhere:\n{excerpt}");
    }
}

#[test]
fn the_task_of_the_readme_is_the_one_that_init_writes() {
    let template = include_str!("../../../cli/src/templates/xtask.rs");
    let (before, behind) = template.split_once("FOUND").unwrap();
    let tasks = blocks(include_str!("../../../README.md"));
    let task = tasks.iter().find(|block| block.text.contains("output::modules")).unwrap();
    let found = task.text.strip_prefix(before).and_then(|rest| rest.strip_suffix(behind));
    assert!(found.is_some_and(|found| found.contains("\"specs\"")), "{}", task.text);
}
