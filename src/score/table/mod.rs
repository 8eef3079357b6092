//! A table of positions: actors × issues, each cell with a value or the reason why it has none.

mod codes;
mod columns;
mod filling;
pub mod intern;
pub mod long;
pub mod matrix;
mod rows;
pub mod scale;
mod scatter;
mod stored;
pub mod unit;

use rayon::prelude::*;

pub(super) use self::scale::ABSTAINED;
pub use self::scale::{FIRST_GAP, Gap, MAX_GAPS, MAX_LEVELS, NOT_STATED, Scale};
use self::unit::Attributes;
pub use self::unit::{Key, Part, Unit, Units};
use crate::error::{Error, Result, RowNumber};
use crate::score::kernel::bytes::{count_below, position_between};
use crate::score::kernel::position_outside;

/// What stands in the cells, actor by actor.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// The number of the level, or [`NOT_STATED`], or 128 + the number of the declared gap.
    Codes(Vec<u8>),
    /// The value, NaN where there is none.
    Values(Vec<f64>),
}

/// Cells that a table may have.
pub const MAX_CELLS: u64 = 4_000_000_000;

/// Actors × issues with one value a cell; built from a matrix here, from long columns by
/// [`self::long`].
///
/// Missing means not stated. Declared gaps (absent, not eligible) are kept apart from it and from
/// each other; no measure takes any of them for a position.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    actors: Vec<String>,
    units: Units,
    weights: Option<Vec<f64>>,
    /// No weight is above it; parts of a table keep that of the whole, and with it the grid of sums.
    pub(super) heaviest: f64,
    scale: Scale,
    gaps: Vec<Gap>,
    cells: Cells,
    /// How much each actor cares about each issue, cell by cell, and the most any part of the table
    /// has; empty where nothing is known.
    pub(super) salience: (Vec<f64>, f64),
    /// Gap codes of a table of numbers, empty where no cell has one.
    pub(super) absent: Vec<u8>,
    /// Further attributes of the issues to group by: name, and a value per issue.
    pub(super) keys: Vec<Key>,
    /// Rows that repeat another row word for word.
    repeated: usize,
}

impl Table {
    /// A table of `actors` × `units`, row by row.
    ///
    /// # Errors
    /// [`Error::Option`] for a scale that is none, [`Error::Columns`] where the shape does not fit
    /// or a name stands twice, [`Error::Cell`] for a code or value outside the scale.
    pub fn new(actors: Vec<String>, units: impl Into<Units>, scale: Scale, cells: Cells) -> Result<Table> {
        let units = units.into();
        scale.check()?;
        let count = match &cells {
            Cells::Codes(codes) => codes.len(),
            Cells::Values(values) => values.len(),
        };
        let shape = |problem| Err(Error::Columns { table: NAME.to_owned(), problem });
        if count != actors.len() * units.count() {
            return shape(format!("{count} cells for {} actors × {} issues", actors.len(), units.count()));
        }
        if matches!(scale, Scale::Interval { .. }) != matches!(cells, Cells::Values(_)) {
            return shape("numbers belong to an interval scale, levels to a nominal or ordinal one".to_owned());
        }
        for (what, twice) in [("actor", twice(&actors)), ("issue", units.twice().map(|unit| &unit.issue))] {
            if let Some(name) = twice {
                return shape(format!("{what} '{name}' stands twice"));
            }
        }
        let table = Table {
            actors,
            units,
            weights: None,
            heaviest: 1.0,
            scale,
            gaps: Vec::new(),
            cells,
            salience: (Vec::new(), 0.0),
            absent: Vec::new(),
            keys: Vec::new(),
            repeated: 0,
        };
        table.check_cells()?;
        Ok(table)
    }

    /// The same table with the reasons that codes from [`FIRST_GAP`] on stand for; `absent` holds
    /// these codes for a table of numbers and is empty for one of codes.
    ///
    /// # Errors
    /// [`Error::Limit`] for more than [`MAX_GAPS`].
    pub fn with_gaps(mut self, gaps: Vec<Gap>, absent: Vec<u8>) -> Result<Table> {
        if gaps.len() > MAX_GAPS {
            return Err(Error::Limit { what: "declared gaps", value: gaps.len() as u64, limit: MAX_GAPS as u64 });
        }
        self.gaps = gaps;
        self.absent = absent;
        Ok(self)
    }

    /// The same table with one weight per issue.
    ///
    /// # Errors
    /// [`Error::Cell`] with the place of the issue for a weight that is not finite or below 0,
    /// [`Error::Columns`] where their number is not that of the issues.
    pub fn with_weights(mut self, weights: Vec<f64>) -> Result<Table> {
        if weights.len() != self.width() {
            let problem = format!("{} weights for {} issues", weights.len(), self.width());
            return Err(Error::Columns { table: NAME.to_owned(), problem });
        }
        for (at, weight) in weights.iter().enumerate() {
            check_weight("weight", *weight, NAME, RowNumber::of_array(at + 1), "weight")?;
        }
        self.heaviest = weights.iter().copied().fold(0.0, f64::max);
        self.weights = Some(weights);
        Ok(self)
    }

