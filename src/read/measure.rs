//! Dates, shares and sums: a bare one belongs to the thing last spoken of, and a noun for one stands for it.

use crate::lexicon::{Trait, lower_case};

use super::memory::Said;
use super::proposition::{detailed, undetailed};
use super::reading::Reading;
use super::stance::Run;

impl Reading<'_, '_, '_> {
    /// True for a number, and for a word that begins with one: "2032", "five-year".
    fn counts(&self, word: &str) -> bool {
        let mut room = String::new();
        let mut number = || {
            let lower = lower_case(word.split('-').next().unwrap_or_default(), &mut room);
            // Most words are none that the language has at all.
            self.coder.language.vocabulary.look_up(lower).0 != 0 && self.coder.language.file.numbers.contains_key(lower)
        };
        word.starts_with(|c: char| c.is_ascii_digit()) || number()
    }

    /// True for a bare date or measure: "2032", "ten years".
    pub(super) fn measures(&self, own: &str) -> bool {
        let units = &self.coder.language.file.units;
        own.split(' ').all(|word| {
            let mut room = String::new();
            let unit = |lower: &str| units.iter().any(|unit| *unit.get_ref() == lower);
            self.counts(word) || unit(lower_case(word, &mut room))
        })
    }

    /// "2032": the thing that has that date, without the one it had before.
    pub(super) fn of_measured(&self, own: &str) -> Option<String> {
        // "seven years": the thing that has just these.
        let words = |text: &str| format!(" {text} ");
        let has = |said: &&Said| words(&said.proposition).contains(&words(own));
        if let Some(said) = self.said.iter().rev().find(has).or_else(|| self.coder.memory.last_where(&has)) {
            return Some(said.proposition.clone());
        }
        let said = self.measured().or(self.spoken_of()).map(|said| said.proposition.as_str());
        let thing = said.or(self.coder.memory.heading())?;
        let thing: Vec<&str> = undetailed(thing).split(' ').filter(|word| !self.counts(word)).collect();
        Some(detailed(&thing.join(" "), own))
    }

    /// True for a thing that has a date or measure.
    fn has_number(&self, proposition: &str) -> bool {
        proposition.split(' ').any(|word| self.counts(word))
    }

    /// What was last said that has a date or measure itself, where the thing last spoken of has none.
    fn measured(&self) -> Option<&Said> {
        let measured = |said: &&Said| self.has_number(&said.proposition);
        let here = self.said.last().or(self.front.as_ref());
        if here.is_some() { here } else { self.coder.memory.last_where(&measured) }
    }

    /// "that year", "the percentage": the thing last said that has a date or measure; `start` is where the words of the
    /// object begin.
    pub(super) fn of_measure(&self, object: Run, start: usize) -> Option<String> {
        let points = [Trait::Definite, Trait::Demonstrative];
        let noun = self.sentence.any(start, object.to, Trait::Measure);
        let stands = noun && self.sentence.first(object.from, object.to, &points).is_some();
        let said = self.measured().filter(|said| stands && self.has_number(&said.proposition))?;
        Some(said.proposition.clone())
    }
}
