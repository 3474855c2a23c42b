//! What is laid out here against what the formatter makes of it: `items` compares the two wherever it runs in a test.

use std::path::Path;

use crate::load::{Layout, load, providers};
use crate::{Options, generate};

/// Everything that the specifications and the fixtures of this repository give, tests included.
#[test]
fn without_the_formatter_it_looks_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = Layout { skipped: vec!["common".to_owned()] };
    let options = Options { tests: true, ..Options::default() };
    let (mut files, mut generated) = (0, 0);
    for folder in ["../specs", "tests/ui/ok", "../tests/bodies/specs", "../tests/behaviour/specs"] {
        for path in providers(&root.join(folder), &all).unwrap_or_default() {
            files += 1;
            // Obstacles are several specifications in one folder.
            let paths = providers(&path, &all).unwrap_or_else(|_| vec![path.clone()]);
            for path in paths.into_iter().chain([path]) {
                generated += load(&path)
                    .and_then(|sources| generate(sources, &options))
                    .map_or(0, |client| client.files.len());
            }
        }
    }
    assert!(files > 50 && generated > 5 * files, "{generated} files of {files} specifications");
}
