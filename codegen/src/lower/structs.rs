//! What the types of a group's module are called.

use std::collections::BTreeSet;

use crate::names::{self, Kind};

/// The structs of a group's module.
pub(super) struct Structs {
    taken: BTreeSet<String>,
}

impl Structs {
    pub(super) fn new(group: &str, marker: &str) -> Self {
        let own = [group, marker];
        let all = own.iter().chain(&names::GROUP_IMPORTS).chain(&names::PRELUDE);
        Self { taken: all.map(|name| (*name).to_owned()).collect() }
    }

    /// Keeps a name for something else.
    pub(super) fn keep(&mut self, name: String) {
        self.taken.insert(name);
    }

    /// The struct of a request: called as the method, or with the suffix `Request` where the module has
    /// that name already.
    pub(super) fn request(&mut self, method: &str) -> String {
        let name = names::rust_name(method, Kind::Type).unwrap_or_default();
        self.take(name, "Request")
    }

    /// The enum of a method's bodies.
    pub(super) fn body(&mut self, request: &str) -> String {
        self.take(format!("{}Body", request.trim_end_matches("Request")), "s")
    }

    /// The struct with the members of one of several bodies.
    pub(super) fn holder(&mut self, request: &str, variant: &str) -> String {
        let variant = variant.trim_start_matches("r#");
        self.take(format!("{}{variant}", request.trim_end_matches("Request")), "Body")
    }

    /// The enum of a method's answers.
    pub(super) fn answer(&mut self, request: &str) -> String {
        self.take(format!("{}Answer", stem(request)), "s")
    }

    /// The enum of a method's errors.
    pub(super) fn error(&mut self, request: &str) -> String {
        self.take(format!("{}Error", stem(request)), "s")
    }

    /// The name, with the suffix as long as the module has it already.
    fn take(&mut self, mut name: String, suffix: &str) -> String {
        while self.taken.contains(&name) {
            name = format!("{}{suffix}", name.trim_end_matches('_'));
        }
        self.taken.insert(name.clone());
        name
    }
}

/// What a request struct is called without what only keeps it from being something else.
fn stem(request: &str) -> &str {
    request.trim_end_matches("Request").trim_end_matches('_')
}

/// The struct with the methods of a group: called as the group, or with the suffix `Group` where its
/// module takes that name from elsewhere.
pub(super) fn group_type(group: &str, marker: &str) -> String {
    let name = names::rust_name(group, Kind::Type).unwrap_or_default();
    let taken = names::GROUP_IMPORTS.contains(&name.as_str())
        || names::PRELUDE.contains(&name.as_str())
        || name == marker;
    if taken { format!("{}Group", name.trim_end_matches('_')) } else { name }
}
