//! Dates, shares and sums: a bare one belongs to the thing last spoken of, and a noun for one stands for it.

use crate::lexicon::{Trait, lower_case};

use super::memory::Said;
use super::proposition::{detailed, undetailed};
use super::reading::Reading;
use super::stance::Run;

impl Reading<'_, '_, '_> {
    /// True for a number, and for a word that begins with one: "2032", "five-year".
    fn counts(&self, word: &str) -> bool {
        let language = self.coder.language;
        let number = || language.phrases.is_number(language.vocabulary.id(word.split('-').next().unwrap_or_default()));
        word.starts_with(|c: char| c.is_ascii_digit()) || number()
    }

    /// True for a bare date or measure: "2032", "ten years".
    pub(super) fn measures(&self, own: &str) -> bool {
        let language = self.coder.language;
        let is = |unit: &str, word: &str| *unit == *lower_case(word, &mut String::new());
        let unit = |word: &str| language.file.units.iter().any(|unit| is(unit.get_ref(), word));
        // Every unit says when or how much.
        let date = |word: &str| language.vocabulary.look_up(word).1.has(Trait::Date);
        own.split(' ').all(|word| self.counts(word) || date(word) && unit(word))
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
        let said = if stands { self.measured() } else { None };
        said.filter(|said| self.has_number(&said.proposition)).map(|said| said.proposition.clone())
    }
}
