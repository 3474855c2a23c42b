//! Generates the clients.

fn main() {
    let specs = [
        "specs/again.yaml",
        "specs/deliveries.yaml",
        "specs/deliveries_asked.yaml",
        "specs/deliveries_hooked.yaml",
        "specs/drift.yaml",
        "specs/deliveries_each.yaml",
        "specs/hosts.yaml",
        "specs/linked.yaml",
        "specs/paged.yaml",
        "specs/streams.yaml",
        "specs/shared.yaml",
        "specs/slow.yaml",
        "specs/tokens.yaml",
        "specs/transactions.yaml",
        "specs/uses",
    ];
    let mut options = clientwright_codegen::Options::default();
    options.tests = true;
    // Of its groups only some are on: see Cargo.toml.
    options.group_features = ["linked".to_owned()].into();
    let build = clientwright_codegen::build_script::Build::new().options(options);
    specs.into_iter().fold(build, clientwright_codegen::build_script::Build::spec).generate();
}
