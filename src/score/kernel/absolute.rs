//! Absolute distances without a look at what is missing.
//!
//! Where no number is below 0 and a missing one is 0, Σ min(x, y) over all issues is that over the shared ones, and
//! Σ |x − y| = Σ x + Σ y − 2·Σ min(x, y) over the shared ones. The first two, and the weights, are looked up.

use multiversion::multiversion;
use rayon::prelude::*;

use super::bands;
use super::look::{PASS, Plus, WORD, look};

/// Issues in a block: sums over them are exact, and a band of rows stays in the first cache.
pub(super) const BLOCK: usize = 256;
/// Rows of a band: the unit of work of a thread.
const BAND: usize = 12;
/// Rows side by side in a look-up.
const LANES: usize = 16;

/// Whole numbers of single or double precision.
pub(super) trait Whole: Copy + Default + PartialOrd + Plus + Send + Sync {
    fn whole(self) -> u64;
    fn subtract(band: &Band<Self>, sums: &mut [[u64; 2]]);
    fn sums(columns: &[[Self; LANES]], words: &[u8], per: usize, into: &mut [[Self; LANES]]);
}

/// Rows of numbers of at least 0 on the issues of a block, filled up with missing ones.
pub(super) struct Rows<R> {
    rows: usize,
    width: usize,
    /// 0 where missing.
    numbers: Vec<R>,
    /// Which four of the issues have a number, the first the lowest bit.
    words: Vec<u8>,
    weights: Vec<R>,
}

/// For tiles of rows, and all rows: Σ of the tile's numbers, and of the weights, over what both have.
pub(super) struct Shares {
    rows: usize,
    weighted: bool,
    sums: Vec<[[u64; LANES]; 2]>,
}

/// Some rows with all that follow them.
pub(super) struct Band<'a, R> {
    of: &'a Rows<R>,
    first: usize,
}

impl<R: Whole> Rows<R> {
    /// Rows whose number on issue k `number` gives, `None` where it is missing.
    pub(super) fn new(rows: usize, weights: &[R], number: impl Fn(usize, usize) -> Option<R> + Sync) -> Rows<R> {
        let issues = weights.len();
        let width = issues.next_multiple_of(PASS).max(PASS);
        let mut numbers = vec![R::default(); rows * width];
        let mut words = vec![0_u8; rows * width / WORD];
        let fill = |(row, (numbers, words)): (usize, (&mut [R], &mut [u8]))| {
            for (at, slot) in numbers[..issues].iter_mut().enumerate() {
                let number = number(row, at);
                *slot = number.unwrap_or_default();
                words[at / WORD] |= (number.is_some() as u8) << (at % WORD);
            }
        };
        numbers.par_chunks_mut(width).zip(words.par_chunks_mut(width / WORD)).enumerate().for_each(fill);
        Rows { rows, width, numbers, words, weights: weights.to_vec() }
    }

    fn row(&self, row: usize) -> &[R] {
        &self.numbers[row * self.width..(row + 1) * self.width]
    }

    /// Takes 2·Σ min(x, y) from the first sum of every pair, which `Shares::give` makes good.
    pub(super) fn subtract(&self, out: &mut [[u64; 2]]) {
        bands(out, self.rows, BAND)
            .into_par_iter()
            .with_max_len(1)
            .for_each(|(first, sums)| R::subtract(&Band { of: self, first }, sums));
    }
}

impl<R: Whole> Band<'_, R> {
    /// Four rows of the band with two others at a time: each number read serves again.
    #[inline(always)]
    fn each<const L: usize>(&self, sums: &mut [[u64; 2]]) {
        let (first, rows) = (self.first, self.of.rows);
        let last = (first + BAND).min(rows);
        let mut starts = [0; BAND];
        for i in first + 1..last {
            starts[i - first] = starts[i - first - 1] + rows - i;
        }
        for j in (first + 1..rows).step_by(2) {
            let others = [j, (j + 1).min(rows - 1)];
            for i in (first..last.min(others[1])).step_by(4) {
                let row = |at: usize| self.of.row((i + at).min(last - 1));
                let own = [row(0), row(1), row(2), row(3)];
                let square = minima::<R, L>(own, [self.of.row(others[0]), self.of.row(others[1])]);
                for (i, sum) in (i..last).zip(square) {
                    for (j, sum) in (j..rows).zip(sum).filter(|(j, _)| i < *j) {
                        let slot = &mut sums[starts[i - first] + (j - i - 1)][0];
                        *slot = slot.wrapping_sub(2 * sum.whole());
                    }
                }
            }
        }
    }
}

