//! The inner loops: counts and sums for every pair of rows at once.
//!
//! Every kernel is written as plain loops over fixed-size lanes, or over the registers that `pulp`
//! stands for, and compiled several times; the best one for the processor is chosen at run time. All sums are exact integers (counts, or values
//! on a binary grid), so neither the order of summation nor the number of threads changes a byte.

#![allow(
    clippy::needless_range_loop,
    reason = "index loops over fixed lanes become wide instructions, iterators not always"
)]

mod absolute;
mod block;
pub mod bytes;
mod counts;
mod dense;
pub mod draws;
mod joint;
mod lanes;
mod look;
mod lookup;
mod planes;

pub use counts::{Moments, level_counts, moments, position_outside, range_of};
pub use dense::{BLOCK, Dense, MAX_ISSUES, Sums, Term, digits};
pub use joint::{joint, margins};
pub use lookup::{Equal, MAX_LEVELS as EQUAL_LEVELS, equal, looked_up};
pub use planes::Planes;

/// The number of unordered pairs of `rows` different rows.
pub fn pair_count(rows: usize) -> usize {
    rows * rows.saturating_sub(1) / 2
}

/// The place of pair (`i`, `j`), `i < j`, among all pairs in order (0,1), (0,2) … (1,2) ….
pub fn pair_index(rows: usize, i: usize, j: usize) -> usize {
    debug_assert!(i < j && j < rows);
    i * (2 * rows - i - 1) / 2 + (j - i - 1)
}

/// Cuts `out`, one entry per pair, into bands of `height` rows; each band with its first row.
fn bands<T>(out: &mut [T], rows: usize, height: usize) -> Vec<(usize, &mut [T])> {
    let mut rest = out;
    let mut cut = Vec::new();
    for first in (0..rows).step_by(height) {
        let last = (first + height).min(rows);
        let width: usize = (first..last).map(|i| rows - 1 - i).sum();
        let (band, tail) = rest.split_at_mut(width);
        cut.push((first, band));
        rest = tail;
    }
    cut
}
