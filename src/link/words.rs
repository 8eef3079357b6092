//! The words of a phrase: which carry it, which turn its side, and their stems.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lexicon;
use crate::span::{Alphabet, Span};

/// The language of a phrase, for its stems and its small words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Dutch.
    Dutch,
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
}

impl Language {
    /// Every language with a stemmer and a word list.
    pub const ALL: [Language; 4] = [Language::Dutch, Language::English, Language::German, Language::French];

    /// Its ISO 639-1 code.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Dutch => "nl",
            Language::English => "en",
            Language::German => "de",
            Language::French => "fr",
        }
    }

    /// The language of that ISO 639-1 code, where there is a stemmer for it.
    pub fn of_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.as_str() == code)
    }

    /// The language whose small words occur most in `texts`; English where none does.
    pub fn guess<'a, I: IntoIterator<Item = &'a str>>(texts: I) -> Language {
        Language::guess_weighted(texts.into_iter().map(|text| (text, 1)))
    }

    /// The same where each text stands as often as its number says.
    pub(crate) fn guess_weighted<'a>(texts: impl Iterator<Item = (&'a str, usize)>) -> Language {
        let stops = &*STOPS;
        let mut hits = [0usize; 4];
        let mut room = String::new();
        for (text, times) in texts {
            for word in WORD.runs(text).map(|span| span.slice(text)) {
                if word.is_ascii() && word.len() > stops.longest {
                    continue;
                }
                let known = stops.words.get(lower_case(word, &mut room)).copied().unwrap_or_default();
                for (hits, known) in hits.iter_mut().zip(known) {
                    *hits += times * usize::from(known);
                }
            }
        }
        let best = hits.iter().copied().max().unwrap_or(0);
        let found = Language::ALL.into_iter().zip(hits).find(|(_, count)| *count == best && best > 0);
        found.map_or(Language::English, |(language, _)| language)
    }

    pub(crate) fn words(self) -> &'static Words {
        static EMPTY: LazyLock<Words> = LazyLock::new(Words::default);
        WORDS.get(self.as_str()).unwrap_or(&EMPTY)
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Language::Dutch => Algorithm::Dutch,
            Language::English => Algorithm::English,
            Language::German => Algorithm::German,
            Language::French => Algorithm::French,
        }
    }

    /// Dutch and German write compounds as one word, whose last part is the head.
    fn compounds(self) -> bool {
        matches!(self, Language::Dutch | Language::German)
    }
}

/// The word lists of one language, see `words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Words {
    r#final: bool,
    pub(crate) stop: FxHashSet<String>,
    light: FxHashSet<String>,
    minus: FxHashSet<String>,
    fight: FxHashSet<String>,
    plus: FxHashSet<String>,
    no: FxHashSet<String>,
    of: FxHashSet<String>,
    ill: FxHashSet<String>,
    pub(crate) session: FxHashSet<String>,
    same: FxHashMap<String, String>,
    number: FxHashMap<String, u32>,
}

impl Words {
    fn is_ill(&self, word: &str, compounds: bool) -> bool {
        let mut tails = (3..word.len().saturating_sub(4)).filter_map(|at| word.get(at..));
        self.ill.contains(word) || compounds && tails.any(|tail| self.ill.contains(tail))
    }
}

static WORDS: LazyLock<BTreeMap<String, Words>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// Every stop word, and of which of [`Language::ALL`] it is one.
struct Stops {
    words: FxHashMap<&'static str, [bool; 4]>,
    /// Bytes of the longest.
    longest: usize,
}

static STOPS: LazyLock<Stops> = LazyLock::new(|| {
    let mut words: FxHashMap<&str, [bool; 4]> = FxHashMap::default();
    for (at, language) in Language::ALL.into_iter().enumerate() {
        for word in &language.words().stop {
            words.entry(word).or_default()[at] = true;
        }
    }
    let longest = words.keys().map(|word| word.len()).max().unwrap_or_default();
    Stops { words, longest }
});

/// How much a word of a phrase carries, before it is known how rare it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word of its own.
    Full,
    /// A word that says little of the matter.
    Light,
    /// A number, as digits.
    Number,
}

/// A phrase taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The phrase without its article and without the operators at its head.
    pub core: String,
    /// The phrase from its first word on that is no article, operators and all.
    pub whole: String,
    /// Stems of the core, in order, each once.
    pub stems: Vec<(String, Kind)>,
    /// −1 where its operators turn it.
    pub sign: i8,
    /// True where it speaks of what nobody wants, so that less of it is the positive form.
    pub ill: bool,
}

