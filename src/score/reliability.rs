//! Coefficients of many raters beside alpha: Fleiss, Conger, Gwet, Brennan and Prediger, weighted.

use std::str::FromStr;

use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::coincidences::{coded, different};
use super::kernel::bytes::count_below;
use super::kernel::level_counts;
use super::table::{Cells, FIRST_GAP, MAX_LEVELS, Scale, Table};
use crate::error::{Choice, Error, Result};

/// 1 − (1 − p) / (1 − e) with the observed agreement p and the expected e; they differ in e, and
/// alpha also in p. With w the weights and q the categories (Gwet, "Handbook of Inter-Rater
/// Reliability", 2014):
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// e = Σ w / (q (q − 1)) · Σ π (1 − π), π the mean share of a category over the units: AC1, or
    /// AC2 where weights are not the identity.
    Gwet,
    /// e = Σ w π π′ (Fleiss 1971)
    Fleiss,
    /// e = Σ w (p p′ − s² / r), p the mean share over r raters and s² the covariance among them
    /// (Conger 1980): Cohen's kappa for two.
    Conger,
    /// e = Σ w / q² (Brennan and Prediger 1981)
    BrennanPrediger,
    /// Krippendorff's alpha with similarity weights.
    Krippendorff,
}

impl Coefficient {
    /// Every coefficient.
    pub const ALL: [Coefficient; 5] = [
        Coefficient::Gwet,
        Coefficient::Fleiss,
        Coefficient::Conger,
        Coefficient::BrennanPrediger,
        Coefficient::Krippendorff,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Coefficient::Gwet => "gwet",
            Coefficient::Fleiss => "fleiss",
            Coefficient::Conger => "conger",
            Coefficient::BrennanPrediger => "brennan_prediger",
            Coefficient::Krippendorff => "krippendorff",
        }
    }
}

/// How alike two categories k and l are, from 1 (the same) to 0, by their numbers x over the range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// 1 where they are the same, else 0
    Identity,
    /// 1 − |x − y| / range
    Linear,
    /// 1 − (x − y)² / range²
    Quadratic,
    /// 1 − C(|k − l| + 1, 2) / C(q, 2) by their ranks; not Krippendorff's ordinal metric.
    Ordinal,
    /// 1 − √(|x − y| / range)
    Radical,
    /// 1 − ((x − y) / (x + y))² over the same of both ends, for numbers above 0
    Ratio,
}

impl FromStr for Likeness {
    type Err = Error;

    fn from_str(word: &str) -> Result<Likeness> {
        let all = [
            ("identity", Likeness::Identity),
            ("linear", Likeness::Linear),
            ("quadratic", Likeness::Quadratic),
            ("ordinal", Likeness::Ordinal),
            ("radical", Likeness::Radical),
            ("ratio", Likeness::Ratio),
        ];
        Choice::new("weights", all).pick(word)
    }
}

impl Likeness {
    /// The weights of all pairs of categories, row by row; `numbers` are theirs, ascending.
    ///
    /// # Errors
    /// [`Error::Option`] for a ratio of numbers that are not above 0.
    pub fn weights(self, numbers: &[f64]) -> Result<Vec<f64>> {
        if self == Likeness::Ratio && numbers.iter().any(|number| *number <= 0.0) {
            let expected = "categories above 0 for ratio weights".to_owned();
            return Err(Error::Option { name: "weights", got: "one of 0 or below".to_owned(), expected });
        }
        let (low, high) = (numbers.first().copied().unwrap_or(0.0), numbers.last().copied().unwrap_or(0.0));
        let width = if high > low { high - low } else { 1.0 };
        let choose = |steps: usize| (steps * (steps + 1) / 2) as f64;
        let ratio = |x: f64, y: f64| ((x - y) / (x + y)).powi(2);
        let apart = |k: usize, l: usize| {
            let (x, y) = (numbers[k], numbers[l]);
            match self {
                _ if k == l => 0.0,
                Likeness::Identity => 1.0,
                Likeness::Linear => (x - y).abs() / width,
                Likeness::Quadratic => ((x - y) / width).powi(2),
                Likeness::Ordinal => choose(k.abs_diff(l)) / choose(numbers.len() - 1),
                Likeness::Radical => ((x - y).abs() / width).sqrt(),
                Likeness::Ratio => ratio(x, y) / ratio(high, low),
            }
        };
        let places = 0..numbers.len();
        Ok(places.clone().flat_map(|k| places.clone().map(move |l| (k, l))).map(|(k, l)| 1.0 - apart(k, l)).collect())
    }
}

