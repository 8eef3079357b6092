//! The parts of a coordinated object.

use crate::lexicon::{Class, Tag, Trait};

use super::proposition::opening;
use super::reading::Reading;
use super::stance::Run;

impl Reading<'_, '_, '_> {
    /// The parts of a coordinated object that stand for themselves.
    pub(super) fn conjuncts(&self, object: Run, class: Class) -> Vec<Run> {
        let mut parts = Vec::new();
        let mut from = object.from;
        if !matches!(class, Class::Neutral | Class::Judge) {
            for at in object.from + 1..object.to {
                // "asked for: – more money; – a fund"
                if self.sentence.lists(at) {
                    parts.push(Run::new(from, at));
                    from = at + 2;
                    continue;
                }
                let comma = self.sentence.mark(at) == ',';
                let and = self.sentence.is(at, Trait::And);
                if !(comma || and) || self.covered(at) || at < from + 2 {
                    continue;
                }
                let next = at + 1 + usize::from(comma && self.sentence.is(at + 1, Trait::And));
                // "…, a suggestion supported by X" is what was said, not a second thing.
                if self.mentions.iter().any(|m| m.apart.is_some() && m.from == next + 2) {
                    continue;
                }
                // "pleaded for a register and for a fund", "the importance of sharing and of greening"
                let opened = opening(self.sentence, Run::new(from, at));
                let again = |before: usize| self.repeats(before, Run::new(next, object.to));
                let of = opened > from && self.sentence.is(opened - 1, Trait::Of) && and && again(opened - 1);
                // "on the importance of X and on the need for Y"
                let governed = and && self.sentence.is(next, Trait::Preposition);
                let fresh = governed && self.sentence.len_of(next + 1, Trait::Opening) > Some(1);
                if object.from > 0 && again(object.from - 1) || of || fresh {
                    parts.push(Run::new(from, at));
                    from = next + 1;
                } else if self.begins_object(next, Run::new(from, at), comma) {
                    parts.push(Run::new(from, at));
                    from = next;
                }
            }
        }
        parts.push(Run::new(from, object.to));
        parts
    }

    /// True where the preposition before an object stands again before the rest of it.
    fn repeats(&self, before: usize, rest: Run) -> bool {
        let words = [before, rest.from].map(|at| self.sentence.tokens.get(at).map(|token| token.word));
        let joins = [Trait::Preposition, Trait::Topic, Trait::Of, Trait::Viewpoint, Trait::Addressee];
        // "…, to make research easier": a purpose.
        let purpose =
            !self.sentence.is(rest.from - 1, Trait::And) && self.sentence.any(rest.from, rest.to, Trait::Infinitive);
        let joined = self.sentence.traits(rest.from).any(&joins) && self.sentence.mark(rest.from + 1) == 'w';
        words[0] == words[1] && joined && !purpose
    }

    /// True where a further object begins at `at`: an article or "that", as the one before began.
    pub(super) fn begins_object(&self, at: usize, before: Run, comma: bool) -> bool {
        let article = |at: usize| {
            self.sentence.traits(at).any(&[Trait::Definite, Trait::Indefinite]) || self.sentence.is(at, Trait::Opening)
        };
        let between = self.sentence.any(before.from, before.to, Trait::Between);
        let mut joins = self.sentence.having(before.from + 1, before.to, &[Trait::Of, Trait::Preposition]);
        let nested = joins.any(|i| article(i + 1));
        let long = (at..at + 2).all(|i| self.sentence.mark(i) == 'w');
        let that = self.sentence.is(at, Trait::That) && self.sentence.any(before.from, before.to, Trait::That);
        let opening = self.sentence.is(at, Trait::Opening);
        let lead = self.sentence.traits(before.from).any(&[Trait::That, Trait::Negation, Trait::Both]);
        let start = before.from + usize::from(lead);
        let same = self.same_frame(start, at);
        long && !between && (that || article(at) && (comma || !nested || opening || same) && article(start))
    }

    /// "the use of A and the network of B": both parts have the same article and an "of".
    pub(super) fn same_frame(&self, before: usize, at: usize) -> bool {
        let opening = self.sentence.longest(before, |tag| (*tag == Tag::Trait(Trait::Opening)).then_some(()));
        let after = before + opening.map_or(0, |(len, ())| len);
        let of = |from: usize| self.sentence.any(from + 1, from + 5, Trait::Of);
        let article = |i: usize| self.sentence.tokens.get(i).map(|token| token.word);
        (article(after) == article(at) && of(after) || article(before) == article(at) && of(before)) && of(at)
    }
}
