//! A language ready for reading, made from its file.

use std::collections::BTreeMap;

use super::cue::{Class, Cue, CueIndex};
use super::file::{LanguageFile, Words, each, plain};
use super::lists::traits;
use super::phrase::{Membership, Phrases, Pronoun, Tag};
use super::vocabulary::{Trait, Vocabulary, WordId};
use super::word_map::WordMap;
use crate::error::{Choice, Error, Result};
use crate::model::{Actor, Institution, Quantifier};
use crate::span::line_of;

/// One language, ready for reading.
#[derive(Debug, Clone, Default)]
pub struct Language {
    /// ISO 639-1 code.
    pub code: String,
    /// The file it was made from, with what a user's file added.
    pub file: LanguageFile,
    /// Its words.
    pub vocabulary: Vocabulary,
    /// Its phrases.
    pub phrases: Phrases,
    /// Its cues.
    pub cues: CueIndex,
    /// Its abbreviations.
    abbreviations: WordMap<()>,
    /// The words that the codes of states stand for: "NL".
    codes: BTreeMap<String, WordId>,
}

/// Codes that reports write for those of ISO 3166.
const ALIASES: [(&str, &str); 2] = [("UK", "GB"), ("EL", "GR")];

const MEMBERSHIPS: [(&str, Membership); 8] = [
    ("include_after", Membership::IncludeAfter),
    ("exclude_after", Membership::ExcludeAfter),
    ("include", Membership::Include),
    ("joint", Membership::Joint),
    ("joined", Membership::Joined),
    ("exclude", Membership::Exclude),
    ("opposed", Membership::Opposed),
    ("behalf", Membership::Behalf),
];
const PRONOUNS: [(&str, Pronoun); 8] = [
    ("either", Pronoun::Either),
    ("plural", Pronoun::Plural),
    ("singular", Pronoun::Singular),
    ("first_person", Pronoun::FirstPerson),
    ("subset", Pronoun::Subset),
    ("pair", Pronoun::Pair),
    ("former", Pronoun::Former),
    ("latter", Pronoun::Latter),
];

impl Language {
    /// Makes a language from the text of its file; `name` stands in errors.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line of the first entry that does not hold together.
    pub fn parse(text: &str, name: &str) -> Result<Language> {
        let file = LanguageFile::parse(text, name)?;
        let at = |start: usize, problem: String| Error::Lexicon {
            file: name.to_owned(),
            line: line_of(text, start),
            problem,
        };
        let mut vocabulary = Vocabulary::default();
        let mut phrases = Phrases::default();
        for (one, words) in traits(&file) {
            for word in words.into_iter().flat_map(plain).flat_map(each) {
                if word.contains(' ') {
                    phrases.add(&mut vocabulary, &word, Tag::Trait(one));
                } else {
                    vocabulary.mark(&word, one);
                }
            }
        }
        add_names(&file, &mut vocabulary, &mut phrases);
        let codes = codes(&file, &mut vocabulary, &mut phrases);
        for (table, kind) in [
            (&file.quantifiers, "size class"),
            (&file.breadths, "breadth"),
            (&file.spreads, "spread"),
            (&file.membership, "membership"),
            (&file.pronouns, "pronoun"),
        ] {
            for (key, words) in table {
                let tag = group_tag(kind, key)
                    .map_err(|error| at(words.first().map_or(0, |word| word.span().start), error.to_string()))?;
                for word in plain(words).flat_map(each) {
                    phrases.add(&mut vocabulary, &word, tag.clone());
                }
            }
        }
        let cues = cues(&file, &mut vocabulary, &at)?;
        let mut abbreviations = WordMap::default();
        for word in plain(&file.abbreviations) {
            abbreviations.or_insert(word, ());
        }
        let code = file.language.clone();
        Ok(Language { code, file, vocabulary: vocabulary.with_stems(), phrases, cues, abbreviations, codes })
    }

    /// The word that the code of a state stands for.
    pub fn code(&self, word: &str) -> Option<WordId> {
        self.codes.get(word).copied()
    }

    /// The forms of a verb, those that its separable ones have elsewhere in a clause among them.
    pub fn forms(&self, verb: &str) -> Option<String> {
        self.file.verbs.get(verb).map(|forms| separable(forms.get_ref(), &self.file))
    }

    /// A word, and the words that join it with a pointer.
    pub fn with_compounds(&self, word: &str) -> Vec<String> {
        let compounds = self.file.compounds.get(word).into_iter().flat_map(plain);
        std::iter::once(word).chain(compounds).map(str::to_owned).collect()
    }

    /// True where a full stop after `word`, in any case, does not end a sentence.
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.get(word).is_some()
    }

    /// The words of a list of the report's head, e.g. `months`.
    pub fn head_words(&self, key: &str) -> impl Iterator<Item = &str> {
        self.file.head.get(key).into_iter().flat_map(plain)
    }
}

