//! Weighted distances over numbers, for every pair of rows.

use multiversion::multiversion;
use num_traits::Float;
use rayon::prelude::*;

use super::{bands, pair_count};

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

/// Rows of numbers at least 0, NaN where there is none, with a weight per issue.
///
/// Absolute distances are taken between numbers rounded to a grid of at least 2^-40 of the greatest
/// possible term, so that every sum is exact: the same for any order, any split of the issues and
/// any number of threads. Squares are rounded to the grid one by one.
#[derive(Debug)]
pub struct Dense<'a> {
    rows: usize,
    values: Vec<f64>,
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
/// 1.5 · 2^52.
const ROUNDING: f64 = 6_755_399_441_055_744.0;
/// Numbers handled side by side.
const LANES: usize = 8;
/// Rows of a band: the unit of work of a thread.
const BAND: usize = 8;

/// Digits behind the point for terms up to `most`: in steps of 4, so that tables of similar
/// weights share a grid.
pub fn digits(most: f64) -> i32 {
    let exponent = if most > 0.0 { most.log2().ceil() as i32 } else { 0 };
    TERM_BITS - exponent.div_euclid(4) * 4 - if exponent.rem_euclid(4) > 0 { 4 } else { 0 }
}

impl<'a> Dense<'a> {
    /// Rows of `values`, none above `width`, with the weight of each issue and a number that none of
    /// the weights exceeds.
    pub fn new(values: Vec<f64>, rows: usize, width: f64, weights: Option<(&'a [f64], f64)>, term: Term) -> Dense<'a> {
        let heaviest = weights.map_or(1.0, |(_, heaviest)| heaviest);
        let weights = weights.map(|(weights, _)| weights);
        let furthest = match term {
            Term::Absolute => width,
            Term::Squared => width * width,
            Term::Unequal => 1.0,
        };
        let grid = [digits(furthest * heaviest), digits(heaviest)];
        Dense { rows, values, weights, term, grid }
    }

    /// The sums of every pair.
    pub fn sums(self) -> Sums {
        let issues = self.values.len().checked_div(self.rows).unwrap_or(0);
        let scale = 2_f64.powi(self.grid[1]);
        let weights: Option<Vec<f64>> =
            self.weights.map(|weights| weights.iter().map(|weight| (weight * scale).round()).collect());
        let premultiplied = self.term == Term::Absolute;
        let digits = match (premultiplied, &weights) {
            (true, _) => 0,
            (false, Some(_)) => self.grid[0] - self.grid[1],
            (false, None) => self.grid[0],
        };
        let values = if premultiplied { self.weighted(issues) } else { self.values };
        let mut job = Job { rows: self.rows, issues, term: self.term, block: BLOCK, raise: 2_f64.powi(digits) };
        let small = if premultiplied { small_grid(&values, weights.as_deref()) } else { None };
        let (distance, weight) = match small {
            Some(Small { shift, depth }) => {
                let narrow = |x: &f64, by: u32| (x * 2_f64.powi(-(by as i32))) as f32;
                let values: Vec<f32> = values.par_iter().map(|x| narrow(x, shift[0])).collect();
                let weights: Option<Vec<f32>> = weights.map(|w| w.iter().map(|w| narrow(w, shift[1])).collect());
                job.block = depth * LANES;
                let (mut distance, mut weight) = job.run(&values, weights.as_deref());
                distance.iter_mut().for_each(|sum| *sum <<= shift[0]);
                weight.iter_mut().for_each(|sum| *sum <<= shift[1]);
                (distance, weight)
            }
            None => job.run(&values, weights.as_deref()),
        };
        Sums { distance, weight: self.weights.map(|_| weight), grid: self.grid }
    }

    /// The values times their weights as whole numbers of the grid.
    fn weighted(&self, issues: usize) -> Vec<f64> {
        let scale = 2_f64.powi(self.grid[0]);
        let mut values = self.values.clone();
        values.par_chunks_mut(issues.max(1)).for_each(|row| match self.weights {
            Some(weights) => row.iter_mut().zip(weights).for_each(|(x, w)| *x = (*x * w * scale).round()),
            None => row.iter_mut().for_each(|x| *x = (*x * scale).round()),
        });
        values
    }
}

/// How whole numbers fit the 24 bits of an f32.
struct Small {
    /// Zero bits that all values, and all weights, end with.
    shift: [u32; 2],
    /// Numbers that can be added up without leaving 24 bits.
    depth: usize,
}

/// `None` where the numbers are too fine, or so large that few can be added up.
fn small_grid(values: &[f64], weights: Option<&[f64]>) -> Option<Small> {
    let bits = |x: f64| if x.is_nan() { 0 } else { x as u64 };
    let fold = |(or, max): (u64, u64), x: u64| (or | x, max.max(x));
    let join = |a: (u64, u64), b: (u64, u64)| (a.0 | b.0, a.1.max(b.1));
    let of_values =
        values.par_chunks(1 << 16).map(|part| part.iter().map(|&x| bits(x)).fold((0, 0), fold)).reduce(|| (0, 0), join);
    let of_weights = weights.unwrap_or_default().iter().map(|&w| bits(w)).fold((0, 0), fold);
    let shift = [of_values, of_weights].map(|(or, _)| if or == 0 { 0 } else { or.trailing_zeros() });
    let most = (of_values.1 >> shift[0]).max(of_weights.1 >> shift[1]).max(1);
    let depth = ((1_u64 << 24) / most).min((BLOCK / LANES) as u64) as usize;
    (depth >= 16).then_some(Small { shift, depth })
}

/// One pass over all pairs.
struct Job {
    rows: usize,
    issues: usize,
    term: Term,
    block: usize,
    /// What a term is multiplied by to be a whole number of the grid.
    raise: f64,
}

impl Job {
    fn run<F: Float + Send + Sync>(&self, values: &[F], weights: Option<&[F]>) -> (Vec<u64>, Vec<u64>) {
        let mut out = vec![[0_u64; 2]; pair_count(self.rows)];
        bands(&mut out, self.rows, BAND).into_par_iter().for_each(|(first, band)| {
            let mut from = 0;
            while from < self.issues {
                let to = (from + self.block).min(self.issues);
                self.block_of_band(values, weights.map(|w| &w[from..to]), [from, to, first], band);
                from = to;
            }
        });
        let weight = if weights.is_some() { out.iter().map(|sum| sum[1]).collect() } else { Vec::new() };
        (out.into_iter().map(|sum| sum[0]).collect(), weight)
    }

    fn block_of_band<F: Float>(&self, values: &[F], weights: Option<&[F]>, place: [usize; 3], band: &mut [[u64; 2]]) {
        let [from, to, first] = place;
        let row = |at: usize| &values[at * self.issues + from..at * self.issues + to];
        let last = (first + BAND).min(self.rows);
        // A column of the band at a time: row j stays in the cache while the band's rows pass.
        for j in first + 1..self.rows {
            let mut start = 0;
            for i in first..last.min(j) {
                let sums = pair_sums(self.term, row(i), row(j), weights, self.raise);
                let slot = &mut band[start + (j - i - 1)];
                slot[0] += sums[0] as u64;
                slot[1] += sums[1] as u64;
                start += self.rows - 1 - i;
            }
        }
    }
}

/// Σ of the terms and Σ of the weights of one pair in one block.
#[multiversion(targets(
    "x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma+bmi1+bmi2",
    "x86_64+avx2+bmi1+bmi2",
    "aarch64+neon"
))]
fn pair_sums<F: Float>(term: Term, a: &[F], b: &[F], weights: Option<&[F]>, raise: f64) -> [f64; 2] {
    let zero = F::zero();
    let raise = F::from(raise).unwrap_or_else(F::one);
    // Adding and taking away a number whose last bit is 1 rounds to whole numbers, in one instruction each.
    let unit = F::from(ROUNDING).unwrap_or(zero);
    let squared = |a: F, b: F, w: F| ((a - b) * (a - b) * w * raise + unit) - unit;
    match (term, weights) {
        (Term::Absolute, Some(w)) => lanes(a, b, w, |a, b, _| (a - b).abs(), |ok, w| if ok { w } else { zero }),
        (Term::Absolute, None) => lanes(a, b, a, |a, b, _| (a - b).abs(), |_, _| zero),
        (Term::Squared, Some(w)) => lanes(a, b, w, squared, |ok, w| if ok { w } else { zero }),
        (Term::Squared, None) => lanes(a, b, a, |a, b, _| squared(a, b, F::one()), |_, _| zero),
        (Term::Unequal, Some(w)) => lanes(a, b, w, unequal, |ok, w| if ok { w } else { zero }),
        (Term::Unequal, None) => lanes(a, b, a, |a, b, _| unequal(a, b, raise), |_, _| zero),
    }
}

