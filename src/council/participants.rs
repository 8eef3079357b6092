//! Who takes part in a vote.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::error::{Error, Result, nearest};
use crate::model::{Actor, Roster};

/// Who takes part: the roster, the euro area of it, or all but those with an opt-out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Participants {
    /// True for the members whose currency is the euro on the day of the vote.
    pub euro_area: bool,
    /// Members that take no part.
    pub without: Vec<Actor>,
}

/// The states whose currency is the euro, with the day on which it became so.
static EURO: LazyLock<Vec<(Actor, Date)>> = LazyLock::new(|| {
    let lines = include_str!("euro.csv").lines().skip(1);
    lines
        .filter_map(|line| line.split_once(','))
        .filter_map(|(code, day)| Some((Actor::new(code), day.parse().ok()?)))
        .collect()
});

impl Participants {
    /// Those of `roster` that take part on `date`, as a bit set.
    ///
    /// # Errors
    /// [`Error::Missing`] for an opt-out of who is no member, [`Error::Option`] where nobody is left.
    pub fn mask(&self, roster: &Roster, date: Date) -> Result<u64> {
        let mut mask = 0;
        for (at, actor) in roster.actors().iter().enumerate() {
            let euro = || EURO.iter().any(|(code, from)| code == actor && *from <= date);
            if !self.euro_area || euro() {
                mask |= 1 << at;
            }
        }
        for actor in &self.without {
            let codes = || roster.actors().iter().map(Actor::as_str);
            let missing =
                || Error::Missing { what: "member", got: actor.to_string(), hint: nearest(actor.as_str(), codes()) };
            mask &= !(1 << roster.index(actor).ok_or_else(missing)?);
        }
        if mask == 0 {
            let expected = "participants of whom at least one is a member on the day".to_owned();
            return Err(Error::Option { name: "participants", got: "none".to_owned(), expected });
        }
        Ok(mask)
    }
}
