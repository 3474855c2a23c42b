//! The manifests of packages that are brought along say what they inherited.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

#[path = "../build/inherit.rs"]
mod inherit;

use inherit::manifest;

const WORKSPACE: &str = "\
[workspace.package]
version = \"1.2.3\"

[workspace.dependencies]
plain = \"1.0\"
table = { version = \"2.0\", default-features = false, features = [\"a\", \"b\"] }
wire = { path = \"wire\", version = \"0.1.0\" }

[workspace.lints.rust]
missing_docs = \"warn\"
unexpected_cfgs = { level = \"warn\", check-cfg = [\"cfg(x)\"] }
";

#[test]
fn what_is_inherited_is_written_out_and_the_rest_stays() {
    let text = "\
[package]
name = \"x\"
version.workspace = true

[lints]
workspace = true

[features]
f = [\"dep:plain\"]

[dependencies]
own = \"3.0\"
plain = { workspace = true, optional = true }
table = { workspace = true, features = [\"c\"] }
wire.workspace = true

[dev-dependencies]
plain.workspace = true
";
    let expected = "\
[package]
name = \"x\"
version = \"1.2.3\"

[lints.rust]
unexpected_cfgs = { level = \"warn\", check-cfg = [\"cfg(x)\"] }

[features]
f = [\"dep:plain\"]

[dependencies]
own = \"3.0\"
plain = { version = \"1.0\", optional = true }
table = { version = \"2.0\", default-features = false, features = [\"a\", \"b\", \"c\"] }
wire = { path = \"../the-wire\", version = \"0.1.0\" }
";
    assert_eq!(manifest(text, WORKSPACE, &[("the-wire", "wire")]).unwrap(), expected);
}

#[test]
fn what_is_not_understood_is_an_error() {
    for text in [
        "[dependencies]\nunknown.workspace = true\n",
        "[dependencies]\nwire.workspace = true\n",
        "[dependencies]\nplain = {workspace=true}\n",
        "[package]\nedition.workspace = true\n",
        "[build-dependencies]\nplain.workspace = true\n",
        "[dependencies.plain]\nworkspace = true\n",
    ] {
        assert!(manifest(text, WORKSPACE, &[]).is_err(), "{text}");
    }
}
