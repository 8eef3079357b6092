//! The votes of groups, issue by issue, to be added up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cohesion::{Cohesion, MeanCohesion, Votes, ballots, means};
use super::stored::{Reader, Writer};
use super::table::unit::Attributes;
use super::table::{Key, Scale, Table, Unit};
use crate::error::{Error, Result};

/// How many members of each group voted yes, no and abstain on each issue.
///
/// Tallies of parts of a table, cut anywhere between issues or between actors and merged in any
/// order, are the tally of the whole, to the byte: votes are counted, and nothing is divided before
/// somebody asks. A part that is merged twice counts twice.
#[derive(Debug, Clone, PartialEq)]
pub struct CohesionTally {
    head: Head,
    issues: BTreeMap<Unit, Issue>,
}

/// What two tallies must have in common to be merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Head {
    groups: Vec<String>,
    /// The names of the attributes that issues can be grouped by.
    keys: Vec<String>,
    weighted: bool,
}

/// What is known of one issue.
#[derive(Debug, Clone, PartialEq)]
struct Issue {
    keys: Vec<Option<String>>,
    weight: f64,
    /// Yes, no and abstain, group by group.
    votes: Vec<[u32; 3]>,
}

impl CohesionTally {
    /// The votes of `groups`, names with their members; members that the table does not have cast
    /// none in it. `by` names attributes of the issues that the means can be asked for.
    ///
    /// # Errors
    /// [`Error::Option`] where the scale has no yes and no, [`Error::Missing`] for an attribute that
    /// is not there.
    pub fn of(table: &Table, groups: &[(String, Vec<String>)], by: &[String]) -> Result<CohesionTally> {
        let named = ["issue", "meeting", "topic"];
        let keys: Vec<String> = by.iter().filter(|name| !named.contains(&name.as_str())).cloned().collect();
        let values: Vec<_> = keys.iter().map(|name| table.key(name)).collect::<Result<_>>()?;
        // Nobody said anything, so no level occurs.
        let silent = matches!(table.scale(), Scale::Nominal { levels } if levels.is_empty());
        let mut counted = Vec::new();
        for (_, members) in groups {
            let places = |actor: &String| members.contains(actor);
            let members: Vec<usize> = (0..table.actors().len()).filter(|&at| places(&table.actors()[at])).collect();
            counted.push(if silent { vec![[0; 3]; table.width()] } else { ballots(table, &members)? });
        }
        let head = Head {
            groups: groups.iter().map(|(name, _)| name.clone()).collect(),
            keys,
            weighted: table.weights().is_some(),
        };
        let mut tally = CohesionTally { head, issues: BTreeMap::new() };
        for (at, unit) in table.units().iter().enumerate() {
            tally.add(
                unit.clone(),
                Issue {
                    keys: values.iter().map(|values| values[at].map(str::to_owned)).collect(),
                    weight: table.weights().map_or(1.0, |weights| weights[at]),
                    votes: counted.iter().map(|votes| votes[at]).collect(),
                },
            )?;
        }
        Ok(tally)
    }

    /// The tally of both together.
    ///
    /// # Errors
    /// [`Error::Format`] where they count other groups, or tell different things of one issue.
    pub fn merge(mut self, other: CohesionTally) -> Result<CohesionTally> {
        if self.head != other.head {
            return Err(differ("the two tallies have other groups or by=, or only one has weights".to_owned()));
        }
        for (unit, issue) in other.issues {
            self.add(unit, issue)?;
        }
        Ok(self)
    }

    fn add(&mut self, unit: Unit, more: Issue) -> Result<()> {
        let Some(issue) = self.issues.get_mut(&unit) else {
            self.issues.insert(unit, more);
            return Ok(());
        };
        if issue.keys != more.keys || issue.weight != more.weight {
            return Err(differ(format!("issue '{}' has another weight or by= in the other tally", unit.issue)));
        }
        let votes = issue.votes.iter_mut().flatten().zip(more.votes.into_iter().flatten());
        let full = Error::Limit { what: "votes of a group", value: u32::MAX.into(), limit: u32::MAX.into() };
        votes.map(|(all, more)| all.checked_add(more).map(|sum| *all = sum)).collect::<Option<()>>().ok_or(full)
    }

