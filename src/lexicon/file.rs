//! The layout of a language file, as an analyst writes it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::error::{Error, Result};
use crate::span::line_of;

/// A list of words or phrases, each with its place in the file.
pub type Words = Vec<Spanned<String>>;
/// Lists of words or phrases by key.
pub type Table = BTreeMap<String, Words>;

/// One language file. Every list holds lower-case words or phrases; `word*` stands for every word
/// that begins so, `this|that idea` for both. Lists left out are empty, so that a user's file can hold a few additions only.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LanguageFile {
    /// ISO 639-1 code.
    pub language: String,
    /// Changes with every change of the file.
    pub version: String,
    /// In a user's file: entries of the standard one that are left out, from whatever list.
    pub drop: Words,
    /// The state whose government writes reports in this language, unless one of `reporting` says that it is its own.
    pub reporting_state: Option<String>,
    /// State code → words that only its government uses of itself: "written ministerial statement".
    pub reporting: Table,
    /// Words behind the name of the state that a report is of: "was represented by".
    pub represented: Words,
    /// True where a subject may follow its verb and a final verb its object, as in Dutch and German.
    pub verb_final: bool,
    /// True where what the Presidency does without taking a side is procedure and no position.
    pub chair_is_procedure: bool,
    /// Words that join the next one with an apostrophe, as French "l" and "qu"; each is a word of its own.
    pub elisions: Words,
    /// The commonest words, to tell the language of a text.
    pub common: Words,
    /// Misread characters and what they stand for.
    pub ocr: Vec<(String, String)>,
    /// Abbreviations that end in a full stop inside a sentence.
    pub abbreviations: Words,
    /// State code → names.
    pub states: Table,
    /// State code → adjectives and words for the people.
    pub demonyms: Table,
    /// Words after a demonym that make it the holder: minister, delegation.
    pub envoys: Words,
    /// State codes joined by a space → names of the bloc.
    pub blocs: Table,
    /// Places and bodies whose name contains a state's or an institution's.
    pub not_actors: Words,
    /// Institution code → names.
    pub institutions: Table,
    /// Size class → size words.
    pub quantifiers: Table,
    /// Size class → adjectives of support or criticism that say how many: "broad".
    pub breadths: Table,
    /// Size class → adverbs that say how many: "unanimously", "widely".
    pub spreads: Table,
    /// Words before a number that is not exact: "around".
    pub about: Words,
    /// Words before the office that a state speaks in: "in its role of" Presidency.
    pub capacities: Words,
    /// Words for nobody at all.
    pub nobody: Words,
    /// Words for being: before a form that is a passive then.
    pub passives: Words,
    /// Words for numbers → the number.
    pub numbers: BTreeMap<String, u16>,
    /// Size words before the number of those who are not in the group: "all but".
    pub all_but: Words,
    /// Parts of all members → numerator and denominator: "two thirds".
    pub fractions: BTreeMap<String, (u16, u16)>,
    /// Nouns that a size word counts.
    pub heads: Words,
    /// Those of them that name a group without a size word.
    pub bare_heads: Words,
    /// Words after a demonym with which "from the Danish side" names the holder.
    pub sides: Words,
    /// Adjectives that may stand between a size word and its noun.
    pub fillers: Words,
    /// Words for "other".
    pub others: Words,
    /// Determiners; `definite` and `indefinite`, `demonstrative`, `own`.
    pub determiners: Table,
    /// `plural`, `singular`, `first_person`, `subset` ("of them").
    pub pronouns: Table,
    /// `include`, `joint`, `joined`, `exclude`, `opposed`, `behalf`.
    pub membership: Table,
    /// `and`, `but`; `both`, `both_and` ("both A and B").
    pub coordinators: Table,
    /// `reason`, `contrast`, `condition`, `manner`, `purpose`, `relative`, `that`; `through` ("in which"); `only` and `if` ("can only agree if").
    pub subordinators: Table,
    /// Prepositions: `agent` (by), `source` (according to), `source_after` ("wat X betreft"), `of`, `as`, `other`; `addressee` (to), `particle` (off).
    pub prepositions: Table,
    /// Negations.
    pub negations: Words,
    /// Phrases with a negation that deny nothing: "not only".
    pub false_negations: Words,
    /// Words that take away or keep: `remove`, `keep`; `graded` before one that takes away says how much ("smaller cut").
    pub operators: Table,
    /// Nouns whose lessening is a proposition of its own.
    pub ills: Words,
    /// `positive`, `negative`, `necessity`, `possibility`.
    pub evaluations: Table,
    /// Objects of a request that make it a question: clarification, consequences.
    pub inquiries: Words,
    /// Phrases that point back: `this` to a thing, `view` to what was said, `with_this` to either, `plea` a noun that
    /// somebody owns, `idea` one that stands for what was said, `idle` a word that names no thing, `text` what is voted
    /// on, `generic` one of which the agenda item tells which, `measure` one that stands for a number, `first` and
    /// `second` to one of two.
    pub pointers: Table,
    /// Preposition → the words that join it with a pointer: "hiertegen".
    pub compounds: Table,
    /// Markers: `past`, `change`, `future`, `instead`, `strong`, `weak`, `plain`, and `for` and `against`, which alone take a side.
    pub markers: Table,
    /// Words of the debate itself, and of procedure and courtesy: `debate`, `courtesy`, `decision`, `silence`,
    /// `procedure`, `parliament`, `mandate`, and `vote`, which is on the text.
    pub narrative: Table,
    /// Words that say nothing of the thing a proposition is about: auxiliaries, "also".
    pub light: Words,
    /// Units of time and measure, which name no thing by themselves: "years", "percent".
    pub units: Words,
    /// Openings of a proposition that are no part of it.
    pub openings: Words,
    /// Verb → its finite and other forms; `a..b` is a form in two parts with words between, `~a` one
    /// that is never the verb of a clause.
    pub verbs: BTreeMap<String, Spanned<String>>,
    /// The first person as a subject, in the singular: "I".
    pub first_person_subjects: Words,
    /// Verb forms of the first person where they are no stem of a form in `verbs`: "ga" → "gaat".
    pub first_person_verbs: BTreeMap<String, String>,
    /// Class of cue → cues: `word + words > prepositions of its object`.
    pub cues: Table,
    /// Head of a report: `months`, `weekdays`, `bodies`, `title`, `presidency`, `incoming`, `informal`, `place`, `end`;
    /// `miscellany` are titles that tell of no matter ("any other business"); `aside` begins
    /// headings of what reports no positions, `summary` is one of what is told again (`main results*` begins one);
    /// `agenda`, `consultation`, `debate` and `other_kinds` begin titles of what is no report, `letter` a letter.
    pub head: Table,
}

