//! Transactions: what a group hands out until it is committed.

/// How the guard of a group's transactions is made, and what it can do.
#[derive(Debug)]
pub(crate) struct Transaction {
    /// The guard.
    pub(crate) type_name: String,
    /// The methods that begin one and end it, as indices into those of the group.
    pub(crate) open: usize,
    pub(crate) commit: usize,
    /// The field of the request that says which one.
    pub(crate) id: String,
    /// The fields that lead to the id from what the first method hands out.
    pub(crate) at: Vec<String>,
    /// The methods that the guard fills the ids into, as indices.
    pub(crate) inside: Vec<usize>,
}
