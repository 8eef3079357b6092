//! Coefficients of many raters beside alpha: Fleiss, Conger, Gwet, Brennan and Prediger, weighted.

use pulp::bytemuck;

use super::coincidences::{coded, different};
pub use super::likeness::Likeness;
pub use super::ratings::Ratings;
use crate::error::{Error, Result};
use crate::score::kernel::bytes::{occurring, recoded};
use crate::score::table::{Cells, FIRST_GAP, MAX_LEVELS, NOT_STATED, Scale, Table};

/// 1 − (1 − p) / (1 − e) with the observed agreement p and the expected e; they differ in e, and
/// alpha also in p. With w the weights and q the categories (Gwet, "Handbook of Inter-Rater
/// Reliability", 2014):
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// e = Σ w / (q (q − 1)) · Σ π (1 − π), π the mean share of a category over the units: AC1, or
    /// AC2 where weights are not the identity.
    Gwet,
    /// e = Σ w π π′ (Fleiss 1971)
    Fleiss,
    /// e = Σ w (p p′ − s² / r), p the mean share over r raters and s² the covariance among them
    /// (Conger 1980): Cohen's kappa for two.
    Conger,
    /// e = Σ w / q² (Brennan and Prediger 1981)
    BrennanPrediger,
    /// Krippendorff's alpha with similarity weights.
    Krippendorff,
}

impl Coefficient {
    /// Every coefficient.
    pub const ALL: [Coefficient; 5] = [
        Coefficient::Gwet,
        Coefficient::Fleiss,
        Coefficient::Conger,
        Coefficient::BrennanPrediger,
        Coefficient::Krippendorff,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Coefficient::Gwet => "gwet",
            Coefficient::Fleiss => "fleiss",
            Coefficient::Conger => "conger",
            Coefficient::BrennanPrediger => "brennan_prediger",
            Coefficient::Krippendorff => "krippendorff",
        }
    }
}

/// A coefficient with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The coefficient; `None` where nothing can be paired or chance explains all.
    pub value: Option<f64>,
    /// The observed agreement.
    pub observed: Option<f64>,
    /// The agreement expected by chance.
    pub expected: Option<f64>,
    /// The standard error over units (Gwet 2014).
    pub error: Option<f64>,
    /// The 95 % interval by Student's t, its upper end at most 1.
    pub interval: Option<(f64, f64)>,
    /// Units with at least two ratings.
    pub units: usize,
}

/// Every coefficient of the actors of a table over its issues; levels count as 1, 2, 3 … in their
/// order.
///
/// # Errors
/// [`Error::Option`] for weights with an order on a nominal scale, and as [`reliability_of_values`].
pub fn reliability(table: &Table, likeness: Likeness) -> Result<Vec<(Coefficient, Reliability)>> {
    let rows = table.actors().len();
    match (table.cells(), table.scale()) {
        (_, Scale::Nominal { .. }) if likeness != Likeness::Identity => Err(Error::Option {
            name: "weights",
            got: "weights with an order on a nominal scale".to_owned(),
            expected: "'identity', or a scale with declared order".to_owned(),
        }),
        (Cells::Codes(codes), scale) => {
            let numbers: Vec<f64> = (1..=scale.levels().len()).map(|level| level as f64).collect();
            of_codes(codes, rows, &numbers, likeness)
        }
        (Cells::Values(values), _) => reliability_of_values(values, rows, likeness),
    }
}

/// A category and its coefficients.
pub type OfCategory = (String, Vec<(Coefficient, Reliability)>);

/// For every level of a table the coefficients of that level against all others together.
///
/// # Errors
/// [`Error::Option`] for numbers, which have no levels.
pub fn of_categories(table: &Table) -> Result<Vec<OfCategory>> {
    let Cells::Codes(codes) = table.cells() else {
        let expected = "levels, nominal or ordinal".to_owned();
        return Err(Error::Option { name: "categories", got: "numbers".to_owned(), expected });
    };
    let against = |own: u8| -> Vec<u8> {
        codes.iter().map(|&code| if code < FIRST_GAP { u8::from(code == own) } else { code }).collect()
    };
    let of = |(at, level): (usize, &String)| {
        let found = of_codes(&against(at as u8), table.actors().len(), &[0.0, 1.0], Likeness::Identity)?;
        Ok((level.clone(), found))
    };
    table.scale().levels().iter().enumerate().map(of).collect()
}

/// Every coefficient of `rows` raters × units of small whole numbers, of which `missing` stand for none; the categories
/// are the others that occur.
///
/// # Errors
/// As [`reliability_of_values`].
pub fn reliability_of_bytes(
    values: &[i8],
    rows: usize,
    missing: &[i8],
    likeness: Likeness,
) -> Result<Vec<(Coefficient, Reliability)>> {
    let bytes: &[u8] = bytemuck::cast_slice(values);
    let occurring = occurring(bytes);
    let is_category = |value: &i8| occurring[*value as u8 as usize] && !missing.contains(value);
    let categories: Vec<i8> = (i8::MIN..=i8::MAX).filter(is_category).collect();
    check_categories(categories.len())?;
    let mut codes = [NOT_STATED; 256];
    categories.iter().enumerate().for_each(|(code, value)| codes[*value as u8 as usize] = code as u8);
    let numbers: Vec<f64> = categories.iter().map(|value| f64::from(*value)).collect();
    of_codes(&recoded(bytes, &codes, &occurring), rows, &numbers, likeness)
}

/// Every coefficient of `rows` raters × units of numbers, NaN where there is none; the categories
/// are those that occur.
///
/// # Errors
/// [`Error::Limit`] for more than 128 different values, and as [`Likeness::weights`].
pub fn reliability_of_values(
    values: &[f64],
    rows: usize,
    likeness: Likeness,
) -> Result<Vec<(Coefficient, Reliability)>> {
    let numbers = different(values)?;
    check_categories(numbers.len())?;
    of_codes(&coded(values, &numbers), rows, &numbers, likeness)
}

fn of_codes(codes: &[u8], rows: usize, numbers: &[f64], likeness: Likeness) -> Result<Vec<(Coefficient, Reliability)>> {
    let weights = likeness.weights(numbers)?;
    Ok(Ratings::of_codes(codes, rows, numbers.len()).coefficients(&weights))
}

fn check_categories(count: usize) -> Result<()> {
    let (value, limit) = (count as u64, MAX_LEVELS as u64);
    match value > limit {
        true => Err(Error::Limit { what: "different values as categories", value, limit }),
        false => Ok(()),
    }
}
