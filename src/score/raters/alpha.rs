//! Krippendorff's alpha: how far many actors agree, beyond chance.

use std::str::FromStr;

use pulp::bytemuck;
use serde::{Deserialize, Serialize};

use super::coincidences::{Coincidences, coded, different};
use crate::error::{Choice, Error, Result};
use crate::score::kernel::bytes::occurring;
use crate::score::kernel::{moments, range_of};
use crate::score::table::matrix::check_levels;
use crate::score::table::scale::union;
use crate::score::table::{Cells, MAX_LEVELS, Scale, Table};

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
#[derive(Debug, Clone, PartialEq)]
pub struct AlphaTally {
    pub(super) metric: Metric,
    /// The levels, where values are levels; those without an order may differ from part to part.
    pub(super) levels: Vec<String>,
    pub(super) nominal: bool,
    pub(super) units: u64,
    pub(super) values: u64,
    pub(super) sums: AlphaSums,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum AlphaSums {
    /// Which values stand together on an issue.
    Together(Coincidences),
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
                let tally = AlphaTally::of_codes(codes, rows, numbers, metric)?;
                let nominal = matches!(scale, Scale::Nominal { .. });
                Ok(AlphaTally { levels: scale.levels().to_vec(), nominal, ..tally })
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
    /// [`Error::Option`] for values below 0 on a ratio scale, [`Error::Limit`] for too many different
    /// values where the metric is not `Interval`.
    pub fn of_values(values: &[f64], rows: usize, metric: Metric, range: Option<(f64, f64)>) -> Result<AlphaTally> {
        if metric != Metric::Interval {
            let numbers = different(values)?;
            return match numbers.len() <= MAX_LEVELS {
                true => AlphaTally::of_codes(&coded(values, &numbers), rows, numbers, metric),
                false => {
                    check_ratio(metric, &numbers)?;
                    Ok(AlphaTally::together(metric, Coincidences::of_values(values, rows, numbers)?))
                }
            };
        }
        let range = range.or_else(|| range_of(values)).unwrap_or((0.0, 1.0));
        let width = if range.1 > range.0 { range.1 - range.0 } else { 1.0 };
        let (mut units, mut count) = (0, 0);
        let (mut sum, mut square, mut within) = (0, 0, 0);
        let fixed = |x: f64| (x * UNIT).round().max(0.0) as u128;
        for [n, s, q] in moments(values, rows, range.0, 1.0 / width).into_iter().filter(|moments| moments[0] >= 2.0) {
            units += 1;
            count += n as u64;
            sum += fixed(s);
            square += fixed(q);
            within += fixed((n * q - s * s) / (n - 1.0));
        }
        let sums = AlphaSums::Moments { range, sum, square, within };
        Ok(AlphaTally { metric, levels: Vec::new(), nominal: false, units, values: count, sums })
    }

    /// The tally of `rows` raters × units of codes, 128 and above for none; `numbers` are the values
    /// that the codes stand for, in ascending order.
    ///
    /// # Errors
    /// [`Error::Option`] for values below 0 on a ratio scale.
    pub fn of_codes(codes: &[u8], rows: usize, numbers: Vec<f64>, metric: Metric) -> Result<AlphaTally> {
        let known: Vec<u8> = (0..numbers.len()).map(|level| level as u8).collect();
        check_ratio(metric, &numbers)?;
        Ok(AlphaTally::together(metric, Coincidences::of_codes(codes, rows, &known, numbers)))
    }

    /// The tally of `rows` raters × units of small whole numbers, of which `missing` stand for none.
    ///
    /// # Errors
    /// As [`AlphaTally::of_codes`], and [`Error::Limit`] for more than [`MAX_LEVELS`] different values.
    pub fn of_bytes(values: &[i8], rows: usize, metric: Metric, missing: &[i8]) -> Result<AlphaTally> {
        let bytes: &[u8] = bytemuck::cast_slice(values);
        let occurring = occurring(bytes);
        let is_value = |value: &i8| occurring[*value as u8 as usize] && !missing.contains(value);
        let known: Vec<i8> = (i8::MIN..=i8::MAX).filter(is_value).collect();
        check_levels(known.len())?;
        let numbers: Vec<f64> = known.iter().map(|value| *value as f64).collect();
        check_ratio(metric, &numbers)?;
        let known: &[u8] = bytemuck::cast_slice(&known);
        Ok(AlphaTally::together(metric, Coincidences::of_codes(bytes, rows, known, numbers)))
    }

    fn together(metric: Metric, (sums, units, values): (Coincidences, u64, u64)) -> AlphaTally {
        let sums = AlphaSums::Together(sums);
        AlphaTally { metric, levels: Vec::new(), nominal: false, units, values, sums }
    }

    /// The tally of both together.
    ///
    /// # Errors
    /// [`Error::Format`] where metric, declared levels or range differ.
    pub fn merge(mut self, other: AlphaTally) -> Result<AlphaTally> {
        let differ = |problem: &str| Err(Error::Format { file: "tally".to_owned(), problem: problem.to_owned() });
        if self.metric != other.metric {
            return differ("the two tallies have another metric");
        }
        let Some(levels) = union(&self.levels, &other.levels, self.nominal && other.nominal) else {
            return differ("the two tallies have other levels; declare all of them with levels=");
        };
        self.sums = match (self.sums, other.sums) {
            (AlphaSums::Together(mut a), AlphaSums::Together(mut b)) => {
                a.relevel(&self.levels, &levels);
                b.relevel(&other.levels, &levels);
                AlphaSums::Together(a.merge(b)?)
            }
            (
                AlphaSums::Moments { range, sum, square, within },
                AlphaSums::Moments { range: r, sum: s, square: q, within: w },
            ) if range == r => AlphaSums::Moments { range, sum: sum + s, square: square + q, within: within + w },
            _ => return differ("the two tallies have another range"),
        };
        self.levels = levels;
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
            AlphaSums::Together(together) => {
                let place = self.places(together);
                let (observed, expected) = together.disagreements(|k, l| self.apart(place[k], place[l]));
                (observed / n, expected / (n * (n - 1.0)))
            }
        };
        // Values that differ by rounding alone do not differ.
        let value = (self.units > 0 && expected > 1e-15).then(|| 1.0 - observed / expected);
        let known = |x: f64| if x.is_finite() { x } else { 0.0 };
        Alpha { value, observed: known(observed), expected: known(expected), units: self.units, values: self.values }
    }

    /// Where each value lies: its number, or for the ordinal metric the middle of its ranks over
    /// the number of all values.
    fn places(&self, together: &Coincidences) -> Vec<f64> {
        if self.metric != Metric::Ordinal {
            return together.numbers.clone();
        }
        let mut below = 0;
        let middle = |count: &u64| {
            let place = (below as f64 + *count as f64 / 2.0) / self.values as f64;
            below += count;
            place
        };
        together.counts.iter().map(middle).collect()
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

fn check_ratio(metric: Metric, numbers: &[f64]) -> Result<()> {
    if metric == Metric::Ratio && numbers.iter().any(|number| *number < 0.0) {
        let expected = "values of at least 0 for the ratio metric".to_owned();
        return Err(Error::Option { name: "metric", got: "a value below 0".to_owned(), expected });
    }
    Ok(())
}
