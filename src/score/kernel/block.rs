//! Rows of numbers on some issues, and the sums of their pairs.

use pulp::{Arch, Simd, WithSimd, bytemuck};
use rayon::prelude::*;

use super::bands;
use super::dense::{ROUNDING, Term};

/// Rows of numbers on the issues of a block, filled up with missing ones.
pub(super) struct Block<R> {
    rows: usize,
    width: usize,
    cells: Vec<R>,
}

/// One row of a block: its numbers, 0 where missing; its weights, 0 where missing; and masks of all
/// bits but the sign where it has a number.
pub(super) struct Cells<'a, R>([&'a mut [R]; 3]);

/// Numbers that a processor handles side by side: single or double precision.
pub(super) trait Real: bytemuck::Pod + Send + Sync {
    /// As many as fit a register.
    type Lanes<S: Simd>: bytemuck::Pod;
    /// All bits but the sign.
    const MASK: Self;
    fn lanes<S: Simd>(row: &[Self]) -> &[Self::Lanes<S>];
    fn sub<S: Simd>(simd: S, x: Self::Lanes<S>, y: Self::Lanes<S>) -> Self::Lanes<S>;
    fn add<S: Simd>(simd: S, x: Self::Lanes<S>, y: Self::Lanes<S>) -> Self::Lanes<S>;
    fn and<S: Simd>(simd: S, x: Self::Lanes<S>, y: Self::Lanes<S>) -> Self::Lanes<S>;
    /// The term of two numbers with that weight, 0 where one is missing.
    fn apart<S: Simd>(
        simd: S,
        term: Term,
        raise: f64,
        of: [Self::Lanes<S>; 2],
        weight: Self::Lanes<S>,
    ) -> Self::Lanes<S>;
    /// A whole number of at least 0.
    fn whole(self) -> u64;
}

/// Numbers are padded to so many: the lanes of the widest registers.
const WIDEST: usize = 16;
/// Rows of a band: the unit of work of a thread, and what stays in its cache.
const BAND: usize = 16;

impl<R> Cells<'_, R> {
    /// Puts a number with its weight where nothing was.
    pub(super) fn set(&mut self, at: usize, x: R, weight: R)
    where
        R: Real,
    {
        let [numbers, weights, masks] = &mut self.0;
        (numbers[at], weights[at], masks[at]) = (x, weight, R::MASK);
    }
}

impl<R: Real> Block<R> {
    /// Rows that `fill` fills.
    pub(super) fn new(rows: usize, issues: usize, fill: impl Fn(usize, &mut Cells<R>) + Sync) -> Block<R> {
        let width = issues.next_multiple_of(WIDEST).max(WIDEST);
        let mut cells = vec![R::zeroed(); rows * width * 3];
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
    fn lanes<S: Simd>(&self, row: usize) -> [&[R::Lanes<S>]; 3] {
        let part = |at: usize| {
            let from = (row * 3 + at) * self.width;
            R::lanes::<S>(&self.cells[from..from + self.width])
        };
        [part(0), part(1), part(2)]
    }
}

/// Some rows with all that follow them.
struct Band<'a, R> {
    block: &'a Block<R>,
    first: usize,
    sums: &'a mut [[u64; 2]],
    term: Term,
    raise: f64,
}

impl<R: Real> WithSimd for Band<'_, R> {
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
                let square = match self.term {
                    Term::Absolute => self.absolute(simd, own, others),
                    _ => self.other(simd, own, others),
                };
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

