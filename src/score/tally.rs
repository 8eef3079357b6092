//! Additive tallies: everything a score of two actors needs, in whole numbers.

use serde::{Deserialize, Serialize};

use super::kernel::{Dense, MAX_ISSUES, Planes, Term, pair_count, pair_index};
use super::measure::{Distance, Measure, view};
use super::table::{Cells, FIRST_GAP, Scale, Table};
use crate::error::{Error, Result};

/// Counts and sums for every pair of actors of a table.
///
/// Tallies of parts of a table, cut anywhere between issues and merged in any order, give the tally
/// of the whole, to the byte. (Squared distances of fractional values are an exception: there the
/// last digits depend on the cut.)
#[derive(Debug, Clone, PartialEq)]
pub struct PairTally {
    pub(super) head: Head,
    /// Issues on which both have a position.
    pub(super) shared: Vec<u32>,
    /// Σ of distances in units of 2^-grid[0].
    pub(super) distance: Vec<u64>,
    /// Σ of weights in units of 2^-grid[1]; `None` where every issue weighs 1.
    pub(super) weight: Option<Vec<u64>>,
    /// How often each of the two took each level on the shared issues; empty unless asked for.
    pub(super) margins: Vec<u32>,
}

/// What two tallies must have in common to be merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) measure: String,
    pub(super) squared: bool,
    pub(super) levels: Vec<String>,
    pub(super) width: f64,
    pub(super) grid: [i32; 2],
    pub(super) weighted: bool,
    pub(super) actors: Vec<String>,
}

/// Levels up to which an ordered scale is counted in planes.
const THERMOMETER: usize = 9;
/// Bytes that the numbers of all pairs may take.
const MAX_PAIRS: u64 = 200_000_000;

impl PairTally {
    /// The tally of `table` for `measure`; `distance` matters on ordered scales.
    ///
    /// # Errors
    /// [`Error::Option`] where the measure does not fit the table, [`Error::Limit`] for too many
    /// pairs of actors or issues.
    pub fn of(table: &Table, measure: Measure, distance: Distance) -> Result<PairTally> {
        let table = view(table, measure)?;
        check_size(&table)?;
        // Kappa and pi ask for equality, whatever order the levels have.
        let nominal = matches!(table.scale(), Scale::Nominal { .. }) || matches!(measure, Measure::Kappa | Measure::Pi);
        let squared = distance == Distance::Squared && !nominal;
        let width = if nominal { 1.0 } else { table.scale().width() };
        let rows = table.actors().len();
        let mut tally = PairTally {
            head: Head {
                measure: measure.as_str().to_owned(),
                squared,
                levels: table.scale().levels().to_vec(),
                width: if squared { width * width } else { width },
                grid: [0, 0],
                weighted: table.weights().is_some(),
                actors: table.actors().to_vec(),
            },
            shared: Vec::new(),
            distance: Vec::new(),
            weight: None,
            margins: Vec::new(),
        };
        match table.cells() {
            Cells::Codes(codes) if table.weights().is_none() && !squared => tally.count(codes, rows, nominal),
            _ => tally.sum(&table, nominal, squared),
        }
        if let (true, Cells::Codes(codes)) = (measure.is_chance_corrected(), table.cells()) {
            tally.margins = Planes::one_hot(codes, rows, table.scale().levels().len()).margins();
        }
        Ok(tally)
    }

    fn count(&mut self, codes: &[u8], rows: usize, nominal: bool) {
        let levels = self.head.levels.len();
        if !nominal && levels > THERMOMETER {
            let numbers = codes.iter().map(|&code| number(code)).collect();
            self.shared = Planes::thermometer(codes, rows, 1).shared();
            let sums = Dense::new(numbers, rows, self.head.width, None, Term::Absolute).sums();
            // Whole steps: the grid's digits behind the point are all zero.
            self.distance = sums.distance.into_iter().map(|sum| sum >> sums.grid[0]).collect();
            return;
        }
        let counts = match nominal {
            true => Planes::nominal(codes, rows, levels).different(),
            false => Planes::thermometer(codes, rows, levels).steps(),
        };
        self.shared = counts.iter().map(|count| count.0).collect();
        self.distance = counts.iter().map(|count| count.1 as u64).collect();
    }

    fn sum(&mut self, table: &Table, nominal: bool, squared: bool) {
        let rows = table.actors().len();
        let low = if let Scale::Interval { low, .. } = table.scale() { *low } else { 0.0 };
        let (numbers, valid): (Vec<f64>, Vec<u8>) = match table.cells() {
            Cells::Codes(codes) => (codes.iter().map(|&code| number(code)).collect(), codes.clone()),
            Cells::Values(values) => (
                values.iter().map(|value| value - low).collect(),
                values.iter().map(|v| if v.is_nan() { 255 } else { 0 }).collect(),
            ),
        };
        self.shared = Planes::thermometer(&valid, rows, 1).shared();
        drop(valid);
        let term = match (nominal, squared) {
            (true, _) => Term::Unequal,
            (false, true) => Term::Squared,
            (false, false) => Term::Absolute,
        };
        let width = if nominal { 1.0 } else { table.scale().width() };
        let sums = Dense::new(numbers, rows, width, table.weighing(), term).sums();
        self.distance = sums.distance;
        self.weight = sums.weight;
        self.head.grid = sums.grid;
    }

