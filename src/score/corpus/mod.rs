//! Scores over the cells of a corpus, where groups leave open who holds what.

mod agreement;
mod explain;
mod influence;
mod leading;
mod naming;
mod options;
mod pairwise;
mod positions;

pub use agreement::{Agreement, AgreementRow, agreement, agreement_with};
pub use explain::{Contribution, explain};
pub use influence::{Influence, influence};
pub use leading::{Leading, LeadingIssue, leading};
pub use naming::{Naming, naming};
pub use options::{AgreementOptions, Key, Names};
pub use pairwise::PairSums;
pub use positions::{Position, positions};
