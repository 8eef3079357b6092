//! The issues of a table, and what they are grouped by.

use std::sync::OnceLock;

use super::table::twice;

/// One column of a table: an issue, in a meeting where meetings are told apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// The issue.
    pub issue: String,
    /// The meeting.
    pub meeting: Option<String>,
    /// The topic of the issue.
    pub topic: Option<String>,
}

/// The issues of a table. Those without names are numbered from 0, and the numbers written when somebody asks.
#[derive(Debug, Clone)]
pub struct Units {
    count: usize,
    named: OnceLock<Vec<Unit>>,
}

impl Units {
    /// So many issues without names.
    pub fn numbered(count: usize) -> Units {
        Units { count, named: OnceLock::new() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The issues.
    pub fn as_slice(&self) -> &[Unit] {
        let unit = |at: usize| Unit { issue: at.to_string(), ..Unit::default() };
        self.named.get_or_init(|| (0..self.count).map(unit).collect())
    }

    /// The first issue, in their order, that stands twice.
    pub(super) fn twice(&self) -> Option<&Unit> {
        // Numbers that nobody asked for are all different.
        self.named.get().and_then(|units| twice(units))
    }
}

impl From<Vec<Unit>> for Units {
    fn from(units: Vec<Unit>) -> Units {
        Units { count: units.len(), named: OnceLock::from(units) }
    }
}

impl PartialEq for Units {
    fn eq(&self, other: &Units) -> bool {
        self.as_slice() == other.as_slice()
    }
}

/// An attribute of the issues that results can be grouped by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: String,
    /// Its value for each issue.
    pub values: Vec<Option<String>>,
}

/// The issues that share the values of all keys asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// One value per key.
    pub key: Vec<Option<String>>,
    /// The places of the issues.
    pub units: Vec<usize>,
}

impl Key {
    pub(super) fn of_units(&self, units: &[usize]) -> Key {
        Key { name: self.name.clone(), values: units.iter().map(|&unit| self.values[unit].clone()).collect() }
    }
}
