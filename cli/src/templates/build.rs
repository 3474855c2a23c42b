//! Generates clients while this package is built.

fn main() {
    clientwright_codegen::build_script::Build::new().FOUND("SPEC").generate();
}
