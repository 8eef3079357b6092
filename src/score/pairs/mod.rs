//! The scores of every pair of actors of a table, with what is known of their certainty.

pub mod bootstrap;
mod bounds;
mod cell_terms;
mod formula;
pub mod measure;
mod merging;
pub mod recoding;
pub mod salience;
mod salient;
mod scores;
mod stored;
pub mod tally;

use std::sync::{Arc, OnceLock};

use self::bootstrap::Bootstrap;
use self::cell_terms::Terms;
use self::formula::tau_b_share;
use self::measure::{Distance, Measure};
use self::salience::Salience;
use self::tally::{PairTally, Tallied};
use crate::error::{Error, Result};
use crate::score::networks::ties::Ties;
use crate::score::table::{Cells, Scale, Table};
use crate::stop::Stop;

/// What to score.
#[derive(Debug, Clone, PartialEq)]
pub struct PairOptions {
    /// Attributes of the issues that part them; no parting where empty.
    pub by: Vec<String>,
    /// The actors to score, in this order; all where `None`.
    pub actors: Option<Vec<String>>,
    /// The measure.
    pub measure: Measure,
    /// How distance grows on ordered scales.
    pub distance: Distance,
    /// How salience becomes weight; `None` leaves it out.
    pub salience: Option<Salience>,
    /// A pair that shares fewer issues has a null score.
    pub min_shared: u32,
    /// Intervals, where asked for.
    pub bootstrap: Option<Bootstrap>,
}

impl PairOptions {
    /// What the tally depends on.
    pub fn tallied(&self) -> Tallied {
        Tallied { measure: self.measure, distance: self.distance, salience: self.salience }
    }

    fn terms<'t>(&self, table: &'t Table) -> Result<Terms<'t>> {
        Terms::new(table, self.measure, self.distance, self.salience)
    }
}

/// Scores of all pairs, part by part.
#[derive(Debug)]
pub struct PairScores {
    /// What was asked for.
    pub options: PairOptions,
    /// The table that was scored.
    pub table: Arc<Table>,
    /// One for each combination of the values of `by`, sorted.
    pub parts: Vec<ScoredPart>,
}

/// The scores over the issues of one part.
#[derive(Debug)]
pub struct ScoredPart {
    /// The values of `by`.
    pub key: Vec<Option<String>>,
    /// The issues of the part.
    pub table: Arc<Table>,
    /// What the scores are made from.
    pub tally: PairTally,
    /// The score of every pair, once somebody asked.
    scores: OnceLock<Vec<Option<f64>>>,
    min_shared: u32,
    /// The interval of every pair's score; empty where none was asked for.
    pub intervals: Vec<Option<(f64, f64)>>,
}

/// What one issue does to the score of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitShare {
    /// The place of the issue in the table.
    pub unit: usize,
    /// The two positions, as the table names them.
    pub positions: [String; 2],
    /// The weight of the issue.
    pub weight: f64,
    /// What it adds: the contributions of all issues sum to the score.
    pub contribution: f64,
    /// The score without this issue; `None` where it is then undefined.
    pub without: Option<f64>,
}

impl PairScores {
    /// Scores `table`.
    ///
    /// # Errors
    /// [`Error::Option`] where measure, scale, weights or numbers do not fit, [`Error::Missing`] for
    /// an actor or attribute that is not there, [`Error::Limit`] for what is too large.
    pub fn of(table: Arc<Table>, options: PairOptions) -> Result<PairScores> {
        PairScores::of_with(table, options, &Stop::default())
    }

    /// The same, ended within a tenth of a second where `stop` asks for it.
    ///
    /// # Errors
    /// As [`PairScores::of`], and [`Error::Stopped`].
    pub fn of_with(table: Arc<Table>, options: PairOptions, stop: &Stop) -> Result<PairScores> {
        let table = match &options.actors {
            Some(names) => {
                let places: Vec<usize> = names.iter().map(|name| table.actor(name)).collect::<Result<_>>()?;
                if let Some(name) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
                    let expected = "every actor once".to_owned();
                    return Err(Error::Option { name: "actors", got: format!("'{}' twice", name.1), expected });
                }
                Arc::new(table.of_actors(&places))
            }
            None => table,
        };
        if let Some(bootstrap) = &options.bootstrap {
            bootstrap.check(table.width())?;
        }
        if options.by.is_empty() {
            let parts = vec![ScoredPart::of(Vec::new(), table.clone(), &options, stop)?];
            return Ok(PairScores { options, table, parts });
        }
        let keyed = table.parts(&options.by)?;
        let mut parts = Vec::with_capacity(keyed.len());
        stop.expect(keyed.len());
        for part in keyed {
            let of_part = Arc::new(table.of_units(&part.units));
            parts.push(ScoredPart::of(part.key, of_part, &options, &stop.within())?);
            stop.step()?;
        }
        Ok(PairScores { options, table, parts })
    }

    /// The scores as a square, row by row, NaN where undefined; 1 for an actor with itself.
    ///
    /// # Errors
    /// [`Error::Option`] for scores that are split: no single number stands for a pair.
    pub fn matrix(&self) -> Result<Vec<f64>> {
        self.whole("a matrix")?.tally.matrix(self.options.min_shared)
    }

    /// The scores as a network.
    ///
    /// # Errors
    /// [`Error::Option`] for scores that are split: no single number stands for a pair.
    pub fn ties(&self) -> Result<Ties> {
        let part = self.whole("a network")?;
        Ok(Ties {
            measure: self.options.measure.as_str().to_owned(),
            actors: self.table.actors().to_vec(),
            scores: part.scores().to_vec(),
            shared: part.tally.shared().iter().map(|n| f64::from(*n)).collect(),
            greatest: (self.options.measure != Measure::ExcessS).then_some(1.0),
        })
    }

    fn whole(&self, purpose: &str) -> Result<&ScoredPart> {
        match (self.parts.first(), self.options.by.is_empty()) {
            (Some(part), true) => Ok(part),
            _ => {
                let expected = format!("scores that are not split, for {purpose}");
                Err(Error::Option { name: "by", got: self.options.by.join(", "), expected })
            }
        }
    }

    /// What each issue does to the score of two actors, over all issues whatever `by` says.
    ///
    /// # Errors
    /// [`Error::Missing`] for an actor that is not there.
    pub fn explain(&self, actor_a: &str, actor_b: &str) -> Result<Vec<UnitShare>> {
        let (a, b) = (self.table.actor(actor_a)?, self.table.actor(actor_b)?);
        let terms = self.options.terms(&self.table)?;
        let sums = terms.sums(a, b);
        let Some(_) = terms.score(&sums) else { return Ok(Vec::new()) };
        let share = |shared| share_of(&terms, &self.table, &sums, [a, b], shared);
        Ok(terms.shared(a, b).map(share).collect())
    }
}

