//! Weighted distances over numbers, for every pair of rows.

use multiversion::multiversion;
use rayon::prelude::*;

use super::absolute::{Cells, Rows, Shares, Whole, subtract};
use super::block::Block;
use super::pair_count;
use super::term::{ROUNDING, Term, rounded};

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
/// Issues whose blocks are held at once.
const TOGETHER: usize = 2048;
/// Issues that may be summed.
pub const MAX_ISSUES: u64 = 1 << 19;
/// Bits that a term takes at most: a block's sum stays below 2^53, that of all issues below 2^64.
const TERM_BITS: i32 = 44;
/// Bits of terms whose sum over a block stays below 2^24, exact in single precision.
const SMALL_BITS: u32 = 15;
/// The bits of a number plus `ROUNDING` that hold its whole part.
const WHOLE: u64 = (1 << 51) - 1;
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
        match self.term {
            Term::Absolute => self.absolute(),
            _ => self.others(),
        }
    }

    fn absolute(&self) -> Sums {
        match self.small() {
            Some(shift) => self.apart::<f32, 32>(shift),
            None => self.apart::<f64, 16>([0, 0]),
        }
    }

    /// The sums of absolute terms; the last `shift` digits of all numbers, and of all weights, are 0;
    /// so many `LANES` are looked up together.
    fn apart<R: Whole, const LANES: usize>(&self, shift: [u32; 2]) -> Sums {
        let mut out = vec![[0; 2]; pair_count(self.rows)];
        let mut shares = Shares::<LANES>::new(self.rows, self.weights.is_some());
        for first in (0..self.issues).step_by(TOGETHER) {
            let starts = (first..(first + TOGETHER).min(self.issues)).step_by(R::BLOCK);
            let blocks: Vec<Rows<R>> = starts.map(|from| self.whole(from, shift)).collect();
            subtract(&blocks, &mut out);
            shares.add(&blocks);
        }
        shares.give(&mut out);
        self.summed(&out, shift)
    }

    /// The block of issues from `from` on, as whole numbers.
    fn whole<R: Whole>(&self, from: usize, shift: [u32; 2]) -> Rows<R> {
        let range = [from, (from + R::BLOCK).min(self.issues)];
        let [unit, unit_of_weights] = shift.map(|shift| 2_f64.powi(-(shift as i32)));
        let weights = self.weights_of(range).into_iter().map(|weight| R::narrow(weight * unit_of_weights)).collect();
        let scales = self.scales_of(range);
        let cells = Cells { values: self.values, issues: [self.issues, from], low: self.low, scales: &scales, unit };
        Rows::new(self.rows, &cells, weights)
    }

    fn summed(&self, out: &[[u64; 2]], shift: [u32; 2]) -> Sums {
        Sums {
            distance: out.par_iter().map(|sum| sum[0] << shift[0]).collect(),
            weight: self.weights.map(|_| out.par_iter().map(|sum| sum[1] << shift[1]).collect()),
            grid: self.grid,
        }
    }

    /// The sums of other terms, each rounded to the grid.
    fn others(&self) -> Sums {
        let mut out = vec![[0; 2]; pair_count(self.rows)];
        // What a term is multiplied by to be a whole number of the grid.
        let raise = 2_f64.powi(self.grid[0] - self.digits_of_weights());
        for from in (0..self.issues).step_by(BLOCK) {
            self.block([from, (from + BLOCK).min(self.issues)]).add(self.term, raise, &mut out);
        }
        self.summed(&out, [0, 0])
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
        let of_row = |row: usize| bits_of(self.row(row, all), &scales, self.low);
        let of_values = (0..self.rows).into_par_iter().map(of_row).reduce(|| 0, |a, b| a | b);
        let of_weights = self.weights_of(all).into_iter().fold(0, |bits, weight| bits | weight as u64);
        let fits = |bits: u64| {
            let zeros = if bits == 0 { 0 } else { bits.trailing_zeros() };
            (bits >> zeros < 1 << SMALL_BITS).then_some(zeros)
        };
        Some([fits(of_values)?, fits(of_weights)?])
    }

    /// The numbers of some issues, with their weights.
    fn block(&self, range: [usize; 2]) -> Block {
        let weights = self.weights_of(range);
        Block::new(self.rows, range[1] - range[0], |row, cells| {
            for (at, x) in self.row(row, range).iter().enumerate().filter(|(_, x)| !x.is_nan()) {
                cells.set(at, x - self.low, weights[at]);
            }
        })
    }
}

/// The bits that any number has as a whole number of the grid.
#[multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn bits_of(values: &[f64], scales: &[f64], low: f64) -> u64 {
    let mut bits = 0;
    for (x, scale) in values.iter().zip(scales) {
        let number = ((x - low) * scale + ROUNDING).to_bits() & WHOLE;
        bits |= if x.is_nan() { 0 } else { number };
    }
    bits
}
