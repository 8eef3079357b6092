//! Which values stand together on an issue, how often: the counts behind Krippendorff's alpha.

use std::collections::BTreeMap;

use crate::error::{Error, Result};
use crate::score::kernel::level_counts;
use crate::score::table::NOT_STATED;

/// Over the issues with at least two values.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Coincidences {
    /// The different values, ascending.
    pub(super) numbers: Vec<f64>,
    /// How often each occurs.
    pub(super) counts: Vec<u64>,
    /// For issues with m values and two different ones of them, (m, k, l) with k < l: how many pairs
    /// of a k and an l stand together.
    pub(super) pairs: BTreeMap<(u32, u32, u32), u64>,
}

/// Different values that can be told apart.
const MAX_VALUES: usize = 20_000;
/// Different pairs of values that can be kept.
const MAX_PAIRS: usize = 20_000_000;

/// The counts, the issues with at least two values, and the values on them.
type Counted = (Coincidences, u64, u64);

impl Coincidences {
    /// Of `rows` raters × units of codes; each of `known` stands for one of `numbers`, others for none.
    pub(super) fn of_codes(codes: &[u8], rows: usize, known: &[u8], numbers: Vec<f64>) -> Counted {
        let levels = numbers.len();
        let (mut units, mut values, mut counts) = (0, 0, vec![0; levels]);
        let mut squares = BTreeMap::<u32, Vec<u64>>::new();
        for unit in level_counts(codes, rows, known).chunks(levels.max(1)) {
            let n: u32 = unit.iter().sum();
            if n < 2 {
                continue;
            }
            units += 1;
            values += n as u64;
            let square = squares.entry(n).or_insert_with(|| vec![0; levels * levels]);
            for (k, &a) in unit.iter().enumerate().filter(|(_, a)| **a > 0) {
                counts[k] += a as u64;
                for (l, &b) in unit.iter().enumerate().skip(k + 1) {
                    square[k * levels + l] += a as u64 * b as u64;
                }
            }
        }
        let mut pairs = BTreeMap::new();
        for (m, square) in squares {
            for (at, count) in square.into_iter().enumerate().filter(|(_, count)| *count > 0) {
                pairs.insert((m, (at / levels) as u32, (at % levels) as u32), count);
            }
        }
        let numbers = Coincidences { numbers, counts, pairs };
        (numbers, units, values)
    }

