//! Rows of numbers on some issues, and the sums of their pairs.

use pulp::{Arch, Simd, WithSimd, bytemuck};
use rayon::prelude::*;

use super::bands;
use super::term::{ROUNDING, Term};

/// Rows of numbers on the issues of a block, filled up with missing ones.
pub(super) struct Block {
    rows: usize,
    width: usize,
    cells: Vec<f64>,
}

/// One row of a block: its numbers, 0 where missing; its weights, 0 where missing; and masks of all
/// bits but the sign where it has a number.
pub(super) struct Cells<'a>([&'a mut [f64]; 3]);

/// Numbers are padded to so many: the lanes of the widest registers.
const WIDEST: usize = 8;
/// Rows of a band: the unit of work of a thread, and what stays in its cache.
const BAND: usize = 16;
/// All bits but the sign.
const MASK: f64 = f64::from_bits(u64::MAX >> 1);

impl Cells<'_> {
    /// Puts a number with its weight where nothing was.
    pub(super) fn set(&mut self, at: usize, x: f64, weight: f64) {
        let [numbers, weights, masks] = &mut self.0;
        (numbers[at], weights[at], masks[at]) = (x, weight, MASK);
    }
}

impl Block {
    /// Rows that `fill` fills.
    pub(super) fn new(rows: usize, issues: usize, fill: impl Fn(usize, &mut Cells) + Sync) -> Block {
        let width = issues.next_multiple_of(WIDEST).max(WIDEST);
        let mut cells = vec![0.0; rows * width * 3];
        cells.par_chunks_mut(width * 3).enumerate().for_each(|(row, cells)| {
            let (numbers, rest) = cells.split_at_mut(width);
            let (weights, masks) = rest.split_at_mut(width);
            fill(row, &mut Cells([numbers, weights, masks]));
        });
        Block { rows, width, cells }
    }

    /// Adds to each pair Σ of the terms, each times `raise`, and Σ of the weights.
    pub(super) fn add(&self, term: Term, raise: f64, out: &mut [[u64; 2]]) {
        bands(out, self.rows, BAND).into_par_iter().with_max_len(1).for_each(|(first, sums)| {
            Arch::new().dispatch(Band { block: self, first, sums, term, raise });
        });
    }

    #[inline(always)]
    fn lanes<S: Simd>(&self, row: usize) -> [&[S::f64s]; 3] {
        let part = |at: usize| {
            let from = (row * 3 + at) * self.width;
            S::as_simd_f64s(&self.cells[from..from + self.width]).0
        };
        [part(0), part(1), part(2)]
    }
}

/// Some rows with all that follow them.
struct Band<'a> {
    block: &'a Block,
    first: usize,
    sums: &'a mut [[u64; 2]],
    term: Term,
    raise: f64,
}

impl WithSimd for Band<'_> {
    type Output = ();

    /// Two rows of the band with two others at a time: each number read serves twice.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (first, rows) = (self.first, self.block.rows);
        let last = (first + BAND).min(rows);
        let start = |i: usize| (first..i).map(|row| rows - 1 - row).sum::<usize>();
        let starts: Vec<usize> = (first..last).map(start).collect();
        for j in (first + 1..rows).step_by(2) {
            let others = [j, (j + 1).min(rows - 1)];
            for i in (first..last.min(others[1])).step_by(2) {
                let own = [i, (i + 1).min(last - 1)];
                let square = self.square(simd, own, others);
                for (i, sums) in (i..last).zip(square) {
                    for (j, sum) in (j..rows).zip(sums).filter(|(j, _)| i < *j) {
                        let slot = &mut self.sums[starts[i - first] + (j - i - 1)];
                        slot[0] += sum[0];
                        slot[1] += sum[1];
                    }
                }
            }
        }
    }
}

impl Band<'_> {
    #[inline(always)]
    fn square<S: Simd>(&self, simd: S, own: [usize; 2], others: [usize; 2]) -> [[[u64; 2]; 2]; 2] {
        let mut sums = [[[0; 2]; 2]; 2];
        for i in 0..2 {
            let [x, w, _] = self.block.lanes::<S>(own[i]);
            for j in 0..2 {
                let [y, _, n] = self.block.lanes::<S>(others[j]);
                let mut sum = [simd.splat_f64s(0.0); 2];
                for (((x, y), w), n) in x.iter().zip(y).zip(w).zip(n) {
                    // Where both have a number the mask keeps the weight, elsewhere nothing.
                    let weight = simd.and_f64s(*w, *n);
                    sum[0] = simd.add_f64s(sum[0], self.apart(simd, [*x, *y], weight));
                    sum[1] = simd.add_f64s(sum[1], weight);
                }
                sums[i][j] = sum.map(total::<S>);
            }
        }
        sums
    }

    /// The terms of numbers with these weights, 0 where one is missing.
    #[inline(always)]
    fn apart<S: Simd>(&self, simd: S, of: [S::f64s; 2], weight: S::f64s) -> S::f64s {
        let (zero, raise) = (simd.splat_f64s(0.0), simd.splat_f64s(self.raise));
        if self.term == Term::Unequal {
            return simd.mul_f64s(simd.select_f64s(simd.equal_f64s(of[0], of[1]), zero, weight), raise);
        }
        let apart = simd.sub_f64s(of[0], of[1]);
        let rounding = simd.splat_f64s(ROUNDING);
        let squared = simd.mul_f64s(simd.mul_f64s(simd.mul_f64s(apart, apart), weight), raise);
        simd.sub_f64s(simd.add_f64s(squared, rounding), rounding)
    }
}

fn total<S: Simd>(sum: S::f64s) -> u64 {
    bytemuck::cast_slice::<S::f64s, f64>(&[sum]).iter().map(|lane| *lane as u64).sum()
}
