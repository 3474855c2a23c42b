//! What `check` refuses where, and why. A line that changes is one to look at: what is refused with good reason has
//! no form there, and everything else is a gap.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

/// Each refusal is listed. `UPDATE=1 cargo test -p matrix-tests --test refused` writes the list anew.
#[test]
fn refusals_are_known() -> Result<(), Box<dyn Error>> {
    if option_env!("MATRIX") == Some("all") {
        // More is tried than what is listed.
        return Ok(());
    }
    let found = include_str!(concat!(env!("OUT_DIR"), "/refused.txt"));
    let list = Path::new("tests/refused.txt");
    if env::var_os("UPDATE").is_some() {
        fs::write(list, found)?;
    }
    let known = fs::read_to_string(list)?;
    let (found, known): (Vec<_>, Vec<_>) = (found.lines().collect(), known.lines().collect());
    let new: Vec<_> = found.iter().filter(|line| !known.contains(line)).collect();
    let gone: Vec<_> = known.iter().filter(|line| !found.contains(line)).collect();
    assert!(new.is_empty() && gone.is_empty(), "new: {new:#?}\ngone: {gone:#?}");
    Ok(())
}
