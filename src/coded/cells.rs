//! Single cells of a coded table: choices, numbers, days, true and false.

use jiff::civil::Date;

use super::Row;
use crate::error::{Choice, Error, Result};

impl<'g> Row<'g> {
    /// The value of a closed set of words; `None` where the cell is empty.
    ///
    /// # Errors
    /// [`Error::Cell`] with the allowed words.
    pub fn choice<T>(self, column: &'static str, choice: Choice<T>) -> Result<Option<T>> {
        let Some(word) = self.get(column) else { return Ok(None) };
        choice.pick(&word.to_lowercase()).map(Some).map_err(|error| self.error(column, without_label(column, &error)))
    }

    /// A cell that must hold something.
    ///
    /// # Errors
    /// [`Error::Cell`] where it is empty.
    pub fn required(self, column: &str, expected: &str) -> Result<&'g str> {
        self.get(column).ok_or_else(|| self.error(column, format!("expected {expected}, got an empty cell")))
    }

    /// True or false; `false` where the cell is empty.
    ///
    /// # Errors
    /// [`Error::Cell`] for any other word.
    pub fn flag(self, column: &'static str) -> Result<bool> {
        match self.get(column).map(str::to_lowercase).as_deref() {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(word) => Err(self.error(column, format!("'{word}' is not one of true, false"))),
        }
    }

    /// A number from `lo` to `hi`; `None` where the cell is empty.
    ///
    /// # Errors
    /// [`Error::Cell`] for no number, a decimal comma, NaN, infinity, or a number out of range.
    pub fn number(self, column: &'static str, lo: f64, hi: f64) -> Result<Option<f64>> {
        let Some(word) = self.get(column) else { return Ok(None) };
        let expected = match (lo, hi) {
            (lo, f64::INFINITY) => format!("a number from {lo} on"),
            (lo, hi) => format!("a number from {lo} to {hi}"),
        };
        let Ok(number) = word.parse::<f64>() else {
            let comma = word.matches(',').count() == 1 && word.replace(',', ".").parse::<f64>().is_ok();
            let hint =
                if comma { format!(" (a decimal comma? write {})", word.replace(',', ".")) } else { String::new() };
            return Err(self.error(column, format!("expected {expected}, got '{word}'{hint}")));
        };
        if number.is_finite() && lo <= number && number <= hi {
            return Ok(Some(number + 0.0));
        }
        Err(self.error(column, format!("expected {expected}, got '{word}'")))
    }

    /// A whole number from 0 on, also written `27.0`; `None` where the cell is empty.
    ///
    /// # Errors
    /// [`Error::Cell`] for anything else.
    pub fn whole(self, column: &'static str) -> Result<Option<usize>> {
        let Some(number) = self.number(column, 0.0, f64::INFINITY)? else { return Ok(None) };
        if number.fract() != 0.0 || number > u32::MAX.into() {
            return Err(self.error(column, format!("expected a whole number, got '{number}'")));
        }
        // Checked above: whole, not negative and below 2^32.
        Ok(Some(number as usize))
    }

    /// A day, `2025-03-04` or the midnight of a time stamp; `None` where the cell is empty.
    ///
    /// # Errors
    /// [`Error::Cell`] for another form of date, or a day that the calendar does not have.
    pub fn day(self, column: &'static str) -> Result<Option<Date>> {
        let Some(word) = self.get(column) else { return Ok(None) };
        let day = word.split(['T', ' ']).next().unwrap_or_default();
        if let Ok(date) = day.parse::<Date>() {
            return Ok(Some(date));
        }
        let parts: Vec<&str> = day.split('-').collect();
        let digits = |n: usize, part: &&str| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        let iso = matches!(parts.as_slice(), [y, m, d] if digits(4, y) && digits(2, m) && digits(2, d));
        Err(self.error(
            column,
            match iso {
                true => format!("'{word}' is no day of the calendar"),
                false => format!("expected a day as year-month-day (2025-03-04), got '{word}'"),
            },
        ))
    }
}

/// The text of an error without its leading `column: `, which the place of the cell already names.
pub fn without_label(label: &str, error: &Error) -> String {
    let text = error.to_string();
    text.strip_prefix(label).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&text).to_owned()
}
