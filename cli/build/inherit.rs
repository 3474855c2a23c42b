//! A manifest of this workspace, as it stands outside of it.
//!
//! What is inherited is written out, what concerns only the development of the package is left out, and
//! packages that are brought along find each other beside themselves. Manifests here are written in one way,
//! an entry a line; a line in another way is an error of the build, never left as it is.

/// Sections that only the development of the package needs.
const LEFT_OUT: [&str; 5] =
    ["[dev-dependencies]", "[[bench]]", "[[example]]", "[[test]]", "[package.metadata.docs.rs]"];

/// The lint that lists the flags of `cfg`.
const FLAGS: &str = "unexpected_cfgs";

/// Keys and values as they are written.
type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// The manifest `text` without its `workspace`, whose manifest is also given.
pub(crate) fn manifest(
    text: &str,
    workspace: &str,
    packages: &[(&str, &str)],
) -> Result<String, String> {
    let mut out = String::new();
    let mut section = "";
    for line in text.lines() {
        if line.starts_with('[') {
            section = line.trim_end();
        }
        if LEFT_OUT.contains(&section) {
            continue;
        }
        let line = match (section, line.split_once(".workspace = true")) {
            ("[package]", Some((key, ""))) => {
                let value = entry(workspace, "[workspace.package]", key)?;
                format!("{key} = {value}")
            }
            (kind, Some((name, ""))) if is_dependencies(kind) => {
                dependency(name, &[], workspace, packages)?
            }
            (kind, None) if is_dependencies(kind) && line.contains("workspace") => {
                let (name, own) = table(line)?;
                dependency(name, &own, workspace, packages)?
            }
            // Of the lints only what tells the compiler which flags there are.
            ("[lints]", None) if line == section => "[lints.rust]".to_owned(),
            ("[lints]", None) if line == "workspace = true" => {
                let flags = entry(workspace, "[workspace.lints.rust]", FLAGS)?;
                format!("{FLAGS} = {flags}")
            }
            _ if line.contains("workspace") => return Err(format!("not understood: {line}")),
            _ => line.to_owned(),
        };
        out.push_str(&line);
        out.push('\n');
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    Ok(out)
}

/// The table of dependencies, or the one for some targets.
fn is_dependencies(table: &str) -> bool {
    table == "[dependencies]" || table.starts_with("[target.") && table.ends_with(".dependencies]")
}

/// A dependency of the workspace together with what the package says about it.
fn dependency(
    name: &str,
    own: &[(&str, &str)],
    workspace: &str,
    packages: &[(&str, &str)],
) -> Result<String, String> {
    let value = entry(workspace, "[workspace.dependencies]", name)?;
    let shared = if value.starts_with('"') { vec![("version", value)] } else { pairs(value)? };
    let mut keys: Vec<(String, String)> = Vec::new();
    let mut features: Vec<&str> = Vec::new();
    for (key, value) in shared.iter().chain(own) {
        match *key {
            "workspace" => {}
            "features" => features.extend(items(value)?),
            "path" => {
                let folder = value.trim_matches('"');
                let found = packages.iter().find(|(_, at)| *at == folder);
                let (package, _) = found.ok_or(format!("`{folder}` is not brought along"))?;
                keys.push(("path".to_owned(), format!("\"../{package}\"")));
            }
            key => keys.push((key.to_owned(), (*value).to_owned())),
        }
    }
    if !features.is_empty() {
        keys.push(("features".to_owned(), format!("[{}]", features.join(", "))));
    }
    if let [(key, value)] = keys.as_slice()
        && key == "version"
    {
        return Ok(format!("{name} = {value}"));
    }
    let keys: Vec<_> = keys.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    Ok(format!("{name} = {{ {} }}", keys.join(", ")))
}

/// The value of a key in a section.
fn entry<'a>(text: &'a str, section: &str, key: &str) -> Result<&'a str, String> {
    let lines = text.lines().skip_while(|line| *line != section).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "))
        .find_map(|(name, value)| (name == key).then_some(value))
        .ok_or(format!("`{key}` is not in {section} of the workspace"))
}

/// `name = { … }` as its name and its pairs.
fn table(line: &str) -> Result<(&str, Pairs<'_>), String> {
    let (name, value) = line.split_once(" = ").ok_or(format!("not understood: {line}"))?;
    Ok((name, pairs(value)?))
}

fn pairs(value: &str) -> Result<Pairs<'_>, String> {
    let fail = || format!("not understood: {value}");
    let inner = value.strip_prefix("{ ").and_then(|v| v.strip_suffix(" }")).ok_or_else(fail)?;
    split(inner).into_iter().map(|pair| pair.split_once(" = ").ok_or_else(fail)).collect()
}

fn items(value: &str) -> Result<Vec<&str>, String> {
    let fail = || format!("not understood: {value}");
    value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).map(split).ok_or_else(fail)
}

/// The parts between commas that stand in no bracket.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_i32, 0, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text.get(start..at).unwrap_or_default().trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default().trim());
    parts.retain(|part| !part.is_empty());
    parts
}
