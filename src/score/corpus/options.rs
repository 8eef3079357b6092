//! How positions are scored: what rows are split by, and what counts.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::error::{Choice, Error, Result};
use crate::group::Silence;
use crate::link::KnownInstrument;
use crate::model::Actor;

/// How to score.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AgreementOptions {
    /// One row per pair and these keys; one row per pair where empty.
    pub by: Vec<Key>,
    /// The actors to compare; by default every member of a meeting with statements, and every
    /// institution that holds one.
    pub actors: Option<Vec<Actor>>,
    /// Weights by issue, from 0, in place of the statements'; an issue of weight 0 is left out.
    pub weights: Option<BTreeMap<String, f64>>,
    /// What the silent count as.
    pub silence: Silence,
    /// The expected number of shared issues below which the score is `None`.
    pub min_shared: f64,
    /// Which names of states count.
    pub names: Names,
    /// True where a sentence counts once however many issues it is about: the weight of its statements is
    /// divided by their number.
    pub by_sentence: bool,
    /// The user's list of instruments, which takes precedence over what the texts show.
    pub instruments: Vec<KnownInstrument>,
}

/// What rows are split by, beside the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Key {
    /// `topic`
    Topic,
    /// `meeting`
    Meeting,
    /// `instrument`: a statement counts once under each instrument that it is about, see
    /// [`instruments`](crate::link::instruments()); statements about none do not count.
    Instrument,
}

impl Key {
    /// Every key.
    pub const ALL: [Key; 3] = [Key::Topic, Key::Meeting, Key::Instrument];

    /// `topic`, `meeting` or `instrument`, the name of its column.
    pub fn as_str(self) -> &'static str {
        match self {
            Key::Topic => "topic",
            Key::Meeting => "meeting",
            Key::Instrument => "instrument",
        }
    }
}

impl FromStr for Key {
    type Err = Error;

    fn from_str(word: &str) -> Result<Key> {
        Choice::new("by", Key::ALL.map(|k| (k.as_str(), k))).pick(word)
    }
}

/// Which names of states count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Names {
    /// `all`: as the reports have them.
    #[default]
    All,
    /// `groups`: only membership of groups; statements of states that speak by name alone are left out.
    Groups,
    /// `without_reporter`: a state's name counts as unsaid in the reports of its own government. Groups
    /// keep their size; what it says alone is left out.
    WithoutReporter,
}

impl Names {
    /// Every choice.
    pub const ALL: [Names; 3] = [Names::All, Names::Groups, Names::WithoutReporter];

    /// `all`, `groups` or `without_reporter`.
    pub fn as_str(self) -> &'static str {
        match self {
            Names::All => "all",
            Names::Groups => "groups",
            Names::WithoutReporter => "without_reporter",
        }
    }
}

impl FromStr for Names {
    type Err = Error;

    fn from_str(word: &str) -> Result<Names> {
        Choice::new("names", Names::ALL.map(|n| (n.as_str(), n))).pick(word)
    }
}
