//! Sentences: where they end, and what their tokens and phrases are.

use memchr::{memchr, memchr3_iter};

use crate::lexicon::{Found, Language, Tag, Trait, Traits, WordId};
use crate::span::Span;

use super::places::Places;
use super::token::{Token, fill};

/// One sentence of the readable text of a paragraph.
#[derive(Debug, Clone, Default)]
pub struct Sentence<'l> {
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// The phrases of all tokens, in order of their first one, short ones first.
    phrases: Vec<Found<'l>>,
    /// For each token, where its phrases begin in that list; one more at the end.
    starts: Vec<u32>,
    /// How many words the longest of them has.
    longest: usize,
    /// Which tokens have each trait.
    places: Places,
}

impl<'l> Sentence<'l> {
    /// Reads another sentence, in the room of this one.
    pub fn read(&mut self, text: &str, span: Span, language: &'l Language) {
        let Sentence { tokens, phrases, starts, longest, places } = self;
        fill(tokens, text, span, language);
        phrases.clear();
        starts.clear();
        starts.push(0);
        for at in 0..tokens.len() {
            let first = phrases.len();
            if tokens[at].word != 0 {
                language.phrases.starting(tokens[at..].iter().map(|token| token.word), phrases);
            }
            for phrase in &phrases[first..] {
                if let Tag::Trait(one) = phrase.tag {
                    tokens[at].traits = tokens[at].traits.with(*one);
                }
            }
            starts.push(phrases.len() as u32);
        }
        *longest = phrases.iter().map(|phrase| phrase.len).max().unwrap_or_default();
        places.fill(tokens);
    }

