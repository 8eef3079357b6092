//! How often each actor took each side of each concept: what networks of statements are made from.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::window::{civil, days_of};
use crate::error::{Choice, Error, Result};
use crate::score::table::Table;
use crate::score::table::scale::{FIRST_GAP, Scale};

/// Which statements of one actor on one concept with one level count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Repeats {
    /// Every one.
    #[default]
    Every,
    /// The first one for each value of this attribute of the issues (a document); the first in all where there is
    /// no attribute.
    Once(Option<String>),
    /// The first one of each period, by the days that this attribute holds.
    OnceA(Period, String),
}

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// An ISO week, from Monday on.
    Week,
    /// A month of one year.
    Month,
    /// A year.
    Year,
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(word: &str) -> Result<Period> {
        let all = [("week", Period::Week), ("month", Period::Month), ("year", Period::Year)];
        Choice::new("duplicates", all).pick(word)
    }
}

impl Period {
    /// What all days of one period have in common; `day` counts from 1970.
    fn label(self, day: i64) -> String {
        let date = civil(day);
        match self {
            Period::Week => {
                let week = date.iso_week_date();
                format!("{} {}", week.year(), week.week())
            }
            Period::Month => format!("{} {}", date.year(), date.month()),
            Period::Year => date.year().to_string(),
        }
    }
}

/// Statements of actors × concepts × levels; the issues of a table are the concepts, pooled over
/// meetings.
///
/// A statement on an issue of weight w counts √w, so that a pair of statements counts √(w·w′); 1 without weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Statements {
    /// The concepts, sorted.
    pub concepts: Vec<String>,
    /// How many statements of each actor count, whatever their weight.
    pub said: Vec<u64>,
    levels: usize,
    counts: Vec<f64>,
}

impl Statements {
    /// Counts the positions of `table`; cells without a position count for nothing, nor do issues of weight 0.
    ///
    /// # Errors
    /// [`Error::Option`] for a table of numbers or an attribute that holds no days, [`Error::Missing`] for one that
    /// is not there.
    pub fn of(table: &Table, repeats: &Repeats) -> Result<Statements> {
        if matches!(table.scale(), Scale::Interval { .. }) {
            let expected = "levels, nominal or ordinal, to count statements".to_owned();
            return Err(Error::Option { name: "table", got: "numbers".to_owned(), expected });
        }
        let labels = labels(table, repeats)?;
        let mut concepts: Vec<String> = table.units().iter().map(|unit| unit.issue.clone()).collect();
        concepts.sort();
        concepts.dedup();
        let (rows, levels) = (table.actors().len(), table.scale().levels().len());
        let counts = vec![0.0; rows * concepts.len() * levels];
        let mut groups = BTreeMap::<(usize, &Option<String>), Vec<usize>>::new();
        for (at, unit) in table.units().iter().enumerate() {
            let concept = concepts.partition_point(|concept| *concept < unit.issue);
            groups.entry((concept, &labels[at])).or_default().push(at);
        }
        let mut found = Statements { counts, concepts: Vec::new(), said: vec![0; rows], levels };
        for ((concept, _), units) in groups {
            found.add(table, concept + 1, concepts.len(), &units, *repeats != Repeats::Every);
        }
        found.concepts = concepts;
        Ok(found)
    }

    /// Adds the statements on the concept number `place`, from 1, of `of`.
    fn add(&mut self, table: &Table, place: usize, of: usize, units: &[usize], once: bool) {
        for actor in 0..table.actors().len() {
            let start = (actor * of + place - 1) * self.levels;
            let counts = &mut self.counts[start..start + self.levels];
            let mut seen = vec![false; self.levels];
            for &unit in units {
                let weight = table.weights().map_or(1.0, |weights| weights[unit]);
                let code = table.code(actor, unit);
                if code >= FIRST_GAP || weight <= 0.0 {
                    continue;
                }
                let repeated = std::mem::replace(&mut seen[code as usize], true);
                if !(once && repeated) {
                    counts[code as usize] += weight.sqrt();
                    self.said[actor] += 1;
                }
            }
        }
    }

    /// The statements of one actor on one concept, level by level.
    pub fn sides(&self, actor: usize, concept: usize) -> &[f64] {
        let start = (actor * self.concepts.len() + concept) * self.levels;
        &self.counts[start..start + self.levels]
    }

    /// The statements of one actor on one concept.
    pub fn on(&self, actor: usize, concept: usize) -> f64 {
        self.sides(actor, concept).iter().sum()
    }

    /// All statements of one actor.
    pub fn by(&self, actor: usize) -> f64 {
        (0..self.concepts.len()).map(|concept| self.on(actor, concept)).sum()
    }
}

/// What repeats share, issue by issue.
fn labels(table: &Table, repeats: &Repeats) -> Result<Vec<Option<String>>> {
    match repeats {
        Repeats::Every | Repeats::Once(None) => Ok(vec![None; table.width()]),
        Repeats::Once(Some(within)) => Ok(table.key(within)?.into_iter().map(|key| key.map(str::to_owned)).collect()),
        Repeats::OnceA(period, by) => {
            let label = |day: Option<i64>| day.map(|day| period.label(day));
            Ok(days_of(table, by)?.into_iter().map(label).collect())
        }
    }
}
