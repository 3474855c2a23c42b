//! What findings have to do with each other, so that each mistake is told once.

/// What a kind of finding means for others, and they for it. Most have nothing to do with any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// Nobody knows what is meant to stand there: what leans on it waits until it can be read.
    Unread,
    /// What stands there is known and wrong: whatever does not fit to it may fit once it is right.
    Wrong,
    /// An item has other members, answers or parameters than it is meant to have.
    Reshaped,
    /// Something is not defined. It may be, where what defines it could not be read: these keys of a file.
    Unknown(&'static [&'static str]),
    /// Something is missing, or in the way, beside what was read: it leans on all of its item being read.
    Beside,
    /// The same, but it leans on nothing that stands inside of the other keys of its item: these alone may hold what
    /// is missing.
    BesideIn(&'static [&'static str]),
    /// Things do not fit together: it leans on all that it is about being right by itself.
    Fit,
    /// It leans on what something has, as well.
    Shape,
    /// It is about a name that is made of another one, unless the item says its own.
    Named,
}
