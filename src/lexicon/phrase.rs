//! Phrases of one or more words that name somebody, count somebody or join somebody to a group.

use rustc_hash::FxHashMap as HashMap;

use super::vocabulary::{Trait, Vocabulary, WordId};
use crate::model::{Actor, Institution, Quantifier};

/// How a membership clause changes the group before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// "including": the names are in the group.
    Include,
    /// "together with": who follows takes the same position.
    Joint,
    /// "supported by": who follows takes the same position, said of the names alone.
    Joined,
    /// "except": the names are not in the group.
    Exclude,
    /// "opposed by": who follows takes the other side.
    Opposed,
    /// "on behalf of".
    Behalf,
    /// "X included", behind the names.
    IncludeAfter,
    /// "X excepted", behind the names.
    ExcludeAfter,
}

/// Who a pronoun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pronoun {
    /// they, these member states: the last group
    Plural,
    /// it: the last institution or single state
    Singular,
    /// Dutch "zij": she or they, as the verb says
    Either,
    /// I, we: the reporting state
    FirstPerson,
    /// of them: a part of the last group
    Subset,
    /// both: the two states named last
    Pair,
    /// the former: the first of two states named last
    Former,
    /// the latter: the last state named
    Latter,
}

/// What a phrase is.
#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    /// The name of a member state, past or present.
    State(Actor),
    /// "Dutch", "the Danes".
    Demonym(Actor),
    /// A bloc with a fixed membership.
    Bloc(Vec<Actor>),
    /// The name of an institution.
    Institution(Institution),
    /// A size word.
    Quantifier(Quantifier),
    /// An adjective that says how many support: "broad".
    Breadth(Quantifier),
    /// An adverb that says how many: "unanimously".
    Spread(Quantifier),
    /// Behind the name of the state that a report is of: "was represented by".
    Represented,
    /// around: before a number that is not exact.
    About,
    /// in its role of: before the office that a state speaks in.
    Capacity,
    /// Nobody at all.
    Nobody,
    /// was, been: before a passive form.
    Passive,
    /// A number word.
    Number(u16),
    /// "all but", before the number of the others.
    AllBut,
    /// A part of all members, numerator and denominator.
    Fraction(u16, u16),
    /// Joins names to a group.
    Membership(Membership),
    /// Stands for somebody named before.
    Pronoun(Pronoun),
    /// A name that contains the name of an actor and is none.
    NotActor,
    /// Does something else in a sentence.
    Trait(Trait),
}

/// A phrase found: how many words, and what they are.
#[derive(Debug, Clone, Copy)]
pub struct Found<'l> {
    /// Number of words.
    pub len: usize,
    /// What they are.
    pub tag: &'l Tag,
}

/// All phrases of a language, found word by word.
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    /// For each word the node of the phrases that begin with it, 0 where none does.
    first: Vec<u32>,
    next: HashMap<(u32, WordId), u32>,
    /// What the phrases are that end at each node; none ends at the first.
    tags: Vec<Vec<Tag>>,
}

impl Phrases {
    /// Adds a phrase; its words are split at spaces.
    pub fn add(&mut self, vocabulary: &mut Vocabulary, phrase: &str, tag: Tag) {
        if self.tags.is_empty() {
            self.tags.push(Vec::new());
        }
        let mut node = 0;
        for word in phrase.split_whitespace() {
            let word = vocabulary.add(word);
            if self.first.len() <= word as usize {
                self.first.resize(word as usize + 1, 0);
            }
            let step = match node {
                0 => &mut self.first[word as usize],
                _ => self.next.entry((node, word)).or_default(),
            };
            if *step == 0 {
                *step = self.tags.len() as u32;
                self.tags.push(Vec::new());
            }
            node = *step;
        }
        if let Some(tags) = self.tags.get_mut(node as usize)
            && !tags.contains(&tag)
        {
            tags.push(tag);
        }
    }

    /// True for a word that is a number by itself.
    pub fn is_number(&self, word: WordId) -> bool {
        let node = self.first.get(word as usize).copied().unwrap_or_default();
        let tags = self.tags.get(node as usize).map_or(&[][..], Vec::as_slice);
        tags.iter().any(|tag| matches!(tag, Tag::Number(_)))
    }

    /// Every phrase that begins with the first of `words`, short ones first.
    pub fn starting<'l>(&'l self, mut words: impl Iterator<Item = WordId>, found: &mut Vec<Found<'l>>) {
        let first = words.next().and_then(|word| self.first.get(word as usize));
        let mut node = first.copied().unwrap_or_default();
        let mut len = 1;
        while node != 0 {
            let tags = self.tags.get(node as usize).map_or(&[][..], Vec::as_slice);
            found.extend(tags.iter().map(|tag| Found { len, tag }));
            node = words.next().and_then(|word| self.next.get(&(node, word))).copied().unwrap_or_default();
            len += 1;
        }
    }
}
