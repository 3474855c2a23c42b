//! The committed crate is what the generator makes of the specifications, and it makes the same of them
//! each time, from any folder and in any order of files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::path::{Path, PathBuf};

use clientwright_codegen::load::{self, Layout};
use clientwright_codegen::output::{self, Files};
use clientwright_codegen::source::Source;
use clientwright_codegen::{CrateOptions, Generated, Options, Runtime, crate_files, generate};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn specifications() -> Vec<PathBuf> {
    let providers = |folder| load::providers(&root().join(folder), &Layout::default()).unwrap();
    [providers("specs"), providers("specs/obstacle")].concat()
}

fn sources(path: &Path) -> Vec<Source> {
    load::load(path).unwrap_or_else(|report| panic!("{report}"))
}

fn files(sources: Vec<Source>) -> Files {
    generate(sources, &with_tests()).unwrap_or_else(|report| panic!("{report}")).files
}

fn with_tests() -> Options {
    let mut options = Options::default();
    options.tests = true;
    options.group_features = ["polar", "sunshine"].map(str::to_owned).into();
    options
}

#[test]
fn the_committed_crate_is_up_to_date() {
    let providers = load::providers(&root().join("specs"), &Layout::default()).unwrap();
    let generated: Vec<Generated> =
        providers.iter().map(|path| generate(sources(path), &with_tests()).unwrap()).collect();
    let options = CrateOptions {
        name: "clientwright-providers".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        runtime: Runtime::Workspace,
    };
    let files = crate_files(&generated, &options).unwrap();
    let differences = output::compare(&files, &root().join("generated")).unwrap();
    let shown: Vec<String> = differences.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "run `cargo xtask regenerate`:\n{}", shown.join("\n"));
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    for path in specifications() {
        assert_eq!(files(sources(&path)), files(sources(&path)), "{}", path.display());
    }
}

#[test]
fn the_order_in_which_files_are_found_does_not_matter() {
    for path in specifications() {
        let expected = files(sources(&path));
        let mut shuffled = sources(&path);
        for turn in 0..shuffled.len() {
            shuffled.rotate_left(1);
            if turn % 2 == 0 {
                shuffled.reverse();
            }
            assert!(files(shuffled.clone()) == expected, "{}", path.display());
        }
    }
}

#[test]
fn the_folder_does_not_matter() {
    for path in specifications() {
        let elsewhere: Vec<Source> = sources(&path)
            .into_iter()
            .map(|source| {
                // Files that others use stay where these find them.
                let name = source.name.replace(&root().display().to_string(), "some/other place");
                Source { name, text: source.text }
            })
            .collect();
        assert!(files(elsewhere) == files(sources(&path)), "{}", path.display());
    }
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    for path in specifications() {
        let windows: Vec<Source> = sources(&path)
            .into_iter()
            .map(|source| Source {
                name: source.name,
                text: format!("\u{feff}{}", source.text.replace('\n', "\r\n")),
            })
            .collect();
        assert!(files(windows) == files(sources(&path)), "{}", path.display());
    }
}
