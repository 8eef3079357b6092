//! The ties of networks of statements.

use arrow_array::RecordBatch;

use super::table::Table;
use crate::error::Result;
use crate::score::networks::congruence::Congruence;
use crate::score::networks::two_mode::TwoMode;

/// One row a pair: `actor_a, actor_b`, the kind's name, `shared, statements_a, statements_b`.
///
/// # Errors
/// None on any network; the type is that of every table.
pub fn ties(network: &Congruence) -> Result<RecordBatch> {
    let rows = network.actors.len();
    let pairs = || (0..rows).flat_map(|i| (i + 1..rows).map(move |j| (i, j)));
    let said = |actor: usize| Some(network.statements[actor] as usize);
    Table::new()
        .text("actor_a", pairs().map(|(i, _)| &network.actors[i]))
        .text("actor_b", pairs().map(|(_, j)| &network.actors[j]))
        .number(network.options.kind.as_str(), network.ties.iter().map(|tie| tie.value))
        .count("shared", network.ties.iter().map(|tie| Some(tie.shared)))
        .count("statements_a", pairs().map(|(i, _)| said(i)))
        .count("statements_b", pairs().map(|(_, j)| said(j)))
        .finish("congruence")
}

/// One row an actor and concept: `actor, concept`, the kind's name, `statements`.
///
/// # Errors
/// None on any network; the type is that of every table.
pub fn two_mode(network: &TwoMode) -> Result<RecordBatch> {
    let cells = || network.actors.iter().flat_map(|actor| network.concepts.iter().map(move |concept| (actor, concept)));
    Table::new()
        .text("actor", cells().map(|(actor, _)| actor))
        .text("concept", cells().map(|(_, concept)| concept))
        .number(network.options.kind.as_str(), network.cells.iter().copied())
        .number("statements", network.statements.iter().copied().map(Some))
        .finish("two_mode")
}
