//! The model of anonymous groups: who may sit where in one cell, and how likely.
//!
//! A [`Cell`] is an issue in a meeting. Its statements make two [`Side`]s, each with the states it
//! names, its exceptions and a range of sizes. A [`Seating`] holds what follows: every pair of
//! sizes that can be seated is equally likely, and given the sizes every seating of the unnamed
//! members is. Probabilities are exact, from the classes of states that cannot be told apart.

mod cell;
mod conflict;
mod fit;
mod seating;
mod side;
mod standing;

pub use cell::{Cell, Cells, cells};
pub use conflict::{Conflict, ConflictKind};
pub use seating::{Class, Composition, Outcome, Seat, Seating, Silence};
pub use side::Side;

/// The places of the members of a bit set, from the lowest.
pub fn members(mask: u64) -> impl Iterator<Item = usize> {
    (0..u64::BITS as usize).filter(move |at| mask >> at & 1 == 1)
}
