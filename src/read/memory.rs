//! What an agenda item has named so far: for pronouns, "other", "this proposal", and sentences
//! that go on without a speaker.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::lexicon::Pronoun;
use crate::model::{Actor, Group, Holder, Institution, Quantifier, Stance, Who};

use super::mention::{GroupMention, Party};
use super::nouns::Nouns;
use super::proposition::{says, title, undetailed};

/// How many of the things said an actor may take up.
const LATE: usize = 50;

/// How many of the things said a date or measure may be of.
const FEW: usize = 4;

/// What was last said of one thing, to be joined or taken up.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Who said it.
    pub by: Vec<Holder>,
    /// The proposition.
    pub proposition: String,
    /// The stance toward it.
    pub stance: Stance,
    /// True where it hung on a condition.
    pub conditional: bool,
    /// −1 where the words took the proposition away: "it" is then the deletion, not the duty.
    pub turned: i8,
}

impl Said {
    /// What is spoken of, and nobody has said anything of yet.
    pub fn about(proposition: String) -> Said {
        Said { by: Vec::new(), proposition, stance: Stance::Neutral, conditional: false, turned: 1 }
    }
}

/// The discourse of one agenda item.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// Who spoke last.
    pub speaker: Vec<Holder>,
    /// What the last speaker said, in the last sentence that had a statement.
    pub said: Vec<Said>,
    /// The last group of states, anonymous or named.
    group: Option<Group>,
    institution: Option<Institution>,
    /// The states named by the last statement that named any.
    named: Vec<Actor>,
    /// The states named as subjects, as they came, mention by mention.
    listed: Vec<Vec<Actor>>,
    /// Where in that list the last sentence that named any begins, and this one.
    recent: usize,
    current: usize,
    next_group: usize,
    /// How many members the roster has.
    pub members: usize,
    heading: String,
    /// All that the item has said, in order.
    log: VecDeque<Said>,
    /// The things in it, for short names.
    pub things: Nouns,
    /// What a sentence that reports no position was about, where nothing was said since.
    opening: Option<Said>,
    /// The noun phrases of the report.
    pub nouns: Nouns,
    /// How many of them stood before the item.
    before: usize,
}

impl Memory {
    /// A memory of a new agenda item with that heading; groups go on being numbered.
    pub fn next_item(&mut self, heading: &str) -> Memory {
        let mut nouns = std::mem::take(&mut self.nouns);
        let heading = title(heading);
        nouns.title(heading);
        let heading = heading.to_owned();
        let before = nouns.len();
        Memory { next_group: self.next_group, members: self.members, heading, nouns, before, ..Memory::default() }
    }

    /// Keeps what a sentence that reports no position was about.
    pub fn open(&mut self, proposition: String) {
        if says(&proposition) {
            self.opening = Some(Said::about(proposition));
        }
    }

    /// The holders that parties stand for; `reporting` is the first person.
    pub fn resolve(&mut self, parties: &[Party], reporting: Option<&Actor>, plural_verb: bool) -> Vec<Holder> {
        let mut holders = Vec::new();
        for party in parties {
            match party {
                Party::Institution(institution) => holders.push(Holder::Institution(*institution)),
                Party::Group(group) => holders.push(Holder::Group(self.group(group))),
                Party::Pronoun(pronoun, part) => holders.extend(self.pronoun(*pronoun, *part, reporting, plural_verb)),
            }
        }
        absorb(holders)
    }

    fn group(&mut self, mention: &GroupMention) -> Group {
        let mut who = Who {
            named: mention.named.clone(),
            excluded: mention.excluded.clone(),
            quantifier: mention
                .share
                .filter(|_| self.members > 0)
                .map_or(mention.quantifier, |share| Some(Quantifier::Count(share.of(self.members)))),
            sizes: None,
        };
        // "others, among them X": who they are is said.
        if mention.other && who.named.is_empty() {
            let from = if self.listed.len() > self.current { self.current } else { self.recent };
            let before = self.named.iter().filter(|_| from == self.recent);
            who.excluded.extend(before.chain(self.listed.iter().skip(from).flatten()).cloned());
            who.excluded.sort();
            who.excluded.dedup();
        }
        let mut group = Group::from(who);
        if group.quantifier != Some(Quantifier::NamedOnly) {
            self.next_group += 1;
            group.id = Some(arcstr::format!("g{}", self.next_group));
        }
        group
    }

    fn pronoun(
        &mut self,
        pronoun: Pronoun,
        part: Option<Quantifier>,
        reporting: Option<&Actor>,
        plural_verb: bool,
    ) -> Vec<Holder> {
        let institution = self.institution.map(Holder::Institution);
        match pronoun {
            Pronoun::FirstPerson => {
                let named = reporting.cloned().into_iter().collect::<Vec<_>>();
                if named.is_empty() { Vec::new() } else { vec![Holder::states(named)] }
            }
            Pronoun::Subset => {
                let group = GroupMention { quantifier: part, ..GroupMention::default() };
                vec![Holder::Group(self.group(&group))]
            }
            Pronoun::Singular | Pronoun::Either
                if !plural_verb || self.group.is_none() && pronoun == Pronoun::Singular =>
            {
                match &self.speaker[..] {
                    [Holder::Group(group)] if group.named.len() == 1 => self.speaker.clone(),
                    _ => institution.into_iter().collect(),
                }
            }
            Pronoun::Former | Pronoun::Latter => self.listed_state(pronoun).into_iter().collect(),
            Pronoun::Pair => self.last_listed(2),
            Pronoun::Plural if matches!(part, Some(Quantifier::Count(_))) => match part {
                Some(Quantifier::Count(count)) => self.last_listed(usize::from(count)),
                _ => Vec::new(),
            },
            Pronoun::Plural | Pronoun::Either if self.speaker.len() > 1 => self.speaker.clone(),
            _ => self.group.clone().map(Holder::Group).into_iter().collect(),
        }
    }

