//! A tally of pairs as bytes, in the form of [`crate::score::stored`].

use super::measure::Measure;
use super::tally::{Head, MAX_PAIRS, PairTally};
use crate::error::Result;
use crate::score::kernel::pair_count;
use crate::score::stored::{Reader, Writer};
use crate::score::table::twice;

const KIND: &str = "pair tally";

impl PairTally {
    /// The tally as bytes: shared, own, margins (32 bits each), distance and weight (64 bits each).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new(KIND, &self.head);
        for counts in [&self.shared, &self.own, &self.margins] {
            writer.put(counts, u32::to_le_bytes);
        }
        writer.put(&self.distance, u64::to_le_bytes);
        writer.put(self.weight.as_deref().unwrap_or_default(), u64::to_le_bytes);
        writer.finish()
    }

    /// The tally of such bytes; `name` is what errors call them.
    ///
    /// # Errors
    /// [`Error::Format`](crate::error::Error::Format) for anything else.
    pub fn from_bytes(name: &str, data: &[u8]) -> Result<PairTally> {
        let (head, mut reader) = Reader::open::<Head>(name, KIND, data)?;
        let rows = head.actors.len();
        let pairs = pair_count(rows);
        head.measure.parse::<Measure>()?;
        if pairs as u64 > MAX_PAIRS || twice(&head.actors).is_some() || head.width.is_nan() || head.width <= 0.0 {
            return Err(reader.wrong("its actors or its scale make no sense".to_owned()));
        }
        let margins = pairs * head.level_counts();
        let tally = PairTally {
            shared: reader.take(pairs, u32::from_le_bytes)?,
            own: reader.take(rows, u32::from_le_bytes)?,
            margins: reader.take(margins, u32::from_le_bytes)?,
            distance: reader.take(pairs, u64::from_le_bytes)?,
            weight: match head.weighted || head.salience.is_some() {
                true => Some(reader.take(pairs, u64::from_le_bytes)?),
                false => None,
            },
            head,
        };
        reader.close().map(|()| tally)
    }
}
