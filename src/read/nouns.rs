//! The noun phrases that a report has used, so that a short name ("the target") finds its long form.

use crate::lexicon::Trait;
use crate::span::Span;

use super::proposition::{Letters, ManyLetters, content, holds, is_content, is_short, same};
use super::sentence::Sentence;
use super::token::Token;

/// The most words of a noun phrase.
const LONGEST: usize = 10;
/// How many phrases back a short name reaches.
const LATE: usize = 80;
/// How many long words back it does.
const LATE_WORDS: usize = 300;
/// The fewest bytes of a word that is kept as a compound.
const COMPOUND: usize = 9;

/// Noun phrases in the order of the text, those of earlier agenda items included.
#[derive(Debug, Clone, Default)]
pub struct Nouns {
    text: String,
    /// The content words of all phrases.
    words: Vec<Word>,
    phrases: Vec<Noun>,
    /// The long words of the report, which may end in a short name.
    compounds: Vec<Word>,
    long: String,
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
    /// How these and what it names begin and end.
    letters: ManyLetters,
    /// The last word before the first preposition, which is what it names; none for a title.
    named: Option<Word>,
}

impl Nouns {
    /// Keeps the phrases of a sentence that have an article, or an owner ("its"), and at least two words of their own.
    pub fn keep(&mut self, text: &str, sentence: &Sentence<'_>) {
        let mut at = 0;
        while at < sentence.tokens.len() {
            let traits = sentence.traits(at);
            let article = traits.any(&[Trait::Definite, Trait::Indefinite, Trait::Own]) && !traits.has(Trait::That);
            at += 1;
            if !article {
                continue;
            }
            let (end, named) = extent(sentence, at);
            if end < at + 2 {
                continue;
            }
            let says = |word: &Span| is_content(word.slice(text));
            let before = words(&sentence.tokens[at..named]).filter(says).last();
            self.push(text, words(&sentence.tokens[at..end]), before);
            at = named;
        }
    }

    /// Keeps the words of a sentence that may be compounds: "levy" stands for the "bankslevy" of before.
    pub fn keep_compounds(&mut self, text: &str, sentence: &Sentence<'_>) {
        for token in sentence.tokens.iter().filter(|token| token.is_word() && token.span.len() >= COMPOUND) {
            let start = self.long.len();
            self.long.push_str(token.span.slice(text));
            let span = Span::new(start, self.long.len());
            self.compounds.push(Word { span, letters: Letters::of(token.span.slice(text)) });
        }
    }

    /// The last compound that ends in `noun`.
    pub fn compound(&self, noun: &str) -> Option<&str> {
        let letters = Letters::of(noun);
        let fits = |word: &&Word| {
            word.span.len() > noun.len() + 2
                && word.letters.may_be_of(letters)
                && word.span.slice(&self.long).ends_with(noun)
        };
        let known = self.compounds.iter().rev().take(LATE_WORDS).find(fits);
        known.filter(|_| is_content(noun)).map(|word| word.span.slice(&self.long))
    }

    /// Keeps the title of an agenda item.
    pub fn title(&mut self, title: &str) {
        let mut at = 0;
        let spans = title.split(' ').map(|word| {
            let span = Span::new(at, at + word.len());
            at = span.end + 1;
            span
        });
        self.push(title, spans.filter(|span| !span.is_empty()), None);
    }

    /// Keeps a phrase of those `words` of a text of which two or more say something; `named` is the one it names.
    fn push(&mut self, text: &str, words: impl Iterator<Item = Span>, named: Option<Span>) {
        let (start, first) = (self.text.len(), self.words.len());
        let mut whole: Option<Span> = None;
        for word in words {
            let phrase = whole.get_or_insert(word);
            phrase.end = word.end;
            let from = phrase.start;
            if is_content(word.slice(text)) || is_abbreviation(word.slice(text)) {
                let span = Span::new(start + word.start - from, start + word.end - from);
                self.words.push(Word { span, letters: Letters::of(word.slice(text)) });
            }
        }
        let Some(whole) = whole.filter(|_| self.words.len() >= first + 2) else { return self.words.truncate(first) };
        let place = |word: Span| Word {
            span: Span::new(start + word.start - whole.start, start + word.end - whole.start),
            letters: Letters::of(word.slice(text)),
        };
        self.text.push_str(whole.slice(text));
        let named = named.map(place);
        self.phrases.push(Noun {
            whole: Span::new(start, self.text.len()),
            words: (first, self.words.len()),
            letters: self.words[first..].iter().chain(&named).map(|word| word.letters).collect(),
            named,
        });
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.phrases.len()
    }

    /// The last phrase behind the first `since` whose name is of that kind.
    pub fn last_named(&self, since: usize, kind: &dyn Fn(&str) -> bool) -> Option<&str> {
        let of_kind = |noun: &&Noun| noun.named.is_some_and(|named| kind(named.span.slice(&self.text)));
        self.phrases.get(since..)?.iter().rev().find(of_kind).map(|noun| noun.whole.slice(&self.text))
    }

    /// The last phrase that names what `short` names, with more words.
    pub fn recall(&self, short: &str) -> Option<&str> {
        if is_short(short) {
            let phrases = self.phrases.iter().rev().take(LATE).map(|noun| noun.whole.slice(&self.text));
            return phrases.into_iter().find(|phrase| holds(phrase, short));
        }
        let words: Vec<(&str, Letters)> = content(short).map(|word| (word, Letters::of(word))).collect();
        let head = words.last()?;
        let form = |own: &Word, (word, letters): &(&str, Letters)| {
            own.letters.may_be_of(*letters) && same(own.span.slice(&self.text), word)
        };
        let fits = |noun: &&Noun| {
            let own = || &self.words[noun.words.0..noun.words.1];
            noun.letters.may_have(head.1)
                && noun.named.is_none_or(|named| form(&named, head))
                && own().len() > words.len()
                && words.iter().all(|word| own().iter().any(|own| form(own, word)))
        };
        self.phrases.iter().rev().take(LATE).find(fits).map(|noun| noun.whole.slice(&self.text))
    }
}

/// "EU", "AI": a word of capitals.
pub fn is_abbreviation(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|c| c.is_ascii_uppercase())
}

/// The words that blanks keep apart: "l'" and "Allemagne" are one.
fn words(tokens: &[Token]) -> impl Iterator<Item = Span> {
    tokens.chunk_by(|one, next| one.span.end == next.span.start).filter_map(|glued| match glued {
        [first, .., last] => Some(Span::new(first.span.start, last.span.end)),
        [word] => Some(word.span),
        [] => None,
    })
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
        // "adopted the general approach | fast": the particle of the verb ends its clause.
        let particle =
            at > from && traits.has(Trait::Particle) && !traits.has(Trait::Preposition) && sentence.closes(at);
        if verb
            || particle
            || at > from && traits.has(Trait::As)
            || traits.any(&article) && !joined
            || traits.any(&ends) && !traits.any(&article) && !traits.any(&joins)
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
