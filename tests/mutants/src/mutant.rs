//! A mutant as cargo-mutants lists it, and the choice of those that are tried.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// The parts tried in full; of the rest a sample is drawn.
const WHOLE: [&str; 3] = ["group", "council", "score"];

#[derive(Deserialize, Clone, Debug)]
pub struct Mutant {
    /// From 1 up, in the order of the list; 0 is none.
    #[serde(skip)]
    pub id: u32,
    pub name: String,
    pub file: String,
    pub genre: Genre,
    pub replacement: String,
    span: Span,
    function: Option<Function>,
}

#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

#[derive(Deserialize, Clone, Debug)]
struct Span {
    start: Place,
}

/// Line and column, both from 1.
#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

#[derive(Deserialize, Clone, Debug)]
struct Function {
    function_name: String,
}

impl Mutant {
    pub fn place(&self) -> Place {
        self.span.start
    }

    pub fn function(&self) -> &str {
        self.function.as_ref().map_or("", |function| &function.function_name)
    }

    /// `group`, `council`, `score` or `rest`.
    pub fn part(&self) -> &str {
        let module = self.file.split('/').nth(1).unwrap_or_default();
        WHOLE.into_iter().find(|part| *part == module).unwrap_or("rest")
    }
}

/// Every mutant of the parts tried in full, and `rest` others. The binding is left out: only Python runs it.
pub fn chosen(root: &Path, rest: usize, seed: u64) -> Result<Vec<Mutant>> {
    let list = ["mutants", "--list", "--json", "--no-config", "-f", "src/**", "-e", "src/python/**"];
    let listed = Command::new("cargo").args(list).current_dir(root).output()?;
    ensure!(listed.status.success(), "cargo mutants: {}", String::from_utf8_lossy(&listed.stderr));
    let all: Vec<Mutant> = serde_json::from_slice(&listed.stdout).context("the list of cargo-mutants")?;
    let (others, mut chosen): (Vec<Mutant>, Vec<Mutant>) = all.into_iter().partition(|mutant| mutant.part() == "rest");
    chosen.extend(drawn(others, rest, seed));
    chosen
        .sort_by(|a, b| (&a.file, a.place().line, a.place().column).cmp(&(&b.file, b.place().line, b.place().column)));
    for (mutant, id) in chosen.iter_mut().zip(1..) {
        mutant.id = id;
    }
    Ok(chosen)
}

/// The first `count` of the list dealt anew by SplitMix64.
fn drawn(mut from: Vec<Mutant>, count: usize, mut seed: u64) -> Vec<Mutant> {
    for last in (1..from.len()).rev() {
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        from.swap(last, ((mixed ^ (mixed >> 31)) % (last as u64 + 1)) as usize);
    }
    from.truncate(count);
    from
}
