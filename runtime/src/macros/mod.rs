//! The macros that generated code consists of. They only list; what they list is handled by
//! ordinary code in [`object`](mod@crate::object), [`crate::choice`] and [`crate::union`].

mod choices;
mod client;
mod events;
mod ids;
mod object;
mod requires;
mod setters;
mod unions;
