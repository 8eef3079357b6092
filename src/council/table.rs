//! The verdict on every side of every cell.

use rayon::prelude::*;

use super::bench::{Bench, Counts, side};
use super::chamber::shares;
use super::majority::Verdict;
use super::{Chamber, Participants, Rule};
use crate::group::{Cell, cells, members};
use crate::lexicon::{PopulationTables, SizeTable};
use crate::model::{Actor, Corpus, Roster, Stance};

/// How sides are put to the vote.
#[derive(Debug, Clone)]
pub struct Vote<'t> {
    /// The rule.
    pub rule: Rule,
    /// Who takes part.
    pub participants: Participants,
    /// The populations.
    pub tables: &'t PopulationTables,
}

/// What one side of one cell decides, in two readings.
#[derive(Debug, Clone, PartialEq)]
pub struct MajorityRow {
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// Support or opposition.
    pub side: Stance,
    /// The fewest members of the side, of all members.
    pub size_lo: usize,
    /// The most members of the side.
    pub size_hi: usize,
    /// The least share of the participants' population it can have, 0 to 1; `None` where no table covers it.
    pub share_lo: Option<f64>,
    /// The greatest share, likewise.
    pub share_hi: Option<f64>,
    /// Reading `stated`: only the members of the side are in favour. `None` with a reason.
    pub verdict: Option<Verdict>,
    /// Its probability, 0 to 1.
    pub probability: Option<f64>,
    /// Reading `assent`: everyone is in favour but the members of the other side.
    pub verdict_assent: Option<Verdict>,
    /// Its probability, 0 to 1.
    pub probability_assent: Option<f64>,
    /// Why there is no verdict: no table of populations covers the day or the members.
    pub reason: Option<String>,
    /// Unnamed members that make the verdict of `stated` certain once they are named on the side too, the
    /// heaviest first and none that can be left out; empty where it is certain, `None` where no names would do.
    pub additions: Option<Vec<Actor>>,
    /// The table of populations used, with its first day; `None` where the rule needs none.
    pub population: Option<String>,
}

/// One row for each side that member states take in each cell, in the order of the cells and
/// support first. Both sides are seated jointly, as in [`Seating`](crate::group::Seating).
pub fn majorities(corpus: &Corpus, sizes: &SizeTable, rule: Rule, tables: &PopulationTables) -> Vec<MajorityRow> {
    majorities_in(corpus, sizes, &Vote { rule, participants: Participants::default(), tables })
}

/// The same among the participants of a vote.
pub fn majorities_in(corpus: &Corpus, sizes: &SizeTable, vote: &Vote<'_>) -> Vec<MajorityRow> {
    each_meeting(&cells(corpus, sizes).cells, vote, |cell, house| {
        let open = house.counts.as_mut().ok().map(|counts| counts.open(cell));
        let (house, chamber) = (&*house, house.counts.as_ref().ok().map(|counts| &counts.chamber));
        let bench = chamber.zip(open).map(|(chamber, open)| Bench::new(cell, chamber, open));
        taken(cell).map(|stance| row(cell, stance, bench.as_ref(), house)).collect()
    })
}

/// The chamber of one meeting, and the shares of population where they are known.
pub(super) struct House {
    pub(super) counts: Result<Counts, String>,
    shares: Option<Vec<usize>>,
    part: u64,
}

impl House {
    fn new(cell: &Cell, vote: &Vote<'_>) -> House {
        let Some(date) = cell.date else {
            return House { counts: Err("the meeting has no date".to_owned()), shares: None, part: 0 };
        };
        let roster: &Roster = &cell.roster;
        let part = vote.participants.mask(roster, date).unwrap_or(0);
        let chamber = Chamber::among(roster, &vote.participants, vote.rule, date, vote.tables);
        House {
            counts: chamber.map(Counts::new).map_err(|error| error.to_string()),
            shares: shares(roster, part, date, vote.tables).ok().map(|(shares, _)| shares),
            part,
        }
    }
}

/// Rows of every cell in order; the cells of one meeting share a house, and meetings share the threads.
pub(super) fn each_meeting<R, F>(cells: &[Cell], vote: &Vote<'_>, rows: F) -> Vec<R>
where
    R: Send,
    F: Fn(&Cell, &mut House) -> Vec<R> + Sync,
{
    let meetings: Vec<&[Cell]> = cells.chunk_by(|a, b| a.meeting == b.meeting).collect();
    let of_meeting = |cells: &&[Cell]| -> Vec<R> {
        let Some(first) = cells.first() else { return Vec::new() };
        let mut house = House::new(first, vote);
        cells.iter().flat_map(|cell| rows(cell, &mut house)).collect()
    };
    meetings.par_iter().map(of_meeting).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The sides that member states take.
pub(super) fn taken(cell: &Cell) -> impl Iterator<Item = Stance> {
    [Stance::Support, Stance::Oppose].into_iter().filter(|stance| side(cell, *stance).hi > 0)
}

fn row(cell: &Cell, stance: Stance, bench: Option<&Bench<'_>>, house: &House) -> MajorityRow {
    let verdicts = bench.map(|bench| [bench.stated(stance), bench.assent(stance)]);
    let range = house.shares.as_ref().and_then(|shares| share_range(cell, stance, shares, house.part));
    let names = |mask: u64| members(mask).filter_map(|at| cell.roster.actors().get(at).cloned()).collect();
    MajorityRow {
        meeting: cell.meeting.clone(),
        topic: cell.topic.clone(),
        issue: cell.issue.clone(),
        side: stance,
        size_lo: side(cell, stance).lo,
        size_hi: side(cell, stance).hi,
        share_lo: range.map(|r| r.0),
        share_hi: range.map(|r| r.1),
        verdict: verdicts.map(|v| v[0].0),
        probability: verdicts.map(|v| v[0].1),
        verdict_assent: verdicts.map(|v| v[1].0),
        probability_assent: verdicts.map(|v| v[1].1),
        reason: house.counts.as_ref().err().cloned(),
        additions: bench.and_then(|bench| bench.worst(stance).additions()).map(names),
        population: house.counts.as_ref().ok().and_then(|counts| counts.chamber.population.clone()),
    }
}

/// The least and the greatest share of the participants' population that a side can have.
fn share_range(cell: &Cell, stance: Stance, shares: &[usize], part: u64) -> Option<(f64, f64)> {
    let sorted = |mask: u64| {
        let mut found: Vec<usize> = members(mask).filter_map(|at| shares.get(at).copied()).collect();
        found.sort_unstable();
        found
    };
    let named: usize = sorted(side(cell, stance).named & part).iter().sum();
    let (only, both) = (sorted(super::bench::only(cell, stance)), sorted(cell.seating.open()[0]));
    let least = |from: &[usize], n: usize| from.iter().take(n).sum::<usize>();
    let most = |from: &[usize], n: usize| from.iter().rev().take(n).sum::<usize>();
    let found = cell.seating.compositions(super::bench::seat(stance));
    let low = found.iter().map(|c| named + least(&only, c.only) + least(&both, c.both)).min();
    let high = found.iter().map(|c| named + most(&only, c.only) + most(&both, c.both)).max();
    let total = shares.iter().sum::<usize>() as f64;
    (total > 0.0).then(|| (low.unwrap_or(0) as f64 / total, high.unwrap_or(0) as f64 / total))
}
