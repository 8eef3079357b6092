//! From the sentences of one agenda item to drafts of statements.

use crate::lexicon::{Language, Trait};
use crate::model::{Actor, Holder, Intensity, Stance};
use crate::span::Span;

use super::clause::{Clause, Kind, clauses};
use super::memory::{Memory, Said};
use super::mention::{Mention, Party, mentions};
use super::nouns::extent;
use super::proposition::{Cut, phrase, says};
use super::reading::Reading;
use super::sentence::Sentence;
use super::stance::Run;

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
}

/// What stands in the way of a statement, in the words of `unread`.
pub(super) fn narrative(sentence: &Sentence<'_>, clause: Clause) -> Option<&'static str> {
    let has = |one| sentence.any(clause.from, clause.to, one);
    match () {
        () if has(Trait::Decision) => Some("decision"),
        () if has(Trait::Courtesy) => Some("courtesy"),
        () if has(Trait::Silence) => Some("silence"),
        () if has(Trait::Parliament) => Some("parliament"),
        () => None,
    }
}

/// What a sentence tells of: what stands behind its verb, or the thing before it where that is no thing.
fn subject_matter(text: &str, sentence: &Sentence<'_>, end: usize, mentions: &[Mention], verb_final: bool) -> String {
    let verb = (0..end).find(|at| sentence.is(*at, Trait::Verb)).unwrap_or(end);
    let article = [Trait::Definite, Trait::Indefinite, Trait::Own, Trait::Demonstrative];
    let thing = sentence.traits(0).any(&[Trait::Definite, Trait::Indefinite])
        && !mentions.iter().any(|m| m.from < verb)
        && sentence.len_of(0, Trait::Debate).is_none_or(|len| len < verb)
        && !sentence.is(0, Trait::That);
    let behind = (verb + 1..end).find(|at| !sentence.is(*at, Trait::Light));
    let preposition = behind.is_none_or(|at| sentence.is(at, Trait::Preposition) && !sentence.traits(at).any(&article));
    // "The idea of a levy split the room": a verb that is not known.
    if thing && verb == end && !verb_final && !sentence.is(0, Trait::Debate) {
        let to = extent(sentence, 1).0.min(end);
        let to = to - usize::from(sentence.is(to.saturating_sub(1), Trait::Nonfinite));
        return phrase(text, sentence, Run::new(0, to), Cut::default(), &|_| false);
    }
    if thing && preposition && !verb_final {
        return phrase(text, sentence, Run::new(0, verb), Cut::default(), &|_| false);
    }
    phrase(text, sentence, Run::new((verb + 1).min(end), end), Cut::default(), &|_| false)
}

impl<'l> Coder<'l> {
    /// A coder for reports in that language; `reporting` is the first person.
    pub fn new(language: &'l Language, reporting: Option<Actor>) -> Coder<'l> {
        Coder { language, reporting, memory: Memory::default() }
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

    /// Codes one sentence of the readable text.
    pub fn sentence(&mut self, text: &str, sentence: &Sentence<'_>) -> Coded {
        self.memory.next_sentence();
        let mentions = mentions(sentence);
        let clauses = clauses(sentence, &mentions);
        let mut reading = Reading {
            coder: self,
            text,
            sentence,
            mentions: &mentions,
            drafts: Vec::new(),
            subject: None,
            said: Vec::new(),
            speakers: Vec::new(),
            last: None,
            reason: None,
            continues: false,
            opened: None,
            attributed: None,
            pleaded: false,
            aside: None,
            front: None,
        };
        reading.front = reading.opened_with().map(Said::about);
        // "The idea of a levy split the room: …": what stands before a colon tells what the rest is about.
        let colon = clauses.first().map_or(0, |first| first.to);
        let tells = sentence.mark(colon) == ':' && !mentions.iter().any(|m| m.from < colon);
        if tells && reading.front.is_none() && !reading.coder.language.file.verb_final {
            let told = subject_matter(text, sentence, colon, &mentions, false);
            reading.front = Some(told).filter(|told| says(told)).map(Said::about);
        }
        let mut clauses = clauses;
        if let Some(i) = clauses.last().filter(|_| clauses.len() > 1).and_then(|last| reading.attribution(*last)) {
            clauses.pop();
            reading.attributed = Some(i);
        }
        // "While supporting X, Spain opposed Y": who the first clause is of stands in the second.
        let bare = |clause: &Clause| !mentions.iter().any(|m| (clause.from..clause.to).contains(&m.from));
        let ahead = clauses.len() > 1 && clauses[0].kind == Kind::Contrast && bare(&clauses[0]);
        let order = (0..clauses.len()).map(|i| if ahead && i < 2 { 1 - i } else { i });
        for (i, clause) in order.map(|i| (i, &clauses[i])) {
            let condition = |at: Option<usize>| at.and_then(|at| clauses.get(at)).filter(|c| c.kind == Kind::Condition);
            // A condition behind the clause is part of its quote.
            let condition = condition(Some(i + 1)).map(|c| c.to).or(condition(i.checked_sub(1)).map(|_| clause.to));
            // "X, with Hungary opposing, backed it": whoever is inserted is not who goes on.
            let subject = (clause.kind == Kind::Absolute).then(|| reading.subject.clone());
            reading.clause(*clause, condition);
            if let Some(subject) = subject {
                reading.subject = subject;
            }
        }
        let Reading { mut drafts, said, speakers, subject, reason, front, .. } = reading;
        if ahead {
            drafts.sort_by_key(|draft| draft.span.start);
        }
        match (speakers.is_empty(), subject) {
            (false, _) => self.memory.keep(&speakers, said),
            (true, Some((holders, _))) => self.memory.note(&holders),
            (true, None) => {}
        }
        let verb_final = self.language.file.verb_final;
        self.memory.nouns.keep(text, sentence);
        let named = |party: &Party| matches!(party, Party::Group(_));
        if drafts.is_empty() && !mentions.iter().any(|mention| mention.parties.iter().any(named)) {
            let front = front.map(|said| said.proposition);
            self.memory.open(
                front.unwrap_or_else(|| subject_matter(text, sentence, sentence.tokens.len(), &mentions, verb_final)),
            );
        }
        let unread = (drafts.is_empty() && !mentions.is_empty()).then(|| reason.unwrap_or("no_cue"));
        Coded { drafts, unread }
    }
}
