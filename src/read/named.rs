//! Parties by their names: states, blocs, institutions, their envoys, and pronouns for them.

use crate::lexicon::{Pronoun, Tag, Trait, Traits};
use crate::model::{Actor, Institution, Quantifier};

use super::mention::{GroupMention, Parser, Party};

impl<'l> Parser<'_, 'l> {
    pub(super) fn pronoun(&self, at: usize) -> Option<(usize, Party)> {
        // "both France and Germany"
        if self.sentence.is(at, Trait::Both) && self.named(at + 1).is_some() {
            return None;
        }
        if self.sentence.is(at, Trait::Demonstrative)
            && self.sentence.counts(at + 1)
            && self.sentence.is(at + 2, Trait::Head)
        {
            let count = self.size(at + 1).map(|(_, size)| size).filter(|size| matches!(size, Quantifier::Count(_)));
            return Some((at + 3, Party::Pronoun(Pronoun::Plural, count)));
        }
        let (len, pronoun) = self.sentence.longest(at, |tag| match tag {
            Tag::Pronoun(pronoun) if *pronoun != Pronoun::Subset => Some(*pronoun),
            _ => None,
        })?;
        let office = pronoun == Pronoun::FirstPerson && self.sentence.is(at + len - 1, Trait::Envoy);
        Some((if office { self.department(at + len) } else { at + len }, Party::Pronoun(pronoun, None)))
    }

    /// "the Minister | of Justice and Security": where the name of a department ends.
    pub(super) fn department(&self, at: usize) -> usize {
        let capital = |at: usize| self.sentence.is_capital(at);
        let mut end = at;
        if self.sentence.traits(at).any(&[Trait::Of, Trait::Preposition]) && capital(at + 1) {
            end = at + 2;
            while capital(end) || self.sentence.is(end, Trait::And) && capital(end + 1) {
                end += 1;
            }
        }
        end
    }

    /// A state, bloc or institution by name, with an article before it.
    pub(super) fn named(&self, at: usize) -> Option<(usize, Party)> {
        let name = |at: usize| {
            self.sentence.longest(at, |tag| {
                matches!(tag, Tag::State(_) | Tag::Demonym(_) | Tag::Bloc(_) | Tag::Institution(_)).then_some(tag)
            })
        };
        let article = self.sentence.traits(at).any(&[Trait::Definite, Trait::Own]);
        // French puts the adjective behind: "le ministre français".
        let noun = at + usize::from(article);
        let behind = |tag: &'l Tag| if let Tag::Demonym(state) = tag { Some(state) } else { None };
        if self.sentence.is(noun, Trait::Envoy)
            && let Some((len, state)) = self.sentence.longest(noun + 1, behind)
        {
            return Some((noun + 1 + len, named_only(vec![state.clone()])));
        }
        let (start, (len, tag)) = match name(at) {
            Some(found) => (at, found),
            // "the other Visegrád states"
            None if article => {
                let noun = noun + usize::from(self.sentence.is(noun, Trait::Other));
                (noun, name(noun)?)
            }
            None => self.bloc(at)?,
        };
        let end = start + len;
        match tag {
            // "the Dutch minister", where "the Dutch were" names them.
            Tag::State(state) if len > 1 && self.attributive(end) => self.envoy(end, state),
            Tag::State(state) if self.sentence.tokens[start..end].iter().any(|token| token.capital) => {
                Some((self.office(end).unwrap_or(end), named_only(vec![state.clone()])))
            }
            // "the Benelux countries"
            Tag::Bloc(states) => {
                Some((end + self.sentence.len_of(end, Trait::Head).unwrap_or(0), named_only(states.clone())))
            }
            // "COM(2025) 565": a document.
            Tag::Institution(_) if self.sentence.mark(end) == '(' && self.glued(end) => None,
            Tag::Institution(institution) => {
                let end = self.office(end).unwrap_or_else(|| self.personal_name(end));
                Some((end, Party::Institution(*institution)))
            }
            Tag::Demonym(state) => self.envoy(end, state).or_else(|| self.same_name(start)),
            _ => None,
        }
    }

    /// "all three Baltic states": a bloc behind its size.
    fn bloc(&self, at: usize) -> Option<(usize, (usize, &'l Tag))> {
        let after = |at: usize| self.size(at).map(|(len, _)| at + len);
        let bloc = |at: usize| self.sentence.longest(at, |tag| matches!(tag, Tag::Bloc(_)).then_some(tag));
        let first = after(at)?;
        let second = || after(first).and_then(|at| Some((at, bloc(at)?)));
        bloc(first).map(|found| (first, found)).or_else(second)
    }

    /// True where no blank stands before the token.
    fn glued(&self, at: usize) -> bool {
        let span = |at: usize| self.sentence.tokens.get(at).map(|token| token.span);
        let before = at.checked_sub(1).and_then(span);
        before.zip(span(at)).is_some_and(|(one, next)| one.end == next.start)
    }

    /// True behind the adjective of a state that does not stand for its people: no verb follows.
    fn attributive(&self, at: usize) -> bool {
        let adjective = |tag: &Tag| matches!(tag, Tag::Demonym(_)).then_some(());
        let name = |tag: &Tag| matches!(tag, Tag::State(_)).then_some(());
        let next = self.sentence.traits(at);
        let acts = next.any(&[Trait::Verb, Trait::Possibility, Trait::Negation]) && !next.has(Trait::Nonfinite);
        let people =
            self.sentence.longest(at - 1, adjective).is_some() && self.sentence.longest(at - 1, name).is_none();
        people && !acts && self.sentence.mark(at) == 'w'
    }

    /// "Germany's minister", "the Parliament's health committee": where an envoy behind a possessive ends.
    pub(super) fn office(&self, at: usize) -> Option<usize> {
        if !self.sentence.possessive(at) {
            return None;
        }
        let envoy = (at + 2..at + 5).find(|i| self.sentence.is(*i, Trait::Envoy))?;
        let plain = (at + 2..envoy).all(|i| self.titles(i));
        plain.then(|| self.personal_name(envoy + 1))
    }

    /// "the delegation of Poland", "the chair of the Parliament's health committee": who sends the envoy.
    pub(super) fn sent(&self, at: usize) -> Option<(usize, Party)> {
        let noun = at + usize::from(self.sentence.is(at, Trait::Definite));
        let sends = |i: &usize| self.sentence.traits(*i).any(&[Trait::Of, Trait::Bearer]);
        let of = (noun + 1..noun + 3).find(sends)?;
        if !self.sentence.is(of - 1, Trait::Envoy) {
            return None;
        }
        // "the chair of the environment committee of the Parliament"
        let further = || (of + 2..of + 5).find(|i| self.sentence.is(*i, Trait::Of)).and_then(|of| self.named(of + 1));
        let (end, party) = self.named(of + 1).or_else(further)?;
        // "… of the Parliament's health committee said": the office ends at the verb.
        let verb = (end..end + 6).find(|i| self.sentence.is(*i, Trait::Verb) || self.sentence.mark(*i) == ',');
        let end = verb.filter(|_| self.sentence.possessive(end)).unwrap_or(end);
        (party != Party::Institution(Institution::Presidency)).then_some((end, party))
    }

    /// "Luxembourg" is a state as well where no envoy follows.
    pub(super) fn same_name(&self, at: usize) -> Option<(usize, Party)> {
        let (len, state) = self.sentence.longest(at, |tag| match tag {
            Tag::State(state) => Some(state),
            _ => None,
        })?;
        self.sentence.tokens[at].capital.then(|| (at + len, named_only(vec![state.clone()])))
    }

    /// What a demonym stands before: an envoy, or the Presidency.
    pub(super) fn envoy(&self, at: usize, state: &Actor) -> Option<(usize, Party)> {
        // "the Cypriot and the Maltese minister" share their noun.
        if self.sentence.is(at, Trait::And) || self.sentence.mark(at) == ',' {
            let next = at + 1 + usize::from(self.sentence.is(at + 1, Trait::Definite));
            let (len, other) = self.sentence.longest(next, |tag| match tag {
                Tag::Demonym(other) => Some(other),
                _ => None,
            })?;
            return self.envoy(next + len, other).map(|_| (at, named_only(vec![state.clone()])));
        }
        for end in at..at + 3 {
            if let Some((len, institution)) = self.sentence.longest(end, |tag| match tag {
                Tag::Institution(institution) => Some(*institution),
                _ => None,
            }) {
                return (institution == Institution::Presidency)
                    .then_some((end + len, Party::Institution(institution)));
            }
            if self.sentence.is(end, Trait::Envoy) {
                return Some((self.personal_name(end + 1), named_only(vec![state.clone()])));
            }
            if !self.titles(end) {
                return None;
            }
        }
        None
    }

    /// "finance", "Environment": a word that may stand before an envoy.
    fn titles(&self, at: usize) -> bool {
        let named = |tag: &Tag| matches!(tag, Tag::State(_) | Tag::Demonym(_) | Tag::Institution(_)).then_some(());
        let plain = self.sentence.traits(at) == Traits::default() && self.sentence.longest(at, named).is_none();
        // The plain form of a verb may be a noun: "finance minister".
        let noun = self.sentence.is(at, Trait::Nonfinite) && self.sentence.is(at + 1, Trait::Envoy);
        self.sentence.mark(at) == 'w' && (plain || noun)
    }

    /// "Commissioner Breton": capitalised words after an office are part of the mention.
    pub(super) fn personal_name(&self, mut at: usize) -> usize {
        while self.sentence.is_name(at) {
            at += 1;
        }
        at
    }
}

fn named_only(mut named: Vec<Actor>) -> Party {
    named.sort();
    Party::Group(GroupMention { named, quantifier: Some(Quantifier::NamedOnly), ..GroupMention::default() })
}
