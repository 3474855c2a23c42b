//! Generates the clients of services that have every kind of request, answer and model.

use clientwright_codegen::Options;
use clientwright_codegen::build_script::Build;

fn main() {
    let mut options = Options::default();
    options.tests = true;
    let specs = [
        "specs/depot.yaml",
        "specs/formats.yaml",
        "specs/kinds.yaml",
        "specs/kiosk.yaml",
        "specs/shapes.yaml",
        "specs/shop.yaml",
    ];
    specs.into_iter().fold(Build::new().options(options), Build::spec).generate();
}
