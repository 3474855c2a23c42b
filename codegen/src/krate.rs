//! A whole crate around the modules of providers: manifest, root and, where asked for, the runtime.
//!
//! Pure like the rest of the pipeline: the sources of the runtime come in with the options.

mod manifest;
mod name;
mod root;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::Generated;
use crate::output::{self, Files, SameProvider};

/// The folder of the runtime's sources in a crate that brings them along.
const VENDOR: &str = "vendor";

/// The feature of a crate that brings what its providers deliver.
const WEBHOOKS: &str = "webhooks";

/// What the generated crate is called and what it stands on.
#[derive(Clone, Debug)]
pub struct CrateOptions {
    /// The name of the package.
    pub name: String,
    /// The version of the package; a workspace's own stands in place of it for [`Runtime::Workspace`].
    pub version: String,
    /// Where the runtime comes from.
    pub runtime: Runtime,
}

/// Where the generated crate has the runtime from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Runtime {
    /// From the workspace that the crate is a member of, with version, edition, licence and lints.
    Workspace,
    /// From the registry, by a version requirement.
    Version(String),
    /// From a folder, relative to the crate.
    Path(String),
    /// From these packages, by path below a folder for each (`clientwright-runtime/src/lib.rs`). Their
    /// manifests inherit nothing from a workspace.
    Vendored(Files),
}

/// Why there is no crate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CrateError {
    /// The name of the package cannot be used: name and rule.
    Name(String, &'static str),
    /// The version is not one.
    Version(String),
    /// A provider has the name of something that each crate has.
    Reserved(String),
    /// Two specifications have one provider name.
    SameProvider(SameProvider),
}

impl fmt::Display for CrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name, rule) => {
                write!(f, "`{}` cannot be the name of a crate: {rule}", name.escape_debug())
            }
            Self::Version(version) => {
                write!(f, "`{}` is not a version such as `0.1.0`", version.escape_debug())
            }
            Self::Reserved(module) => {
                write!(
                    f,
                    "a provider in a crate cannot be called `{module}`: each crate has that already"
                )
            }
            Self::SameProvider(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CrateError {}

/// The files of a crate that holds the clients of these providers.
///
/// # Errors
///
/// When a name cannot be used or occurs twice.
pub fn crate_files(generated: &[Generated], options: &CrateOptions) -> Result<Files, CrateError> {
    name::check(&options.name)?;
    name::check_version(&options.version)?;
    for one in generated {
        if manifest::FEATURES.contains(&one.module.as_str()) || one.module == root::RUNTIME {
            return Err(CrateError::Reserved(one.module.clone()));
        }
    }
    let mut files = output::nest(generated, "src/").map_err(CrateError::SameProvider)?;
    // The order in which specifications were named must not matter.
    let mut providers: Vec<_> = generated.iter().collect();
    providers.sort_by(|a, b| a.module.cmp(&b.module));
    files.insert("Cargo.toml".to_owned(), manifest::text(&providers, options));
    files.insert("rustfmt.toml".to_owned(), rustfmt());
    files.insert("src/lib.rs".to_owned(), root::text(&providers));
    if let Runtime::Vendored(sources) = &options.runtime {
        let vendored =
            sources.iter().map(|(path, text)| (format!("{VENDOR}/{path}"), text.clone()));
        files.extend(vendored);
    }
    Ok(output::seal(files, generated))
}

/// Generated code is formatted already, and not by whatever rustfmt is installed.
fn rustfmt() -> String {
    format!("{}disable_all_formatting = true\n", toml_header())
}

/// The header as a comment of TOML.
fn toml_header() -> String {
    format!("#{}\n", output::HEADER.trim_start_matches('/'))
}
