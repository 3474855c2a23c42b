//! Generates the clients of services that have every kind of request, answer and model.

use clientwright_codegen::Options;
use clientwright_codegen::build_script::Build;

fn main() {
    let mut options = Options::default();
    options.tests = true;
    Build::new().spec("specs/depot.yaml").spec("specs/shapes.yaml").options(options).generate();
}
