//! Additive tallies: everything a score of two actors needs, in whole numbers.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::cell_terms::Terms;
use super::measure::{Distance, Measure, is_nominal, view};
use super::salience::Salience;
use crate::error::{Error, Result};
use crate::memory;
use crate::score::kernel::{Dense, EQUAL_LEVELS, MAX_ISSUES, Planes, Term, equal, joint, margins, pair_count};
use crate::score::table::{Cells, FIRST_GAP, NOT_STATED, Scale, Table};
use crate::stop::Stop;

/// Counts and sums for every pair of actors of a table.
///
/// Tallies of parts of a table, cut anywhere between issues and merged in any order, give the tally
/// of the whole, to the byte. Where issues have weights, tables that are read apart need the same
/// [`Table::with_heaviest`] for that: it sets the grid of the sums.
#[derive(Debug, Clone, PartialEq)]
pub struct PairTally {
    pub(super) head: Head,
    /// Issues on which both have a position.
    pub(super) shared: Vec<u32>,
    /// Σ of distances in units of 2^-`grid[0]`.
    pub(super) distance: Vec<u64>,
    /// Σ of weights in units of 2^-`grid[1]`; `None` where every issue weighs 1.
    pub(super) weight: Option<Vec<u64>>,
    /// How often each of the two took each level on the shared issues, or both took each two levels; empty
    /// unless asked for.
    pub(super) margins: Vec<u32>,
    /// Issues on which each actor has a position.
    pub(super) own: Vec<u32>,
}

/// What a tally is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tallied {
    /// The measure.
    pub measure: Measure,
    /// How distance grows on ordered scales.
    pub distance: Distance,
    /// How salience becomes weight; `None` leaves it out.
    pub salience: Option<Salience>,
}

/// What two tallies must have in common to be merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Head {
    pub(super) measure: String,
    pub(super) squared: bool,
    /// Levels without an order: what each part has not seen may be added.
    pub(super) nominal: bool,
    pub(super) levels: Vec<String>,
    #[serde(with = "crate::score::stored::bits")]
    pub(super) width: f64,
    pub(super) grid: [i32; 2],
    pub(super) weighted: bool,
    pub(super) salience: Option<String>,
    pub(super) actors: Vec<String>,
}

impl Head {
    /// How many counts of levels each pair has.
    pub(super) fn level_counts(&self) -> usize {
        self.measure.parse::<Measure>().map_or(0, |measure| measure.level_counts(self.levels.len()))
    }
}

/// Levels up to which an ordered scale is counted in planes.
const THERMOMETER: usize = 9;
/// Pairs that can be tallied.
pub(super) const MAX_PAIRS: u64 = 200_000_000;
/// Bytes that a pair takes while it is tallied, at most: two sums, twice, and a count.
const PAIR_BYTES: u64 = 36;
/// Counts of levels that a tally may hold, 4 bytes each.
const MAX_COUNTS: u64 = 1_000_000_000;

impl PairTally {
    /// The tally of `table` for `measure`; `distance` matters on ordered scales.
    ///
    /// # Errors
    /// [`Error::Option`] where the measure does not fit the table, [`Error::Limit`] for too many
    /// pairs of actors or issues.
    pub fn of(table: &Table, measure: Measure, distance: Distance) -> Result<PairTally> {
        PairTally::of_with(table, &Tallied { measure, distance, salience: None }, &Stop::default())
    }

