//! How often each actor took each side of each concept: what networks of statements are made from.

use super::scale::{FIRST_GAP, Scale};
use super::table::Table;
use crate::error::{Error, Result};

/// Which statements of one actor on one concept with one level count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Repeats {
    /// Every one.
    #[default]
    Every,
    /// One for each value of this attribute of the issues (a document, a month); one in all where
    /// there is no attribute.
    Once(Option<String>),
}

/// Statements of actors × concepts × levels; the issues of a table are the concepts, pooled over
/// meetings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statements {
    /// The concepts, sorted.
    pub concepts: Vec<String>,
    levels: usize,
    counts: Vec<u32>,
}

impl Statements {
    /// Counts the positions of `table`; cells without a position count for nothing.
    ///
    /// # Errors
    /// [`Error::Option`] for a table of numbers or one with weights, [`Error::Missing`] for an
    /// attribute that is not there.
    pub fn of(table: &Table, repeats: &Repeats) -> Result<Statements> {
        let refuse = |got: &str, expected: &str| {
            Err(Error::Option { name: "table", got: got.to_owned(), expected: expected.to_owned() })
        };
        if matches!(table.scale(), Scale::Interval { .. }) {
            return refuse("numbers", "levels, nominal or ordinal, to count statements");
        }
        if table.weights().is_some() {
            return refuse("weights", "issues without weights, to count statements");
        }
        let mut by = vec!["issue".to_owned()];
        if let Repeats::Once(Some(within)) = repeats {
            by.push(within.clone());
        }
        let parts = table.parts(&by)?;
        let mut concepts: Vec<String> = parts.iter().filter_map(|part| part.key[0].clone()).collect();
        concepts.dedup();
        let levels = table.scale().levels().len();
        let mut found =
            Statements { counts: vec![0; table.actors().len() * concepts.len() * levels], concepts, levels };
        for part in &parts {
            let Some(Ok(at)) = part.key[0].as_ref().map(|concept| found.concepts.binary_search(concept)) else {
                continue;
            };
            found.add(table, at, &part.units, *repeats != Repeats::Every);
        }
        Ok(found)
    }

    fn add(&mut self, table: &Table, concept: usize, units: &[usize], once: bool) {
        for actor in 0..table.actors().len() {
            let start = (actor * self.concepts.len() + concept) * self.levels;
            let counts = &mut self.counts[start..start + self.levels];
            let mut seen = vec![false; self.levels];
            for code in units.iter().map(|&unit| table.code(actor, unit)).filter(|&code| code < FIRST_GAP) {
                let repeated = std::mem::replace(&mut seen[code as usize], true);
                if !(once && repeated) {
                    counts[code as usize] += 1;
                }
            }
        }
    }

    /// The statements of one actor on one concept, level by level.
    pub fn sides(&self, actor: usize, concept: usize) -> &[u32] {
        let start = (actor * self.concepts.len() + concept) * self.levels;
        &self.counts[start..start + self.levels]
    }

    /// The statements of one actor on one concept.
    pub fn on(&self, actor: usize, concept: usize) -> u64 {
        self.sides(actor, concept).iter().map(|&count| u64::from(count)).sum()
    }

    /// All statements of one actor.
    pub fn by(&self, actor: usize) -> u64 {
        (0..self.concepts.len()).map(|concept| self.on(actor, concept)).sum()
    }
}
