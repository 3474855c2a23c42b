//! Clients of services that do not exist, one for each behaviour that specifications decide on.

include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));