    /// The same, ended within a tenth of a second where `stop` asks for it.
    ///
    /// # Errors
    /// As [`PairTally::of`], and [`Error::Stopped`].
    pub fn of_with(table: &Table, of: &Tallied, stop: &Stop) -> Result<PairTally> {
        let Tallied { measure, distance, salience } = *of;
        stop.check()?;
        if let Some(salience) = salience {
            let terms = Terms::new(table, measure, distance, Some(salience))?;
            check_size(&terms.table)?;
            let mut tally = PairTally::empty(&terms.table, of);
            tally.sum_salient(&terms, salience, stop);
            return stop.check().map(|()| tally);
        }
        let table = view(table, measure)?;
        check_size(&table)?;
        check_counts(&table, measure)?;
        let slice = slice(&table, measure, distance);
        if table.width() <= slice {
            let tally = PairTally::at_once(&table, of, stop)?;
            return stop.check().map(|()| tally);
        }
        let units: Vec<usize> = (0..table.width()).collect();
        let mut tally: Option<PairTally> = None;
        stop.expect(units.len().div_ceil(slice));
        for units in units.chunks(slice) {
            let part = PairTally::at_once(&table.of_units(units), of, stop)?;
            tally = Some(match tally {
                Some(tally) => tally.merge(part)?,
                None => part,
            });
            stop.step()?;
        }
        tally.ok_or(Error::Stopped)
    }

    /// A tally of nothing yet.
    fn empty(table: &Table, of: &Tallied) -> PairTally {
        let squared = of.distance == Distance::Squared && !is_nominal(table, of.measure);
        let width = if is_nominal(table, of.measure) { 1.0 } else { table.scale().width() };
        PairTally {
            head: Head {
                measure: of.measure.as_str().to_owned(),
                squared,
                nominal: matches!(table.scale(), Scale::Nominal { .. }),
                levels: table.scale().levels().to_vec(),
                width: if squared { width * width } else { width },
                grid: [0, 0],
                weighted: table.weights().is_some(),
                salience: of.salience.map(|salience| salience.as_str().to_owned()),
                actors: table.actors().to_vec(),
            },
            shared: Vec::new(),
            distance: Vec::new(),
            weight: None,
            margins: Vec::new(),
            own: table.positions(),
        }
    }

    /// The tally of a table that the measure can read as it is; of no use once `stop` is set.
    fn at_once(table: &Table, of: &Tallied, stop: &Stop) -> Result<PairTally> {
        let (nominal, rows) = (is_nominal(table, of.measure), table.actors().len());
        let mut tally = PairTally::empty(table, of);
        let levels = tally.head.levels.len();
        if let (Measure::TauB, Cells::Codes(codes)) = (of.measure, table.cells()) {
            tally.margins = joint(codes, rows, levels, stop);
            tally.sum_joint(rows);
            return Ok(tally);
        }
        match table.cells() {
            Cells::Codes(codes) if table.weights().is_none() && !tally.head.squared => {
                tally.count(codes, rows, nominal);
            }
            _ => tally.sum(table, nominal, tally.head.squared),
        }
        if let (true, Cells::Codes(codes)) = (of.measure.counts_levels(), table.cells()) {
            tally.margins = margins(codes, rows, levels, &tally.shared, stop);
        }
        Ok(tally)
    }

    /// What the counts of each two levels say of shared issues and distances.
    fn sum_joint(&mut self, rows: usize) {
        let (levels, squared) = (self.head.levels.len().max(1), self.head.squared);
        let apart = |at: usize| {
            let steps = (at / levels).abs_diff(at % levels) as u64;
            if squared { steps * steps } else { steps }
        };
        let pairs = self.margins.chunks(levels * levels);
        self.shared = pairs.clone().map(|counts| counts.iter().sum()).collect();
        let sum = |counts: &[u32]| counts.iter().enumerate().map(|(at, count)| u64::from(*count) * apart(at)).sum();
        self.distance = pairs.map(sum).collect();
        self.shared.resize(pair_count(rows), 0);
        self.distance.resize(pair_count(rows), 0);
    }

    fn count(&mut self, codes: &[u8], rows: usize, nominal: bool) {
        let levels = self.head.levels.len();
        if !nominal && levels > THERMOMETER {
            let numbers: Vec<f64> = codes.iter().map(|&code| number(code)).collect();
            self.shared = shared(codes, rows);
            let sums = Dense::new(&numbers, rows, (0.0, self.head.width), None, Term::Absolute).sums();
            // Whole steps: the grid's digits behind the point are all zero.
            self.distance = sums.distance.into_iter().map(|sum| sum >> sums.grid[0]).collect();
            return;
        }
        let counts = match nominal {
            true if levels <= EQUAL_LEVELS => equal(codes, rows, levels),
            true => Planes::nominal(codes, rows, levels).different(),
            false => Planes::thermometer(codes, rows, levels).steps(),
        };
        (self.shared, self.distance) = (counts.shared, counts.apart);
    }

