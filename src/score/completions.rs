//! What anonymous groups leave open, carried into measures of all actors at once.
//!
//! Cohesion on an issue depends on the sizes of the two sides alone, so its bounds are sharp. Measures that take who sits
//! where into account (alpha over issues, congruence, camps) are scored on completions: every cell is seated as the group
//! model has it, independently of the others, and the measure taken of the table that comes out. Their ends are those of
//! the completions drawn, and lie within the true ones.

use rayon::prelude::*;

use super::cohesion::Cohesion;
use super::kernel::random::Random;
use super::networks::congruence::{Congruence, CongruenceOptions};
use super::networks::ties::Linkage;
use super::pairs::bootstrap::quantile;
use super::pairs::measure::{Distance, Measure};
use super::pairs::{PairOptions, PairScores};
use super::raters::alpha::{AlphaTally, Metric};
use super::table::{Cells, FIRST_GAP, Gap, NOT_STATED, Scale, Table, Unit};
use crate::error::{Error, Result};
use crate::group::{Cell, Class, Seat, cells};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus};
use crate::stop::Stop;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Draws {
    /// Completions.
    pub number: usize,
    /// Completion d is drawn from stream d of this seed.
    pub seed: u64,
    /// The share of completions between the ends.
    pub level: f64,
}

/// A measure over completions. Completions in which it is undefined do not count.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Open {
    /// Its mean; `None` where it is defined in none.
    pub mean: Option<f64>,
    /// The standard error of the mean that drawing alone makes, falling with the root of their number.
    pub error: Option<f64>,
    /// The ends between which `level` of the completions lie.
    pub interval: Option<(f64, f64)>,
    /// The least and the greatest value drawn.
    pub range: Option<(f64, f64)>,
    /// Completions in which it is defined.
    pub defined: usize,
}

const MOST: usize = 100_000;

impl Draws {
    fn check(&self) -> Result<()> {
        if self.number == 0 || self.number > MOST || !(self.level > 0.0 && self.level < 1.0) {
            let got = format!("{} at level {}", self.number, self.level);
            let expected = format!("1 to {MOST} completions, a level between 0 and 1");
            return Err(Error::Option { name: "draws", got, expected });
        }
        Ok(())
    }

    fn open(&self, mut values: Vec<f64>) -> Open {
        let n = values.len() as f64;
        if values.is_empty() {
            return Open::default();
        }
        let mean = values.iter().sum::<f64>() / n;
        let square: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let tail = (1.0 - self.level) / 2.0;
        let fold = |pick: fn(f64, f64) -> f64| values.iter().copied().reduce(pick);
        Open {
            mean: Some(mean),
            error: (n > 1.0).then(|| (square / (n - 1.0) / n).sqrt()),
            range: fold(f64::min).zip(fold(f64::max)),
            defined: values.len(),
            interval: quantile(&mut values, tail).zip(quantile(&mut values, 1.0 - tail)),
        }
    }
}

/// The cells of a corpus, ready to be completed.
#[derive(Debug)]
pub struct Completions {
    cells: Vec<Cell>,
    /// Every member of a meeting's roster, and every institution that holds a statement, sorted.
    pub actors: Vec<Actor>,
}

/// The cohesion of the member states in one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCohesion {
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// The expected cohesion over the sizes at which it is defined.
    pub value: Option<f64>,
    /// The least and the greatest over all sizes that can be seated; both are reached.
    pub bounds: Option<(f64, f64)>,
    /// The probability that it is defined: that somebody takes a side.
    pub defined: f64,
}

impl Completions {
    /// Of a corpus.
    pub fn new(corpus: &Corpus, sizes: &SizeTable) -> Completions {
        let cells = cells(corpus, sizes).cells;
        let states = cells.iter().flat_map(|cell| cell.roster.actors().iter().cloned());
        let institutions = cells.iter().flat_map(|cell| cell.institutions.keys().map(|i| i.to_actor()));
        let mut actors: Vec<Actor> = states.chain(institutions).collect();
        actors.sort();
        actors.dedup();
        Completions { cells, actors }
    }

    /// The cohesion of the member states on every issue, those named as neutral abstaining; exact.
    pub fn cohesion(&self, measure: Cohesion) -> Vec<OpenCohesion> {
        let of = |cell: &Cell| {
            let neutral = f64::from(cell.neutral.count_ones());
            let values = cell.seating.sizes().into_iter();
            let known: Vec<(f64, f64)> =
                values.filter_map(|(s, o, chance)| Some((measure.of(s as f64, o as f64, neutral)?, chance))).collect();
            let defined: f64 = known.iter().map(|(_, chance)| chance).sum();
            let ends = |pick: fn(f64, f64) -> f64| known.iter().map(|(value, _)| *value).reduce(pick);
            OpenCohesion {
                meeting: cell.meeting.clone(),
                topic: cell.topic.clone(),
                issue: cell.issue.clone(),
                value: (defined > 0.0)
                    .then(|| known.iter().map(|(value, chance)| value * chance).sum::<f64>() / defined),
                bounds: ends(f64::min).zip(ends(f64::max)),
                defined,
            }
        };
        self.cells.iter().map(of).collect()
    }

