//! The agreement of every pair of actors.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::naming::counted;
pub use super::options::{AgreementOptions, Key};
use super::pairwise::PairSums;
use crate::error::{Error, Result, nearest};
use crate::group::{Cell, Class, Outcome, Silence, cells as cells_of};
use crate::lexicon::SizeTable;
use crate::link::{Instrument, instruments};
use crate::model::{Actor, Corpus, Institution, Roster};
use crate::score::networks::ties::Ties;
use crate::stop::Stop;

/// The cells of the statements about one instrument, or of all where rows are not split by it.
pub(super) struct Part {
    pub(super) instrument: String,
    pub(super) cells: Vec<Cell>,
    /// The statements that the cells are made of, where they are not all.
    pub(super) own: Option<Corpus>,
}

impl Part {
    /// What a cell of this part stands under.
    pub(super) fn key<'c>(&'c self, key: Key, cell: &'c Cell) -> &'c str {
        match key {
            Key::Topic => &cell.topic,
            Key::Meeting => &cell.meeting,
            Key::Instrument => &self.instrument,
        }
    }
}

/// The agreement of every pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The actors compared, sorted.
    pub actors: Vec<Actor>,
    /// What rows are split by.
    pub by: Vec<Key>,
    /// What the silent counted as.
    pub silence: Silence,
    /// In order of `actor_a`, `actor_b` and keys; every pair is there.
    pub rows: Vec<AgreementRow>,
}

impl Agreement {
    /// The identified pairs as a network; the others have no score there.
    ///
    /// # Errors
    /// [`Error::Option`] for scores that are split: no single number stands for a pair.
    pub fn ties(&self) -> Result<Ties> {
        if let Some(key) = self.by.first() {
            let expected = "scores that are not split, for a network".to_owned();
            return Err(Error::Option { name: "by", got: key.as_str().to_owned(), expected });
        }
        Ok(Ties {
            measure: "agreement".to_owned(),
            actors: self.actors.iter().map(|actor| actor.as_str().to_owned()).collect(),
            scores: self.rows.iter().map(|row| row.agreement.filter(|_| row.is_identified())).collect(),
            shared: self.rows.iter().map(|row| row.shared).collect(),
            greatest: Some(1.0),
        })
    }
}

/// The agreement of one pair; symmetric, `actor_a` is the lesser code.
///
/// For the formulas see [`PairSums`].
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementRow {
    /// The lesser code.
    pub actor_a: Actor,
    /// The greater code.
    pub actor_b: Actor,
    /// The values of [`Agreement::by`], in its order.
    pub keys: Arc<[String]>,
    /// The expected share of agreement, 0 to 1; `None` where no shared issue is feasible.
    pub agreement: Option<f64>,
    /// The lowest it can be.
    pub lower: Option<f64>,
    /// The highest it can be.
    pub upper: Option<f64>,
    /// Expected number of issues on which both took a side, unweighted.
    pub shared: f64,
    /// Number of issues on which both certainly did.
    pub shared_lower: f64,
    /// Number of issues on which both may have.
    pub shared_upper: f64,
    /// Expected number of issues on which they agree, unweighted.
    pub agree: f64,
    /// Expected number of issues on which they disagree, unweighted.
    pub disagree: f64,
}

impl AgreementRow {
    /// True where at least one shared issue is certain; displays show no score of any other pair.
    pub fn is_identified(&self) -> bool {
        self.shared_lower > 0.0
    }
}

/// Scores every pair of actors over the cells of `corpus`.
///
/// A state that was no member at a meeting, or that a contradiction leaves out of a cell, adds
/// nothing there. Sums are taken per meeting and then over meetings in their order.
///
/// # Errors
/// [`Error::Missing`] for an actor or a weighted issue that is not there, [`Error::Option`] for a
/// weight or a `min_shared` that is negative or no number.
pub fn agreement(corpus: &Corpus, sizes: &SizeTable, options: &AgreementOptions) -> Result<Agreement> {
    agreement_with(corpus, sizes, options, &Stop::default())
}

