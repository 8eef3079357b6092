//! How long the longest common subsequence of one label with others is.

use rapidfuzz::distance::lcs_seq;

use super::shelf::Letter;

/// Labels that are compared side by side: one chain of operations waits while the next goes on.
pub(super) const ABREAST: usize = 4;

/// One label, made ready to be compared with many.
pub(super) enum Subsequence<'p> {
    /// For at most 64 letters: the places of each letter of the alphabet, as bits.
    Bits { places: &'p [u64], length: usize },
    /// For more.
    Long(lcs_seq::BatchComparator<Letter>),
}

impl<'p> Subsequence<'p> {
    /// `places` is room to be used again, `alphabet` how many letters there are.
    pub(super) fn new(label: &[Letter], alphabet: usize, places: &'p mut Vec<u64>) -> Subsequence<'p> {
        if label.len() > 64 {
            return Subsequence::Long(lcs_seq::BatchComparator::new(label.iter().copied()));
        }
        places.clear();
        places.resize(alphabet, 0);
        for (at, letter) in label.iter().enumerate() {
            if let Some(bits) = places.get_mut(*letter as usize) {
                *bits |= 1 << at;
            }
        }
        Subsequence::Bits { places, length: label.len() }
    }

    /// The length of the longest common subsequence with each.
    pub(super) fn lengths(&self, others: [&[Letter]; ABREAST]) -> [usize; ABREAST] {
        match self {
            Subsequence::Long(label) => others.map(|other| label.similarity(other.iter().copied())),
            Subsequence::Bits { places, length } => {
                let own = u64::MAX.checked_shr(64 - *length as u32).unwrap_or(0);
                rows(places, others).map(|rows| (!rows & own).count_ones() as usize)
            }
        }
    }
}

/// Hyyrö (2004): the last row of the table of lengths, a zero where it grows.
fn rows(places: &[u64], others: [&[Letter]; ABREAST]) -> [u64; ABREAST] {
    let next = |rows: u64, letter: Letter| {
        let hits = rows & places.get(letter as usize).copied().unwrap_or_default();
        rows.wrapping_add(hits) | (rows & !hits)
    };
    let shortest = others.iter().map(|other| other.len()).min().unwrap_or(0);
    let (together, rest) = (others.map(|other| &other[..shortest]), others.map(|other| &other[shortest..]));
    let mut rows = [u64::MAX; ABREAST];
    for at in 0..shortest {
        for (rows, letters) in rows.iter_mut().zip(together) {
            *rows = next(*rows, letters[at]);
        }
    }
    for (rows, letters) in rows.iter_mut().zip(rest) {
        *rows = letters.iter().fold(*rows, |rows, letter| next(rows, *letter));
    }
    rows
}
