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
mod pairs;
mod planes;
pub(crate) mod random;
mod term;

pub use counts::{Moments, level_counts, moments, position_outside, range_of};
pub use dense::{BLOCK, Dense, MAX_ISSUES, Sums, digits};
pub use joint::{joint, margins};
pub use lookup::{MAX_LEVELS as EQUAL_LEVELS, equal, looked_up};
use pairs::bands;
pub use pairs::{PairCounts, pair_count, pair_index};
pub use planes::Planes;
pub use term::Term;
