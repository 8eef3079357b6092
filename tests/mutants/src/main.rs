//! Which mutants of cargo-mutants does no Rust test notice?
//!
//! ```sh
//! cargo run --release --manifest-path tests/mutants/Cargo.toml -- [--again] [--slow] [--rest 300] [--seed 1] [src/group ...]
//! ```
//!
//! writes `target/mutants/outcomes.csv`, a row a mutant, and prints the counts. It needs `cargo install cargo-mutants`,
//! which lists the mutants: all of the model of groups, the Council rules and the scores, and a sample of the rest,
//! drawn by `--seed`. Paths, or `rest` for that sample, choose among them. What stands in the table is not tried anew,
//! save with `--again` what no test has caught; without the table all is. Tests of over a second are asked only about
//! mutants that no faster one reaches, save with `--slow`.
//!
//! cargo-mutants builds the package anew for each mutant. Here all are in one copy of it (`target/mutants/copy`), each
//! behind a switch that the variable `MUTANT` turns on. Every test is run once to see which mutants it reaches, then for
//! each mutant only the tests that reach it, until one fails.
//!
//! Otherwise than there, an operator changes with its operands as they are (`a - b * c` to `a - (b + c)`), tests in
//! comments are not run, and what is worked out when it is compiled (`const`) is not changed: it is listed as constant.
//! A struct whose field is left out keeps the types that the field gave it, so a few compile that would not there.

mod copy;
mod mutant;
mod outcome;
mod region;
mod switch;
mod test;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use crate::copy::Copy;
use crate::mutant::Mutant;
use crate::outcome::{Kind, Outcome};
use crate::switch::Way;
use crate::test::{Ending, Test};

/// Processes at a time.
const WORKERS: usize = 2;
/// A test that takes longer is not asked about a mutant that faster ones reach.
const SLOW: Duration = Duration::from_secs(1);

fn main() -> Result<()> {
    let (mut again, mut slow, mut rest, mut seed, mut paths) = (false, false, 300, 1, Vec::new());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--again" => again = true,
            "--slow" => slow = true,
            "--rest" => rest = args.next().context("how many of the rest")?.parse()?,
            "--seed" => seed = args.next().context("the seed")?.parse()?,
            _ => paths.push(arg),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let scratch = root.join("target/mutants");
    let table = scratch.join("outcomes.csv");
    let mutants = mutant::chosen(&root, rest, seed)?;
    let mut copy = Copy::of(&root, &scratch);
    let binaries = copy.build(&mutants)?;
    let tests = measured(&binaries, &copy.folder)?;

    let known = outcome::read(&table);
    let is_settled = |mutant: &Mutant| {
        known.get(&mutant.name).is_some_and(|row| !(again && matches!(row.outcome, Kind::Missed | Kind::Unreached)))
    };
    let is_asked = |mutant: &Mutant| {
        paths.is_empty() || paths.iter().any(|path| mutant.file.starts_with(path) || mutant.part() == path)
    };
    let tried: Vec<&Mutant> = mutants.iter().filter(|mutant| is_asked(mutant) && !is_settled(mutant)).collect();
    let kept = mutants.iter().filter_map(|mutant| known.get(&mutant.name).cloned());
    let rows = Mutex::new(kept.map(|row| (row.mutant.clone(), row)).collect::<BTreeMap<String, Outcome>>());
    let trial = Trial { tests: &tests, copy: &copy, slow, caught: Mutex::default() };
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(|| trial.work(&tried, &next, &rows, &table))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })?;
    let rows = rows.into_inner().expect("no worker panics");
    outcome::write(&table, rows.values())?;
    eprint!("{}", outcome::summary(rows.values()));
    Ok(())
}