    /// The same table with how much each actor cares about each issue, cell by cell.
    ///
    /// # Errors
    /// [`Error::Cell`] for a number that is not finite or below 0, [`Error::Columns`] where their
    /// number is not that of the cells.
    pub fn with_salience(mut self, salience: Vec<f64>) -> Result<Table> {
        let (rows, width) = (self.actors.len(), self.width());
        if salience.len() != rows * width {
            let problem = format!("{} saliences for {} cells", salience.len(), rows * width);
            return Err(Error::Columns { table: NAME.to_owned(), problem });
        }
        for (at, number) in salience.iter().enumerate() {
            check_weight(
                "salience",
                *number,
                NAME,
                RowNumber::of_array(at / width + 1),
                &self.units()[at % width].issue,
            )?;
        }
        let most = salience.iter().copied().fold(0.0, f64::max);
        self.salience = (salience, most);
        Ok(self)
    }

    /// How much the actor cares about the issue; 1 where nothing is known.
    pub fn salience_of(&self, actor: usize, unit: usize) -> f64 {
        self.salience.0.get(actor * self.width() + unit).copied().unwrap_or(1.0)
    }

    /// The greatest salience of the whole table; `None` where it has none.
    pub fn most_salient(&self) -> Option<f64> {
        (self.salience.1 > 0.0).then_some(self.salience.1)
    }

    /// The same table, its weights times `factors`.
    ///
    /// # Errors
    /// As [`Table::with_weights`].
    pub fn reweighted(self, factors: &[f64]) -> Result<Table> {
        let weights = match &self.weights {
            Some(weights) => weights.iter().zip(factors).map(|(weight, factor)| weight * factor).collect(),
            None => factors.to_vec(),
        };
        self.with_weights(weights)
    }

    /// The same table as a part of one in which weights reach `heaviest`: tallies of such parts add up
    /// to the byte.
    ///
    /// # Errors
    /// [`Error::Option`] where a weight of this table is above it, or it is no finite number.
    pub fn with_heaviest(mut self, heaviest: f64) -> Result<Table> {
        let least = if self.weights.is_some() { self.heaviest } else { 0.0 };
        if !(heaviest.is_finite() && heaviest >= least) {
            let expected = format!("a finite number, no less than the greatest weight, {least}");
            return Err(Error::Option { name: "heaviest", got: heaviest.to_string(), expected });
        }
        if self.weights.is_some() {
            self.heaviest = heaviest;
        }
        Ok(self)
    }

    pub(super) fn with_repeated(mut self, repeated: usize) -> Table {
        self.repeated = repeated;
        self
    }

    /// The same table with a further attribute of its issues; one of that name is replaced.
    ///
    /// # Errors
    /// [`Error::Columns`] where the number of values is not that of the issues.
    pub fn with_key(mut self, key: Key) -> Result<Table> {
        if key.values.len() != self.width() {
            let problem = format!("'{}' has {} values for {} issues", key.name, key.values.len(), self.width());
            return Err(Error::Columns { table: NAME.to_owned(), problem });
        }
        self.keys.retain(|other| other.name != key.name);
        self.keys.push(key);
        Ok(self)
    }

