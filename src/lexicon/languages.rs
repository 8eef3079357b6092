//! The languages a reader knows: those of the package, with what users' files add.

use std::sync::{Arc, LazyLock};

use rustc_hash::FxHashMap as HashMap;

use super::check::check;
use super::file::{LanguageFile, plain};
use super::language::Language;
use super::overlay::lay_over;
use super::vocabulary::lower_case;
use crate::error::{Choice, Error, Result};
use crate::model::Actor;
use crate::span::{Alphabet, beginning};

/// The languages a reader knows.
#[derive(Debug, Clone)]
pub struct Lexicon {
    languages: Vec<Arc<Language>>,
    /// The most common words of each, with the places of the languages that have them.
    common: HashMap<Box<str>, Vec<usize>>,
    /// For each byte the lengths of those that begin with it, a bit each, by which most words are told to be none.
    lengths: Vec<u64>,
}

/// What the words are made of by which a language is told.
static LETTERS: Alphabet = Alphabet::new(false, char::is_alphabetic);

/// The bit of a word's length; the longest words share one.
fn length(word: &str) -> u64 {
    1 << word.len().min(u64::BITS as usize - 1)
}

/// How much of a text tells its language, in characters.
const TELLING: usize = 20_000;

const FILES: [(&str, &str); 4] = [
    ("nl.toml", include_str!("languages/nl.toml")),
    ("en.toml", include_str!("languages/en.toml")),
    ("de.toml", include_str!("languages/de.toml")),
    ("fr.toml", include_str!("languages/fr.toml")),
];

impl Lexicon {
    /// The languages that come with the package.
    ///
    /// # Errors
    /// [`Error::Lexicon`], which the tests exclude.
    pub fn standard() -> Result<Arc<Lexicon>> {
        static STANDARD: LazyLock<Result<Arc<Lexicon>>> = LazyLock::new(|| {
            let languages = FILES.iter().map(|(name, text)| Ok(Arc::new(Language::parse(text, name)?)));
            Ok(Arc::new(Lexicon::of(languages.collect::<Result<_>>()?)))
        });
        STANDARD.clone()
    }

    /// The standard languages with users' files laid over them, each a name and a text; a file of a language
    /// that is none of theirs becomes a further one.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line of the first entry that is wrong, [`Error::Limit`] for too many entries.
    pub fn with(files: &[(String, String)]) -> Result<Arc<Lexicon>> {
        let mut languages = Lexicon::standard()?.languages.clone();
        let mut texts: Vec<String> = FILES.iter().map(|(_, text)| (*text).to_owned()).collect();
        for (name, text) in files {
            let wrong = check(text, name)?.into_iter().find_map(|entry| Some((entry.line, entry.problem?)));
            if let Some((line, problem)) = wrong {
                return Err(Error::Lexicon { file: name.clone(), line, problem });
            }
            let code = LanguageFile::parse(text, name)?.language;
            match languages.iter().position(|language| language.code == code) {
                Some(at) => {
                    texts[at] = lay_over(&texts[at], text, name)?;
                    languages[at] = Arc::new(Language::parse(&texts[at], "lexicon")?);
                }
                None => {
                    texts.push(text.clone());
                    languages.push(Arc::new(Language::parse(text, name)?));
                }
            }
        }
        Ok(Arc::new(Lexicon::of(languages)))
    }

    fn of(languages: Vec<Arc<Language>>) -> Lexicon {
        let mut common: HashMap<Box<str>, Vec<usize>> = HashMap::default();
        for (at, language) in languages.iter().enumerate() {
            for word in plain(&language.file.common) {
                let places = common.entry(word.into()).or_default();
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        let mut lengths = vec![0; 256];
        for word in common.keys() {
            lengths[usize::from(word.as_bytes().first().copied().unwrap_or_default())] |= length(word);
        }
        Lexicon { languages, common, lengths }
    }

    /// The languages, in the order of preference where a text fits two equally well.
    pub fn languages(&self) -> &[Arc<Language>] {
        &self.languages
    }

    /// The language of that code.
    ///
    /// # Errors
    /// [`Error::Choice`] where it is none of the known ones.
    pub fn language(&self, code: &str) -> Result<Arc<Language>> {
        Choice::new("language", self.languages.iter().map(|l| (l.code.as_str(), l.clone()))).pick(code)
    }

    /// The language with most common words in the text's first 20,000 characters, and their share.
    pub fn detect(&self, text: &str) -> (Arc<Language>, f64) {
        let text = beginning(text, TELLING);
        let mut hits = vec![0usize; self.languages.len()];
        let mut words = 0usize;
        let mut room = String::new();
        for word in LETTERS.runs(text).map(|span| span.slice(text)) {
            words += 1;
            let first = word.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
            if self.lengths[usize::from(first)] & length(word) == 0 && word.is_ascii() {
                continue;
            }
            if let Some(places) = self.common.get(lower_case(word, &mut room)) {
                places.iter().for_each(|at| hits[*at] += 1);
            }
        }
        let counted = self.languages.iter().zip(hits);
        let best = counted.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or_else(
            || (Arc::new(Language::default()), 0.0),
            |(language, hits)| (language.clone(), hits as f64 / words.max(1) as f64),
        )
    }

    /// The code of a state by any of its names, in any language.
    pub fn state(&self, name: &str) -> Option<Actor> {
        let lower = name.to_lowercase();
        let states = self.languages.iter().flat_map(|language| &language.file.states);
        let mut named = states.filter(|(_, names)| plain(names).any(|known| known == lower));
        named.next().map(|(code, _)| Actor::new(code))
    }
}