    /// Of `rows` raters × units of numbers, NaN where there is none, that occur in `numbers`.
    ///
    /// # Errors
    /// [`Error::Limit`] for more different pairs than can be kept.
    pub(super) fn of_values(values: &[f64], rows: usize, numbers: Vec<f64>) -> Result<Counted> {
        let issues = values.len().checked_div(rows).unwrap_or(0);
        let (mut units, mut all, mut counts) = (0, 0, vec![0; numbers.len()]);
        let mut pairs = BTreeMap::new();
        for issue in 0..issues {
            let mut places: Vec<u32> =
                (0..rows).filter_map(|row| place(&numbers, values[row * issues + issue])).collect();
            if places.len() < 2 {
                continue;
            }
            places.sort_unstable();
            units += 1;
            all += places.len() as u64;
            let m = places.len() as u32;
            let runs: Vec<(u32, u64)> = places.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u64)).collect();
            for (at, (k, a)) in runs.iter().enumerate() {
                counts[*k as usize] += a;
                runs[at + 1..].iter().for_each(|(l, b)| *pairs.entry((m, *k, *l)).or_insert(0) += a * b);
            }
            check("different pairs of values for this metric", pairs.len(), MAX_PAIRS)?;
        }
        Ok((Coincidences { numbers, counts, pairs }, units, all))
    }

    /// The same counts where values are levels, and there are more of them.
    pub(super) fn relevel(&mut self, old: &[String], new: &[String]) {
        if old.len() < new.len() {
            let places: Vec<u32> = old.iter().map(|own| new.partition_point(|all| all < own) as u32).collect();
            self.spread((0..new.len()).map(|level| level as f64).collect(), &places);
        }
    }

    fn spread(&mut self, numbers: Vec<f64>, places: &[u32]) {
        let mut counts = vec![0; numbers.len()];
        places.iter().zip(&self.counts).for_each(|(to, count)| counts[*to as usize] = *count);
        let moved = |((m, k, l), n): (&(u32, u32, u32), &u64)| ((*m, places[*k as usize], places[*l as usize]), *n);
        let pairs = self.pairs.iter().map(moved).collect();
        *self = Coincidences { numbers, counts, pairs };
    }

    /// The counts of both.
    ///
    /// # Errors
    /// [`Error::Limit`] for more different values or pairs than can be kept.
    pub(super) fn merge(mut self, mut other: Coincidences) -> Result<Coincidences> {
        if self.numbers != other.numbers {
            let mut numbers: Vec<f64> = self.numbers.iter().chain(&other.numbers).copied().collect();
            numbers.sort_by(f64::total_cmp);
            numbers.dedup();
            check(VALUES, numbers.len(), MAX_VALUES)?;
            for part in [&mut self, &mut other] {
                let places: Vec<u32> = part.numbers.iter().filter_map(|own| place(&numbers, *own)).collect();
                part.spread(numbers.clone(), &places);
            }
        }
        self.counts.iter_mut().zip(other.counts).for_each(|(into, from)| *into += from);
        other.pairs.into_iter().for_each(|(key, count)| *self.pairs.entry(key).or_insert(0) += count);
        check("different pairs of values for this metric", self.pairs.len(), MAX_PAIRS)?;
        Ok(self)
    }

    /// Σ of `apart` within issues, each issue of m values divided by m - 1, and among all values.
    pub(super) fn disagreements(&self, apart: impl Fn(usize, usize) -> f64) -> (f64, f64) {
        let within = |((m, k, l), n): (&(u32, u32, u32), &u64)| {
            2.0 * apart(*k as usize, *l as usize) * *n as f64 / (*m as f64 - 1.0)
        };
        let mut expected = 0.0;
        for (k, a) in self.counts.iter().enumerate().filter(|(_, a)| **a > 0) {
            for (l, b) in self.counts.iter().enumerate().skip(k + 1) {
                expected += 2.0 * apart(k, l) * *a as f64 * *b as f64;
            }
        }
        (self.pairs.iter().map(within).sum(), expected)
    }
}

const VALUES: &str = "different values for this metric";

fn check(what: &'static str, count: usize, limit: usize) -> Result<()> {
    let (value, limit) = (count as u64, limit as u64);
    if value > limit { Err(Error::Limit { what, value, limit }) } else { Ok(()) }
}

/// Where `value` stands among ascending `numbers`; nowhere for NaN. -0 and 0 are one value.
fn place(numbers: &[f64], value: f64) -> Option<u32> {
    numbers.binary_search_by(|number| number.total_cmp(&(value + 0.0))).ok().map(|place| place as u32)
}

/// The different values, ascending.
///
/// # Errors
/// [`Error::Limit`] for more than can be told apart.
pub(super) fn different(values: &[f64]) -> Result<Vec<f64>> {
    let mut numbers: Vec<f64> = Vec::new();
    let mut last = f64::NAN;
    for &value in values {
        if value == last || value.is_nan() {
            continue;
        }
        last = value;
        // -0 and 0 are one value.
        let value = value + 0.0;
        if let Err(place) = numbers.binary_search_by(|number| number.total_cmp(&value)) {
            check(VALUES, numbers.len() + 1, MAX_VALUES)?;
            numbers.insert(place, value);
        }
    }
    Ok(numbers)
}

/// The values as codes of their places among `numbers`, at most 128.
pub(super) fn coded(values: &[f64], numbers: &[f64]) -> Vec<u8> {
    values.iter().map(|value| place(numbers, *value).map_or(NOT_STATED, |place| place as u8)).collect()
}