/// The same, ended where `stop` asks for it; every cell is a step.
///
/// # Errors
/// As [`agreement`], and [`Error::Stopped`].
pub fn agreement_with(
    corpus: &Corpus,
    sizes: &SizeTable,
    options: &AgreementOptions,
    stop: &Stop,
) -> Result<Agreement> {
    let corpus = &*counted(corpus, options);
    let cells = weighted_cells(corpus, sizes, options)?;
    if !(options.min_shared >= 0.0 && options.min_shared.is_finite()) {
        let got = options.min_shared.to_string();
        return Err(Error::Option { name: "min_shared", got, expected: "a number from 0".to_owned() });
    }
    let actors = actors(corpus, &cells, options.actors.as_deref())?;
    let parts = parts(corpus, sizes, options, cells);
    let mut sums = Sums::new();
    stop.expect(parts.iter().map(|part| part.cells.len()).sum());
    for part in &parts {
        tally(part, &actors, options, &mut sums, stop)?;
    }
    let mut rows = Vec::with_capacity(sums.len() * actors.len() * actors.len().saturating_sub(1) / 2);
    let keyed: Vec<(Arc<[String]>, &Vec<PairSums>)> =
        sums.iter().map(|(keys, sums)| (keys.iter().map(|key| (*key).to_owned()).collect(), sums)).collect();
    let mut pair = 0;
    for (x, a) in actors.iter().enumerate() {
        for b in &actors[x + 1..] {
            rows.extend(keyed.iter().map(|(keys, sums)| row(a, b, keys, &sums[pair], options.min_shared)));
            pair += 1;
        }
    }
    Ok(Agreement { actors, by: options.by.clone(), silence: options.silence, rows })
}

fn row(a: &Actor, b: &Actor, keys: &Arc<[String]>, sums: &PairSums, min_shared: f64) -> AgreementRow {
    let enough = sums.shared() >= min_shared;
    AgreementRow {
        actor_a: a.clone(),
        actor_b: b.clone(),
        keys: Arc::clone(keys),
        agreement: sums.agreement().filter(|_| enough),
        lower: sums.lower().filter(|_| enough),
        upper: sums.upper().filter(|_| enough),
        shared: sums.shared(),
        shared_lower: sums.shared_lower,
        shared_upper: sums.shared_upper,
        agree: sums.agree,
        disagree: sums.disagree,
    }
}

/// The cells that count, with the weights of `options`.
pub(super) fn weighted_cells(corpus: &Corpus, sizes: &SizeTable, options: &AgreementOptions) -> Result<Vec<Cell>> {
    let known = cells_of(corpus, sizes).cells;
    for (issue, weight) in options.weights.iter().flatten() {
        if !(*weight >= 0.0 && weight.is_finite()) {
            let got = format!("{weight} for '{issue}'");
            return Err(Error::Option { name: "weights", got, expected: "numbers from 0".to_owned() });
        }
        if !known.iter().any(|cell| cell.issue == *issue) {
            let hint = nearest(issue, known.iter().map(|cell| cell.issue.as_str()));
            return Err(Error::Missing { what: "issue", got: issue.clone(), hint });
        }
    }
    Ok(reweighted(known, options))
}

pub(super) fn reweighted(mut cells: Vec<Cell>, options: &AgreementOptions) -> Vec<Cell> {
    if let Some(weights) = &options.weights {
        for cell in &mut cells {
            cell.weight = weights.get(&cell.issue).copied().unwrap_or(cell.weight);
        }
    }
    cells.retain(|cell| cell.weight > 0.0);
    cells
}

fn actors(corpus: &Corpus, cells: &[Cell], asked: Option<&[Actor]>) -> Result<Vec<Actor>> {
    let Some(asked) = asked else {
        let states = cells.iter().flat_map(|cell| cell.roster.actors().iter().cloned());
        let institutions = cells.iter().flat_map(|cell| cell.institutions.keys().map(|i| i.to_actor()));
        return Ok(states.chain(institutions).collect::<BTreeSet<_>>().into_iter().collect());
    };
    let rosters = corpus.meetings.iter().map(|meeting| &meeting.roster);
    for actor in asked {
        check_actor(actor, rosters.clone())?;
    }
    Ok(asked.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect())
}

