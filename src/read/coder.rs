//! From the sentences of one agenda item to drafts of statements.

use crate::lexicon::{Language, Trait};
use crate::model::{Actor, Holder, Intensity, Stance};
use crate::span::Span;

use super::clause::Clause;
use super::memory::Memory;
use super::people::People;
use super::sentence::Sentence;

/// A statement before it is tied to its report; spans lie in the readable text.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Who holds it.
    pub holder: Holder,
    /// Toward what.
    pub proposition: String,
    /// Which way.
    pub stance: Stance,
    /// How strongly.
    pub intensity: Intensity,
    /// On a condition.
    pub conditional: bool,
    /// Replaces an earlier stance.
    pub change: bool,
    /// The words it rests on.
    pub span: Span,
    /// The rule: how the holder is named, and the cue.
    pub rule: String,
    /// How often such a statement is right.
    pub confidence: f64,
}

/// What a sentence gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coded {
    /// Its statements.
    pub drafts: Vec<Draft>,
    /// Why it gave none although it names somebody.
    pub unread: Option<&'static str>,
}

/// Codes the sentences of one report, item by item.
pub struct Coder<'l> {
    pub(super) language: &'l Language,
    pub(super) reporting: Option<Actor>,
    pub(super) memory: Memory,
    pub(super) people: People,
}

/// What stands in the way of a statement, in the words of `unread`.
pub(super) fn narrative(sentence: &Sentence<'_>, clause: Clause) -> Option<&'static str> {
    let has = |one| sentence.any(clause.from, clause.to, one);
    match () {
        () if has(Trait::Decision) => Some("decision"),
        () if has(Trait::Courtesy) => Some("courtesy"),
        () if has(Trait::Silence) => Some("silence"),
        () if has(Trait::Procedure) => Some("procedure"),
        () if has(Trait::Parliament) => Some("parliament"),
        () => None,
    }
}

impl<'l> Coder<'l> {
    /// A coder for reports in that language; `reporting` is the first person.
    pub fn new(language: &'l Language, reporting: Option<Actor>) -> Coder<'l> {
        let people = People::new(language.file.reporting_state.is_some());
        Coder { language, reporting, memory: Memory::default(), people }
    }

    /// How many members the roster has, for "all but two".
    pub fn know_members(&mut self, members: usize) {
        self.memory.members = members;
    }

    /// Forgets what the agenda item before has named; `heading` titles the new one.
    pub fn next_item(&mut self, heading: &str) {
        self.memory = self.memory.next_item(heading);
    }

    /// Forgets who spoke, at a new paragraph.
    pub fn next_paragraph(&mut self) {
        self.memory.speaker.clear();
    }
}
