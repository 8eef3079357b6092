//! Tables from long columns: one row per actor and issue.

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::Schema;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::codes::{Codes, Column, Piece, by_runs, pieces};
use super::filling::Frame;
use super::intern::NULL;
use super::{Gap, Key, MAX_CELLS, Scale, Table, Unit};
use crate::arrow::{numbers, texts};
use crate::error::{Error, Result, RowNumber, nearest};
use crate::memory;
use crate::stop::Stop;

/// Which column is what.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// Who.
    pub actor: String,
    /// On what.
    pub issue: String,
    /// The position.
    pub value: String,
    /// The topic of the issue.
    pub topic: Option<String>,
    /// The meeting: the same issue in two meetings is two issues.
    pub meeting: Option<String>,
    /// The weight of the issue.
    pub weight: Option<String>,
    /// How much the actor cares about the issue.
    pub salience: Option<String>,
    /// Further attributes of the issue to group by.
    pub keys: Vec<String>,
}

/// What values mean, as declared by the user.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The scale; a nominal one without levels takes those that occur, sorted.
    pub scale: Scale,
    /// Values that are no positions.
    pub gaps: Vec<Gap>,
}

/// Long columns under their names.
#[derive(Debug, Clone, Copy)]
pub struct LongTable<'a> {
    /// What errors call it.
    pub name: &'a str,
    /// The names and kinds of its columns.
    pub schema: &'a Schema,
    /// Its rows.
    pub batches: &'a [RecordBatch],
}

/// Long columns on their way in.
pub(super) struct Long<'a> {
    pub(super) table: &'a str,
    schema: &'a Schema,
    batches: &'a [RecordBatch],
    pub(super) pieces: Vec<Piece>,
    pub(super) stop: &'a Stop,
}

/// Numbers of the units in the rows, and what each stands for.
struct Units {
    codes: Codes,
    attributes: Vec<Unit>,
}

impl Table {
    /// The table of long columns. Rows without a value say nothing; a row that repeats another is
    /// read once and counted in [`Table::repeated`]. Actors and issues are sorted. It ends within a
    /// tenth of a second where `stop` asks for it.
    ///
    /// # Errors
    /// [`Error::Columns`] for columns that are missing or double, [`Error::Cell`] with the row for a
    /// value outside the scale, a bad weight, a missing name, or an actor with two different values
    /// on one issue, [`Error::Limit`] and [`Error::Memory`] for more cells or levels than fit, [`Error::Stopped`].
    pub fn from_long(rows: LongTable<'_>, columns: &Columns, declared: &Declared, stop: &Stop) -> Result<Table> {
        declared.scale.check()?;
        let LongTable { name, schema, batches } = rows;
        let pieces = pieces(batches.iter().map(RecordBatch::num_rows));
        let long = Long { table: name, schema, batches, pieces, stop };
        let (actors, units) = rayon::join(|| long.column(&columns.actor), || long.units(columns));
        let (actors, Units { codes, attributes }) = (actors?, units?);
        let names: Vec<&str> = actors.names.iter().collect();
        let (actor_order, unit_order) = (sorted(&names), sorted(&attributes));
        check_cells(actor_order.len(), unit_order.len(), &declared.scale)?;
        let mut frame = Frame {
            long: &long,
            columns,
            actors: &actors.codes,
            units: &codes,
            attributes: &attributes,
            places: [inverse(&actor_order), inverse(&unit_order)],
            width: unit_order.len(),
            seen: [vec![false; actor_order.len()], vec![false; unit_order.len()]],
            repeated: 0,
        };
        let (scale, cells, absent) = frame.cells(declared)?;
        let names = actor_order.iter().map(|&at| names[at].to_owned()).collect();
        let units: Vec<Unit> = unit_order.iter().map(|&at| attributes[at].clone()).collect();
        let weights = columns.weight.as_ref().map(|weight| frame.weights(weight)).transpose()?;
        let salience = columns.salience.as_ref().map(|salience| frame.salience(salience)).transpose()?;
        let keys: Vec<Key> = columns.keys.iter().map(|key| frame.key(key)).collect::<Result<_>>()?;
        let mut table = Table::new(names, units, scale, cells)?.with_gaps(declared.gaps.clone(), absent)?;
        if let Some(weights) = weights {
            table = table.with_weights(weights)?;
        }
        if let Some(salience) = salience {
            table = table.with_salience(salience)?;
        }
        for key in keys {
            table = table.with_key(key)?;
        }
        Ok(table.with_repeated(frame.repeated).without_unseen(&frame.seen))
    }
}

/// The places of `things` in their order.
fn sorted<T: Ord>(things: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by(|a, b| things[*a].cmp(&things[*b]));
    order
}

fn inverse(order: &[usize]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &code)| places[code] = place as u32);
    places
}

fn check_cells(actors: usize, units: usize, scale: &Scale) -> Result<()> {
    let cells = actors as u64 * units as u64;
    if cells > MAX_CELLS {
        return Err(Error::Limit { what: "cells (actors × issues)", value: cells, limit: MAX_CELLS });
    }
    let bytes = if matches!(scale, Scale::Interval { .. }) { 8 } else { 1 };
    memory::check("a table of positions", cells * bytes, "fewer issues at a time, tallied and merged, need less")
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
    fn units(&self, columns: &Columns) -> Result<Units> {
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
