//! Generates the client of a service that has every kind of request and answer.

use clientwright_codegen::build_script::Build;

fn main() {
    Build::new().spec("specs/depot.yaml").generate();
}
