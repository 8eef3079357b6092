//! Weighted distances over numbers, for every pair of rows.

use rayon::prelude::*;

use super::block::{Block, Real};
use super::pair_count;

/// What an issue on which both rows have a number adds to the distance of the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// w·|x − y|
    Absolute,
    /// w·(x − y)²
    Squared,
    /// w where x ≠ y
    Unequal,
}

/// Sums for every pair, as whole multiples of a power of two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// Σ of the terms, in units of 2^-`grid[0]`.
    pub distance: Vec<u64>,
    /// Σ of the weights of the shared issues, in units of 2^-`grid[1]`; `None` where all weigh 1.
    pub weight: Option<Vec<u64>>,
    /// The binary digits behind the point of `distance` and of `weight`.
    pub grid: [i32; 2],
}

/// Rows of numbers, NaN where there is none, with a weight per issue.
///
/// Absolute distances are taken between numbers rounded to a grid of at least 2^-40 of the greatest
/// possible term, so that every sum is exact: the same for any order, any split of the issues and
/// any number of threads. Squares are rounded to the grid one by one.
#[derive(Debug)]
pub struct Dense<'a> {
    rows: usize,
    issues: usize,
    values: &'a [f64],
    /// What the numbers are counted from; none is below it.
    low: f64,
    weights: Option<&'a [f64]>,
    term: Term,
    grid: [i32; 2],
}

/// Issues in a block.
pub const BLOCK: usize = 512;
/// Issues that may be summed.
pub const MAX_ISSUES: u64 = 1 << 19;
/// Bits that a term takes at most: a block's sum stays below 2^53, that of all issues below 2^64.
const TERM_BITS: i32 = 44;
/// Bits of terms whose sum over a block stays below 2^24, exact in single precision.
const SMALL_BITS: u32 = 15;
/// 1.5 · 2^52: adding and taking it away rounds to whole numbers, in one instruction each.
pub(super) const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// Digits behind the point for terms up to `most`: in steps of 4, so that tables of similar
/// weights share a grid.
pub fn digits(most: f64) -> i32 {
    let exponent = if most > 0.0 { most.log2().ceil() as i32 } else { 0 };
    TERM_BITS - exponent.div_euclid(4) * 4 - if exponent.rem_euclid(4) > 0 { 4 } else { 0 }
}

impl<'a> Dense<'a> {
    /// Rows of `values` from `range.0` to `range.1`, with the weight of each issue and a number that
    /// none of the weights exceeds.
    pub fn new(
        values: &'a [f64],
        rows: usize,
        range: (f64, f64),
        weights: Option<(&'a [f64], f64)>,
        term: Term,
    ) -> Dense<'a> {
        let heaviest = weights.map_or(1.0, |(_, heaviest)| heaviest);
        let width = range.1 - range.0;
        let furthest = match term {
            Term::Absolute => width,
            Term::Squared => width * width,
            Term::Unequal => 1.0,
        };
        let issues = values.len().checked_div(rows).unwrap_or(0);
        let grid = [digits(furthest * heaviest), digits(heaviest)];
        Dense { rows, issues, values, low: range.0, weights: weights.map(|(weights, _)| weights), term, grid }
    }

    /// The sums of every pair.
    pub fn sums(self) -> Sums {
        let mut out = vec![[0_u64; 2]; pair_count(self.rows)];
        let absolute = self.term == Term::Absolute;
        let small = if absolute { self.small() } else { None };
        // What a term is multiplied by to be a whole number of the grid.
        let raise = 2_f64.powi(if absolute { 0 } else { self.grid[0] - self.digits_of_weights() });
        for from in (0..self.issues).step_by(BLOCK) {
            let range = [from, (from + BLOCK).min(self.issues)];
            match small {
                Some(shift) => {
                    let unit = shift.map(|shift| 2_f64.powi(-(shift as i32)));
                    let narrow = |x: f64, w: f64| [(x * unit[0]) as f32, (w * unit[1]) as f32];
                    self.block(range, narrow).add(self.term, raise, &mut out);
                }
                None => self.block(range, |x, w| [x, w]).add(self.term, raise, &mut out),
            }
        }
        let shift = small.unwrap_or([0, 0]);
        Sums {
            distance: out.iter().map(|sum| sum[0] << shift[0]).collect(),
            weight: self.weights.map(|_| out.iter().map(|sum| sum[1] << shift[1]).collect()),
            grid: self.grid,
        }
    }

    fn digits_of_weights(&self) -> i32 {
        if self.weights.is_some() { self.grid[1] } else { 0 }
    }

    /// The weights of some issues as whole numbers of the grid.
    fn weights_of(&self, range: [usize; 2]) -> Vec<f64> {
        let scale = 2_f64.powi(self.digits_of_weights());
        (range[0]..range[1]).map(|issue| self.weights.map_or(1.0, |weights| rounded(weights[issue] * scale))).collect()
    }

    /// What the numbers of some issues are multiplied by before they are rounded.
    fn scales_of(&self, range: [usize; 2]) -> Vec<f64> {
        let scale = 2_f64.powi(self.grid[0]);
        (range[0]..range[1]).map(|issue| self.weights.map_or(1.0, |weights| weights[issue]) * scale).collect()
    }

    fn row(&self, row: usize, range: [usize; 2]) -> &[f64] {
        &self.values[row * self.issues + range[0]..row * self.issues + range[1]]
    }

    /// The zero bits that all numbers, and all weights, end with, where the rest is small.
    fn small(&self) -> Option<[u32; 2]> {
        let all = [0, self.issues];
        let scales = self.scales_of(all);
        let fold = |(or, most): (u64, u64), x: f64| {
            let x = if x.is_nan() { 0 } else { x as u64 };
            (or | x, most.max(x))
        };
        let join = |a: (u64, u64), b: (u64, u64)| (a.0 | b.0, a.1.max(b.1));
        let of_row = |row: usize| {
            let numbers = self.row(row, all).iter().zip(&scales);
            numbers.map(|(x, scale)| rounded((x - self.low) * scale)).fold((0, 0), fold)
        };
        let of_values = (0..self.rows).into_par_iter().map(of_row).reduce(|| (0, 0), join);
        let of_weights = self.weights_of(all).into_iter().fold((0, 0), fold);
        let shift = [of_values, of_weights].map(|(or, _)| if or == 0 { 0 } else { or.trailing_zeros() });
        let most = (of_values.1 >> shift[0]).max(of_weights.1 >> shift[1]);
        (most <= 1 << SMALL_BITS).then_some(shift)
    }

    /// The numbers of some issues; `narrow` writes a number and its weight.
    fn block<R: Real>(&self, range: [usize; 2], narrow: impl Fn(f64, f64) -> [R; 2] + Sync) -> Block<R> {
        let absolute = self.term == Term::Absolute;
        let scales = if absolute { self.scales_of(range) } else { Vec::new() };
        let weights = self.weights_of(range);
        Block::new(self.rows, range[1] - range[0], |row, cells| {
            for (at, x) in self.row(row, range).iter().enumerate().filter(|(_, x)| !x.is_nan()) {
                let x = x - self.low;
                let [x, w] = narrow(if absolute { rounded(x * scales[at]) } else { x }, weights[at]);
                cells.set(at, x, w);
            }
        })
    }
}

/// To whole numbers, halves to even ones; for numbers from 0 to 2^51.
fn rounded(x: f64) -> f64 {
    (x + ROUNDING) - ROUNDING
}
