//! A test for each case and each client, written by the build script.
#![allow(unreachable_pub, reason = "the tests are generated")]

include!(concat!(env!("OUT_DIR"), "/tests.rs"));
