//! Who can hold a position.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::error::{Choice, Error};

/// A member of a roster: a member state by its ISO 3166 code, or a name of a user's own list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor(Arc<str>);

impl Actor {
    /// The actor of that code or name, as written.
    pub fn new(code: &str) -> Actor {
        Actor(Arc::from(code))
    }

    /// Its code or name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An institution that takes positions beside the member states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Institution {
    /// The European Commission, `COM`.
    Commission,
    /// The European Parliament, `EP`.
    Parliament,
    /// The High Representative, `HRVP`.
    HighRepresentative,
    /// The Presidency of the Council, `PRES`.
    Presidency,
}

impl Institution {
    /// Every institution, in the order of its code.
    pub const ALL: [Institution; 4] =
        [Institution::Commission, Institution::Parliament, Institution::HighRepresentative, Institution::Presidency];

    /// Its code: `COM`, `EP`, `HRVP` or `PRES`.
    pub fn as_str(self) -> &'static str {
        match self {
            Institution::Commission => "COM",
            Institution::Parliament => "EP",
            Institution::HighRepresentative => "HRVP",
            Institution::Presidency => "PRES",
        }
    }

    /// The institution as an actor of a score.
    pub fn to_actor(self) -> Actor {
        Actor::new(self.as_str())
    }
}

impl FromStr for Institution {
    type Err = Error;

    fn from_str(code: &str) -> Result<Institution, Error> {
        Choice::new("institution", Institution::ALL.map(|i| (i.as_str(), i))).pick(code)
    }
}
