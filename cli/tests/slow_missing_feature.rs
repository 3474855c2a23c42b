//! Slow: an app whose runtime lacks features that its clients need is told so, in one error and nothing else.

#![allow(clippy::unwrap_used, reason = "clippy knows tests, and not their helpers")]

mod support;

use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use support::{Temp, run};

const SPECIFICATION: &str = "\
clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example }
auth: { jwt: { scheme: jwt, alg: HS256, secret: secret } }
defaults: { auth: jwt }
models: { Order: { fields: { id: string } } }
methods:
  orders.put: { http: PUT /order, body: { xml: Order }, returns: { xml: Order } }
";

const APP: &str = "\
mod clients {
    pub mod shop;
}
use clients::shop::{self, models::Order};

fn main() {
    let client = shop::builder().jwt(\"key\").build_blocking();
    let order = Order::new(\"o-1\");
    drop((client, order));
}
";

fn check(temp: &Temp, features: &str) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let runtime = root.join("runtime");
    temp.put(
        "app/Cargo.toml",
        format!(
            "[package]\nname = \"app-without-features\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nclientwright-runtime = {{ path = {:?}, default-features = false, features = [{features}] }}\n",
            runtime.display().to_string()
        ),
    );
    fs::copy(root.join("Cargo.lock"), temp.join("app/Cargo.lock")).unwrap();
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--quiet"])
        .current_dir(temp.join("app"))
        // What this test was built into: dependencies are built already.
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap())
        .output()
        .unwrap()
}

#[test]
fn slow_missing_features_are_one_error() {
    let temp = Temp::new("missing-feature");
    temp.put("shop.yaml", SPECIFICATION).put("app/src/main.rs", APP);
    let written = run(&temp, ["generate", "shop.yaml", "--out", "app/src/clients"]);
    assert_eq!(written.code, 0, "{}", written.err);

    for off in ["\"blocking\"", "\"blocking\", \"jwt\""] {
        let output = check(&temp, off);
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        let errors: Vec<&str> = messages
            .lines()
            .filter(|line| line.starts_with("error") && line.contains(": "))
            .collect();
        let expected = "error: this client needs features of `clientwright-runtime` that are off; turn them on with \
                        `cargo add clientwright-runtime --features \"jwt, xml\"`";
        // Cargo itself ends with a line of its own.
        let own = errors.iter().filter(|line| !line.starts_with("error: could not compile"));
        assert_eq!(own.collect::<Vec<_>>(), [&expected], "{messages}");
    }
    let output = check(&temp, "\"blocking\", \"jwt\", \"xml\"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
