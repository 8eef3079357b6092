//! Whose formulas hold: ours, or those of the Discourse Network Analyzer.

use std::str::FromStr;

use crate::error::{Choice, Error, Result};

/// Whose formulas divide.
///
/// - Jaccard, corrected: the pairs of statements on one concept, plus the statements of each on
///   concepts of which the other says nothing; never above 1. DNA: the pairs at one level, plus the
///   statements of each at levels which the other does not use; conflict may be above 1.
/// - Cosine, corrected: √(self(x)·self(y)), self being the same sum of an actor with itself, for
///   conflict that of `Ignore`; never above 1. DNA: the numbers of statements, multiplied.
/// - What has no divisor is missing, corrected, and 0 in DNA.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definition {
    /// Divisors that bound the score.
    Corrected,
    /// Those of the Discourse Network Analyzer, to the bit.
    Dna,
}

impl FromStr for Definition {
    type Err = Error;

    fn from_str(word: &str) -> Result<Definition> {
        let all = [("corrected", Definition::Corrected), ("dna", Definition::Dna)];
        Choice::new("definition", all).pick(word)
    }
}
