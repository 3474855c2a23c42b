//! Transactions: what a group hands out until it is committed.

/// How the guard of a group's transactions is made, and what it can do.
#[derive(Debug)]
pub(crate) struct Transaction {
    /// The guard.
    pub(crate) type_name: String,
    /// The methods that begin one and end it, as indices into those of the group.
    pub(crate) open: usize,
    pub(crate) commit: usize,
    /// The field of the commit that says which one.
    pub(crate) id: String,
    /// The fields that lead to the id from what the first method hands out.
    pub(crate) at: Vec<String>,
    /// Where the required parameters of the commit come from, in their order.
    pub(crate) held: Vec<Held>,
    /// The methods that the guard fills the ids into.
    pub(crate) inside: Vec<Inside>,
}

/// Where the guard has a parameter of its commit from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// What the first method answers with.
    Id,
    /// A field of the first request.
    Opening(String),
}

/// A method that a transaction makes shorter.
#[derive(Debug)]
pub(crate) struct Inside {
    /// Its index among those of the group.
    pub(crate) method: usize,
    /// For each of its required parameters the field of the commit that fills it, if one does.
    pub(crate) filled: Vec<Option<String>>,
}