    /// What the issues can be grouped by.
    pub(super) fn attributes(&self) -> Attributes<'_> {
        Attributes { units: self.units(), keys: &self.keys }
    }

    /// The values of attribute `name` of each issue: `"issue"`, `"meeting"`, `"topic"` or a key.
    ///
    /// # Errors
    /// [`Error::Missing`] with the nearest name.
    pub fn key(&self, name: &str) -> Result<Vec<Option<&str>>> {
        self.attributes().values(name)
    }

    /// The issues parted by the values of `by`, in the order of these values; one part without key
    /// where `by` is empty.
    ///
    /// # Errors
    /// As [`Table::key`].
    pub fn parts(&self, by: &[String]) -> Result<Vec<Part>> {
        self.attributes().parts(by)
    }

    /// The table of the actors and issues that are marked.
    pub(super) fn without_unseen(self, seen: &[Vec<bool>; 2]) -> Table {
        let marked = |marks: &[bool]| (0..marks.len()).filter(|&at| marks[at]).collect::<Vec<usize>>();
        let [actors, units] = [marked(&seen[0]), marked(&seen[1])];
        if actors.len() == self.actors.len() && units.len() == self.width() {
            return self;
        }
        let repeated = self.repeated;
        self.of_actors(&actors).of_units(&units).with_repeated(repeated)
    }

    fn check_cells(&self) -> Result<()> {
        let wrong = match (&self.cells, &self.scale) {
            (Cells::Codes(codes), scale) => {
                let levels = scale.levels().len() as u8;
                position_between(codes, levels, FIRST_GAP)
            }
            (Cells::Values(values), Scale::Interval { low, high }) => position_outside(values, *low, *high),
            _ => None,
        };
        let Some(at) = wrong else { return Ok(()) };
        let (row, unit) = (at / self.width(), at % self.width());
        let problem = match (&self.cells, &self.scale) {
            (Cells::Values(values), Scale::Interval { low, high }) => {
                format!("{} lies outside the declared range {low} to {high}", values[at])
            }
            (Cells::Codes(codes), _) => format!("code {} has no level", codes[at]),
            _ => "no value of this scale".to_owned(),
        };
        Err(Error::Cell {
            table: NAME.to_owned(),
            row: RowNumber::of_array(row + 1),
            column: self.units()[unit].issue.clone(),
            problem,
        })
    }

    /// The actors, one a row.
    pub fn actors(&self) -> &[String] {
        &self.actors
    }

    /// The issues, one a column.
    pub fn units(&self) -> &[Unit] {
        self.units.as_slice()
    }

    /// How many issues there are.
    pub fn width(&self) -> usize {
        self.units.count()
    }

    /// The weight of each issue; `None` where all count the same.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// The weights, and the greatest one of the whole table that this one is a part of.
    pub(super) fn weighing(&self) -> Option<(&[f64], f64)> {
        self.weights().map(|weights| (weights, self.heaviest))
    }

    /// What the values are.
    pub fn scale(&self) -> &Scale {
        &self.scale
    }

    /// The declared gaps.
    pub fn gaps(&self) -> &[Gap] {
        &self.gaps
    }

    /// The cells, row by row.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// How many rows of the data repeated another one word for word; each was read once.
    pub fn repeated(&self) -> usize {
        self.repeated
    }

    /// The place of actor `name`.
    ///
    /// # Errors
    /// [`Error::Missing`] with the nearest name.
    pub fn actor(&self, name: &str) -> Result<usize> {
        self.actors.iter().position(|actor| actor == name).ok_or_else(|| Error::Missing {
            what: "actor",
            got: name.to_owned(),
            hint: crate::error::nearest(name, self.actors.iter().map(String::as_str)),
        })
    }

    /// The code of a cell: the level, [`NOT_STATED`] or a gap. In a table of numbers 0 for a value.
    pub fn code(&self, actor: usize, unit: usize) -> u8 {
        let at = actor * self.width() + unit;
        match &self.cells {
            Cells::Codes(codes) => codes[at],
            Cells::Values(values) if !values[at].is_nan() => 0,
            Cells::Values(_) => self.absent.get(at).copied().unwrap_or(NOT_STATED),
        }
    }

    /// The position in a cell as a number: the value, or the number of the level; `None` for none.
    pub fn position(&self, actor: usize, unit: usize) -> Option<f64> {
        let at = actor * self.width() + unit;
        match &self.cells {
            Cells::Codes(codes) => (codes[at] < FIRST_GAP).then(|| codes[at] as f64),
            Cells::Values(values) => (!values[at].is_nan()).then(|| values[at]),
        }
    }

    /// How many positions each actor has.
    pub fn positions(&self) -> Vec<u32> {
        let width = self.width();
        let of = |actor: usize| {
            let row = actor * width..(actor + 1) * width;
            match &self.cells {
                Cells::Codes(codes) => count_below(&codes[row], FIRST_GAP) as u32,
                Cells::Values(values) => values[row].iter().map(|value| u32::from(!value.is_nan())).sum(),
            }
        };
        let actors = 0..self.actors.len();
        match actors.len() * width <= FEW {
            true => actors.map(of).collect(),
            false => actors.into_par_iter().map(of).collect(),
        }
    }

    /// Whether the actor could have taken a position: false where a gap says "not eligible".
    pub fn is_eligible(&self, actor: usize, unit: usize) -> bool {
        let gap = self.code(actor, unit).checked_sub(FIRST_GAP).and_then(|gap| self.gaps.get(gap as usize));
        gap.is_none_or(|gap| gap.eligible)
    }

    /// True where some cell says "not eligible" by declaration.
    pub fn has_ineligible(&self) -> bool {
        self.gaps.iter().any(|gap| !gap.eligible)
    }

    /// How often `actor` has each level (none for numbers), each declared gap, and nothing stated.
    pub fn states(&self, actor: usize) -> Vec<(&str, usize)> {
        let mut counts = [0_usize; 256];
        (0..self.width()).for_each(|unit| counts[self.code(actor, unit) as usize] += 1);
        let levels = match self.scale {
            Scale::Interval { .. } => vec![("value", counts[0])],
            _ => self.scale.levels().iter().enumerate().map(|(at, level)| (level.as_str(), counts[at])).collect(),
        };
        let gaps = self.gaps.iter().enumerate();
        let gaps = gaps.map(|(at, gap)| (gap.value.as_str(), counts[FIRST_GAP as usize + at]));
        levels.into_iter().chain(gaps).chain([("not stated", counts[NOT_STATED as usize])]).collect()
    }

    /// The table of the issues at `units`, in that order; an issue may be named again.
    pub fn of_units(&self, units: &[usize]) -> Table {
        let pick = |width: usize, row: usize, unit: &usize| row * width + unit;
        let width = self.width();
        let rows = 0..self.actors.len();
        let places: Vec<usize> = rows.flat_map(|row| units.iter().map(move |unit| pick(width, row, unit))).collect();
        let cells = match &self.cells {
            Cells::Codes(codes) => Cells::Codes(places.iter().map(|&at| codes[at]).collect()),
            Cells::Values(values) => Cells::Values(places.iter().map(|&at| values[at]).collect()),
        };
        let salience = match self.salience.0.is_empty() {
            true => Vec::new(),
            false => places.iter().map(|&at| self.salience.0[at]).collect(),
        };
        let absent =
            if self.absent.is_empty() { Vec::new() } else { places.iter().map(|&at| self.absent[at]).collect() };
        Table {
            actors: self.actors.clone(),
            units: units.iter().map(|&unit| self.units()[unit].clone()).collect::<Vec<Unit>>().into(),
            weights: self.weights.as_ref().map(|weights| units.iter().map(|&unit| weights[unit]).collect()),
            heaviest: self.heaviest,
            scale: self.scale.clone(),
            gaps: self.gaps.clone(),
            cells,
            salience: (salience, self.salience.1),
            absent,
            keys: self.keys.iter().map(|key| key.of_units(units)).collect(),
            repeated: 0,
        }
    }

    /// The table of the actors at `actors`, in that order.
    pub fn of_actors(&self, actors: &[usize]) -> Table {
        let width = self.width();
        fn rows<T: Copy>(cells: &[T], actors: &[usize], width: usize) -> Vec<T> {
            actors.iter().flat_map(|row| cells[row * width..(row + 1) * width].iter().copied()).collect()
        }
        Table {
            actors: actors.iter().map(|&row| self.actors[row].clone()).collect(),
            cells: match &self.cells {
                Cells::Codes(codes) => Cells::Codes(rows(codes, actors, width)),
                Cells::Values(values) => Cells::Values(rows(values, actors, width)),
            },
            salience: match self.salience.0.is_empty() {
                true => (Vec::new(), 0.0),
                false => (rows(&self.salience.0, actors, width), self.salience.1),
            },
            absent: if self.absent.is_empty() { Vec::new() } else { rows(&self.absent, actors, width) },
            units: self.units.clone(),
            weights: self.weights.clone(),
            heaviest: self.heaviest,
            scale: self.scale.clone(),
            gaps: self.gaps.clone(),
            keys: self.keys.clone(),
            repeated: 0,
        }
    }

    /// The same table with other codes in its cells.
    pub(super) fn with_codes(&self, codes: Vec<u8>) -> Result<Table> {
        let table = Table { cells: Cells::Codes(codes), ..self.clone() };
        table.check_cells().map(|()| table)
    }

    /// The same cells on another ordered scale: code c becomes `to[c]`.
    pub(super) fn recoded(&self, to: &[u8], levels: Vec<String>) -> Table {
        let mut table = self.clone();
        if let Cells::Codes(codes) = &mut table.cells {
            codes.iter_mut().for_each(|code| *code = to.get(*code as usize).copied().unwrap_or(*code));
        }
        table.scale = Scale::Ordinal { levels };
        table
    }
}

/// Cells that one thread counts sooner than another wakes.
const FEW: usize = 1 << 20;

/// What errors call a table that has no file.
pub(super) const NAME: &str = "positions";

/// The first of the names, sorted, that stands twice.
pub(super) fn twice<T: Ord>(names: &[T]) -> Option<&T> {
    let mut sorted: Vec<&T> = names.iter().collect();
    sorted.sort();
    sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// Refuses a weight that is not finite or below 0.
///
/// # Errors
/// [`Error::Cell`] at `row` of `column`.
pub(super) fn check_weight(what: &str, weight: f64, table: &str, row: RowNumber, column: &str) -> Result<()> {
    if weight.is_finite() && weight >= 0.0 {
        return Ok(());
    }
    let problem = format!("{what} {weight}: expected a finite number of at least 0");
    Err(Error::Cell { table: table.to_owned(), row, column: column.to_owned(), problem })
}