    /// Begins a sentence.
    pub fn next_sentence(&mut self) {
        if self.listed.len() > self.current {
            (self.recent, self.current) = (self.current, self.listed.len());
        }
    }

    /// Keeps the states of a mention, in the order of the text.
    pub fn list(&mut self, order: &[Actor]) {
        if !order.is_empty() && self.listed.last().is_none_or(|last| last != order) {
            self.listed.push(order.to_vec());
        }
    }

    /// "these three countries": the last group where it has that size, or the last states named.
    fn last_listed(&self, count: usize) -> Vec<Holder> {
        if let Some(group) = self.group.as_ref().filter(|group| {
            group.quantifier == Some(Quantifier::Count(count as u16))
                || group.quantifier == Some(Quantifier::NamedOnly) && group.named.len() == count
        }) {
            return vec![Holder::Group(group.clone())];
        }
        let mut named: Vec<Actor> = Vec::new();
        for actor in self.listed.iter().rev().flat_map(|order| order.iter().rev()) {
            if named.len() < count && !named.contains(actor) {
                named.push(actor.clone());
            }
        }
        named.sort();
        if named.len() == count {
            return vec![Holder::states(named)];
        }
        self.group.clone().map(Holder::Group).into_iter().collect()
    }

    /// "the former", "the latter" of two states named together, or one after the other.
    fn listed_state(&self, pronoun: Pronoun) -> Option<Holder> {
        let last = self.listed.last()?;
        let before = self.listed.len().checked_sub(2).and_then(|at| self.listed.get(at));
        let state = match (pronoun, last.len()) {
            (Pronoun::Former, 1) => before?.last(),
            (Pronoun::Former, _) => last.first(),
            _ => last.last(),
        };
        Some(Holder::states(vec![state?.clone()]))
    }

    /// Keeps who spoke and what they said.
    pub fn keep(&mut self, holders: &[Holder], said: Vec<Said>) {
        for said in &said {
            self.note(&said.by);
        }
        self.note(holders);
        self.group = together(&said).or(self.group.take());
        self.speaker = holders.to_vec();
        for said in &said {
            self.things.title(undetailed(&said.proposition));
        }
        self.log.extend(said.iter().cloned());
        self.log.drain(..self.log.len().saturating_sub(LATE));
        if !said.is_empty() {
            self.opening = None;
            self.said = said;
        }
    }

    /// Keeps who was named as a subject, for the pronouns that follow.
    pub fn note(&mut self, holders: &[Holder]) {
        for holder in holders {
            match holder {
                Holder::Institution(institution) => self.institution = Some(*institution),
                Holder::Group(group) => {
                    if !group.named.is_empty() {
                        self.named = group.named.clone();
                    }
                    if group.named.len() != 1 || group.quantifier != Some(Quantifier::NamedOnly) {
                        self.group = Some(group.clone());
                    }
                }
            }
        }
    }

    /// The heading of the item, for what is said of no other thing.
    pub fn heading(&self) -> Option<&str> {
        (!self.heading.is_empty()).then_some(self.heading.as_str())
    }

    /// What the item votes on: the text that it named last, or its heading.
    pub fn voted_on(&self, is_text: &dyn Fn(&str) -> bool) -> Option<&str> {
        self.nouns.last_named(self.before, is_text).or(self.heading())
    }

    /// What the item has last heard of somebody: "sided with Denmark".
    pub fn last_of(&self, holds: &dyn Fn(&Holder) -> bool) -> Option<&Said> {
        self.log.iter().rev().find(|said| said.by.iter().any(holds))
    }

    /// The last of the few things said of which that is true.
    pub fn last_where(&self, holds: &dyn Fn(&&Said) -> bool) -> Option<&Said> {
        self.log.iter().rev().take(FEW).find(holds)
    }

    /// The thing last spoken of.
    pub fn topic(&self) -> Option<&Said> {
        self.opening.as_ref().or(self.said.last())
    }
}

/// "Germany and Denmark objected, as did Sweden": the states that say the same, where each is named.
fn together(said: &[Said]) -> Option<Group> {
    let last = said.last()?;
    let same = said.iter().filter(|one| one.proposition == last.proposition && one.stance == last.stance);
    let names = |holder: &Holder| {
        let group = holder.group()?;
        (group.quantifier == Some(Quantifier::NamedOnly)).then(|| group.named.clone())
    };
    let each: Option<Vec<Vec<Actor>>> = same.flat_map(|one| &one.by).map(names).collect();
    let each = each.filter(|each| each.len() > 1)?;
    let mut named = each.concat();
    named.sort();
    named.dedup();
    let who = Who { named, quantifier: Some(Quantifier::NamedOnly), ..Who::default() };
    (who.named.len() > 1).then(|| Group::from(who))
}

/// Joins "these member states" with the names said of them: "these member states, including X".
fn absorb(holders: Vec<Holder>) -> Vec<Holder> {
    let mut merged: Vec<Holder> = Vec::new();
    for holder in holders {
        match (merged.last_mut(), holder) {
            (Some(Holder::Group(group)), Holder::Group(more)) => {
                let who = Arc::make_mut(&mut group.who);
                who.named.extend(more.named.iter().cloned());
                who.named.sort();
                who.named.dedup();
                if who.quantifier == Some(Quantifier::NamedOnly) {
                    who.quantifier = more.quantifier;
                    group.id = more.id;
                }
            }
            (_, holder) => merged.push(holder),
        }
    }
    merged
}
