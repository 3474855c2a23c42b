//! Generates the obstacle course.

use clientwright_codegen::Options;
use clientwright_codegen::build_script::Build;

fn main() {
    let mut options = Options::default();
    options.tests = true;
    Build::new()
        .options(options)
        .spec("../../specs/obstacle/clashes.yaml")
        .spec("../../specs/obstacle/names.yaml")
        .spec("../../specs/obstacle/forms.yaml")
        .generate();
}
