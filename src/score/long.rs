//! Tables from long columns: one row per actor and issue.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::{DataType, Schema};

use super::intern::{Codes, NULL, Names};
use super::table::{
    Cells, FIRST_GAP, Gap, Key, MAX_CELLS, MAX_GAPS, MAX_LEVELS, NOT_STATED, Scale, Table, Unit, check_weight,
};
use crate::error::{Error, Result, nearest};

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

/// Rows read in one go: their codes stay in the first cache.
const STEP: usize = 4096;

/// One column, chunk by chunk, and its names.
struct Column {
    names: Names,
    chunks: Vec<Codes>,
}

/// Long columns under their names.
struct Long<'a> {
    table: &'a str,
    schema: &'a Schema,
    batches: &'a [RecordBatch],
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
        let keys: Vec<Key> = columns.keys.iter().map(|key| frame.key(key)).collect::<Result<_>>()?;
        let mut table = Table::new(names, units, scale, cells)?.with_gaps(declared.gaps.clone(), absent)?;
        if let Some(weights) = weights {
            table = table.with_weights(weights)?;
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

    fn column(&self, name: &str) -> Result<Column> {
        let mut names = Names::default();
        let chunks = self.arrays(name)?;
        let chunks = chunks.iter().map(|array| names.codes(array)).collect::<Result<_, _>>();
        let chunks = chunks.map_err(|error| Error::Columns {
            table: self.table.to_owned(),
            problem: format!("column '{name}': {error}"),
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
    fn constant(&self, name: &str, units: &Column, of: &[Unit]) -> Result<Vec<Option<String>>> {
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

    fn cell(&self, row: usize, column: &str, problem: String) -> Error {
        Error::Cell { table: self.table.to_owned(), row, column: column.to_owned(), problem }
    }

    /// The numbers of column `name`, NaN where there is none.
    fn numbers(&self, name: &str) -> Result<Vec<ArrayRef>> {
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

/// The columns on their way into cells.
struct Frame<'a> {
    long: &'a Long<'a>,
    columns: &'a Columns,
    actors: &'a Column,
    units: &'a Column,
    /// Where each code of an actor, and of a unit, comes to stand.
    places: [Vec<u32>; 2],
    width: usize,
    /// Which actors and units have a row.
    seen: [Vec<bool>; 2],
    repeated: usize,
}

/// The cells, and what stands where there is no value.
type Filled = (Scale, Cells, Vec<u8>);

impl Frame<'_> {
    fn cells(&mut self, declared: &Declared) -> Result<Filled> {
        if declared.gaps.len() > MAX_GAPS {
            let value = declared.gaps.len() as u64;
            return Err(Error::Limit { what: "declared gaps", value, limit: MAX_GAPS as u64 });
        }
        match &declared.scale {
            Scale::Interval { low, high } => self.values(declared, *low, *high),
            scale => {
                let column = self.long.column(&self.columns.value)?;
                let (levels, codes) = self.levels(&column, scale, &declared.gaps)?;
                let mut cells = vec![NOT_STATED; self.places[0].len() * self.width];
                self.scatter(&column, &codes, &mut cells)?;
                let scale = match scale {
                    Scale::Nominal { .. } => Scale::Nominal { levels },
                    _ => Scale::Ordinal { levels },
                };
                Ok((scale, Cells::Codes(cells), Vec::new()))
            }
        }
    }

    /// The levels, and the code of each value that occurs.
    fn levels(&self, column: &Column, scale: &Scale, gaps: &[Gap]) -> Result<(Vec<String>, Vec<u8>)> {
        let names = column.names.as_slice();
        let gap = |name: &str| gaps.iter().position(|gap| gap.value == name);
        let mut levels = scale.levels().to_vec();
        if levels.is_empty() {
            let occurring = self.occurring(column);
            let kept = names.iter().zip(occurring).filter(|(name, occurs)| *occurs && gap(name).is_none());
            levels = kept.map(|(name, _)| name.to_string()).collect();
            levels.sort();
            if levels.len() > MAX_LEVELS {
                let value = levels.len() as u64;
                return Err(Error::Limit {
                    what: "different values of a nominal scale",
                    value,
                    limit: MAX_LEVELS as u64,
                });
            }
        }
        let undeclared = scale.levels().is_empty();
        let mut codes = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let level = levels.iter().position(|level| **level == **name).map(|level| level as u8);
            let code = gap(name).map(|gap| FIRST_GAP + gap as u8).or(level);
            let bad = code.is_none() || (name.trim().is_empty() && gap(name).is_none());
            // An entry of a dictionary that no row uses is no mistake.
            if let (true, Some(row)) = (bad, self.row_of(column, at as u32)) {
                let hint = nearest(name, levels.iter().map(String::as_str));
                let hint = hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default();
                let known =
                    if undeclared { "a value, or nothing".to_owned() } else { format!("one of {}", levels.join(", ")) };
                let problem = format!("'{name}' is not {known}{hint}; declare in missing= what is no position");
                return Err(self.long.cell(row, &self.columns.value, problem));
            }
            codes.push(code.unwrap_or(NOT_STATED));
        }
        Ok((levels, codes))
    }

    fn occurring(&self, column: &Column) -> Vec<bool> {
        let mut occurs = vec![false; column.names.as_slice().len()];
        let mut codes = [NULL; STEP];
        for (chunk, batch) in column.chunks.iter().zip(self.long.batches) {
            if let Codes::Rows(_) = chunk {
                // Names of plain rows are there because a row has them.
                return vec![true; occurs.len()];
            }
            for from in (0..batch.num_rows()).step_by(STEP) {
                let step = &mut codes[..STEP.min(batch.num_rows() - from)];
                chunk.fill(from, step);
                step.iter().for_each(|&code| {
                    if let Some(slot) = occurs.get_mut(code as usize) {
                        *slot = true;
                    }
                });
            }
        }
        occurs
    }

    /// The first row, from 1, with code `code`.
    fn row_of(&self, column: &Column, code: u32) -> Option<usize> {
        let mut before = 0;
        for (chunk, batch) in column.chunks.iter().zip(self.long.batches) {
            let mut codes = vec![NULL; batch.num_rows()];
            chunk.fill(0, &mut codes);
            if let Some(at) = codes.iter().position(|&other| other == code) {
                return Some(before + at + 1);
            }
            before += codes.len();
        }
        None
    }

    /// Calls `place` with row (from 1), cell and code of each row, step by step.
    fn each(&mut self, column: &[Codes], mut place: impl FnMut(usize, usize, u32) -> Result<(), String>) -> Result<()> {
        let (mut actor, mut unit, mut value) = ([NULL; STEP], [NULL; STEP], [NULL; STEP]);
        let mut row = 0;
        for (at, batch) in self.long.batches.iter().enumerate() {
            for from in (0..batch.num_rows()).step_by(STEP) {
                let length = STEP.min(batch.num_rows() - from);
                self.actors.chunks[at].fill(from, &mut actor[..length]);
                self.units.chunks[at].fill(from, &mut unit[..length]);
                column[at].fill(from, &mut value[..length]);
                for ((&actor, &unit), &value) in actor.iter().zip(&unit).zip(&value).take(length) {
                    row += 1;
                    let [actors, units] = &self.places;
                    let (Some(&a), Some(&u)) = (actors.get(actor as usize), units.get(unit as usize)) else {
                        return Err(self.nameless(row, actor));
                    };
                    self.seen[0][a as usize] = true;
                    self.seen[1][u as usize] = true;
                    place(row, a as usize * self.width + u as usize, value)
                        .map_err(|problem| self.long.cell(row, &self.columns.value, problem))?;
                }
            }
        }
        Ok(())
    }

    fn nameless(&self, row: usize, actor: u32) -> Error {
        if actor == NULL {
            let hint = "no actor; if it is the code NA (Namibia), read the file so that NA stays text";
            return self.long.cell(row, &self.columns.actor, format!("{hint} (pandas: keep_default_na=False)"));
        }
        self.long.cell(row, &self.columns.issue, "no issue".to_owned())
    }

    fn scatter(&mut self, column: &Column, codes: &[u8], cells: &mut [u8]) -> Result<()> {
        let mut repeated = 0;
        let mut clash = None;
        self.each(&column.chunks, |row, cell, value| {
            let Some(&code) = codes.get(value as usize) else { return Ok(()) };
            let slot = &mut cells[cell];
            if *slot == NOT_STATED {
                *slot = code;
            } else if *slot == code {
                repeated += 1;
            } else {
                clash.get_or_insert((row, cell, value));
            }
            Ok(())
        })?;
        self.repeated = repeated;
        match clash {
            Some((row, cell, value)) => Err(self.clash(column, row, cell, value)),
            None => Ok(()),
        }
    }

    /// The error for a row whose actor already has another value on the issue.
    fn clash(&mut self, column: &Column, row: usize, cell: usize, value: u32) -> Error {
        let mut first = (0, NULL);
        let found = self.each(&column.chunks, |at, other, value| {
            if other == cell && value != NULL && first.0 == 0 {
                first = (at, value);
            }
            Ok(())
        });
        let text = |code: u32| column.names.as_slice().get(code as usize).map_or("", |name| name);
        let problem = format!(
            "'{}' here and '{}' in row {}: one actor has one position on an issue{}",
            text(value),
            text(first.1),
            first.0,
            if self.columns.meeting.is_none() { " (name the meeting= column where issues come back)" } else { "" },
        );
        found.err().unwrap_or_else(|| self.long.cell(row, &self.columns.value, problem))
    }

    fn values(&mut self, declared: &Declared, low: f64, high: f64) -> Result<Filled> {
        let gaps: Vec<Option<f64>> = declared.gaps.iter().map(|gap| gap.value.parse().ok()).collect();
        let named = declared.gaps.iter().zip(&gaps).any(|(_, number)| number.is_none());
        let names = if named { Some(self.long.column(&self.columns.value)?) } else { None };
        let numbers = match &names {
            Some(names) => self.numbers_beside(names, &declared.gaps)?,
            None => self.long.numbers(&self.columns.value)?,
        };
        let count = self.places[0].len() * self.width;
        let mut cells = vec![f64::NAN; count];
        let mut absent = if declared.gaps.is_empty() { Vec::new() } else { vec![NOT_STATED; count] };
        let flat: Vec<f64> = numbers
            .iter()
            .flat_map(|array| array.as_primitive::<Float64Type>().iter().map(|x| x.unwrap_or(f64::NAN)))
            .collect();
        let mut repeated = 0;
        let gap_names = names.map(|column| self.gap_rows(&column, &declared.gaps)).unwrap_or_default();
        let blank: Vec<Codes> =
            self.long.batches.iter().map(|batch| Codes::Rows(vec![NULL; batch.num_rows()])).collect();
        self.each(&blank, |row, cell, _| {
            let value = flat[row - 1];
            let by_number = gaps.iter().position(|gap| *gap == Some(value));
            if let Some(gap) = by_number.or_else(|| gap_names.get(row - 1).copied().flatten()) {
                absent[cell] = FIRST_GAP + gap as u8;
                return Ok(());
            }
            if value.is_nan() {
                return Ok(());
            }
            if value < low || value > high {
                return Err(format!("{value} lies outside the declared range {low} to {high}"));
            }
            if !cells[cell].is_nan() && cells[cell] != value {
                return Err(format!(
                    "{value} here and {} in another row: one actor has one position on an issue",
                    cells[cell]
                ));
            }
            repeated += !cells[cell].is_nan() as usize;
            cells[cell] = value + 0.0;
            Ok(())
        })?;
        self.repeated = repeated;
        Ok((Scale::Interval { low, high }, Cells::Values(cells), absent))
    }

    /// The numbers of a column of text in which some words are declared gaps.
    fn numbers_beside(&self, column: &Column, gaps: &[Gap]) -> Result<Vec<ArrayRef>> {
        let mut numbers = Vec::new();
        for (code, name) in column.names.as_slice().iter().enumerate() {
            let gap = gaps.iter().any(|gap| gap.value == **name);
            match name.parse::<f64>() {
                Ok(number) => numbers.push(number),
                Err(_) if gap => numbers.push(f64::NAN),
                Err(_) => {
                    let row = self.row_of(column, code as u32).unwrap_or(0);
                    return Err(self.long.cell(row, &self.columns.value, format!("'{name}' is no number")));
                }
            }
        }
        let chunk = |(codes, batch): (&Codes, &RecordBatch)| -> ArrayRef {
            let mut rows = vec![NULL; batch.num_rows()];
            codes.fill(0, &mut rows);
            let value = |code: &u32| numbers.get(*code as usize).copied();
            std::sync::Arc::new(rows.iter().map(value).collect::<arrow_array::Float64Array>())
        };
        Ok(column.chunks.iter().zip(self.long.batches).map(chunk).collect())
    }

    /// The declared gap of each row, if it has one.
    fn gap_rows(&self, column: &Column, gaps: &[Gap]) -> Vec<Option<usize>> {
        let of: Vec<Option<usize>> =
            column.names.as_slice().iter().map(|name| gaps.iter().position(|gap| *gap.value == **name)).collect();
        let mut rows = Vec::new();
        for (codes, batch) in column.chunks.iter().zip(self.long.batches) {
            let mut chunk = vec![NULL; batch.num_rows()];
            codes.fill(0, &mut chunk);
            rows.extend(chunk.iter().map(|&code| of.get(code as usize).copied().flatten()));
        }
        rows
    }

    /// The weight of each unit, the same in all of its rows.
    fn weights(&mut self, name: &str) -> Result<Vec<f64>> {
        let numbers = self.long.numbers(name)?;
        let mut weights = vec![f64::NAN; self.width];
        let mut row = 0;
        for (at, array) in numbers.iter().enumerate() {
            let mut units = vec![NULL; array.len()];
            self.units.chunks[at].fill(0, &mut units);
            for (unit, weight) in units.iter().zip(array.as_primitive::<Float64Type>().iter()) {
                row += 1;
                let weight = weight.unwrap_or(f64::NAN);
                check_weight(weight, self.long.table, row, name)?;
                let Some(slot) = self.places[1].get(*unit as usize).map(|&place| &mut weights[place as usize]) else {
                    continue;
                };
                if !slot.is_nan() && *slot != weight {
                    let problem = format!("weight {weight} here and {slot} before: an issue has one weight");
                    return Err(self.long.cell(row, name, problem));
                }
                *slot = weight;
            }
        }
        // Issues that only an unused dictionary entry names are dropped afterwards.
        Ok(weights.into_iter().map(|weight| if weight.is_nan() { 0.0 } else { weight }).collect())
    }

    fn key(&self, name: &str) -> Result<Key> {
        let blank = vec![Unit::default(); self.width];
        let values = self.long.constant(name, self.units, &blank)?;
        let mut ordered = vec![None; self.width];
        values.into_iter().zip(&self.places[1]).for_each(|(value, &place)| ordered[place as usize] = value);
        Ok(Key { name: name.to_owned(), values: ordered })
    }
}