/// # Errors
/// [`Error::Missing`] where `actor` is no institution and was never on a roster.
pub(super) fn check_actor<'r, I>(actor: &Actor, rosters: I) -> Result<()>
where
    I: Iterator<Item = &'r Roster> + Clone,
{
    let ever = Roster::eu_ever();
    let known = |roster: &Roster| roster.index(actor).is_some();
    if actor.as_str().parse::<Institution>().is_ok() || known(&ever) || rosters.clone().any(known) {
        return Ok(());
    }
    let names = rosters.flat_map(|roster| roster.actors().iter().map(Actor::as_str));
    let names = names.chain(ever.actors().iter().map(Actor::as_str)).chain(Institution::ALL.map(Institution::as_str));
    Err(Error::Missing { what: "actor", got: actor.to_string(), hint: nearest(actor.as_str(), names) })
}

/// By key, the sums of every pair of `actors` in the order of the rows.
type Sums<'c> = BTreeMap<Vec<&'c str>, Vec<PairSums>>;

pub(super) fn parts(corpus: &Corpus, sizes: &SizeTable, options: &AgreementOptions, cells: Vec<Cell>) -> Vec<Part> {
    if !options.by.contains(&Key::Instrument) {
        return vec![Part { instrument: String::new(), cells, own: None }];
    }
    let found = instruments(corpus, &options.instruments);
    let part = |(at, row): (usize, &Instrument)| {
        let about = corpus.statements.iter().zip(&found.of).filter(|(_, places)| places.contains(&at));
        let statements = about.map(|(statement, _)| statement.clone()).collect();
        let own = Corpus { meetings: corpus.meetings.clone(), statements, ..Corpus::default() };
        let cells = reweighted(cells_of(&own, sizes).cells, options);
        Part { instrument: row.name.clone(), cells, own: Some(own) }
    };
    found.rows.iter().enumerate().filter(|(_, row)| row.statements > 0).map(part).collect()
}

fn tally<'c>(
    part: &'c Part,
    actors: &[Actor],
    options: &AgreementOptions,
    totals: &mut Sums<'c>,
    stop: &Stop,
) -> Result<()> {
    let pairs = actors.len() * actors.len().saturating_sub(1) / 2;
    if options.by.is_empty() {
        totals.insert(Vec::new(), vec![PairSums::default(); pairs]);
    }
    for meeting in part.cells.chunk_by(|a, b| a.meeting == b.meeting) {
        let mut block: Sums<'c> = BTreeMap::new();
        for cell in meeting {
            let keys = options.by.iter().map(|key| part.key(*key, cell)).collect();
            let sums = block.entry(keys).or_insert_with(|| vec![PairSums::default(); pairs]);
            add_cell(cell, actors, options.silence, sums);
            stop.step()?;
        }
        for (keys, sums) in block {
            let total = totals.entry(keys).or_insert_with(|| vec![PairSums::default(); pairs]);
            total.iter_mut().zip(&sums).for_each(|(total, sums)| total.merge(sums));
        }
    }
    Ok(())
}

fn add_cell(cell: &Cell, actors: &[Actor], silence: Silence, sums: &mut [PairSums]) {
    let classes: Vec<Option<Class>> = actors.iter().map(|actor| cell.class(actor)).collect();
    let present: BTreeSet<Class> = classes.iter().flatten().copied().collect();
    let mut outcomes = [[Outcome::default(); Class::COUNT]; Class::COUNT];
    for a in &present {
        for b in &present {
            outcomes[a.index()][b.index()] = cell.seating.outcome(*a, *b, silence);
        }
    }
    let mut sums = sums.iter_mut();
    for (x, a) in classes.iter().enumerate() {
        for (b, sums) in classes[x + 1..].iter().zip(&mut sums) {
            if let (Some(a), Some(b)) = (a, b) {
                sums.add(&outcomes[a.index()][b.index()], cell.weight);
            }
        }
    }
}