/// How often each category was given to each unit.
#[derive(Debug, Clone)]
pub struct Ratings {
    categories: usize,
    /// Units with at least one rating.
    units: Vec<Vec<f64>>,
    /// The shares of each rater's categories; empty where raters are not known.
    raters: Vec<Vec<f64>>,
    /// What each of these raters gave to each of these units, rater by rater.
    codes: Vec<u8>,
}

/// A coefficient with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The coefficient; `None` where nothing can be paired or chance explains all.
    pub value: Option<f64>,
    /// The observed agreement.
    pub observed: Option<f64>,
    /// The agreement expected by chance.
    pub expected: Option<f64>,
    /// The standard error over units (Gwet 2014).
    pub error: Option<f64>,
    /// The 95 % interval by Student's t, its upper end at most 1.
    pub interval: Option<(f64, f64)>,
    /// Units with at least two ratings.
    pub units: usize,
}

impl Ratings {
    /// Of `rows` raters × units of codes, 128 and above for none.
    pub fn of_codes(codes: &[u8], rows: usize, categories: usize) -> Ratings {
        let known: Vec<u8> = (0..categories).map(|category| category as u8).collect();
        let counts = level_counts(codes, rows, &known);
        let share = |row: &[u8]| {
            let mut given = [0_u32; 256];
            row.iter().for_each(|code| given[*code as usize] += 1);
            let all: u32 = given[..categories].iter().sum();
            let shares = given[..categories].iter().map(|n| f64::from(*n) / f64::from(all));
            (all > 0).then(|| shares.collect::<Vec<f64>>())
        };
        let issues = codes.len().checked_div(rows).unwrap_or(0);
        let rated: Vec<bool> = counts.chunks(categories.max(1)).map(|unit| unit.iter().any(|n| *n > 0)).collect();
        let whole = rated.iter().all(|rated| *rated);
        let found: Vec<(Vec<f64>, Vec<u8>)> = codes
            .par_chunks(issues.max(1))
            .filter_map(|row| {
                let kept = if whole { row.to_vec() } else { kept(row, &rated) };
                share(row).map(|shares| (shares, kept))
            })
            .collect();
        let (raters, codes): (Vec<Vec<f64>>, Vec<Vec<u8>>) = found.into_iter().unzip();
        Ratings { raters, codes: codes.concat(), ..Ratings::of_counts(&counts, categories) }
    }

    /// Of units × categories of counts, by raters who are not known.
    pub fn of_counts(counts: &[u32], categories: usize) -> Ratings {
        let units = counts.chunks(categories.max(1)).map(|unit| unit.iter().map(|n| f64::from(*n)).collect());
        let units = units.filter(|unit: &Vec<f64>| unit.iter().sum::<f64>() > 0.0).collect();
        Ratings { categories, units, raters: Vec::new(), codes: Vec::new() }
    }

    /// The coefficient with these weights of all pairs of categories.
    pub fn coefficient(&self, coefficient: Coefficient, weights: &[f64]) -> Reliability {
        let paired = self.units.iter().filter(|unit| total(unit) >= 2.0).count();
        let mut result =
            Reliability { value: None, observed: None, expected: None, error: None, interval: None, units: paired };
        let shares = match coefficient {
            Coefficient::Krippendorff => self.pooled(),
            _ => self.mean_shares(),
        };
        let (Some(observed), Some(expected)) =
            (self.observed(coefficient, weights), self.expected(coefficient, weights, &shares))
        else {
            return result;
        };
        (result.observed, result.expected) = (Some(observed), Some(expected));
        if 1.0 - expected > 1e-15 {
            let value = (observed - expected) / (1.0 - expected);
            result.value = Some(value);
            let (error, units) = match coefficient {
                Coefficient::Krippendorff => (self.alpha_error(weights, &shares, expected), paired),
                _ => (self.error(coefficient, weights, &shares, value, expected), self.units.len()),
            };
            result.error = error;
            let freedom = units.saturating_sub(1) as f64;
            let t = StudentsT::new(0.0, 1.0, freedom).map(|t| t.inverse_cdf(0.975)).ok();
            let ends = |(error, t): (f64, f64)| (value - t * error, (value + t * error).min(1.0));
            result.interval = result.error.zip(t).map(ends);
        }
        result
    }

