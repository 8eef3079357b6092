//! Who agrees with whom, how far that is known, and what makes it so.

pub mod advice;
mod agreement;
pub mod alpha;
pub mod bootstrap;
mod bounds;
mod cell_terms;
mod coders;
pub mod cohesion;
mod coincidences;
pub mod congruence;
pub mod consensus;
mod explain;
mod filling;
mod formula;
mod influence;
pub mod intern;
pub mod kernel;
pub mod long;
pub mod matrix;
pub mod measure;
mod merging;
mod naming;
pub mod pairs;
mod pairwise;
mod positions;
pub mod reliability;
pub mod salience;
pub mod scale;
mod scaling;
pub mod statements;
mod stored;
mod stored_table;
pub mod table;
pub mod tally;
pub mod unit;
pub mod window;

pub use agreement::{Agreement, AgreementOptions, AgreementRow, Key, agreement};
pub use coders::{TwoCoders, two_coders};
pub use explain::{Contribution, explain};
pub use influence::{Influence, influence};
pub use naming::{Names, Naming, naming};
pub use pairwise::PairSums;
pub use positions::{Position, positions};
pub use scaling::{Scaling, plane};

pub use crate::group::Silence;