/// A word for each code of a state, which no text has: lower-case "de" is another word than "DE".
fn codes(file: &LanguageFile, vocabulary: &mut Vocabulary, phrases: &mut Phrases) -> BTreeMap<String, WordId> {
    let known = file.states.keys().map(|code| (code.as_str(), code.as_str()));
    let aliases = ALIASES.into_iter().filter(|(_, code)| file.states.contains_key(*code));
    let mut add = |(written, code): (&str, &str)| {
        let word = format!("[{code}]");
        phrases.add(vocabulary, &word, Tag::State(Actor::new(code)));
        (written.to_owned(), vocabulary.add(&word))
    };
    known.chain(aliases).map(&mut add).collect()
}

fn add_names(file: &LanguageFile, vocabulary: &mut Vocabulary, phrases: &mut Phrases) {
    let mut add = |words: &Words, tag: Tag| {
        for word in plain(words).flat_map(each) {
            phrases.add(vocabulary, &word, tag.clone());
        }
    };
    for (code, names) in &file.states {
        add(names, Tag::State(Actor::new(code)));
    }
    for (code, names) in &file.demonyms {
        add(names, Tag::Demonym(Actor::new(code)));
    }
    for (codes, names) in &file.blocs {
        add(names, Tag::Bloc(codes.split_whitespace().map(Actor::new).collect()));
    }
    for institution in Institution::ALL {
        if let Some(names) = file.institutions.get(institution.as_str()) {
            add(names, Tag::Institution(institution));
        }
    }
    add(&file.not_actors, Tag::NotActor);
    add(&file.all_but, Tag::AllBut);
    add(&file.represented, Tag::Represented);
    add(&file.about, Tag::About);
    add(&file.capacities, Tag::Capacity);
    add(&file.nobody, Tag::Nobody);
    add(&file.passives, Tag::Passive);
    for (word, (part, whole)) in &file.fractions {
        phrases.add(vocabulary, word, Tag::Fraction(*part, *whole));
    }
    for (word, number) in &file.numbers {
        phrases.add(vocabulary, word, Tag::Number(*number));
    }
}

pub(super) fn group_tag(kind: &'static str, key: &str) -> Result<Tag> {
    match kind {
        "membership" => Choice::new(kind, MEMBERSHIPS).pick(key).map(Tag::Membership),
        "pronoun" => Choice::new(kind, PRONOUNS).pick(key).map(Tag::Pronoun),
        "spread" => key.parse::<Quantifier>().map(Tag::Spread),
        "breadth" => key.parse::<Quantifier>().map(Tag::Breadth),
        _ => key.parse::<Quantifier>().map(Tag::Quantifier),
    }
}

fn cues(file: &LanguageFile, vocabulary: &mut Vocabulary, at: &dyn Fn(usize, String) -> Error) -> Result<CueIndex> {
    let mut index = CueIndex::default();
    let verbs: BTreeMap<&str, String> =
        file.verbs.iter().map(|(verb, forms)| (verb.as_str(), separable(forms.get_ref(), file))).collect();
    for forms in verbs.values() {
        for form in forms.split_whitespace() {
            // "op_te_roepen" is a verb by its last part, "riep..op" by its first.
            let part = form.split("..").next().and_then(|first| first.rsplit('_').next());
            let part = part.unwrap_or(form);
            match part.strip_prefix('~') {
                Some(form) => vocabulary.mark(form, Trait::Nonfinite),
                None => vocabulary.mark(part, Trait::Verb),
            }
        }
    }
    for (class, lines) in &file.cues {
        let first = lines.first().map_or(0, |line| line.span().start);
        let class: Class = class.parse().map_err(|error: Error| at(first, error.to_string()))?;
        for line in lines {
            let text = line.get_ref();
            let word = Cue::word(text).map_err(|problem| at(line.span().start, problem))?;
            let compounds = |preposition: &str| file.compounds.get(preposition).into_iter().flat_map(plain);
            index.add(vocabulary, (class, text), verbs.get(word).map(String::as_str), &compounds);
        }
    }
    Ok(index)
}

/// The forms of a verb with those that its separable forms have where the verb ends its clause:
/// "riep..op" is "opriep" there, and with the infinitive marker "op te roepen".
fn separable(forms: &str, file: &LanguageFile) -> String {
    let markers: Vec<&str> = file.prepositions.get("infinitive").into_iter().flat_map(plain).collect();
    let mut all: Vec<String> = forms.split_whitespace().map(str::to_owned).collect();
    for (verb, particle) in forms.split_whitespace().filter_map(|form| form.split_once("..")) {
        all.push(format!("{particle}{verb}"));
        all.extend(markers.iter().flat_map(|te| [format!("{particle}_{te}_{verb}"), format!("{particle}{te}{verb}")]));
    }
    all.sort();
    all.dedup();
    all.join(" ")
}
