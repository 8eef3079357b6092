//! How far raters of the same units agree, chance taken out.

pub mod alpha;
mod coders;
mod coefficient;
mod coincidences;
mod likeness;
mod ratings;
pub mod reliability;
mod stored;

pub use coders::{TwoCoders, two_coders};
