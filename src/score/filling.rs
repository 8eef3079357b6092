//! Long columns on their way into cells.

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, RecordBatch};

use super::intern::{Codes, NULL};
use super::long::{Column, Columns, Declared, Long};
use super::table::{Cells, FIRST_GAP, Gap, Key, MAX_GAPS, MAX_LEVELS, NOT_STATED, Scale, Unit, check_weight};
use crate::error::{Error, Result, RowNumber, nearest};

const ONE: &str = "one actor has one position on an issue";

/// Rows read in one go: their codes stay in the first cache.
const STEP: usize = 4096;

/// The columns on their way into cells.
pub(super) struct Frame<'a> {
    pub(super) long: &'a Long<'a>,
    pub(super) columns: &'a Columns,
    pub(super) actors: &'a Column,
    pub(super) units: &'a Column,
    /// The units by their codes.
    pub(super) attributes: &'a [Unit],
    /// Where each code of an actor, and of a unit, comes to stand.
    pub(super) places: [Vec<u32>; 2],
    pub(super) width: usize,
    /// Which actors and units have a row.
    pub(super) seen: [Vec<bool>; 2],
    pub(super) repeated: usize,
}

/// The cells, and what stands where there is no value.
type Filled = (Scale, Cells, Vec<u8>);

impl Frame<'_> {
    pub(super) fn cells(&mut self, declared: &Declared) -> Result<Filled> {
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
        let mut codes = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let level = levels.iter().position(|level| **level == **name).map(|level| level as u8);
            let code = gap(name).map(|gap| FIRST_GAP + gap as u8).or(level);
            let bad = code.is_none() || (name.trim().is_empty() && gap(name).is_none());
            // An entry of a dictionary that no row uses is no mistake.
            if let (true, Some(row)) = (bad, self.row_of(column, at as u32)) {
                if name.trim().is_empty() {
                    let problem =
                        "an empty text: expected a value, or nothing; declare in missing= what is no position";
                    return Err(self.long.cell(row, &self.columns.value, problem.to_owned()));
                }
                let hint = nearest(name, levels.iter().map(String::as_str));
                let hint = hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default();
                let known = levels.join(", ");
                let problem = format!("'{name}' is not one of {known}{hint}; declare in missing= what is no position");
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
                if occurs.iter().all(|occurs| *occurs) {
                    return occurs;
                }
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
            "'{}' here and '{}' in {}: {ONE}{}",
            text(value),
            text(first.1),
            RowNumber::after_header(first.0),
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
            let stated = cells[cell];
            let by_number = gaps.iter().position(|gap| *gap == Some(value));
            if let Some(gap) = by_number.or_else(|| gap_names.get(row - 1).copied().flatten()) {
                let code = FIRST_GAP + gap as u8;
                if !stated.is_nan() || (absent[cell] != NOT_STATED && absent[cell] != code) {
                    let before = if stated.is_nan() {
                        declared.gaps[(absent[cell] - FIRST_GAP) as usize].value.clone()
                    } else {
                        stated.to_string()
                    };
                    return Err(format!("'{}' here and '{before}' in another row: {ONE}", declared.gaps[gap].value));
                }
                repeated += (absent[cell] == code) as usize;
                absent[cell] = code;
                return Ok(());
            }
            if value.is_nan() {
                return Ok(());
            }
            if value < low || value > high {
                return Err(format!("{value} lies outside the declared range {low} to {high}"));
            }
            if let Some(gap) = absent
                .get(cell)
                .and_then(|code| code.checked_sub(FIRST_GAP))
                .and_then(|gap| declared.gaps.get(gap as usize))
            {
                return Err(format!("{value} here and '{}' in another row: {ONE}", gap.value));
            }
            if !stated.is_nan() && stated != value {
                return Err(format!("{value} here and {stated} in another row: {ONE}"));
            }
            repeated += !stated.is_nan() as usize;
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
    pub(super) fn weights(&mut self, name: &str) -> Result<Vec<f64>> {
        let numbers = self.long.numbers(name)?;
        let mut weights = vec![f64::NAN; self.width];
        let mut row = 0;
        for (at, array) in numbers.iter().enumerate() {
            let mut units = vec![NULL; array.len()];
            self.units.chunks[at].fill(0, &mut units);
            for (unit, weight) in units.iter().zip(array.as_primitive::<Float64Type>().iter()) {
                row += 1;
                let weight = weight.unwrap_or(f64::NAN);
                check_weight("weight", weight, self.long.table, RowNumber::after_header(row), name)?;
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

    /// How much each actor cares about each issue, 1 where no row says so.
    pub(super) fn salience(&mut self, name: &str) -> Result<Vec<f64>> {
        let numbers = self.long.numbers(name)?;
        let flat: Vec<f64> = numbers
            .iter()
            .flat_map(|array| array.as_primitive::<Float64Type>().iter().map(|x| x.unwrap_or(f64::NAN)))
            .collect();
        for (at, number) in flat.iter().enumerate() {
            check_weight("salience", *number, self.long.table, RowNumber::after_header(at + 1), name)?;
        }
        let mut salience = vec![f64::NAN; self.places[0].len() * self.width];
        let blank: Vec<Codes> =
            self.long.batches.iter().map(|batch| Codes::Rows(vec![NULL; batch.num_rows()])).collect();
        let mut clash = None;
        self.each(&blank, |row, cell, _| {
            let number = flat[row - 1];
            let slot = &mut salience[cell];
            if !slot.is_nan() && *slot != number {
                clash.get_or_insert((
                    row,
                    format!("{number} here and {slot} in another row of the same actor and issue"),
                ));
            }
            *slot = number;
            Ok(())
        })?;
        if let Some((row, problem)) = clash {
            return Err(self.long.cell(row, name, problem));
        }
        Ok(salience.into_iter().map(|x| if x.is_nan() { 1.0 } else { x }).collect())
    }

    pub(super) fn key(&self, name: &str) -> Result<Key> {
        let values = self.long.constant(name, self.units, self.attributes)?;
        let mut ordered = vec![None; self.width];
        values.into_iter().zip(&self.places[1]).for_each(|(value, &place)| ordered[place as usize] = value);
        Ok(Key { name: name.to_owned(), values: ordered })
    }
}
