//! Krippendorff's alpha: how far many actors agree, beyond chance.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::kernel::{level_counts, moments, range_of};
use super::table::{Cells, MAX_LEVELS, NOT_STATED, Scale, Table};
use crate::error::{Choice, Error, Result};

/// How the difference δ² of two values c and k counts (Krippendorff, "Computing Krippendorff's
/// Alpha-Reliability", 2011).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Metric {
    /// 1 where c ≠ k
    Nominal,
    /// (Σ of the values from c to k, less half of those at c and at k)²
    Ordinal,
    /// (c − k)²
    Interval,
    /// ((c − k) / (c + k))², for values of at least 0
    Ratio,
}

impl FromStr for Metric {
    type Err = Error;

    fn from_str(word: &str) -> Result<Metric> {
        let all = [
            ("nominal", Metric::Nominal),
            ("ordinal", Metric::Ordinal),
            ("interval", Metric::Interval),
            ("ratio", Metric::Ratio),
        ];
        Choice::new("metric", all).pick(word)
    }
}

/// Alpha with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// 1 − observed / expected; `None` where nothing could be paired or all values are equal.
    pub value: Option<f64>,
    /// The mean δ² within issues.
    pub observed: f64,
    /// The mean δ² among all paired values.
    pub expected: f64,
    /// Issues with at least two values.
    pub units: u64,
    /// Values on these issues.
    pub values: u64,
}

/// Additive counts behind alpha: parts of a table, merged in any order, give the whole to the byte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlphaTally {
    metric: Metric,
    units: u64,
    values: u64,
    sums: AlphaSums,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum AlphaSums {
    /// For issues with m values: over pairs of levels, how many ordered pairs of values; and how
    /// often each level occurs.
    Levels { numbers: Vec<f64>, pairs: BTreeMap<u32, Vec<u64>>, counts: Vec<u64> },
    /// Σ x, Σ x² and Σ of the issues' own spread, for x from 0 to 1, in units of 2^-60.
    Moments { range: (f64, f64), sum: u128, square: u128, within: u128 },
}

const UNIT: f64 = (1_u64 << 60) as f64;

impl AlphaTally {
    /// The tally of a table: levels count by name, or as numbers 0, 1, 2 … in their order.
    ///
    /// # Errors
    /// [`Error::Option`] for a metric that does not fit the scale, and as [`AlphaTally::of_values`].
    pub fn of(table: &Table, metric: Metric) -> Result<AlphaTally> {
        let refuse = |got: &str, expected: &str| {
            Err(Error::Option { name: "metric", got: got.to_owned(), expected: expected.to_owned() })
        };
        let rows = table.actors().len();
        match (table.cells(), table.scale()) {
            (_, Scale::Nominal { .. }) if metric != Metric::Nominal => {
                refuse("a metric of order on a nominal scale", "'nominal', or a scale with declared order")
            }
            (Cells::Codes(_), _) if metric == Metric::Ratio => {
                refuse("'ratio' on levels", "an interval scale from 0 up")
            }
            (Cells::Codes(codes), scale) => {
                let numbers = (0..scale.levels().len()).map(|level| level as f64).collect();
                AlphaTally::of_codes(codes, rows, numbers, metric)
            }
            (Cells::Values(values), Scale::Interval { low, high }) => {
                AlphaTally::of_values(values, rows, metric, Some((*low, *high)))
            }
            (Cells::Values(values), _) => AlphaTally::of_values(values, rows, metric, None),
        }
    }

    /// The tally of `rows` raters × units of numbers, NaN where there is none; `range` holds all of
    /// them, and is taken from the values where it is `None`.
    ///
    /// # Errors
    /// [`Error::Option`] for values below 0 on a ratio scale, [`Error::Limit`] for more than
    /// [`MAX_LEVELS`] different values where the metric is not `Interval`.
    pub fn of_values(values: &[f64], rows: usize, metric: Metric, range: Option<(f64, f64)>) -> Result<AlphaTally> {
        if metric != Metric::Interval {
            let (codes, numbers) = coded(values)?;
            return AlphaTally::of_codes(&codes, rows, numbers, metric);
        }
        let range = range.or_else(|| range_of(values)).unwrap_or((0.0, 1.0));
        let width = if range.1 > range.0 { range.1 - range.0 } else { 1.0 };
        let mut tally = AlphaTally {
            metric,
            units: 0,
            values: 0,
            sums: AlphaSums::Moments { range, sum: 0, square: 0, within: 0 },
        };
        let fixed = |x: f64| (x * UNIT).round().max(0.0) as u128;
        for [n, s, q] in moments(values, rows, range.0, 1.0 / width) {
            if n < 2.0 {
                continue;
            }
            tally.units += 1;
            tally.values += n as u64;
            if let AlphaSums::Moments { sum, square, within, .. } = &mut tally.sums {
                *sum += fixed(s);
                *square += fixed(q);
                *within += fixed((n * q - s * s) / (n - 1.0));
            }
        }
        Ok(tally)
    }

