//! How much each actor cares about each issue, as a weight of pairs.

use std::str::FromStr;

use rayon::prelude::*;

use super::cell_terms::Terms;
use super::measure::Measure;
use super::tally::PairTally;
use crate::error::{Choice, Error, Result};
use crate::score::kernel::{digits, pair_count};
use crate::score::table::Table;
use crate::stop::Stop;

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

impl PairTally {
    /// Sums the terms of every pair, each rounded to a grid of the table, so that parts add up.
    pub(super) fn sum_salient(&mut self, terms: &Terms, salience: Salience, stop: &Stop) {
        let table = &*terms.table;
        let rows = table.actors().len();
        let most = table.most_salient().unwrap_or(1.0);
        let heaviest = table.weighing().map_or(1.0, |(_, heaviest)| heaviest) * salience.of(most, most);
        self.head.grid = [digits(heaviest), digits(heaviest)];
        self.head.width = 1.0;
        let scale = 2_f64.powi(self.head.grid[0]);
        let fixed = |x: f64| (x * scale).round() as u64;
        let of_pair = |(i, j)| {
            let mut sums = (0, 0, 0);
            if !stop.is_set() {
                terms.shared(i, j).for_each(|shared| {
                    sums = (sums.0 + 1, sums.1 + fixed(shared.distance), sums.2 + fixed(shared.weight));
                });
            }
            sums
        };
        let sums: Vec<(u32, u64, u64)> =
            (0..rows).into_par_iter().flat_map_iter(|i| (i + 1..rows).map(move |j| (i, j)).map(of_pair)).collect();
        debug_assert_eq!(sums.len(), pair_count(rows));
        self.shared = sums.iter().map(|sum| sum.0).collect();
        self.distance = sums.iter().map(|sum| sum.1).collect();
        self.weight = Some(sums.iter().map(|sum| sum.2).collect());
    }
}
