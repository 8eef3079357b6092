//! The most similar label of one list for each label of another.

mod shelf;
mod subsequence;

use rayon::prelude::*;

use shelf::{Letter, Shelf, highest, push_between};
use subsequence::{ABREAST, Subsequence};

use crate::error::Result;
use crate::stop::Stop;

/// A label of the left list and one of the right that is among the most similar to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LabelMatch {
    /// Place in the left list.
    pub left: usize,
    /// Place in the right list.
    pub right: usize,
    /// Normalised Indel similarity: twice the longest common subsequence by the sum of both
    /// lengths, 0 to 1; 1 for two empty labels.
    pub similarity: f64,
}

/// For each label of `left` the `limit` most similar of `right`, the best first; of equally similar
/// ones the first of the list. Labels are compared as written, code point by code point.
///
/// Memory grows with the two lists, never with their product; the threads of the caller's rayon pool
/// share the work and do not change the result.
///
/// Every label of `left` is a step of `stop`.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub fn match_labels(left: &[&str], right: &[&str], limit: usize, stop: &Stop) -> Result<Vec<LabelMatch>> {
    let shelf = Shelf::new(right);
    let limit = limit.min(right.len());
    if limit == 0 {
        return Ok(Vec::new());
    }
    stop.expect(left.len());
    let rows = left.par_iter().enumerate().map_init(Desk::default, |desk, (at, label)| {
        stop.step()?;
        let found = desk.best(label, &shelf, limit).iter();
        Ok(found
            .map(|found| LabelMatch { left: at, right: found.at, similarity: found.similarity })
            .collect::<Vec<_>>())
    });
    Ok(rows.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// The share of two labels' letters that is in common; equal fractions are equal numbers.
fn similarity(common: usize, lengths: usize) -> f64 {
    if lengths == 0 { 1.0 } else { (2 * common) as f64 / lengths as f64 }
}

/// How many letters in common make at least this similarity.
fn needed(floor: f64, lengths: usize) -> usize {
    let about = (floor * lengths as f64 / 2.0) as usize;
    // The product was rounded: one of its neighbours may be the first.
    (about.saturating_sub(1)..).find(|common| similarity(*common, lengths) >= floor).unwrap_or(about)
}

/// A label of the right list, by its place there.
#[derive(Debug, Clone, Copy)]
struct Found {
    at: usize,
    similarity: f64,
}

impl Found {
    fn is_before(&self, other: &Found) -> bool {
        self.similarity > other.similarity || self.similarity == other.similarity && self.at < other.at
    }
}

/// How far below the highest bound the first look goes; each further look goes twice as far.
const FIRST_LOOK: f64 = 0.03;

/// Room that one thread uses again for each label.
#[derive(Default)]
struct Desk {
    own: Vec<Letter>,
    places: Vec<u64>,
    /// What each label of the shelf shares at most.
    most: Vec<u8>,
    /// For each row of the shelf the highest of these.
    highest: Vec<u8>,
    /// For each row of the shelf: who shares this much at most has been compared.
    seen: Vec<u16>,
    found: Vec<u32>,
    best: Vec<Found>,
}

impl Desk {
    /// The best `limit` for `label`: those of the highest bounds first, then whoever could be better.
    fn best(&mut self, label: &str, shelf: &Shelf, limit: usize) -> &[Found] {
        self.own.clear();
        self.own.extend(shelf.spelt(label));
        self.best.clear();
        shelf.bound(&self.own, &mut self.most);
        self.highest.clear();
        self.highest.extend(shelf.rows().iter().map(|row| highest(&self.most[row.labels.clone()])));
        self.seen.clear();
        self.seen.extend(self.highest.iter().map(|most| u16::from(*most) + 1));
        let subsequence = Subsequence::new(&self.own, shelf.alphabet(), &mut self.places);
        let own = self.own.len();
        let bounds = shelf.rows().iter().zip(&self.highest).map(|(row, most)| bound(*most, own, row.length));
        let high = bounds.fold(0.0, f64::max);
        let mut look = FIRST_LOOK;
        loop {
            let floor = self.best.get(limit - 1).map_or(0.0, |last| last.similarity);
            let low = (high - look).max(floor);
            for (row, seen) in shelf.rows().iter().zip(&mut self.seen) {
                // Whoever shares 255 may share more.
                let need = needed(low, own + row.length).min(255) as u16;
                if need < *seen {
                    push_between(&self.most[row.labels.clone()], (need, *seen), row.labels.start, &mut self.found);
                    *seen = need;
                }
            }
            compare(&subsequence, own, shelf, &mut self.found, limit, &mut self.best);
            if low <= floor {
                return &self.best;
            }
            look *= 2.0;
        }
    }
}

/// What the similarity of two labels is at most.
fn bound(most: u8, own: usize, other: usize) -> f64 {
    // A count of 255 may have stopped there.
    let common = if most == u8::MAX { own.min(other) } else { usize::from(most) };
    similarity(common, own + other)
}

/// Takes those of `found` that are among the best.
fn compare(
    subsequence: &Subsequence<'_>,
    own: usize,
    shelf: &Shelf,
    found: &mut Vec<u32>,
    limit: usize,
    best: &mut Vec<Found>,
) {
    for some in found.chunks(ABREAST) {
        let labels = std::array::from_fn(|at| shelf.label(*some.get(at).unwrap_or(&some[0]) as usize));
        for ((at, label), common) in some.iter().zip(labels).zip(subsequence.lengths(labels)) {
            let similarity = similarity(common, own + label.len());
            let found = Found { at: shelf.listed(*at as usize), similarity };
            if best.len() < limit || best.last().is_some_and(|last| found.is_before(last)) {
                let place = best.partition_point(|have| have.is_before(&found));
                best.truncate(limit - 1);
                best.insert(place, found);
            }
        }
    }
    found.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(left: &[&str], right: &[&str], limit: usize) -> Vec<LabelMatch> {
        let mut rows = Vec::new();
        for (at, a) in left.iter().enumerate() {
            let similarity = |b: &str| rapidfuzz::distance::indel::normalized_similarity(a.chars(), b.chars());
            let mut all: Vec<LabelMatch> = right
                .iter()
                .enumerate()
                .map(|(place, b)| LabelMatch { left: at, right: place, similarity: similarity(b) })
                .collect();
            all.sort_by(|x, y| y.similarity.total_cmp(&x.similarity).then(x.right.cmp(&y.right)));
            rows.extend(all.into_iter().take(limit));
        }
        rows
    }

    #[test]
    fn pruned_matches_equal_comparing_every_pair() {
        let mut seed = 7u64;
        let mut next = move |n: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % n
        };
        let mut label = |_| -> String {
            let length = if next(40) == 0 { 300 } else { next(12) };
            (0..length).map(|_| ['a', 'b', 'c', 'd', ' ', 'é', '𝛼'][next(7) as usize]).collect()
        };
        let (left, right): (Vec<String>, Vec<String>) =
            ((0..150).map(&mut label).collect(), (0..150).map(&mut label).collect());
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        let right: Vec<&str> = right.iter().map(String::as_str).collect();
        for limit in [0, 1, 3, 500] {
            let (fast, slow) =
                (match_labels(&left, &right, limit, &Stop::default()).unwrap(), slow(&left, &right, limit));
            assert_eq!(fast.len(), slow.len());
            for (x, y) in fast.iter().zip(&slow) {
                assert_eq!((x.left, x.right), (y.left, y.right), "{:?}", left[x.left]);
                assert!((x.similarity - y.similarity).abs() < 1e-12);
            }
        }
    }
}
