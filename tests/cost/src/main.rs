//! `cargo xtask bench`: processor time of calls, of reading large answers, and of the generator.
//!
//! Time is that of the processor in this thread, so that neither the server nor what else the machine does
//! counts. Two ways are compared in turns within one run: what matters is their ratio.
#![forbid(unsafe_code)]

mod generator;
mod reading;
mod time;

use clientwright_cost::Error;
use clientwright_cost::calls::{Clients, Pair};

/// How often each way has its turn.
const TURNS: usize = 60;

fn main() -> Result<(), Error> {
    let root = std::env::args().nth(1).ok_or("usage: clientwright-cost ROOT")?;
    println!("Calls, in µs of processor time\n");
    println!("| call | generated | by hand | ratio |");
    println!("| --- | --- | --- | --- |");
    let clients = Clients::start()?;
    for pair in clients.sent().into_iter().chain(clients.unsent()) {
        let name = pair.name;
        let (generated, by_hand, ratio) = compare(pair)?;
        println!("| {name} | {generated:.2} | {by_hand:.2} | {ratio:.2} |");
    }
    reading::report()?;
    generator::report(root.as_ref())
}

/// The times of both ways, and their ratio.
fn compare(mut pair: Pair<'_>) -> Result<(f64, f64, f64), Error> {
    time::in_turns(TURNS, &mut || time::of(&mut pair.generated), &mut || {
        time::of(&mut pair.by_hand)
    })
}
