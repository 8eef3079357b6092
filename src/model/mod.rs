//! The nouns: meetings, actors, groups, stances, statements, and the corpus that holds them.

mod actor;
mod combine;
mod corpus;
mod group;
mod meeting;
mod roster;
mod shared;
mod stance;
mod statement;

pub use arcstr::{ArcStr, Substr};

pub use actor::{Actor, Institution};
pub use combine::Filter;
pub use corpus::{Corpus, Report, Unreadable};
pub use group::{Group, Holder, Quantifier, Who};
pub use meeting::Meeting;
pub use roster::Roster;
pub use shared::Shared;
pub use stance::{Intensity, Stance};
pub use statement::{Quote, Statement, StatementId, Unread};
