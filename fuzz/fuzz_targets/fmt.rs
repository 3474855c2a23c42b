#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clientwright_test_fuzz::fmt(data));
