//! What the values of a table are, and the reasons for having none.

use super::twice;
use crate::error::{Error, Result};

/// What the values of a table are.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    /// Names without order.
    Nominal {
        /// Every level, each once.
        levels: Vec<String>,
    },
    /// Names in order, one step apart.
    Ordinal {
        /// Every level, lowest first.
        levels: Vec<String>,
    },
    /// Numbers between two declared ends; the range is never taken from the data.
    Interval {
        /// The lowest value there can be.
        low: f64,
        /// The highest value there can be.
        high: f64,
    },
}

impl Scale {
    /// The levels; empty for numbers.
    pub fn levels(&self) -> &[String] {
        match self {
            Scale::Nominal { levels } | Scale::Ordinal { levels } => levels,
            Scale::Interval { .. } => &[],
        }
    }

    /// The greatest distance two positions can have: 1, the number of steps, or the width.
    pub fn width(&self) -> f64 {
        match self {
            Scale::Nominal { .. } => 1.0,
            Scale::Ordinal { levels } => levels.len().saturating_sub(1) as f64,
            Scale::Interval { low, high } => high - low,
        }
    }

    pub(super) fn check(&self) -> Result<()> {
        let option =
            |name, got: String, expected: &str| Err(Error::Option { name, got, expected: expected.to_owned() });
        match self {
            Scale::Interval { low, high } if !(low.is_finite() && high.is_finite() && low < high) => {
                option("range", format!("({low}, {high})"), "two finite numbers, the lower one first")
            }
            Scale::Ordinal { levels } if levels.len() < 2 => {
                option("levels", format!("{} level", levels.len()), "at least two, lowest first")
            }
            _ => match twice(self.levels()) {
                Some(level) => option("levels", format!("'{level}' twice"), "every level once"),
                None if self.levels().len() > MAX_LEVELS => Err(Error::Limit {
                    what: "levels of a table of positions",
                    value: self.levels().len() as u64,
                    limit: MAX_LEVELS as u64,
                }),
                None => Ok(()),
            },
        }
    }
}

/// A declared reason for having no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The word or number that stands for it in the data.
    pub value: String,
    /// Whether a position could have been taken: false for who was not eligible.
    pub eligible: bool,
}

/// The code of a cell in which nothing is stated.
pub const NOT_STATED: u8 = 255;
/// The code of an abstention where a measure leaves it out.
pub(in crate::score) const ABSTAINED: u8 = 254;
/// The code of the first declared gap.
pub const FIRST_GAP: u8 = 128;
/// Levels a scale may have.
pub const MAX_LEVELS: usize = 128;
/// Gaps that may be declared.
pub const MAX_GAPS: usize = 126;

/// The levels of two parts of one table: those of both where they are the same or, without an order,
/// both sorted; otherwise `None`.
pub(in crate::score) fn union(a: &[String], b: &[String], nominal: bool) -> Option<Vec<String>> {
    if a == b {
        return Some(a.to_vec());
    }
    let mut all: Vec<String> = a.iter().chain(b).cloned().collect();
    all.sort();
    all.dedup();
    (nominal && a.is_sorted() && b.is_sorted() && all.len() <= MAX_LEVELS).then_some(all)
}
