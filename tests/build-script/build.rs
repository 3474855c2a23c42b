//! Generates the client of Punt.

use clientwright_codegen::Options;
use clientwright_codegen::build_script::Build;

fn main() {
    let mut options = Options::default();
    options.tests = true;
    Build::new().spec("../../specs/punt").options(options).generate();
}
