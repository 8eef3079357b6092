//! The issues of a table, and what they are grouped by.

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