impl<R: Real> Band<'_, R> {
    #[inline(always)]
    fn absolute<S: Simd>(&self, simd: S, own: [usize; 2], others: [usize; 2]) -> [[[u64; 2]; 2]; 2] {
        let zero: R::Lanes<S> = bytemuck::Zeroable::zeroed();
        let mut sums = [[[zero; 2]; 2]; 2];
        let [[x0, w0, m0], [x1, w1, m1]] = [self.block.lanes::<S>(own[0]), self.block.lanes::<S>(own[1])];
        let [[y0, _, n0], [y1, _, n1]] = [self.block.lanes::<S>(others[0]), self.block.lanes::<S>(others[1])];
        let count = x0.len();
        let (w0, m0, x1, w1, m1) = (&w0[..count], &m0[..count], &x1[..count], &w1[..count], &m1[..count]);
        let (y0, n0, y1, n1) = (&y0[..count], &n0[..count], &y1[..count], &n1[..count]);
        for at in 0..count {
            for (i, x, w, m) in [(0, x0[at], w0[at], m0[at]), (1, x1[at], w1[at], m1[at])] {
                for (j, y, n) in [(0, y0[at], n0[at]), (1, y1[at], n1[at])] {
                    // Where both have a number the mask takes the sign away, elsewhere everything.
                    let apart = R::and(simd, R::sub(simd, x, y), R::and(simd, m, n));
                    sums[i][j][0] = R::add(simd, sums[i][j][0], apart);
                    sums[i][j][1] = R::add(simd, sums[i][j][1], R::and(simd, w, n));
                }
            }
        }
        sums.map(|sums| sums.map(|sums| sums.map(total::<R, S>)))
    }

    #[inline(always)]
    fn other<S: Simd>(&self, simd: S, own: [usize; 2], others: [usize; 2]) -> [[[u64; 2]; 2]; 2] {
        let zero: R::Lanes<S> = bytemuck::Zeroable::zeroed();
        let mut sums = [[[zero; 2]; 2]; 2];
        for i in 0..2 {
            let [x, w, _] = self.block.lanes::<S>(own[i]);
            for j in 0..2 {
                let [y, _, n] = self.block.lanes::<S>(others[j]);
                let mut sum = [zero; 2];
                for (((x, y), w), n) in x.iter().zip(y).zip(w).zip(n) {
                    let weight = R::and(simd, *w, *n);
                    sum[0] = R::add(simd, sum[0], R::apart(simd, self.term, self.raise, [*x, *y], weight));
                    sum[1] = R::add(simd, sum[1], weight);
                }
                sums[i][j] = sum;
            }
        }
        sums.map(|sums| sums.map(|sums| sums.map(total::<R, S>)))
    }
}

fn total<R: Real, S: Simd>(sum: R::Lanes<S>) -> u64 {
    bytemuck::cast_slice::<R::Lanes<S>, R>(&[sum]).iter().map(|lane| lane.whole()).sum()
}

macro_rules! real {
    ($real:ty, $lanes:ident, $as_lanes:ident, $sub:ident, $add:ident, $and:ident, $mul:ident, $splat:ident, $equal:ident, $select:ident) => {
        impl Real for $real {
            type Lanes<S: Simd> = S::$lanes;
            const MASK: $real = <$real>::from_bits(!(1 << (8 * size_of::<$real>() - 1)));
            #[inline(always)]
            fn lanes<S: Simd>(row: &[$real]) -> &[S::$lanes] {
                S::$as_lanes(row).0
            }
            #[inline(always)]
            fn sub<S: Simd>(simd: S, x: S::$lanes, y: S::$lanes) -> S::$lanes {
                simd.$sub(x, y)
            }
            #[inline(always)]
            fn add<S: Simd>(simd: S, x: S::$lanes, y: S::$lanes) -> S::$lanes {
                simd.$add(x, y)
            }
            #[inline(always)]
            fn and<S: Simd>(simd: S, x: S::$lanes, y: S::$lanes) -> S::$lanes {
                simd.$and(x, y)
            }
            #[inline(always)]
            fn apart<S: Simd>(simd: S, term: Term, raise: f64, of: [S::$lanes; 2], weight: S::$lanes) -> S::$lanes {
                let (zero, raise) = (simd.$splat(0.0), simd.$splat(raise as $real));
                if term == Term::Unequal {
                    return simd.$mul(simd.$select(simd.$equal(of[0], of[1]), zero, weight), raise);
                }
                let apart = simd.$sub(of[0], of[1]);
                let rounding = simd.$splat(ROUNDING as $real);
                let squared = simd.$mul(simd.$mul(simd.$mul(apart, apart), weight), raise);
                simd.$sub(simd.$add(squared, rounding), rounding)
            }
            fn whole(self) -> u64 {
                self as u64
            }
        }
    };
}

real!(f32, f32s, as_simd_f32s, sub_f32s, add_f32s, and_f32s, mul_f32s, splat_f32s, equal_f32s, select_f32s);
real!(f64, f64s, as_simd_f64s, sub_f64s, add_f64s, and_f64s, mul_f64s, splat_f64s, equal_f64s, select_f64s);
