//! One file for one corpus: JSON with the tables of [`crate::columns`], every cell as text.
//!
//! ```text
//! {"format": "standpunt corpus", "version": 1, "package": "0.1.0", "roster": null or names,
//!  "sizes": the size table in TOML, "origin": {option: value}, "reviews": decisions, left out where there are none,
//!  "meetings": {"columns": [..], "rows": [[..], ..]}, "reports": .., "statements": .., "unread": .., "errors": ..}
//! ```
//!
//! Reading checks every row as that of a coded table, and every quote against its text.

use std::collections::BTreeMap;

use arrow_array::{RecordBatch, StringArray};
use serde::{Deserialize, Serialize};

use super::corpus;
use crate::coded::{Grid, Stored};
use crate::error::{Error, Result};
use crate::lexicon::SizeTable;
use crate::model::{Actor, Corpus, Quantifier, Roster, Who};

const FORMAT: &str = "standpunt corpus";
const VERSION: u32 = 1;

/// A corpus with what it was read with.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What was read.
    pub corpus: Corpus,
    /// The roster, where it is not the member states of the day.
    pub roster: Option<Roster>,
    /// The size table.
    pub sizes: SizeTable,
    /// The options it was read with, as text.
    pub origin: BTreeMap<String, String>,
    /// What people decided on its statements, oldest first, each a line of JSON; already applied.
    pub reviews: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: String,
    version: u32,
    package: String,
    roster: Option<Vec<String>>,
    sizes: String,
    origin: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<String>,
    meetings: Cells,
    reports: Cells,
    statements: Cells,
    unread: Cells,
    errors: Cells,
}

#[derive(Serialize, Deserialize)]
struct Cells {
    columns: Vec<String>,
    rows: Vec<Vec<Option<String>>>,
}

impl Kept {
    /// The sizes that go with a group's size word in the standard table and in this one.
    pub fn word_sizes(&self) -> impl Fn(&Who, &Roster) -> Vec<(usize, usize)> {
        word_sizes(self.sizes.clone())
    }

