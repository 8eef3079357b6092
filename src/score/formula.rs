//! From tallies to scores of two actors.

use rayon::prelude::*;

use super::kernel::pair_index;
use super::measure::Measure;
use super::tally::PairTally;

/// What one pair's tally holds, as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'a> {
    /// Σ of the distances over the greatest possible one.
    pub(super) distance: f64,
    /// Σ of the weights; the number of shared issues where all weigh 1.
    pub(super) weight: f64,
    /// How often each of the two took each level.
    pub(super) margins: &'a [f64],
}

/// A formula together with what it needs to know of the scale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formula {
    pub(super) measure: Measure,
    pub(super) squared: bool,
}

impl Formula {
    /// The score; `None` where it is undefined.
    pub(super) fn score(self, counted: Counted) -> Option<f64> {
        if counted.weight <= 0.0 {
            return None;
        }
        let apart = counted.distance / counted.weight;
        match self.measure {
            Measure::Agreement | Measure::Agree2 | Measure::Agree3 => {
                Some((counted.weight - counted.distance) / counted.weight)
            }
            Measure::S => Some(1.0 - 2.0 * apart),
            Measure::Kappa | Measure::WeightedKappa | Measure::Pi => {
                let chance = self.expected(counted.margins, counted.weight);
                (chance > 0.0).then(|| 1.0 - apart / chance)
            }
        }
    }

    /// The distance expected by chance, over the greatest possible one.
    fn expected(self, margins: &[f64], n: f64) -> f64 {
        let (a, b) = margins.split_at(margins.len() / 2);
        let pooled: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect();
        let (a, b) = if self.measure == Measure::Pi { (&pooled[..], &pooled[..]) } else { (a, b) };
        let steps = a.len().saturating_sub(1) as f64;
        let apart = |k: usize, l: usize| match (self.measure, self.squared) {
            (Measure::WeightedKappa, false) => (k as f64 - l as f64).abs() / steps,
            (Measure::WeightedKappa, true) => ((k as f64 - l as f64) / steps).powi(2),
            _ => (k != l) as u8 as f64,
        };
        let cells = (0..a.len()).flat_map(|k| (0..b.len()).map(move |l| (k, l)));
        cells.map(|(k, l)| apart(k, l) * a[k] * b[l]).sum::<f64>() / (n * n)
    }
}

impl PairTally {
    fn formula(&self) -> Formula {
        let measure = self.head.measure.parse().unwrap_or(Measure::Agreement);
        Formula { measure, squared: self.head.squared }
    }

    /// The score of every pair (0,1), (0,2) … (1,2) …; `None` where it is undefined or the pair
    /// shares fewer than `min_shared` issues.
    pub fn scores(&self, min_shared: u32) -> Vec<Option<f64>> {
        let formula = self.formula();
        let units = self.head.grid.map(|digits| 2_f64.powi(-digits));
        let width = if self.margins.is_empty() { 0 } else { 2 * self.head.levels.len() };
        let of = |pair: usize| {
            if self.shared[pair] == 0 || self.shared[pair] < min_shared {
                return None;
            }
            let margins: Vec<f64> = self.margins[pair * width..(pair + 1) * width].iter().map(|&n| n as f64).collect();
            let weight = match &self.weight {
                Some(weight) => weight[pair] as f64 * units[1],
                None => self.shared[pair] as f64,
            };
            let distance = self.distance[pair] as f64 * units[0] / self.head.width;
            formula.score(Counted { distance, weight, margins: &margins })
        };
        match self.shared.len() <= FEW {
            true => (0..self.shared.len()).map(of).collect(),
            false => (0..self.shared.len()).into_par_iter().map(of).collect(),
        }
    }

    /// The scores as a square, row by row, NaN where undefined. An actor agrees with itself (1)
    /// where it has a position.
    pub fn matrix(&self, min_shared: u32) -> Vec<f64> {
        self.square(&self.scores(min_shared))
    }

    /// `scores` of all pairs as a square, as [`PairTally::matrix`] has them.
    pub(super) fn square(&self, scores: &[Option<f64>]) -> Vec<f64> {
        let rows = self.actors().len();
        let mut square = vec![f64::NAN; rows * rows];
        let fill = |(i, row): (usize, &mut [f64])| {
            for (j, slot) in row[..i].iter_mut().enumerate() {
                *slot = scores[pair_index(rows, j, i)].unwrap_or(f64::NAN);
            }
            if self.own[i] > 0 {
                row[i] = 1.0;
            }
            if i + 1 < rows {
                let from = pair_index(rows, i, i + 1);
                row[i + 1..]
                    .iter_mut()
                    .zip(&scores[from..])
                    .for_each(|(slot, score)| *slot = score.unwrap_or(f64::NAN));
            }
        };
        match scores.len() <= FEW {
            true => square.chunks_mut(rows.max(1)).enumerate().for_each(fill),
            false => square.par_chunks_mut(rows.max(1)).enumerate().for_each(fill),
        }
        square
    }
}

/// Pairs that one thread scores sooner than another wakes.
const FEW: usize = 4096;
