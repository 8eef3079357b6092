//! The words of each language, the sizes of groups and the populations, as data files.

mod check;
mod cue;
mod file;
mod language;
mod languages;
mod lists;
mod overlay;
mod phrase;
mod population;
mod sizes;
mod vocabulary;
mod word_map;

pub use check::{Entry, check};
pub use cue::{Class, Cue, CueIndex, Form};
pub use file::{LanguageFile, Words, each};
pub use language::Language;
pub use languages::Lexicon;
pub use phrase::{Found, Membership, Phrases, Pronoun, Tag};
pub use population::{Population, PopulationTables};
pub use sizes::SizeTable;
pub use vocabulary::{Trait, Traits, Vocabulary, WordId, WordSet};
pub use word_map::lower_case;