fn share_of(
    terms: &Terms,
    table: &Table,
    sums: &[f64],
    pair: [usize; 2],
    shared: self::cell_terms::Shared,
) -> UnitShare {
    let mut rest = sums.to_vec();
    terms.add(&shared, |at, x| rest[at] -= x);
    // With everything else kept, the score is linear in the distance: this part of it.
    let mut alone = sums.to_vec();
    alone[0] = if shared.weight > 0.0 { shared.distance * sums[1] / shared.weight } else { 0.0 };
    let contribution = match terms.formula.measure {
        Measure::TauB => tau_b_share(&sums[2..], shared.positions.map(|position| position as usize)),
        _ => terms.score(&alone).map_or(0.0, |score| score * shared.weight / sums[1]),
    };
    let text = |actor: usize| match table.cells() {
        Cells::Codes(_) => table.scale().levels()[table.code(actor, shared.unit) as usize].clone(),
        Cells::Values(_) => table.position(actor, shared.unit).map(|x| x.to_string()).unwrap_or_default(),
    };
    let counts = rest[1] > 0.0 && terms.table.weights().is_none_or(|_| rest[1] > 1e-12 * sums[1]);
    UnitShare {
        unit: shared.unit,
        positions: pair.map(text),
        weight: shared.weight,
        contribution,
        without: if counts { terms.score(&rest) } else { None },
    }
}

impl ScoredPart {
    fn of(key: Vec<Option<String>>, table: Arc<Table>, options: &PairOptions, stop: &Stop) -> Result<ScoredPart> {
        let tally = PairTally::of_with(&table, &options.tallied(), stop)?;
        let (scores, min_shared) = (OnceLock::new(), options.min_shared);
        let mut part = ScoredPart { key, table, tally, scores, min_shared, intervals: Vec::new() };
        if let Some(bootstrap) = options.bootstrap.as_ref().filter(|bootstrap| bootstrap.replicates > 0) {
            let intervals = bootstrap.intervals(&options.terms(&part.table)?, stop)?.into_iter().zip(part.scores());
            part.intervals = intervals.map(|(interval, score)| interval.filter(|_| score.is_some())).collect();
        }
        Ok(part)
    }

    /// The score of every pair (0,1), (0,2) … (1,2) …; `None` where it is undefined or too few issues are shared.
    pub fn scores(&self) -> &[Option<f64>] {
        self.scores.get_or_init(|| self.tally.scores(self.min_shared))
    }

    /// The worst and the best score of every pair if missing positions could be anything.
    ///
    /// # Errors
    /// As [`PairTally::of`].
    pub fn bounds(&self, options: &PairOptions, stop: &Stop) -> Result<Vec<Option<(f64, f64)>>> {
        use rayon::prelude::*;
        let rows = self.table.actors().len();
        let plain = matches!(self.table.scale(), Scale::Nominal { .. })
            && options.measure == Measure::Agreement
            && self.table.weights().is_none()
            && options.salience.is_none()
            && !self.table.has_ineligible();
        if plain {
            let all = self.table.width() as f64;
            let bound = |(shared, apart): (&u32, &u64)| {
                let (shared, apart) = (*shared as f64, *apart as f64);
                (all > 0.0).then(|| ((shared - apart) / all, (all - apart) / all))
            };
            return Ok(self.tally.shared.iter().zip(&self.tally.distance).map(bound).collect());
        }
        let terms = options.terms(&self.table)?;
        let of_pair = |i, j| if stop.is_set() { None } else { terms.bounds(i, j) };
        let of_row = |i: usize| (i + 1..rows).map(|j| of_pair(i, j)).collect::<Vec<_>>();
        let bounds = (0..rows).into_par_iter().flat_map_iter(of_row).collect();
        stop.check().map(|()| bounds)
    }
}
