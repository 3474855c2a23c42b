//! Programs as users write them, and mistakes as users make them, with what the compiler says.
//!
//! `TRYBUILD=overwrite cargo test -p compile-tests` accepts what it says now: read the difference before it is
//! committed, since these texts are what users see.

#[test]
fn programs() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*.rs");
}