    /// The actors.
    pub fn actors(&self) -> &[String] {
        &self.head.actors
    }

    /// For every pair (0,1), (0,2) … (1,2) …: the issues on which both have a position.
    pub fn shared(&self) -> &[u32] {
        &self.shared
    }

    /// The tally of both together. Actors that only one of them knows keep what they have; where the
    /// weights of the two differ much in size, the sums are rounded to the coarser grid.
    ///
    /// # Errors
    /// [`Error::Format`] where they count different things.
    pub fn merge(mut self, mut other: PairTally) -> Result<PairTally> {
        let plain = |head: &Head| Head { actors: Vec::new(), grid: [0, 0], ..head.clone() };
        let same = plain(&self.head) == plain(&other.head);
        if !same {
            let problem = "the two tallies have another measure, scale or range, or only one has weights".to_owned();
            return Err(Error::Format { file: "tally".to_owned(), problem });
        }
        let grid = [0, 1].map(|side| self.head.grid[side].min(other.head.grid[side]));
        self.coarsen(grid);
        other.coarsen(grid);
        if self.head.actors == other.head.actors {
            return self.add(&other);
        }
        let mut actors: Vec<String> = self.head.actors.iter().chain(&other.head.actors).cloned().collect();
        actors.sort();
        actors.dedup();
        self.spread(&actors).add(&other.spread(&actors))
    }

    /// Rounds the sums to a grid of no more digits.
    fn coarsen(&mut self, grid: [i32; 2]) {
        let round = |sum: &mut u64, by: i32| {
            let by = by.clamp(0, 63) as u32;
            let half = if by > 0 { 1 << (by - 1) } else { 0 };
            *sum = sum.saturating_add(half) >> by;
        };
        let by = [0, 1].map(|side| self.head.grid[side] - grid[side]);
        self.distance.iter_mut().for_each(|sum| round(sum, by[0]));
        self.weight.iter_mut().flatten().for_each(|sum| round(sum, by[1]));
        self.head.grid = grid;
    }

    fn add(mut self, other: &PairTally) -> Result<PairTally> {
        let full = Error::Limit { what: "the sums of a tally", value: u64::MAX, limit: u64::MAX };
        let sum = |into: &mut [u64], from: &[u64]| {
            into.iter_mut().zip(from).try_for_each(|(a, b)| a.checked_add(*b).map(|sum| *a = sum))
        };
        let count = |into: &mut [u32], from: &[u32]| {
            into.iter_mut().zip(from).try_for_each(|(a, b)| a.checked_add(*b).map(|sum| *a = sum))
        };
        let weights = match (&mut self.weight, &other.weight) {
            (Some(into), Some(from)) => sum(into, from),
            _ => Some(()),
        };
        let rest = sum(&mut self.distance, &other.distance)
            .and(count(&mut self.shared, &other.shared))
            .and(count(&mut self.margins, &other.margins));
        weights.and(rest).map(|()| self).ok_or(full)
    }

    /// The same tally among `actors`, sorted, a superset of its own.
    fn spread(&self, actors: &[String]) -> PairTally {
        let rows = actors.len();
        let place: Vec<usize> =
            self.head.actors.iter().map(|actor| actors.partition_point(|other| other < actor)).collect();
        let width = if self.margins.is_empty() { 0 } else { 2 * self.head.levels.len() };
        let mut wide = PairTally {
            head: Head { actors: actors.to_vec(), ..self.head.clone() },
            shared: vec![0; pair_count(rows)],
            distance: vec![0; pair_count(rows)],
            weight: self.weight.as_ref().map(|_| vec![0; pair_count(rows)]),
            margins: vec![0; pair_count(rows) * width],
        };
        let mut from = 0;
        for i in 0..place.len() {
            for j in i + 1..place.len() {
                let swapped = place[i] > place[j];
                let to = pair_index(rows, place[i].min(place[j]), place[i].max(place[j]));
                wide.shared[to] = self.shared[from];
                wide.distance[to] = self.distance[from];
                if let (Some(wide), Some(own)) = (&mut wide.weight, &self.weight) {
                    wide[to] = own[from];
                }
                let own = &self.margins[from * width..(from + 1) * width];
                let slot = &mut wide.margins[to * width..(to + 1) * width];
                slot.copy_from_slice(own);
                if swapped {
                    slot.rotate_left(width / 2);
                }
                from += 1;
            }
        }
        wide
    }
}

/// A code as the number of its level.
pub(super) fn number(code: u8) -> f64 {
    if code < FIRST_GAP { code as f64 } else { f64::NAN }
}

fn check_size(table: &Table) -> Result<()> {
    let pairs = pair_count(table.actors().len()) as u64;
    if pairs > MAX_PAIRS {
        return Err(Error::Limit { what: "pairs of actors", value: pairs, limit: MAX_PAIRS });
    }
    let issues = table.units().len() as u64;
    if issues > MAX_ISSUES {
        return Err(Error::Limit { what: "issues", value: issues, limit: MAX_ISSUES });
    }
    Ok(())
}
