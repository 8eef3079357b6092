//! Measures of two lists of positions on one ordered scale: rank association and the relatives of S.

use std::str::FromStr;

use super::measure::Distance;
use crate::error::{Choice, Error, Result};

/// A measure of two actors' positions on the issues that both took one on; symmetric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Association {
    /// Kendall's τ-b (1945): (C − D) / √((n₀ − n₁)(n₀ − n₂)) with C concordant and D discordant pairs of
    /// issues, n₀ all pairs, n₁ and n₂ those tied for the one and the other; −1 to 1, undefined where one of
    /// the two takes one position throughout. It sees order alone: who always stands one step lower has 1.
    TauB,
    /// A of Benati and Capurri: S less the S that independence of the two would give, twice the expected less
    /// the observed mean distance over the range; −2 to 2, 0 at chance, defined from one issue on.
    ExcessS,
    /// Scott's pi (1955) with distances: 1 − observed / expected, the expected by the pooled habits of both;
    /// −1 to 1, undefined where both always take one and the same position.
    WeightedPi,
}

impl FromStr for Association {
    type Err = Error;

    fn from_str(word: &str) -> Result<Association> {
        let all = [
            ("tau_b", Association::TauB),
            ("excess_s", Association::ExcessS),
            ("weighted_pi", Association::WeightedPi),
        ];
        Choice::new("measure", all).pick(word)
    }
}

impl Association {
    /// The measure of `pairs` of positions on a scale from `range.0` to `range.1`, which τ-b does not ask for;
    /// NaN stands for none, and such a pair does not count. `None` where it is undefined. Time: issues².
    ///
    /// # Errors
    /// [`Error::Option`] for a range that is none, or a position outside it.
    pub fn of(self, pairs: &[(f64, f64)], range: (f64, f64), distance: Distance) -> Result<Option<f64>> {
        let refuse = |name, got: String, expected: &str| Err(Error::Option { name, got, expected: expected.into() });
        if !(range.0.is_finite() && range.1.is_finite() && range.0 < range.1) {
            return refuse("range", format!("({}, {})", range.0, range.1), "two finite numbers, the lower one first");
        }
        let stated: Vec<(f64, f64)> = pairs.iter().copied().filter(|(x, y)| !(x.is_nan() || y.is_nan())).collect();
        let outside = |x: &f64| *x < range.0 || *x > range.1;
        if let Some(x) = stated.iter().flat_map(|(x, y)| [x, y]).find(|x| outside(x)) {
            return refuse("positions", x.to_string(), &format!("numbers from {} to {}", range.0, range.1));
        }
        if self == Association::TauB {
            return Ok(tau_b(&stated));
        }
        let apart = |x: f64, y: f64| {
            let share = (x - y).abs() / (range.1 - range.0);
            if distance == Distance::Squared { share * share } else { share }
        };
        Ok(self.beyond_chance(&stated, apart))
    }

    fn beyond_chance(self, pairs: &[(f64, f64)], apart: impl Fn(f64, f64) -> f64) -> Option<f64> {
        let n = pairs.len() as f64;
        let observed = pairs.iter().map(|&(x, y)| apart(x, y)).sum::<f64>() / n;
        let mean = |left: &[f64], right: &[f64]| {
            let of = |x: &f64| right.iter().map(|y| apart(*x, *y)).sum::<f64>();
            left.iter().map(of).sum::<f64>() / (left.len() * right.len()) as f64
        };
        let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        if pairs.is_empty() {
            return None;
        }
        if self == Association::ExcessS {
            return Some(2.0 * (mean(&first, &second) - observed));
        }
        let pooled = [first, second].concat();
        let expected = mean(&pooled, &pooled);
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }
}

fn tau_b(pairs: &[(f64, f64)]) -> Option<f64> {
    let (mut balance, mut untied) = (0.0, [0.0, 0.0]);
    for (at, (x, y)) in pairs.iter().enumerate() {
        for (v, w) in &pairs[at + 1..] {
            let order = |a: &f64, b: &f64| f64::from(a > b) - f64::from(a < b);
            let (across, down) = (order(x, v), order(y, w));
            balance += across * down;
            untied[0] += across.abs();
            untied[1] += down.abs();
        }
    }
    let root = (untied[0] * untied[1]).sqrt();
    (root > 0.0).then(|| balance / root)
}
