//! Absolute distances without a look at what is missing.
//!
//! Where no number is below 0 and a missing one is 0, Σ min(x, y) over all issues is that over the shared ones, and
//! Σ |x − y| = Σ x + Σ y − 2·Σ min(x, y) over the shared ones. The first two, and the weights, are looked up.

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::bands;
use super::lanes::{Aligned, Line, Number};
use super::look::{PASS, WORD, look};
use super::term::rounded;

/// Rows of a band: the unit of work of a thread. Two bands of a block stay in the second cache.
const BAND: usize = 32;

/// Whole numbers from 0 to 2^52 of single or double precision.
pub(super) trait Whole: Number {
    /// Issues in a block: sums over them are exact.
    const BLOCK: usize;
    /// From double precision.
    fn narrow(x: f64) -> Self;
    /// Whether the sign bit is set, which marks a missing number.
    fn is_marked(self) -> bool;
    /// The number.
    fn whole(self) -> u64;
    /// Σ of all lanes, exact.
    fn total<S: Simd>(simd: S, lanes: Self::Lanes<S>) -> u64;
}

/// The cells of some issues, and how they become whole numbers.
pub(super) struct Cells<'a> {
    /// All cells, row by row, NaN where there is no number.
    pub(super) values: &'a [f64],
    /// How many issues a row has, and the first of those that are meant.
    pub(super) issues: [usize; 2],
    /// What the numbers are counted from; none is below it.
    pub(super) low: f64,
    /// What each issue's numbers are multiplied by before they are rounded.
    pub(super) scales: &'a [f64],
    /// What whole numbers are multiplied by to lose digits that are all 0.
    pub(super) unit: f64,
}

/// Rows of numbers of at least 0 on the issues of a block, filled up with missing ones.
pub(super) struct Rows<R> {
    rows: usize,
    width: usize,
    /// -0 where missing: it counts as 0 and bears a mark.
    numbers: Aligned<R>,
    /// Which four of the issues have a number, the first the lowest bit.
    words: Vec<u8>,
    weights: Vec<R>,
}

/// For tiles of rows, and all rows: Σ of the tile's numbers, and of the weights, over what both have.
pub(super) struct Shares<const LANES: usize> {
    rows: usize,
    weighted: bool,
    sums: Vec<[[u64; LANES]; 2]>,
}

/// The rows of two bands on some blocks, and Σ min(x, y) of each two of them.
struct Bands<'a, R> {
    blocks: &'a [Rows<R>],
    firsts: [usize; 2],
    sums: &'a mut [[u64; BAND]; BAND],
}

impl<R: Whole> Rows<R> {
    /// The rows of `cells`, with the weight of each issue.
    pub(super) fn new(rows: usize, cells: &Cells, weights: Vec<R>) -> Rows<R> {
        let width = weights.len().next_multiple_of(PASS).max(PASS);
        let mut numbers = Aligned::new(rows * width, R::narrow(-0.0));
        let mut words = vec![0; rows * width / WORD];
        let fill = |(row, (numbers, words)): (usize, (&mut [R], &mut [u8]))| {
            let from = row * cells.issues[0] + cells.issues[1];
            let values = &cells.values[from..from + weights.len()];
            Arch::new().dispatch(Fill { cells, values, numbers, words });
        };
        numbers.par_chunks_mut(width).zip(words.par_chunks_mut(width / WORD)).enumerate().for_each(fill);
        Rows { rows, width, numbers, words, weights }
    }

    fn row(&self, row: usize) -> &[R] {
        &self.numbers[row * self.width..(row + 1) * self.width]
    }
}

