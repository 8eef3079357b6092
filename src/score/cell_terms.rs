//! What every single issue adds to the tally of one pair.

use super::formula::{Counted, Formula};
use super::measure::{Distance, Measure, view};
use super::table::{Scale, Table};
use crate::error::Result;

/// A table as one measure reads it, issue by issue.
#[derive(Debug)]
pub(super) struct Terms<'t> {
    pub(super) table: std::borrow::Cow<'t, Table>,
    pub(super) formula: Formula,
    nominal: bool,
    levels: usize,
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
    pub(super) fn new(table: &'t Table, measure: Measure, distance: Distance) -> Result<Terms<'t>> {
        let table = view(table, measure)?;
        let nominal = matches!(table.scale(), Scale::Nominal { .. }) || matches!(measure, Measure::Kappa | Measure::Pi);
        let levels = if measure.is_chance_corrected() { table.scale().levels().len() } else { 0 };
        let squared = distance == Distance::Squared && !nominal;
        Ok(Terms { table, formula: Formula { measure, squared }, nominal, levels })
    }

    /// The distance of two positions, 0 to 1.
    pub(super) fn apart(&self, a: f64, b: f64) -> f64 {
        if self.nominal {
            return (a != b) as u8 as f64;
        }
        let apart = (a - b).abs() / self.table.scale().width();
        if self.formula.squared { apart * apart } else { apart }
    }

    pub(super) fn weight(&self, unit: usize) -> f64 {
        self.table.weights().map_or(1.0, |weights| weights[unit])
    }

    /// The issues on which both have a position.
    pub(super) fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = Shared> + '_ {
        (0..self.table.units().len()).filter_map(move |unit| {
            let positions = [self.table.position(a, unit)?, self.table.position(b, unit)?];
            let weight = self.weight(unit);
            Some(Shared { unit, positions, weight, distance: weight * self.apart(positions[0], positions[1]) })
        })
    }

    /// How many numbers an issue adds to: distance, weight, and each level of each actor.
    pub(super) fn width(&self) -> usize {
        2 + 2 * self.levels
    }

    /// What `shared` adds to each of [`Terms::width`] sums.
    pub(super) fn add(&self, shared: &Shared, mut add: impl FnMut(usize, f64)) {
        add(0, shared.distance);
        add(1, shared.weight);
        if self.levels > 0 {
            add(2 + shared.positions[0] as usize, 1.0);
            add(2 + self.levels + shared.positions[1] as usize, 1.0);
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

    /// The least and the greatest agreement of a pair if its missing positions could be anything;
    /// issues for which one of the two was not eligible stay out. `None` for chance-corrected
    /// measures, for `agree2`, and where no issue counts.
    pub(super) fn bounds(&self, a: usize, b: usize) -> Option<(f64, f64)> {
        if self.formula.measure.is_chance_corrected() || self.formula.measure == Measure::Agree2 {
            return None;
        }
        let (low, high) = match self.table.scale() {
            Scale::Interval { low, high } => (*low, *high),
            scale => (0.0, scale.levels().len().saturating_sub(1) as f64),
        };
        let furthest = |x: f64| if self.nominal { 1.0 } else { self.apart(x, low).max(self.apart(x, high)) };
        let (mut near, mut far, mut total) = (0.0, 0.0, 0.0);
        for unit in 0..self.table.units().len() {
            if !(self.table.is_eligible(a, unit) && self.table.is_eligible(b, unit)) {
                continue;
            }
            let weight = self.weight(unit);
            total += weight;
            let most = match (self.table.position(a, unit), self.table.position(b, unit)) {
                (Some(x), Some(y)) => {
                    near += weight * self.apart(x, y);
                    self.apart(x, y)
                }
                (Some(x), None) | (None, Some(x)) => furthest(x),
                (None, None) => 1.0,
            };
            far += weight * most;
        }
        let score = |distance: f64| self.formula.score(Counted { distance, weight: total, margins: &[] });
        Some((score(far)?, score(near)?))
    }
}
