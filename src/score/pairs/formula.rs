//! From tallies to scores of two actors.

use super::measure::Measure;
use crate::score::table::scale::MAX_LEVELS;

/// What one pair's tally holds, as numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted<'a> {
    /// Σ of the distances over the greatest possible one.
    pub(super) distance: f64,
    /// Σ of the weights; the number of shared issues where all weigh 1.
    pub(super) weight: f64,
    /// How often each of the two took each level, or both took each two levels.
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
            Measure::Agreement | Measure::Agree2 | Measure::Agree3 => Some(alike(counted.distance, counted.weight)),
            Measure::S => Some(1.0 - 2.0 * apart),
            Measure::TauB => tau_b(counted.margins),
            Measure::ExcessS => Some(2.0 * (self.expected(counted.margins, counted.weight) - apart)),
            Measure::Kappa | Measure::WeightedKappa | Measure::Pi | Measure::WeightedPi => {
                let chance = self.expected(counted.margins, counted.weight);
                (chance > 0.0).then(|| 1.0 - apart / chance)
            }
        }
    }

    /// Whether the score is [`alike`] and nothing more.
    pub(super) fn is_plain(self) -> bool {
        matches!(self.measure, Measure::Agreement | Measure::Agree2 | Measure::Agree3)
    }

    /// Whether what chance gives comes from the habits of both actors together.
    pub(super) fn is_pooled(self) -> bool {
        matches!(self.measure, Measure::Pi | Measure::WeightedPi)
    }

    /// The distance expected by chance, over the greatest possible one.
    fn expected(self, margins: &[f64], n: f64) -> f64 {
        let (a, b) = margins.split_at(margins.len() / 2);
        let pairs = a.iter().zip(b);
        let steps = a.len().saturating_sub(1) as f64;
        // Twice the pooled habits are whole numbers, as are the habits: every sum here is exact.
        let (sum, square) = match (self.measure, self.squared) {
            (Measure::Kappa, _) => (n * n - pairs.map(|(a, b)| a * b).sum::<f64>(), n * n),
            (Measure::Pi, _) => (4.0 * n * n - pairs.map(|(a, b)| (a + b) * (a + b)).sum::<f64>(), 4.0 * n * n),
            (Measure::WeightedPi, false) => (gaps(pairs.map(|(a, b)| [a + b; 2])), 4.0 * n * n * steps),
            (Measure::WeightedPi, true) => (squares(pairs.map(|(a, b)| [a + b; 2])), 4.0 * n * n * steps * steps),
            (_, false) => (gaps(pairs.map(|(a, b)| [*a, *b])), n * n * steps),
            (_, true) => (squares(pairs.map(|(a, b)| [*a, *b])), n * n * steps * steps),
        };
        if square > 0.0 { sum / square } else { 0.0 }
    }
}

/// 1 less the mean distance.
#[inline(always)]
pub(super) fn alike(distance: f64, weight: f64) -> f64 {
    (weight - distance) / weight
}

/// Σ |k − l|·a(k)·b(l) over all levels k and l: at each step of the scale, what lies on its two sides.
fn gaps(counts: impl Iterator<Item = [f64; 2]> + Clone) -> f64 {
    let [all_a, all_b] = counts.clone().fold([0.0; 2], |sum, x| [sum[0] + x[0], sum[1] + x[1]]);
    let (mut sum, mut below) = (0.0, [0.0; 2]);
    for [a, b] in counts {
        sum += below[0] * (all_b - below[1]) + below[1] * (all_a - below[0]);
        below = [below[0] + a, below[1] + b];
    }
    sum
}

/// Σ (k − l)²·a(k)·b(l) over all levels k and l, by the moments of both.
fn squares(counts: impl Iterator<Item = [f64; 2]>) -> f64 {
    let mut moments = [[0.0; 2]; 3];
    for (level, counts) in counts.enumerate() {
        let level = level as f64;
        for side in 0..2 {
            moments[0][side] += counts[side];
            moments[1][side] += level * counts[side];
            moments[2][side] += level * level * counts[side];
        }
    }
    let [[n_a, n_b], [mean_a, mean_b], [square_a, square_b]] = moments;
    square_a * n_b - 2.0 * mean_a * mean_b + square_b * n_a
}

/// τ-b of counts of both actors' levels, row by row; every issue stands in a pair with every other.
fn tau_b(joint: &[f64]) -> Option<f64> {
    let levels = joint.len().isqrt();
    let mut balance = 0.0;
    // How often the second has each level where the first has a higher one.
    let mut later = [0.0; MAX_LEVELS];
    let later = &mut later[..levels];
    let mut rows = 0.0;
    for row in joint.chunks(levels.max(1)).rev() {
        let all: f64 = later.iter().sum();
        let mut below = 0.0;
        for (count, later) in row.iter().zip(later.iter()) {
            balance += count * (all - later - 2.0 * below);
            below += later;
        }
        later.iter_mut().zip(row).for_each(|(later, count)| *later += count);
        rows += row.iter().sum::<f64>().powi(2);
    }
    let columns: f64 = later.iter().map(|count| count * count).sum();
    let square = later.iter().sum::<f64>().powi(2);
    let root = ((square - rows) / 2.0 * ((square - columns) / 2.0)).sqrt();
    (root > 0.0).then(|| balance / root)
}

/// What one issue at levels `at` adds to τ-b: half of what it makes of the pairs it stands in.
pub(super) fn tau_b_share(joint: &[f64], at: [usize; 2]) -> f64 {
    let levels = joint.len().isqrt().max(1);
    let sign = |place: usize, own: usize| f64::from((place > own) as i8 - (place < own) as i8);
    let pairs = joint.iter().enumerate();
    let balance: f64 = pairs.map(|(to, n)| n * sign(to / levels, at[0]) * sign(to % levels, at[1])).sum();
    let mut rows = vec![0.0; levels];
    let mut columns = vec![0.0; levels];
    for (to, count) in joint.iter().enumerate() {
        rows[to / levels] += count;
        columns[to % levels] += count;
    }
    let square = rows.iter().sum::<f64>().powi(2);
    let untied = |counts: &[f64]| (square - counts.iter().map(|n| n * n).sum::<f64>()) / 2.0;
    let root = (untied(&rows) * untied(&columns)).sqrt();
    if root > 0.0 { balance / 2.0 / root } else { 0.0 }
}
