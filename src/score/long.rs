//! Tables from long columns: one row per actor and issue.

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{ArrowError, DataType, Schema};

use super::filling::Frame;
use super::intern::{Codes, NULL, Names};
use super::table::{Gap, Key, MAX_CELLS, Scale, Table, Unit};
use crate::error::{Error, Result, RowNumber, nearest};

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

/// One column, chunk by chunk, and its names.
pub(super) struct Column {
    pub(super) names: Names,
    pub(super) chunks: Vec<Codes>,
}

/// Long columns under their names.
pub(super) struct Long<'a> {
    pub(super) table: &'a str,
    schema: &'a Schema,
    pub(super) batches: &'a [RecordBatch],
}

impl Table {
    /// The table of long columns; `table` is what errors call them, rows count from 1. Rows without
    /// a value say nothing; a row that repeats another is read once and counted in
    /// [`Table::repeated`]. Actors and issues are sorted.
    ///
    /// # Errors
    /// [`Error::Columns`] for columns that are missing or double, [`Error::Cell`] with the row for a
    /// value outside the scale, a bad weight, a missing name, or an actor with two different values
    /// on one issue, [`Error::Limit`] for more cells or levels than fit.
    pub fn from_long(
        table: &str,
        schema: &Schema,
        batches: &[RecordBatch],
        columns: &Columns,
        declared: &Declared,
    ) -> Result<Table> {
        declared.scale.check()?;
        let long = Long { table, schema, batches };
        let (actors, units) = rayon::join(|| long.column(&columns.actor), || long.units(columns));
        let (actors, (units, attributes)) = (actors?, units?);
        let actor_order = sorted(actors.names.as_slice());
        let unit_order = sorted_units(&attributes);
        check_cells(actor_order.len(), unit_order.len())?;
        let mut frame = Frame {
            long: &long,
            columns,
            actors: &actors,
            units: &units,
            attributes: &attributes,
            places: [inverse(&actor_order), inverse(&unit_order)],
            width: unit_order.len(),
            seen: [vec![false; actor_order.len()], vec![false; unit_order.len()]],
            repeated: 0,
        };
        let (scale, cells, absent) = frame.cells(declared)?;
        let names = actor_order.iter().map(|&at| actors.names.as_slice()[at].to_string()).collect();
        let units: Vec<Unit> = unit_order.iter().map(|&at| attributes[at].clone()).collect();
        let (seen, repeated) = (frame.seen.clone(), frame.repeated);
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
        Ok(table.with_repeated(repeated).without_unseen(&seen))
    }
}

fn sorted(names: &[Box<str>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|a, b| names[*a].cmp(&names[*b]));
    order
}

fn sorted_units(units: &[Unit]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| units[*a].cmp(&units[*b]));
    order
}

fn inverse(order: &[usize]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    order.iter().enumerate().for_each(|(place, &code)| places[code] = place as u32);
    places
}

