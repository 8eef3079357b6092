//! What a reader of a table should know but that is no error, each with how often it happened.

use std::collections::BTreeMap;

/// Sentences with their counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes(BTreeMap<String, usize>);

impl Notes {
    /// Counts one more of this.
    pub fn count(&mut self, sentence: String) {
        *self.0.entry(sentence).or_default() += 1;
    }

    /// One sentence each, with its number of rows, sorted.
    pub fn sentences(&self, table: &str) -> Vec<String> {
        let rows = |n: &usize| if *n == 1 { "1 row".to_owned() } else { format!("{n} rows") };
        self.0.iter().map(|(sentence, n)| format!("{table}: {sentence} ({})", rows(n))).collect()
    }
}
