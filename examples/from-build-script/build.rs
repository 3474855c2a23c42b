//! Generates the client of a small library service.

fn main() {
    clientwright_codegen::build_script::Build::new().spec("library.yaml").generate();
}
