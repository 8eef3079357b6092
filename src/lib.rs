//! Standpunt reads reports of Council meetings, codes every position stated in them, and scores
//! who agrees with whom, on what, and how far that is known.
//!
//! The way is one-directional, from text to number; each module is one arrow of it:
//!
//! ```text
//! report text ─▶ read ─▶ statements ─▶ link ─▶ cells ─▶ score ─▶ agreement, majorities
//! coded table ─▶ coded ─────┘                  group     council
//! ```
//!
//! | module | what it holds |
//! |---|---|
//! | [`error`], [`span`], [`stop`], [`memory`] | the ground floor: what can go wrong, where in a text, when to end, and what fits |
//! | [`arrow`] | cells of any Arrow column as text and as numbers |
//! | [`model`] | meetings, actors, groups, stances, statements and the corpus that holds them |
//! | [`lexicon`] | the words of each language, group sizes and populations, as data files |
//! | [`document`] | files to text |
//! | [`read`] | report text to statements |
//! | [`coded`] | a coded table to statements |
//! | [`link`] | propositions of different sentences joined to issues |
//! | [`reports`] | many reports to one corpus: read, then linked |
//! | [`group`] | the model of anonymous groups: sides, seating, probabilities, bounds |
//! | [`score`] | agreement |
//! | [`council`] | majorities |
//! | [`compare`] | what changed between meetings |
//! | [`render`] | html and svg of every display |
//! | [`columns`] | every output table: names, types and order |
//!
//! Imports go down only, in the order of that table.

#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used))]

pub mod arrow;
pub mod coded;
pub mod columns;
pub mod compare;
pub mod council;
pub mod document;
pub mod error;
pub mod group;
pub mod lexicon;
pub mod link;
pub mod memory;
pub mod model;
pub mod read;
pub mod render;
pub mod reports;
pub mod score;
pub mod span;
pub mod stop;

#[cfg(feature = "python")]
mod python;

pub use error::{Error, Result, RowNumber};
pub use model::Corpus;
