//! What begins after a comma or a conjunction: a clause of its own, or more of the one before.

use crate::lexicon::Trait;

use super::clause::{Clause, Kind, Splitter};

impl Splitter<'_, '_> {
    /// What begins after a comma or conjunction at `at`.
    pub(super) fn after_join(&self, at: usize, pause: bool, open: Clause) -> Option<(usize, Kind)> {
        let mut next = at + usize::from(pause);
        let joined = self.sentence.traits(next).any(&[Trait::And, Trait::But]);
        next += usize::from(joined);
        if !pause && next == at {
            return None;
        }
        // "Ireland, citing its constitution, was hesitant"
        if pause && self.insert(next) {
            let past = self.sentence.is(next, Trait::Past);
            return Some((next, if past { Kind::Relative } else { Kind::Manner }));
        }
        let traits = self.sentence.traits(next);
        // "…, which Estland found too high and of which Croatia had no opinion"
        if joined && traits.has(Trait::Through) && self.mention_at(next + 1).is_some() {
            return Some((next, Kind::Contrast));
        }
        if pause && (self.kind_at(next).is_some() || traits.any(&[Trait::Condition, Trait::Reason])) {
            return None;
        }
        // Dutch "of" is "or" and "whether".
        let whether = joined && self.sentence.is(next - 1, Trait::That);
        if whether && !self.sentence.any(open.from, at, Trait::That) {
            return None;
        }
        if joined && traits.has(Trait::That) && self.sentence.any(open.from, at, Trait::That) {
            return Some((next, Kind::Object));
        }
        if let Some(relative) = self.relates(next, pause, joined, open) {
            return Some(relative);
        }
        if let Some(with) = self.absolute(next) {
            return Some((with, Kind::Absolute));
        }
        if joined && self.other_side(next, open.from, at) {
            return Some((next, Kind::Gapped));
        }
        if self.goes_on(at, next, (pause, joined), open) {
            return None;
        }
        // "share this aim and regard it as vital": in the present the verbs of many have their plain form.
        let plain = |i: usize| self.is(i, Trait::Nonfinite) && self.sentence.tokens[i].last != 'g';
        let present = joined && plain(next) && (open.from..at).any(plain);
        if present && !(open.from..at).any(|i| self.is(i, Trait::Verb) || self.sentence.is(i, Trait::Infinitive)) {
            return Some((next, Kind::Main));
        }
        if joined && self.participle_behind(next, open) {
            return Some((next, Kind::Main));
        }
        if self.main_clause(next, pause) {
            // "nor did X": the conjunction is part of what is said.
            let inverted = joined && self.is(next, Trait::Verb);
            return Some((next - usize::from(inverted), Kind::Main));
        }
        self.gapped(next, open).then_some((next, Kind::Gapped))
    }

    /// "was for a register and | against a fund": the other side, on another thing.
    fn other_side(&self, next: usize, from: usize, to: usize) -> bool {
        let other = match () {
            // "neither for nor against"
            () if self.sentence.is(next - 1, Trait::Negation) => return false,
            () if self.is(next, Trait::Against) => Trait::For,
            () if self.is(next, Trait::For) => Trait::Against,
            () => return false,
        };
        let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
        self.sentence.traits(next + 1).any(&article) && self.sentence.any(from, to, other)
    }

    /// A relative clause that begins at `next`: ", which X backed", ", to which X agreed", "a proposal that X seconded".
    fn relates(&self, next: usize, pause: bool, joined: bool, open: Clause) -> Option<(usize, Kind)> {
        let traits = self.sentence.traits(next);
        if pause && !joined && traits.has(Trait::Relative) && self.verb_ahead(next, 40) {
            return Some((next, Kind::Relative));
        }
        // "…, to which the Commission clung"
        let before = [Trait::Preposition, Trait::Viewpoint, Trait::Of, Trait::Addressee];
        let whom = self.sentence.traits(next).any(&before) && self.sentence.is(next + 1, Trait::Relative);
        if pause && !joined && whom && self.mention_at(next + 2).is_some() && self.verb_ahead(next, 40) {
            return Some((next + 1, Kind::Relative));
        }
        // "a request that X backed but that Y refused"
        if joined && open.kind == Kind::Relative && traits.has(Trait::Relative) && self.verb_ahead(next, 40) {
            return Some((next, Kind::Relative));
        }
        let relative = [Trait::Relative, Trait::Purpose, Trait::Manner, Trait::Contrast];
        let named = (next + 1..next + 4).take_while(|i| self.sentence.mark(*i) == 'w');
        // "a proposal that Greece seconded"
        let that = |i: usize| self.sentence.is(i, Trait::That) && self.mention_at(i + 1).is_some();
        let relates = |i: usize| self.sentence.traits(i).any(&relative) || that(i);
        if pause && traits.has(Trait::Indefinite) && named.skip(1).any(relates) {
            return Some((next, Kind::Relative));
        }
        // "…, an approach Luxembourg subscribed to"
        let whom = self.mention_at(next + 2).filter(|m| pause && traits.has(Trait::Indefinite) && m.apart.is_none());
        if whom.is_some_and(|m| self.verb_within(m.to, 2)) {
            return Some((next, Kind::Relative));
        }
        None
    }

