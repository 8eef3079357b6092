//! The direct object of a verb: behind it, before it, or in front of the clause.

use crate::lexicon::{Class, Trait, Traits};

use super::clause::{Clause, Kind};
use super::object::Search;
use super::predicate::{Predicate, opener};
use super::proposition::Cut;
use super::reading::Reading;
use super::stance::Run;
use super::subject::Role;

impl Reading<'_, '_, '_> {
    /// The direct object; `lead` is where the words before the cue end that only say that it follows.
    pub(super) fn direct(&self, search: &Search<'_, '_>, lead: usize) -> Run {
        let Search { clause, cue, own, before, end } = *search;
        let from = own.map(|(i, _)| &self.mentions[i]).filter(|m| m.from >= cue.end).map_or(cue.end, |m| m.to);
        // "wanted them to be higher"
        let to = self.sentence.first(from + 1, (from + 3).min(end), &[Trait::Infinitive]);
        if let Some(thing) = to.and_then(|to| self.accusative(from, to, cue)) {
            return Run::new(thing, end);
        }
        // "rejected it, pointing to the cost", "found it disproportionate": it is the thing, and nobody addressed.
        let pronoun = !self.coder.language.file.verb_final && self.is_pointer(Run::new(from, from + 1));
        let sides = matches!(cue.cue.class, Class::Support | Class::Oppose | Class::Yield) && !cue.cue.noun;
        let sides = sides && !self.sentence.is(from + 1, Trait::Remove);
        if sides && pronoun && from < end && self.mentions.iter().any(|m| m.from == from && m.to == from + 1) {
            return Run::new(from, from + 1);
        }
        // "felt | it was too weak": so it is where a verb follows.
        let tells = matches!(cue.cue.class, Class::Say | Class::Conclude | Class::Stress | Class::Concern);
        let subject = tells && !cue.cue.noun && self.sentence.is(from + 1, Trait::Verb);
        let judged = (cue.cue.class == Class::Judge || subject) && pronoun;
        let from = if judged { from } else { self.behind_addressed(from, search) };
        if self.fronted(clause, cue, own, Run::new(from.min(end), end)) {
            return before;
        }
        self.before_final_verb(from, search, lead).unwrap_or(Run::new(from.min(end), end))
    }

    /// Past somebody addressed, and the particle of the verb.
    fn behind_addressed(&self, mut from: usize, search: &Search<'_, '_>) -> usize {
        let Search { cue, end, .. } = *search;
        // "urged | the Council | to adopt": nobody who holds a position, and addressed too.
        let asked = cue.particle == Some(from + 2) && self.sentence.any(from + 3, end, Trait::Infinitive);
        if asked && self.sentence.is(from, Trait::Definite) && self.sentence.is_capital(from + 1) {
            from += 2;
        }
        while from < end
            && (cue.particle == Some(from)
                || self.mentions.iter().any(|m| m.from == from && m.to < end)
                || self.sentence.mark(from) != 'w')
        {
            let next = self.mentions.iter().find(|m| m.from == from).map_or(from + 1, |m| m.to);
            from = if self.sentence.possessive(from) { from + 2 } else { next };
        }
        from
    }

    /// What stands before a verb that ends its clause, where nothing but verbs is left from `from` on.
    fn before_final_verb(&self, from: usize, search: &Search<'_, '_>, lead: usize) -> Option<Run> {
        let Search { clause, cue, own, end, .. } = *search;
        let follows = own.is_some_and(|(i, role)| role == Role::Subject && self.mentions[i].to <= cue.at);
        let verbs = [Trait::Verb, Trait::Light, Trait::Necessity, Trait::Possibility];
        let want = cue.cue.class == Class::Want;
        // "the register to authorities to want to leave": the object stands before both.
        let wants = want && end <= from + 1 && cue.at > 0 && self.sentence.is(cue.at - 1, Trait::Infinitive);
        // "the costs as aid | would want to count": the infinitive of a verb that the lexicon lacks ends the clause.
        let unknown = |at: usize| self.sentence.plain_adjective(at) && self.sentence.tokens[at].last == 'n';
        let counts = want && end == from + 1 && unknown(from) && cue.at > clause.from + 3;
        // "(could) with the plan | off the feet": the words of an idiom end the clause.
        let idiom = |at: usize| {
            let part = |at: usize| at < clause.to && cue.is_part(self.sentence, at);
            part(at) || self.sentence.is(at, Trait::Definite) && part(at + 1)
        };
        let spent = || wants || counts || (from..end).all(|at| self.sentence.traits(at).any(&verbs) || idiom(at));
        let start = own.map_or(clause.from, |(i, _)| self.mentions[i].to);
        // "X, together with Y, …"
        let insert = (start + 1..cue.at).find(|at| self.sentence.mark(*at) == ',');
        let start = insert.filter(|_| self.sentence.mark(start) == ',').map_or(start, |comma| comma + 1);
        // "would | the costs as aid | want to count": what stands right before the cue has no object of its own.
        let tells = |from: usize, to: usize| self.tells(Run::new(from, to), Cut::default(), Some(cue));
        let start = if tells(start, lead) && !tells(lead, cue.at) { start } else { start.max(lead) };
        let verb_final = self.coder.language.file.verb_final;
        let spent = verb_final && spent();
        let parted = verb_final && !spent && follows && self.parted(start, from, cue);
        if !spent && !parted && (from < end || follows) {
            return None;
        }
        // "that | Spain | the levy supports": the speaker again is no part of the object.
        let named = |at: &usize| !self.sentence.is(*at, Trait::That) && !self.covered(*at);
        let start = (start..cue.at).find(named).unwrap_or(start);
        if start >= cue.at {
            return None;
        }
        let inner = opener(self.sentence, cue.cue, start, cue.at.saturating_sub(1)).map(|at| at + 1);
        let auxiliary = (start..cue.at).find(|at| !self.sentence.is(*at, Trait::Verb)).unwrap_or(start);
        // "have | on behalf of Malta | the text named poor": so is who else it is said for.
        let beside = self.mentions.iter().find(|m| m.from == auxiliary && m.apart.is_some() && m.to < cue.at);
        let auxiliary = beside.map_or(auxiliary, |m| m.to);
        // "have a label pleaded | for books": the verb stands inside of the object.
        Some(Run::new(inner.unwrap_or(auxiliary), if parted { end } else { cue.at }))
    }

    /// "have | higher grants | wished for students": what stands behind the participle at `from` goes with the object
    /// that begins behind `start`.
    fn parted(&self, start: usize, from: usize, cue: &Predicate<'_>) -> bool {
        let goes_with = self.sentence.is(from, Trait::Preposition) && !cue.opens(self.sentence, from) && !cue.cue.noun;
        let thing = || (start..cue.at).find(|at| !self.sentence.traits(*at).any(&[Trait::Verb, Trait::Light]));
        let governs = [Trait::Preposition, Trait::PointerWith];
        let begins = |at: &usize| !self.sentence.traits(*at).any(&governs);
        let tells = |at: usize| self.tells(Run::new(at, cue.at), Cut::default(), Some(cue));
        goes_with && thing().filter(begins).is_some_and(tells)
    }

    /// "would like | those criteria | to be voluntary", "pressed for | sanctions | to apply": where the thing begins
    /// that the infinitive behind it is said of. Somebody who stands there is only addressed.
    pub(super) fn accusative(&self, from: usize, to: usize, cue: &Predicate<'_>) -> Option<usize> {
        let thing = from + usize::from(self.sentence.is(from, Trait::Preposition));
        let run = Run::new(thing, to);
        let own = |at: usize| self.sentence.mark(at) != 'w' || cue.is_with(self.sentence, at);
        let governed = cue.cue.noun && thing > from;
        let stands = self.sentence.is(to, Trait::Infinitive) && thing < to && !self.coder.language.file.verb_final;
        if !stands || governed || (thing..to).any(own) {
            return None;
        }
        let is = self.sentence.is(to + 1, Trait::Light) || self.sentence.is(to + 1, Trait::Verb);
        let points = is && self.is_pointer(run);
        let tells = !self.covered(thing) && !self.sentence.is(thing, Trait::Light);
        (points || tells && self.tells(run, Cut::default(), Some(cue))).then_some(thing)
    }

    /// "Deletion found X undesirable", "The text was broadly welcomed": the object stands before the verb, and
    /// behind it is only the verdict.
    fn fronted(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>, rest: Run) -> bool {
        let before = self.before_verb(clause);
        let thing = |run: Run| {
            let names = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative, Trait::Of];
            self.sentence.first(run.from, run.to, &names).is_some()
        };
        let subject = own
            .is_none_or(|(i, role)| matches!(role, Role::Subject | Role::Source) && self.mentions[i].from >= before.to);
        let judged =
            cue.cue.class == Class::Judge && own.is_some() || own.is_none() && !cue.cue.noun && rest.is_empty();
        let inverted = clause.kind == Kind::Main && subject && judged;
        if clause.kind == Kind::Main && self.fronted_thing(before, cue, own, rest) {
            return true;
        }
        // "Binding targets went a majority too far": the plural has no article.
        let plural = clause.from == 0 && self.tells(before, Cut::default(), Some(cue));
        inverted && !before.is_empty() && (thing(before) || plural) && !thing(rest)
    }

    /// "The credits could Malta approve, up to a limit": a thing, the verb, the speaker, and no other thing.
    fn fronted_thing(&self, before: Run, cue: &Predicate<'_>, own: Option<(usize, Role)>, rest: Run) -> bool {
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        let takes = cue.cue.class.takes_side() && cue.cue.class != Class::Join;
        let next = own.is_some_and(|(i, role)| role == Role::Subject && self.mentions[i].from == before.to + 1);
        // "National measures did Malta oppose": the plural has no article.
        let plural = before.to > before.from + 1 && self.sentence.traits(before.from) == Traits::default();
        let thing = !before.is_empty() && (self.sentence.traits(before.from).any(&article) || plural);
        let aside = self.sentence.is(rest.from, Trait::Preposition) && !cue.opens(self.sentence, rest.from);
        let verdict = cue.cue.class == Class::Judge && !self.sentence.traits(rest.from).any(&article);
        // "The meat tax was Denmark a thorn in the flesh": an idiom that opens no object of its own.
        let opened = || opener(self.sentence, cue.cue, before.to, rest.to.max(cue.end)).is_some();
        let idiom = || !opened() && !self.sentence.any(before.from, before.to, Trait::Date);
        let inverts = self.coder.language.file.verb_final && takes && next && thing && (!cue.cue.noun || idiom());
        let nothing = !self.tells(rest, Cut::default(), Some(cue));
        inverts && (nothing || aside || verdict || cue.cue.noun) && self.tells(before, Cut::default(), Some(cue))
    }
}
