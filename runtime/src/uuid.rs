//! UUIDs as values.

/// A UUID, as text.
///
/// It is not checked or normalised: services write it with hyphens or without, in either case, and
/// compare it as text. Parse it with the library of your choice where its bits are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uuid(String);

crate::text_type!(Uuid);
