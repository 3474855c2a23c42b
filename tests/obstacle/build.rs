//! Generates the obstacle course.

use clientwright_codegen::build_script::Build;

fn main() {
    Build::new()
        .spec("../../specs/obstacle/names.yaml")
        .spec("../../specs/obstacle/forms.yaml")
        .generate();
}
