//! From one sentence to drafts of statements, clause by clause.

use super::clause::{Clause, Kind, clauses};
use super::coder::{Coded, Coder};
use super::list::mentions;
use super::memory::Said;
use super::mention::Mention;
use super::nouns::extent;
use super::proposition::{Cut, phrase, says};
use super::reading::Reading;
use super::sentence::Sentence;
use super::stance::Run;
use crate::lexicon::{Trait, Traits};

/// "The views on | a levy | diverged", "Opinions differed on | the clause": what they are on, where nobody is named yet.
fn views_on(text: &str, sentence: &Sentence<'_>, end: usize, mentions: &[Mention]) -> Option<String> {
    let views = sentence.len_of(0, Trait::Debate)?;
    let from = (views..end).find_map(|at| Some(at + sentence.len_of(at, Trait::Topic)?))?;
    let ends = |at: &usize| sentence.is(*at, Trait::Verb) || sentence.mark(*at) != 'w';
    let to = (from + 1..end).find(ends).unwrap_or(end);
    let nobody = !mentions.iter().any(|m| m.from < to);
    nobody.then(|| phrase(text, sentence, Run::new(from, to), Cut::default(), &|_| false))
}

/// What a sentence tells of: what stands behind its verb, or the thing before it where that is no thing.
fn subject_matter(text: &str, sentence: &Sentence<'_>, end: usize, mentions: &[Mention], verb_final: bool) -> String {
    let verb = (0..end).find(|at| sentence.is_finite(*at)).unwrap_or(end);
    if let Some(topic) = views_on(text, sentence, end, mentions) {
        return topic;
    }
    let article = [Trait::Definite, Trait::Indefinite, Trait::Own, Trait::Demonstrative];
    // "Vouchers for new medicines": a plural has no article.
    let joined = |at: usize| at > 0 && sentence.traits(at).any(&[Trait::Of, Trait::Preposition]);
    let plural = !verb_final && sentence.traits(0) == Traits::default() && (1..verb.min(4)).any(joined);
    let thing = (sentence.traits(0).any(&[Trait::Definite, Trait::Indefinite]) || plural)
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
    // "The power to deploy guards was far more contentious": nothing behind the verb is a thing.
    let names = [Trait::Definite, Trait::Indefinite, Trait::Own, Trait::Demonstrative, Trait::Of];
    let named = verb > 0 && sentence.is_capital(verb - 1);
    // "… took up most of the discussion": and what is told of is the debate.
    let debated = !verb_final && (verb + 1..end).any(|at| sentence.is(at, Trait::Debate));
    let verdict = !named && (debated || (verb + 1..end).all(|at| !sentence.traits(at).any(&names)));
    if thing && (preposition && !verb_final || verdict) {
        return phrase(text, sentence, Run::new(0, verb), Cut::default(), &|_| false);
    }
    phrase(text, sentence, Run::new((verb + 1).min(end), end), Cut::default(), &|_| false)
}

impl Coder<'_> {
    /// Codes one sentence of the readable text.
    pub fn sentence(&mut self, text: &str, sentence: &Sentence<'_>) -> Coded {
        self.memory.next_sentence();
        let mut mentions = mentions(sentence);
        self.people.recognise(text, sentence, &mut mentions);
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
        let first = clauses.first().map_or(0, |first| first.to);
        let views = || views_on(text, sentence, first, &mentions);
        reading.front = reading.opened_with().or_else(views).filter(|told| says(told)).map(Said::about);
        // "The idea of a levy split the room: …": what stands before a colon tells what the rest is about.
        let tells = sentence.mark(first) == ':' && !mentions.iter().any(|m| m.from < first);
        if tells && reading.front.is_none() && !reading.coder.language.file.verb_final {
            let told = subject_matter(text, sentence, first, &mentions, false);
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
            // So is who a relative tells of: "X called for A, to which Y agreed, and warned of B".
            let relates = clause.kind == Kind::Relative || sentence.is(clause.from, Trait::Through);
            let relates = relates && reading.coder.language.file.verb_final;
            let excepted = clause.kind == Kind::Relative && reading.excepted_before(*clause).is_some();
            let relates = relates && !excepted;
            let aside = clause.kind == Kind::Absolute || excepted || relates && sentence.mark(clause.to) == ',';
            let subject = aside.then(|| reading.subject.clone());
            reading.clause(*clause, condition);
            if let Some(subject) = subject.filter(|subject| !relates || subject.is_some()) {
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
        if verb_final {
            self.memory.nouns.keep_compounds(text, sentence);
        }
        if drafts.is_empty() {
            let matter = || subject_matter(text, sentence, sentence.tokens.len(), &mentions, verb_final);
            self.memory.open(front.map_or_else(matter, |said| said.proposition));
        }
        let unread = (drafts.is_empty() && !mentions.is_empty()).then(|| reason.unwrap_or("no_cue"));
        Coded { drafts, unread }
    }
}
