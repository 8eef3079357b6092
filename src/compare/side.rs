//! The meetings of one side of a comparison.

use std::collections::{BTreeSet, HashMap};

use crate::error::{Error, Result, nearest};
use crate::group::{Cell, Class, Seat, cells};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Holder, Institution, Statement};

/// The meetings of one side, with their cells in order of date.
pub(super) struct Side {
    pub(super) corpus: Corpus,
    pub(super) cells: Vec<Cell>,
    of_issue: HashMap<String, Vec<usize>>,
    /// Members at any of the meetings, and institutions that hold a statement.
    pub(super) actors: BTreeSet<Actor>,
}

/// One actor in one cell.
#[derive(Clone, Copy)]
pub(super) struct Standing<'s> {
    pub(super) cell: &'s Cell,
    /// `None` where a contradiction leaves the actor out.
    pub(super) class: Option<Class>,
}

impl Side {
    pub(super) fn new(corpus: &Corpus, sizes: &SizeTable, meetings: &[String], name: &'static str) -> Result<Side> {
        if meetings.is_empty() {
            let (got, expected) = ("none".to_owned(), "at least one meeting".to_owned());
            return Err(Error::Option { name, got, expected });
        }
        for id in meetings {
            if corpus.meeting(id).is_none() {
                let hint = nearest(id, corpus.meetings.iter().map(|meeting| meeting.id.as_str()));
                return Err(Error::Missing { what: "meeting", got: id.clone(), hint });
            }
        }
        let corpus = Corpus {
            meetings: corpus.meetings.iter().filter(|meeting| meetings.contains(&meeting.id)).cloned().collect(),
            statements: corpus
                .statements
                .iter()
                .filter(|s| meetings.iter().any(|id| s.meeting == *id))
                .cloned()
                .collect(),
            ..Corpus::default()
        };
        let cells = cells(&corpus, sizes).cells;
        let mut actors: BTreeSet<Actor> =
            corpus.meetings.iter().flat_map(|meeting| meeting.roster.actors().iter().cloned()).collect();
        actors.extend(corpus.statements.iter().filter_map(|s| s.holder.institution()).map(Institution::to_actor));
        let mut of_issue: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, cell) in cells.iter().enumerate() {
            of_issue.entry(cell.issue.clone()).or_default().push(at);
        }
        Ok(Side { corpus, cells, of_issue, actors })
    }

    /// True where a cell of the side is of this issue.
    pub(super) fn has(&self, issue: &str) -> bool {
        self.of_issue.contains_key(issue)
    }

    fn cells_of(&self, issue: &str) -> impl Iterator<Item = &Cell> {
        self.of_issue.get(issue).into_iter().flatten().filter_map(|at| self.cells.get(*at))
    }

    /// True for institutions, and for members at a meeting on the issue, or at any where it is not spoken of.
    pub(super) fn eligible(&self, actor: &Actor, issue: &str) -> bool {
        let member = |cell: &Cell| cell.roster.index(actor).is_some();
        actor.as_str().parse::<Institution>().is_ok()
            || match self.has(issue) {
                true => self.cells_of(issue).any(member),
                false => self.actors.contains(actor),
            }
    }

    /// The last cell of the issue where the actor may have a position; else the last where it was a member.
    pub(super) fn standing(&self, actor: &Actor, issue: &str) -> Option<Standing<'_>> {
        let institution = actor.as_str().parse::<Institution>().is_ok();
        let mut last: Option<Standing<'_>> = None;
        for cell in self.cells_of(issue).filter(|cell| institution || cell.roster.index(actor).is_some()) {
            let standing = Standing { cell, class: cell.class(actor) };
            if last.is_none_or(|last| last.certain() == Some(Seat::Silent)) || standing.certain() != Some(Seat::Silent)
            {
                last = Some(standing);
            }
        }
        last
    }

    /// The statements of a cell that name the actor; else those of groups that it may be in.
    pub(super) fn statements(&self, standing: &Standing<'_>, actor: &Actor) -> Vec<&Statement> {
        let all = standing.cell.statements.iter().filter_map(|at| self.corpus.statements.get(*at));
        let (named, open): (Vec<&Statement>, Vec<&Statement>) = all.partition(|statement| names(statement, actor));
        if !named.is_empty() || standing.certain() == Some(Seat::Silent) {
            return named;
        }
        let may = |s: &&Statement| s.holder.group().is_some_and(|group| !group.excluded.contains(actor));
        open.into_iter().filter(may).collect()
    }
}

impl Standing<'_> {
    /// The seat that the actor has however the unnamed sit.
    pub(super) fn certain(&self) -> Option<Seat> {
        self.cell.seating.certain(self.class?)
    }

    /// The probability of support less that of opposition, −1 to 1; `None` where left out.
    pub(super) fn value(&self) -> Option<f64> {
        let class = self.class?;
        Some(self.cell.seating.chance(class, Seat::Support) - self.cell.seating.chance(class, Seat::Oppose))
    }
}

pub(super) fn names(statement: &Statement, actor: &Actor) -> bool {
    match &statement.holder {
        Holder::Institution(institution) => institution.as_str() == actor.as_str(),
        Holder::Group(group) => group.named.contains(actor),
    }
}