/// Takes 2·Σ min(x, y) on some blocks from the first sum of every pair, which `Shares::give` makes good.
pub(super) fn subtract<R: Whole>(blocks: &[Rows<R>], out: &mut [[u64; 2]]) {
    let Some(Rows { rows, .. }) = blocks.first() else { return };
    bands(out, *rows, BAND).into_par_iter().with_max_len(1).for_each(|(first, out)| {
        for other in (first..*rows).step_by(BAND) {
            let mut sums = [[0; BAND]; BAND];
            Arch::new().dispatch(Bands { blocks, firsts: [first, other], sums: &mut sums });
            let mut start = 0;
            for i in first..(first + BAND).min(*rows) {
                for j in other.max(i + 1)..(other + BAND).min(*rows) {
                    let slot = &mut out[start + j - i - 1][0];
                    *slot = slot.wrapping_sub(2 * sums[i - first][j - other]);
                }
                start += rows - 1 - i;
            }
        }
    });
}

impl<R: Whole> WithSimd for Bands<'_, R> {
    type Output = ();

    /// Four rows of one band with two of the other at a time: each number read serves again.
    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let [first, other] = self.firsts;
        for block in self.blocks {
            // Past the last row stands the last one again: its sums are not asked for.
            let row = |at: usize| R::lanes::<S>(block.row(at.min(block.rows - 1)));
            for i in (0..BAND.min(block.rows - first)).step_by(4) {
                let own = [0, 1, 2, 3].map(|at| row(first + i + at));
                let sums = &mut self.sums[i..];
                // Of a band with itself only what lies above the diagonal.
                let from = if first == other { i } else { 0 };
                for j in (from..BAND.min(block.rows - other)).step_by(2) {
                    let square = minima::<S, R>(simd, own, [row(other + j), row(other + j + 1)]);
                    for (sums, square) in sums.iter_mut().zip(square) {
                        sums[j] += square[0];
                        sums[j + 1] += square[1];
                    }
                }
            }
        }
    }
}

/// Σ min(x, y) of each of four rows with each of two.
#[inline(always)]
fn minima<S: Simd, R: Whole>(simd: S, own: [&[R::Lanes<S>]; 4], others: [&[R::Lanes<S>]; 2]) -> [[u64; 2]; 4] {
    let mut sums = [[R::splat(simd, R::default()); 2]; 4];
    let width = others[0].len();
    // Rows of one length, so that no index needs a check.
    let ([a, b, c, d], [y, z]) = (own.map(|row| &row[..width]), others.map(|row| &row[..width]));
    for at in 0..width {
        for (sums, x) in sums.iter_mut().zip([a[at], b[at], c[at], d[at]]) {
            sums[0] = R::add(simd, sums[0], R::least(simd, x, y[at]));
            sums[1] = R::add(simd, sums[1], R::least(simd, x, z[at]));
        }
    }
    sums.map(|sums| sums.map(|sum| R::total(simd, sum)))
}

impl<const LANES: usize> Shares<LANES> {
    /// Nothing yet, of `rows` rows; without weights the second sums stay 0.
    pub(super) fn new(rows: usize, weighted: bool) -> Shares<LANES> {
        let sums = vec![[[0; LANES]; 2]; rows.div_ceil(LANES) * rows];
        Shares { rows, weighted, sums }
    }

    /// Adds what the issues of some blocks have.
    pub(super) fn add<R: Whole>(&mut self, blocks: &[Rows<R>]) {
        let weighted = self.weighted;
        let of_tile = |(tile, sums): (usize, &mut [[[u64; LANES]; 2]])| {
            blocks.iter().for_each(|block| block.share(tile * LANES, weighted, sums));
        };
        self.sums.par_chunks_mut(self.rows.max(1)).enumerate().for_each(of_tile);
    }

    /// Adds to every pair what its two rows have on the shared issues, and the weights of these.
    pub(super) fn give(&self, out: &mut [[u64; 2]]) {
        let sum = |row: usize, other: usize| &self.sums[row / LANES * self.rows + other];
        bands(out, self.rows, 1).into_par_iter().for_each(|(i, sums)| {
            for (j, slot) in (i + 1..self.rows).zip(sums) {
                let (mine, others) = (sum(i, j)[0][i % LANES], sum(j, i));
                slot[0] = slot[0].wrapping_add(mine).wrapping_add(others[0][j % LANES]);
                slot[1] += others[1][j % LANES];
            }
        });
    }
}

