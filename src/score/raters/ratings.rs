//! Ratings of units by categories, and what coefficients make of them.

use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::coefficient::{Coefficient, Reliability};
use crate::score::kernel::bytes::count_equal;
use crate::score::kernel::level_counts;

/// How often each category was given to each unit.
#[derive(Debug, Clone)]
pub struct Ratings<'c> {
    categories: usize,
    /// How often each category was given, unit by unit, for units with at least one rating.
    counts: Vec<f64>,
    /// How many ratings each of these units has.
    totals: Vec<f64>,
    /// Where each of these units stands among all.
    places: Vec<usize>,
    /// Those who rated any unit; empty where raters are not known.
    raters: Vec<Rater<'c>>,
}

/// What one rater gave.
#[derive(Debug, Clone)]
struct Rater<'c> {
    /// The share of each category.
    shares: Vec<f64>,
    /// How many ratings.
    given: f64,
    /// Unit by unit, rated or not.
    codes: &'c [u8],
}

impl<'c> Ratings<'c> {
    /// Of `rows` raters × units of codes, 128 and above for none.
    pub fn of_codes(codes: &'c [u8], rows: usize, categories: usize) -> Ratings<'c> {
        let known: Vec<u8> = (0..categories).map(|category| category as u8).collect();
        let units = codes.len().checked_div(rows).unwrap_or(0);
        let rater = |codes: &'c [u8]| {
            let given: Vec<f64> = known.iter().map(|code| count_equal(codes, *code) as f64).collect();
            let all: f64 = given.iter().sum();
            (all > 0.0).then(|| Rater { shares: given.iter().map(|n| n / all).collect(), given: all, codes })
        };
        let raters = codes.par_chunks(units.max(1)).filter_map(rater).collect();
        Ratings { raters, ..Ratings::of_counts(&level_counts(codes, rows, &known), categories) }
    }

    /// Of units × categories of counts, by raters who are not known.
    pub fn of_counts(counts: &[u32], categories: usize) -> Ratings<'c> {
        let mut ratings =
            Ratings { categories, counts: Vec::new(), totals: Vec::new(), places: Vec::new(), raters: Vec::new() };
        for (place, unit) in counts.chunks(categories.max(1)).enumerate() {
            let total: f64 = unit.iter().map(|n| f64::from(*n)).sum();
            if total > 0.0 {
                ratings.counts.extend(unit.iter().map(|n| f64::from(*n)));
                ratings.totals.push(total);
                ratings.places.push(place);
            }
        }
        ratings
    }

    /// The coefficient with these weights of all pairs of categories.
    pub fn coefficient(&self, coefficient: Coefficient, weights: &[f64]) -> Reliability {
        Weighted::of(self, weights).coefficient(coefficient)
    }

    /// Every coefficient with these weights.
    pub fn coefficients(&self, weights: &[f64]) -> Vec<(Coefficient, Reliability)> {
        let weighted = Weighted::of(self, weights);
        Coefficient::ALL.into_iter().map(|of| (of, weighted.coefficient(of))).collect()
    }

    /// Each unit's counts with how many ratings it has.
    fn units(&self) -> impl Iterator<Item = (&[f64], f64)> {
        self.counts.chunks(self.categories.max(1)).zip(self.totals.iter().copied())
    }

    /// The mean share of each category over the units.
    fn mean_shares(&self) -> Vec<f64> {
        let n = self.totals.len().max(1) as f64;
        let mut shares = vec![0.0; self.categories];
        for (unit, total) in self.units() {
            shares.iter_mut().zip(unit).for_each(|(share, n)| *share += n / total);
        }
        shares.iter().map(|share| share / n).collect()
    }

    /// The share of each category among the ratings that can be paired.
    fn pooled(&self) -> Vec<f64> {
        let (mut sums, mut all) = (vec![0.0; self.categories], 0.0);
        for (unit, total) in self.units().filter(|(_, total)| *total >= 2.0) {
            sums.iter_mut().zip(unit).for_each(|(sum, n)| *sum += n);
            all += total;
        }
        sums.iter().map(|sum| sum / f64::max(all, 1.0)).collect()
    }
}

/// Ratings together with how alike categories are.
struct Weighted<'r> {
    ratings: &'r Ratings<'r>,
    weights: &'r [f64],
    /// For every unit the share of pairs of its ratings that agree; 0 where there is no pair.
    agreed: Vec<f64>,
    /// Units with at least two ratings.
    paired: f64,
}

/// What a coefficient stands on.
struct Parts {
    of: Coefficient,
    shares: Vec<f64>,
    value: f64,
    expected: f64,
}