/// The tests that reach a mutant, the fastest first.
fn measured(binaries: &[std::path::PathBuf], folder: &Path) -> Result<Vec<Test>> {
    let mut tests = test::listed(binaries, folder)?;
    let notes = folder.with_file_name("tests.json");
    let known = std::fs::read(&notes).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    tests.iter_mut().try_for_each(|test| test.measure(folder, &known))?;
    let learnt: HashMap<_, _> = tests.iter().map(|test| (&test.key, (test.takes, &test.reaches))).collect();
    std::fs::write(&notes, serde_json::to_vec(&learnt)?)?;
    tests.retain(|test| !test.reaches.is_empty());
    tests.sort_by_key(|test| test.takes);
    let all: Duration = tests.iter().map(|test| test.takes).sum();
    eprintln!("{} tests reach a mutant and take {:.0} s, one after the other", tests.len(), all.as_secs_f64());
    for test in tests.iter().rev().take(10) {
        eprintln!("{:6.2} s {}", test.takes.as_secs_f64(), test.name);
    }
    Ok(tests)
}

struct Trial<'t> {
    tests: &'t [Test],
    copy: &'t Copy,
    slow: bool,
    /// How many mutants of a function a test has caught: it is asked earlier about the next one.
    caught: Mutex<HashMap<(String, usize), u32>>,
}

impl Trial<'_> {
    fn work(
        &self,
        tried: &[&Mutant],
        next: &AtomicUsize,
        rows: &Mutex<BTreeMap<String, Outcome>>,
        table: &Path,
    ) -> Result<()> {
        while let Some(mutant) = tried.get(next.fetch_add(1, Ordering::Relaxed)) {
            let row = self.outcome(mutant)?;
            let mut rows = rows.lock().expect("no worker panics");
            rows.insert(mutant.name.clone(), row);
            let begun = next.load(Ordering::Relaxed);
            if begun.is_multiple_of(20) {
                outcome::write(table, rows.values())?;
                eprintln!("{begun} of {}", tried.len());
            }
        }
        Ok(())
    }

    fn outcome(&self, mutant: &Mutant) -> Result<Outcome> {
        let row = |outcome, by: &str, tests| Outcome {
            part: mutant.part().to_owned(),
            mutant: mutant.name.clone(),
            outcome,
            by: by.to_owned(),
            tests,
        };
        match self.copy.ways.get(&mutant.id) {
            Some(Way::Not(why)) if why == "constant" => return Ok(row(Kind::Constant, why, 0)),
            Some(Way::Not(why)) => return Ok(row(Kind::Unviable, why, 0)),
            _ => {}
        }
        let order = self.order(mutant);
        for at in &order {
            let test = &self.tests[*at];
            let kind = match test.with(mutant.id, &self.copy.folder)? {
                Ending::Passed => continue,
                Ending::Failed => Kind::Caught,
                Ending::TimedOut => Kind::Timeout,
            };
            let key = (format!("{} {}", mutant.file, mutant.function()), *at);
            *self.caught.lock().expect("no worker panics").entry(key).or_default() += 1;
            return Ok(row(kind, &test.name, order.len()));
        }
        Ok(row(if order.is_empty() { Kind::Unreached } else { Kind::Missed }, "", order.len()))
    }

    /// The tests that reach it: the fast, and those that have caught others of its function, first.
    fn order(&self, mutant: &Mutant) -> Vec<usize> {
        let caught = self.caught.lock().expect("no worker panics");
        let place = format!("{} {}", mutant.file, mutant.function());
        let worth = |at: usize| {
            let caught = caught.get(&(place.clone(), at)).copied().unwrap_or(0);
            self.tests[at].takes.as_secs_f64() / f64::from(1 + 4 * caught)
        };
        let reaching = (0..self.tests.len()).filter(|at| self.tests[*at].reaches.contains(&mutant.id));
        let mut order: Vec<(f64, usize)> = reaching.map(|at| (worth(at), at)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let is_fast = |at: &usize| self.tests[*at].takes <= SLOW;
        if !self.slow && order.iter().any(|(_, at)| is_fast(at)) {
            order.retain(|(_, at)| is_fast(at));
        }
        order.into_iter().map(|(_, at)| at).collect()
    }
}
