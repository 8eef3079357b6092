//! A tally for alpha as bytes, in the form of [`crate::score::stored`].

use serde::{Deserialize, Serialize};

use super::alpha::{AlphaSums, AlphaTally, Metric};
use super::coincidences::Coincidences;
use crate::error::Result;
use crate::score::stored::{Reader, Writer};

const KIND: &str = "alpha tally";

/// What an [`AlphaTally`] counts, and how many numbers follow.
#[derive(Serialize, Deserialize)]
struct AlphaHead {
    metric: Metric,
    levels: Vec<String>,
    nominal: bool,
    units: u64,
    values: u64,
    /// Different values and different pairs of them; `None` for moments.
    together: Option<(usize, usize)>,
}

impl AlphaTally {
    /// The tally as bytes: the different values and their counts (64 bits each), then m, k and l
    /// (32 bits) of every pair, then its count; or two ends (64 bits) and three sums (128 bits).
    pub fn to_bytes(&self) -> Vec<u8> {
        let together = match &self.sums {
            AlphaSums::Together(together) => Some((together.numbers.len(), together.pairs.len())),
            AlphaSums::Moments { .. } => None,
        };
        let AlphaTally { metric, levels, nominal, units, values, sums } = self.clone();
        let mut writer = Writer::new(KIND, &AlphaHead { metric, levels, nominal, units, values, together });
        match sums {
            AlphaSums::Together(Coincidences { numbers, counts, pairs }) => {
                writer.put(&numbers, f64::to_le_bytes);
                writer.put(&counts, u64::to_le_bytes);
                for (m, k, l) in pairs.keys() {
                    writer.put(&[*m, *k, *l], u32::to_le_bytes);
                }
                writer.put(&pairs.into_values().collect::<Vec<u64>>(), u64::to_le_bytes);
            }
            AlphaSums::Moments { range, sum, square, within } => {
                writer.put(&[range.0, range.1], f64::to_le_bytes);
                writer.put(&[sum, square, within], u128::to_le_bytes);
            }
        }
        writer.finish()
    }

    /// The tally of such bytes; `name` is what errors call them.
    ///
    /// # Errors
    /// [`Error::Format`](crate::error::Error::Format) for anything else.
    pub fn from_bytes(name: &str, data: &[u8]) -> Result<AlphaTally> {
        let (head, mut reader) = Reader::open::<AlphaHead>(name, KIND, data)?;
        let sums = match head.together {
            None => {
                let ends = reader.take(2, f64::from_le_bytes)?;
                let sums = reader.take(3, u128::from_le_bytes)?;
                AlphaSums::Moments { range: (ends[0], ends[1]), sum: sums[0], square: sums[1], within: sums[2] }
            }
            Some((values, pairs)) => {
                let numbers = reader.take(values, f64::from_le_bytes)?;
                let counts = reader.take(values, u64::from_le_bytes)?;
                let keys = reader.take(pairs.saturating_mul(3), u32::from_le_bytes)?;
                let keys = keys.as_chunks::<3>().0.iter().map(|key| (key[0], key[1], key[2]));
                if keys.clone().any(|(m, k, l)| m < 2 || k >= l || l as usize >= values) {
                    return Err(reader.wrong("a pair of values makes no sense".to_owned()));
                }
                let pairs = keys.zip(reader.take(pairs, u64::from_le_bytes)?).collect();
                AlphaSums::Together(Coincidences { numbers, counts, pairs })
            }
        };
        let AlphaHead { metric, levels, nominal, units, values, .. } = head;
        reader.close().map(|()| AlphaTally { metric, levels, nominal, units, values, sums })
    }
}