impl LanguageFile {
    /// Reads a language file; `name` stands in errors.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line, where the text is no TOML or has a table that is none of the known ones.
    pub fn parse(text: &str, name: &str) -> Result<LanguageFile> {
        toml::from_str(text).map_err(|error| Error::Lexicon {
            file: name.to_owned(),
            line: error.span().map_or(0, |span| line_of(text, span.start)),
            problem: error.message().to_owned(),
        })
    }
}

/// The words or phrases that an entry stands for: `this|that idea|plan` for each of four.
pub fn each(entry: &str) -> Vec<String> {
    // Almost every entry stands for itself.
    if !entry.contains('|') && !entry.starts_with(' ') {
        return vec![entry.to_owned()];
    }
    entry.split(' ').fold(vec![String::new()], |begun, word| {
        let join = |begin: &String, word: &str| format!("{begin}{}{word}", if begin.is_empty() { "" } else { " " });
        begun.iter().flat_map(|begin| word.split('|').map(move |word| join(begin, word))).collect()
    })
}

/// How many phrases an entry stands for.
pub fn combinations(entry: &str) -> usize {
    entry.split(' ').map(|word| word.split('|').count()).fold(1, usize::saturating_mul)
}

/// The entries of one list, as plain strings.
pub fn plain(words: &Words) -> impl Iterator<Item = &str> {
    words.iter().map(|word| word.get_ref().as_str())
}
