//! Who agrees with whom, how far that is known, and what makes it so.

mod agreement;
pub mod alpha;
pub mod cohesion;
mod explain;
mod formula;
pub mod kernel;
pub mod measure;
mod pairwise;
mod positions;
pub mod table;
pub mod tally;

pub use agreement::{Agreement, AgreementOptions, AgreementRow, Key, agreement};
pub use explain::{Contribution, explain};
pub use pairwise::PairSums;
pub use positions::{Position, positions};

pub use crate::group::Silence;
