//! How much each actor cares about each issue, as a weight of pairs.

use std::str::FromStr;

use super::measure::Measure;
use crate::error::{Choice, Error, Result};
use crate::score::table::Table;

/// How the salience of two actors becomes the weight of an issue for the pair; it comes on top of
/// the weight of the issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Salience {
    /// s·t: what both care about counts.
    Product,
    /// (s + t) / 2: what either cares about counts.
    Mean,
}

impl FromStr for Salience {
    type Err = Error;

    fn from_str(word: &str) -> Result<Salience> {
        Choice::new("salience", [("product", Salience::Product), ("mean", Salience::Mean)]).pick(word)
    }
}

impl Salience {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Salience::Product => "product",
            Salience::Mean => "mean",
        }
    }

    /// The weight of two.
    pub fn of(self, s: f64, t: f64) -> f64 {
        match self {
            Salience::Product => s * t,
            Salience::Mean => (s + t) / 2.0,
        }
    }

    pub(super) fn check(self, table: &Table, measure: Measure) -> Result<()> {
        let refuse = |name, got: &str, expected: &str| {
            Err(Error::Option { name, got: got.to_owned(), expected: expected.to_owned() })
        };
        if measure.counts_levels() {
            let got = format!("{} with salience", measure.as_str());
            return refuse("measure", &got, "a measure that takes weights: agreement, agree2, agree3 or s");
        }
        if table.most_salient().is_none() {
            return refuse("salience", self.as_str(), "a table with salience, read with salience=");
        }
        Ok(())
    }
}
