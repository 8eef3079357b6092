//! The languages a reader knows: those of the package, with what users' files add.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock, OnceLock};

use super::check::check;
use super::file::{LanguageFile, plain};
use super::language::Language;
use super::overlay::lay_over;
use super::word_map::WordMap;
use crate::error::{Choice, Error, Result};
use crate::model::Actor;
use crate::span::{Alphabet, beginning};

/// The languages a reader knows.
#[derive(Debug, Clone)]
pub struct Lexicon {
    known: Vec<Arc<Known>>,
    /// The most common words of each, with the places of the languages that have them.
    common: WordMap<Vec<usize>>,
}

/// A language that is made ready when it is first asked for.
#[derive(Debug)]
struct Known {
    code: String,
    version: String,
    common: Vec<String>,
    /// Its file, and what it is called in errors.
    text: Cow<'static, str>,
    name: String,
    language: OnceLock<Result<Arc<Language>>>,
}

impl Known {
    /// One of which `head` is the beginning of the file, or all of it.
    fn new(text: Cow<'static, str>, name: &str, head: &LanguageFile) -> Known {
        Known {
            code: head.language.clone(),
            version: head.version.clone(),
            common: plain(&head.common).map(str::to_owned).collect(),
            text,
            name: name.to_owned(),
            language: OnceLock::new(),
        }
    }

    /// One whose file begins with what tells it, up to its common words.
    fn standard(text: &'static str, name: &str) -> Result<Known> {
        let common = text.find("\ncommon = ").map_or(0, |at| at + 1);
        let end = text[common..].find('\n').map_or(text.len(), |end| common + end);
        Ok(Known::new(text.into(), name, &LanguageFile::parse(&text[..end], name)?))
    }

    /// One that is made ready at once.
    fn made(text: String, name: &str) -> Result<Known> {
        let language = Arc::new(Language::parse(&text, name)?);
        let known = Known::new(text.into(), name, &language.file);
        Ok(Known { language: OnceLock::from(Ok(language)), ..known })
    }

    fn language(&self) -> Result<Arc<Language>> {
        self.language.get_or_init(|| Language::parse(&self.text, &self.name).map(Arc::new)).clone()
    }
}

/// What the words are made of by which a language is told.
static LETTERS: Alphabet = Alphabet::new(false, char::is_alphabetic);

/// How much of a text tells its language, in characters.
const TELLING: usize = 20_000;

const FILES: [(&str, &str); 4] = [
    ("nl.toml", include_str!("languages/nl.toml")),
    ("en.toml", include_str!("languages/en.toml")),
    ("de.toml", include_str!("languages/de.toml")),
    ("fr.toml", include_str!("languages/fr.toml")),
];

impl Lexicon {
    /// The languages that come with the package; each is made ready when it is first asked for.
    ///
    /// # Errors
    /// [`Error::Lexicon`], which the tests exclude.
    pub fn standard() -> Result<Arc<Lexicon>> {
        static STANDARD: LazyLock<Result<Arc<Lexicon>>> = LazyLock::new(|| {
            let known = FILES.iter().map(|(name, text)| Ok(Arc::new(Known::standard(text, name)?)));
            Ok(Arc::new(Lexicon::of(known.collect::<Result<_>>()?)))
        });
        STANDARD.clone()
    }

    /// The standard languages with users' files laid over them, each a name and a text; a file of a language
    /// that is none of theirs becomes a further one.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line of the first entry that is wrong, [`Error::Limit`] for too many entries.
    pub fn with(files: &[(String, String)]) -> Result<Arc<Lexicon>> {
        let mut known = Lexicon::standard()?.known.clone();
        for (name, text) in files {
            let wrong = check(text, name)?.into_iter().find_map(|entry| Some((entry.line, entry.problem?)));
            if let Some((line, problem)) = wrong {
                return Err(Error::Lexicon { file: name.clone(), line, problem });
            }
            let code = LanguageFile::parse(text, name)?.language;
            match known.iter_mut().find(|known| known.code == code) {
                Some(own) => *own = Arc::new(Known::made(lay_over(&own.text, text, name)?, "lexicon")?),
                None => known.push(Arc::new(Known::made(text.clone(), name)?)),
            }
        }
        Ok(Arc::new(Lexicon::of(known)))
    }

    fn of(known: Vec<Arc<Known>>) -> Lexicon {
        let mut common: WordMap<Vec<usize>> = WordMap::default();
        for (at, known) in known.iter().enumerate() {
            for word in &known.common {
                let places = common.or_insert(word, Vec::new());
                if places.last() != Some(&at) {
                    places.push(at);
                }
            }
        }
        Lexicon { known, common }
    }

    /// The code and version of each, in the order of preference where a text fits two equally well.
    pub fn versions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.known.iter().map(|known| (known.code.as_str(), known.version.as_str()))
    }

    /// The language of that code.
    ///
    /// # Errors
    /// [`Error::Choice`] where it is none of the known ones.
    pub fn language(&self, code: &str) -> Result<Arc<Language>> {
        Choice::new("language", self.known.iter().map(|known| (known.code.as_str(), known))).pick(code)?.language()
    }

    /// The code of the language with most common words in the text's first 20,000 characters, and their share.
    pub fn detect(&self, text: &str) -> (&str, f64) {
        let text = beginning(text, TELLING);
        let mut hits = vec![0usize; self.known.len()];
        let mut words = 0usize;
        for word in LETTERS.runs(text) {
            words += 1;
            if let Some(places) = self.common.get_at(text, word) {
                places.iter().for_each(|at| hits[*at] += 1);
            }
        }
        let counted = self.known.iter().zip(hits);
        let best = counted.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.map_or(("", 0.0), |(known, hits)| (known.code.as_str(), hits as f64 / words.max(1) as f64))
    }

    /// The code of a state by any of its names, in any language.
    pub fn state(&self, name: &str) -> Option<Actor> {
        let lower = name.to_lowercase();
        self.known.iter().filter_map(|known| known.language().ok()).find_map(|language| {
            let mut states = language.file.states.iter();
            let named = states.find(|(_, names)| plain(names).any(|known| known == lower));
            named.map(|(code, _)| Actor::new(code))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_file_tells_what_all_of_it_does() {
        for known in &Lexicon::standard().unwrap().known {
            let all = Known::made(known.text.to_string(), &known.name).unwrap();
            let told = (&known.code, &known.version, &known.common);
            assert_eq!(told, (&all.code, &all.version, &all.common));
            assert!(known.common.len() > 10 && known.language().unwrap().code == known.code, "{}", known.name);
        }
    }
}
