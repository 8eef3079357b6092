//! Everything read: meetings, statements, and what could not be read.

use arcstr::ArcStr;

use super::{Meeting, Statement, Unread};
use crate::error::Error;

/// One report and its untouched text.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The file's stem, or the name that the caller gave.
    pub name: String,
    /// The meetings it reports on, by id.
    pub meetings: Vec<String>,
    /// The text that offsets refer to, without a byte order mark.
    pub text: ArcStr,
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
    /// A corpus of one source that could not be read.
    pub fn unreadable(path: &str, error: &Error) -> Corpus {
        let unreadable = Unreadable { path: path.to_owned(), error: error.to_string() };
        Corpus { errors: vec![unreadable], ..Corpus::default() }
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> u64 {
        /// What an allocation takes beside its bytes, about.
        const ALLOCATION: usize = 24;
        // What others share with it is not its own: quotes are parts of the reports' texts.
        let of = |text: &ArcStr| text.len() + ALLOCATION;
        let statement = |s: &Statement| {
            let group = s.holder.group().and_then(|group| group.id.as_ref());
            size_of::<Statement>() + of(&s.proposition) + s.id.given().into_iter().chain(group).map(of).sum::<usize>()
        };
        let unread = |u: &Unread| size_of::<Unread>() + of(&u.reason);
        let texts = self.reports.iter().map(|report| size_of::<Report>() + report.text.len());
        let meetings = self.meetings.len() * size_of::<Meeting>();
        let rest = self.statements.iter().map(statement).chain(self.unread.iter().map(unread));
        (texts.chain(rest).sum::<usize>() + meetings) as u64
    }

    /// The meeting of that id.
    pub fn meeting(&self, id: &str) -> Option<&Meeting> {
        self.meetings.iter().find(|m| m.id == id)
    }

    /// The report of that name.
    pub fn report(&self, name: &str) -> Option<&Report> {
        self.reports.iter().find(|r| r.name == name)
    }
}