    /// Package, size table and the options that the corpus was read with.
    pub fn provenance(&self) -> BTreeMap<String, String> {
        let mut provenance = self.origin.clone();
        provenance.insert("standpunt".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
        provenance.insert("sizes".to_owned(), self.sizes.version().to_owned());
        if !self.reviews.is_empty() {
            provenance.insert("reviews".to_owned(), self.reviews.len().to_string());
        }
        provenance
    }

    /// The table of statements, with sizes of this size table.
    ///
    /// # Errors
    /// None on any corpus; the type is that of every table.
    pub fn statements(&self) -> Result<RecordBatch> {
        let meetings: BTreeMap<&str, &Roster> =
            self.corpus.meetings.iter().map(|m| (m.id.as_str(), &m.roster)).collect();
        corpus::statements(&self.corpus, &|group, statement| {
            let roster = meetings.get(statement.meeting.as_str())?;
            size(group, roster, &self.sizes)
        })
    }

    /// The file's text; the same corpus gives the same bytes.
    ///
    /// # Errors
    /// None on any corpus; the type is that of every table.
    pub fn to_json(&self) -> Result<String> {
        let file = File {
            format: FORMAT.to_owned(),
            version: VERSION,
            package: env!("CARGO_PKG_VERSION").to_owned(),
            roster: self.roster.as_ref().map(|r| r.actors().iter().map(Actor::to_string).collect()),
            sizes: sizes_toml(&self.sizes),
            origin: self.origin.clone(),
            reviews: self.reviews.clone(),
            meetings: cells(&corpus::meetings(&self.corpus)?)?,
            reports: cells(&corpus::reports(&self.corpus)?)?,
            statements: cells(&self.statements()?)?,
            unread: cells(&corpus::unread(&self.corpus)?)?,
            errors: cells(&corpus::errors(&self.corpus)?)?,
        };
        serde_json::to_string(&file).map_err(|error| format_error("corpus", error.to_string()))
    }

    /// The corpus of a file's text; `name` is what errors call it.
    ///
    /// # Errors
    /// [`Error::Format`] for another format or version, and those of [`Stored::read`].
    pub fn from_json(name: &str, text: &str) -> Result<Kept> {
        let file: File = serde_json::from_str(text)
            .map_err(|error| format_error(name, format!("not a stored corpus of Standpunt: {error}")))?;
        if file.format != FORMAT || file.version != VERSION {
            let problem = format!("expected '{FORMAT}' {VERSION}, got '{}' {}", file.format, file.version);
            return Err(format_error(name, problem));
        }
        let sizes = SizeTable::from_toml(&file.sizes, name)?;
        let roster = file.roster.map(|names| Roster::new(names.iter().map(|n| Actor::new(n)))).transpose()?;
        let stored = Stored {
            meetings: grid(name, "meetings", file.meetings)?,
            reports: grid(name, "reports", file.reports)?,
            statements: grid(name, "statements", file.statements)?,
            unread: grid(name, "unread", file.unread)?,
            errors: grid(name, "errors", file.errors)?,
        };
        let corpus = stored.read(roster.as_ref(), &word_sizes(sizes.clone()))?;
        Ok(Kept { corpus, roster, sizes, origin: file.origin, reviews: file.reviews })
    }
}

/// The smallest and largest size of a group among `roster`; both count the named members. None for all of a roster that
/// is not known.
pub fn size(group: &Who, roster: &Roster, sizes: &SizeTable) -> Option<(usize, usize)> {
    let (lo, hi) = match (group.sizes, group.quantifier) {
        (Some((lo, hi)), _) => (usize::from(lo).max(group.named.len()), usize::from(hi).max(group.named.len())),
        (None, Some(Quantifier::All)) if roster.is_empty() => return None,
        (None, Some(word)) => sizes.range(word, roster.len(), group.named.len()),
        (None, None) => return None,
    };
    let room = roster.actors().iter().filter(|actor| !group.excluded.contains(actor)).count();
    Some((lo, hi.min(room.max(lo))))
}

/// The sizes that go with a group's size word in the standard table and in `table`.
pub fn word_sizes(table: SizeTable) -> impl Fn(&Who, &Roster) -> Vec<(usize, usize)> {
    move |group, roster| {
        let word = Who { sizes: None, ..group.clone() };
        [&table, &SizeTable::standard()].into_iter().filter_map(|table| size(&word, roster, table)).collect()
    }
}

fn sizes_toml(sizes: &SizeTable) -> String {
    let words = Quantifier::WORDS.into_iter().filter(|q| !matches!(q, Quantifier::All | Quantifier::NamedOnly));
    let lines = words.map(|word| {
        let (lo, hi) = sizes.range(word, sizes.members(), 0);
        format!("{word} = [{lo}, {hi}]\n")
    });
    let version = serde_json::Value::from(sizes.version());
    format!("version = {version}\nmembers = {}\n[sizes]\n{}", sizes.members(), lines.collect::<String>())
}

fn cells(batch: &RecordBatch) -> Result<Cells> {
    let grid = Grid::from_batches("corpus", &batch.schema(), std::slice::from_ref(batch))?;
    let columns: Vec<String> = grid.names().map(str::to_owned).collect();
    let row = |at| columns.iter().map(|column| grid.row(at).exact(column).map(str::to_owned)).collect();
    Ok(Cells { rows: (0..grid.rows()).map(row).collect(), columns })
}

fn grid(file: &str, table: &str, cells: Cells) -> Result<Grid> {
    let width = cells.columns.len();
    if let Some(at) = cells.rows.iter().position(|row| row.len() != width) {
        let problem = format!("{table}: row {}: expected {width} cells", at + 1);
        return Err(format_error(file, problem));
    }
    let column = |at: usize| -> StringArray { cells.rows.iter().map(|row| row.get(at).cloned().flatten()).collect() };
    let columns = cells.columns.iter().enumerate().map(|(at, name)| (name.clone(), column(at))).collect();
    Grid::new(&format!("{file}: {table}"), columns, cells.rows.len())
}

fn format_error(file: &str, problem: String) -> Error {
    Error::Format { file: file.to_owned(), problem }
}
