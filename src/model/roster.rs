//! Who was a member, and when.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::Actor;
use crate::error::{Error, Result};

/// The members of one body at one date, sorted; at most 64, so that a set of them is one word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    actors: Vec<Actor>,
}

struct Membership {
    code: Actor,
    joined: Date,
    left: Option<Date>,
}

/// `code,joined,left`: the day of accession, and the first day on which a state was out.
static MEMBERSHIPS: LazyLock<Vec<Membership>> = LazyLock::new(|| {
    let lines = include_str!("members.csv").lines().skip(1);
    lines
        .filter_map(|line| {
            let mut fields = line.split(',');
            Some(Membership {
                code: Actor::new(fields.next()?),
                joined: fields.next()?.parse().ok()?,
                left: fields.next().and_then(|day| day.parse().ok()),
            })
        })
        .collect()
});

impl Roster {
    /// The most members a roster can have.
    pub const LIMIT: usize = 64;

    /// The member states of the European Union on `date`.
    ///
    /// # Errors
    /// [`Error::Date`] before 1995-01-01, the first day that the table of members covers.
    pub fn eu(date: Date) -> Result<Roster> {
        if date < jiff::civil::date(1995, 1, 1) {
            return Err(Error::Date {
                got: date.to_string(),
                expected: "a day from 1995-01-01 on, where the table of members starts",
            });
        }
        let seated = |m: &&Membership| m.joined <= date && m.left.is_none_or(|left| date < left);
        Ok(Roster { actors: MEMBERSHIPS.iter().filter(seated).map(|m| m.code.clone()).collect() })
    }

    /// Every state that ever was a member, for look-ups that have no date.
    pub fn eu_ever() -> Roster {
        Roster { actors: MEMBERSHIPS.iter().map(|m| m.code.clone()).collect() }
    }

    /// A roster of any names; doubles are dropped.
    ///
    /// # Errors
    /// [`Error::Limit`] for more than [`Roster::LIMIT`] names.
    pub fn new<I: IntoIterator<Item = Actor>>(actors: I) -> Result<Roster> {
        let mut actors: Vec<Actor> = actors.into_iter().collect();
        actors.sort();
        actors.dedup();
        if actors.len() > Roster::LIMIT {
            return Err(Error::Limit {
                what: "members of a roster",
                value: actors.len() as u64,
                limit: Roster::LIMIT as u64,
            });
        }
        Ok(Roster { actors })
    }

    /// The members, sorted.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.actors.len()
    }

    /// True where the roster has no member.
    pub fn is_empty(&self) -> bool {
        self.actors.is_empty()
    }

    /// The place of `actor` in [`Roster::actors`].
    pub fn index(&self, actor: &Actor) -> Option<usize> {
        self.actors.binary_search(actor).ok()
    }

    /// The members among `actors` as a bit set over [`Roster::actors`].
    pub fn mask(&self, actors: &[Actor]) -> u64 {
        actors.iter().filter_map(|a| self.index(a)).fold(0, |mask, at| mask | 1 << at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn roster_follows_the_date() {
        let counts = [
            ((1995, 1, 1), 15),
            ((2004, 4, 30), 15),
            ((2004, 5, 1), 25),
            ((2006, 12, 31), 25),
            ((2007, 1, 1), 27),
            ((2013, 6, 30), 27),
            ((2013, 7, 1), 28),
            ((2020, 1, 31), 28),
            ((2020, 2, 1), 27),
            ((2025, 3, 4), 27),
        ];
        for ((y, m, d), count) in counts {
            assert_eq!(Roster::eu(date(y, m, d)).unwrap().len(), count, "{y}-{m}-{d}");
        }
        assert!(Roster::eu(date(1994, 12, 31)).is_err());
    }
}
