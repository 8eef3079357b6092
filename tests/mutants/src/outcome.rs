//! What became of each mutant, as a table and in counts.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};

/// A row of the table; `by` is the test that caught it, or why there is nothing to catch.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Outcome {
    pub part: String,
    pub mutant: String,
    pub outcome: Kind,
    pub by: String,
    /// How many tests come by.
    pub tests: usize,
}

#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Caught,
    Timeout,
    Missed,
    Unreached,
    Unviable,
    Constant,
}

pub fn read(path: &Path) -> BTreeMap<String, Outcome> {
    let rows = csv::Reader::from_path(path).into_iter().flat_map(csv::Reader::into_deserialize::<Outcome>);
    rows.filter_map(Result::ok).map(|row| (row.mutant.clone(), row)).collect()
}

pub fn write<'o>(path: &Path, rows: impl IntoIterator<Item = &'o Outcome>) -> Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    rows.into_iter().try_for_each(|row| writer.serialize(row))?;
    Ok(writer.flush()?)
}

/// A line for each part; what ran without end is caught.
pub fn summary<'o>(rows: impl IntoIterator<Item = &'o Outcome>) -> String {
    let mut counts: BTreeMap<&str, BTreeMap<Kind, usize>> = BTreeMap::new();
    for row in rows {
        *counts.entry(&row.part).or_default().entry(row.outcome).or_default() += 1;
    }
    let mut text = String::from("part    mutants  viable  caught  timeout  missed  unreached  unviable  constant\n");
    for (part, counts) in counts {
        let [caught, timeout, missed, unreached, unviable, constant] =
            [Kind::Caught, Kind::Timeout, Kind::Missed, Kind::Unreached, Kind::Unviable, Kind::Constant]
                .map(|kind| counts.get(&kind).copied().unwrap_or(0));
        let viable = caught + timeout + missed + unreached;
        let share = 100.0 * (caught + timeout) as f64 / viable.max(1) as f64;
        text += &format!(
            "{part:<8}{:>7}{viable:>8}{caught:>8}{timeout:>9}{missed:>8}{unreached:>11}{unviable:>10}{constant:>10}  {share:.1} %\n",
            viable + unviable + constant,
        );
    }
    text
}
