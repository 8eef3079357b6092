//! Intervals from drawing the issues again.

use std::str::FromStr;

use rayon::prelude::*;

use super::cell_terms::Terms;
use crate::error::{Choice, Error, Result};
use crate::memory;
use crate::score::kernel::draws::Counts;
use crate::stop::Stop;

/// How an interval is read from the scores of the replicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interval {
    /// The quantiles themselves, interpolated linearly.
    #[default]
    Percentile,
    /// Bias-corrected and accelerated (Efron 1987), the acceleration from leaving out each issue.
    Bca,
}

impl FromStr for Interval {
    type Err = Error;

    fn from_str(word: &str) -> Result<Interval> {
        Choice::new("interval", [("percentile", Interval::Percentile), ("bca", Interval::Bca)]).pick(word)
    }
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bootstrap {
    /// Replicates; each draws as many issues as there are, with replacement.
    pub replicates: usize,
    /// Replicate r draws from stream r of this seed, so neither the number of threads nor the other
    /// replicates matter.
    pub seed: u64,
    /// The share of replicates inside the interval, between 0 and 1.
    pub level: f64,
    /// How the interval is read.
    pub interval: Interval,
}

/// Replicates that may be asked for.
pub const MAX_REPLICATES: usize = 100_000;
/// Pairs whose replicates are summed together.
const TILE: usize = 32;
/// What rounding alone can make of a score between -1 and 1.
const ROUNDING: f64 = 1e-12;
/// Bytes that the drawn counts may take.
const MAX_BYTES: u64 = 4 << 30;

impl Bootstrap {
    /// Checks the numbers, and the memory the draws would take, before anything is allocated.
    ///
    /// # Errors
    /// [`Error::Option`] for a number outside its range, [`Error::Limit`] and [`Error::Memory`] for too much memory.
    pub fn check(&self, issues: usize) -> Result<()> {
        if self.replicates > MAX_REPLICATES {
            let expected = format!("0 to {MAX_REPLICATES} replicates");
            return Err(Error::Option { name: "bootstrap", got: self.replicates.to_string(), expected });
        }
        if !(self.level > 0.0 && self.level < 1.0) {
            let expected = "a number between 0 and 1".to_owned();
            return Err(Error::Option { name: "level", got: self.level.to_string(), expected });
        }
        let bytes = Counts::bytes(issues, self.replicates);
        if bytes > MAX_BYTES {
            return Err(Error::Limit { what: "bytes of drawn issues", value: bytes, limit: MAX_BYTES });
        }
        memory::check("the draws of a bootstrap", bytes, "fewer replicates need less")
    }

    /// The interval of every pair (0,1), (0,2) … (1,2) …, `None` where the score is undefined. It
    /// always holds the score itself: where the quantiles do not, the nearer end is moved to it.
    ///
    /// # Errors
    /// [`Error::Stopped`] where `stop` asks for it.
    pub(super) fn intervals(&self, terms: &Terms, stop: &Stop) -> Result<Vec<Option<(f64, f64)>>> {
        let counts = Counts::draw(terms.table.width(), self.replicates, self.seed, stop);
        let rows = terms.table.actors().len();
        let pairs: Vec<(usize, usize)> = (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j))).collect();
        stop.expect(pairs.len().div_ceil(TILE));
        let of_tile = |tile: &[(usize, usize)]| match stop.check() {
            Err(_) => Vec::new(),
            Ok(()) => {
                let intervals = self.of_tile(terms, &counts, tile);
                // Whoever stops here is heard below.
                stop.step().map_or_else(|_| Vec::new(), |()| intervals)
            }
        };
        let intervals = pairs.par_chunks(TILE).flat_map_iter(of_tile).collect();
        stop.check().map(|()| intervals)
    }

    fn of_tile(&self, terms: &Terms, counts: &Counts, tile: &[(usize, usize)]) -> Vec<Option<(f64, f64)>> {
        let summed = || tile.iter().map(|pair| self.summed(terms, counts, *pair)).collect();
        self.counted(terms, counts, tile).unwrap_or_else(summed)
    }

    /// The intervals of pairs whose terms are all 0 or 1, by how often they are drawn; `None` where others are among them.
    fn counted(&self, terms: &Terms, counts: &Counts, tile: &[(usize, usize)]) -> Option<Vec<Option<(f64, f64)>>> {
        let mut masks = counts.masks()?;
        let mut rows = vec![0.0; terms.width() * counts.issues()];
        let mut sums = Vec::with_capacity(tile.len());
        for pair in tile {
            sums.push(fill(terms, *pair, &mut rows));
            if !masks.push(&rows) {
                return None;
            }
        }
        let hits = counts.hits(&masks);
        let mut drawn = vec![0.0; terms.width()];
        let mut score = |at: usize, replicate: usize| {
            let first = at * drawn.len();
            drawn.iter_mut().enumerate().for_each(|(row, drawn)| *drawn = hits.of(first + row, replicate));
            terms.score(&drawn)
        };
        let of = |(at, (pair, sums)): (usize, (&(usize, usize), &Vec<f64>))| {
            if counts.is_stopped() {
                return None;
            }
            let scores = (0..counts.replicates()).filter_map(|replicate| score(at, replicate)).collect();
            self.interval_of(terms, *pair, sums, scores)
        };
        Some(tile.iter().zip(&sums).enumerate().map(of).collect())
    }

    /// The interval of a pair, by the sums of its terms in every replicate.
    fn summed(&self, terms: &Terms, counts: &Counts, pair: (usize, usize)) -> Option<(f64, f64)> {
        if counts.is_stopped() {
            return None;
        }
        let mut rows = vec![0.0; terms.width() * counts.issues()];
        let sums = fill(terms, pair, &mut rows);
        let scores = counts.sums(&rows).chunks(terms.width()).filter_map(|sums| terms.score(sums)).collect();
        self.interval_of(terms, pair, &sums, scores)
    }

    fn interval_of(
        &self,
        terms: &Terms,
        pair: (usize, usize),
        sums: &[f64],
        mut scores: Vec<f64>,
    ) -> Option<(f64, f64)> {
        let score = terms.score(sums)?;
        let tail = (1.0 - self.level) / 2.0;
        let [low, high] = match self.interval {
            Interval::Percentile => [tail, 1.0 - tail],
            Interval::Bca => shifted(terms, pair, sums, score, &scores, tail),
        };
        let (low, high) = (quantile(&mut scores, low)?, quantile(&mut scores, high)?);
        Some((low.min(score), high.max(score)))
    }
}

