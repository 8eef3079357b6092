//! Groups of member states, named and anonymous, and the holders of statements.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

use arcstr::ArcStr;

use super::{Actor, Institution};
use crate::error::{Choice, Error};

/// The class of a size word. Its range of members is in the size table, never in a lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantifier {
    /// "all member states"
    All,
    /// "nearly all"
    NearlyAll,
    /// "most"
    Most,
    /// "a majority"
    Majority,
    /// "many"
    Many,
    /// "a large group"
    LargeGroup,
    /// "a group"
    Group,
    /// "various"
    Various,
    /// "several"
    Several,
    /// "a number of"
    NumberOf,
    /// "some"
    Some,
    /// "a small group"
    SmallGroup,
    /// "a few"
    Few,
    /// "one member state"
    Single,
    /// Exactly its named members.
    NamedOnly,
    /// Exactly this many: "ten member states".
    Count(u16),
}

impl Quantifier {
    /// Every class but the counts.
    pub const WORDS: [Quantifier; 15] = [
        Quantifier::All,
        Quantifier::NearlyAll,
        Quantifier::Most,
        Quantifier::Majority,
        Quantifier::Many,
        Quantifier::LargeGroup,
        Quantifier::Group,
        Quantifier::Various,
        Quantifier::Several,
        Quantifier::NumberOf,
        Quantifier::Some,
        Quantifier::SmallGroup,
        Quantifier::Few,
        Quantifier::Single,
        Quantifier::NamedOnly,
    ];

    /// The name of the class; a count answers `count`.
    pub fn class(self) -> &'static str {
        match self {
            Quantifier::All => "all",
            Quantifier::NearlyAll => "nearly_all",
            Quantifier::Most => "most",
            Quantifier::Majority => "majority",
            Quantifier::Many => "many",
            Quantifier::LargeGroup => "large_group",
            Quantifier::Group => "group",
            Quantifier::Various => "various",
            Quantifier::Several => "several",
            Quantifier::NumberOf => "number_of",
            Quantifier::Some => "some",
            Quantifier::SmallGroup => "small_group",
            Quantifier::Few => "few",
            Quantifier::Single => "single",
            Quantifier::NamedOnly => "named_only",
            Quantifier::Count(_) => "count",
        }
    }
}

impl fmt::Display for Quantifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantifier::Count(n) => write!(f, "count:{n}"),
            word => f.write_str(word.class()),
        }
    }
}

impl FromStr for Quantifier {
    type Err = Error;

    fn from_str(word: &str) -> Result<Quantifier, Error> {
        if let Some(count) = word.strip_prefix("count:").and_then(|n| n.parse().ok()) {
            return Ok(Quantifier::Count(count));
        }
        Choice::new("quantifier", Quantifier::WORDS.map(|q| (q.class(), q))).also("count:N").pick(word)
    }
}

/// What is said of a group: who is certainly in it, who certainly not, and how large it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Who {
    /// Members that the text names, sorted.
    pub named: Vec<Actor>,
    /// Members that the text excludes, sorted.
    pub excluded: Vec<Actor>,
    /// Its size word; `None` where explicit sizes stand instead.
    pub quantifier: Option<Quantifier>,
    /// Explicit smallest and largest size of a coded table; they stand like a count.
    pub sizes: Option<(u16, u16)>,
}

/// A group of members. What is said of it is said of many: it is kept once, and a clone costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Group {
    /// What is said of it.
    pub who: Arc<Who>,
    /// Statements that speak of one and the same group share it.
    pub id: Option<ArcStr>,
}

impl From<Who> for Group {
    fn from(who: Who) -> Group {
        Group { who: Arc::new(who), id: None }
    }
}

impl Deref for Group {
    type Target = Who;

    fn deref(&self) -> &Who {
        &self.who
    }
}

/// Who takes the position of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Holder {
    /// One institution.
    Institution(Institution),
    /// Member states, named or not.
    Group(Group),
}

impl Holder {
    /// Exactly these states, sorted.
    pub fn states(named: Vec<Actor>) -> Holder {
        Holder::Group(Who { named, quantifier: Some(Quantifier::NamedOnly), ..Who::default() }.into())
    }

    /// The institution, where one holds the position.
    pub fn institution(&self) -> Option<Institution> {
        match self {
            Holder::Institution(institution) => Some(*institution),
            Holder::Group(_) => None,
        }
    }

    /// The group, where member states hold the position.
    pub fn group(&self) -> Option<&Group> {
        match self {
            Holder::Institution(_) => None,
            Holder::Group(group) => Some(group),
        }
    }

    /// The key that tells holders apart in a statement's id: codes, exceptions and size.
    pub fn key(&self) -> String {
        let mut key = String::new();
        // A string takes all that is written to it.
        let _ = self.write_key(&mut key);
        key
    }

    /// Writes that key to where it is wanted.
    pub(super) fn write_key(&self, key: &mut impl fmt::Write) -> fmt::Result {
        let group = match self {
            Holder::Institution(institution) => return key.write_str(institution.as_str()),
            Holder::Group(group) => group,
        };
        for actors in [&group.named, &group.excluded] {
            for (at, actor) in actors.iter().enumerate() {
                key.write_str(if at > 0 { " " } else { "" })?;
                key.write_str(actor.as_str())?;
            }
            key.write_char('|')?;
        }
        match group.quantifier {
            Some(Quantifier::Count(count)) => write!(key, "count:{count}|")?,
            Some(word) => write!(key, "{}|", word.class())?,
            None => key.write_char('|')?,
        }
        match group.sizes {
            Some(sizes) => write!(key, "Some({sizes:?})"),
            None => key.write_str("None"),
        }
    }
}
