//! Positions that a noun tells of whose it is: "Sweden's wish to delete Article 4", "the call of Germany for X".

use crate::lexicon::{Class, Tag, Trait};
use crate::model::{Holder, Stance};

use super::certainty::Ground;
use super::clause::Clause;
use super::mention::Party;
use super::predicate::{Predicate, opener, predicates};
use super::proposition::Cut;
use super::reading::{Point, Reading};
use super::stance::{Run, negation, operator};

impl Reading<'_, '_, '_> {
    /// "Sweden's wish to delete Article 4": who owns a noun that takes a side holds what it says.
    pub(super) fn owners(&mut self, clause: Clause, found: &[Predicate<'_>]) {
        let mentions = self.mentions;
        for mention in mentions.iter().filter(|m| m.owner && (clause.from..clause.to).contains(&m.from)) {
            let near = |p: &&Predicate<'_>| p.cue.noun && (mention.to + 2..mention.to + 4).contains(&p.at);
            let sides = |p: &&Predicate<'_>| p.cue.class.takes_side() && p.cue.class != Class::Join;
            let Some(noun) = found.iter().filter(near).find(sides) else { continue };
            let named = |party: &Party| matches!(party, Party::Group(group) if !group.named.is_empty());
            if !mention.parties.iter().all(named) || opener(self.sentence, noun.cue, noun.end, noun.end + 1).is_none() {
                continue;
            }
            let stop = |at: &usize| self.sentence.mark(*at) != 'w' || self.sentence.is(*at, Trait::Verb);
            let end = (noun.end..clause.to).find(stop).unwrap_or(clause.to);
            let object = Run::new(noun.end + 1, end);
            let run = Run::new(mention.from, end);
            let (proposition, stance) = self.proposition(noun, object, self.stance(noun, object, 1, run));
            let holders = self.coder.memory.resolve(&mention.parties, None, true);
            let point = Point::new(run, proposition, stance, (&noun.cue.name, Ground::Noun));
            self.beside(&holders, point);
        }
    }

    /// "the call of Germany for X met with support": Germany is for X; returns where the rest of the clause begins.
    pub(super) fn plea(&mut self, clause: Clause) -> Option<usize> {
        let sentence = self.sentence;
        let noun = (clause.from..clause.from + 3).find(|at| sentence.is(*at, Trait::Plea) && !self.covered(*at));
        let Some(noun) = noun else { return self.owned(clause) };
        let (holders, after) = self.pleader(noun)?;
        let opens = [Trait::Preposition, Trait::That];
        let object = after + 1;
        if !sentence.traits(after).any(&opens) {
            return None;
        }
        let end = self.end_of_plea(object, clause)?;
        let object = Run::new(object, end);
        let turned = operator(sentence, object);
        let stance = Stance::of_sign(turned * negation(sentence, object, &|at| self.covered(at)));
        let proposition = self.named(object, Cut { judged: false, turned: turned < 0 }, None, stance)?;
        let point = Point::new(Run::new(clause.from, end), proposition, stance, ("plea of", Ground::Noun));
        Some(self.pleads(&holders, Point { turned, ..point }))
    }

    /// Gives what is pleaded for, and returns where the rest of the clause begins.
    fn pleads(&mut self, holders: &[Holder], point: Point) -> usize {
        let end = point.run.to;
        self.give(holders, vec![point], None, None);
        self.pleaded = true;
        end
    }

    /// "Sweden's concerns about X were shared by Malta": the same where any noun that takes a side can be owned.
    fn owned(&mut self, clause: Clause) -> Option<usize> {
        let cue = |at: &usize| {
            let word = self.sentence.tokens.get(*at).map(|token| token.word);
            word.is_some_and(|word| !self.coder.language.cues.forms(word).is_empty()) && !self.covered(*at)
        };
        let at = (clause.from + 1..clause.from + 4).find(cue)?;
        if self.sentence.any(clause.from, at, Trait::Verb) {
            return None;
        }
        let (holders, after) = self.pleader(at)?;
        let run = Run::new(clause.from, clause.to);
        let found = predicates(self.sentence, run, &|at| self.covered(at), self.coder.language);
        let sides = |p: &&Predicate<'_>| p.cue.noun && p.cue.class.takes_side() && p.cue.class != Class::Join;
        let noun = found.iter().find(|p| p.at == at).filter(sides).filter(|p| p.opens(self.sentence, after))?;
        let end = self.end_of_plea(after + 1, clause)?;
        let (object, run) = (Run::new(after + 1, end), Run::new(clause.from, end));
        let (proposition, stance) = self.proposition(noun, object, self.stance(noun, object, 1, run));
        let point = Point::new(run, proposition, stance, (&noun.cue.name, Ground::Noun));
        Some(self.pleads(&holders, Point { turned: operator(self.sentence, object), ..point }))
    }

    /// The verb of the clause, behind what is pleaded for; nothing where no other verb follows.
    fn end_of_plea(&self, object: usize, clause: Clause) -> Option<usize> {
        let sentence = self.sentence;
        let verb_final = self.coder.language.file.verb_final;
        let verb = |at: usize| sentence.is(at, Trait::Verb) && !self.covered(at);
        if !verb_final {
            let finite = |at: &usize| {
                let finite = verb(*at) && !sentence.is(*at, Trait::Nonfinite);
                finite && !sentence.is(at - 1, Trait::Infinitive) && !sentence.is_passive(at - 1)
            };
            return (object + 1..clause.to).find(finite);
        }
        let end = (object + 1..clause.to).find(|at| verb(*at))?;
        let infinitive = (object..clause.to).find(|at| sentence.is(*at, Trait::Infinitive)).map(|at| at + 2);
        let end = infinitive.filter(|at| *at <= end + 1).unwrap_or(end);
        (end..clause.to).any(|at| sentence.is(at, Trait::Verb)).then_some(end)
    }

    /// Whose plea it is: "the call of Germany", "the Greek call", "Poland's call"; and where its object begins.
    fn pleader(&mut self, noun: usize) -> Option<(Vec<Holder>, usize)> {
        let state = |tag: &Tag| if let Tag::Demonym(state) = tag { Some(state.clone()) } else { None };
        if noun > 0
            && let Some((1, state)) = self.sentence.longest(noun - 1, state)
        {
            return Some((vec![Holder::states(vec![state])], noun + 1));
        }
        let owner = noun > 1 && self.sentence.possessive(noun - 2);
        let of = !owner && self.sentence.traits(noun + 1).any(&[Trait::Of, Trait::Agent]);
        let mention = self
            .mentions
            .iter()
            .find(|m| of && m.from == noun + 2 && m.apart.is_none() || owner && m.to == noun - 2)?;
        let named = |party: &Party| matches!(party, Party::Group(group) if !group.named.is_empty());
        let (parties, to) = (mention.parties.clone(), if owner { noun + 1 } else { mention.to });
        let holders = parties.iter().all(named).then(|| self.coder.memory.resolve(&parties, None, true))?;
        Some((holders, to))
    }
}