    /// The mean share of each category over the units.
    fn mean_shares(&self) -> Vec<f64> {
        let n = self.units.len().max(1) as f64;
        let share = |k: usize| self.units.iter().map(|unit| unit[k] / total(unit)).sum::<f64>() / n;
        (0..self.categories).map(share).collect()
    }

    /// The share of each category among the ratings that can be paired.
    fn pooled(&self) -> Vec<f64> {
        let paired = || self.units.iter().filter(|unit| total(unit) >= 2.0);
        let all: f64 = paired().map(|unit| total(unit)).sum();
        (0..self.categories).map(|k| paired().map(|unit| unit[k]).sum::<f64>() / all.max(1.0)).collect()
    }

    /// The share of pairs of ratings of a unit that agree; 0 where there is no pair.
    fn agreement(&self, unit: &[f64], weights: &[f64]) -> f64 {
        let n = total(unit);
        let alike = |k: usize| weighted(&weights[k * self.categories..], unit) - 1.0;
        let sum: f64 = unit.iter().enumerate().map(|(k, n)| n * alike(k)).sum();
        if n >= 2.0 { sum / (n * (n - 1.0)) } else { 0.0 }
    }

    fn observed(&self, coefficient: Coefficient, weights: &[f64]) -> Option<f64> {
        let paired: Vec<&Vec<f64>> = self.units.iter().filter(|unit| total(unit) >= 2.0).collect();
        let n = paired.len() as f64;
        if paired.is_empty() {
            return None;
        }
        if coefficient != Coefficient::Krippendorff {
            return Some(paired.iter().map(|unit| self.agreement(unit, weights)).sum::<f64>() / n);
        }
        let all: f64 = paired.iter().map(|unit| total(unit)).sum();
        let mean: f64 = paired.iter().map(|unit| self.agreement(unit, weights) * total(unit)).sum::<f64>() / all;
        Some((1.0 - 1.0 / all) * mean + 1.0 / all)
    }

    fn expected(&self, coefficient: Coefficient, weights: &[f64], shares: &[f64]) -> Option<f64> {
        let q = self.categories as f64;
        let sum: f64 = weights.iter().sum();
        let of = |a: &[f64], b: &[f64]| -> f64 {
            a.iter().zip(weights.chunks(self.categories.max(1))).map(|(a, row)| a * weighted(row, b)).sum()
        };
        match coefficient {
            Coefficient::Gwet if self.categories < 2 => None,
            Coefficient::Gwet => Some(sum / (q * (q - 1.0)) * shares.iter().map(|p| p * (1.0 - p)).sum::<f64>()),
            Coefficient::Fleiss | Coefficient::Krippendorff => Some(of(shares, shares)),
            Coefficient::BrennanPrediger => Some(sum / (q * q)),
            Coefficient::Conger => {
                let r = self.raters.len() as f64;
                if r < 2.0 {
                    return None;
                }
                let mean: Vec<f64> =
                    (0..self.categories).map(|k| self.raters.iter().map(|rater| rater[k]).sum::<f64>() / r).collect();
                let own: f64 = self.raters.iter().map(|rater| of(rater, rater)).sum();
                let mean = of(&mean, &mean);
                Some(mean - (own - r * mean) / (r - 1.0) / r)
            }
        }
    }