/// Σ min(x, y) of each of four rows with each of two.
#[inline(always)]
fn minima<R: Whole, const L: usize>(own: [&[R]; 4], others: [&[R]; 2]) -> [[R; 2]; 4] {
    let mut sums = [[[R::default(); L]; 2]; 4];
    let (y, z) = (others[0].as_chunks::<L>().0, others[1].as_chunks::<L>().0);
    let z = &z[..y.len()];
    let [a, b, c, d] = own;
    let (a, b) = (&a.as_chunks::<L>().0[..y.len()], &b.as_chunks::<L>().0[..y.len()]);
    let (c, d) = (&c.as_chunks::<L>().0[..y.len()], &d.as_chunks::<L>().0[..y.len()]);
    for at in 0..y.len() {
        for (sums, x) in sums.iter_mut().zip([&a[at], &b[at], &c[at], &d[at]]) {
            least(&mut sums[0], x, &y[at]);
            least(&mut sums[1], x, &z[at]);
        }
    }
    let mut out = [[R::default(); 2]; 4];
    for i in 0..4 {
        for j in 0..2 {
            for lane in 0..L {
                out[i][j] = out[i][j].plus(sums[i][j][lane]);
            }
        }
    }
    out
}

#[inline(always)]
fn least<R: Whole, const L: usize>(sum: &mut [R; L], x: &[R; L], y: &[R; L]) {
    for lane in 0..L {
        sum[lane] = sum[lane].plus(if x[lane] < y[lane] { x[lane] } else { y[lane] });
    }
}

impl Shares {
    /// Nothing yet, of `rows` rows; without weights the second sums stay 0.
    pub(super) fn new(rows: usize, weighted: bool) -> Shares {
        let sums = vec![[[0; LANES]; 2]; rows.div_ceil(LANES) * rows];
        Shares { rows, weighted, sums }
    }

    /// Adds what the issues of a block have.
    pub(super) fn add<R: Whole>(&mut self, block: &Rows<R>) {
        let (rows, weighted) = (self.rows, self.weighted);
        let of_tile = |(tile, sums): (usize, &mut [[[u64; LANES]; 2]])| {
            let first = tile * LANES;
            block.looked(first, rows, |row, at| block.numbers[row * block.width + at], 0, sums);
            if weighted {
                let last = (first + LANES).min(rows);
                let weight = |row: usize, at: usize| {
                    let has = block.words[row * block.width / WORD + at / WORD] >> (at % WORD) & 1 > 0;
                    if has { block.weights[at] } else { R::default() }
                };
                block.looked(first, last, weight, 1, sums);
            }
        };
        self.sums.par_chunks_mut(rows.max(1)).enumerate().for_each(of_tile);
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
    /// Adds to sum `side` of the rows before `last` what `number` says of a tile's rows from `first` on.
    fn looked(
        &self,
        first: usize,
        last: usize,
        number: impl Fn(usize, usize) -> R,
        side: usize,
        into: &mut [[[u64; LANES]; 2]],
    ) {
        let mut columns = vec![[R::default(); LANES]; self.width];
        for lane in 0..LANES.min(self.rows - first) {
            for (at, column) in columns[..self.weights.len()].iter_mut().enumerate() {
                column[lane] = number(first + lane, at);
            }
        }
        let mut sums = vec![[R::default(); LANES]; last];
        R::sums(&columns, &self.words, self.width / WORD, &mut sums);
        for (into, sums) in into.iter_mut().zip(&sums) {
            for lane in 0..LANES {
                into[side][lane] += sums[lane].whole();
            }
        }
    }
}

macro_rules! whole {
    ($real:ty, $lanes:literal, $subtract:ident, $sums:ident) => {
        impl Whole for $real {
            fn whole(self) -> u64 {
                self as u64
            }
            fn subtract(band: &Band<$real>, sums: &mut [[u64; 2]]) {
                $subtract(band, sums);
            }
            fn sums(columns: &[[$real; LANES]], words: &[u8], per: usize, into: &mut [[$real; LANES]]) {
                $sums(columns, words, per, into);
            }
        }

        #[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
        fn $subtract(band: &Band<$real>, sums: &mut [[u64; 2]]) {
            band.each::<$lanes>(sums);
        }

        #[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
        fn $sums(columns: &[[$real; LANES]], words: &[u8], per: usize, into: &mut [[$real; LANES]]) {
            look(columns, words, per, into);
        }
    };
}

whole!(f32, 8, subtract_single, sums_single);
whole!(f64, 4, subtract_double, sums_double);
