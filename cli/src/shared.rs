//! A runtime that several generated crates share: cargo takes one package of a name and version from a folder only,
//! so that an app cannot use two crates that each bring their own.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::vendored;

/// The package that generated code calls, and where a crate has it that brings it along.
const PACKAGE: &str = "clientwright-runtime";
const VENDORED: &str = "vendor/clientwright-runtime";

/// Why a folder cannot be the runtime of a crate, and what to do.
pub(crate) type Refused = (String, Option<String>);

/// The way from the crate in `out`, which need not be there yet, to the runtime in `folder`.
pub(crate) fn path(out: &Path, folder: &Path) -> Result<String, Refused> {
    let unfit = |why: &str| (format!("{} {why}", folder.display()), None);
    let manifest = folder.join("Cargo.toml");
    let text = fs::read_to_string(&manifest)
        .map_err(|error| (format!("{}: {error}", manifest.display()), None))?;
    let name = format!("name = \"{PACKAGE}\"");
    if !text.lines().any(|line| line.trim() == name) {
        return Err(unfit(&format!("is not the package `{PACKAGE}`")));
    }
    if let Some(other) = difference(folder) {
        let help = "generate the crate that brings it along first, with the same `clientwright`";
        let text = format!("is the runtime of another version: `{other}` differs");
        return Err((unfit(&text).0, Some(help.to_owned())));
    }
    let from = standing(out).map_err(|error| (format!("{}: {error}", out.display()), None))?;
    let to = fs::canonicalize(folder).map_err(|error| unfit(&error.to_string()))?;
    if to.starts_with(&from) {
        let help = "leave `--runtime` out, and the crate brings its own along";
        return Err((unfit("lies in the crate that is generated").0, Some(help.to_owned())));
    }
    between(&from, &to).ok_or_else(|| unfit("cannot be named in a manifest, relative to the crate"))
}

/// Another generated crate beside the one in `out` that brings the runtime along, by the name of its folder.
pub(crate) fn sibling(out: &Path) -> Option<PathBuf> {
    let own = standing(out).ok()?;
    let mut found: Vec<OsString> = fs::read_dir(own.parent()?)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .filter(|name| own.file_name() != Some(name))
        .collect();
    found.sort();
    // As the app would say it, where it has said the name of its folder.
    let named = if out.file_name().is_some() { out } else { &own };
    let found = found.into_iter().map(|name| named.with_file_name(name));
    found.map(|krate| krate.join(VENDORED)).find(|runtime| runtime.join("Cargo.toml").is_file())
}

/// A source of the runtime that is not as generated code needs it.
fn difference(folder: &Path) -> Option<String> {
    let files = vendored::files();
    let sources = files.iter().filter_map(|(path, text)| {
        let path = path.strip_prefix(PACKAGE)?.strip_prefix('/')?;
        // A manifest may inherit from a workspace.
        path.starts_with("src/").then_some((path, text))
    });
    let mut sources = sources.filter(|(path, text)| {
        let found = fs::read_to_string(folder.join(path)).unwrap_or_default();
        found.replace("\r\n", "\n") != **text
    });
    sources.next().map(|(path, _)| path.to_owned())
}

/// A folder as the system knows it, with what of it is not there yet.
fn standing(folder: &Path) -> io::Result<PathBuf> {
    let (mut there, mut missing) = (std::path::absolute(folder)?, Vec::new());
    loop {
        match fs::canonicalize(&there) {
            Ok(mut found) => {
                found.extend(missing.iter().rev());
                return Ok(found);
            }
            Err(error) => match (there.file_name().map(OsString::from), there.pop()) {
                (Some(name), true) => missing.push(name),
                _ => return Err(error),
            },
        }
    }
}

/// The relative way from one folder to another, as manifests have it.
fn between(from: &Path, to: &Path) -> Option<String> {
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(common).map(|_| Some(".."));
    let down = to.components().skip(common).map(|part| match part {
        Component::Normal(name) => name.to_str(),
        // Another drive.
        _ => None,
    });
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::between;
    use std::path::Path;

    #[test]
    fn ways_are_relative_to_the_crate() {
        for (from, to, way) in [
            ("/app/b", "/app/a/vendor/r", "../a/vendor/r"),
            ("/app/deep/b", "/else/r", "../../../else/r"),
            ("/app", "/app/r", "r"),
        ] {
            assert_eq!(between(Path::new(from), Path::new(to)).as_deref(), Some(way));
        }
    }
}