/// Takes phrases apart; remembers the stem of each word.
pub(crate) struct Parser {
    language: Language,
    stemmer: Stemmer,
    stems: FxHashMap<String, String>,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Plain,
    Turns,
    Keeps,
}

impl Parser {
    pub(crate) fn new(language: Language) -> Parser {
        Parser { language, stemmer: Stemmer::create(language.algorithm()), stems: FxHashMap::default() }
    }

    /// The folded stem of one lower-case word.
    pub(crate) fn stem(&mut self, word: &str) -> &str {
        if !self.stems.contains_key(word) {
            let stem = fold(&self.stemmer.stem(word));
            self.stems.insert(word.to_owned(), stem);
        }
        self.stems.get(word).map_or("", String::as_str)
    }

    pub(crate) fn parse(&mut self, phrase: &str) -> Phrase {
        let words = self.language.words();
        let places = places(phrase);
        let roles = roles(&places, words);
        let turns = places.iter().zip(&roles).filter(|(_, role)| **role == Role::Turns).count();
        let mut sign = if turns % 2 == 1 { -1 } else { 1 };
        let negated = places.iter().any(|place| words.no.contains(&place.word));
        let fights =
            places.iter().zip(&roles).any(|(place, role)| *role == Role::Turns && words.fight.contains(&place.word));
        let (mut stems, mut ill) = (Vec::new(), fights);
        for (Place { word, .. }, role) in places.iter().zip(&roles) {
            if *role != Role::Plain || words.stop.contains(word) || words.no.contains(word) {
                continue;
            }
            if let Some(meant) = words.same.get(word) {
                (sign, ill) = (-sign, true);
                push(&mut stems, self.stem(meant).to_owned(), Kind::Full);
                continue;
            }
            ill |= words.is_ill(word, self.language.compounds());
            let (stem, kind) = self.classify(word, words);
            push(&mut stems, stem, kind);
        }
        if negated && (turns > 0 || ill) {
            sign = -sign;
        }
        let whole = core(phrase, &places, &vec![Role::Plain; places.len()], words);
        Phrase { core: core(phrase, &places, &roles, words), whole, stems, sign, ill }
    }

    fn classify(&mut self, word: &str, words: &Words) -> (String, Kind) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return (word.to_owned(), Kind::Number);
        }
        if let Some(number) = words.number.get(word) {
            return (number.to_string(), Kind::Number);
        }
        let kind = if words.light.contains(word) { Kind::Light } else { Kind::Full };
        (self.stem(word).to_owned(), kind)
    }
}

fn push(stems: &mut Vec<(String, Kind)>, stem: String, kind: Kind) {
    if !stem.is_empty() && !stems.iter().any(|(have, _)| *have == stem) {
        stems.push((stem, kind));
    }
}

