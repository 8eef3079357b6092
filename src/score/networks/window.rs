//! Windows over time: which issues count at which moment, and how much.

use std::str::FromStr;

use jiff::Span;
use jiff::civil::{Date, date};

use super::definition::Definition;
use crate::error::{Choice, Error, Result};
use crate::score::table::Table;

/// How an issue's weight falls with u, its distance from the middle over half the width of the
/// window. Only ratios of weights matter, so constant factors are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// 1: every issue of the window counts the same.
    Uniform,
    /// 1 − |u|
    Triangular,
    /// 1 − u²
    Epanechnikov,
    /// exp(−u²/2), over all issues up to |u| = 8.
    Gaussian,
}

impl FromStr for Kernel {
    type Err = Error;

    fn from_str(word: &str) -> Result<Kernel> {
        let all = [
            ("uniform", Kernel::Uniform),
            ("triangular", Kernel::Triangular),
            ("epanechnikov", Kernel::Epanechnikov),
            ("gaussian", Kernel::Gaussian),
        ];
        Choice::new("kernel", all).pick(word)
    }
}

impl Kernel {
    /// The weight at `u`.
    pub fn weight(self, u: f64) -> f64 {
        match self {
            Kernel::Uniform => (u.abs() <= 1.0) as u8 as f64,
            Kernel::Triangular => (1.0 - u.abs()).max(0.0),
            Kernel::Epanechnikov => (1.0 - u * u).max(0.0),
            Kernel::Gaussian if u.abs() <= REACH => (-u * u / 2.0).exp(),
            Kernel::Gaussian => 0.0,
        }
    }

    /// The weight at `u` as the Discourse Network Analyzer has it, constant factors kept: ½, |1 + u| (DNA counts from
    /// the statement to the middle: it is above 1 behind the middle), ¾(1 − u²), each up to |u| = 1, and φ(u).
    pub fn weight_of_dna(self, u: f64) -> f64 {
        let inside = u.abs() <= 1.0;
        match self {
            Kernel::Uniform if inside => 0.5,
            Kernel::Triangular if inside => (1.0 + u).abs(),
            Kernel::Epanechnikov if inside => 0.75 * (1.0 - u * u),
            Kernel::Gaussian => self.weight(u) / std::f64::consts::TAU.sqrt(),
            _ => 0.0,
        }
    }

    fn reach(self) -> f64 {
        if self == Kernel::Gaussian { REACH } else { 1.0 }
    }
}

/// Half widths that the Gaussian kernel reaches.
const REACH: f64 = 8.0;
/// Windows that may be asked for.
const MAX_WINDOWS: u64 = 100_000;

/// What a window is as wide as, and how far the next one begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Days.
    Days(u32),
    /// Issues, in order of date; those of one day in the order of the table.
    Issues(u32),
}

/// One window.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// Its first and its last day, counted from any fixed day.
    pub days: (i64, i64),
    /// The places of the issues.
    pub units: Vec<usize>,
    /// The weight of each; 1 under the uniform kernel.
    pub weights: Vec<f64>,
}

/// The windows over issues with these days; issues without one stand in none.
///
/// `definition` says whether the kernel's weights are 1 in the middle or those of DNA.
///
/// The first window begins at the first day (or issue), each next one `step` later, the last one at
/// or before the last. In days a window holds its first and its last day; its middle is halfway.
///
/// # Errors
/// [`Error::Option`] for a width or step of 0, [`Error::Limit`] for too many windows.
pub fn windows(
    days: &[Option<i64>],
    width: Width,
    step: u32,
    kernel: Kernel,
    definition: Definition,
) -> Result<Vec<Window>> {
    let weight = |u: f64| match definition {
        Definition::Corrected => kernel.weight(u),
        Definition::Dna => kernel.weight_of_dna(u),
    };
    let (Width::Days(size) | Width::Issues(size)) = width;
    for (name, number) in [("width", size), ("step", step)] {
        if number == 0 {
            let expected = "a whole number of at least 1".to_owned();
            return Err(Error::Option { name, got: "0".to_owned(), expected });
        }
    }
    let mut dated: Vec<(i64, usize)> =
        days.iter().enumerate().filter_map(|(unit, day)| day.map(|day| (day, unit))).collect();
    dated.sort_unstable();
    let Some((&(first, _), &(last, _))) = dated.first().zip(dated.last()) else { return Ok(Vec::new()) };
    // Where each issue stands on the axis along which windows move.
    let places: Vec<i64> = match width {
        Width::Days(_) => dated.iter().map(|(day, _)| day - first).collect(),
        Width::Issues(_) => (0..dated.len() as i64).collect(),
    };
    let end = places.last().copied().unwrap_or(0);
    let count = end as u64 / u64::from(step) + 1;
    if count > MAX_WINDOWS {
        return Err(Error::Limit { what: "windows", value: count, limit: MAX_WINDOWS });
    }
    let (size, step) = (i64::from(size), i64::from(step));
    let window = |at: i64| {
        let start = at * step;
        let middle = start as f64 + (size - 1) as f64 / 2.0;
        let half = size as f64 / 2.0;
        let from = places.partition_point(|place| (*place as f64) < middle - kernel.reach() * half);
        let to = places.partition_point(|place| (*place as f64) <= middle + kernel.reach() * half);
        let weighted = (from..to).map(|at| (dated[at].1, weight((places[at] as f64 - middle) / half)));
        let (units, weights) = weighted.filter(|(_, weight)| *weight > 0.0).unzip();
        let day = |place: i64| dated[(place.min(end)) as usize].0;
        let days = match width {
            Width::Days(_) => (first + start, first + start + size - 1),
            Width::Issues(_) => (day(start), day(start + size - 1)),
        };
        Window { days, units, weights }
    };
    debug_assert!(first <= last);
    Ok((0..count as i64).map(window).collect())
}

/// The day of each issue, counted from 1970, that attribute `by` holds.
///
/// # Errors
/// [`Error::Option`] for anything but a day as YYYY-MM-DD, and as [`Table::key`].
pub fn days_of(table: &Table, by: &str) -> Result<Vec<Option<i64>>> {
    let number = |(at, text): (usize, Option<&str>)| {
        let Some(text) = text else { return Ok(None) };
        let date: Date = text.parse().map_err(|_| {
            let issue = &table.units()[at].issue;
            let expected = "a day as YYYY-MM-DD".to_owned();
            Error::Option { name: "date", got: format!("'{text}' for issue '{issue}'"), expected }
        })?;
        Ok(Some(date.duration_since(EPOCH).as_hours() / 24))
    };
    table.key(by)?.into_iter().enumerate().map(number).collect()
}

const EPOCH: Date = date(1970, 1, 1);

/// The day of a number of days from 1970.
pub fn day(days: i64) -> String {
    civil(days).to_string()
}

pub(super) fn civil(days: i64) -> Date {
    EPOCH.saturating_add(Span::new().days(days))
}
