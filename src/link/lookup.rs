//! Which phrase means which issue of a codebook.

use std::collections::BTreeSet;

use super::codebook::Codebook;
use super::heading::bare;
use super::words::{Kind, Language, Parser, Phrase, fold};

/// What a phrase means by the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Coded {
    /// The issue's place in the codebook.
    pub issue: usize,
    /// The sign that a phrase must have to lie with the issue.
    pub canonical: i8,
    /// True where the issue belongs to one topic.
    pub bound: bool,
}

/// A codebook made ready for look-up: each alias as stems.
pub(crate) struct Lookup<'c> {
    codebook: &'c Codebook,
    issues: Vec<Entry>,
    topics: Vec<Entry>,
}

struct Entry {
    at: usize,
    language: Option<Language>,
    stems: Vec<String>,
    /// The sign that a phrase must have to lie with the issue.
    canonical: i8,
}

impl<'c> Lookup<'c> {
    pub(crate) fn new(codebook: &'c Codebook) -> Lookup<'c> {
        let mut parsers: Vec<(Language, Parser)> = Language::ALL.map(|l| (l, Parser::new(l))).into();
        let mut lookup = Lookup { codebook, issues: Vec::new(), topics: Vec::new() };
        for (at, topic) in codebook.topics.iter().enumerate() {
            let aliases = topic.aliases.iter().map(|(language, heading)| (Some(*language), bare(heading)));
            for (language, heading) in aliases.chain([(None, bare(&topic.name))]) {
                lookup.topics.extend(entries(&mut parsers, at, (language, &heading, 1)));
            }
        }
        for (at, issue) in codebook.issues.iter().enumerate() {
            let aliases = issue.aliases.iter().map(|(language, phrase, p)| (Some(*language), phrase.as_str(), *p));
            for alias in aliases.chain([(None, issue.name.as_str(), 1)]) {
                lookup.issues.extend(entries(&mut parsers, at, alias));
            }
        }
        lookup
    }

    /// The issue of a phrase: all words of an alias stand in it.
    /// Of several aliases the longest is meant, of equal ones the first.
    pub(crate) fn issue(&self, phrase: &Phrase, language: Language, topic: &str) -> Option<Coded> {
        let allowed = |entry: &Entry| {
            let bound = self.codebook.issues.get(entry.at).and_then(|issue| issue.topic.as_deref());
            bound.is_none_or(|bound| bound.to_lowercase() == topic.to_lowercase())
        };
        let found = longest(&self.issues, phrase, language, allowed)?;
        let bound = self.codebook.issues.get(found.at).is_some_and(|issue| issue.topic.is_some());
        Some(Coded { issue: found.at, canonical: found.canonical, bound })
    }

    /// The topic of a heading.
    pub(crate) fn topic(&self, heading: &Phrase, language: Language) -> Option<&'c str> {
        let found = longest(&self.topics, heading, language, |_| true)?;
        self.codebook.topics.get(found.at).map(|topic| topic.name.as_str())
    }
}

fn entries(
    parsers: &mut [(Language, Parser)],
    at: usize,
    (language, phrase, polarity): (Option<Language>, &str, i8),
) -> Vec<Entry> {
    let meant = parsers.iter_mut().filter(|(own, _)| language.is_none_or(|language| language == *own));
    let entry = |(own, parser): &mut (Language, Parser)| {
        let parsed = parser.parse(phrase);
        Entry { at, language: Some(*own), stems: carrying(&parsed), canonical: parsed.sign * polarity }
    };
    meant.map(entry).filter(|entry| !entry.stems.is_empty()).collect()
}

/// The folded stems of the words that carry a phrase; all of them where none does.
fn carrying(phrase: &Phrase) -> Vec<String> {
    let full = phrase.stems.iter().filter(|(_, kind)| *kind != Kind::Light).map(|(stem, _)| fold(stem));
    let full: Vec<String> = full.collect();
    if full.is_empty() { phrase.stems.iter().map(|(stem, _)| fold(stem)).collect() } else { full }
}

fn longest<'e>(
    entries: &'e [Entry],
    phrase: &Phrase,
    language: Language,
    allowed: impl Fn(&Entry) -> bool,
) -> Option<&'e Entry> {
    let words: BTreeSet<String> = phrase.stems.iter().map(|(stem, _)| fold(stem)).collect();
    let stands = |entry: &&Entry| {
        entry.language.is_none_or(|own| own == language)
            && entry.stems.iter().all(|stem| words.contains(stem))
            && allowed(entry)
    };
    entries.iter().filter(stands).fold(None, |best: Option<&Entry>, entry| match best {
        Some(best) if best.stems.len() >= entry.stems.len() => Some(best),
        _ => Some(entry),
    })
}