    /// The tally of `rows` raters × units of codes, 128 and above for none; `numbers` are the values
    /// that the codes stand for, in ascending order.
    ///
    /// # Errors
    /// [`Error::Option`] for values below 0 on a ratio scale.
    pub fn of_codes(codes: &[u8], rows: usize, numbers: Vec<f64>, metric: Metric) -> Result<AlphaTally> {
        if metric == Metric::Ratio && numbers.iter().any(|number| *number < 0.0) {
            let expected = "values of at least 0 for the ratio metric".to_owned();
            return Err(Error::Option { name: "metric", got: "a value below 0".to_owned(), expected });
        }
        let levels = numbers.len();
        let (mut units, mut values) = (0, 0);
        let mut pairs = BTreeMap::<u32, Vec<u64>>::new();
        let mut counts = vec![0; levels];
        for unit in level_counts(codes, rows, levels).chunks(levels.max(1)) {
            let n: u32 = unit.iter().sum();
            if n < 2 {
                continue;
            }
            units += 1;
            values += n as u64;
            let pairs = pairs.entry(n).or_insert_with(|| vec![0; levels * levels]);
            for (k, &a) in unit.iter().enumerate().filter(|(_, a)| **a > 0) {
                counts[k] += a as u64;
                for (l, &b) in unit.iter().enumerate() {
                    pairs[k * levels + l] += a as u64 * (b - (k == l) as u32) as u64;
                }
            }
        }
        Ok(AlphaTally { metric, units, values, sums: AlphaSums::Levels { numbers, pairs, counts } })
    }

    /// The tally of both together.
    ///
    /// # Errors
    /// [`Error::Format`] where metric, levels or range differ.
    pub fn merge(mut self, other: AlphaTally) -> Result<AlphaTally> {
        let differ = Error::Format {
            file: "tally".to_owned(),
            problem: "the two tallies have another metric, other levels or another range".to_owned(),
        };
        if self.metric != other.metric {
            return Err(differ);
        }
        match (&mut self.sums, other.sums) {
            (AlphaSums::Levels { numbers, pairs, counts }, AlphaSums::Levels { numbers: b, pairs: p, counts: c })
                if *numbers == b =>
            {
                counts.iter_mut().zip(c).for_each(|(into, from)| *into += from);
                for (n, from) in p {
                    let into = pairs.entry(n).or_insert_with(|| vec![0; from.len()]);
                    into.iter_mut().zip(from).for_each(|(into, from)| *into += from);
                }
            }
            (
                AlphaSums::Moments { range, sum, square, within },
                AlphaSums::Moments { range: r, sum: s, square: q, within: w },
            ) if *range == r => {
                *sum += s;
                *square += q;
                *within += w;
            }
            _ => return Err(differ),
        }
        self.units += other.units;
        self.values += other.values;
        Ok(self)
    }

    /// Alpha and its parts.
    pub fn alpha(&self) -> Alpha {
        let n = self.values as f64;
        let (observed, expected) = match &self.sums {
            AlphaSums::Moments { sum, square, within, .. } => {
                let [s, q, w] = [sum, square, within].map(|x| *x as f64 / UNIT);
                (2.0 * w / n, 2.0 * (n * q - s * s) / (n * (n - 1.0)))
            }
            AlphaSums::Levels { numbers, pairs, counts } => self.disagreements(numbers, pairs, counts),
        };
        // Values that differ by rounding alone do not differ.
        let value = (self.units > 0 && expected > 1e-15).then(|| 1.0 - observed / expected);
        let known = |x: f64| if x.is_finite() { x } else { 0.0 };
        Alpha { value, observed: known(observed), expected: known(expected), units: self.units, values: self.values }
    }

    fn disagreements(&self, numbers: &[f64], pairs: &BTreeMap<u32, Vec<u64>>, counts: &[u64]) -> (f64, f64) {
        let levels = numbers.len();
        let n = self.values as f64;
        let place = self.places(numbers, counts);
        let (mut observed, mut expected) = (0.0, 0.0);
        for k in 0..levels {
            for l in k + 1..levels {
                let apart = self.apart(place[k], place[l]);
                let together = pairs.iter().map(|(m, pairs)| pairs[k * levels + l] as f64 / (*m as f64 - 1.0));
                observed += 2.0 * apart * together.sum::<f64>();
                expected += 2.0 * apart * counts[k] as f64 * counts[l] as f64;
            }
        }
        (observed / n, expected / (n * (n - 1.0)))
    }

    /// Where each level lies: its number, or for the ordinal metric the middle of its ranks over
    /// the number of all values.
    fn places(&self, numbers: &[f64], counts: &[u64]) -> Vec<f64> {
        if self.metric != Metric::Ordinal {
            return numbers.to_vec();
        }
        let mut below = 0;
        let middle = |count: &u64| {
            let place = (below as f64 + *count as f64 / 2.0) / self.values as f64;
            below += count;
            place
        };
        counts.iter().map(middle).collect()
    }

    fn apart(&self, c: f64, k: f64) -> f64 {
        match self.metric {
            Metric::Nominal => (c != k) as u8 as f64,
            Metric::Ordinal | Metric::Interval => (c - k) * (c - k),
            Metric::Ratio if c + k == 0.0 => 0.0,
            Metric::Ratio => ((c - k) / (c + k)).powi(2),
        }
    }
}

/// The values as codes of their ascending order, and the value of each code.
fn coded(values: &[f64]) -> Result<(Vec<u8>, Vec<f64>)> {
    let mut numbers: Vec<f64> = Vec::new();
    let mut last = f64::NAN;
    for &value in values {
        if value == last || value.is_nan() {
            continue;
        }
        last = value;
        if let Err(place) = numbers.binary_search_by(|number| number.total_cmp(&value)) {
            if numbers.len() == MAX_LEVELS {
                let limit = MAX_LEVELS as u64;
                return Err(Error::Limit { what: "different values for this metric", value: limit + 1, limit });
            }
            // -0 and 0 are one value.
            numbers.insert(place, value + 0.0);
            numbers.dedup();
        }
    }
    let code = |value: &f64| match numbers.binary_search_by(|number| number.total_cmp(&(value + 0.0))) {
        Ok(place) if !value.is_nan() => place as u8,
        _ => NOT_STATED,
    };
    Ok((values.iter().map(code).collect(), numbers))
}
