//! Which keys were asked for in this thread, so that the schema can be held against them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Asked = BTreeMap<&'static str, BTreeSet<&'static str>>;

thread_local! {
    static ASKED: RefCell<Asked> = const { RefCell::new(BTreeMap::new()) };
}

pub(super) fn note(what: &'static str, key: &'static str) {
    ASKED.with_borrow_mut(|asked| asked.entry(what).or_default().insert(key));
}

pub(crate) fn all() -> Asked {
    ASKED.with_borrow(Clone::clone)
}
