//! `cargo xtask regenerate`: the crate `generated/` from `specs/`.

use std::env;
use std::path::{Path, PathBuf};

use clientwright_codegen::load::{self, Layout};
use clientwright_codegen::output::{self, Difference, Files};
use clientwright_codegen::{CrateOptions, Options, Runtime, crate_files};

use crate::Outcome;

const SPECS: &str = "specs";
const OUT: &str = "generated";
const CRATE: &str = "clientwright-providers";
/// The providers that are large enough for a feature of each group.
const GROUPED: [&str; 2] = ["polar", "sunshine"];

/// Whether to make it so or to look whether it is so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Check,
}

/// Paths are shown relative to the root, so that the output is the same on all machines.
pub(crate) fn run(root: &Path, mode: Mode) -> Outcome {
    env::set_current_dir(root).map_err(|error| format!("{}: {error}", root.display()))?;
    let files = files()?;
    match mode {
        Mode::Write => write(&files),
        Mode::Check => check(&files),
    }
}

fn files() -> Result<Files, String> {
    let specs = load::providers(Path::new(SPECS), &Layout::default());
    let specs: Vec<PathBuf> = specs.map_err(|report| report.to_string())?;
    let mut options = Options::default();
    options.tests = true;
    options.group_features = GROUPED.map(str::to_owned).into();
    let generated = load::generate_all(&specs, &options).map_err(|reports| {
        reports.iter().map(ToString::to_string).collect::<String>() + "nothing was generated"
    })?;
    for one in generated.iter().filter(|one| !one.report.diagnostics.is_empty()) {
        eprint!("{}", one.report);
    }
    // The version is the workspace's.
    let version = String::from("0.0.0");
    let options = CrateOptions { name: CRATE.to_owned(), version, runtime: Runtime::Workspace };
    crate_files(&generated, &options).map_err(|error| error.to_string())
}

fn write(files: &Files) -> Outcome {
    let written = output::write(files, Path::new(OUT))
        .map_err(|error| format!("nothing was written: {error}"))?;
    for path in &written.changed {
        println!("wrote {OUT}/{path}");
    }
    for path in &written.removed {
        println!("removed {OUT}/{path}");
    }
    if written.changed.is_empty() && written.removed.is_empty() {
        println!("{OUT}/ is up to date");
    }
    Ok(())
}

fn check(files: &Files) -> Outcome {
    let differences = output::compare(files, Path::new(OUT)).map_err(|error| error.to_string())?;
    if differences.is_empty() {
        println!("{OUT}/ is up to date");
        return Ok(());
    }
    for difference in differences {
        let path = format!("{OUT}/{}", difference.path);
        println!("{}", Difference { path, ..difference });
    }
    Err(format!("{OUT}/ is out of date; run `cargo xtask regenerate`"))
}
