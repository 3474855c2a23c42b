//! `cargo run --manifest-path xtask/Cargo.toml` generates the clients anew.

use std::path::Path;
use std::process::ExitCode;

use clientwright_codegen::{Options, load, output};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let specs = FOUND;
    let generated = specs.and_then(|specs| load::generate_all(&specs, &Options::default()));
    let generated = match generated {
        Ok(generated) => generated,
        Err(reports) => {
            for report in reports {
                eprint!("{report}");
            }
            return ExitCode::FAILURE;
        }
    };
    let result = output::modules(&generated)
        .map_err(|error| error.to_string())
        .and_then(|files| {
            output::write(&files, &root.join("src/clients")).map_err(|error| error.to_string())
        });
    match result {
        Ok(_) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