fn check_cells(actors: usize, units: usize) -> Result<()> {
    let cells = actors as u64 * units as u64;
    if cells > MAX_CELLS {
        return Err(Error::Limit { what: "cells (actors × issues)", value: cells, limit: MAX_CELLS });
    }
    Ok(())
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
        let mut names = Names::default();
        let chunks = self.arrays(name)?;
        let chunks = chunks.iter().map(|array| names.codes(array)).collect::<Result<_, _>>();
        let chunks = chunks.map_err(|error| {
            let problem = match error {
                ArrowError::CastError(problem) => problem,
                other => other.to_string(),
            };
            Error::Columns { table: self.table.to_owned(), problem: format!("column '{name}': {problem}") }
        })?;
        Ok(Column { names, chunks })
    }

    /// The units as a column, and the attributes of each; topics are filled in later.
    fn units(&self, columns: &Columns) -> Result<(Column, Vec<Unit>)> {
        let issues = self.column(&columns.issue)?;
        let unit = |issue: &str, meeting: Option<&str>| Unit {
            issue: issue.to_owned(),
            meeting: meeting.map(str::to_owned),
            topic: None,
        };
        let Some(meeting) = &columns.meeting else {
            let units = issues.names.as_slice().iter().map(|issue| unit(issue, None)).collect();
            return self.with_topics(columns, issues, units);
        };
        let meetings = self.column(meeting)?;
        let mut codes = std::collections::HashMap::<(u32, u32), u32, rustc_hash::FxBuildHasher>::default();
        let mut units = Vec::new();
        let mut chunks = Vec::new();
        for (batch, (issue, meeting)) in self.batches.iter().zip(issues.chunks.iter().zip(&meetings.chunks)) {
            let (mut a, mut b) = (vec![NULL; batch.num_rows()], vec![NULL; batch.num_rows()]);
            issue.fill(0, &mut a);
            meeting.fill(0, &mut b);
            let pair = |(a, b): (&u32, &u32)| {
                if *a == NULL {
                    return NULL;
                }
                *codes.entry((*a, *b)).or_insert_with(|| {
                    let meeting = meetings.names.as_slice().get(*b as usize).map(|name| &**name);
                    units.push(unit(&issues.names.as_slice()[*a as usize], meeting));
                    units.len() as u32 - 1
                })
            };
            chunks.push(Codes::Rows(a.iter().zip(&b).map(pair).collect()));
        }
        self.with_topics(columns, Column { names: Names::default(), chunks }, units)
    }

    fn with_topics(&self, columns: &Columns, column: Column, mut units: Vec<Unit>) -> Result<(Column, Vec<Unit>)> {
        if let Some(topic) = &columns.topic {
            let values = self.constant(topic, &column, &units)?;
            units.iter_mut().zip(values).for_each(|(unit, topic)| unit.topic = topic);
        }
        Ok((column, units))
    }

    /// The value of column `name` for each unit, the same in all of its rows.
    pub(super) fn constant(&self, name: &str, units: &Column, of: &[Unit]) -> Result<Vec<Option<String>>> {
        let column = self.column(name)?;
        let mut found: Vec<Option<u32>> = vec![None; of.len()];
        let mut row = 0;
        for (batch, (unit, value)) in self.batches.iter().zip(units.chunks.iter().zip(&column.chunks)) {
            let (mut a, mut b) = (vec![NULL; batch.num_rows()], vec![NULL; batch.num_rows()]);
            unit.fill(0, &mut a);
            value.fill(0, &mut b);
            for (unit, value) in a.into_iter().zip(b) {
                row += 1;
                let Some(slot) = found.get_mut(unit as usize) else { continue };
                if *slot.get_or_insert(value) != value {
                    let text = |code: u32| column.names.as_slice().get(code as usize).map_or("nothing", |name| name);
                    let issue = &of[unit as usize].issue;
                    let before = text(slot.unwrap_or(NULL));
                    let problem = format!("issue '{issue}' has '{}' here and '{before}' before", text(value));
                    return Err(self.cell(row, name, problem));
                }
            }
        }
        let text = |code: Option<u32>| column.names.as_slice().get(code? as usize).map(|name| name.to_string());
        Ok(found.into_iter().map(text).collect())
    }

    pub(super) fn cell(&self, row: usize, column: &str, problem: String) -> Error {
        Error::Cell {
            table: self.table.to_owned(),
            row: RowNumber::after_header(row),
            column: column.to_owned(),
            problem,
        }
    }

    /// The numbers of column `name`, NaN where there is none.
    pub(super) fn numbers(&self, name: &str) -> Result<Vec<ArrayRef>> {
        let mut row = 0;
        let mut chunks = Vec::new();
        for array in self.arrays(name)? {
            let array = match array.data_type() {
                DataType::Dictionary(_, values) => {
                    let kind = values.as_ref().clone();
                    cast(&array, &kind).unwrap_or(array)
                }
                _ => array,
            };
            let text = matches!(array.data_type(), DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
            let numbers = cast(&array, &DataType::Float64).map_err(|error| Error::Columns {
                table: self.table.to_owned(),
                problem: format!("column '{name}': {error}"),
            })?;
            if text && numbers.null_count() > array.null_count() {
                let words = cast(&array, &DataType::Utf8).unwrap_or(array);
                let words = words.as_string::<i32>();
                let at = (0..words.len()).find(|&at| words.is_valid(at) && numbers.is_null(at)).unwrap_or(0);
                let word = words.value(at);
                let comma = word.replacen(',', ".", 1).parse::<f64>().is_ok();
                let hint = if comma { "; write the decimals with a point, not a comma" } else { "" };
                return Err(self.cell(row + at + 1, name, format!("'{word}' is no number{hint}")));
            }
            row += array.len();
            chunks.push(numbers);
        }
        Ok(chunks)
    }
}
