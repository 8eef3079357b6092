//! The words of each language, the sizes of groups and the populations, as data files.

mod cue;
mod file;
mod language;
mod phrase;
mod population;
mod sizes;
mod vocabulary;

pub use cue::{Class, Cue, CueIndex};
pub use file::LanguageFile;
pub use language::{Language, Lexicon};
pub use phrase::{Found, Membership, Phrases, Pronoun, Tag};
pub use population::{Population, PopulationTables};
pub use sizes::SizeTable;
pub use vocabulary::{Trait, Traits, Vocabulary, WordId};
