//! Report text to statements.
//!
//! ```text
//! text ─▶ line ─▶ block ─▶ clean ─▶ sentence ─▶ mention ─▶ clause ─▶ position ─▶ reading ─▶ statements
//!         furniture  part             │          list       predicate  holder
//!                    head             nouns                 subject    side, object, thing, stance
//! ```
//!
//! `object` says where a cue has its object (`agent` of a passive, `direct` beside a verb, `conjuncts` its parts),
//! `thing` and `name` what it is called; `gap` reads what leaves its verb out. `memory` keeps what an agenda item has
//! named, `coder` goes from sentence to sentence, `coding` codes each.

mod agent;
mod block;
mod certainty;
mod clause;
mod clean;
mod coder;
mod coding;
mod conjuncts;
mod coordination;
mod deciding;
mod direct;
mod first_person;
mod furniture;
mod gap;
mod head;
mod holder;
mod line;
mod list;
mod measure;
mod membership;
mod memory;
mod mention;
mod name;
mod named;
mod nouns;
mod object;
mod oddities;
mod part;
mod people;
mod places;
mod plea;
mod point;
mod pointer;
mod position;
mod predicate;
mod proposition;
mod reading;
mod report;
mod reporter;
mod sentence;
mod side;
mod size;
mod stance;
mod subject;
mod thing;
mod token;
mod usage;
mod verdict;

pub use clean::Clean;
pub use furniture::Furniture;

pub use report::{Options, QUIET, Reading, read_report};
pub use usage::usage;
