//! Processor time.

use clientwright_cost::Error;
use std::fs;
use std::time::{Duration, Instant};

/// How long a turn takes.
const TURN: Duration = Duration::from_millis(100);

/// The time that this thread has had a processor; on systems that do not tell, the time of the clock.
pub(crate) fn now() -> Result<Duration, Error> {
    match fs::read_to_string("/proc/thread-self/schedstat") {
        Ok(text) => {
            let nanoseconds = text.split(' ').next().unwrap_or_default();
            Ok(Duration::from_nanos(nanoseconds.parse()?))
        }
        Err(_) => Ok(START.with(Instant::elapsed)),
    }
}

thread_local! {
    static START: Instant = Instant::now();
}

/// Microseconds of one run. It is repeated for a while, since the system counts in steps of some milliseconds.
pub(crate) fn of<T>(run: &mut dyn FnMut() -> Result<T, Error>) -> Result<f64, Error> {
    let (begin, clock, mut runs) = (now()?, Instant::now(), 0_u32);
    while clock.elapsed() < TURN {
        // The clock itself is not looked at each time.
        for _ in 0..10 {
            run()?;
        }
        runs += 10;
    }
    Ok((now()? - begin).as_secs_f64() * 1e6 / f64::from(runs))
}

/// Microseconds of one run that takes long enough by itself.
pub(crate) fn of_one<T>(run: &mut dyn FnMut() -> Result<T, Error>) -> Result<f64, Error> {
    let begin = now()?;
    run()?;
    Ok((now()? - begin).as_secs_f64() * 1e6)
}

/// The time that all threads of this program have had a processor, those that have ended too; on systems that do
/// not tell, the time of the clock. It is counted in hundredths of a second.
fn of_all_threads() -> Result<Duration, Error> {
    let Ok(text) = fs::read_to_string("/proc/self/stat") else {
        return Ok(START.with(Instant::elapsed));
    };
    // The name of the program comes first, in brackets and with whatever is in it.
    let (_, numbers) = text.rsplit_once(')').ok_or("no brackets")?;
    let times = numbers.split_whitespace().skip(11).take(2);
    let ticks = times.map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}

/// Milliseconds of one run in all threads: the mean of several, since one is hardly longer than what is counted in.
pub(crate) fn mean_of_all_threads(
    runs: u32,
    before: &mut dyn FnMut() -> Result<(), Error>,
    run: &mut dyn FnMut() -> Result<(), Error>,
) -> Result<f64, Error> {
    let mut all = Duration::ZERO;
    for _ in 0..runs {
        before()?;
        let begin = of_all_threads()?;
        run()?;
        all += of_all_threads()?.saturating_sub(begin);
    }
    Ok(all.as_secs_f64() * 1e3 / f64::from(runs))
}

/// Measures two ways in turns: the times of both, and their ratio. Of all turns the lower quartile counts, since
/// what else the machine does only ever makes a turn longer.
pub(crate) fn in_turns(
    turns: usize,
    one: &mut dyn FnMut() -> Result<f64, Error>,
    other: &mut dyn FnMut() -> Result<f64, Error>,
) -> Result<(f64, f64, f64), Error> {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    // The first turn only warms up.
    one()?;
    other()?;
    for turn in 0..turns {
        // Neither way always comes first.
        if turn % 2 == 0 {
            ones.push(one()?);
        }
        others.push(other()?);
        if turn % 2 == 1 {
            ones.push(one()?);
        }
    }
    let (one, other) = (lower_quartile(ones), lower_quartile(others));
    Ok((one, other, one / other))
}

pub(crate) fn lower_quartile(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 4).copied().unwrap_or_default()
}
