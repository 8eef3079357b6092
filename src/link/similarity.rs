//! Soft TF-IDF: the weighted share of words that two phrases have in common, where words that
//! nearly agree count nearly.
//!
//! Source: Cohen, Ravikumar and Fienberg (2003), "A comparison of string distance metrics for
//! name-matching tasks"; the inner similarity is Jaro–Winkler.

use rustc_hash::FxHashMap as HashMap;

use crate::stop::Stop;

/// Words agree from this Jaro–Winkler similarity on.
const NEAR: f64 = 0.92;
/// What the head of a compound counts beside the whole ("districten" in "bodemdistricten").
const HEAD: f64 = 0.9;

/// Every stem of a corpus once, with the stems that nearly agree with it.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<String, u32>,
    stems: Vec<String>,
    near: Vec<Vec<(u32, f64)>>,
}

impl Vocabulary {
    /// The id of `stem`, new or known.
    pub(crate) fn id(&mut self, stem: &str) -> u32 {
        if let Some(id) = self.ids.get(stem) {
            return *id;
        }
        let id = self.stems.len() as u32;
        self.ids.insert(stem.to_owned(), id);
        self.stems.push(stem.to_owned());
        id
    }

    pub(crate) fn len(&self) -> usize {
        self.stems.len()
    }

    /// Finds the stems that nearly agree: within a block of one beginning by Jaro–Winkler, and
    /// each compound with its head. No more are found once `stop` asks to end, which the caller has to see to.
    pub(crate) fn find_near(&mut self, stop: &Stop) {
        self.near = vec![Vec::new(); self.stems.len()];
        let mut blocks: HashMap<String, Vec<u32>> = HashMap::default();
        for (id, stem) in self.stems.iter().enumerate() {
            if stem.chars().count() >= 5 && !stem.starts_with(|c: char| c.is_ascii_digit()) {
                blocks.entry(stem.chars().take(3).collect()).or_default().push(id as u32);
            }
        }
        for block in blocks.values() {
            for (at, a) in block.iter().enumerate().take_while(|_| !stop.is_set()) {
                for b in block.iter().skip(at + 1) {
                    self.compare(*a, *b);
                }
            }
        }
        self.find_heads();
        for near in &mut self.near {
            near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            near.dedup_by_key(|(id, _)| *id);
        }
    }

    fn compare(&mut self, a: u32, b: u32) {
        let (Some(left), Some(right)) = (self.stems.get(a as usize), self.stems.get(b as usize)) else { return };
        let (short, long) = (left.len().min(right.len()), left.len().max(right.len()));
        // Jaro–Winkler favours a shared beginning so much that "statiegeld" would be "statiegeldsysteem".
        if 4 * short < 3 * long {
            return;
        }
        let similarity = strsim::jaro_winkler(left, right);
        if similarity >= NEAR {
            self.join(a, b, similarity);
        }
    }

    fn find_heads(&mut self) {
        let mut pairs = Vec::new();
        for (id, stem) in self.stems.iter().enumerate() {
            for (at, _) in stem.char_indices().filter(|(at, _)| *at >= 3 && stem.len() - at >= 6) {
                if let Some(head) = stem.get(at..).and_then(|tail| self.ids.get(tail)) {
                    pairs.push((id as u32, *head));
                }
            }
        }
        for (whole, head) in pairs {
            self.join(whole, head, HEAD);
        }
    }

    fn join(&mut self, a: u32, b: u32, similarity: f64) {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(near) = self.near.get_mut(from as usize) {
                near.push((to, similarity));
            }
        }
    }

    /// The stems that nearly agree with `id`, by id, without itself.
    pub(crate) fn near(&self, id: u32) -> &[(u32, f64)] {
        self.near.get(id as usize).map_or(&[], Vec::as_slice)
    }

    /// 1 for one stem, the inner similarity for near ones, else 0.
    pub(crate) fn inner(&self, a: u32, b: u32) -> f64 {
        if a == b {
            return 1.0;
        }
        let near = self.near(a);
        near.binary_search_by_key(&b, |(id, _)| *id).ok().and_then(|at| near.get(at)).map_or(0.0, |(_, s)| *s)
    }
}

/// A phrase as weighted stems.
pub(crate) type Bag = Vec<(u32, f64)>;

/// What two bags have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Overlap {
    /// Soft TF-IDF cosine, 0 to 1; 1 for equal bags.
    pub cosine: f64,
    /// Share of the weight of the lighter bag that the heavier one holds, 0 to 1.
    pub contained: f64,
    /// Weight of the lighter bag that the heavier one holds.
    pub mass: f64,
}

/// Compares two bags; symmetric.
pub(crate) fn overlap(words: &Vocabulary, a: &[(u32, f64)], b: &[(u32, f64)]) -> Overlap {
    let weight = |bag: &[(u32, f64)]| bag.iter().map(|(_, w)| w).sum::<f64>();
    let (light, heavy) = if (weight(a), b) <= (weight(b), a) { (a, b) } else { (b, a) };
    let (mut product, mut mass) = (0.0, 0.0);
    for (stem, w) in light {
        let best = best(words, *stem, heavy);
        product += w * best.1 * best.0;
        mass += w * best.0;
    }
    let square = |bag: &[(u32, f64)]| bag.iter().map(|(_, w)| w * w).sum::<f64>();
    let (norms, total) = ((square(light) * square(heavy)).sqrt(), weight(light));
    if norms <= 0.0 || total <= 0.0 {
        return Overlap::default();
    }
    Overlap { cosine: (product / norms).min(1.0), contained: mass / total, mass }
}

/// The best match of `stem` in `bag`: its similarity and its weight.
pub(crate) fn best(words: &Vocabulary, stem: u32, bag: &[(u32, f64)]) -> (f64, f64) {
    bag.iter().fold((0.0, 0.0), |best, (other, w)| {
        let similarity = words.inner(stem, *other);
        if similarity > best.0 { (similarity, *w) } else { best }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(stems: &[&str]) -> Vocabulary {
        let mut words = Vocabulary::default();
        stems.iter().for_each(|stem| {
            words.id(stem);
        });
        words.find_near(&Stop::default());
        words
    }

    #[test]
    fn equal_bags_are_one_and_disjoint_bags_nothing() {
        let words = vocabulary(&["bind", "target", "fund"]);
        let (a, b) = (vec![(0, 2.0), (1, 1.0)], vec![(2, 1.0)]);
        assert_eq!(overlap(&words, &a, &a).cosine, 1.0);
        assert_eq!(overlap(&words, &a, &b), Overlap::default());
        assert_eq!(overlap(&words, &a, &[]), Overlap::default());
    }

    #[test]
    fn noise_and_compound_heads_nearly_agree_and_prefixes_do_not() {
        let words = vocabulary(&[
            "gecoordineerd",
            "gecoerdineerd",
            "district",
            "bodemdistrict",
            "statiegeldsystem",
            "statiegeld",
        ]);
        assert!(words.inner(0, 1) > NEAR);
        assert_eq!(words.inner(2, 3), HEAD);
        assert_eq!(words.inner(4, 5), 0.0);
    }
}