    /// True where the words at `next` are still of the `open` clause, behind a comma (`pause`) or conjunction (`joined`).
    fn goes_on(&self, at: usize, next: usize, (pause, joined): (bool, bool), open: Clause) -> bool {
        if pause && !joined && self.fronted(open.from, at) && self.is(next, Trait::Verb) {
            return true;
        }
        // "For Spain, funding was out of the question"
        let view = self.sentence.traits(0).any(&[Trait::Viewpoint, Trait::Source])
            || self.sentence.is(at - 1, Trait::SourceAfter);
        if pause && !joined && view && open.from == 0 && self.mentions.iter().any(|m| m.from <= 4 && m.to == at) {
            return true;
        }
        // "that a division of roles and duties must be made": the verb still to come is that clause's own.
        // "contested that and argued …": before a conjunction it is a pronoun.
        let that = self.sentence.having(open.from, at - 1, &[Trait::That]).last();
        if !pause
            && that.is_some_and(|that| !(that..at).any(|i| self.is(i, Trait::Verb)))
            && self.mention_at(next).is_none()
            && (!self.is(next, Trait::Verb) || self.sentence.is(next, Trait::Light))
        {
            return true;
        }
        // "The idea, equal pay for equal work, was embraced": the verb is that of the part before the insert.
        if pause && !joined && open.from == 0 && self.is(next, Trait::Verb) && self.apposed(at) {
            return true;
        }
        false
    }

    /// "some preferred three hours, others five": somebody and an object, after a clause with both and a verb.
    fn gapped(&self, at: usize, open: Clause) -> bool {
        let Some(mention) = self.mention_at(at).filter(|mention| mention.apart.is_none() && !mention.owner) else {
            return false;
        };
        // "asked Poland, also on behalf of Malta, the Commission to …": who follows is addressed.
        if self.mentions.iter().any(|m| m.apart.is_some() && m.to == at) {
            return false;
        }
        let ends = |i: &usize| self.sentence.mark(*i) != 'w' || self.sentence.is(*i, Trait::And);
        let end = (mention.to..self.sentence.tokens.len()).find(ends).unwrap_or(self.sentence.tokens.len());
        let first = self.sentence.traits(mention.to);
        // "for 2030, Finland for 2035": the same preposition opens both.
        let word = self.sentence.tokens.get(mention.to).map(|token| token.word);
        let same = (open.from..at).any(|i| Some(self.sentence.tokens[i].word) == word);
        let sided = self.sentence.side(mention.to).is_some();
        let governed = first.any(&[Trait::Relative, Trait::That, Trait::But])
            || first.any(&[Trait::Preposition, Trait::Of]) && !same;
        let verb = |from: usize, to: usize| (from..to).any(|i| self.is(i, Trait::Verb) || self.is(i, Trait::Nonfinite));
        let pattern =
            self.mentions.iter().any(|m| (open.from..open.from + 3).contains(&m.from) && verb(m.to, m.to + 4));
        // "…, but Cyprus not", "…, the other three not"
        let denies = (self.sentence.is(at - 1, Trait::But) || self.sentence.mark(at - 1) == ',')
            && end == mention.to + 1
            && self.sentence.is(mention.to, Trait::Negation);
        denies
            || sided
            || (pattern || open.kind == Kind::Gapped) && end > mention.to && !governed && !verb(mention.to, end)
    }

    /// "With the aim to …, could X agree", "That …, was stressed by X": the verb behind the comma is that of
    /// the part before it.
    fn fronted(&self, from: usize, to: usize) -> bool {
        let verb = |i: usize| !self.covered[i] && self.sentence.is_finite(i);
        let that = self.sentence.is(from, Trait::That);
        let part = self.sentence.is(from, Trait::Preposition) && !(from..to).any(verb);
        from == 0 && !self.covered[0] && (that || part)
    }

    /// True where an article opens the sentence, and up to `at` it has one comma or an infinitive, and no verb.
    fn apposed(&self, at: usize) -> bool {
        let commas = (0..at).filter(|i| self.sentence.mark(*i) == ',').count();
        let article = self.sentence.traits(0).any(&[Trait::Definite, Trait::Indefinite, Trait::Demonstrative]);
        let verb = |i: usize| !self.covered[i] && self.sentence.is_finite(i);
        // "The power to set the path, met with resistance"
        let asks = commas == 0 && (0..at).any(|i| self.sentence.is(i, Trait::Infinitive));
        article && (commas == 1 || asks) && !self.covered[0] && !(0..at).any(verb)
    }