    /// What each unit adds to the agreement that the raters' own habits give, where those who missed it count for their
    /// share (Gwet 2014, for Conger).
    fn chance_of_raters(&self, weights: &[f64]) -> Vec<f64> {
        let (r, n, q) = (self.raters.len() as f64, self.units.len(), self.categories);
        let mean: Vec<f64> = (0..q).map(|k| self.raters.iter().map(|rater| rater[k]).sum::<f64>()).collect();
        // By rater and code; a missing one is worth what the rater is on average.
        let worth: Vec<[f64; 256]> = (self.raters.iter().zip(self.codes.chunks(n.max(1))))
            .map(|(rater, codes)| {
                let rest: Vec<f64> = mean.iter().zip(rater).map(|(sum, own)| sum - own).collect();
                let toward: Vec<f64> = (0..q).map(|l| (0..q).map(|k| weights[k * q + l] * rest[k]).sum()).collect();
                let own = weighted(&toward, rater);
                let given = count_below(codes, FIRST_GAP) as f64 / n as f64;
                let mut worth = [own; 256];
                worth.iter_mut().zip(&toward).for_each(|(worth, toward)| *worth = (toward - own) / given + own);
                worth
            })
            .collect();
        let mut sums = vec![0.0; n];
        sums.par_chunks_mut(BLOCK).enumerate().for_each(|(at, sums)| {
            for (worth, codes) in worth.iter().zip(self.codes.chunks(n)) {
                let codes = &codes[at * BLOCK..at * BLOCK + sums.len()];
                sums.iter_mut().zip(codes).for_each(|(sum, code)| *sum += worth[*code as usize]);
            }
            sums.iter_mut().for_each(|sum| *sum /= r * (r - 1.0));
        });
        sums
    }

    /// The standard error of alpha over the units that can be paired; how often each was rated varies with them.
    fn alpha_error(&self, weights: &[f64], shares: &[f64], expected: f64) -> Option<f64> {
        let paired: Vec<&Vec<f64>> = self.units.iter().filter(|unit| total(unit) >= 2.0).collect();
        let n = paired.len() as f64;
        let mean = paired.iter().map(|unit| total(unit)).sum::<f64>() / n;
        let agreed = |unit: &Vec<f64>| self.agreement(unit, weights) * total(unit) / mean;
        let observed = paired.iter().map(|unit| agreed(unit)).sum::<f64>() / n;
        let value = (observed - expected) / (1.0 - expected);
        let toward: Vec<f64> = weights.chunks(self.categories).map(|row| weighted(row, shares)).collect();
        let of_unit = |unit: &Vec<f64>| {
            let more = (total(unit) - mean) / mean;
            let own = (agreed(unit) - observed * more - expected) / (1.0 - expected);
            let mine = weighted(&toward, unit) / mean - expected * more;
            own - 2.0 * (1.0 - value) * (mine - expected) / (1.0 - expected)
        };
        let square: f64 = paired.iter().map(|unit| (of_unit(unit) - value).powi(2)).sum();
        (n >= 2.0).then(|| (square / (n * (n - 1.0))).sqrt())
    }

    /// The standard error of what varies from unit to unit.
    fn error(&self, of: Coefficient, weights: &[f64], shares: &[f64], value: f64, expected: f64) -> Option<f64> {
        let q = self.categories as f64;
        let paired = self.units.iter().filter(|unit| total(unit) >= 2.0).count() as f64;
        let n = self.units.len() as f64;
        let toward: Vec<f64> = match of {
            Coefficient::Gwet => {
                let sum: f64 = weights.iter().sum();
                shares.iter().map(|p| sum / (q * (q - 1.0)) * (1.0 - p)).collect()
            }
            Coefficient::Fleiss => weights.chunks(self.categories).map(|row| weighted(row, shares)).collect(),
            Coefficient::BrennanPrediger => vec![expected; self.categories],
            Coefficient::Conger => Vec::new(),
            Coefficient::Krippendorff => return None,
        };
        let of_raters = if of == Coefficient::Conger { self.chance_of_raters(weights) } else { Vec::new() };
        let of_unit = |(at, unit): (usize, &Vec<f64>)| {
            let chance = if total(unit) >= 2.0 { expected } else { 0.0 };
            let own = n / paired * (self.agreement(unit, weights) - chance) / (1.0 - expected);
            let mine = of_raters.get(at).copied().unwrap_or_else(|| weighted(&toward, unit) / total(unit));
            own - 2.0 * (1.0 - value) * (mine - expected) / (1.0 - expected)
        };
        let square: f64 = self.units.iter().enumerate().map(|unit| (of_unit(unit) - value).powi(2)).sum();
        (n >= 2.0).then(|| (square / (n * (n - 1.0))).sqrt())
    }
}

