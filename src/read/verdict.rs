//! The thing alone: an object without the verdict on it and the verbs that end its clause.

use crate::lexicon::{Class, Cue, Trait};

use super::proposition::Cut;
use super::reading::Reading;
use super::stance::Run;

impl Reading<'_, '_, '_> {
    /// "that it is important | that X be done": the clause that the pronoun looks ahead to.
    pub(super) fn behind_verdict(&self, object: Run) -> Option<Run> {
        let verdict = [Trait::Positive, Trait::Negative, Trait::Hard];
        let passes = [Trait::Verb, Trait::Light, Trait::Preposition, Trait::Of, Trait::Graded, Trait::Strong];
        let start = object.from + 1;
        let it = if self.coder.language.file.verb_final { Trait::Definite } else { Trait::Pointer };
        let pronoun = self.sentence.is(object.from, Trait::That) && self.sentence.is(start, it);
        let near = object.to.min(start + 8);
        let act = |at: &usize| {
            let verb = self.sentence.is(at - 1, Trait::Verb) && self.sentence.is(*at, Trait::Preposition);
            verb && self.sentence.any(at + 1, object.to, Trait::Infinitive)
        };
        let infinitive = || (start + 1..near).find(act);
        let that = self.sentence.first(start + 1, near, &[Trait::That]).or_else(infinitive).filter(|_| pronoun)?;
        let judged = (start + 1..that).any(|at| self.sentence.traits(at).any(&verdict));
        let only = |at: usize| self.sentence.traits(at).any(&verdict) || self.sentence.traits(at).any(&passes);
        let stands = judged && (start + 1..that).all(only);
        let from = that + usize::from(!self.sentence.is(that, Trait::That));
        stands.then(|| Run::new(from, object.to))
    }

    /// The thing alone, in a clause whose verbs come last: "that the register | the schools burdens", "that the
    /// duty | premature is", "the levy | as an incentive".
    ///
    /// Where verbs come second: "that the register | is a burden", and of what is `judged`, "the duty | premature".
    pub(super) fn without_verdict(&self, object: Run, judged: bool) -> Run {
        if !self.coder.language.file.verb_final {
            let attribute = || self.before_attribute(object, judged);
            let end = self.before_predicate(object).or_else(attribute);
            return Run::new(object.from, end.unwrap_or(object.to));
        }
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let joins = [Trait::Preposition, Trait::Of, Trait::And, Trait::Agent, Trait::Between];
        let that = self.sentence.is(object.from, Trait::That)
            || object.from > 0 && self.sentence.is(object.from - 1, Trait::That);
        let subject = object.from + usize::from(self.sentence.is(object.from, Trait::That));
        let subject = that && self.sentence.traits(subject).any(&article);
        let next = |at: &usize| {
            let traits = self.sentence.traits(*at);
            let apart = traits.any(&article)
                && !traits.has(Trait::That)
                && !self.sentence.traits(at - 1).any(&joins)
                && !self.sentence.traits(at - 1).any(&article);
            // "to use visas as a lever": of an infinitive it is what is asked.
            let asked = || self.sentence.any(*at, object.to, Trait::Infinitive);
            // "called the text | a good basis"
            let thing = || {
                let thing = Run::new(object.from, *at);
                !self.sentence.is(thing.from, Trait::As) && self.tells(thing, Cut::default(), None)
            };
            let called = || judged && !that && traits.has(Trait::Indefinite) && thing();
            traits.has(Trait::As) && !asked() || apart && (subject || called())
        };
        let object = self.asked_of(object);
        let parts = [Trait::As, Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let end = self.sentence.having(object.from + 2, object.to, &parts).find(next).unwrap_or(object.to);
        let mut end = self.before_verbs(Run::new(object.from, end), that && end == object.to);
        let verdict = [Trait::Positive, Trait::Negative, Trait::Hard, Trait::Excess];
        while end > object.from + 1 {
            let traits = self.sentence.traits(end - 1);
            let named = self.sentence.traits(end - 2).any(&article);
            if named || !traits.any(&verdict) && !self.judges(end - 1) {
                break;
            }
            end -= 1;
        }
        // "finds the norm | unfit for woods": so is what goes with a verdict behind its noun.
        let governs = [Trait::Preposition, Trait::As];
        let apart = |at: &usize| {
            self.sentence.traits(*at).any(&verdict)
                && (self.sentence.is(*at, Trait::Excess) || self.sentence.tokens[at - 1].last != 'e')
                && !self.sentence.traits(at - 1).any(&article)
                && !self.sentence.traits(at - 1).any(&joins)
                && (at + 1..at + 3).any(|next| self.sentence.traits(next).any(&governs))
        };
        let end = (object.from + 1..end).find(|at| judged && apart(at)).unwrap_or(end);
        Run::new(object.from, end)
    }

    /// "the register | is a burden": where the first verb of a clause stands, if what follows is a verdict.
    fn before_predicate(&self, object: Run) -> Option<usize> {
        let bounds = [Trait::Verb, Trait::Relative, Trait::Infinitive, Trait::Condition, Trait::Instead];
        let from = object.from + usize::from(self.sentence.is(object.from, Trait::That));
        let verb = self.sentence.first(from + 1, object.to, &bounds).filter(|at| self.sentence.is(*at, Trait::Verb))?;
        let carries = [
            Trait::Light,
            Trait::Necessity,
            Trait::Possibility,
            Trait::Negation,
            Trait::Infinitive,
            Trait::Strong,
            Trait::Weak,
            Trait::Change,
        ];
        // "technically impossible"
        let adverb = |at: usize| self.sentence.plain_adjective(at) && self.sentence.tokens[at].last == 'y';
        let carried =
            |at: &usize| !self.sentence.traits(*at).any(&carries) && !adverb(*at) || self.verdict_at(*at).is_some();
        let at = (verb + 1..object.to).find(carried)?;
        self.thing_of_verdict(Run::new(from, verb), at, object.to)
    }

    /// "the duty | premature", "it | as a burden": where the attribute of what is `judged` begins; of anything else
    /// only a verdict behind "as" is one.
    fn before_attribute(&self, object: Run, judged: bool) -> Option<usize> {
        let joins =
            [Trait::Definite, Trait::Indefinite, Trait::Demonstrative, Trait::Of, Trait::Preposition, Trait::And];
        let follows = [Trait::Preposition, Trait::Contrast, Trait::Reason, Trait::Condition, Trait::And, Trait::But];
        let noun = |at: usize| self.sentence.mark(at) == 'w' && !self.sentence.traits(at).any(&follows);
        let begins = |at: &usize| {
            let pointer = self.sentence.is(at - 1, Trait::Pointer) && !noun(at + 1);
            let named = self.sentence.traits(at - 1).any(&joins) && !pointer;
            match self.sentence.is(*at, Trait::As) {
                true => judged || self.verdict_at(*at + 1).is_some(),
                false => judged && !named && self.verdict_at(*at).is_some(),
            }
        };
        let at = (object.from + 1..object.to).find(begins)?;
        self.thing_of_verdict(Run::new(object.from, at), at, object.to)
    }

    /// The end of a thing with a verdict at `at`, unless it only points ahead: "it is premature to decide".
    fn thing_of_verdict(&self, thing: Run, at: usize, to: usize) -> Option<usize> {
        let end = self.verdict_at(at).or(self.sentence.is(at, Trait::As).then_some(at + 1))?;
        let ahead = self.sentence.first(end, to, &[Trait::That, Trait::Infinitive]).is_some();
        let points = self.is_pointer(thing) && !ahead;
        (points || self.tells(thing, Cut::default(), None)).then_some(thing.to)
    }

    /// Where a verdict that begins at `at` ends: "premature", "too high", "a fair basis".
    fn verdict_at(&self, at: usize) -> Option<usize> {
        let verdict = [Trait::Positive, Trait::Negative, Trait::Hard, Trait::Excess];
        let article = self.sentence.is(at, Trait::Indefinite);
        let last = if article { at + 3 } else { at + 1 };
        self.sentence.first(at, last, &verdict).map(|at| at + 1)
    }

    /// "that | the Commission | a roadmap draws up": who is to act is no part of the thing.
    fn asked_of(&self, object: Run) -> Run {
        let from = object.from + usize::from(self.sentence.is(object.from, Trait::That));
        let actor =
            self.mentions.iter().find(|m| m.from == from && from > 0 && self.sentence.is(from - 1, Trait::That));
        let thing = actor.map(|m| Run::new(m.to, object.to));
        thing.filter(|thing| self.tells(*thing, Cut::default(), None)).unwrap_or(object)
    }

    /// Where the verbs that end a clause begin: "the contract | to extend", "the duty | scrapped must be".
    fn before_verbs(&self, run: Run, that: bool) -> usize {
        let sentence = self.sentence;
        if run.to <= run.from + 2 {
            return run.to;
        }
        let verbs = [Trait::Verb, Trait::Necessity, Trait::Possibility, Trait::Infinitive];
        let governs = [
            Trait::Definite,
            Trait::Indefinite,
            Trait::Demonstrative,
            Trait::Preposition,
            Trait::Of,
            Trait::And,
            Trait::Between,
            Trait::Remove,
        ];
        let verb = |at: usize| {
            let known = sentence.traits(at).any(&verbs) && !sentence.is(at, Trait::Remove);
            // "administrative demands": behind an inflected adjective stands a noun.
            let before = sentence.traits(at - 1);
            let noun = sentence.tokens[at - 1].last == 'e' && !before.any(&verbs) && !before.has(Trait::Light)
                || sentence.counts(at - 1);
            known && (!noun || self.wants(at)) && !sentence.traits(at - 1).any(&governs[..7])
        };
        let infinitive = |at: usize| sentence.is(at - 1, Trait::Infinitive) && sentence.tokens[at].last == 'n';
        let mut end = run.to;
        while end > run.from + 2 {
            let at = end - 1;
            let keeps =
                sentence.is(at, Trait::Keep) && sentence.tokens[at].last == 'n' && !sentence.is(at - 1, Trait::Of);
            let known = verb(at) || keeps || infinitive(at) && !sentence.is(at, Trait::Remove);
            let participle =
                sentence.is_passive(at - 1) && sentence.mark(at) == 'w' && !sentence.traits(at - 2).any(&governs);
            if !(known || participle && that) {
                break;
            }
            let particle = sentence.is(at, Trait::Infinitive)
                && sentence.traits(at - 1).any(&[Trait::Preposition, Trait::Particle])
                && at > run.from + 2;
            end = at - usize::from(particle);
        }
        // "the vignettes | (at least) ten years | to keep"
        end = self.duration(run.from, end).filter(|_| end < run.to).unwrap_or(end);
        // A that-clause ends in its verb, known or not.
        let last = end - 1;
        let other = || sentence.having(run.from + 1, end - 1, &verbs).any(verb);
        let unknown = that && end == run.to && end > run.from + 3 && !other();
        let plain = sentence.mark(last) == 'w' && !sentence.tokens[last].capital;
        // "of poor farmers": behind an inflected adjective stands a noun.
        let noun = sentence.plain_adjective(last - 1) && sentence.tokens[last - 1].last == 'e';
        let ending = matches!(sentence.tokens[last].last, 't' | 'd' | 'n' | 'e');
        if unknown && plain && ending && !noun && !sentence.traits(last - 1).any(&governs) {
            end = last;
        }
        if self.tells(Run::new(run.from, end), Cut::default(), None) { end } else { run.to }
    }

    /// Where words begin that say how long, at the end of a thing and behind no preposition.
    fn duration(&self, from: usize, end: usize) -> Option<usize> {
        let governs = [Trait::Preposition, Trait::Of, Trait::Definite, Trait::Demonstrative, Trait::And];
        let unit = end > from + 3 && self.sentence.is(end - 1, Trait::Date) && self.sentence.counts(end - 2);
        let light = |at: &usize| self.sentence.is(*at, Trait::Light);
        let before = (from + 1..end.saturating_sub(2)).rev().take_while(light).last().unwrap_or(end.saturating_sub(2));
        (unit && !self.sentence.traits(before - 1).any(&governs)).then_some(before)
    }

    /// True for a form of a verb that judges: "found", "deems".
    fn judges(&self, at: usize) -> bool {
        self.sentence.is(at, Trait::Verb) && self.of_class(at, Class::Judge)
    }

    /// True for a form of a verb that wants: "the renewal | want to give".
    fn wants(&self, at: usize) -> bool {
        self.of_class(at, Class::Want)
    }

    fn of_class(&self, at: usize, class: Class) -> bool {
        let cues = &self.coder.language.cues;
        let fits = |cue: &Cue| cue.class == class && !cue.noun;
        cues.forms(self.sentence.tokens[at].word).iter().any(|form| fits(cues.cue(form.cue)))
    }
}
