//! What findings have to do with each other, so that each mistake is told once.

/// What a kind of finding means for others, and they for it. Most have nothing to do with any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Nobody knows what is meant to stand there: what leans on it waits until it can be read.
    Unread,
    /// What stands there is known and wrong: whatever does not fit to it may fit once it is right.
    Wrong,
    /// What an item has is another thing than it seems: its values cannot be judged.
    Reshaped,
    /// Something is not defined. It may be, where what defines it could not be read: these keys of a file.
    Unknown(&'static [&'static str]),
    /// Something is missing, or in the way, beside what was read: it leans on all of its item being read.
    Beside,
    /// Things do not fit together: it leans on all that it is about being right by itself.
    Fit,
    /// An example is another than what it was judged by.
    Value,
    /// It is about a name that is made of another one, unless the item says its own.
    Named,
}