    fn sum(&mut self, table: &Table, nominal: bool, squared: bool) {
        let rows = table.actors().len();
        let numbers: Cow<[f64]> = match table.cells() {
            Cells::Codes(codes) => codes.iter().map(|&code| number(code)).collect(),
            Cells::Values(values) => values.into(),
        };
        self.shared = match table.cells() {
            Cells::Codes(codes) => shared(codes, rows),
            Cells::Values(values) => {
                let stated: Vec<u8> = values.par_iter().map(|v| if v.is_nan() { NOT_STATED } else { 0 }).collect();
                shared(&stated, rows)
            }
        };
        let term = match (nominal, squared) {
            (true, _) => Term::Unequal,
            (false, true) => Term::Squared,
            (false, false) => Term::Absolute,
        };
        let range = match table.scale() {
            Scale::Interval { low, high } => (*low, *high),
            scale => (0.0, scale.width()),
        };
        let sums = Dense::new(&numbers, rows, range, table.weighing(), term).sums();
        self.distance = sums.distance;
        self.weight = sums.weight;
        self.head.grid = sums.grid;
    }

    /// The measure's name.
    pub fn measure(&self) -> &str {
        &self.head.measure
    }

    /// The actors.
    pub fn actors(&self) -> &[String] {
        &self.head.actors
    }

    /// For every pair (0,1), (0,2) … (1,2) …: the issues on which both have a position.
    pub fn shared(&self) -> &[u32] {
        &self.shared
    }
}

/// For every pair the issues on which both have a code.
fn shared(codes: &[u8], rows: usize) -> Vec<u32> {
    let stated: Vec<u8> = codes.iter().map(|code| code & FIRST_GAP).collect();
    equal(&stated, rows, 1).shared
}

/// A code as the number of its level.
pub(super) fn number(code: u8) -> f64 {
    if code < FIRST_GAP { code as f64 } else { f64::NAN }
}

/// Issues that are tallied in one go, so that a stop is seen in time; tables of usual size are one. The counts of levels
/// look at it themselves.
fn slice(table: &Table, measure: Measure, distance: Distance) -> usize {
    if measure == Measure::TauB {
        return table.width();
    }
    let planes = matches!(table.cells(), Cells::Codes(_)) && table.weights().is_none();
    let cells = if planes && distance == Distance::Absolute { 6_000_000_000 } else { 1_500_000_000 };
    (cells / pair_count(table.actors().len()).max(1)).next_multiple_of(SLICE).max(SLICE)
}

/// Slices are whole blocks of the kernels.
const SLICE: usize = 4096;

fn check_counts(table: &Table, measure: Measure) -> Result<()> {
    let levels = measure.level_counts(table.scale().levels().len());
    let value = (pair_count(table.actors().len()) * levels) as u64;
    match value > MAX_COUNTS {
        true => Err(Error::Limit { what: "counts of levels of pairs", value, limit: MAX_COUNTS }),
        false => memory::check("counts of levels of all pairs", 4 * value, "fewer levels need less"),
    }
}

fn check_size(table: &Table) -> Result<()> {
    let pairs = pair_count(table.actors().len()) as u64;
    if pairs > MAX_PAIRS {
        return Err(Error::Limit { what: "pairs of actors", value: pairs, limit: MAX_PAIRS });
    }
    let issues = table.width() as u64;
    if issues > MAX_ISSUES {
        return Err(Error::Limit { what: "issues", value: issues, limit: MAX_ISSUES });
    }
    memory::check("a tally of all pairs", pairs * PAIR_BYTES, "fewer actors, or blocks of them, need less")
}
