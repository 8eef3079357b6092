//! Who agrees with whom, how far that is known, and what makes it so.

mod agreement;
mod explain;
mod pairwise;
mod positions;

pub use agreement::{Agreement, AgreementOptions, AgreementRow, Key, agreement};
pub use explain::{Contribution, explain};
pub use pairwise::PairSums;
pub use positions::{Position, positions};

pub use crate::group::Silence;
