//! The noun phrases that a report has used, so that a short name ("the target") finds its long form.

use crate::lexicon::Trait;
use crate::span::Span;

use super::proposition::{Letters, content, same};
use super::sentence::Sentence;

/// The most words of a noun phrase.
const LONGEST: usize = 10;
/// How many phrases back a short name reaches.
const LATE: usize = 80;

/// Noun phrases in the order of the text, those of earlier agenda items included.
#[derive(Debug, Clone, Default)]
pub struct Nouns {
    text: String,
    /// The content words of all phrases.
    words: Vec<Word>,
    phrases: Vec<Noun>,
}

/// A content word and how it begins and ends, by which most words are told to be no forms of one.
#[derive(Debug, Clone, Copy)]
struct Word {
    span: Span,
    letters: Letters,
}

#[derive(Debug, Clone, Copy)]
struct Noun {
    whole: Span,
    /// Where its content words begin among those of all, and end.
    words: (usize, usize),
    /// The last word before the first preposition, which is what it names; none for a title.
    named: Option<Word>,
}

impl Nouns {
    /// Keeps the phrases of a sentence that have an article and at least two words of their own.
    pub fn keep(&mut self, text: &str, sentence: &Sentence<'_>) {
        let mut at = 0;
        while at < sentence.tokens.len() {
            let traits = sentence.traits(at);
            let article = traits.any(&[Trait::Definite, Trait::Indefinite]) && !traits.has(Trait::That);
            at += 1;
            if !article {
                continue;
            }
            let (end, named) = extent(sentence, at);
            if end < at + 2 {
                continue;
            }
            let slice = |to: usize| Span::new(sentence.tokens[at].span.start, sentence.tokens[to - 1].span.end);
            self.push(slice(end).slice(text), slice(named).len());
            at = named;
        }
    }

    /// Keeps the title of an agenda item.
    pub fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.push(title, 0);
        }
    }

    fn push(&mut self, phrase: &str, named: usize) {
        let start = self.text.len();
        let first = self.words.len();
        // `content` gives slices of `phrase`, so their addresses tell where they stand.
        let place = |word: &str| {
            let at = start + (word.as_ptr() as usize - phrase.as_ptr() as usize);
            Word { span: Span::new(at, at + word.len()), letters: Letters::of(word) }
        };
        self.words.extend(content(phrase).map(place));
        if self.words.len() < first + 2 {
            self.words.truncate(first);
            return;
        }
        self.text.push_str(phrase);
        self.phrases.push(Noun {
            whole: Span::new(start, self.text.len()),
            words: (first, self.words.len()),
            named: content(&phrase[..named]).last().map(place),
        });
    }

    /// The last phrase that names what `short` names, with more words.
    pub fn recall(&self, short: &str) -> Option<&str> {
        let words: Vec<(&str, Letters)> = content(short).map(|word| (word, Letters::of(word))).collect();
        let head = words.last()?;
        let form = |own: &Word, (word, letters): &(&str, Letters)| {
            own.letters.may_be_of(*letters) && same(own.span.slice(&self.text), word)
        };
        let fits = |noun: &&Noun| {
            let own = &self.words[noun.words.0..noun.words.1];
            own.len() > words.len()
                && noun.named.is_none_or(|named| form(&named, head))
                && words.iter().all(|word| own.iter().any(|own| form(own, word)))
        };
        self.phrases.iter().rev().take(LATE).find(fits).map(|noun| noun.whole.slice(&self.text))
    }
}

/// Where the phrase that begins at `from` ends, and where its part before the first preposition does.
pub fn extent(sentence: &Sentence<'_>, from: usize) -> (usize, usize) {
    let ends = [
        Trait::That,
        Trait::Relative,
        Trait::And,
        Trait::But,
        Trait::Necessity,
        Trait::Infinitive,
        Trait::Negation,
        Trait::Source,
        Trait::Reason,
        Trait::Condition,
        Trait::Manner,
        Trait::Purpose,
        Trait::Light,
        Trait::Pointer,
        Trait::PointerWith,
    ];
    let joins = [Trait::Of, Trait::Preposition, Trait::Agent];
    let article = [Trait::Definite, Trait::Indefinite, Trait::Demonstrative];
    let mut named = None;
    let mut at = from;
    while at < from + LONGEST && sentence.mark(at) == 'w' {
        let traits = sentence.traits(at);
        let joined = at > from && sentence.traits(at - 1).any(&joins);
        let verb = at > from && traits.has(Trait::Verb) && !traits.has(Trait::Nonfinite) && !joined;
        if verb || traits.any(&article) && !joined || traits.any(&ends) && !traits.any(&article) && !traits.any(&joins)
        {
            break;
        }
        if traits.any(&joins) && at > from {
            named.get_or_insert(at);
        }
        at += 1;
    }
    while at > from && sentence.traits(at - 1).any(&[joins[0], joins[1], joins[2], article[0], article[1], article[2]])
    {
        at -= 1;
    }
    (at, named.map_or(at, |named| named.min(at)))
}