/// An operator stands first, before "of", or last where the verb does; elsewhere it is a plain word.
fn roles(places: &[Place], words: &Words) -> Vec<Role> {
    let small = |word: &str| words.stop.contains(word) || words.no.contains(word);
    let carrying = |at: &usize| places.get(*at).is_some_and(|place| !small(&place.word));
    let last = (0..places.len()).rev().find(carrying);
    let (mut head, mut carried) = (true, 0);
    let mut roles = Vec::with_capacity(places.len());
    for (at, Place { word, .. }) in places.iter().enumerate() {
        let opens = head || carried == 1 && !places.get(at.wrapping_sub(1)).is_some_and(|place| small(&place.word));
        let before_of = opens && places.get(at + 1).is_some_and(|next| words.of.contains(&next.word));
        let free = head || before_of || (words.r#final && Some(at) == last && at > 0);
        let role = match () {
            () if free && (words.minus.contains(word) || words.fight.contains(word)) => Role::Turns,
            () if free && words.plus.contains(word) => Role::Keeps,
            () => Role::Plain,
        };
        carried += usize::from(role == Role::Plain && !small(word));
        head &= role != Role::Plain || small(word) || words.light.contains(word);
        roles.push(role);
    }
    // A phrase of operators alone speaks of them.
    let rest = places.iter().zip(&roles).any(|(place, role)| *role == Role::Plain && !small(&place.word));
    if rest { roles } else { vec![Role::Plain; places.len()] }
}

/// The phrase from the first carrying word behind its operators to its last.
fn core(phrase: &str, places: &[Place], roles: &[Role], words: &Words) -> String {
    let carries = |(place, role): (&Place, &Role)| {
        *role == Role::Plain && !words.stop.contains(&place.word) && !words.no.contains(&place.word)
    };
    let behind = |at: &usize| places.iter().zip(roles).skip(*at).any(carries);
    let mut operators = (0..places.len()).rev().filter(|at| roles.get(*at).is_some_and(|role| *role != Role::Plain));
    let from = operators.find(behind).unwrap_or(0);
    let mut carrying = places.iter().zip(roles).skip(from).filter(|pair| carries(*pair)).map(|(place, _)| place);
    let Some(first) = carrying.next() else { return phrase.split_whitespace().collect::<Vec<_>>().join(" ") };
    let end = carrying.next_back().unwrap_or(first).end;
    // "competence centre (ECCC)": a bracket that opens inside closes there too.
    let opened = phrase.get(first.start..end).is_some_and(|text| text.rfind('(') > text.rfind(')'));
    let end = end + usize::from(opened && phrase.get(end..).is_some_and(|rest| rest.starts_with(')')));
    let text = phrase.get(first.start..end).unwrap_or(phrase);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One word of a phrase in lower case, and the bytes it covers.
struct Place {
    word: String,
    start: usize,
    end: usize,
}

fn places(phrase: &str) -> Vec<Place> {
    let mut room = String::new();
    let place = |span: Span| {
        let word = lower_case(span.slice(phrase), &mut room).to_owned();
        Place { word, start: span.start, end: span.end }
    };
    WORD.runs(phrase).map(place).collect()
}

/// Letters, digits and their marks.
static WORD: Alphabet = Alphabet::new(true, |c| c.is_alphanumeric() || is_combining_mark(c));

/// `word` composed and in lower case; written into `room` where it is not so already.
fn lower_case<'w>(word: &'w str, room: &'w mut String) -> &'w str {
    if word.is_ascii() {
        return lexicon::lower_case(word, room);
    }
    room.clear();
    room.extend(word.nfc().flat_map(char::to_lowercase));
    room
}

/// The lower-case words of `text`.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = String> {
    places(text).into_iter().map(|place| place.word)
}

/// The text without accents, in lower case.
pub(crate) fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(language: Language, phrase: &str) -> (Vec<String>, i8, String) {
        let parsed = Parser::new(language).parse(phrase);
        (parsed.stems.into_iter().map(|(stem, _)| stem).collect(), parsed.sign, parsed.core)
    }

    #[test]
    fn word_lists_hold_every_language() {
        toml::from_str::<BTreeMap<String, Words>>(include_str!("words.toml")).unwrap();
        for language in Language::ALL {
            let words = language.words();
            assert!(!words.stop.is_empty() && !words.minus.is_empty() && !words.ill.is_empty(), "{language:?}");
        }
    }

    #[test]
    fn operators_turn_or_keep_the_side() {
        let rows = [
            (Language::Dutch, "het behoud van de vrijstelling", 1, "vrijstelling"),
            (Language::Dutch, "afschaffing van de vrijstelling", -1, "vrijstelling"),
            (Language::Dutch, "de vrijstelling af te schaffen", 1, "vrijstelling af te schaffen"),
            (Language::Dutch, "het register te schrappen", -1, "register"),
            (Language::Dutch, "het ambitieniveau niet te verlagen", 1, "ambitieniveau"),
            (Language::English, "deletion of the annual reporting duty", -1, "annual reporting duty"),
            (Language::English, "the carbon removal target", 1, "carbon removal target"),
            (Language::English, "full abolition of the fee", -1, "fee"),
            (
                Language::English,
                "compensation after a delay of three hours",
                1,
                "compensation after a delay of three hours",
            ),
            (Language::English, "not postponing the abolition of fees", -1, "fees"),
            (Language::English, "the competence centre (ECCC)", 1, "competence centre (ECCC)"),
            (Language::German, "die Abschaffung der Ausnahme", -1, "Ausnahme"),
            (Language::French, "le report de l'échéance", -1, "échéance"),
        ];
        for (language, phrase, sign, core) in rows {
            let parsed = Parser::new(language).parse(phrase);
            assert_eq!((parsed.sign, parsed.core.as_str()), (sign, core), "{phrase}");
        }
    }

    #[test]
    fn numbers_in_words_and_digits_are_one() {
        let (words, _, _) = stems(Language::English, "a five-year derogation");
        let (digits, _, _) = stems(Language::English, "derogation of 5 years");
        assert!(words.contains(&"5".to_owned()) && digits.contains(&"5".to_owned()));
    }

    #[test]
    fn the_language_is_that_of_the_small_words() {
        assert_eq!(Language::guess(["de herziening van het register"]), Language::Dutch);
        assert_eq!(Language::guess(["the review of the register"]), Language::English);
        assert_eq!(Language::guess(["die Überprüfung der Richtlinie und des Registers"]), Language::German);
        assert_eq!(Language::guess(["la révision du registre et des délais"]), Language::French);
        assert_eq!(Language::guess([""]), Language::English);
    }
}
