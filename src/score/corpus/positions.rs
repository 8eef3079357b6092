//! Where every actor stands in every cell, as far as it is known.

use super::explain::{certain_stance, names};
use crate::group::{Cell, Seat, cells};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Intensity, Stance};

/// One actor in one cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// The actor.
    pub actor: Actor,
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// The probability of support, 0 to 1; `None` where a contradiction leaves the actor out.
    pub p_support: Option<f64>,
    /// The probability of opposition, likewise.
    pub p_oppose: Option<f64>,
    /// The probability of being reported as neutral, likewise: 1 or 0.
    pub p_neutral: Option<f64>,
    /// The stance, where no other is feasible; `None` for the silent too.
    pub certain: Option<Stance>,
    /// The intensity of the last statement that names the actor with its certain stance.
    pub intensity: Option<Intensity>,
    /// Whether that statement hangs on a condition.
    pub conditional: Option<bool>,
}

/// One row for each member of each meeting's roster, and each institution that holds a statement,
/// in every cell; cells in order of date, meeting and text, actors by code.
pub fn positions(corpus: &Corpus, sizes: &SizeTable) -> Vec<Position> {
    let cells = cells(corpus, sizes).cells;
    cells
        .iter()
        .flat_map(|cell| {
            let states = cell.roster.actors().iter().cloned();
            let mut actors: Vec<Actor> = states.chain(cell.institutions.keys().map(|i| i.to_actor())).collect();
            actors.sort();
            actors.dedup();
            actors.into_iter().map(|actor| position(corpus, cell, actor))
        })
        .collect()
}

fn position(corpus: &Corpus, cell: &Cell, actor: Actor) -> Position {
    let class = cell.class(&actor);
    let chance = |seat| class.map(|class| cell.seating.chance(class, seat));
    let certain = class.and_then(|class| certain_stance(cell, class));
    let naming = cell.statements.iter().map(|at| &corpus.statements[*at]);
    let last = naming.rev().find(|s| names(s, &actor) && Some(s.toward_issue()) == certain);
    Position {
        meeting: cell.meeting.clone(),
        topic: cell.topic.clone(),
        issue: cell.issue.clone(),
        p_support: chance(Seat::Support),
        p_oppose: chance(Seat::Oppose),
        p_neutral: chance(Seat::Neutral),
        certain,
        intensity: last.map(|s| s.intensity),
        conditional: last.map(|s| s.conditional),
        actor,
    }
}
