//! The tally of pairs who each care about issues in a measure of their own.

use rayon::prelude::*;

use super::cell_terms::Terms;
use super::salience::Salience;
use super::tally::PairTally;
use crate::score::kernel::{digits, pair_count};
use crate::stop::Stop;

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
