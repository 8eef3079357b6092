//! What of a corpus depends on how large its size words are taken to be.

use std::collections::{HashMap, HashSet};

use super::{MajorityRow, Rule, Verdict, majorities};
use crate::error::Result;
use crate::lexicon::{PopulationTables, SizeTable};
use crate::model::Corpus;
use crate::score::cohesion::Cohesion;
use crate::score::completions::Completions;
use crate::score::{AgreementOptions, agreement_with};
use crate::stop::Stop;

/// One quantity under one size table; only quantities that some tables give differently are listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// `agreement` (of a pair), `cohesion` (Rice, of an issue) or `majority` (the probability that a side is a qualified one).
    pub quantity: &'static str,
    /// What it is of: two actors, or meeting, issue and side.
    pub of: [String; 3],
    /// The name of the size table.
    pub table: String,
    /// The value; `None` where it is undefined.
    pub value: Option<f64>,
    /// The least it can be.
    pub lower: Option<f64>,
    /// The most it can be.
    pub upper: Option<f64>,
    /// The verdict on a majority, where there is one.
    pub verdict: Option<&'static str>,
}

impl Sensitivity {
    /// Every quantity.
    pub const QUANTITIES: [&'static str; 3] = ["agreement", "cohesion", "majority"];
}

/// What the size tables give differently, quantity by quantity, each with a row for every table in the order given.
///
/// Agreement as [`agreement`](fn@crate::score::agreement) has it by default; cohesion that of Rice with its sharp bounds; of a majority the
/// probability that the side is a qualified one, as stated, between 0 and 1 unless its verdict is settled.
///
/// Every table is a step of `stop`.
///
/// # Errors
/// As [`agreement`](fn@crate::score::agreement), and [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub fn sensitivity(
    corpus: &Corpus,
    tables: &[(String, SizeTable)],
    populations: &PopulationTables,
    stop: &Stop,
) -> Result<Vec<Sensitivity>> {
    let mut columns = Vec::new();
    stop.expect(tables.len());
    for (name, sizes) in tables {
        columns.push(rows_of(corpus, name, sizes, populations, &stop.within())?);
        stop.step()?;
    }
    let mut keys: Vec<(&str, &[String; 3])> = Vec::new();
    let mut known = HashSet::new();
    for row in columns.iter().flatten() {
        if known.insert((row.quantity, &row.of)) {
            keys.push((row.quantity, &row.of));
        }
    }
    let found: Vec<HashMap<_, &Sensitivity>> =
        columns.iter().map(|rows| rows.iter().map(|row| ((row.quantity, &row.of), row)).collect()).collect();
    let mut kept = Vec::new();
    for key in keys {
        let rows: Vec<Option<&&Sensitivity>> = found.iter().map(|rows| rows.get(&key)).collect();
        // A side that some table leaves without members has no row there.
        let differs = rows.iter().any(|row| match (row, rows[0]) {
            (Some(row), Some(first)) => !same(row, first),
            (row, first) => row.is_some() != first.is_some(),
        });
        if differs {
            kept.extend(rows.into_iter().flatten().map(|row| (*row).clone()));
        }
    }
    Ok(kept)
}

/// Whether two tables give the same; what rounding alone makes of a number does not count.
fn same(a: &Sensitivity, b: &Sensitivity) -> bool {
    let near = |pair: (Option<f64>, Option<f64>)| match pair {
        (Some(a), Some(b)) => (a - b).abs() < 1e-12,
        (a, b) => a.is_none() && b.is_none(),
    };
    near((a.value, b.value)) && near((a.lower, b.lower)) && near((a.upper, b.upper)) && a.verdict == b.verdict
}

/// Every quantity, in an order that the corpus alone decides.
fn rows_of(
    corpus: &Corpus,
    name: &str,
    sizes: &SizeTable,
    populations: &PopulationTables,
    stop: &Stop,
) -> Result<Vec<Sensitivity>> {
    let mut rows = Vec::new();
    for row in agreement_with(corpus, sizes, &AgreementOptions::default(), stop)?.rows {
        rows.push(Sensitivity {
            quantity: "agreement",
            of: [row.actor_a.as_str().to_owned(), row.actor_b.as_str().to_owned(), String::new()],
            table: name.to_owned(),
            value: row.agreement,
            lower: row.lower,
            upper: row.upper,
            verdict: None,
        });
    }
    for row in Completions::new(corpus, sizes).cohesion(Cohesion::Rice) {
        rows.push(Sensitivity {
            quantity: "cohesion",
            of: [row.meeting, row.issue, String::new()],
            table: name.to_owned(),
            value: row.value,
            lower: row.bounds.map(|ends| ends.0),
            upper: row.bounds.map(|ends| ends.1),
            verdict: None,
        });
    }
    let verdict = |row: MajorityRow| Sensitivity {
        quantity: "majority",
        of: [row.meeting, row.issue, row.side.as_str().to_owned()],
        table: name.to_owned(),
        value: row.probability,
        lower: row.verdict.map(|verdict| f64::from(u8::from(verdict == Verdict::Certain))),
        upper: row.verdict.map(|verdict| f64::from(u8::from(verdict != Verdict::Impossible))),
        verdict: row.verdict.map(|verdict| verdict.as_str()),
    };
    rows.extend(majorities(corpus, sizes, Rule::Qualified, populations).into_iter().map(verdict));
    Ok(rows)
}
