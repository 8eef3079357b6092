//! The most similar label of one list for each label of another.

use std::cmp::Ordering;
use std::collections::HashMap;

use rapidfuzz::distance::lcs_seq;
use rayon::prelude::*;

use super::histogram::{Histograms, Letter, STRANGE, histogram};

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
pub fn match_labels(left: &[&str], right: &[&str], limit: usize) -> Vec<LabelMatch> {
    let pool = Pool::new(right);
    let limit = limit.min(right.len());
    if limit == 0 {
        return Vec::new();
    }
    let rows = left.par_iter().enumerate().map_init(Scratch::default, |scratch, (at, label)| {
        pool.matches(label, limit, scratch)
            .iter()
            .map(|found| LabelMatch { left: at, right: found.at, similarity: found.value() })
            .collect::<Vec<_>>()
    });
    rows.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// Finds the length of the longest common subsequence of one label with others.
enum Scorer<'s> {
    /// For at most 64 letters: the places of each letter, as bits.
    Bits {
        places: &'s [u64],
        length: u32,
    },
    Long(lcs_seq::BatchComparator<Letter>),
}

impl Scorer<'_> {
    fn common(&self, other: &[Letter]) -> u32 {
        match self {
            Scorer::Long(scorer) => scorer.similarity(other.iter().copied()) as u32,
            // Hyyrö (2004): a zero for each letter of the subsequence.
            Scorer::Bits { places, length } => {
                let rows = other.iter().fold(u64::MAX, |rows, letter| {
                    let hits = rows & places.get(*letter as usize).copied().unwrap_or_default();
                    rows.wrapping_add(hits) | (rows & !hits)
                });
                let own = if *length == 64 { u64::MAX } else { (1 << length) - 1 };
                (!rows & own).count_ones()
            }
        }
    }
}

/// A similarity as a fraction, so that ties are ties.
#[derive(Debug, Clone, Copy)]
struct Found {
    at: usize,
    twice: u32,
    lengths: u32,
}

impl Found {
    fn value(&self) -> f64 {
        if self.lengths == 0 { 1.0 } else { f64::from(self.twice) / f64::from(self.lengths) }
    }

    /// Better first: the larger fraction, then the earlier label.
    fn order(&self, other: &Found) -> Ordering {
        let fraction =
            |one: &Found| if one.lengths == 0 { (1, 1) } else { (u64::from(one.twice), u64::from(one.lengths)) };
        let ((a, b), (c, d)) = (fraction(self), fraction(other));
        (c * b).cmp(&(a * d)).then(self.at.cmp(&other.at))
    }
}

/// Room that one thread uses again for each label.
#[derive(Default)]
struct Scratch {
    bounds: Vec<f32>,
    taken: Vec<u32>,
    levels: Vec<Vec<u32>>,
    places: Vec<u64>,
    best: Vec<Found>,
}

/// The right list, made ready.
struct Pool {
    alphabet: HashMap<char, Letter>,
    letters: Vec<Letter>,
    ends: Vec<usize>,
    histograms: Histograms,
}

impl Pool {
    fn new(labels: &[&str]) -> Pool {
        let mut pool =
            Pool { alphabet: HashMap::new(), letters: Vec::new(), ends: Vec::new(), histograms: Histograms::default() };
        let (mut histograms, mut lengths) = (Vec::with_capacity(labels.len()), Vec::with_capacity(labels.len()));
        for label in labels {
            let start = pool.letters.len();
            for c in label.chars() {
                let next = pool.alphabet.len() as Letter;
                pool.letters.push(*pool.alphabet.entry(c).or_insert(next));
            }
            histograms.push(histogram(pool.letters.get(start..).unwrap_or_default()));
            lengths.push((pool.letters.len() - start) as f32);
            pool.ends.push(pool.letters.len());
        }
        pool.histograms = Histograms::new(&histograms, lengths);
        pool
    }

