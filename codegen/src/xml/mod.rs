//! Bodies of examples in XML: the texts that documentation shows as values of models, and values as the
//! texts that are sent. The runtime has no part in it, so that the two are held against each other.

mod read;
mod shape;
mod write;

pub(crate) use shape::{says, shown};
pub(crate) use write::document;
