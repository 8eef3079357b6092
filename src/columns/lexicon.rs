//! The entries of a language file.

use arrow_array::RecordBatch;

use super::Table;
use crate::error::Result;
use crate::lexicon::Entry;

/// One row an entry: `line, list, entry, problem, matches`; `problem` is null where nothing is wrong,
/// `matches` where `counts` is `None` because something is.
///
/// # Errors
/// None on any rows; the type is that of every table.
pub fn lexicon(entries: &[Entry], counts: Option<&[usize]>) -> Result<RecordBatch> {
    let matches = |at: usize| counts.and_then(|counts| counts.get(at)).copied();
    Table::new()
        .count("line", entries.iter().map(|e| Some(e.line)))
        .text("list", entries.iter().map(|e| &e.list))
        .text("entry", entries.iter().map(|e| &e.text))
        .maybe_text("problem", entries.iter().map(|e| e.problem.as_ref()))
        .count("matches", (0..entries.len()).map(matches))
        .finish("lexicon")
}
