//! The clients of services that do not exist and have every kind of request, answer and model.

include!(concat!(env!("OUT_DIR"), "/clientwright.rs"));
