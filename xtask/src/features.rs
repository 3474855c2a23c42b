//! Combinations of features that clippy has to pass.
//!
//! There are too many to try all. None, each alone and all together show every pair: both, neither, and one without
//! the other. All but one show what any number of them do together where one is off.

use serde_json::Value;
use std::path::Path;

use crate::ci::command;

/// The features of a crate, each with those that it turns on.
#[derive(Debug)]
pub(crate) struct Features(Vec<(String, Vec<String>)>);

impl Features {
    /// Those of a package of the workspace in this folder, but for `default`, as cargo knows them.
    pub(crate) fn of(package: &str, root: &Path) -> Result<Self, String> {
        let wrong = |error: &dyn std::fmt::Display| format!("cargo metadata: {error}");
        let arguments = ["metadata", "--no-deps", "--locked", "--offline", "--format-version", "1"];
        let output = command(root).args(arguments).output().map_err(|error| wrong(&error))?;
        let known: Value = serde_json::from_slice(&output.stdout).map_err(|error| wrong(&error))?;
        let packages = known["packages"].as_array().into_iter().flatten();
        let features = packages
            .filter(|one| one["name"] == package)
            .find_map(|one| one["features"].as_object())
            .ok_or_else(|| wrong(&format!("there is no package `{package}`")))?;
        let needs = |list: &Value| -> Vec<String> {
            let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        };
        let features = features.iter().filter(|(name, _)| *name != "default");
        Ok(Self(features.map(|(name, list)| (name.clone(), needs(list))).collect()))
    }

    /// The same without these and all that turn them on.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        let known: Vec<String> = self.names().map(str::to_owned).collect();
        let gone = |name: &str| names.iter().any(|one| self.turns_on(name, one));
        let gone: Vec<&String> = known.iter().filter(|name| gone(name)).collect();
        self.0.retain(|(name, _)| !gone.contains(&name));
        self
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Whether one is on where the other is.
    fn turns_on(&self, name: &str, other: &str) -> bool {
        let needs = self.0.iter().find(|(known, _)| known == name).map(|(_, needs)| needs);
        name == other
            || needs.is_some_and(|needs| needs.iter().any(|one| self.turns_on(one, other)))
    }

    pub(crate) fn each_alone(&self) -> Vec<Vec<&str>> {
        self.names().map(|name| vec![name]).collect()
    }

    /// For each of them all others, but for those that turn it on.
    pub(crate) fn all_but_one(&self) -> Vec<Vec<&str>> {
        let others = |one: &str| self.names().filter(|name| !self.turns_on(name, one)).collect();
        self.names().map(others).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;

    fn root() -> &'static Path {
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
    }

    #[test]
    fn features_are_those_of_the_manifest() {
        let features = Features::of("clientwright-runtime", root()).unwrap();
        let names: Vec<&str> = features.names().collect();
        assert!(names.contains(&"reqwest") && !names.contains(&"default"), "{names:?}");
        assert!(names.len() > 12, "{names:?}");
        assert!(Features::of("clientwright-elsewhere", root()).is_err());
        assert!(features.turns_on("axum", "webhooks") && !features.turns_on("webhooks", "axum"));
        let left = features.without(&["webhooks"]);
        assert!(left.names().all(|name| !["webhooks", "axum", "tower", "testing"].contains(&name)));
        assert!(left.names().any(|name| name == "jwt"));
    }

    /// Any two that can be on without a third one are so in some set.
    #[test]
    fn all_but_one_show_what_some_do_without_another() {
        let features = Features::of("clientwright-runtime", root()).unwrap();
        let sets = features.all_but_one();
        let names: Vec<&str> = features.names().collect();
        let mut shown = 0;
        for third in &names {
            for pair in names.iter().flat_map(|one| names.iter().map(move |two| [one, two])) {
                let can = !pair.iter().any(|one| features.turns_on(one, third));
                let is = |set: &Vec<&str>| {
                    pair.iter().all(|one| set.contains(one))
                        && !set.iter().any(|one| features.turns_on(one, third))
                };
                assert_eq!(sets.iter().any(is), can, "{pair:?} without {third}");
                shown += usize::from(can);
            }
        }
        assert!(shown > 1000, "{shown}");
    }

    /// What a group of a provider brings stands behind its feature, and nothing behind the absence of one: so groups
    /// that compile alone do so together.
    #[test]
    fn features_of_generated_code_only_add() {
        fn conditions(folder: &Path, found: &mut BTreeSet<String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    conditions(&path, found);
                    continue;
                }
                // rustfmt may have broken one over several lines.
                let text: String = fs::read_to_string(path).unwrap().split_whitespace().collect();
                found.extend(
                    text.split("cfg(")
                        .skip(1)
                        .map(|rest| rest.split(['"', ')']).next().unwrap_or_default().to_owned()),
                );
            }
        }
        let mut found = BTreeSet::new();
        conditions(&root().join("generated/src"), &mut found);
        // Any of several adds as one does.
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["any(feature=", "feature=", "test"]);
    }
}
