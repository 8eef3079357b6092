//! Cells: an issue in a meeting, with its two sides.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use super::conflict::{Conflict, ConflictKind};
use super::fit::fit;
use super::side::{Draft, Telling, gather};
use super::standing::{Said, agreed, standing};
use super::{Class, Seat, Seating, Side};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Institution, Roster, Stance, Statement};

/// An issue in a meeting, with that meeting's roster.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The meeting's id.
    pub meeting: String,
    /// The first day of the meeting.
    pub date: Option<Date>,
    /// The topic, that of the first statement.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// The weight in scores: that of its statements, or their mean where they differ.
    pub weight: f64,
    /// Who was a member. Bit sets of this cell are over its actors.
    pub roster: Arc<Roster>,
    /// The side in favour of the issue.
    pub support: Side,
    /// The side against it.
    pub oppose: Side,
    /// States named as neutral.
    pub neutral: u64,
    /// States left out, because what is said of them contradicts itself.
    pub left_out: u64,
    /// The institutions that hold statements; `None` where these contradict themselves.
    pub institutions: BTreeMap<Institution, Option<Stance>>,
    /// True where the cell contradicts itself, see [`Cells::conflicts`].
    pub conflict: bool,
    /// The statements, as places in [`Corpus::statements`], in their order.
    pub statements: Vec<usize>,
    /// Who sits where, and how likely.
    pub seating: Seating,
}

impl Cell {
    /// The class of an actor; `None` where it is left out or neither a member nor an institution
    /// that could speak. An institution that says nothing is silent.
    pub fn class(&self, actor: &Actor) -> Option<Class> {
        if let Some(at) = self.roster.index(actor) {
            return self.seating.class(at);
        }
        let institution: Institution = actor.as_str().parse().ok()?;
        match self.institutions.get(&institution) {
            Some(stance) => stance.map(Class::of_stance),
            None => Some(Class::Fixed(Seat::Silent)),
        }
    }
}

/// Every cell of a corpus, and what contradicts itself in them.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// In order of the meeting's date, the meeting's id and first appearance.
    pub cells: Vec<Cell>,
    /// In the order of the cells.
    pub conflicts: Vec<Conflict>,
}

/// The cells of `corpus`, with the sizes of `sizes`.
pub fn cells(corpus: &Corpus, sizes: &SizeTable) -> Cells {
    let mut of_key: HashMap<(&str, &str), usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (at, statement) in corpus.statements.iter().enumerate() {
        let key = (statement.meeting.as_str(), statement.issue.as_str());
        let place = *of_key.entry(key).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(at);
    }
    let rosters = rosters(corpus);
    let empty = (None, Arc::new(Roster::default()));
    let meeting_of = |group: &Vec<usize>| corpus.statements[group[0]].meeting.as_str();
    groups.sort_by_key(|group| {
        let meeting = meeting_of(group);
        (rosters.get(meeting).and_then(|(date, _)| *date), meeting, group[0])
    });
    let items = items(corpus);
    let mut out = Cells::default();
    for group in groups {
        let (date, roster) = rosters.get(meeting_of(&group)).unwrap_or(&empty);
        let builder = Builder { corpus, sizes, items: &items, roster, statements: &group };
        let cell = builder.build(*date, &mut out.conflicts);
        out.cells.push(cell);
    }
    out
}

fn rosters(corpus: &Corpus) -> HashMap<&str, (Option<Date>, Arc<Roster>)> {
    let mut rosters: HashMap<&str, (Option<Date>, Arc<Roster>)> = HashMap::new();
    for meeting in &corpus.meetings {
        rosters.entry(&meeting.id).or_insert_with(|| (meeting.date_start, Arc::new(meeting.roster.clone())));
    }
    rosters
}

/// The agenda items by meeting and section, counted in order of first appearance.
fn items(corpus: &Corpus) -> HashMap<(&str, &str), usize> {
    let mut items = HashMap::new();
    for statement in &corpus.statements {
        let next = items.len();
        items.entry((statement.meeting.as_str(), statement.section.as_str())).or_insert(next);
    }
    items
}