    /// The phrases that begin at `at`, short ones first.
    fn found(&self, at: usize) -> &[Found<'l>] {
        match self.starts.get(at..at + 2) {
            Some(&[start, end]) => self.phrases.get(start as usize..end as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// True where a phrase begins at `at`.
    pub fn begins_phrase(&self, at: usize) -> bool {
        matches!(self.starts.get(at..at + 2), Some(&[start, end]) if start < end)
    }

    /// The longest phrase at `at` for which `pick` gives something.
    pub fn longest<T>(&self, at: usize, pick: impl Fn(&'l Tag) -> Option<T>) -> Option<(usize, T)> {
        self.found(at).iter().rev().find_map(|found| Some((found.len, pick(found.tag)?)))
    }

    /// How many words at `at` have the trait together: those of the longest phrase, or one.
    #[inline]
    pub fn len_of(&self, at: usize, one: Trait) -> Option<usize> {
        self.is(at, one).then(|| self.phrase_len(at, one))
    }

    /// How many words the longest phrase at `at` with the trait has, one where there is none.
    fn phrase_len(&self, at: usize, one: Trait) -> usize {
        self.longest(at, |tag| (*tag == Tag::Trait(one)).then_some(())).map_or(1, |(len, ())| len)
    }

    /// "five were | for", "six | against": where words end that alone take a side at the end of a clause, and the side.
    pub fn side(&self, at: usize) -> Option<(usize, i8)> {
        let side = |one: Trait, sign: i8| self.len_of(at, one).map(|len| (at + len, sign));
        let ends = |end: usize| self.mark(end) != 'w' || self.traits(end).any(&[Trait::And, Trait::But]);
        side(Trait::For, 1).or_else(|| side(Trait::Against, -1)).filter(|(end, _)| ends(*end))
    }

    /// The traits of the token at `at`; none past the end.
    pub fn traits(&self, at: usize) -> Traits {
        self.tokens.get(at).map(|token| token.traits).unwrap_or_default()
    }

    /// True where the token at `at` has the trait.
    pub fn is(&self, at: usize, one: Trait) -> bool {
        self.traits(at).has(one)
    }

    /// The tokens from `from` up to `to` that have one of the traits.
    #[inline]
    pub fn having<'s>(&'s self, from: usize, to: usize, any: &'s [Trait]) -> impl Iterator<Item = usize> + 's {
        self.places.having(from, to.min(self.tokens.len()), any)
    }

    /// The first of the tokens from `from` up to `to` that has one of the traits.
    #[inline]
    pub fn first(&self, from: usize, to: usize, any: &[Trait]) -> Option<usize> {
        self.places.first(from, to.min(self.tokens.len()), any)
    }

    /// True where one of the tokens from `from` up to `to` has the trait.
    pub fn any(&self, from: usize, to: usize, one: Trait) -> bool {
        self.first(from, to, &[one]).is_some()
    }

    /// Reads the token at `at` as another word; the phrases that begin at it stay.
    pub fn reread(&mut self, at: usize, (word, traits): (WordId, Traits)) {
        let phrase = |found: &Found<'_>| match found.tag {
            Tag::Trait(one) if found.len > 1 => Some(*one),
            _ => None,
        };
        let traits = self.found(at).iter().filter_map(phrase).fold(traits, Traits::with);
        let Some(token) = self.tokens.get_mut(at) else { return };
        self.places.toggle(at, token.traits);
        self.places.toggle(at, traits);
        (token.word, token.traits) = (word, traits);
    }

    /// The number that a token of digits spells.
    pub fn number(&self, at: usize) -> Option<u16> {
        self.tokens.get(at)?.number
    }

    /// True for a finite verb: one that no infinitive marker stands before.
    pub fn is_finite(&self, at: usize) -> bool {
        self.is(at, Trait::Verb) && !(at > 0 && self.is(at - 1, Trait::Infinitive))
    }

    /// True for a later word of a phrase that begins at `from` or behind it.
    pub fn is_within(&self, from: usize, at: usize, one: Trait) -> bool {
        let near = (at + 1).saturating_sub(self.longest);
        self.having(from.max(near), at, &[one]).any(|i| self.len_of(i, one).is_some_and(|len| i + len > at))
    }

    /// A word with a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.capital)
    }

    /// A capitalised word that the vocabulary does not have: a name of somebody.
    pub fn is_name(&self, at: usize) -> bool {
        self.is_capital(at) && self.tokens[at].word == 0
    }

    /// True where the auxiliary of a passive stands.
    pub fn is_passive(&self, at: usize) -> bool {
        self.longest(at, |tag| (*tag == Tag::Passive).then_some(())).is_some()
    }

    /// True for a number or size word.
    pub fn counts(&self, at: usize) -> bool {
        self.number(at).is_some() || self.longest(at, |tag| matches!(tag, Tag::Number(_)).then_some(())).is_some()
    }

    /// True for a lower-case word that the lexicon does not hold, or holds for its colour only.
    pub fn plain_adjective(&self, at: usize) -> bool {
        self.tokens
            .get(at)
            .is_some_and(|t| t.is_word() && !t.capital && t.number.is_none() && t.traits == Traits::default())
            && self.found(at).is_empty()
    }

    /// True where a possessive 's stands at `at`.
    pub fn possessive(&self, at: usize) -> bool {
        matches!(self.mark(at), '\'' | '\u{2019}') && self.tokens.get(at + 1).is_some_and(|t| t.span.len() == 1)
    }

    /// True for the semicolon before a further item of a list: "; – a fund".
    pub fn lists(&self, at: usize) -> bool {
        let bullet = matches!(self.mark(at + 1), '–' | '—' | '-' | '•' | '*' | '▪');
        self.mark(at) == ';' && bullet && self.mark(at + 2) == 'w'
    }

    /// True where nothing follows `at` but the end of a clause.
    pub fn closes(&self, at: usize) -> bool {
        self.mark(at + 1) != 'w'
    }

    /// The mark of the token at `at`, `w` for a word, a blank past the end.
    pub fn mark(&self, at: usize) -> char {
        self.tokens.get(at).map_or(' ', |token| token.mark)
    }
}

/// The longest sentence that is read as one, in bytes.
pub(super) const LONGEST: usize = 20_000;

/// The sentences in the readable text of one paragraph, each found when it is asked for.
pub fn split<'t>(text: &'t str, language: &'t Language) -> impl Iterator<Item = Span> + 't {
    let mut ends = memchr3_iter(b'.', b'!', b'?', text.as_bytes()).chain([text.len()]).peekable();
    // Where the sentence begins, and how far a blank was looked for in vain.
    let (mut start, mut searched) = (0, 0);
    let cuts = std::iter::from_fn(move || {
        while let Some(at) = ends.peek().copied() {
            let late = blank(text, searched.max(start + LONGEST), at);
            if late.is_none() {
                searched = at;
                ends.next();
            }
            let end = match late {
                Some(blank) => blank + 1,
                None if at == text.len() => at,
                None if ends_sentence(text, at, at + 1, language) => at + 1,
                None => continue,
            };
            let quoted = text[end..].chars().next().filter(|q| matches!(q, '”' | '"' | '\u{2019}' | ')'));
            let end = end + quoted.map_or(0, char::len_utf8);
            let cut = (start, end);
            start = end;
            return Some(cut);
        }
        None
    });
    cuts.filter_map(move |(start, end)| trimmed(text, start, end))
}

/// The first blank between two places.
fn blank(text: &str, from: usize, to: usize) -> Option<usize> {
    memchr(b' ', text.as_bytes().get(from..to)?).map(|at| from + at)
}

/// The words between two cuts, where there are any.
fn trimmed(text: &str, start: usize, end: usize) -> Option<Span> {
    let part = text.get(start..end)?;
    let words = part.trim();
    let start = start + (part.len() - part.trim_start().len());
    words.contains(char::is_alphanumeric).then(|| Span::new(start, start + words.len()))
}

fn ends_sentence(text: &str, at: usize, end: usize, language: &Language) -> bool {
    // A footnote's number may be glued to the full stop: "jl.1 The".
    let number = text[end..].len() - text[end..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let glued = (1..=2).contains(&number) && text[..at].ends_with(char::is_alphabetic);
    let end = if glued { end + number } else { end };
    let after = text[end..].trim_start_matches(['”', '"', '\u{2019}', ')', '\'']);
    let next = after.trim_start();
    if next.is_empty() {
        return true;
    }
    // "… delegation.\n– Poland": the next one is an item of a list.
    let bullet = next.strip_prefix(['–', '—', '-', '•', '▪', '*']).filter(|rest| rest.starts_with(' '));
    let first = bullet.map_or(next, str::trim_start);
    if after.len() == next.len()
        || !first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“\"‘'€(".contains(c))
    {
        return false;
    }
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let mut letters = word.chars().flat_map(char::to_lowercase);
    let initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    !initial && !language.is_abbreviation(word)
}

/// Reads one sentence into words, with every phrase that begins at each.
pub fn read<'l>(text: &str, span: Span, language: &'l Language) -> Sentence<'l> {
    let mut sentence = Sentence::default();
    sentence.read(text, span, language);
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn sentences_end_where_one_begins_and_at_the_latest_blank() {
        let language = Lexicon::standard().unwrap().language("en").unwrap();
        let long = format!("{} end. Next", "word ".repeat(LONGEST / 5));
        // Were the place that was searched for a blank forgotten, this would take hours.
        let marks = "a.".repeat(1 << 20);
        let rows: [(&str, &[usize]); 6] = [
            ("One. Two! (Three?) \u{2018}Four.\u{2019} five", &[4, 4, 8, 16]),
            ("Mr. Smith", &[9]),
            ("", &[]),
            (" . . ", &[]),
            (&long, &[LONGEST - 1, 4, 4]),
            (&marks, &[2 << 20]),
        ];
        for (text, expected) in rows {
            let found: Vec<usize> = split(text, &language).map(Span::len).collect();
            assert_eq!(found, expected, "{:?}", &text[..text.len().min(50)]);
        }
    }
}