impl<'r> Weighted<'r> {
    fn of(ratings: &'r Ratings, weights: &'r [f64]) -> Weighted<'r> {
        let agreed = |(unit, n): (&[f64], &f64)| {
            let given = || unit.iter().enumerate().filter(|(_, n)| **n > 0.0);
            let alike = |k: usize| given().map(|(l, n)| weights[k * ratings.categories + l] * n).sum::<f64>() - 1.0;
            let sum: f64 = given().map(|(k, n)| n * alike(k)).sum();
            if *n >= 2.0 { sum / (n * (n - 1.0)) } else { 0.0 }
        };
        let units = ratings.counts.par_chunks(ratings.categories.max(1)).with_min_len(BLOCK);
        let agreed = units.zip(&ratings.totals).map(agreed).collect();
        let paired = ratings.totals.iter().filter(|total| **total >= 2.0).count() as f64;
        Weighted { ratings, weights, agreed, paired }
    }

    fn coefficient(&self, of: Coefficient) -> Reliability {
        let units = self.paired as usize;
        let mut result =
            Reliability { value: None, observed: None, expected: None, error: None, interval: None, units };
        let shares = match of {
            Coefficient::Krippendorff => self.ratings.pooled(),
            _ => self.ratings.mean_shares(),
        };
        let (Some(observed), Some(expected)) = (self.observed(of), self.expected(of, &shares)) else { return result };
        (result.observed, result.expected) = (Some(observed), Some(expected));
        if 1.0 - expected > 1e-15 {
            let value = (observed - expected) / (1.0 - expected);
            result.value = Some(value);
            let (error, units) = match of {
                Coefficient::Krippendorff => (self.alpha_error(&shares, expected), units),
                _ => (self.error(&Parts { of, shares, value, expected }), self.agreed.len()),
            };
            result.error = error;
            result.interval = interval(value, error, units);
        }
        result
    }

    /// Each unit's counts with how many ratings it has and how far they agree.
    fn units(&self) -> impl Iterator<Item = (&[f64], f64, f64)> {
        self.ratings.units().zip(&self.agreed).map(|((unit, total), agreed)| (unit, total, *agreed))
    }

    fn observed(&self, of: Coefficient) -> Option<f64> {
        if self.paired == 0.0 {
            return None;
        }
        if of != Coefficient::Krippendorff {
            return Some(self.agreed.iter().sum::<f64>() / self.paired);
        }
        let (mut sum, mut all) = (0.0, 0.0);
        for (_, total, agreed) in self.units().filter(|(_, total, _)| *total >= 2.0) {
            sum += agreed * total;
            all += total;
        }
        Some((1.0 - 1.0 / all) * sum / all + 1.0 / all)
    }

    fn expected(&self, coefficient: Coefficient, shares: &[f64]) -> Option<f64> {
        let q = self.ratings.categories as f64;
        let sum: f64 = self.weights.iter().sum();
        match coefficient {
            Coefficient::Gwet if q < 2.0 => None,
            Coefficient::Gwet => Some(sum / (q * (q - 1.0)) * shares.iter().map(|p| p * (1.0 - p)).sum::<f64>()),
            Coefficient::Fleiss | Coefficient::Krippendorff => Some(dot(&self.toward(shares), shares)),
            Coefficient::BrennanPrediger => Some(sum / (q * q)),
            Coefficient::Conger => {
                let raters = &self.ratings.raters;
                let r = raters.len() as f64;
                if r < 2.0 {
                    return None;
                }
                let mut mean = vec![0.0; self.ratings.categories];
                for rater in raters {
                    mean.iter_mut().zip(&rater.shares).for_each(|(mean, own)| *mean += own / r);
                }
                let own: f64 = raters
                    .par_iter()
                    .map(|rater| dot(&self.toward(&rater.shares), &rater.shares))
                    .collect::<Vec<f64>>()
                    .iter()
                    .sum();
                let mean = dot(&self.toward(&mean), &mean);
                Some(mean - (own - r * mean) / (r - 1.0) / r)
            }
        }
    }

    /// How alike each category is to others of these shares.
    fn toward(&self, shares: &[f64]) -> Vec<f64> {
        self.weights.chunks(self.ratings.categories.max(1)).map(|row| dot(row, shares)).collect()
    }

    /// What each unit adds to the agreement that the raters' own habits give, where those who missed it count for their
    /// share (Gwet 2014, for Conger).
    fn chance_of_raters(&self) -> Vec<f64> {
        let Ratings { raters, places, categories, .. } = self.ratings;
        let (r, n) = (raters.len() as f64, places.len() as f64);
        let mut sums = vec![0.0; *categories];
        for rater in raters {
            sums.iter_mut().zip(&rater.shares).for_each(|(sum, own)| *sum += own);
        }
        // By rater and code; a missing one is worth what the rater is on average.
        let worth = |rater: &Rater| {
            let rest: Vec<f64> = sums.iter().zip(&rater.shares).map(|(sum, own)| sum - own).collect();
            let toward = self.toward(&rest);
            let own = dot(&toward, &rater.shares);
            let given = rater.given / n;
            let mut worth = [own; 256];
            worth.iter_mut().zip(&toward).for_each(|(worth, toward)| *worth = (toward - own) / given + own);
            worth
        };
        let worth: Vec<[f64; 256]> = raters.par_iter().map(worth).collect();
        let units = raters.first().map_or(0, |rater| rater.codes.len());
        let mut chance = vec![0.0; units];
        chance.par_chunks_mut(BLOCK).enumerate().for_each(|(at, chance)| {
            for (worth, rater) in worth.iter().zip(raters) {
                let codes = &rater.codes[at * BLOCK..at * BLOCK + chance.len()];
                chance.iter_mut().zip(codes).for_each(|(sum, code)| *sum += worth[*code as usize]);
            }
        });
        places.iter().map(|place| chance[*place] / (r * (r - 1.0))).collect()
    }

    /// The standard error of alpha over the units that can be paired; how often each was rated varies with them.
    fn alpha_error(&self, shares: &[f64], expected: f64) -> Option<f64> {
        let n = self.paired;
        let paired = || self.units().filter(|(_, total, _)| *total >= 2.0);
        let mean = paired().map(|(_, total, _)| total).sum::<f64>() / n;
        let observed = paired().map(|(_, total, agreed)| agreed * total / mean).sum::<f64>() / n;
        let value = (observed - expected) / (1.0 - expected);
        let toward = self.toward(shares);
        let of_unit = |(unit, total, agreed): (&[f64], f64, f64)| {
            let more = (total - mean) / mean;
            let own = (agreed * total / mean - observed * more - expected) / (1.0 - expected);
            let mine = dot(&toward, unit) / mean - expected * more;
            own - 2.0 * (1.0 - value) * (mine - expected) / (1.0 - expected)
        };
        let square: f64 = paired().map(|unit| (of_unit(unit) - value).powi(2)).sum();
        (n >= 2.0).then(|| (square / (n * (n - 1.0))).sqrt())
    }

    /// The standard error of what varies from unit to unit.
    fn error(&self, parts: &Parts) -> Option<f64> {
        let Parts { of, shares, value, expected } = parts;
        let q = self.ratings.categories as f64;
        let n = self.agreed.len() as f64;
        let toward: Vec<f64> = match of {
            Coefficient::Gwet => {
                let sum: f64 = self.weights.iter().sum();
                shares.iter().map(|p| sum / (q * (q - 1.0)) * (1.0 - p)).collect()
            }
            Coefficient::Fleiss => self.toward(shares),
            Coefficient::BrennanPrediger => vec![*expected; self.ratings.categories],
            Coefficient::Conger => Vec::new(),
            Coefficient::Krippendorff => return None,
        };
        let of_raters = if *of == Coefficient::Conger { self.chance_of_raters() } else { Vec::new() };
        let of_unit = |(at, (unit, total, agreed)): (usize, (&[f64], f64, f64))| {
            let chance = if total >= 2.0 { *expected } else { 0.0 };
            let own = n / self.paired * (agreed - chance) / (1.0 - expected);
            let mine = of_raters.get(at).copied().unwrap_or_else(|| dot(&toward, unit) / total);
            own - 2.0 * (1.0 - value) * (mine - expected) / (1.0 - expected)
        };
        let square: f64 = self.units().enumerate().map(|unit| (of_unit(unit) - value).powi(2)).sum();
        (n >= 2.0).then(|| (square / (n * (n - 1.0))).sqrt())
    }
}

/// The 95 % interval by Student's t over so many units, its upper end at most 1.
pub(super) fn interval(value: f64, error: Option<f64>, units: usize) -> Option<(f64, f64)> {
    let t = StudentsT::new(0.0, 1.0, units.saturating_sub(1) as f64).ok()?.inverse_cdf(0.975);
    error.map(|error| (value - t * error, (value + t * error).min(1.0)))
}

/// Units that one thread sums at a time.
const BLOCK: usize = 2048;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
