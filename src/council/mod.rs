//! What a side could decide: majorities of the Council, and the power of its members.

mod bench;
mod chamber;
mod majority;
mod participants;
mod pivotal;
mod power;
mod rule;
mod sensitivity;
mod subsets;
mod table;
mod worst;

pub use chamber::Chamber;
pub use majority::{Favour, Majority, Verdict, majority, majority_in};
pub use participants::Participants;
pub use pivotal::{PivotalRow, pivotal};
pub use power::{Power, PowerIndex, power, power_in, weighted_power};
pub use rule::Rule;
pub use sensitivity::{Sensitivity, sensitivity};
pub use subsets::Subsets;
pub use table::{MajorityRow, Vote, majorities, majorities_in};
