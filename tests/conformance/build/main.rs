//! Generates the clients of `specs/`, a way to call each of their methods by name, and a test for each case.
//!
//! What can be called is read from the generated code, so that a new specification, method or case needs
//! no Rust: the requests and their fields, the methods of the builder and their arguments.

mod cases;
mod dispatch;
mod read;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let specs = yaml_files(Path::new("specs"))?;
    let build = clientwright_codegen::build_script::Build::new();
    specs.iter().fold(build, clientwright_codegen::build_script::Build::spec).generate();
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=specs");
    println!("cargo::rerun-if-changed=cases");

    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let modules: Vec<String> = specs.iter().map(|spec| stem(spec)).collect();
    let providers: Vec<read::Provider> =
        modules.iter().map(|module| read::provider(&out, module)).collect::<Result<_>>()?;
    let dispatch = syn::parse2(dispatch::tokens(&providers))?;
    write(&out.join("dispatch.rs"), &prettyplease::unparse(&dispatch))?;
    write(&out.join("tests.rs"), &cases::tests(&yaml_files(Path::new("cases"))?)?)
}

/// The files of a folder, in order.
fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn write(path: &Path, text: &str) -> Result<()> {
    // What keeps its text is not compiled again.
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    Ok(fs::write(path, text)?)
}
