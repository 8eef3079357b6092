//! What changed between meetings, and how far that is known.

mod change;
mod codings;
mod shift;
mod side;
mod vote;

pub use change::AgreementChange;
pub use codings::{Coded, CodingComparison, Unit, align, coders_table, compare_codings};
pub use shift::{Change, Shift};
pub use vote::{Gap, Vote, VoteKey, against_votes};

use crate::error::{Error, Result};
use crate::group::Silence;
use crate::lexicon::SizeTable;
use crate::model::Corpus;
use crate::stop::Stop;
use side::Side;

/// How to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompareOptions {
    /// What the silent count as in the agreement of pairs.
    pub silence: Silence,
    /// How many permutations the test against chance draws; 0 leaves it out.
    pub permutations: usize,
    /// The seed of the test; the same seed gives the same result.
    pub seed: u64,
}

impl Default for CompareOptions {
    fn default() -> CompareOptions {
        CompareOptions { silence: Silence::default(), permutations: 999, seed: 0 }
    }
}

/// What changed from the earlier meetings to the later.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// In order of topic, issue and actor: every actor that has, or may have, a position on a side.
    pub shifts: Vec<Shift>,
    /// In order of `actor_a` and `actor_b`: every pair of actors of either side.
    pub agreement: Vec<AgreementChange>,
    /// What was asked for.
    pub options: CompareOptions,
}

/// Compares the meetings named in `earlier` with those in `later`.
///
/// Of several meetings on one side an actor's position is its last one there; silence in a later
/// meeting of the side takes nothing back.
///
/// # Errors
/// [`Error::Missing`] for a meeting that is not there, [`Error::Option`] for a side without meetings
/// and for a meeting on both sides.
pub fn compare(
    corpus: &Corpus,
    sizes: &SizeTable,
    earlier: &[String],
    later: &[String],
    options: &CompareOptions,
) -> Result<Comparison> {
    compare_with(corpus, sizes, earlier, later, options, &Stop::default())
}

/// The same, ended where `stop` asks for it; every pair of actors is a step.
///
/// # Errors
/// As [`compare`], and [`Error::Stopped`].
pub fn compare_with(
    corpus: &Corpus,
    sizes: &SizeTable,
    earlier: &[String],
    later: &[String],
    options: &CompareOptions,
    stop: &Stop,
) -> Result<Comparison> {
    let before = Side::new(corpus, sizes, earlier, "earlier")?;
    let after = Side::new(corpus, sizes, later, "later")?;
    if let Some(both) = earlier.iter().find(|id| later.contains(id)) {
        let expected = "meetings that are not on the earlier side too".to_owned();
        return Err(Error::Option { name: "later", got: format!("'{both}'"), expected });
    }
    Ok(Comparison {
        shifts: shift::shifts(&before, &after),
        agreement: change::changes(&before, &after, options, stop)?,
        options: options.clone(),
    })
}