    /// The groups.
    pub fn groups(&self) -> &[String] {
        &self.head.groups
    }

    /// The issues, sorted.
    pub fn units(&self) -> Vec<Unit> {
        self.issues.keys().cloned().collect()
    }

    /// The votes of each group on every issue.
    pub fn votes(&self, measure: Cohesion) -> Vec<(String, Vec<Votes>)> {
        let issues = || self.issues.values().enumerate();
        let votes = |group: usize| issues().map(|(unit, issue)| Votes::of(unit, issue.votes[group], measure)).collect();
        self.head.groups.iter().enumerate().map(|(group, name)| (name.clone(), votes(group))).collect()
    }

    /// The mean cohesion of each group over the issues that share the values of `by`, over all where
    /// it names nothing.
    ///
    /// # Errors
    /// [`Error::Missing`] for an attribute that the tally was not made with.
    pub fn means(&self, measure: Cohesion, by: &[String]) -> Result<Vec<MeanCohesion>> {
        let values = |at: usize| self.issues.values().map(|issue| issue.keys[at].clone()).collect();
        let keys = self.head.keys.iter().enumerate().map(|(at, name)| Key { name: name.clone(), values: values(at) });
        let (units, keys) = (self.units(), keys.collect::<Vec<Key>>());
        let parts = Attributes { units: &units, keys: &keys }.parts(by)?;
        let weights: Option<Vec<f64>> =
            self.head.weighted.then(|| self.issues.values().map(|issue| issue.weight).collect());
        Ok(means(&self.votes(measure), &parts, weights.as_deref()))
    }
}

fn differ(problem: String) -> Error {
    Error::Format { file: "tally".to_owned(), problem }
}

const KIND: &str = "cohesion tally";

/// The head of the bytes: what is counted, and of which issues.
#[derive(Serialize, Deserialize)]
struct Stored {
    head: Head,
    issues: Vec<StoredIssue>,
}

/// Issue, meeting, topic and attributes.
type StoredIssue = (String, Option<String>, Option<String>, Vec<Option<String>>);

impl CohesionTally {
    /// The tally as bytes: the weight of each issue (64 bits), then yes, no and abstain of each group
    /// on each issue (32 bits).
    pub fn to_bytes(&self) -> Vec<u8> {
        let issue = |(unit, issue): (&Unit, &Issue)| {
            (unit.issue.clone(), unit.meeting.clone(), unit.topic.clone(), issue.keys.clone())
        };
        let stored = Stored { head: self.head.clone(), issues: self.issues.iter().map(issue).collect() };
        let mut writer = Writer::new(KIND, &stored);
        self.issues.values().for_each(|issue| writer.put(&[issue.weight], f64::to_le_bytes));
        self.issues.values().for_each(|issue| writer.put(issue.votes.as_flattened(), u32::to_le_bytes));
        writer.finish()
    }

    /// The tally of such bytes; `name` is what errors call them.
    ///
    /// # Errors
    /// [`Error::Format`] for anything else.
    pub fn from_bytes(name: &str, data: &[u8]) -> Result<CohesionTally> {
        let (Stored { head, issues }, mut reader) = Reader::open::<Stored>(name, KIND, data)?;
        let weights = reader.take(issues.len(), f64::from_le_bytes)?;
        let mut tally = CohesionTally { head, issues: BTreeMap::new() };
        for ((issue, meeting, topic, keys), weight) in issues.into_iter().zip(weights) {
            let votes = reader.take(tally.head.groups.len() * 3, u32::from_le_bytes)?.as_chunks::<3>().0.to_vec();
            let unit = Unit { issue, meeting, topic };
            if keys.len() != tally.head.keys.len() || !(weight >= 0.0 && weight.is_finite()) {
                return Err(reader.wrong(format!("what it says of issue '{}' makes no sense", unit.issue)));
            }
            tally.add(unit, Issue { keys, weight, votes })?;
        }
        reader.close().map(|()| tally)
    }
}