    /// Krippendorff's alpha of all actors over the issues; the silent have no position.
    ///
    /// # Errors
    /// [`Error::Option`] for draws outside their range, [`Error::Stopped`].
    pub fn alpha(&self, metric: Metric, draws: &Draws, stop: &Stop) -> Result<Open> {
        let of = |table: Table| Ok(vec![AlphaTally::of(&table, metric)?.alpha().value]);
        Ok(self.each(draws, stop, of)?.pop().unwrap_or_default())
    }

    /// The congruence of every pair.
    ///
    /// # Errors
    /// As [`Completions::alpha`] and [`Congruence::of`].
    pub fn congruence(&self, options: &CongruenceOptions, draws: &Draws, stop: &Stop) -> Result<Vec<Open>> {
        let of =
            |table: Table| Ok(Congruence::of(&table, options.clone())?.ties.into_iter().map(|tie| tie.value).collect());
        self.each(draws, stop, of)
    }

    /// For every pair the share of completions in which both are in one camp when the tree of their agreement is cut
    /// into `number` of them; completions in which one of the two has no camp do not count.
    ///
    /// # Errors
    /// As [`Completions::alpha`], and for no camp at all.
    pub fn camps(&self, number: usize, linkage: Linkage, draws: &Draws, stop: &Stop) -> Result<Vec<Open>> {
        let options = PairOptions {
            by: Vec::new(),
            actors: None,
            measure: Measure::Agreement,
            distance: Distance::Absolute,
            salience: None,
            min_shared: 0,
            bootstrap: None,
        };
        let of = |table: Table| {
            let ties = PairScores::of_with(std::sync::Arc::new(table), options.clone(), &stop.within())?.ties()?;
            let camps = ties.camps(number, linkage)?;
            let pairs = (0..camps.len()).flat_map(|a| (a + 1..camps.len()).map(move |b| (a, b)));
            Ok(pairs.map(|(a, b)| Some(f64::from(u8::from(camps[a]? == camps[b]?)))).collect())
        };
        self.each(draws, stop, of)
    }

    /// What every value that `of` gives of a table is over the completions.
    fn each<F>(&self, draws: &Draws, stop: &Stop, of: F) -> Result<Vec<Open>>
    where
        F: Fn(Table) -> Result<Vec<Option<f64>>> + Sync,
    {
        draws.check()?;
        stop.expect(draws.number);
        let one = |draw: usize| {
            stop.step()?;
            of(self.table(&mut Random::stream(draws.seed, draw as u64))?)
        };
        let found: Vec<Vec<Option<f64>>> = (0..draws.number).into_par_iter().map(one).collect::<Result<_>>()?;
        let width = found.first().map_or(0, Vec::len);
        let of_value = |at: usize| draws.open(found.iter().filter_map(|values| values[at]).collect());
        Ok((0..width).map(of_value).collect())
    }

    /// One completion: actors × issues, opposed < neutral < in favour.
    fn table(&self, random: &mut Random) -> Result<Table> {
        let width = self.cells.len();
        let mut codes = vec![NOT_STATED; self.actors.len() * width];
        for (at, cell) in self.cells.iter().enumerate() {
            let seated = cell.seating.draw(&mut || random.unit());
            for (row, actor) in self.actors.iter().enumerate() {
                codes[row * width + at] = code(cell, actor, seated);
            }
        }
        let unit = |cell: &Cell| Unit {
            issue: cell.issue.clone(),
            meeting: Some(cell.meeting.clone()),
            topic: Some(cell.topic.clone()),
        };
        let units: Vec<Unit> = self.cells.iter().map(unit).collect();
        let scale = Scale::Ordinal { levels: ["oppose", "neutral", "support"].map(str::to_owned).to_vec() };
        let names = self.actors.iter().map(|actor| actor.as_str().to_owned()).collect();
        let gaps = vec![Gap { value: "not eligible".to_owned(), eligible: false }];
        let table = Table::new(names, units, scale, Cells::Codes(codes))?.with_gaps(gaps, Vec::new())?;
        match self.cells.iter().all(|cell| cell.weight == 1.0) {
            true => Ok(table),
            false => table.with_weights(self.cells.iter().map(|cell| cell.weight).collect()),
        }
    }
}

/// The code of an actor in a cell whose supporters and opponents are `seated`.
fn code(cell: &Cell, actor: &Actor, seated: [u64; 2]) -> u8 {
    let of_seat = |seat| match seat {
        Seat::Oppose => 0,
        Seat::Neutral => 1,
        Seat::Support => 2,
        Seat::Silent => NOT_STATED,
    };
    match (cell.roster.index(actor), cell.class(actor)) {
        (Some(_), None) => NOT_STATED,
        (None, None) => FIRST_GAP,
        (_, Some(Class::Fixed(seat))) => of_seat(seat),
        (Some(at), _) if seated[0] >> at & 1 == 1 => of_seat(Seat::Support),
        (Some(at), _) if seated[1] >> at & 1 == 1 => of_seat(Seat::Oppose),
        _ => NOT_STATED,
    }
}
