//! `cargo xtask bench`: processor time and instructions of calls, processor time of reading large answers and of
//! the generator.
//!
//! Time is that of the processor in this thread, so that neither the server nor what else the machine does
//! counts. Two ways are compared in turns within one run: what matters is their ratio.
#![forbid(unsafe_code)]

mod generator;
mod instructions;
mod reading;
mod time;

use clientwright_cost::Error;
use clientwright_cost::calls::{Clients, Pair};
use std::path::Path;

/// How often each way has its turn.
const TURNS: usize = 60;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["count", name, way] => instructions::run(name, way),
        ["generator", task] => generator::run(task),
        ["gate"] => instructions::gate(&pairs(&Clients::start()?)),
        [root] => report(Path::new(root)),
        _ => Err("usage: clientwright-cost ROOT|gate".into()),
    }
}

fn report(root: &Path) -> Result<(), Error> {
    println!("Calls, in µs of processor time\n");
    println!("| call | generated | by hand | ratio |");
    println!("| --- | --- | --- | --- |");
    let clients = Clients::start()?;
    let mut pairs = pairs(&clients);
    for pair in &mut pairs {
        let (generated, by_hand, ratio) = compare(pair)?;
        println!("| {} | {generated:.2} | {by_hand:.2} | {ratio:.2} |", pair.name);
    }
    instructions::report(&pairs)?;
    reading::report()?;
    generator::report(root)
}

/// All calls, over a network and without one.
fn pairs(clients: &Clients) -> Vec<Pair<'_>> {
    clients.sent().into_iter().chain(clients.unsent()).collect()
}

/// The times of both ways, and their ratio.
fn compare(pair: &mut Pair<'_>) -> Result<(f64, f64, f64), Error> {
    time::in_turns(TURNS, &mut || time::of(&mut pair.generated), &mut || {
        time::of(&mut pair.by_hand)
    })
}