/// Writes a pair's terms to `rows`, one row a term and one number an issue; returns their sums.
fn fill(terms: &Terms, pair: (usize, usize), rows: &mut [f64]) -> Vec<f64> {
    let mut sums = vec![0.0; terms.width()];
    let issues = rows.len() / sums.len().max(1);
    rows.fill(0.0);
    terms.shared(pair.0, pair.1).for_each(|shared| {
        terms.add(&shared, |at, x| {
            rows[at * issues + shared.unit] += x;
            sums[at] += x;
        });
    });
    sums
}

/// The quantile at `share`, linear between its two neighbours.
pub(in crate::score) fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let at = (place.floor() as usize).min(last);
    let (_, &mut value, above) = values.select_nth_unstable_by(at, f64::total_cmp);
    let next = above.iter().copied().fold(f64::INFINITY, f64::min);
    Some(if next.is_finite() { value + (place - at as f64) * (next - value) } else { value })
}

/// The shares at which the BCa interval ends.
fn shifted(terms: &Terms, pair: (usize, usize), sums: &[f64], score: f64, scores: &[f64], tail: f64) -> [f64; 2] {
    // Replicates that differ from the score by the rounding of a sum alone are ties.
    let ties = scores.iter().filter(|other| (**other - score).abs() < ROUNDING).count() as f64;
    let below = scores.iter().filter(|other| score - **other >= ROUNDING).count() as f64;
    let share = (below + ties / 2.0) / scores.len().max(1) as f64;
    let limit = 0.5 / scores.len().max(1) as f64;
    let bias = normal_quantile(share.clamp(limit, 1.0 - limit));
    let without = |shared| {
        let mut rest = sums.to_vec();
        terms.add(&shared, |at, x| rest[at] -= x);
        terms.score(&rest)
    };
    let left: Vec<f64> = terms.shared(pair.0, pair.1).filter_map(without).collect();
    let mean = left.iter().sum::<f64>() / left.len().max(1) as f64;
    let power = |n: i32| left.iter().map(|other| (mean - other).powi(n)).sum::<f64>();
    let spread = power(2).powf(1.5);
    let acceleration = if spread > 0.0 { power(3) / (6.0 * spread) } else { 0.0 };
    [tail, 1.0 - tail].map(|share| {
        let z = bias + normal_quantile(share);
        normal(bias + z / (1.0 - acceleration * z))
    })
}

/// The standard normal distribution.
fn normal(z: f64) -> f64 {
    libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
}

/// Its inverse, by halving an interval that holds every share an f64 can tell from 0 and 1.
fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-9.0, 9.0);
    for _ in 0..64 {
        let middle = (low + high) / 2.0;
        if normal(middle) < share { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}