struct Builder<'c> {
    corpus: &'c Corpus,
    sizes: &'c SizeTable,
    items: &'c HashMap<(&'c str, &'c str), usize>,
    roster: &'c Arc<Roster>,
    statements: &'c [usize],
}

/// What is said of one actor by name, and in which statements.
type Sayings = Vec<(usize, Said)>;

impl<'c> Builder<'c> {
    fn build(&self, date: Option<Date>, conflicts: &mut Vec<Conflict>) -> Cell {
        self.note_strangers(conflicts);
        let real = conflicts.len();
        let (stances, left_out) = self.states(conflicts);
        let institutions = self.institutions(conflicts);
        let holding = |stance| stances.iter().filter(|(_, s)| **s == stance).fold(0u64, |mask, (at, _)| mask | 1 << at);
        let neutral = holding(Stance::Neutral);
        let members = self.roster.len();
        let tellings = |stance| self.tellings(stance, holding(stance));
        let (supporting, opposing) = (tellings(Stance::Support), tellings(Stance::Oppose));
        self.note_counts([&supporting, &opposing], conflicts);
        let mut support = gather(&supporting.iter().map(|(_, t)| *t).collect::<Vec<_>>(), self.sizes, members);
        let mut oppose = gather(&opposing.iter().map(|(_, t)| *t).collect::<Vec<_>>(), self.sizes, members);
        let lows = [support.side.lo, oppose.side.lo];
        let lowered = fit(members, &mut support, &mut oppose, neutral | left_out);
        self.note_sizes(lows, [&support, &oppose], lowered, conflicts);
        let (support, oppose) = (support.side, oppose.side);
        let first = self.statement(self.statements[0]);
        Cell {
            meeting: first.meeting.to_string(),
            date,
            topic: first.topic.to_string(),
            issue: first.issue.to_string(),
            weight: self.weight(),
            roster: Arc::clone(self.roster),
            support,
            oppose,
            neutral,
            left_out,
            institutions,
            conflict: conflicts.len() > real,
            statements: self.statements.to_vec(),
            seating: Seating::new(members, &support, &oppose, neutral, left_out),
        }
    }

