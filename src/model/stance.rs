//! What is said of a proposition.

use std::str::FromStr;

use crate::error::{Choice, Error};

/// The direction of a statement, toward its proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Against, −1.
    Oppose,
    /// Reported without a side, 0. Not the same as silence.
    Neutral,
    /// In favour, +1.
    Support,
}

impl Stance {
    /// Every stance, from support to opposition.
    pub const ALL: [Stance; 3] = [Stance::Support, Stance::Neutral, Stance::Oppose];

    /// `support`, `neutral` or `oppose`.
    pub fn as_str(self) -> &'static str {
        match self {
            Stance::Support => "support",
            Stance::Neutral => "neutral",
            Stance::Oppose => "oppose",
        }
    }

    /// +1, 0 or −1.
    pub fn sign(self) -> i8 {
        match self {
            Stance::Support => 1,
            Stance::Neutral => 0,
            Stance::Oppose => -1,
        }
    }

    /// The stance of that sign.
    pub fn of_sign(sign: i8) -> Stance {
        match sign.signum() {
            1 => Stance::Support,
            0 => Stance::Neutral,
            _ => Stance::Oppose,
        }
    }

    /// The stance toward the issue, given the polarity (+1 or −1) of the proposition toward it.
    pub fn toward_issue(self, polarity: i8) -> Stance {
        Stance::of_sign(self.sign() * polarity)
    }
}

impl FromStr for Stance {
    type Err = Error;

    fn from_str(word: &str) -> Result<Stance, Error> {
        Choice::new("stance", Stance::ALL.map(|s| (s.as_str(), s))).pick(word)
    }
}

/// How strongly a stance is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Intensity {
    /// Hedged: "in principle", "could live with".
    Weak,
    /// Neither hedged nor stressed.
    #[default]
    Normal,
    /// Stressed: "insisted", "firmly opposed".
    Strong,
}

impl Intensity {
    /// Every intensity, from weak to strong.
    pub const ALL: [Intensity; 3] = [Intensity::Weak, Intensity::Normal, Intensity::Strong];

    /// `weak`, `normal` or `strong`.
    pub fn as_str(self) -> &'static str {
        match self {
            Intensity::Weak => "weak",
            Intensity::Normal => "normal",
            Intensity::Strong => "strong",
        }
    }
}

impl FromStr for Intensity {
    type Err = Error;

    fn from_str(word: &str) -> Result<Intensity, Error> {
        Choice::new("intensity", Intensity::ALL.map(|i| (i.as_str(), i))).pick(word)
    }
}
