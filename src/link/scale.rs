//! How like phrases are to each other, and on which side of each other they lie.

use std::collections::HashMap;

use super::similarity::{Bag, Vocabulary, overlap};
use super::words::{Kind, Language, Parser};
use crate::stop::Stop;

/// Soft TF-IDF among the phrases of one language.
pub(super) struct Scale {
    parser: Parser,
    words: Vocabulary,
    /// For each stem how many phrases have it.
    holders: HashMap<u32, usize>,
    phrases: usize,
}

/// A phrase made ready to be compared.
pub(super) struct Reading {
    bag: Bag,
    numbers: Vec<u32>,
    /// −1 where its operators turn it ("abolition of the levy").
    pub(super) sign: i8,
}

impl Scale {
    /// The rarity of words is that in `phrases`; `others` are compared with them.
    pub(super) fn new(language: Language, phrases: &[&str], others: &[&str]) -> Scale {
        let (words, holders) = (Vocabulary::default(), HashMap::new());
        let mut scale = Scale { parser: Parser::new(language), words, holders, phrases: phrases.len() };
        for phrase in phrases {
            for (stem, _) in scale.parser.parse(phrase).stems {
                *scale.holders.entry(scale.words.id(&stem)).or_default() += 1;
            }
        }
        for other in others {
            for (stem, _) in scale.parser.parse(other).stems {
                scale.words.id(&stem);
            }
        }
        scale.words.find_near(&Stop::default());
        scale
    }

    pub(super) fn read(&mut self, phrase: &str) -> Reading {
        let phrase = self.parser.parse(phrase);
        let mut reading = Reading { bag: Bag::new(), numbers: Vec::new(), sign: phrase.sign };
        for (stem, kind) in &phrase.stems {
            let stem = self.words.id(stem);
            let holders = self.holders.get(&stem).copied().unwrap_or(0).max(1);
            reading.bag.push((stem, (1.0 + self.phrases as f64 / holders as f64).ln()));
            if *kind == Kind::Number {
                reading.numbers.push(stem);
            }
        }
        reading
    }

    /// Soft TF-IDF cosine, 0 to 1; 1 for two phrases without a word that carries them.
    pub(super) fn cosine(&self, a: &Reading, b: &Reading) -> f64 {
        if a.bag.is_empty() && b.bag.is_empty() { 1.0 } else { overlap(&self.words, &a.bag, &b.bag).cosine }
    }

    pub(super) fn similarity(&mut self, a: &str, b: &str) -> f64 {
        let (a, b) = (self.read(a), self.read(b));
        self.cosine(&a, &b)
    }
}

impl Reading {
    /// "in 2030" and "in 2034" are two things.
    pub(super) fn conflicts(&self, other: &Reading) -> bool {
        let apart = !self.numbers.iter().any(|number| other.numbers.contains(number));
        apart && !self.numbers.is_empty() && !other.numbers.is_empty()
    }
}
