//! Labels by length, with how often each has each letter: what two labels can share at most.

use std::collections::HashMap;
use std::ops::Range;

use multiversion::multiversion;

/// A letter of the shelf, numbered by first appearance, so that frequent letters share no class.
pub(super) type Letter = u32;
/// A letter that the shelf lacks.
pub(super) const STRANGE: Letter = Letter::MAX;

/// Labels whose letters are counted side by side.
const LANES: usize = 128;
/// Letters are counted in this many classes at most.
const CLASSES: usize = 64;

/// The labels that others are matched with, the shorter first.
pub(super) struct Shelf {
    alphabet: HashMap<char, Letter>,
    letters: Vec<Letter>,
    /// Where the letters of each label end.
    ends: Vec<usize>,
    /// For each label its place in the list.
    listed: Vec<usize>,
    /// The labels of one length each.
    rows: Vec<Row>,
    classes: usize,
    /// For each `LANES` labels and class how often they have its letters, up to 255.
    counts: Vec<u8>,
}

/// The labels of one length.
pub(super) struct Row {
    pub(super) labels: Range<usize>,
    pub(super) length: usize,
}

impl Shelf {
    pub(super) fn new(labels: &[&str]) -> Shelf {
        let mut alphabet = HashMap::new();
        let mut letters: Vec<Vec<Letter>> = Vec::with_capacity(labels.len());
        for label in labels {
            let mut letter = |c| {
                let next = alphabet.len() as Letter;
                *alphabet.entry(c).or_insert(next)
            };
            letters.push(label.chars().map(&mut letter).collect());
        }
        let mut listed: Vec<usize> = (0..labels.len()).collect();
        listed.sort_by_key(|at| letters[*at].len());
        let classes = alphabet.len().clamp(1, CLASSES);
        let mut shelf = Shelf {
            counts: vec![0; labels.len().div_ceil(LANES) * classes * LANES],
            alphabet,
            classes,
            letters: Vec::with_capacity(letters.iter().map(Vec::len).sum()),
            ends: Vec::with_capacity(labels.len()),
            rows: Vec::new(),
            listed: Vec::new(),
        };
        for (at, label) in listed.iter().map(|place| &letters[*place]).enumerate() {
            shelf.letters.extend(label);
            shelf.ends.push(shelf.letters.len());
            for letter in label {
                let class = *letter as usize % classes;
                let count = &mut shelf.counts[(at / LANES * classes + class) * LANES + at % LANES];
                *count = count.saturating_add(1);
            }
            match shelf.rows.last_mut().filter(|row| row.length == label.len()) {
                Some(row) => row.labels.end = at + 1,
                None => shelf.rows.push(Row { labels: at..at + 1, length: label.len() }),
            }
        }
        Shelf { listed, ..shelf }
    }

    /// The labels by length.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    pub(super) fn label(&self, at: usize) -> &[Letter] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start..self.ends[at]]
    }

    /// The place of a label in the list that the shelf was made of.
    pub(super) fn listed(&self, at: usize) -> usize {
        self.listed[at]
    }

    /// How many different letters the labels have.
    pub(super) fn alphabet(&self) -> usize {
        self.alphabet.len()
    }

    /// The letters of another label.
    pub(super) fn spelt<'s>(&'s self, label: &'s str) -> impl Iterator<Item = Letter> + 's {
        label.chars().map(|c| self.alphabet.get(&c).copied().unwrap_or(STRANGE))
    }

    /// Fills `most` with how many letters each label shares at most with one of these letters. 255 says nothing: the
    /// count may have stopped there.
    pub(super) fn bound(&self, letters: &[Letter], most: &mut Vec<u8>) {
        let mut own = [0_u8; CLASSES];
        for letter in letters.iter().filter(|letter| **letter != STRANGE) {
            let count = &mut own[*letter as usize % self.classes];
            *count = count.saturating_add(1);
        }
        let mut has = [(0, 0); CLASSES];
        let mut classes = 0;
        for (class, count) in own.into_iter().enumerate().filter(|(_, count)| *count > 0) {
            has[classes] = (class * LANES, count);
            classes += 1;
        }
        most.clear();
        most.resize(self.listed.len().div_ceil(LANES) * LANES, 0);
        add_shared(&self.counts, self.classes * LANES, &has[..classes], most);
    }
}

/// Adds to each lane of `most` what its label shares with a label that has each class so often.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn add_shared(counts: &[u8], block: usize, has: &[(usize, u8)], most: &mut [u8]) {
    for (block, most) in counts.chunks_exact(block).zip(most.chunks_exact_mut(LANES)) {
        let mut sums = [0_u8; LANES];
        for &(start, own) in has {
            let Some(counts) = block.get(start..start + LANES) else { continue };
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum = sum.saturating_add(own.min(*count));
            }
        }
        most.copy_from_slice(&sums);
    }
}

/// The highest byte.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
pub(super) fn highest(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |high, byte| high.max(*byte))
}

/// Adds to `found` where the bytes from `low` to below `high` stand, counted from `start`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
pub(super) fn push_between(bytes: &[u8], (low, high): (u16, u16), start: usize, found: &mut Vec<u32>) {
    let within = |byte: &u8| u16::from(*byte).wrapping_sub(low) < high.wrapping_sub(low);
    for (at, piece) in bytes.chunks(32).enumerate() {
        if piece.iter().fold(false, |any, byte| any | within(byte)) {
            let places = piece.iter().enumerate().filter(|(_, byte)| within(byte));
            found.extend(places.map(|(place, _)| (start + at * 32 + place) as u32));
        }
    }
}
