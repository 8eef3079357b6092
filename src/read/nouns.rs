//! The noun phrases that a report has used, so that a short name ("the target") finds its long form.

use crate::lexicon::Trait;
use crate::span::Span;

use super::proposition::{Letters, ManyLetters, content, holds, is_content, is_short, same, words};
use super::sentence::Sentence;
use super::token::Token;

/// The most words of a noun phrase.
const LONGEST: usize = 10;
/// The most words of a title that names a thing.
const TITLE: usize = 16;
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
    /// For each phrase how its content words and what it names begin and end.
    letters: Vec<ManyLetters>,
    /// The long words of the report, which may end in a short name, and the last four bytes of each.
    compounds: Vec<Span>,
    ends: Vec<u32>,
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
            let before = glued(&sentence.tokens[at..named]).filter(says).last();
            self.push(text, glued(&sentence.tokens[at..end]), before);
            at = named;
        }
    }

    /// Keeps the words of a sentence that may be compounds: "levy" stands for the "bankslevy" of before.
    pub fn keep_compounds(&mut self, text: &str, sentence: &Sentence<'_>) {
        for token in sentence.tokens.iter().filter(|token| token.is_word() && token.span.len() >= COMPOUND) {
            let start = self.long.len();
            self.long.push_str(token.span.slice(text));
            self.compounds.push(Span::new(start, self.long.len()));
            self.ends.push(last_four(&self.long).unwrap_or_default());
        }
    }

    /// The last compound that ends in `noun`.
    pub fn compound(&self, noun: &str) -> Option<&str> {
        let end = last_four(noun).filter(|_| is_content(noun))?;
        let fits = |word: &&str| word.len() > noun.len() + 2 && word.ends_with(noun);
        let late = self.ends.len().saturating_sub(LATE_WORDS)..self.ends.len();
        let alike = late.rev().filter(|at| self.ends[*at] == end);
        alike.map(|at| self.compounds[at].slice(&self.long)).find(fits)
    }

    /// Keeps the title of an agenda item.
    pub fn title(&mut self, title: &str) {
        // A letterhead names no thing.
        if words(title).count() > TITLE {
            return;
        }
        self.push(title, words(title).filter(|word| !word.is_empty()), None);
    }

    /// Keeps a phrase of those `words` of a text of which two or more say something; `named` is the one it names.
    fn push(&mut self, text: &str, words: impl Iterator<Item = Span>, named: Option<Span>) {
        let (start, first) = (self.text.len(), self.words.len());
        let mut whole: Option<Span> = None;
        for word in words {
            let phrase = whole.get_or_insert(word);
            phrase.end = word.end;
            let from = phrase.start;
            let own = word.slice(text);
            if is_content(own) || is_abbreviation(own) {
                let span = Span::new(start + word.start - from, start + word.end - from);
                self.words.push(Word { span, letters: Letters::of(own) });
            }
        }
        let Some(whole) = whole.filter(|_| self.words.len() >= first + 2) else { return self.words.truncate(first) };
        let place = |word: Span| Word {
            span: Span::new(start + word.start - whole.start, start + word.end - whole.start),
            letters: Letters::of(word.slice(text)),
        };
        self.text.push_str(whole.slice(text));
        let named = named.map(place);
        self.letters.push(self.words[first..].iter().chain(&named).map(|word| word.letters).collect());
        let whole = Span::new(start, self.text.len());
        self.phrases.push(Noun { whole, words: (first, self.words.len()), named });
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

    /// The last phrase that names what `name` does, with more words.
    pub fn recall(&self, name: &Name<'_>) -> Option<&str> {
        let late = self.phrases.len().saturating_sub(LATE)..self.phrases.len();
        let whole = |noun: &Noun| noun.whole.slice(&self.text);
        let words = match name {
            Name::Short(word) => return self.phrases[late].iter().rev().map(whole).find(|phrase| holds(phrase, word)),
            Name::Words(words) => words,
        };
        let head = words.last()?;
        let letters = ManyLetters::from_iter([head.1]);
        let form = |own: &Word, (word, letters): &(&str, Letters)| {
            own.letters.may_be_of(*letters) && same(own.span.slice(&self.text), word)
        };
        let fits = |noun: &&Noun| {
            let own = || &self.words[noun.words.0..noun.words.1];
            own().len() > words.len()
                && noun.named.is_none_or(|named| form(&named, head))
                && words.iter().all(|word| own().iter().any(|own| form(own, word)))
        };
        let alike = late.rev().filter(|at| self.letters[*at].may_meet(letters));
        alike.map(|at| &self.phrases[at]).find(fits).map(whole)
    }
}

/// A short name that a longer phrase may have been used for.
pub enum Name<'n> {
    /// One that is short by itself: "ban".
    Short(&'n str),
    /// The content words of any other.
    Words(Vec<(&'n str, Letters)>),
}

impl Name<'_> {
    /// What `short` is looked for by.
    pub fn of(short: &str) -> Name<'_> {
        match is_short(short) {
            true => Name::Short(short),
            false => Name::Words(content(short).map(|word| (word, Letters::of(word))).collect()),
        }
    }
}

/// The last four bytes of a word that has as many.
fn last_four(word: &str) -> Option<u32> {
    word.as_bytes().last_chunk().map(|four| u32::from_le_bytes(*four))
}

/// "EU", "AI": a word of capitals.
pub fn is_abbreviation(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|c| c.is_ascii_uppercase())
}

/// The words that blanks keep apart: "l'" and "Allemagne" are one.
fn glued(tokens: &[Token]) -> impl Iterator<Item = Span> {
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
