//! How many letters two labels share at most, for one label and many others at a time.

use multiversion::multiversion;

/// How many letters of a label fall into each of 32 classes.
pub(super) type Histogram = [u8; CLASSES];
const CLASSES: usize = 32;

/// A letter of the right list, numbered by first appearance, so that frequent letters share no class.
pub(super) type Letter = u32;
/// A letter that the right list lacks.
pub(super) const STRANGE: Letter = Letter::MAX;

/// What a label's letters allow at most: two labels share no more than their histograms do.
pub(super) fn histogram(label: &[Letter]) -> Histogram {
    let mut counts = [0u8; CLASSES];
    for letter in label.iter().filter(|letter| **letter != STRANGE) {
        if let Some(count) = counts.get_mut(*letter as usize % CLASSES) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// The histograms of many labels, class by class, so that one count is compared with many at a time.
#[derive(Default)]
pub(super) struct Histograms {
    /// For each class the counts of all labels.
    counts: Vec<u8>,
    /// How many letters each label has.
    lengths: Vec<f32>,
}

/// Labels whose bounds are summed together; their counts stay in the nearest cache.
const BLOCK: usize = 512;

impl Histograms {
    pub(super) fn new(labels: &[Histogram], lengths: Vec<f32>) -> Histograms {
        let class = |class: usize| labels.iter().map(move |counts| counts[class]);
        Histograms { counts: (0..CLASSES).flat_map(class).collect(), lengths }
    }

    /// What the similarity of `own` to each label is at most.
    pub(super) fn bound(&self, own: &[Letter], bounds: &mut Vec<f32>) {
        let all = self.lengths.len();
        bounds.resize(all, 0.0);
        // Shared letters are at most those of `own`; more than a byte counts bound nothing but the shorter length does.
        let classes = if own.len() > usize::from(u8::MAX) { None } else { Some(histogram(own)) };
        let mut shared = [0u8; BLOCK];
        for start in (0..all).step_by(BLOCK) {
            let end = (start + BLOCK).min(all);
            let (lengths, bounds) = (&self.lengths[start..end], &mut bounds[start..end]);
            let Some(classes) = classes else {
                shorter(own.len() as f32, lengths, bounds);
                continue;
            };
            let shared = &mut shared[..end - start];
            shared.fill(0);
            for (class, count) in classes.iter().enumerate().filter(|(_, count)| **count > 0) {
                share(*count, &self.counts[class * all + start..class * all + end], shared);
            }
            bound(own.len() as f32, shared, lengths, bounds);
        }
    }
}

/// Adds to `shared` what each of `others` has in common with `count` letters of one class.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn share(count: u8, others: &[u8], shared: &mut [u8]) {
    for (shared, other) in shared.iter_mut().zip(others) {
        *shared = shared.wrapping_add(count.min(*other));
    }
}

/// Twice the shared letters by the sum of both lengths; 1 for two empty labels.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn bound(length: f32, shared: &[u8], lengths: &[f32], bounds: &mut [f32]) {
    for ((bound, shared), other) in bounds.iter_mut().zip(shared).zip(lengths) {
        let both = length + other;
        *bound = if both > 0.0 { 2.0 * f32::from(*shared) / both } else { 1.0 };
    }
}

/// As [`bound`], where nothing is known of the letters.
fn shorter(length: f32, lengths: &[f32], bounds: &mut [f32]) {
    for (bound, other) in bounds.iter_mut().zip(lengths) {
        *bound = 2.0 * length.min(*other) / (length + other);
    }
}
