//! The part of a source that a message shows.