    fn statement(&self, at: usize) -> &'c Statement {
        &self.corpus.statements[at]
    }

    fn all(&self) -> impl Iterator<Item = (usize, &'c Statement)> {
        self.statements.iter().map(|at| (*at, self.statement(*at)))
    }

    fn weight(&self) -> f64 {
        let weights: Vec<f64> = self.all().map(|(_, s)| s.weight).collect();
        if weights.iter().all(|w| *w == weights[0]) {
            return weights[0];
        }
        weights.iter().sum::<f64>() / weights.len() as f64
    }

    fn said(&self, statement: &Statement, clear: bool) -> Said {
        let item = self.items.get(&(statement.meeting.as_str(), statement.section.as_str())).copied().unwrap_or(0);
        Said { stance: statement.toward_issue(), item, change: statement.change, clear }
    }

    /// The stance of each named state, and the states that contradict themselves.
    fn states(&self, conflicts: &mut Vec<Conflict>) -> (BTreeMap<usize, Stance>, u64) {
        let mut sayings: BTreeMap<usize, Sayings> = BTreeMap::new();
        for (at, statement) in self.all() {
            let Some(group) = statement.holder.group() else { continue };
            for actor in &group.named {
                let Some(state) = self.roster.index(actor) else { continue };
                let said = self.said(statement, !group.excluded.contains(actor));
                sayings.entry(state).or_default().push((at, said));
            }
        }
        let (mut stances, mut left_out) = (BTreeMap::new(), 0);
        for (state, said) in sayings {
            match self.settle(self.roster.actors()[state].as_str(), &said, conflicts) {
                Some(stance) => drop(stances.insert(state, stance)),
                None => left_out |= 1 << state,
            }
        }
        (stances, left_out)
    }

    fn institutions(&self, conflicts: &mut Vec<Conflict>) -> BTreeMap<Institution, Option<Stance>> {
        let mut sayings: BTreeMap<Institution, Sayings> = BTreeMap::new();
        for (at, statement) in self.all() {
            if let Some(institution) = statement.holder.institution() {
                sayings.entry(institution).or_default().push((at, self.said(statement, true)));
            }
        }
        let settled = sayings.into_iter().map(|(i, said)| (i, self.settle(i.as_str(), &said, conflicts)));
        settled.collect()
    }

    fn settle(&self, actor: &str, sayings: &Sayings, conflicts: &mut Vec<Conflict>) -> Option<Stance> {
        // No report takes back what another one says.
        let mut of_report: BTreeMap<&str, Vec<Said>> = BTreeMap::new();
        for (at, said) in sayings {
            of_report.entry(&self.statement(*at).report).or_default().push(*said);
        }
        let stances: Vec<Option<Stance>> = of_report.values().map(|said| standing(said)).collect();
        let stance = agreed(&stances);
        if stance.is_none() {
            let unclear = sayings.iter().any(|(_, said)| !said.clear);
            let kind = if unclear { ConflictKind::NamedAndExcepted } else { ConflictKind::BothSides };
            let statements = sayings.iter().map(|(at, _)| *at);
            conflicts.push(self.conflict(actor, kind, "left out of the cell".to_owned(), statements));
        }
        stance
    }

    /// The groups of the statements with that stance, as bit sets.
    fn tellings(&self, stance: Stance, standing: u64) -> Vec<(usize, Telling<'c>)> {
        let holding = self.all().filter(|(_, s)| s.toward_issue() == stance);
        let groups = holding.filter_map(|(at, s)| s.holder.group().map(|group| (at, group)));
        groups
            .map(|(at, group)| {
                let told = self.roster.mask(&group.named);
                let excluded = self.roster.mask(&group.excluded);
                (at, Telling { group, told, kept: told & standing, excluded })
            })
            .collect()
    }

    fn conflict<I>(&self, who: &str, kind: ConflictKind, done: String, statements: I) -> Conflict
    where
        I: IntoIterator<Item = usize>,
    {
        let first = self.statement(self.statements[0]);
        Conflict {
            meeting: first.meeting.to_string(),
            topic: first.topic.to_string(),
            issue: first.issue.to_string(),
            who: who.to_owned(),
            kind,
            done,
            statements: statements.into_iter().map(|at| self.statement(at).id.to_string()).collect(),
        }
    }

    fn note_strangers(&self, conflicts: &mut Vec<Conflict>) {
        let mut strangers: BTreeMap<&Actor, Vec<usize>> = BTreeMap::new();
        for (at, statement) in self.all() {
            let named = statement.holder.group().map(|g| g.named.as_slice()).unwrap_or_default();
            for actor in named.iter().filter(|a| self.roster.index(a).is_none()) {
                strangers.entry(actor).or_default().push(at);
            }
        }
        for (actor, at) in strangers {
            let done = "not counted: no member at this meeting".to_owned();
            conflicts.push(self.conflict(actor.as_str(), ConflictKind::NotMember, done, at));
        }
    }

    fn note_counts(&self, sides: [&Vec<(usize, Telling<'_>)>; 2], conflicts: &mut Vec<Conflict>) {
        for (side, tellings) in ["support", "oppose"].into_iter().zip(sides) {
            for (at, telling) in tellings.iter().filter(|(_, t)| t.counts_below_names()) {
                let done = format!("taken as the {} named", telling.told.count_ones());
                conflicts.push(self.conflict(side, ConflictKind::CountBelowNames, done, [*at]));
            }
        }
    }

    fn note_sizes(&self, lows: [usize; 2], sides: [&Draft; 2], lowered: [bool; 2], conflicts: &mut Vec<Conflict>) {
        if lowered == [false; 2] {
            return;
        }
        let names = ["support", "oppose"];
        let down: Vec<usize> = (0..2).filter(|i| lowered[*i]).collect();
        let who = down.iter().map(|i| names[*i]).collect::<Vec<_>>().join(", ");
        let steps =
            down.iter().map(|i| format!("lower end of {} from {} to {}", names[*i], lows[*i], sides[*i].side.lo));
        let done = steps.collect::<Vec<_>>().join("; ");
        let taking = self.all().filter(|(_, s)| s.toward_issue() != Stance::Neutral && s.holder.group().is_some());
        conflicts.push(self.conflict(&who, ConflictKind::Sizes, done, taking.map(|(at, _)| at)));
    }
}
