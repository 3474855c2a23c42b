//! Which keys were asked for in this thread, and which of them were there, so that the schema and the reference can be
//! held against them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Asked = BTreeMap<&'static str, BTreeSet<&'static str>>;

thread_local! {
    static ASKED: RefCell<Asked> = const { RefCell::new(BTreeMap::new()) };
    static THERE: RefCell<Asked> = const { RefCell::new(BTreeMap::new()) };
}

pub(super) fn note(what: &'static str, key: &'static str, is_there: bool) {
    for (list, noted) in [(&ASKED, true), (&THERE, is_there)] {
        if noted {
            list.with_borrow_mut(|keys| keys.entry(what).or_default().insert(key));
        }
    }
}

/// Those that were there.
pub(crate) fn there() -> Asked {
    THERE.with_borrow(Clone::clone)
}

pub(crate) fn all() -> Asked {
    ASKED.with_borrow(Clone::clone)
}
