//! The columns of a long table on their way in, row by row.

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::Schema;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Unit;
use super::codes::{Codes, Column, Piece, by_runs};
use super::columns::Columns;
use super::intern::NULL;
use crate::arrow::{numbers, texts};
use crate::error::{Error, Result, RowNumber, nearest};
use crate::stop::Stop;

/// Long columns on their way in.
pub(super) struct Long<'a> {
    pub(super) table: &'a str,
    pub(super) schema: &'a Schema,
    pub(super) batches: &'a [RecordBatch],
    pub(super) pieces: Vec<Piece>,
    pub(super) stop: &'a Stop,
}

/// Numbers of the units in the rows, and what each stands for.
pub(super) struct Units {
    pub(super) codes: Codes,
    pub(super) attributes: Vec<Unit>,
}

impl Long<'_> {
    fn arrays(&self, name: &str) -> Result<Vec<ArrayRef>> {
        let fail = |problem| Err(Error::Columns { table: self.table.to_owned(), problem });
        let names: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        match names.iter().filter(|other| **other == name).count() {
            1 => Ok(self.batches.iter().filter_map(|batch| batch.column_by_name(name).cloned()).collect()),
            0 => {
                let hint = nearest(name, names.iter().copied()).map(|near| format!(" (did you mean '{near}'?)"));
                fail(format!("no column '{name}'; it has {}{}", names.join(", "), hint.unwrap_or_default()))
            }
            count => fail(format!("column '{name}' stands {count} times")),
        }
    }

    pub(super) fn column(&self, name: &str) -> Result<Column> {
        let problem = |problem: String| Error::Columns {
            table: self.table.to_owned(),
            problem: format!("column '{name}': {problem}"),
        };
        Column::read(&self.arrays(name)?, &self.pieces, self.stop, problem)
    }

    /// The units of the rows, and the attributes of each.
    pub(super) fn units(&self, columns: &Columns) -> Result<Units> {
        let issues = self.column(&columns.issue)?;
        let unit = |issue: &str, meeting: Option<&str>| Unit {
            issue: issue.to_owned(),
            meeting: meeting.map(str::to_owned),
            topic: None,
        };
        let mut units = match &columns.meeting {
            None => {
                let attributes = issues.names.iter().map(|issue| unit(issue, None)).collect();
                Units { codes: issues.codes, attributes }
            }
            Some(meeting) => {
                let meetings = self.column(meeting)?;
                let (codes, pairs) = self.pairs(&issues.codes, &meetings.codes)?;
                let of = |&(issue, meeting): &(u32, u32)| {
                    unit(issues.names.get(issue).unwrap_or_default(), meetings.names.get(meeting))
                };
                Units { codes, attributes: pairs.iter().map(of).collect() }
            }
        };
        if let Some(topic) = &columns.topic {
            let values = self.constant(topic, &units.codes, &units.attributes)?;
            units.attributes.iter_mut().zip(values).for_each(|(unit, topic)| unit.topic = topic);
        }
        Ok(units)
    }

    /// One code for each pair of codes that occurs, and the pairs; no first code, no pair.
    fn pairs(&self, first: &Codes, second: &Codes) -> Result<(Codes, Vec<(u32, u32)>)> {
        let runs = by_runs(self.pieces.len(), self.stop, |known: &mut Numbered, piece| {
            let pairs = first.piece(piece).into_iter().zip(second.piece(piece));
            Ok(pairs.map(|pair| if pair.0 == NULL { NULL } else { known.code(pair) }).collect())
        })?;
        let mut all = Numbered::default();
        let runs =
            runs.into_iter().map(|(known, pieces)| (known.pairs.iter().map(|&pair| all.code(pair)).collect(), pieces));
        let codes = Codes::of_runs(runs.collect());
        Ok((codes, all.pairs))
    }

    /// The value of column `name` for each unit, the same in all of its rows.
    pub(super) fn constant(&self, name: &str, units: &Codes, of: &[Unit]) -> Result<Vec<Option<String>>> {
        let column = self.column(name)?;
        let mut found: Vec<Option<u32>> = vec![None; of.len()];
        for (at, piece) in self.pieces.iter().enumerate() {
            self.stop.check()?;
            for (row, (unit, value)) in units.piece(at).into_iter().zip(column.codes.piece(at)).enumerate() {
                let Some(slot) = found.get_mut(unit as usize) else { continue };
                if *slot.get_or_insert(value) != value {
                    let text = |code: u32| column.names.get(code).unwrap_or("nothing");
                    let issue = &of[unit as usize].issue;
                    let before = text(slot.unwrap_or(NULL));
                    let problem = format!("issue '{issue}' has '{}' here and '{before}' before", text(value));
                    return Err(self.cell(piece.before + row + 1, name, problem));
                }
            }
        }
        Ok(found.into_iter().map(|code| column.names.get(code?).map(str::to_owned)).collect())
    }

    /// The error of column `column` in row `row`, from 1.
    pub(super) fn cell(&self, row: usize, column: &str, problem: String) -> Error {
        let row = RowNumber::after_header(row);
        Error::Cell { table: self.table.to_owned(), row, column: column.to_owned(), problem }
    }

    /// The numbers of column `name`, NaN where there is none.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<f64>> {
        let arrays = self.arrays(name)?;
        let read = |piece: &Piece| {
            self.stop.check()?;
            self.piece_numbers(name, &arrays[piece.batch].slice(piece.from, piece.length), piece.before)
        };
        let numbers: Vec<Result<Vec<f64>>> = self.pieces.par_iter().map(read).collect();
        let numbers: Vec<Vec<f64>> = numbers.into_iter().collect::<Result<_>>()?;
        Ok(numbers.concat())
    }

    /// The numbers of a part of column `name`, before which there are `before` rows.
    fn piece_numbers(&self, name: &str, array: &ArrayRef, before: usize) -> Result<Vec<f64>> {
        let numbers = numbers(array).ok_or_else(|| Error::Columns {
            table: self.table.to_owned(),
            problem: format!("column '{name}': expected numbers, got {}", array.data_type()),
        })?;
        if numbers.null_count() > array.logical_null_count()
            && let Some(words) = texts(array)
            && let Some(at) = (0..words.len()).find(|&at| words.is_valid(at) && numbers.is_null(at))
        {
            let word = words.value(at);
            let comma = word.replacen(',', ".", 1).parse::<f64>().is_ok();
            let hint = if comma { "; write the decimals with a point, not a comma" } else { "" };
            return Err(self.cell(before + at + 1, name, format!("'{word}' is no number{hint}")));
        }
        Ok(numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect())
    }
}

/// Pairs of codes, numbered as they first come.
#[derive(Default)]
struct Numbered {
    codes: FxHashMap<(u32, u32), u32>,
    pairs: Vec<(u32, u32)>,
}

impl Numbered {
    fn code(&mut self, pair: (u32, u32)) -> u32 {
        *self.codes.entry(pair).or_insert_with(|| {
            self.pairs.push(pair);
            self.pairs.len() as u32 - 1
        })
    }
}