    fn label(&self, at: usize) -> &[Letter] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.letters.get(start..*end)).unwrap_or_default()
    }

    /// The best `limit` for `label`: those of the highest bounds first, then whoever could be better.
    fn matches<'s>(&self, label: &str, limit: usize, scratch: &'s mut Scratch) -> &'s [Found] {
        let own: Vec<Letter> = label.chars().map(|c| self.alphabet.get(&c).copied().unwrap_or(STRANGE)).collect();
        let Scratch { bounds, taken, levels, places, best } = scratch;
        let scorer = self.scorer(&own, places);
        self.histograms.bound(&own, bounds);
        best.clear();
        self.first(bounds, limit, taken);
        for at in taken.iter() {
            self.compare(&scorer, &own, *at as usize, limit, best);
        }
        let floor = |best: &[Found]| best.last().map_or(0.0, |last| last.value() as f32 - SLACK);
        // Whoever could be better, by bound: what is found meanwhile may spare the lower levels.
        let reached = floor(best);
        levels.resize_with(LEVELS + 1, Vec::new);
        taken.sort_unstable();
        for (at, bound) in bounds.iter().enumerate().filter(|(_, bound)| **bound >= reached) {
            let level = (bound * LEVELS as f32) as usize;
            if taken.binary_search(&(at as u32)).is_err()
                && let Some(level) = levels.get_mut(level)
            {
                level.push(at as u32);
            }
        }
        for at in levels.iter_mut().rev().flat_map(|level| level.drain(..)) {
            if bounds.get(at as usize).is_some_and(|bound| *bound >= floor(best)) {
                self.compare(&scorer, &own, at as usize, limit, best);
            }
        }
        best
    }

    fn scorer<'s>(&self, own: &[Letter], places: &'s mut Vec<u64>) -> Scorer<'s> {
        if own.len() > 64 {
            return Scorer::Long(lcs_seq::BatchComparator::new(own.iter().copied()));
        }
        places.clear();
        places.resize(self.alphabet.len(), 0);
        for (at, letter) in own.iter().enumerate() {
            if let Some(bits) = places.get_mut(*letter as usize) {
                *bits |= 1 << at;
            }
        }
        Scorer::Bits { places, length: own.len() as u32 }
    }

    /// Fills `taken` with the labels of the `limit` highest bounds.
    fn first(&self, bounds: &[f32], limit: usize, taken: &mut Vec<u32>) {
        taken.clear();
        if limit == 1 {
            let highest = bounds.iter().enumerate().fold(
                (0, -1.0),
                |best, (at, bound)| {
                    if *bound > best.1 { (at, *bound) } else { best }
                },
            );
            taken.push(highest.0 as u32);
            return;
        }
        let bound = |at: &u32| bounds.get(*at as usize).copied().unwrap_or_default();
        taken.extend(0..bounds.len() as u32);
        taken.select_nth_unstable_by(limit - 1, |a, b| bound(b).total_cmp(&bound(a)));
        taken.truncate(limit);
    }

    fn compare(&self, scorer: &Scorer<'_>, own: &[Letter], at: usize, limit: usize, best: &mut Vec<Found>) {
        let other = self.label(at);
        let found = Found { at, twice: 2 * scorer.common(other), lengths: (own.len() + other.len()) as u32 };
        let place = best.partition_point(|have| have.order(&found) == Ordering::Less);
        if place < limit {
            best.truncate(limit - 1);
            best.insert(place, found);
        }
    }
}

/// Bounds are rounded; whoever is this near is compared.
const SLACK: f32 = 1e-5;
/// Steps of a bound, from 0 to 1, in which labels are compared.
const LEVELS: usize = 128;

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
            let (fast, slow) = (match_labels(&left, &right, limit), slow(&left, &right, limit));
            assert_eq!(fast.len(), slow.len());
            for (x, y) in fast.iter().zip(&slow) {
                assert_eq!((x.left, x.right), (y.left, y.right), "{:?}", left[x.left]);
                assert!((x.similarity - y.similarity).abs() < 1e-12);
            }
        }
    }
}
