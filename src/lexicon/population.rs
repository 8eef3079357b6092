//! The population of the member states, as votes in the Council count it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::error::{Error, Result, RowNumber};
use crate::model::Actor;

/// The shares of one year, in hundredths of a percent, so that sums of them are exact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    /// The first day on which the shares hold.
    pub valid_from: Date,
    /// The file they come from.
    pub source: String,
    shares: BTreeMap<Actor, u32>,
}

impl Population {
    /// The share of a state in hundredths of a percent; `None` where the table lacks it.
    pub fn share(&self, state: &Actor) -> Option<u32> {
        self.shares.get(state).copied()
    }

    /// The table as results name it: file and first day.
    pub fn name(&self) -> String {
        format!("{} {}", self.source, self.valid_from)
    }
}

/// Dated tables of shares.
///
/// ```
/// use standpunt::lexicon::PopulationTables;
/// use standpunt::model::Actor;
///
/// let shares = PopulationTables::standard().on(jiff::civil::date(2025, 3, 4))?.clone();
/// assert_eq!(shares.share(&Actor::new("NL")), Some(401));
/// assert_eq!(shares.name(), "population.csv 2025-01-01");
/// # Ok::<(), standpunt::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PopulationTables {
    tables: BTreeMap<Date, Population>,
}

static STANDARD: LazyLock<PopulationTables> =
    LazyLock::new(|| PopulationTables::from_csv(include_str!("population.csv"), "population.csv").unwrap_or_default());

impl PopulationTables {
    /// The tables that come with the crate: the shares of 2025.
    pub fn standard() -> PopulationTables {
        STANDARD.clone()
    }

    /// The tables that `text` holds: `valid_from,state,share` with the share in percent, to two
    /// decimals at most; lines that start with `#` are comments. `name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Columns`] and [`Error::Cell`] for what is no such table, [`Error::Format`] where the
    /// shares of one day do not add up to 99.5 to 100.5.
    pub fn from_csv(text: &str, name: &str) -> Result<PopulationTables> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let broken = |e: csv::Error| Error::Format { file: name.to_owned(), problem: e.to_string() };
        let head: Vec<String> = reader.headers().map_err(broken)?.iter().map(str::to_owned).collect();
        if head != COLUMNS {
            let problem = format!("expected columns {}, got {}", COLUMNS.join(", "), head.join(", "));
            return Err(Error::Columns { table: name.to_owned(), problem });
        }
        let mut tables: BTreeMap<Date, Population> = BTreeMap::new();
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(broken)?;
            let line = record.position().map_or(0, |position| position.line() as usize);
            let place = RowNumber::at_line(at + 1, line);
            let (day, state, share) = row(&record, name, place)?;
            let source = || Population { valid_from: day, source: name.to_owned(), shares: BTreeMap::new() };
            if tables.entry(day).or_insert_with(source).shares.insert(state.clone(), share).is_some() {
                return Err(cell(name, place, 1, format!("'{state}' stands twice for {day}")));
            }
        }
        for table in tables.values() {
            let sum: u32 = table.shares.values().sum();
            if !(9950..=10050).contains(&sum) {
                let problem =
                    format!("the shares of {} add up to {:.2}, expected 100", table.valid_from, f64::from(sum) / 100.0);
                return Err(Error::Format { file: name.to_owned(), problem });
            }
        }
        Ok(PopulationTables { tables })
    }

    /// These tables and those of `other`, which win where both have one of the same day.
    pub fn with(mut self, other: PopulationTables) -> PopulationTables {
        self.tables.extend(other.tables);
        self
    }

    /// The newest table that is not later than `date`.
    ///
    /// # Errors
    /// [`Error::Date`] before the first.
    pub fn on(&self, date: Date) -> Result<&Population> {
        self.tables.range(..=date).next_back().map(|(_, table)| table).ok_or_else(|| Error::Date {
            got: date.to_string(),
            expected: "a day that a table of populations covers; the first starts later, and a file can add others",
        })
    }
}

const COLUMNS: [&str; 3] = ["valid_from", "state", "share"];

fn cell(table: &str, row: RowNumber, column: usize, problem: String) -> Error {
    Error::Cell { table: table.to_owned(), row, column: COLUMNS[column].to_owned(), problem }
}

fn row(record: &csv::StringRecord, name: &str, at: RowNumber) -> Result<(Date, Actor, u32)> {
    let field = |column: usize| record.get(column).unwrap_or_default().trim();
    let day = field(0).parse().map_err(|_| cell(name, at, 0, format!("expected a day, got '{}'", field(0))))?;
    if field(1).is_empty() {
        return Err(cell(name, at, 1, "expected the code of a state, got an empty cell".to_owned()));
    }
    let share = hundredths(field(2)).ok_or_else(|| {
        cell(name, at, 2, format!("expected percent with at most two decimals, 0 to 100, got '{}'", field(2)))
    })?;
    Ok((day, Actor::new(field(1)), share))
}

/// `18.49` to 1849, without a float in between.
fn hundredths(text: &str) -> Option<u32> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let value: u32 = format!("{whole}{decimals:0<2}").parse().ok()?;
    (value <= 10_000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shares_are_read_exactly() {
        let cases = [("18.49", 1849), ("0.3", 30), ("100", 10_000), ("4.", 400)];
        for (text, expected) in cases {
            assert_eq!(hundredths(text), Some(expected), "{text}");
        }
        for text in ["", ".5", "100.01", "1,5", "-1", "1.234", "1e1", "NaN"] {
            assert_eq!(hundredths(text), None, "{text}");
        }
    }

    #[test]
    fn the_newest_table_not_later_than_the_date_holds() {
        let own = PopulationTables::from_csv("valid_from,state,share\n2026-01-01,XX,60\n2026-01-01,YY,40\n", "own.csv");
        let tables = PopulationTables::standard().with(own.unwrap());
        assert_eq!(tables.on(date(2025, 12, 31)).unwrap().name(), "population.csv 2025-01-01");
        assert_eq!(tables.on(date(2027, 1, 1)).unwrap().name(), "own.csv 2026-01-01");
        let error = tables.on(date(2024, 12, 31)).unwrap_err().to_string();
        assert!(error.starts_with("date 2024-12-31: expected a day that a table of populations covers"), "{error}");
    }

    #[test]
    fn a_bad_table_is_answered_with_row_and_column() {
        let cases = [
            ("state,share\n", "own.csv: expected columns valid_from, state, share, got state, share"),
            (
                "valid_from,state,share\n2026,XX,60\n",
                "own.csv: row 1 (spreadsheet row 2), column 'valid_from': expected a day, got '2026'",
            ),
            ("valid_from,state,share\n2026-01-01,,60\n", "column 'state': expected the code of a state"),
            ("valid_from,state,share\n2026-01-01,XX,\"60,5\"\n", "column 'share': expected percent with at most two"),
            (
                "valid_from,state,share\n2026-01-01,XX,50\n2026-01-01,XX,50\n",
                "row 2 (spreadsheet row 3), column 'state': 'XX' stands twice",
            ),
            ("valid_from,state,share\n2026-01-01,XX,60\n", "the shares of 2026-01-01 add up to 60.00, expected 100"),
            ("valid_from,state,share\n2026-01-01,XX\n", "own.csv: CSV error"),
        ];
        for (text, expected) in cases {
            let error = PopulationTables::from_csv(text, "own.csv").unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
