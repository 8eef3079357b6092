//! Who holds the position of a clause: named in it, carried over, or the last speaker.

use crate::lexicon::{Class, Membership, Pronoun, Tag, Trait};
use crate::model::{Actor, Group, Holder, Institution, Quantifier};

use super::certainty::Ground;
use super::clause::{Clause, Kind};
use super::list::gather;
use super::mention::{GroupMention, Mention, Party};
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
        let backer = cue.filter(|cue| cue.cue.class == Class::Backed).and_then(|cue| self.backer(clause, cue, own));
        let relates = clause.kind == Kind::Relative && own.is_none();
        if let Some(state) = relates.then(|| self.excepted_before(clause)).flatten() {
            return Some(vec![Holder::states(vec![state])]);
        }
        let antecedent = (clause.kind == Kind::Relative).then(|| self.antecedent(clause)).flatten();
        if let Some(i) = backer.or(own.map(|(i, _)| i)).or(antecedent) {
            let mention = &self.mentions[i];
            let verb = [Some(mention.to), mention.from.checked_sub(1)].into_iter().flatten();
            let verb = verb.filter(|at| self.sentence.is(*at, Trait::Verb)).find_map(|at| self.sentence.tokens.get(at));
            let plural = verb.is_some_and(|token| token.span.slice(self.text).ends_with("en"));
            let reporting = self.coder.reporting.clone();
            let several = |holder: &Holder| holder.group().is_some_and(|group| group.named.len() != 1);
            let subject = self.subject.as_ref().is_some_and(|(holders, _)| holders.iter().any(several));
            // Dutch "zij" is "she" and "they".
            let they = subject && plural;
            let pronoun = |party: &Party| match party {
                Party::Pronoun(Pronoun::Plural, _) => true,
                Party::Pronoun(Pronoun::Either, None) => they,
                _ => false,
            };
            self.coder.memory.list(&mention.order);
            if self.chairs(clause) {
                return Some(vec![Holder::Institution(Institution::Presidency)]);
            }
            if let (true, Some((holders, _))) = (mention.parties.iter().all(pronoun), &self.subject) {
                return Some(holders.clone());
            }
            // "Spain, although it welcomed X, …"
            let it = |party: &Party| match party {
                Party::Pronoun(Pronoun::Either, None) => !plural,
                party => matches!(party, Party::Pronoun(Pronoun::Singular, None)),
            };
            // "Romania has moved: it accepts the text"
            let colon = clause.from > 0 && self.sentence.mark(clause.from - 1) == ':';
            let goes_on =
                clause.kind == Kind::Contrast || colon || self.coder.language.file.verb_final && clause.from > 0;
            if let (true, [party], Some((holders, _))) = (goes_on, &mention.parties[..], &self.subject)
                && it(party)
                && holders.len() == 1
            {
                return Some(holders.clone());
            }
            let mut parties = mention.parties.clone();
            for apart in self.mentions.iter().filter(|m| (clause.from..clause.to).contains(&m.from)) {
                let trails = !self.coder.language.file.verb_final && cue.is_some_and(|cue| apart.from > cue.end);
                let joined = matches!(apart.apart, Some(Membership::Joined));
                let group =
                    |party: &Party| matches!(party, Party::Group(g) if g.quantifier != Some(Quantifier::NamedOnly));
                let included = apart.apart != Some(Membership::Include) || parties.iter().any(group);
                if apart.apart == Some(Membership::Behalf) {
                    gather(&mut parties, Membership::Behalf, apart.parties.clone());
                    self.first_person_plural(&mut parties);
                } else if let Some(kind) = apart.apart.filter(|_| !(trails && joined) && included) {
                    gather(&mut parties, kind, apart.parties.clone());
                }
            }
            self.spread(clause, i, &mut parties);
            let holders = self.coder.memory.resolve(&parties, reporting.as_ref(), plural);
            return (!holders.is_empty()).then_some(holders);
        }
        if let Some(holders) = cue.and_then(|cue| self.agentless(clause, cue)) {
            return Some(holders);
        }
        let shares = matches!(clause.kind, Kind::Main | Kind::Object | Kind::Manner | Kind::Contrast | Kind::Reason)
            && (clause.from > 0 || self.subject.is_some());
        let (holders, _) = self.subject.as_ref().filter(|_| shares)?;
        Some(self.in_company(holders.clone(), clause))
    }

    /// "…, and asked, like Malta, for a review": who goes on, with whom.
    fn in_company(&mut self, holders: Vec<Holder>, clause: Clause) -> Vec<Holder> {
        let company = |m: &&Mention| {
            (clause.from..clause.to).contains(&m.from)
                && matches!(m.apart, Some(Membership::Joint | Membership::Behalf))
        };
        let Some(with) = self.mentions.iter().find(company) else { return holders };
        let Some(Group { who, .. }) = holders.iter().find_map(Holder::group) else { return holders };
        let group = GroupMention {
            named: who.named.clone(),
            excluded: who.excluded.clone(),
            quantifier: who.quantifier,
            ..GroupMention::default()
        };
        let mut parties = vec![Party::Group(group)];
        gather(&mut parties, Membership::Joint, with.parties.clone());
        let reporting = self.coder.reporting.clone();
        let institutions = holders.iter().filter(|holder| holder.group().is_none()).cloned();
        institutions.chain(self.coder.memory.resolve(&parties, reporting.as_ref(), false)).collect()
    }

    /// "X found support with Y": Y, where X is named as well.
    fn backer(&self, clause: Clause, cue: &Predicate<'_>, own: Option<(usize, Role)>) -> Option<usize> {
        // "The proposal of X found broad support": whose thing it is.
        let theirs = |m: &Mention| m.from > 0 && m.from < cue.at && self.sentence.is(m.from - 1, Trait::Of);
        let other = |(i, m): &(usize, &Mention)| {
            let inside = (clause.from..clause.to).contains(&m.from) && m.apart.is_none() && !m.owner;
            inside && !theirs(m) && Some(*i) != own.map(|o| o.0)
        };
        let governed =
            |m: &Mention| m.from > 0 && self.sentence.traits(m.from - 1).any(&[Trait::Preposition, Trait::Agent]);
        let others: Vec<(usize, &Mention)> = self.mentions.iter().enumerate().filter(other).collect();
        let of = own.filter(|(i, _)| governed(&self.mentions[*i]));
        others.iter().find(|(_, m)| governed(m)).or(others.last().filter(|_| of.is_none())).map(|(i, _)| *i)
    }

    /// "X, who shares this view, …": the relative clause is about the mention that it follows.
    fn antecedent(&self, clause: Clause) -> Option<usize> {
        let comma = clause.from.checked_sub(1).filter(|at| self.sentence.mark(*at) == ',')?;
        let free = |m: &Mention| {
            let governs = [Trait::Preposition, Trait::Of, Trait::Agent];
            !m.owner && m.from.checked_sub(1).is_none_or(|at| !self.sentence.traits(at).any(&governs))
        };
        // "of Belgium, which …": Dutch "dat" behind a state is that state.
        let that = self.coder.language.file.verb_final && self.sentence.is(clause.from, Trait::That);
        let one = |party: &Party| matches!(party, Party::Group(group) if group.named.len() == 1);
        let state = |m: &Mention| that && m.parties.iter().all(one);
        self.mentions.iter().position(|m| (m.to == comma || m.to == clause.from) && (free(m) || state(m)))
    }

    /// "all except Malta, which wanted X": the relative clause is about the exception that it follows.
    pub(super) fn excepted_before(&self, clause: Clause) -> Option<Actor> {
        let comma = clause.from.checked_sub(1).filter(|at| self.sentence.mark(*at) == ',')?;
        let before = self.mentions.iter().find(|m| m.to == comma || m.to == clause.from)?;
        let state = |tag: &Tag| if let Tag::State(state) = tag { Some(state.clone()) } else { None };
        let last =
            (before.from..comma).find_map(|at| self.sentence.longest(at, state).filter(|(len, _)| at + len == comma));
        let (_, last) = last?;
        before.excepts().then_some(last)
    }

    /// "Sweden, as chair, …": the state speaks for the Presidency.
    fn chairs(&self, clause: Clause) -> bool {
        // "this time not as chair"
        let denied = |at: usize| at > 0 && self.sentence.is(at - 1, Trait::Negation);
        self.sentence.having(clause.from, clause.to, &[Trait::Chair]).any(|at| !denied(at))
    }

    /// "Ik heb namens Nederland": the first person and the state are one.
    pub(super) fn first_person_plural(&self, parties: &mut Vec<Party>) {
        let named = parties.iter().any(|p| matches!(p, Party::Group(g) if !g.named.is_empty()));
        if named {
            parties.retain(|p| !matches!(p, Party::Pronoun(Pronoun::FirstPerson, _)));
        }
    }

    /// Who holds what a clause reports of nobody by name: "there was broad support for X", "X was widely
    /// welcomed", "no objections were raised to X".
    pub(super) fn agentless(&mut self, clause: Clause, cue: &Predicate<'_>) -> Option<Vec<Holder>> {
        let breadth = |tag: &Tag| if let Tag::Breadth(size) = tag { Some(*size) } else { None };
        let spread = |tag: &Tag| if let Tag::Spread(size) = tag { Some(*size) } else { None };
        // "in general": behind an article it says nothing of how many.
        let whole_of = |at: usize| {
            let noun = at > 0 && self.sentence.is(at - 1, Trait::Definite);
            self.sentence.longest(at, spread).filter(|_| !noun)
        };
        let near = cue.at.saturating_sub(2)..=cue.at;
        let adverb = cue.at > 0 && self.sentence.longest(cue.at - 1, spread).is_some();
        let opens = clause.from == 0 || self.pleaded || self.sentence.is(clause.from - 1, Trait::That);
        let size = if cue.cue.noun && opens && !adverb {
            let denied = self.sentence.any(clause.from, cue.end, Trait::Negation) && cue.cue.class.denies();
            // "Support was widespread for X", "The support for X was broad"
            let behind = (cue.end + 1..clause.to).filter(|at| self.sentence.is_passive(at - 1));
            let size = near.clone().chain(behind).find_map(|at| self.sentence.longest(at, breadth));
            let size = size.map(|(_, size)| size);
            // "There was no consensus on X" is no position of all.
            let lacks = !cue.cue.class.denies()
                && matches!(size, Some(Quantifier::All | Quantifier::NearlyAll | Quantifier::Most))
                && self.sentence.any(clause.from, clause.to, Trait::Negation);
            size.filter(|_| !lacks).or(denied.then_some(Quantifier::All))
        } else if self.passive(clause, cue.at) {
            let ahead = near.chain(cue.end..cue.end + 1).find_map(whole_of);
            let whole = |at: usize| whole_of(at).filter(|(len, _)| at + len == cue.at);
            // "practically without exception": the words that begin first say it all.
            (cue.at.saturating_sub(5)..cue.at).find_map(whole).or(ahead).map(|(_, size)| size)
        } else {
            None
        };
        let party = Party::Group(GroupMention { quantifier: Some(size?), ..Default::default() });
        Some(self.coder.memory.resolve(&[party], None, true))
    }

    /// "delegations were unanimous": an adverb says how many of a group that has no size word.
    fn spread(&self, clause: Clause, mention: usize, parties: &mut [Party]) {
        let size = |at: usize| {
            let (len, size) =
                self.sentence.longest(at, |tag| if let Tag::Spread(size) = tag { Some(*size) } else { None })?;
            if at > 0 && self.sentence.is(at - 1, Trait::Definite) {
                return None;
            }
            // "in their majority"
            let sure =
                matches!(size, Quantifier::All | Quantifier::NearlyAll) || len > 1 || at < self.mentions[mention].from;
            sure.then_some(size)
        };
        let [Party::Group(group)] = parties else { return };
        // "Almost without exception, delegations wished …"
        let opens = !self.sentence.any(0, clause.from, Trait::Verb);
        let from = if opens { 0 } else { clause.from };
        let bare = matches!(group.quantifier, Some(Quantifier::Various | Quantifier::All)) && group.share.is_none();
        if bare
            && group.named.is_empty()
            && let Some(size) = (from..clause.to).find_map(size)
        {
            group.quantifier = Some(size);
        }
    }

    /// True where the noun of the cue is there in small measure only: "little support".
    pub(super) fn scant(&self, cue: &Predicate<'_>) -> bool {
        let few = |tag: &Tag| (*tag == Tag::Breadth(Quantifier::Few)).then_some(());
        // A word that denies has turned the stance already.
        (cue.at.saturating_sub(2)..cue.at)
            .any(|at| !self.sentence.is(at, Trait::Negation) && self.sentence.longest(at, few).is_some())
    }

    /// True where a form of being stands before the verb at `at`: adverbs between, or the clause where its
    /// verb comes last.
    fn passive(&self, clause: Clause, at: usize) -> bool {
        let from = if self.coder.language.file.verb_final { clause.from } else { at.saturating_sub(3) };
        let being = |at: usize| self.sentence.is_passive(at);
        (from..at).any(being)
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
            point.ground = Ground::Weak;
        }
        self.subject = Some((holders.clone(), Role::Subject));
        self.give(&holders, points, None, condition);
    }
}
