//! Topics and issues of different sentences, speakers and meetings joined.
//!
//! Phrases are stemmed and compared by soft TF-IDF with Jaro–Winkler between words.

mod cluster;
mod issue;
mod similarity;
mod topic;
mod words;

pub use issue::{LinkOptions, assign_issues};
pub use topic::topics;
pub use words::Language;
