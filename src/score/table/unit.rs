//! The issues of a table, and what they are grouped by.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::twice;
use crate::error::{Error, Result, nearest};

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
    pub(in crate::score) fn twice(&self) -> Option<&Unit> {
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

/// Issues with all they can be grouped by.
#[derive(Debug, Clone, Copy)]
pub(in crate::score) struct Attributes<'a> {
    pub(in crate::score) units: &'a [Unit],
    pub(in crate::score) keys: &'a [Key],
}

impl<'a> Attributes<'a> {
    /// The values of `name`: `"issue"`, `"meeting"`, `"topic"` or a key.
    ///
    /// # Errors
    /// [`Error::Missing`] with the nearest name.
    pub(in crate::score) fn values(self, name: &str) -> Result<Vec<Option<&'a str>>> {
        if let Some(key) = self.keys.iter().find(|key| key.name == name) {
            return Ok(key.values.iter().map(Option::as_deref).collect());
        }
        let units = self.units.iter();
        match name {
            "issue" => Ok(units.map(|unit| Some(unit.issue.as_str())).collect()),
            "meeting" => Ok(units.map(|unit| unit.meeting.as_deref()).collect()),
            "topic" => Ok(units.map(|unit| unit.topic.as_deref()).collect()),
            _ => {
                let keys = self.keys.iter().map(|key| key.name.as_str());
                let hint = nearest(name, ["issue", "meeting", "topic"].into_iter().chain(keys));
                Err(Error::Missing { what: "attribute of the issues to group by", got: name.to_owned(), hint })
            }
        }
    }

    /// The issues parted by the values of `by`, in the order of these values; one part without key
    /// where `by` is empty.
    ///
    /// # Errors
    /// As [`Attributes::values`].
    pub(in crate::score) fn parts(self, by: &[String]) -> Result<Vec<Part>> {
        if by.is_empty() {
            return Ok(vec![Part { key: Vec::new(), units: (0..self.units.len()).collect() }]);
        }
        let keys: Vec<_> = by.iter().map(|name| self.values(name)).collect::<Result<_>>()?;
        let mut parts = BTreeMap::<Vec<Option<&str>>, Vec<usize>>::new();
        for unit in 0..self.units.len() {
            parts.entry(keys.iter().map(|key| key[unit]).collect()).or_default().push(unit);
        }
        let owned = |key: Vec<Option<&str>>| key.into_iter().map(|value| value.map(str::to_owned)).collect();
        Ok(parts.into_iter().map(|(key, units)| Part { key: owned(key), units }).collect())
    }
}

impl Key {
    pub(in crate::score) fn of_units(&self, units: &[usize]) -> Key {
        Key { name: self.name.clone(), values: units.iter().map(|&unit| self.values[unit].clone()).collect() }
    }
}
