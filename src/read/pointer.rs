//! Words that point to what was spoken of: "this proposal", "it".

use crate::lexicon::{Tag, Trait};
use crate::model::Quantifier;

use super::reading::Reading;
use super::stance::Run;

impl Reading<'_, '_, '_> {
    /// True where the object only points to what was spoken of.
    pub(super) fn points_back(&self, object: Run) -> bool {
        let end = object.to.min(object.from + 2);
        let short = object.to - object.from <= 3;
        self.act_on_it(object)
            || self.one(object)
            || self.apposed_idea(object)
            || (object.from..object.to).all(|at| {
                let traits = self.sentence.traits(at);
                traits.any(&[Trait::Light, Trait::Particle]) && !traits.has(Trait::Pointer)
            })
            || self.sentence.is(object.from, Trait::PointerWith)
            || self.alone(object)
            || self.apart(object.from)
            || short && self.sentence.any(object.from, object.to, Trait::PointerWith)
            || (object.from..end).any(|at| {
                self.pointer_ends(at).is_some_and(|end| end + 2 >= object.to || self.sentence.is(end, Trait::As))
            })
    }

    /// "(no room for) this | in the current budget"
    fn apart(&self, at: usize) -> bool {
        let word = self.pointer_ends(at) == Some(at + 1) && self.sentence.is(at, Trait::Demonstrative);
        word && !self.coder.language.file.verb_final && self.sentence.is(at + 1, Trait::Preposition)
    }

    /// "…, a step | the Commission | deemed premature": what was said.
    fn apposed_idea(&self, object: Run) -> bool {
        let idea = self.sentence.is(object.from, Trait::Indefinite) && self.sentence.is(object.from + 1, Trait::Idea);
        let rest = object.from + 2..object.to;
        let somebody = |at: usize| self.covered(at) || self.sentence.is(at, Trait::Definite);
        idea && !self.coder.language.file.verb_final && rest.clone().all(somebody)
    }

    /// "could accept one"
    fn one(&self, object: Run) -> bool {
        let one = |tag: &Tag| matches!(tag, Tag::Number(1) | Tag::Quantifier(Quantifier::Single)).then_some(());
        // "one too"
        let too = self.sentence.is(object.from + 1, Trait::Excess) && self.sentence.closes(object.from + 1);
        object.to == object.from + 1 + usize::from(too) && self.sentence.longest(object.from, one).is_some()
    }

    /// "its gradual removal": what is done to the thing spoken of.
    fn act_on_it(&self, object: Run) -> bool {
        let act = object.to.saturating_sub(1);
        let acts = [Trait::Remove, Trait::Keep];
        self.sentence.is(object.from, Trait::Own)
            && act > object.from
            && self.sentence.traits(act).any(&acts)
            && (object.from + 1..act).all(|at| self.sentence.plain_adjective(at))
    }

    /// "(wants) it | soon | to keep": where verbs come last, an article without a noun is a pronoun.
    pub(super) fn it_done(&self, object: Run) -> bool {
        let Some(last) = object.to.checked_sub(1).filter(|last| *last > object.from) else { return false };
        let adverb = [Trait::Light, Trait::Infinitive, Trait::Strong, Trait::Weak];
        let between = |at: usize| self.sentence.traits(at).any(&adverb);
        self.coder.language.file.verb_final
            && self.sentence.is(object.from, Trait::Definite)
            && self.sentence.tokens[last].last == 'n'
            && (object.from + 1..last).all(between)
            && (last > object.from + 1 || self.sentence.traits(last).any(&[Trait::Keep, Trait::Remove, Trait::Verb]))
    }

    /// "this | on a voluntary basis": a pointer before a preposition or an adverb is no article.
    fn alone(&self, object: Run) -> bool {
        let at = object.from;
        let next = self.sentence.traits(at + 1);
        let demonstrative = self.sentence.is(at, Trait::Demonstrative);
        let single = self.pointer_ends(at) == Some(at + 1);
        // "finds that premature", "finds that technically unfeasible", "finds that a missed chance"
        let verdict = [Trait::Positive, Trait::Negative, Trait::Hard];
        let near = at + 1 + usize::from(self.sentence.is(at + 1, Trait::Indefinite));
        let near = near + usize::from(self.sentence.plain_adjective(near));
        let end = verdict.into_iter().find_map(|one| Some(near + self.sentence.len_of(near, one)?));
        let ends = end.is_some_and(|end| end >= object.to || self.sentence.mark(end) != 'w');
        let judged = (single || self.sentence.is(at, Trait::That)) && ends;
        // "this | in all sectors to anchor"
        let pronoun = single || !self.sentence.is(at, Trait::That);
        let aside = pronoun && next.any(&[Trait::Preposition, Trait::Light]) && !next.has(Trait::Filler);
        self.coder.language.file.verb_final && demonstrative && (judged || aside)
    }

    /// True for a word or phrase that points to a thing: "this", "it".
    pub(super) fn is_pointer(&self, thing: Run) -> bool {
        self.pointer_ends(thing.from).is_some_and(|end| end >= thing.to) && !thing.is_empty()
    }

    /// Where a phrase that points back ("this proposal") ends.
    pub(super) fn pointer_ends(&self, at: usize) -> Option<usize> {
        self.sentence.len_of(at, Trait::Pointer).map(|len| at + len)
    }

    /// "this came too close", "whether it could be enforced": the subject of a clause that points to a thing.
    pub(super) fn pointing_subject(&self, clause: Run) -> Option<Run> {
        let subject = Run::new(clause.from, clause.from + 1);
        let finite = self.sentence.is(subject.to, Trait::Verb) && !self.sentence.is(subject.to, Trait::Nonfinite);
        let demonstrative = self.sentence.is(subject.from, Trait::Demonstrative);
        let passive = |at: usize| self.sentence.is_passive(at);
        let done = (subject.to..clause.to.min(subject.to + 4)).any(passive);
        let ahead = self.sentence.first(subject.to, clause.to, &[Trait::That, Trait::Infinitive]).is_some();
        let points = finite && self.is_pointer(subject) && (demonstrative || done && !ahead);
        (points && subject.to < clause.to).then_some(subject)
    }
}
