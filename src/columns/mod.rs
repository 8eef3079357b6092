//! Every output table: its columns, their types and their order, in one place.
//!
//! Text is UTF-8, days are dates without a time, counts are 64-bit integers and scores doubles;
//! what is undefined or unknown is null. Words of a closed list that are never missing (a stance, a
//! side, a change) are dictionaries of the whole list in its order: categories in a dataframe, into
//! which any word of the list can be written. Words that can be missing stay text, so that any other
//! can be filled in. Codes of several states stand in one cell, joined by a space (by `; ` where a
//! name of the roster holds a space itself); several phrases or ids are a list.

mod codings;
mod compare;
mod corpus;
mod council;
mod dna;
mod lexicon;
mod link;
mod open;
mod score;
mod store;
mod structure;
mod table;
mod tables;
mod ties;

pub use codings::{coefficients, disagreements};
pub use compare::{changes, gaps, read_vote_key, read_votes, shifts};
pub use corpus::{errors, join_actors, meetings, reports, statements, unread};
pub use council::{majorities, pivotal, pivotal_of_sides, power};
pub use dna::dna_statements;
pub use lexicon::lexicon;
pub use link::{instruments, issues, matches, read_instruments, read_issues, read_topics, topics};
pub use open::{open_cohesion, open_measure, open_pairs, sensitivities};
pub use score::{agreement, conflicts, contributions, influences, matrix, naming, positions};
pub use store::{Kept, size, word_sizes};
pub use structure::{between, camps, edges, joins, places, polarised};
pub use table::Table;
pub use tables::{
    advised, alphas, category_reliabilities, cohesion_of_issues, cohesion_of_parts, differing, pair_scores, recoded,
    reliabilities, states, tally_scores, unit_shares,
};
pub use ties::{ties, two_mode};
