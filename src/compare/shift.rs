//! What became of one actor's position on one issue.

use std::collections::{BTreeMap, BTreeSet};

use super::side::{Side, Standing, names};
use crate::group::{Class, Seat};
use crate::model::{Actor, Intensity, Statement};

/// What became of a position; the first that fits, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The actor was no member on one of the sides.
    NotEligible,
    /// Nobody spoke of the issue on the earlier side.
    NewIssue,
    /// Nobody spoke of the issue on the later side.
    DroppedIssue,
    /// On one of the sides more than one position is possible.
    Uncertain,
    /// From a stance to silence. Not a change of position.
    FellSilent,
    /// From silence to a stance.
    Joined,
    /// From support to opposition or back.
    Moved,
    /// From a side to neutral.
    ToNeutral,
    /// From neutral to a side.
    FromNeutral,
    /// The same stance, put more strongly, or no longer on a condition.
    Hardened,
    /// The same stance, put less strongly, or now on a condition.
    Softened,
    /// The same stance in the same way.
    Unchanged,
}

impl Change {
    /// Every change, in the order in which the first that fits is taken.
    pub const ALL: [Change; 12] = [
        Change::NotEligible,
        Change::NewIssue,
        Change::DroppedIssue,
        Change::Uncertain,
        Change::FellSilent,
        Change::Joined,
        Change::Moved,
        Change::ToNeutral,
        Change::FromNeutral,
        Change::Hardened,
        Change::Softened,
        Change::Unchanged,
    ];

    /// Its word in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::NotEligible => "not_eligible",
            Change::NewIssue => "new_issue",
            Change::DroppedIssue => "dropped_issue",
            Change::Uncertain => "uncertain",
            Change::FellSilent => "fell_silent",
            Change::Joined => "joined",
            Change::Moved => "moved",
            Change::ToNeutral => "to_neutral",
            Change::FromNeutral => "from_neutral",
            Change::Hardened => "hardened",
            Change::Softened => "softened",
            Change::Unchanged => "unchanged",
        }
    }
}

/// One actor and one issue on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// The actor.
    pub actor: Actor,
    /// The topic, that of the later side where it has the issue.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// Probability of support less that of opposition on the earlier side, −1 to 1; `None` where the
    /// issue, the member or a consistent statement is missing.
    pub before: Option<f64>,
    /// Likewise on the later side.
    pub after: Option<f64>,
    /// What became of it.
    pub change: Change,
    /// The words of the statements behind `before`: those that name the actor, else those of groups
    /// that it may be in.
    pub quotes_before: Vec<String>,
    /// Likewise for `after`.
    pub quotes_after: Vec<String>,
}

/// Every actor and issue of either side, without those silent on both.
pub(super) fn shifts(before: &Side, after: &Side) -> Vec<Shift> {
    // The topic of an issue is that of its last cell.
    let mut topics: BTreeMap<&str, &str> = BTreeMap::new();
    for cell in before.cells.iter().chain(&after.cells) {
        topics.insert(&cell.issue, &cell.topic);
    }
    let mut order: Vec<(&str, &str)> = topics.into_iter().map(|(issue, topic)| (topic, issue)).collect();
    order.sort_unstable();
    let actors: BTreeSet<&Actor> = before.actors.union(&after.actors).collect();
    let pairs = order.iter().flat_map(|key| actors.iter().map(move |actor| (key, *actor)));
    pairs.filter_map(|((topic, issue), actor)| shift(before, after, topic, issue, actor)).collect()
}

fn shift(before: &Side, after: &Side, topic: &str, issue: &str, actor: &Actor) -> Option<Shift> {
    let (old, new) = (before.standing(actor, issue), after.standing(actor, issue));
    let silent = |standing: &Option<Standing<'_>>| standing.is_none_or(|s| s.certain() == Some(Seat::Silent));
    if silent(&old) && silent(&new) {
        return None;
    }
    let change = match () {
        () if !before.eligible(actor, issue) || !after.eligible(actor, issue) => Change::NotEligible,
        () if !before.has(issue) => Change::NewIssue,
        () if !after.has(issue) => Change::DroppedIssue,
        () => told(&told_side(before, &old, actor), &told_side(after, &new, actor)),
    };
    let quotes = |side: &Side, standing: &Option<Standing<'_>>| -> Vec<String> {
        let found = standing.iter().flat_map(|standing| side.statements(standing, actor));
        found.filter_map(|s| s.quote.as_ref()).map(|quote| quote.text.to_string()).collect()
    };
    Some(Shift {
        actor: actor.clone(),
        topic: topic.to_owned(),
        issue: issue.to_owned(),
        before: old.and_then(|standing| standing.value()),
        after: new.and_then(|standing| standing.value()),
        change,
        quotes_before: quotes(before, &old),
        quotes_after: quotes(after, &new),
    })
}

/// A certain seat, and how it is put.
struct Told {
    seat: Option<Seat>,
    intensity: Intensity,
    conditional: bool,
}

fn told_side(side: &Side, standing: &Option<Standing<'_>>, actor: &Actor) -> Told {
    let seat = standing.and_then(|standing| standing.certain());
    let own = |s: &&Statement| names(s, actor) && Some(Class::of_stance(s.toward_issue())) == seat.map(Class::Fixed);
    let last = standing.and_then(|standing| side.statements(&standing, actor).into_iter().rfind(own));
    Told {
        seat,
        intensity: last.map(|s| s.intensity).unwrap_or_default(),
        conditional: last.is_some_and(|s| s.conditional),
    }
}

fn told(old: &Told, new: &Told) -> Change {
    let (Some(was), Some(is)) = (old.seat, new.seat) else { return Change::Uncertain };
    match (was, is) {
        (Seat::Silent, Seat::Silent) => Change::Unchanged,
        (_, Seat::Silent) => Change::FellSilent,
        (Seat::Silent, _) => Change::Joined,
        (Seat::Support, Seat::Oppose) | (Seat::Oppose, Seat::Support) => Change::Moved,
        (Seat::Support | Seat::Oppose, Seat::Neutral) => Change::ToNeutral,
        (Seat::Neutral, Seat::Support | Seat::Oppose) => Change::FromNeutral,
        _ if new.intensity != old.intensity => {
            if new.intensity > old.intensity {
                Change::Hardened
            } else {
                Change::Softened
            }
        }
        _ => match (old.conditional, new.conditional) {
            (true, false) => Change::Hardened,
            (false, true) => Change::Softened,
            _ => Change::Unchanged,
        },
    }
}
