//! Coefficients of many raters beside alpha: Fleiss, Conger, Gwet, Brennan and Prediger, weighted.

use pulp::bytemuck;

pub use super::coefficient::{Coefficient, Reliability};
use super::coincidences::{coded, different};
pub use super::likeness::Likeness;
pub use super::ratings::Ratings;
use crate::error::{Error, Result};
use crate::score::kernel::bytes::{occurring, recoded};
use crate::score::table::{Cells, FIRST_GAP, MAX_LEVELS, NOT_STATED, Scale, Table};

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
