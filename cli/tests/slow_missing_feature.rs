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

/// Apps of two tests have two names, since they share what is built.
fn check(temp: &Temp, app: &str, features: &str, command: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let runtime = root.join("runtime");
    temp.put(
        "app/Cargo.toml",
        format!(
            "[package]\nname = \"{app}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\nclientwright-runtime = {{ path = {:?}, default-features = false, features = [{features}] }}\n",
            runtime.display().to_string()
        ),
    );
    fs::copy(root.join("Cargo.lock"), temp.join("app/Cargo.lock")).unwrap();
    Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(command)
        .args(["--offline", "--quiet"])
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
        let output = check(&temp, "app-without-features", off, &["check"]);
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
    let output = check(&temp, "app-without-features", "\"blocking\", \"jwt\", \"xml\"", &["check"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

const WEBHOOKS: &str = "\
clientwright: 1
provider: { name: shop }
servers: { production: https://shop.example }
models: { Order: { fields: { event: string, id: string } } }
deliveries: { event: { field: event }, verify: { header: X-Signature, hmac: sha256, encoding: hex, over: body }, events: { PAID: Order } }
methods:
  orders.get:
    http: GET /order
    query: { id?: string }
    returns: Order
    examples: { one: { query: { id: o-1 }, response: { event: PAID, id: o-1 } } }
";

const RECEIVER: &str = "\
use clients::shop::deliveries::Event;

fn main() {
    drop::<Option<Event>>(None);
}
";

/// What is there with a feature only: deliveries, since not every app receives them, and tests.
#[test]
fn slow_features_of_a_part_are_named_where_it_is_used() {
    let temp = Temp::new("missing-feature-of-a-part");
    temp.put("shop.yaml", WEBHOOKS);
    let written = run(&temp, ["generate", "shop.yaml", "--out", "app/src/clients", "--tests"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let app = |features: &str, command: &[&str]| {
        check(&temp, "app-without-features-of-a-part", features, command)
    };
    // As a file of the sources, and as what the stub of a build script includes.
    let committed = "#[allow(dead_code, unreachable_pub, unused_imports, reason = \"a test\")]\nmod clients {\n    pub mod shop;\n}\n";
    let built = "mod clients {\n    include!(\"clients.rs\");\n}\n";
    temp.put(
        "app/src/clients.rs",
        "#[allow(dead_code, unreachable_pub, unused_imports, reason = \"a test\")]\n#[path = \"clients/shop/mod.rs\"]\npub mod shop;\n",
    );
    for way in [committed, built] {
        temp.put("app/src/main.rs", format!("#![warn(unreachable_pub)]\n{way}fn main() {{}}\n"));
        let output = app("\"blocking\"", &["check"]);
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !messages.contains("warning"), "{messages}");
        temp.put("app/src/main.rs", format!("{way}{RECEIVER}"));
        let output = app("\"blocking\"", &["check"]);
        let messages = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success());
        assert!(
            messages.contains("cargo add clientwright-runtime --features webhooks"),
            "{messages}"
        );
        assert!(!messages.contains("warning"), "{messages}");
        let output = app("\"blocking\", \"webhooks\"", &["check"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    temp.put("app/src/main.rs", format!("{committed}fn main() {{}}\n"));
    let output = app("\"blocking\"", &["check", "--tests"]);
    let messages = String::from_utf8_lossy(&output.stderr);
    let expected = "error: the tests of this client need a feature of `clientwright-runtime` that is off; turn it on with \
                    `cargo add --dev clientwright-runtime --features testing`";
    assert!(messages.contains(expected), "{messages}");
    let output = app("\"testing\"", &["check", "--tests"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
