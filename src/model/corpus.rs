//! Everything read: meetings, statements, and what could not be read.

use std::sync::Arc;

use super::{Meeting, Statement, Unread};

/// One report and its untouched text.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The file's stem, or the name that the caller gave.
    pub name: String,
    /// The meetings it reports on, by id.
    pub meetings: Vec<String>,
    /// The text that offsets refer to, without a byte order mark.
    pub text: Arc<str>,
    /// Notes on the text that a reader of results should see: OCR noise, unknown language …
    pub warnings: Vec<String>,
}

/// A file that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The file.
    pub path: String,
    /// One sentence: what was expected, what came, where.
    pub error: String,
}

/// Everything read from reports or coded tables. Immutable: every correction makes a new one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Corpus {
    /// In order of date, then id.
    pub meetings: Vec<Meeting>,
    /// In order of name.
    pub reports: Vec<Report>,
    /// In order of meeting, then as they stand in the report.
    pub statements: Vec<Statement>,
    /// Sentences that name an actor and gave no statement.
    pub unread: Vec<Unread>,
    /// Files that could not be read.
    pub errors: Vec<Unreadable>,
}

impl Corpus {
    /// The meeting of that id.
    pub fn meeting(&self, id: &str) -> Option<&Meeting> {
        self.meetings.iter().find(|m| m.id == id)
    }

    /// The report of that name.
    pub fn report(&self, name: &str) -> Option<&Report> {
        self.reports.iter().find(|r| r.name == name)
    }
}