/// Units that one thread sums at a time.
const BLOCK: usize = 2048;

/// The codes of the units that somebody rated.
fn kept(row: &[u8], rated: &[bool]) -> Vec<u8> {
    row.iter().zip(rated).filter(|(_, rated)| **rated).map(|(code, _)| *code).collect()
}

fn total(unit: &[f64]) -> f64 {
    unit.iter().sum()
}

fn weighted(weights: &[f64], counts: &[f64]) -> f64 {
    weights.iter().zip(counts).map(|(w, n)| w * n).sum()
}

/// Every coefficient of the actors of a table over its issues; levels count as 1, 2, 3 … in their
/// order.
///
/// # Errors
/// [`Error::Option`] for weights with an order on a nominal scale, and as [`reliability_of_values`].
pub fn reliability(table: &Table, likeness: Likeness) -> Result<Vec<(Coefficient, Reliability)>> {
    let rows = table.actors().len();
    match (table.cells(), table.scale()) {
        (_, Scale::Nominal { .. }) if likeness != Likeness::Identity => Err(Error::Option {
            name: "weights",
            got: "weights with an order on a nominal scale".to_owned(),
            expected: "'identity', or a scale with declared order".to_owned(),
        }),
        (Cells::Codes(codes), scale) => {
            let numbers: Vec<f64> = (1..=scale.levels().len()).map(|level| level as f64).collect();
            of_codes(codes, rows, &numbers, likeness)
        }
        (Cells::Values(values), _) => reliability_of_values(values, rows, likeness),
    }
}

/// A category and its coefficients.
pub type OfCategory = (String, Vec<(Coefficient, Reliability)>);

/// For every level of a table the coefficients of that level against all others together.
///
/// # Errors
/// [`Error::Option`] for numbers, which have no levels.
pub fn of_categories(table: &Table) -> Result<Vec<OfCategory>> {
    let Cells::Codes(codes) = table.cells() else {
        let expected = "levels, nominal or ordinal".to_owned();
        return Err(Error::Option { name: "categories", got: "numbers".to_owned(), expected });
    };
    let against = |own: u8| -> Vec<u8> {
        codes.iter().map(|&code| if code < FIRST_GAP { u8::from(code == own) } else { code }).collect()
    };
    let of = |(at, level): (usize, &String)| {
        let found = of_codes(&against(at as u8), table.actors().len(), &[0.0, 1.0], Likeness::Identity)?;
        Ok((level.clone(), found))
    };
    table.scale().levels().iter().enumerate().map(of).collect()
}

/// Every coefficient of `rows` raters × units of numbers, NaN where there is none; the categories
/// are those that occur.
///
/// # Errors
/// [`Error::Limit`] for more than 128 different values, and as [`Likeness::weights`].
pub fn reliability_of_values(
    values: &[f64],
    rows: usize,
    likeness: Likeness,
) -> Result<Vec<(Coefficient, Reliability)>> {
    let numbers = different(values)?;
    if numbers.len() > MAX_LEVELS {
        let (value, limit) = (numbers.len() as u64, MAX_LEVELS as u64);
        return Err(Error::Limit { what: "different values as categories", value, limit });
    }
    of_codes(&coded(values, &numbers), rows, &numbers, likeness)
}

fn of_codes(codes: &[u8], rows: usize, numbers: &[f64], likeness: Likeness) -> Result<Vec<(Coefficient, Reliability)>> {
    let weights = likeness.weights(numbers)?;
    let ratings = Ratings::of_codes(codes, rows, numbers.len());
    Ok(Coefficient::ALL.into_iter().map(|of| (of, ratings.coefficient(of, &weights))).collect())
}
