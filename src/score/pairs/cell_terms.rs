//! What every single issue adds to the tally of one pair.

use super::formula::{Counted, Formula};
use super::measure::{Distance, Measure, is_nominal, view};
use super::salience::Salience;
use crate::error::Result;
use crate::score::table::{ABSTAINED, Table};

/// A table as one measure reads it, issue by issue.
#[derive(Debug)]
pub(super) struct Terms<'t> {
    pub(super) table: std::borrow::Cow<'t, Table>,
    pub(super) formula: Formula,
    pub(super) nominal: bool,
    pub(super) levels: usize,
    salience: Option<Salience>,
}

/// One issue on which both have a position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    /// The place of the issue.
    pub(super) unit: usize,
    /// The two positions.
    pub(super) positions: [f64; 2],
    /// Its weight.
    pub(super) weight: f64,
    /// The weight times the distance over the greatest possible one.
    pub(super) distance: f64,
}

impl<'t> Terms<'t> {
    pub(super) fn new(
        table: &'t Table,
        measure: Measure,
        distance: Distance,
        salience: Option<Salience>,
    ) -> Result<Terms<'t>> {
        if let Some(salience) = salience {
            salience.check(table, measure)?;
        }
        let table = view(table, measure)?;
        let nominal = is_nominal(&table, measure);
        let levels = if measure.counts_levels() { table.scale().levels().len() } else { 0 };
        let squared = distance == Distance::Squared && !nominal;
        Ok(Terms { table, formula: Formula { measure, squared }, nominal, levels, salience })
    }

    /// The distance of two positions, 0 to 1.
    pub(super) fn apart(&self, a: f64, b: f64) -> f64 {
        if self.nominal {
            return (a != b) as u8 as f64;
        }
        let apart = (a - b).abs() / self.table.scale().width();
        if self.formula.squared { apart * apart } else { apart }
    }

    /// What an issue weighs for a pair.
    pub(super) fn weight(&self, a: usize, b: usize, unit: usize) -> f64 {
        let weight = self.table.weights().map_or(1.0, |weights| weights[unit]);
        let of = |actor| self.table.salience_of(actor, unit);
        self.salience.map_or(weight, |salience| weight * salience.of(of(a), of(b)))
    }

    /// Whether the measure leaves out what the actor stated.
    pub(super) fn is_dropped(&self, actor: usize, unit: usize) -> bool {
        self.table.code(actor, unit) == ABSTAINED
    }

    /// The issues on which both have a position.
    pub(super) fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = Shared> + '_ {
        (0..self.table.width()).filter_map(move |unit| {
            let positions = [self.table.position(a, unit)?, self.table.position(b, unit)?];
            let weight = self.weight(a, b, unit);
            Some(Shared { unit, positions, weight, distance: weight * self.apart(positions[0], positions[1]) })
        })
    }

    /// How many numbers an issue adds to: distance, weight, and the counts of levels.
    pub(super) fn width(&self) -> usize {
        2 + self.formula.measure.level_counts(self.levels)
    }

    /// What `shared` adds to each of [`Terms::width`] sums.
    pub(super) fn add(&self, shared: &Shared, mut add: impl FnMut(usize, f64)) {
        add(0, shared.distance);
        add(1, shared.weight);
        let [a, b] = shared.positions.map(|position| position as usize);
        match self.formula.measure {
            Measure::TauB => add(2 + a * self.levels + b, 1.0),
            _ if self.levels > 0 => {
                add(2 + a, 1.0);
                add(2 + self.levels + b, 1.0);
            }
            _ => {}
        }
    }

    /// The score of [`Terms::width`] sums.
    pub(super) fn score(&self, sums: &[f64]) -> Option<f64> {
        self.formula.score(Counted { distance: sums[0], weight: sums[1], margins: &sums[2..] })
    }

    /// The sums over the shared issues of a pair.
    pub(super) fn sums(&self, a: usize, b: usize) -> Vec<f64> {
        let mut sums = vec![0.0; self.width()];
        self.shared(a, b).for_each(|shared| self.add(&shared, |at, x| sums[at] += x));
        sums
    }
}
