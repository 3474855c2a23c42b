//! The front end for `build.rs`: clients that are generated while the app that uses them is built.
//!
//! In `build.rs`:
//!
//! ```no_run
//! clientwright_codegen::build_script::Build::new().spec("specs/punt").generate();
//! ```
//!
//! and in `src/lib.rs` or `src/main.rs`, at the place where the modules of the providers are to be:
//!
//! ```ignore
//! include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));
//! ```

use std::env;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process;

use crate::diag::{Report, Severity};
use crate::output::{self, Files, HEADER};
use crate::{Generated, Options, load};

/// The file that the app includes.
///
/// It is a list of modules because a module cannot be included itself: it begins with documentation, which is
/// an error in the middle of a file (E0753).
const STUB: &str = "clientwright.rs";

/// What a build script generates.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Build {
    specs: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    options: Options,
}

impl Build {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the specification of a provider: a file or a folder, relative to the package.
    pub fn spec(mut self, path: impl Into<PathBuf>) -> Self {
        self.specs.push(path.into());
        self
    }

    /// Adds all specifications that lie in a folder, as [`load::providers`] finds them.
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folders.push(folder.into());
        self
    }

    /// Generates otherwise than by default.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Generates into `OUT_DIR`, and tells cargo when to run the script again.
    ///
    /// Only files whose text changes are written. When a specification has errors none is, cargo shows them,
    /// and the process ends here.
    pub fn generate(self) {
        let outcome = match env::var_os("OUT_DIR") {
            Some(dir) => self.run(Path::new(&dir)),
            None => Outcome::failed("OUT_DIR is not set: this runs in a build script"),
        };
        // Nobody is left to tell when cargo does not listen.
        let _ = io::stdout().write_all(outcome.lines.as_bytes());
        let _ = io::stdout().flush();
        if outcome.failed {
            // `cargo::error` fails the build by itself. With another status cargo would print all of the
            // output a second time, below a note on backtraces.
            process::exit(0);
        }
    }

    fn run(&self, dir: &Path) -> Outcome {
        let mut outcome = Outcome::default();
        for path in self.specs.iter().chain(&self.folders) {
            // Of a folder cargo looks at everything below.
            outcome.say("rerun-if-changed", &path.to_string_lossy());
        }
        let mut specs = self.specs.clone();
        for folder in &self.folders {
            match load::providers(folder, &load::Layout::default()) {
                Ok(found) => specs.extend(found),
                Err(report) => {
                    outcome.report(&report);
                    outcome.failed = true;
                    return outcome;
                }
            }
        }
        match load::generate_all(&specs, &self.options) {
            Ok(generated) => {
                for one in &generated {
                    outcome.report(&one.report);
                    self.watch(&one.report, &mut outcome);
                }
                if let Err(error) = write(&generated, dir) {
                    outcome.fail(&error);
                }
            }
            Err(reports) => {
                for report in &reports {
                    outcome.report(report);
                    self.watch(report, &mut outcome);
                }
                outcome.failed = true;
            }
        }
        outcome
    }
}

impl Build {
    /// Tells cargo of the files that specifications use and that lie elsewhere.
    fn watch(&self, report: &Report, outcome: &mut Outcome) {
        for file in report.sources.files() {
            let name = Path::new(report.sources.name(file));
            if !self.specs.iter().chain(&self.folders).any(|spec| name.starts_with(spec)) {
                outcome.say("rerun-if-changed", &name.to_string_lossy());
            }
        }
    }
}

fn write(generated: &[Generated], dir: &Path) -> Result<(), String> {
    let mut files = output::nest(generated, "").map_err(|error| error.to_string())?;
    files.insert(STUB.to_owned(), stub(generated));
    let files: Files = output::seal(files, generated);
    output::write(&files, dir).map_err(|error| error.to_string())?;
    Ok(())
}

/// The paths are relative to the included file, not to the one that includes it, so that the text is the same
/// in each folder of output.
fn stub(generated: &[Generated]) -> String {
    let mut modules: Vec<_> = generated.iter().map(|one| one.module.as_str()).collect();
    modules.sort_unstable();
    let mut out = format!("{HEADER}\n");
    for module in modules {
        let _ = writeln!(out, "\n#[path = \"{module}/mod.rs\"]\npub mod {module};");
    }
    out
}

/// What cargo is told.
#[derive(Default)]
struct Outcome {
    lines: String,
    failed: bool,
}

impl Outcome {
    fn failed(message: &str) -> Self {
        let mut outcome = Self::default();
        outcome.fail(message);
        outcome
    }

    fn fail(&mut self, message: &str) {
        self.say("error", message);
        self.failed = true;
    }

    /// Cargo takes a line at a time and shows it behind the name of the package.
    fn say(&mut self, key: &str, text: &str) {
        for line in text.lines() {
            let _ = writeln!(self.lines, "cargo::{key}={line}");
        }
    }

    fn report(&mut self, report: &Report) {
        for severity in [Severity::Warning, Severity::Error] {
            let of_this = report.diagnostics.iter().filter(|found| found.severity == severity);
            let part =
                Report { sources: report.sources.clone(), diagnostics: of_this.cloned().collect() };
            if !part.diagnostics.is_empty() {
                self.say(severity.as_str(), part.human(false).trim_end());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome;

    #[test]
    fn every_line_is_an_instruction() {
        let outcome = Outcome::failed("one\n  two\n");
        assert_eq!(outcome.lines, "cargo::error=one\ncargo::error=  two\n");
        assert!(outcome.failed);
    }
}