#[inline(always)]
fn unequal<F: Float>(a: F, b: F, w: F) -> F {
    let apart = a - b;
    if apart == F::zero() {
        F::zero()
    } else {
        // NaN stays NaN and is dropped as missing.
        apart * F::zero() + w
    }
}

/// Adds in [`LANES`] fixed lanes, so that every processor adds in the same order.
#[inline(always)]
fn lanes<F: Float>(a: &[F], b: &[F], w: &[F], term: impl Fn(F, F, F) -> F, weigh: impl Fn(bool, F) -> F) -> [f64; 2] {
    let mut sums = [[F::zero(); LANES]; 2];
    let ((a, rest_a), (b, rest_b), (w, rest_w)) =
        (a.as_chunks::<LANES>(), b.as_chunks::<LANES>(), w.as_chunks::<LANES>());
    for ((a, b), w) in a.iter().zip(b).zip(w) {
        for lane in 0..LANES {
            let apart = term(a[lane], b[lane], w[lane]);
            let ok = !apart.is_nan();
            sums[0][lane] = sums[0][lane] + if ok { apart } else { F::zero() };
            sums[1][lane] = sums[1][lane] + weigh(ok, w[lane]);
        }
    }
    for (lane, ((a, b), w)) in rest_a.iter().zip(rest_b).zip(rest_w).enumerate() {
        let apart = term(*a, *b, *w);
        let ok = !apart.is_nan();
        sums[0][lane] = sums[0][lane] + if ok { apart } else { F::zero() };
        sums[1][lane] = sums[1][lane] + weigh(ok, *w);
    }
    sums.map(|lanes| lanes.into_iter().map(|lane| lane.to_f64().unwrap_or_default()).sum())
}
