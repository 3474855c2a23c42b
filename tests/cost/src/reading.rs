//! Reading a large answer, against the same models with serde's derive.

use clientwright_cost::{Error, by_hand, server, shop};
use std::hint::black_box;

use crate::time;

const ITEMS: usize = 5000;
const TURNS: usize = 20;

pub(crate) fn report() -> Result<(), Error> {
    let text = format!("[{}]", vec![server::ITEM; ITEMS].join(","));
    let megabytes = text.len() as f64 / 1e6;
    let (generated, derived, ratio) = time::in_turns(
        TURNS,
        &mut || {
            time::of(&mut || {
                Ok(black_box(serde_json::from_str::<Vec<shop::models::Item>>(&text)?).len())
            })
        },
        &mut || {
            time::of(
                &mut || Ok(black_box(serde_json::from_str::<Vec<by_hand::Item>>(&text)?).len()),
            )
        },
    )?;
    println!("\nReading {ITEMS} items, {megabytes:.1} MB, in MB a second\n");
    println!("| generated | serde derive | ratio of time |");
    println!("| --- | --- | --- |");
    println!(
        "| {:.0} | {:.0} | {ratio:.2} |",
        megabytes / generated * 1e6,
        megabytes / derived * 1e6
    );
    Ok(())
}