    /// ", with Hungary adding …".
    fn absolute(&self, at: usize) -> Option<usize> {
        let only = usize::from(self.sentence.is(at + 1, Trait::Light) && self.mention_at(at + 1).is_none());
        let mention = self.mention_at(at + 1 + only)?;
        let gerund = (mention.to..mention.to + 3)
            .take_while(|i| !matches!(self.sentence.mark(*i), ',' | ';' | ' '))
            .any(|i| self.is(i, Trait::Nonfinite));
        let with = self.is(at, Trait::Absolute)
            && (gerund || self.verb_within(mention.to, 3) || self.sentence.side(mention.to).is_some());
        with.then_some(at + 1 + only)
    }

    /// A participle between commas, with somebody before it and a verb behind.
    fn insert(&self, at: usize) -> bool {
        let close = (at + 1..at + 16).find(|i| matches!(self.sentence.mark(*i), ',' | ';' | ' '));
        let closes = close.is_some_and(|i| self.sentence.mark(i) == ',' && self.verb_within(i + 1, 3));
        let somebody = at > 1 && self.mentions.iter().any(|m| (m.to == at - 1 || m.to == at) && m.apart.is_none());
        let finite = close.is_some_and(|i| (at..i).any(|i| self.is(i, Trait::Verb)));
        let kind = self.is(at, Trait::Nonfinite) || self.sentence.is(at, Trait::Past);
        closes && somebody && kind && (!finite || self.sentence.is(at, Trait::Past))
    }

    /// "has pressed for X and | the need stressed of Y": the second participle of one auxiliary, behind its object.
    fn participle_behind(&self, next: usize, open: Clause) -> bool {
        let article = [Trait::Definite, Trait::Indefinite];
        let ends = |i: &usize| {
            self.sentence.mark(*i) != 'w' || self.sentence.traits(*i).any(&[Trait::Preposition, Trait::Of, Trait::And])
        };
        let end = (next + 1..next + 6).find(|i| ends(i) || self.is(*i, Trait::Verb));
        let verb = |i: &usize| self.is(*i, Trait::Verb);
        let auxiliary = (open.from..next).find(verb).filter(|i| self.sentence.is(*i, Trait::Light));
        let participle = auxiliary.and_then(|i| (i + 1..next).find(verb));
        self.sentence.traits(next).any(&article) && end.is_some_and(|i| verb(&i)) && participle.is_some()
    }

    /// A verb, or somebody and a verb, within a few words.
    fn main_clause(&self, at: usize, pause: bool) -> bool {
        // "of a timely end and of clear rules": no verb follows.
        if self.is(at, Trait::Of) && self.mention_at(at + 1).is_none() {
            return false;
        }
        for step in 0..4 {
            let here = at + step;
            if let Some(mention) = self.mention_at(here) {
                let object = here > at
                    && self.sentence.traits(here - 1).any(&[Trait::Preposition, Trait::Of])
                    && !self.sentence.is(here - 1, Trait::Source);
                // "…, and Poland, which had hesitated, followed": its verb is still to come.
                let relates = self.sentence.mark(mention.to) == ',' && self.is(mention.to + 1, Trait::Relative);
                let close = (mention.to + 2..mention.to + 20).find(|i| self.sentence.mark(*i) == ',');
                let waits = relates && close.is_some_and(|i| self.verb_within(i + 1, 3));
                // "was by X welcomed and | by Y criticised"
                let agent = here > at && self.sentence.is(here - 1, Trait::Agent) && self.is(mention.to, Trait::Verb);
                let told =
                    (0..at).rev().take_while(|i| self.sentence.mark(*i) == 'w').find(|i| self.is(*i, Trait::Verb));
                let agent = agent && told == at.checked_sub(2);
                return (!object || agent)
                    && (waits
                        || self.verb_within(mention.to, if pause { 6 } else { 3 })
                        || step > 0 && self.sentence.is(here - 1, Trait::Source));
            }
            if self.is(here, Trait::Verb) {
                let infinitive = here > 0 && self.sentence.is(here - 1, Trait::Infinitive);
                return !infinitive && !self.sentence.is(here, Trait::Infinitive) && (step <= 2 || pause);
            }
            let traits = self.sentence.traits(here);
            if step > 0 && traits.any(&[Trait::And, Trait::But]) {
                return false;
            }
            if self.sentence.mark(here) != 'w'
                || traits.any(&[Trait::Definite, Trait::Indefinite, Trait::Infinitive, Trait::That])
            {
                return false;
            }
        }
        false
    }
}
