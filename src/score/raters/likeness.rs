//! How alike two categories are: the weights of reliability coefficients.

use std::str::FromStr;

use crate::error::{Choice, Error, Result};

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
