//! Long columns on their way into cells.

use super::codes::{Codes, Column, STEP};
use super::columns::{Columns, Declared};
use super::intern::NULL;
use super::rows::Long;
use super::scatter::Rows;
use super::{Cells, FIRST_GAP, Gap, Key, MAX_GAPS, MAX_LEVELS, NOT_STATED, Scale, Unit, check_weight};
use crate::error::{Error, Result, RowNumber, nearest};

const ONE: &str = "one actor has one position on an issue";

/// The columns on their way into cells.
pub(super) struct Frame<'a> {
    pub(super) long: &'a Long<'a>,
    pub(super) columns: &'a Columns,
    pub(super) actors: &'a Codes,
    pub(super) units: &'a Codes,
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
                let cells = self.coded(&column, &codes)?;
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
        let gap = |name: &str| gaps.iter().position(|gap| gap.value == name);
        let occurs = self.occurring(column);
        let mut levels = scale.levels().to_vec();
        if levels.is_empty() {
            let kept = column.names.iter().zip(&occurs).filter(|(name, occurs)| **occurs && gap(name).is_none());
            levels = kept.map(|(name, _)| name.to_owned()).collect();
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
        let code = |name: &str| {
            let level = || levels.iter().position(|level| *level == name && !name.trim().is_empty());
            gap(name).map(|gap| FIRST_GAP + gap as u8).or_else(|| level().map(|level| level as u8))
        };
        let codes: Vec<Option<u8>> = column.names.iter().map(code).collect();
        // An entry of a dictionary that no row uses is no mistake.
        let wrong: Vec<bool> = codes.iter().zip(occurs).map(|(code, occurs)| code.is_none() && occurs).collect();
        if wrong.contains(&true) {
            return Err(self.no_level(column, &wrong, &levels));
        }
        Ok((levels, codes.into_iter().map(|code| code.unwrap_or(NOT_STATED)).collect()))
    }

    /// The error for the first row whose value is `wrong`.
    fn no_level(&self, column: &Column, wrong: &[bool], levels: &[String]) -> Error {
        let (row, name) = self.first(column, wrong);
        let problem = match name.trim().is_empty() {
            true => "an empty text: expected a value, or nothing".to_owned(),
            false => {
                let hint = nearest(name, levels.iter().map(String::as_str));
                let hint = hint.map(|hint| format!(" (did you mean '{hint}'?)")).unwrap_or_default();
                format!("'{name}' is not one of {}{hint}", levels.join(", "))
            }
        };
        let problem = format!("{problem}; declare in missing= what is no position");
        self.long.cell(row, &self.columns.value, problem)
    }

    /// Which names of a column have a row.
    fn occurring(&self, column: &Column) -> Vec<bool> {
        let mut occurs = vec![column.codes.all_occur(); column.names.count()];
        for piece in 0..self.long.pieces.len() {
            if occurs.iter().all(|occurs| *occurs) {
                break;
            }
            for code in column.codes.piece(piece) {
                if let Some(slot) = occurs.get_mut(code as usize) {
                    *slot = true;
                }
            }
        }
        occurs
    }

    /// The first row, from 1, with a name that is `wanted`, and that name.
    fn first<'c>(&self, column: &'c Column, wanted: &[bool]) -> (usize, &'c str) {
        for (at, piece) in self.long.pieces.iter().enumerate() {
            let codes = column.codes.piece(at);
            let is_wanted = |code: &u32| wanted.get(*code as usize).is_some_and(|wanted| *wanted);
            if let Some(row) = codes.iter().position(is_wanted) {
                return (piece.before + row + 1, column.names.get(codes[row]).unwrap_or_default());
            }
        }
        (0, "")
    }

    /// Calls `place` with row (from 1), cell and code of each row in order; the code is that of
    /// `value`, if there is one.
    fn each(
        &mut self,
        value: Option<&Codes>,
        mut place: impl FnMut(usize, usize, u32) -> Result<(), String>,
    ) -> Result<()> {
        let long = self.long;
        let [actors, units] = [self.actors.through(&self.places[0], NULL), self.units.through(&self.places[1], NULL)];
        let (mut actor, mut unit) = ([NULL; STEP], [NULL; STEP]);
        for (at, piece) in long.pieces.iter().enumerate() {
            long.stop.check()?;
            let values = value.map(|value| value.piece(at)).unwrap_or_default();
            for from in (0..piece.length).step_by(STEP) {
                let length = STEP.min(piece.length - from);
                actors.fill(at, from, &mut actor[..length]);
                units.fill(at, from, &mut unit[..length]);
                for (step, (&a, &u)) in actor.iter().zip(&unit).take(length).enumerate() {
                    let row = piece.before + from + step + 1;
                    let (a, u) = (a as usize, u as usize);
                    if a >= self.seen[0].len() || u >= self.seen[1].len() {
                        return Err(self.nameless(row, a == NULL as usize));
                    }
                    (self.seen[0][a], self.seen[1][u]) = (true, true);
                    place(row, a * self.width + u, values.get(from + step).copied().unwrap_or(NULL))
                        .map_err(|problem| long.cell(row, &self.columns.value, problem))?;
                }
            }
        }
        Ok(())
    }

    fn nameless(&self, row: usize, actor: bool) -> Error {
        if actor {
            let hint = "no actor; if it is the code NA (Namibia), read the file so that NA stays text";
            return self.long.cell(row, &self.columns.actor, format!("{hint} (pandas: keep_default_na=False)"));
        }
        self.long.cell(row, &self.columns.issue, "no issue".to_owned())
    }

    /// The cells of levels and gaps, of which each value has its code.
    fn coded(&mut self, column: &Column, codes: &[u8]) -> Result<Vec<u8>> {
        let rows = Rows {
            pieces: &self.long.pieces,
            actors: self.actors,
            units: self.units,
            values: &column.codes,
            places: &self.places,
            codes,
            width: self.width,
        };
        if let Some((cells, seen)) = rows.scattered(self.long.stop)? {
            self.seen = seen;
            return Ok(cells);
        }
        let mut cells = vec![NOT_STATED; self.places[0].len() * self.width];
        let (mut repeated, mut clash) = (0, None);
        self.each(Some(&column.codes), |row, cell, value| {
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
        let Some((row, cell, value)) = clash else { return Ok(cells) };
        let (mut before, mut first) = (0, NULL);
        self.each(Some(&column.codes), |at, other, value| {
            if other == cell && value != NULL && before == 0 {
                (before, first) = (at, value);
            }
            Ok(())
        })?;
        let text = |code: u32| column.names.get(code).unwrap_or_default();
        Err(self.clash((row, text(value)), (before, text(first))))
    }

    /// The error for a row whose actor has another value on the issue in a row before.
    fn clash(&self, here: (usize, &str), before: (usize, &str)) -> Error {
        let back =
            if self.columns.meeting.is_none() { " (name the meeting= column where issues come back)" } else { "" };
        let place = RowNumber::after_header(before.0);
        let problem = format!("'{}' here and '{}' in {place}: {ONE}{back}", here.1, before.1);
        self.long.cell(here.0, &self.columns.value, problem)
    }

    fn values(&mut self, declared: &Declared, low: f64, high: f64) -> Result<Filled> {
        let gaps: Vec<Option<f64>> = declared.gaps.iter().map(|gap| gap.value.parse().ok()).collect();
        let names = match gaps.contains(&None) {
            true => Some(self.long.column(&self.columns.value)?),
            false => None,
        };
        let numbers = match &names {
            Some(names) => self.numbers_beside(names, &declared.gaps)?,
            None => self.long.numbers(&self.columns.value)?,
        };
        let named = names.map(|column| self.gap_rows(&column, &declared.gaps)).unwrap_or_default();
        let gap_of = |row: usize| {
            let by_number = gaps.iter().position(|gap| *gap == Some(numbers[row - 1]));
            by_number.or_else(|| named.get(row - 1).copied().flatten())
        };
        let count = self.places[0].len() * self.width;
        let mut cells = vec![f64::NAN; count];
        let mut absent = if declared.gaps.is_empty() { Vec::new() } else { vec![NOT_STATED; count] };
        let (mut repeated, mut clash) = (0, None);
        self.each(None, |row, cell, _| {
            let value = numbers[row - 1];
            let gap = gap_of(row).map(|gap| FIRST_GAP + gap as u8);
            if gap.is_none() && value.is_nan() {
                return Ok(());
            }
            if gap.is_none() && (value < low || value > high) {
                return Err(format!("{value} lies outside the declared range {low} to {high}"));
            }
            let (stated, missed) = (cells[cell], absent.get(cell).copied().filter(|code| *code != NOT_STATED));
            if stated.is_nan() && missed.is_none() {
                match gap {
                    Some(gap) => absent[cell] = gap,
                    None => cells[cell] = value + 0.0,
                }
            } else if missed == gap && (gap.is_some() || stated == value) {
                repeated += 1;
            } else {
                clash.get_or_insert((row, cell));
            }
            Ok(())
        })?;
        self.repeated = repeated;
        let Some((row, cell)) = clash else { return Ok((Scale::Interval { low, high }, Cells::Values(cells), absent)) };
        let mut before = 0;
        self.each(None, |at, other, _| {
            if other == cell && before == 0 && (gap_of(at).is_some() || !numbers[at - 1].is_nan()) {
                before = at;
            }
            Ok(())
        })?;
        let text = |row: usize| match gap_of(row) {
            Some(gap) => declared.gaps[gap].value.clone(),
            None => numbers[row - 1].to_string(),
        };
        Err(self.clash((row, &text(row)), (before, &text(before))))
    }

    /// The numbers of a column of text in which some words are declared gaps.
    fn numbers_beside(&self, column: &Column, gaps: &[Gap]) -> Result<Vec<f64>> {
        let number = |name: &str| match name.parse::<f64>() {
            Ok(number) => Some(number),
            Err(_) => gaps.iter().any(|gap| gap.value == name).then_some(f64::NAN),
        };
        let numbers: Vec<Option<f64>> = column.names.iter().map(number).collect();
        let occurs = self.occurring(column);
        let wrong: Vec<bool> = numbers.iter().zip(occurs).map(|(number, occurs)| number.is_none() && occurs).collect();
        if wrong.contains(&true) {
            let (row, name) = self.first(column, &wrong);
            return Err(self.long.cell(row, &self.columns.value, format!("'{name}' is no number")));
        }
        let number = |code: u32| numbers.get(code as usize).copied().flatten().unwrap_or(f64::NAN);
        Ok((0..self.long.pieces.len()).flat_map(|at| column.codes.piece(at)).map(number).collect())
    }

    /// The declared gap of each row, if it has one.
    fn gap_rows(&self, column: &Column, gaps: &[Gap]) -> Vec<Option<usize>> {
        let of: Vec<Option<usize>> =
            column.names.iter().map(|name| gaps.iter().position(|gap| gap.value == name)).collect();
        let rows = (0..self.long.pieces.len()).flat_map(|at| column.codes.piece(at));
        rows.map(|code| of.get(code as usize).copied().flatten()).collect()
    }

    /// The weight of each unit, the same in all of its rows.
    pub(super) fn weights(&mut self, name: &str) -> Result<Vec<f64>> {
        let numbers = self.long.numbers(name)?;
        let mut weights = vec![f64::NAN; self.width];
        for (at, piece) in self.long.pieces.iter().enumerate() {
            self.long.stop.check()?;
            for (row, unit) in (piece.before..).zip(self.units.piece(at)) {
                let weight = numbers[row];
                check_weight("weight", weight, self.long.table, RowNumber::after_header(row + 1), name)?;
                let Some(slot) = self.places[1].get(unit as usize).map(|&place| &mut weights[place as usize]) else {
                    continue;
                };
                if !slot.is_nan() && *slot != weight {
                    let problem = format!("weight {weight} here and {slot} before: an issue has one weight");
                    return Err(self.long.cell(row + 1, name, problem));
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
        for (row, number) in (1..).zip(&numbers) {
            check_weight("salience", *number, self.long.table, RowNumber::after_header(row), name)?;
        }
        let mut salience = vec![f64::NAN; self.places[0].len() * self.width];
        let mut clash = None;
        self.each(None, |row, cell, _| {
            let (number, slot) = (numbers[row - 1], &mut salience[cell]);
            if !slot.is_nan() && *slot != number {
                let problem = format!("{number} here and {slot} in another row of the same actor and issue");
                clash.get_or_insert((row, problem));
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