impl<R: Whole> Rows<R> {
    /// Adds to the sums of every row what the rows of a tile, from `first` on, share with it.
    fn share<const LANES: usize>(&self, first: usize, weighted: bool, into: &mut [[[u64; LANES]; 2]]) {
        let last = (first + LANES).min(self.rows);
        let mut columns = vec![[R::narrow(-0.0); LANES]; self.width];
        for row in first..last {
            columns.iter_mut().zip(self.row(row)).for_each(|(column, x)| column[row - first] = *x);
        }
        self.looked(&columns, into, 0);
        if weighted {
            for (column, weight) in columns.iter_mut().zip(&self.weights) {
                column.iter_mut().for_each(|x| *x = if x.is_marked() { R::default() } else { *weight });
            }
            // The weights of a pair are the same from both sides.
            self.looked(&columns, &mut into[..last], 1);
        }
    }

    /// Adds to sum `side` of each row the columns over the issues that the row has.
    fn looked<const LANES: usize>(&self, columns: &[[R; LANES]], into: &mut [[[u64; LANES]; 2]], side: usize) {
        let mut sums = vec![Line::default(); into.len()];
        look(columns, &self.words, self.width / WORD, &mut sums);
        Arch::new().dispatch(Settle { sums: &sums, into, side });
    }
}

/// Writes the numbers of a row as whole ones, and which of the issues have one.
struct Fill<'a, R> {
    cells: &'a Cells<'a>,
    values: &'a [f64],
    numbers: &'a mut [R],
    words: &'a mut [u8],
}

impl<R: Whole> WithSimd for Fill<'_, R> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Cells { low, scales, unit, .. } = *self.cells;
        for ((slot, x), scale) in self.numbers.iter_mut().zip(self.values).zip(scales) {
            let number = rounded((x - low) * scale) * unit;
            *slot = R::narrow(if number.is_nan() { -0.0 } else { number });
        }
        for (word, four) in self.words.iter_mut().zip(self.numbers.as_chunks::<WORD>().0) {
            *word = four.iter().rev().fold(0, |word, x| word << 1 | !x.is_marked() as u8);
        }
    }
}

/// Adds to sum `side` of each row.
struct Settle<'a, R, const LANES: usize> {
    sums: &'a [Line<R, LANES>],
    into: &'a mut [[[u64; LANES]; 2]],
    side: usize,
}

impl<R: Whole, const LANES: usize> WithSimd for Settle<'_, R, LANES> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (into, sums) in self.into.iter_mut().zip(self.sums) {
            let into = &mut into[self.side];
            for lane in 0..LANES {
                into[lane] = into[lane].wrapping_add(sums.0[lane].whole());
            }
        }
    }
}

/// 2^52: a number up to it is the distance in steps of 1 to the sum of both.
const ABOVE: f64 = 4_503_599_627_370_496.0;

macro_rules! whole {
    ($real:ty, $block:literal, $total:ident) => {
        impl Whole for $real {
            const BLOCK: usize = $block;

            #[inline(always)]
            fn narrow(x: f64) -> $real {
                x as $real
            }
            #[inline(always)]
            fn is_marked(self) -> bool {
                self.is_sign_negative()
            }
            #[inline(always)]
            fn whole(self) -> u64 {
                (f64::from(self) + ABOVE).to_bits().wrapping_sub(ABOVE.to_bits())
            }
            #[inline(always)]
            fn total<S: Simd>(simd: S, lanes: Self::Lanes<S>) -> u64 {
                simd.$total(lanes).whole()
            }
        }
    };
}

whole!(f32, 512, reduce_sum_f32s);
whole!(f64, 256, reduce_sum_f64s);
