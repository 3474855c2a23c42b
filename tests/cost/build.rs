//! Generates the client.

fn main() {
    clientwright_codegen::build_script::Build::new().spec("specs/shop.yaml").generate();
}
