//! What a stance is toward: a phrase of the clause, or what was spoken of before.

use crate::lexicon::{Class, Tag, Trait};
use crate::model::Stance;

use super::predicate::Predicate;
use super::proposition::{Cut, continues, phrase};
use super::reading::Reading;
use super::stance::{Run, operator};

impl Reading<'_, '_, '_> {
    /// The phrase a stance is toward; what was last spoken of where the clause only points to it.
    pub(super) fn proposition(&self, cue: &Predicate<'_>, object: Run, stance: Stance) -> (String, Stance) {
        let last = self.said.last().or_else(|| self.coder.memory.topic()).cloned();
        let concern = cue.cue.class == Class::Concern && stance == Stance::Oppose;
        let concern = concern && (self.coder.language.file.verb_final || !cue.cue.noun);
        if let Some(last) = last.as_ref().filter(|_| self.points_back(object) || concern) {
            // "the delay" has turned the stance itself.
            let thing = self.sentence.is(object.from, Trait::PointerWith)
                || self.coder.language.file.verb_final
                || operator(self.sentence, object) < 0;
            let turned = if concern || thing || cue.cue.class == Class::Yield { 1 } else { last.turned };
            return (last.proposition.clone(), Stance::of_sign(stance.sign() * turned));
        }
        let topic = last.map(|said| said.proposition);
        let cut = Cut { judged: cue.cue.class == Class::Judge, turned: operator(self.sentence, object) < 0 };
        let own = phrase(self.text, self.sentence, object, cut);
        if own.is_empty() {
            let heading = || self.coder.memory.heading().map(str::to_owned);
            return (topic.or_else(heading).unwrap_or_default(), stance);
        }
        let that = usize::from(self.sentence.is(object.from, Trait::That) && object.from + 1 < object.to);
        let first = self.sentence.traits(object.from + that);
        let known = first.any(&[Trait::Definite, Trait::Demonstrative]).then(|| self.recall(&own)).flatten();
        let pointed = topic.filter(|_| first.has(Trait::Demonstrative) && own.split(' ').count() <= 2);
        (known.or(pointed).unwrap_or(own), stance)
    }

    /// True where the object only points to what was spoken of.
    pub(super) fn points_back(&self, object: Run) -> bool {
        let end = object.to.min(object.from + 2);
        let short = object.to - object.from <= 3;
        (object.from..object.to).all(|at| self.sentence.is(at, Trait::Light) && !self.sentence.is(at, Trait::Pointer))
            || self.sentence.is(object.from, Trait::PointerWith)
            || short && self.sentence.any(object.from, object.to, Trait::PointerWith)
            || (object.from..end).any(|at| self.pointer_ends(at).is_some_and(|end| end + 2 >= object.to))
    }

    /// Where a phrase that points back ("this proposal") ends.
    pub(super) fn pointer_ends(&self, at: usize) -> Option<usize> {
        let phrase = self.sentence.longest(at, |tag| (*tag == Tag::Trait(Trait::Pointer)).then_some(()));
        phrase.map(|(len, ())| at + len).or(self.sentence.is(at, Trait::Pointer).then_some(at + 1))
    }

    /// "the target": the longer phrase that the item has for it, if there is one.
    pub(super) fn recall(&self, short: &str) -> Option<String> {
        let here = self.said.iter().rev().map(|said| said.proposition.as_str());
        here.chain(self.coder.memory.things()).find(|long| continues(long, short)).map(str::to_owned)
    }
}
