//! The client of a service that does not exist and has every kind of request and answer.

include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));
