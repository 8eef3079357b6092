//! Who holds the position of a clause: named in it, carried over, or the last speaker.

use crate::lexicon::{Membership, Pronoun, Tag, Trait};
use crate::model::Holder;

use super::clause::{Clause, Kind};
use super::list::gather;
use super::mention::{Mention, Party};
use super::predicate::Predicate;
use super::reading::Reading;
use super::subject::Role;

impl Reading<'_, '_, '_> {
    /// Who holds the position: named in the clause, or carried over from the clause before.
    pub(super) fn holders(
        &mut self,
        clause: Clause,
        own: Option<(usize, Role)>,
        cue: Option<&Predicate<'_>>,
    ) -> Option<Vec<Holder>> {
        if let Some((i, _)) = own {
            let mention = &self.mentions[i];
            let verb = [Some(mention.to), mention.from.checked_sub(1)].into_iter().flatten();
            let verb = verb.filter(|at| self.sentence.is(*at, Trait::Verb)).find_map(|at| self.sentence.tokens.get(at));
            let plural = verb.is_some_and(|token| token.span.slice(self.text).ends_with("en"));
            let reporting = self.coder.reporting.clone();
            let pronoun = |party: &Party| matches!(party, Party::Pronoun(Pronoun::Plural, _));
            if let (true, Some((holders, _))) = (mention.parties.iter().all(pronoun), &self.subject) {
                return Some(holders.clone());
            }
            let mut parties = mention.parties.clone();
            for apart in self.mentions.iter().filter(|m| (clause.from..clause.to).contains(&m.from)) {
                let trails = !self.coder.language.file.verb_final && cue.is_some_and(|cue| apart.from > cue.end);
                let joined = matches!(apart.apart, Some(Membership::Joined));
                if let Some(kind) = apart.apart.filter(|_| !(trails && joined)) {
                    gather(&mut parties, kind, apart.parties.clone());
                }
            }
            self.first_person_plural(&mut parties);
            let holders = self.coder.memory.resolve(&parties, reporting.as_ref(), plural);
            return (!holders.is_empty()).then_some(holders);
        }
        let shares = matches!(clause.kind, Kind::Main | Kind::Object | Kind::Manner | Kind::Contrast | Kind::Reason)
            && clause.from > 0;
        if shares && let Some((holders, _)) = &self.subject {
            return Some(holders.clone());
        }
        let nominal = cue.filter(|cue| cue.cue.noun && clause.from == 0)?;
        self.agentless(nominal)
    }

    /// "Ik heb namens Nederland": the first person and the state are one.
    pub(super) fn first_person_plural(&self, parties: &mut Vec<Party>) {
        let named = parties.iter().any(|p| matches!(p, Party::Group(g) if !g.named.is_empty()));
        if named {
            parties.retain(|p| !matches!(p, Party::Pronoun(Pronoun::FirstPerson, _)));
        }
    }

    /// "There was broad support for X": the adjective tells how many.
    pub(super) fn agentless(&mut self, cue: &Predicate<'_>) -> Option<Vec<Holder>> {
        let size = (cue.at.saturating_sub(2)..=cue.at).find_map(|at| {
            self.sentence.longest(at, |tag| match tag {
                Tag::Breadth(quantifier) => Some(*quantifier),
                _ => None,
            })
        });
        let party = Party::Group(super::mention::GroupMention { quantifier: Some(size?.1), ..Default::default() });
        Some(self.coder.memory.resolve(&[party], None, true))
    }

    /// A sentence without a speaker goes on with what the last one said.
    pub(super) fn continued(&mut self, clause: Clause, condition: Option<usize>) {
        if clause.from != 0 && !self.continues
            || self.coder.memory.speaker.is_empty()
            || self.sentence.any(clause.from, clause.to, Trait::Debate)
        {
            return;
        }
        if self.mentions.iter().any(|m| m.from < clause.to && m.parties.iter().any(|p| matches!(p, Party::Pronoun(..))))
        {
            return;
        }
        let institution = |m: &&Mention| m.parties.iter().any(|p| matches!(p, Party::Institution(_)));
        if self.mentions.iter().filter(|m| m.from < clause.to).any(|m| institution(&m)) {
            return;
        }
        let holders = self.coder.memory.speaker.clone();
        let mut points = self.bare(clause, true);
        self.continues = !points.is_empty();
        for point in &mut points {
            point.confidence = 0.6;
        }
        self.subject = Some((holders.clone(), Role::Subject));
        self.give(&holders, points, None, condition);
    }
}
