//! On whose choice the verdict of a side hangs.

use super::bench::Bench;
use super::table::{Vote, each_meeting, taken};
use crate::group::{cells, members};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Stance};

/// The part that one member has in the verdict on one side.
#[derive(Debug, Clone, PartialEq)]
pub struct PivotalRow {
    /// The meeting's id.
    pub meeting: String,
    /// The topic.
    pub topic: String,
    /// The issue.
    pub issue: String,
    /// Support or opposition.
    pub side: Stance,
    /// The member.
    pub actor: Actor,
    /// The probability, 0 to 1, that the verdict turns when it alone joins or leaves the side; only the
    /// members of the side are in favour.
    pub probability: f64,
}

/// One row for each side that member states take and each member that takes part, in the order of the
/// cells; none for meetings without a verdict.
pub fn pivotal(corpus: &Corpus, sizes: &SizeTable, vote: &Vote<'_>) -> Vec<PivotalRow> {
    each_meeting(&cells(corpus, sizes).cells, vote, |cell, house| {
        let Ok(counts) = house.counts.as_mut() else { return Vec::new() };
        let open = counts.open(cell);
        let bench = Bench::new(cell, &counts.chamber, open);
        let sides = taken(cell).flat_map(|stance| members(bench.chamber.everyone()).map(move |at| (stance, at)));
        sides
            .map(|(stance, at)| PivotalRow {
                meeting: cell.meeting.clone(),
                topic: cell.topic.clone(),
                issue: cell.issue.clone(),
                side: stance,
                actor: bench.chamber.members[at].clone(),
                probability: bench.pivotal(stance, at),
            })
            .collect()
    })
}
