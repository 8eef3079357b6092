//! The scores that a tally gives: of all pairs, and as a square.

use rayon::prelude::*;

use super::formula::{Counted, Formula, alike};
use super::measure::Measure;
use super::tally::PairTally;
use crate::error::Result;
use crate::memory;
use crate::score::kernel::pair_index;

impl PairTally {
    fn formula(&self) -> Formula {
        let measure = self.head.measure.parse().unwrap_or(Measure::Agreement);
        Formula { measure, squared: self.head.squared }
    }

    /// The score of a pair; `margins` is room for its counts of levels.
    fn score(&self, of: &Scoring, margins: &mut Vec<f64>, pair: usize) -> Option<f64> {
        if self.shared[pair] < of.min_shared.max(1) {
            return None;
        }
        margins.clear();
        margins.extend(self.margins[pair * of.width..(pair + 1) * of.width].iter().map(|&n| n as f64));
        let weight = match &self.weight {
            Some(weight) => weight[pair] as f64 * of.units[1],
            None => self.shared[pair] as f64,
        };
        let distance = self.distance[pair] as f64 * of.units[0] / self.head.width;
        of.formula.score(Counted { distance, weight, margins })
    }

    fn scoring(&self, min_shared: u32) -> Scoring {
        let units = self.head.grid.map(|digits| 2_f64.powi(-digits));
        Scoring { formula: self.formula(), min_shared, units, width: self.head.level_counts() }
    }

    /// The score of every pair (0,1), (0,2) … (1,2) …; `None` where it is undefined or the pair
    /// shares fewer than `min_shared` issues.
    pub fn scores(&self, min_shared: u32) -> Vec<Option<f64>> {
        let scoring = self.scoring(min_shared);
        let of = |margins: &mut Vec<f64>, pair| self.score(&scoring, margins, pair);
        let pairs = 0..self.shared.len();
        match pairs.len() <= FEW {
            true => {
                let mut margins = Vec::new();
                pairs.map(|pair| of(&mut margins, pair)).collect()
            }
            false => pairs.into_par_iter().map_init(Vec::new, of).collect(),
        }
    }

    /// The scores as a square, row by row, NaN where undefined. An actor agrees with itself (1)
    /// where it has a position.
    ///
    /// # Errors
    /// [`Error::Memory`](crate::error::Error::Memory) where it cannot be held.
    pub fn matrix(&self, min_shared: u32) -> Result<Vec<f64>> {
        let rows = self.actors().len();
        memory::check("a square of all pairs", 8 * (rows * rows) as u64, "fewer actors, or blocks of them, need less")?;
        let mut square = vec![0.0; rows * rows];
        let of = self.scoring(min_shared);
        if of.formula.is_plain() && self.weight.is_none() {
            // Cheaper scored twice than kept.
            let least = of.min_shared.max(1);
            let (unit, width) = (of.units[0], self.head.width);
            self.fill(&mut square, |pair| match self.shared[pair] < least {
                true => f64::NAN,
                false => alike(self.distance[pair] as f64 * unit / width, self.shared[pair] as f64),
            });
        } else {
            let scores = self.scores(min_shared);
            self.fill(&mut square, |pair| scores[pair].unwrap_or(f64::NAN));
        }
        Ok(square)
    }

    fn fill(&self, square: &mut [f64], score: impl Fn(usize) -> f64 + Sync) {
        let rows = self.actors().len();
        let fill = |(at, band): (usize, &mut [f64])| {
            let first = at * BAND;
            // Pairs of one other actor with all of the band lie side by side.
            for j in 0..first {
                let from = pair_index(rows, j, first);
                band.iter_mut().skip(j).step_by(rows).zip(from..).for_each(|(slot, pair)| *slot = score(pair));
            }
            for (i, row) in (first..).zip(band.chunks_mut(rows)) {
                let before = row[first..i].iter_mut();
                before.zip(first..).for_each(|(slot, j)| *slot = score(pair_index(rows, j, i)));
                row[i] = if self.own[i] > 0 { 1.0 } else { f64::NAN };
                let after = row[i + 1..].iter_mut();
                after.zip(i * (2 * rows - i - 1) / 2..).for_each(|(slot, pair)| *slot = score(pair));
            }
        };
        match self.shared.len() <= FEW {
            true => square.chunks_mut((BAND * rows).max(1)).enumerate().for_each(fill),
            false => square.par_chunks_mut(BAND * rows).enumerate().for_each(fill),
        }
    }
}

/// What the scores of all pairs have in common.
struct Scoring {
    formula: Formula,
    min_shared: u32,
    /// What a unit of the sums of distances and of weights is.
    units: [f64; 2],
    /// Counts of levels that a pair has.
    width: usize,
}

/// Rows that are filled in together.
const BAND: usize = 16;

/// Pairs that one thread scores sooner than another wakes.
const FEW: usize = 4096;
