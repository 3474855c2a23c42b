//! How many instructions a call takes in the thread that makes it, counted by callgrind of Valgrind where that is
//! installed. Unlike time that is nearly the same in every run.

use clientwright_cost::Error;
use clientwright_cost::calls::{Call, Clients, Pair};
use std::process::Command;

/// So many calls are counted.
const RUNS: u32 = 200;
/// Before, connections are opened and buffers get their size.
const BEFORE: u32 = 20;
/// The way that is counted, as an argument of this program.
const GENERATED: &str = "generated";
const BY_HAND: &str = "by-hand";

pub(crate) fn report(pairs: &[Pair<'_>]) -> Result<(), Error> {
    if is_installed() {
        count_all(pairs).map(drop)
    } else {
        println!("\nCalls, in instructions: left out, since Valgrind is not installed");
        Ok(())
    }
}

/// Refuses calls that take more than by hand.
pub(crate) fn gate(pairs: &[Pair<'_>]) -> Result<(), Error> {
    if !is_installed() {
        return Err("Valgrind is not installed, which counts instructions".into());
    }
    let more = count_all(pairs)?.into_iter().filter(|(_, ratio)| *ratio > 1.0);
    let more: Vec<_> = more.map(|(name, ratio)| format!("{name} {ratio:.3}")).collect();
    if more.is_empty() {
        Ok(())
    } else {
        Err(format!("more instructions than by hand: {}", more.join("; ")).into())
    }
}

fn is_installed() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// The ratio of both ways, by the name of the call.
fn count_all(pairs: &[Pair<'_>]) -> Result<Vec<(&'static str, f64)>, Error> {
    println!("\nCalls, in instructions\n");
    println!("| call | generated | by hand | ratio |");
    println!("| --- | --- | --- | --- |");
    let mut ratios = Vec::new();
    for Pair { name, .. } in pairs {
        let (generated, by_hand) = (count(name, GENERATED)?, count(name, BY_HAND)?);
        let ratio = generated / by_hand;
        println!("| {name} | {generated:.0} | {by_hand:.0} | {ratio:.3} |");
        ratios.push((*name, ratio));
    }
    Ok(ratios)
}

/// The instructions of one call, by running this program under callgrind.
fn count(name: &str, way: &str) -> Result<f64, Error> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*::instructions::counted*")
        .arg(std::env::current_exe()?)
        .args(["count", name, way])
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let counted = text.lines().find_map(|line| line.split_once("Collected : "));
    let counted = counted.filter(|_| output.status.success()).ok_or_else(|| text.clone())?;
    Ok(counted.1.trim().parse::<f64>()? / f64::from(RUNS))
}

/// What runs under callgrind: one way of a call.
pub(crate) fn run(name: &str, way: &str) -> Result<(), Error> {
    let clients = Clients::start()?;
    let mut pairs = clients.sent().into_iter().chain(clients.unsent());
    let pair = pairs.find(|pair| pair.name == name).ok_or("there is no such call")?;
    let mut call = match way {
        GENERATED => pair.generated,
        BY_HAND => pair.by_hand,
        _ => return Err("there is no such way".into()),
    };
    for _ in 0..BEFORE {
        call()?;
    }
    counted(&mut call)
}

/// Callgrind counts what happens in here, and knows it by its name.
#[inline(never)]
fn counted(call: &mut Call<'_>) -> Result<(), Error> {
    for _ in 0..RUNS {
        call()?;
    }
    Ok(())
}
