//! The build script gives the bytes of the committed crate.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use build_script_sample::punt::models::SubscriptionId;

/// The files below a folder, by name.
fn files(dir: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap());
    entries
        .flat_map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                let below = files(&entry.path()).into_iter();
                return below.map(|(inner, text)| (format!("{name}/{inner}"), text)).collect();
            }
            vec![(name, fs::read_to_string(entry.path()).unwrap())]
        })
        .collect()
}

#[test]
fn the_same_files_as_the_committed_crate() {
    let built = files(&Path::new(env!("OUT_DIR")).join("punt"));
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated/src/punt"));
    assert_eq!(built.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, text) in &built {
        assert!(committed[name] == *text, "{name} differs");
    }
}

#[test]
fn the_client_can_be_used() {
    assert_eq!(SubscriptionId::from("a").as_str(), "a");
    let request = build_script_sample::punt::subscriptions::List::new().take(50);
    assert_eq!(request.take, Some(50));
}
