//! What networks of scores are made of: trees, camps, ties, places.

use arrow_array::RecordBatch;

use super::table::Table;
use crate::error::Result;
use crate::score::kernel::pair_index;
use crate::score::networks::Scaling;
use crate::score::networks::polarisation::Polarisation;
use crate::score::networks::ties::{Between, Ties, Tree};

/// One row a tie: `actor_a, actor_b`, the measure's name, `shared`.
///
/// # Errors
/// None on any network; the type is that of every table.
pub fn edges(ties: &Ties, edges: &[(usize, usize)]) -> Result<RecordBatch> {
    let shared = |&(a, b): &(usize, usize)| ties.shared.get(pair_index(ties.actors.len(), a, b)).copied();
    Table::new()
        .text("actor_a", edges.iter().map(|(a, _)| &ties.actors[*a]))
        .text("actor_b", edges.iter().map(|(_, b)| &ties.actors[*b]))
        .number(&ties.measure, edges.iter().map(|(a, b)| ties.score(*a, *b)))
        .number("shared", edges.iter().map(shared))
        .finish("edges")
}

/// One row an actor: `actor, camp`, the camp missing for who has no score.
///
/// # Errors
/// None on any camps; the type is that of every table.
pub fn camps(actors: &[String], camps: &[Option<usize>]) -> Result<RecordBatch> {
    Table::new().text("actor", actors).count("camp", camps.iter().copied()).finish("camps")
}

/// One row an actor: `actor, camp`, from 1.
///
/// # Errors
/// None on any camps; the type is that of every table.
pub fn polarised(found: &Polarisation) -> Result<RecordBatch> {
    camps(&found.actors, &found.camps.iter().map(|camp| Some(camp + 1)).collect::<Vec<_>>())
}

/// One row a join of the tree: `cluster_a, cluster_b` (their members), `distance, size`.
///
/// # Errors
/// None on any tree; the type is that of every table.
pub fn joins(actors: &[String], tree: &Tree) -> Result<RecordBatch> {
    let mut members: Vec<Vec<&str>> = tree.leaves.iter().map(|&leaf| vec![actors[leaf].as_str()]).collect();
    for join in &tree.joins {
        members.push([members[join.clusters[0]].as_slice(), members[join.clusters[1]].as_slice()].concat());
    }
    let side = |at: usize| tree.joins.iter().map(|join| members[join.clusters[at]].join("; ")).collect::<Vec<_>>();
    Table::new()
        .text("cluster_a", side(0))
        .text("cluster_b", side(1))
        .number("distance", tree.joins.iter().map(|join| Some(join.distance)))
        .count("size", tree.joins.iter().map(|join| Some(join.size)))
        .finish("tree")
}

/// One row a camp or two: `camp_a, camp_b, mean, pairs, unknown`.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn between(rows: &[Between]) -> Result<RecordBatch> {
    Table::new()
        .text("camp_a", rows.iter().map(|row| &row.camps[0]))
        .text("camp_b", rows.iter().map(|row| &row.camps[1]))
        .number("mean", rows.iter().map(|row| row.mean))
        .count("pairs", rows.iter().map(|row| Some(row.pairs)))
        .count("unknown", rows.iter().map(|row| Some(row.unknown)))
        .finish("between")
}

/// One row an actor: `actor, x, y, stress`, the stress that of the whole map.
///
/// # Errors
/// None on any map; the type is that of every table.
pub fn places(actors: &[String], map: &Scaling) -> Result<RecordBatch> {
    Table::new()
        .text("actor", actors)
        .number("x", map.places.iter().map(|place| Some(place[0])))
        .number("y", map.places.iter().map(|place| Some(place[1])))
        .number("stress", map.places.iter().map(|_| map.stress))
        .finish("places")
}
