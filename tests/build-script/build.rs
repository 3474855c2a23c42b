//! Generates the client of Punt.

use clientwright_codegen::build_script::Build;

fn main() {
    Build::new().spec("../../specs/punt").generate();
}
