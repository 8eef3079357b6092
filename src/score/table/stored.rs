//! A table as bytes, in the form of [`crate::score::stored`].

use serde::{Deserialize, Serialize};

use super::{Cells, Gap, Key, MAX_CELLS, Scale, Table, Unit};
use crate::error::Result;
use crate::score::stored::{Reader, Writer, bits};

const KIND: &str = "table of positions";

#[derive(Serialize, Deserialize)]
struct TableHead {
    actors: Vec<String>,
    units: Vec<(String, Option<String>, Option<String>)>,
    scale: Kind,
    gaps: Vec<(String, bool)>,
    keys: Vec<(String, Vec<Option<String>>)>,
    repeated: usize,
    weighted: bool,
    #[serde(with = "bits")]
    heaviest: f64,
    absent: bool,
    salient: bool,
}

#[derive(Serialize, Deserialize)]
enum Kind {
    Nominal(Vec<String>),
    Ordinal(Vec<String>),
    Interval(#[serde(with = "bits")] f64, #[serde(with = "bits")] f64),
}

impl Table {
    /// The table as bytes: the cells row by row (8 bits for levels, 64 for numbers), the weights
    /// (64 bits), the gaps of a table of numbers (8 bits) and the salience (64 bits).
    pub fn to_bytes(&self) -> Vec<u8> {
        let unit = |unit: &Unit| (unit.issue.clone(), unit.meeting.clone(), unit.topic.clone());
        let head = TableHead {
            actors: self.actors().to_vec(),
            units: self.units().iter().map(unit).collect(),
            scale: match self.scale().clone() {
                Scale::Nominal { levels } => Kind::Nominal(levels),
                Scale::Ordinal { levels } => Kind::Ordinal(levels),
                Scale::Interval { low, high } => Kind::Interval(low, high),
            },
            gaps: self.gaps().iter().map(|gap| (gap.value.clone(), gap.eligible)).collect(),
            keys: self.keys.iter().map(|key| (key.name.clone(), key.values.clone())).collect(),
            repeated: self.repeated(),
            weighted: self.weights().is_some(),
            heaviest: self.heaviest,
            absent: !self.absent.is_empty(),
            salient: !self.salience.0.is_empty(),
        };
        let mut writer = Writer::new(KIND, &head);
        match self.cells() {
            Cells::Codes(codes) => writer.put(codes, u8::to_le_bytes),
            Cells::Values(values) => writer.put(values, f64::to_le_bytes),
        }
        writer.put(self.weights().unwrap_or_default(), f64::to_le_bytes);
        writer.put(&self.absent, u8::to_le_bytes);
        writer.put(&self.salience.0, f64::to_le_bytes);
        writer.finish()
    }

    /// The table of such bytes, checked as any other; `name` is what errors call them.
    ///
    /// # Errors
    /// [`crate::Error::Format`] for anything else, and those of [`Table::new`].
    pub fn from_bytes(name: &str, data: &[u8]) -> Result<Table> {
        let (head, mut reader) = Reader::open::<TableHead>(name, KIND, data)?;
        let (rows, width) = (head.actors.len(), head.units.len());
        let count = rows.checked_mul(width).filter(|count| *count as u64 <= MAX_CELLS);
        let count = count.ok_or_else(|| reader.wrong("it has more cells than a table may have".to_owned()))?;
        let when = |holds: bool, count: usize| if holds { count } else { 0 };
        let (scale, cells) = match head.scale {
            Kind::Nominal(levels) => (Scale::Nominal { levels }, Cells::Codes(reader.take(count, u8::from_le_bytes)?)),
            Kind::Ordinal(levels) => (Scale::Ordinal { levels }, Cells::Codes(reader.take(count, u8::from_le_bytes)?)),
            Kind::Interval(low, high) => {
                (Scale::Interval { low, high }, Cells::Values(reader.take(count, f64::from_le_bytes)?))
            }
        };
        let weights = reader.take(when(head.weighted, width), f64::from_le_bytes)?;
        let absent = reader.take(when(head.absent, count), u8::from_le_bytes)?;
        let salience = reader.take(when(head.salient, count), f64::from_le_bytes)?;
        reader.close()?;
        let unit = |(issue, meeting, topic)| Unit { issue, meeting, topic };
        let gaps = head.gaps.into_iter().map(|(value, eligible)| Gap { value, eligible }).collect();
        let units: Vec<Unit> = head.units.into_iter().map(unit).collect();
        let mut table = Table::new(head.actors, units, scale, cells)?.with_gaps(gaps, absent)?;
        if head.weighted {
            table = table.with_weights(weights)?.with_heaviest(head.heaviest)?;
        }
        if head.salient {
            table = table.with_salience(salience)?;
        }
        for (name, values) in head.keys {
            table = table.with_key(Key { name, values })?;
        }
        Ok(table.with_repeated(head.repeated))
    }
}
