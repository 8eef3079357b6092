//! The languages a reader knows: those of the package, with what users' files add.

use std::sync::{Arc, LazyLock};

use super::check::check;
use super::file::{LanguageFile, plain};
use super::language::Language;
use super::overlay::lay_over;
use crate::error::{Choice, Error, Result};
use crate::model::Actor;

/// The languages a reader knows.
#[derive(Debug, Clone)]
pub struct Lexicon {
    languages: Vec<Arc<Language>>,
}

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
            Ok(Arc::new(Lexicon { languages: languages.collect::<Result<_>>()? }))
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
        Ok(Arc::new(Lexicon { languages }))
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
        let start: String = text.chars().take(20_000).flat_map(char::to_lowercase).collect();
        let words: Vec<&str> = start.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let share = |language: &Language| {
            words.iter().filter(|word| language.is_common(word)).count() as f64 / words.len().max(1) as f64
        };
        let shares = self.languages.iter().map(|language| (language.clone(), share(language)));
        let best = shares.reduce(|best, next| if next.1 > best.1 { next } else { best });
        best.unwrap_or_else(|| (Arc::new(Language::default()), 0.0))
    }

    /// The code of a state by any of its names, in any language.
    pub fn state(&self, name: &str) -> Option<Actor> {
        let lower = name.to_lowercase();
        let states = self.languages.iter().flat_map(|language| &language.file.states);
        let mut named = states.filter(|(_, names)| plain(names).any(|known| known == lower));
        named.next().map(|(code, _)| Actor::new(code))
    }
}
