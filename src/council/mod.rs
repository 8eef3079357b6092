//! What a side could decide: majorities of the Council, and the power of its members.

mod chamber;
mod majority;
mod power;
mod rule;
mod subsets;
mod table;

pub use chamber::Chamber;
pub use majority::{Favour, Majority, Verdict, majority};
pub use power::{Power, PowerIndex, power, weighted_power};
pub use rule::Rule;
pub use subsets::Subsets;
pub use table::{MajorityRow, majorities};
