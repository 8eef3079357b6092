//! The tests of the copy, each run as a process of its own.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use wait_timeout::ChildExt;

/// What a mutant may take of memory, in kilobytes: an endless list should end the test, not the machine.
const MEMORY: u64 = 4 << 20;

/// What was learnt of tests before.
pub type Known = HashMap<String, (Duration, HashSet<u32>)>;

pub struct Test {
    binary: PathBuf,
    /// `binary::name`.
    pub name: String,
    filter: String,
    /// Its name and a number that is another where the binary is.
    pub key: String,
    /// Alone, with no mutant on.
    pub takes: Duration,
    pub reaches: HashSet<u32>,
}

#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub enum Ending {
    Passed,
    Failed,
    TimedOut,
}

/// Every test of these binaries.
pub fn listed(binaries: &[PathBuf], folder: &Path) -> Result<Vec<Test>> {
    let mut tests = Vec::new();
    for binary in binaries {
        let list = Command::new(binary).args(["--list", "--format", "terse"]).current_dir(folder).output()?;
        let stem = binary.file_stem().and_then(|stem| stem.to_str()).context("a binary with a name")?;
        let mut hasher = DefaultHasher::new();
        fs::read(binary)?.hash(&mut hasher);
        let built = hasher.finish();
        let stem = stem.rsplit_once('-').map_or(stem, |(stem, _)| stem);
        for name in String::from_utf8(list.stdout)?.lines().filter_map(|line| line.strip_suffix(": test")) {
            tests.push(Test {
                binary: binary.clone(),
                name: format!("{stem}::{name}"),
                filter: name.to_owned(),
                key: format!("{stem}::{name} {built:x}"),
                takes: Duration::ZERO,
                reaches: HashSet::new(),
            });
        }
    }
    Ok(tests)
}

impl Test {
    /// Learns how long it takes and which mutants it reaches, from an earlier run where the binary is the same.
    pub fn measure(&mut self, folder: &Path, known: &Known) -> Result<()> {
        if let Some((takes, reaches)) = known.get(&self.key) {
            (self.takes, self.reaches) = (*takes, reaches.clone());
            return Ok(());
        }
        let reached = folder.with_file_name(format!("{}.reached", self.name.replace(':', "-")));
        let limit = Duration::from_secs(600);
        let watched = self.run(folder, "MUTANTS_REACHED", reached.to_str().context("a path")?, limit)?;
        let begun = Instant::now();
        let plain = self.run(folder, "MUTANT", "0", limit)?;
        self.takes = begun.elapsed();
        if [watched, plain] != [Ending::Passed; 2] {
            eprintln!("left out, since it does not pass in the copy: {}", self.name);
            return Ok(());
        }
        // What reaches no mutant writes no file.
        let ids = fs::read_to_string(&reached).unwrap_or_default();
        self.reaches = ids.lines().map(str::parse).collect::<Result<_, _>>()?;
        Ok(())
    }

    pub fn with(&self, mutant: u32, folder: &Path) -> Result<Ending> {
        self.run(folder, "MUTANT", &mutant.to_string(), self.takes * 5 + Duration::from_secs(3))
    }

    fn run(&self, folder: &Path, variable: &str, value: &str, limit: Duration) -> Result<Ending> {
        let mut child = Command::new("sh")
            .arg("-c")
            .arg(format!("ulimit -v {MEMORY}; ulimit -c 0; exec \"$0\" --exact \"$1\" --test-threads 1"))
            .arg(&self.binary)
            .arg(&self.filter)
            .current_dir(folder)
            .env(variable, value)
            .env("RAYON_NUM_THREADS", "2")
            .env("RUST_BACKTRACE", "0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        match child.wait_timeout(limit)? {
            Some(status) => Ok(if status.success() { Ending::Passed } else { Ending::Failed }),
            None => {
                child.kill()?;
                child.wait()?;
                Ok(Ending::TimedOut)
            }
        }
    }
}
