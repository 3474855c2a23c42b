//! `Cargo.toml`.

use std::fmt::Write as _;

use super::{CrateOptions, Runtime, VENDOR, WEBHOOKS, toml_header};
use crate::Generated;
use crate::emit::features::base;

/// Features that each crate has beside one for each provider.
pub(super) const FEATURES: [&str; 10] = [
    "default", "reqwest", "blocking", "gzip", "brotli", "zstd", "tracing", WEBHOOKS, "axum",
    "tower",
];

const RUNTIME: &str = "clientwright-runtime";

/// The manifest of a crate with these providers, which are sorted.
pub(super) fn text(providers: &[&Generated], options: &CrateOptions) -> String {
    let mut out = toml_header();
    package(&mut out, providers, options);
    features(&mut out, providers);
    dependencies(&mut out, &options.runtime);
    if providers.iter().any(|one| one.tests) {
        let source = source(&options.runtime);
        let _ = writeln!(out, "\n[dev-dependencies]");
        let _ = writeln!(out, "{RUNTIME} = {{ {source}, features = [\"testing\"] }}");
    }
    out
}

fn package(out: &mut String, providers: &[&Generated], options: &CrateOptions) {
    let titles: Vec<_> = providers.iter().map(|one| one.title.as_str()).collect();
    let description = match titles.as_slice() {
        [] => "Typed clients".to_owned(),
        [one] => format!("Typed client for {one}"),
        [all @ .., last] => format!("Typed clients for {} and {last}", all.join(", ")),
    };
    let _ = writeln!(out, "[package]");
    let _ = writeln!(out, "name = {}", quoted(&options.name));
    let _ = writeln!(out, "description = {}", quoted(&description));
    if matches!(options.runtime, Runtime::Workspace) {
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            let _ = writeln!(out, "{key}.workspace = true");
        }
        let _ = writeln!(out, "\n[lints]\nworkspace = true");
        return;
    }
    let _ = writeln!(out, "version = {}", quoted(&options.version));
    let _ = writeln!(out, "edition = \"2024\"");
    // Generated code is tried with the compiler that the generator is built for.
    let _ = writeln!(out, "rust-version = {}", quoted(env!("CARGO_PKG_RUST_VERSION")));
    let _ = writeln!(out, "publish = false");
    // No `[workspace]`: below another workspace, a dependency with a root of its own is an error of cargo.
}

fn features(out: &mut String, providers: &[&Generated]) {
    let all = providers.iter().map(|one| quoted(&one.module));
    let defaults: Vec<_> = std::iter::once(quoted("reqwest")).chain(all).collect();
    let _ = writeln!(out, "\n[features]");
    let _ = writeln!(out, "default = [{}]", defaults.join(", "));
    let _ = writeln!(out, "# The asynchronous transport, and the blocking client.");
    for transport in ["reqwest", "blocking"] {
        let _ = writeln!(out, "{transport} = [\"{RUNTIME}/{transport}\"]");
    }
    let _ = writeln!(out, "# Answers that are compressed.");
    for coding in ["gzip", "brotli", "zstd"] {
        let _ = writeln!(out, "{coding} = [\"{RUNTIME}/{coding}\"]");
    }
    let _ = writeln!(out, "# Spans and events of calls.");
    let _ = writeln!(out, "tracing = [\"{RUNTIME}/tracing\"]");
    if providers.iter().any(|one| one.deliveries) {
        let _ = writeln!(out, "# What providers send to an app: verified, and as typed events.");
        let _ = writeln!(out, "{WEBHOOKS} = [\"{RUNTIME}/{WEBHOOKS}\"]");
        for framework in ["axum", "tower"] {
            let _ = writeln!(out, "{framework} = [\"{WEBHOOKS}\", \"{RUNTIME}/{framework}\"]");
        }
    }
    let _ = writeln!(out, "# A module for each provider.");
    for one in providers {
        let needed = one.features.iter().map(|feature| quoted(&format!("{RUNTIME}/{feature}")));
        let needed: Vec<_> = needed.collect();
        let needed = needed.join(", ");
        if one.groups.is_empty() {
            let _ = writeln!(out, "{} = [{needed}]", one.module);
            continue;
        }
        let groups: Vec<_> = one.groups.iter().map(|group| quoted(group)).collect();
        let _ = writeln!(out, "{} = [{}]", one.module, groups.join(", "));
        let base = base(&one.module);
        let _ = writeln!(out, "{base} = [{needed}]");
        for group in groups {
            let _ = writeln!(out, "{} = [{}]", group.trim_matches('"'), quoted(&base));
        }
    }
}

fn dependencies(out: &mut String, runtime: &Runtime) {
    let source = source(runtime);
    let _ = writeln!(out, "\n[dependencies]");
    // Cargo refuses this unless the entry of a workspace says `default-features = false`, too.
    let _ = writeln!(out, "{RUNTIME} = {{ {source}, default-features = false }}");
}

/// Where the runtime is.
fn source(runtime: &Runtime) -> String {
    match runtime {
        Runtime::Workspace => "workspace = true".to_owned(),
        Runtime::Version(version) => format!("version = {}", quoted(version)),
        Runtime::Path(path) => format!("path = {}", quoted(path)),
        Runtime::Vendored(_) => format!("path = \"{VENDOR}/{RUNTIME}\""),
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn strings_are_escaped() {
        assert_eq!(quoted("a \"b\" \\ \n é"), "\"a \\\"b\\\" \\\\ \\u000a é\"");
    }
}
