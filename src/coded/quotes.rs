//! Quotes and their places, checked against the texts they stand in.

use std::collections::BTreeMap;

use super::Row;
use crate::error::Result;
use crate::model::{ArcStr, Quote, Report};
use crate::span::{CodePoints, Span};

/// The texts that the quotes of a table stand in, by report.
#[derive(Debug)]
pub struct Quotes<'c>(BTreeMap<&'c str, (&'c ArcStr, CodePoints<'c>)>);

impl<'c> Quotes<'c> {
    /// The texts of those reports; none for a table without text.
    pub fn new(reports: &'c [Report]) -> Quotes<'c> {
        Quotes(reports.iter().map(|r| (r.name.as_str(), (&r.text, CodePoints::new(&r.text)))).collect())
    }

    /// The quote of a row. Where the report's text is not at hand only the words are kept:
    /// offsets mean nothing without the text.
    ///
    /// # Errors
    /// [`crate::Error::Cell`] where the offsets lie outside the text, or other words stand there.
    pub fn quote(&self, row: Row<'_>, report: &str) -> Result<Option<Quote>> {
        let (start, end) = (row.whole("start")?, row.whole("end")?);
        let words = row.exact("quote").filter(|words| !words.is_empty());
        if let (Some(start), Some(end)) = (start, end)
            && start > end
        {
            return Err(row.error("start", format!("{start} is past end, {end}")));
        }
        let Some((text, points)) = self.0.get(report) else {
            return Ok(words.map(Quote::words));
        };
        match (start, end, words) {
            (Some(start), Some(end), words) => placed(row, (text, points), (start, end), words).map(Some),
            (None, None, Some(words)) => found(row, text, words).map(Some),
            (None, None, None) => Ok(None),
            (None, Some(_), _) => Err(row.error("start", "expected an offset beside end, got an empty cell")),
            (Some(_), None, _) => Err(row.error("end", "expected an offset beside start, got an empty cell")),
        }
    }
}

fn placed(
    row: Row<'_>,
    (text, points): (&ArcStr, &CodePoints<'_>),
    (start, end): (usize, usize),
    words: Option<&str>,
) -> Result<Quote> {
    let span = points.to_byte(start).zip(points.to_byte(end)).map(|(start, end)| Span::new(start, end));
    let there = span.map(|span| span.slice(text));
    let bytes = match words {
        Some(words) if text.get(start..end) == Some(words) => {
            "; it fits if they count bytes, but they count characters"
        }
        _ => "",
    };
    match (there, span, words) {
        (Some(there), Some(span), words) if words.is_none_or(|words| words == there) => Ok(Quote::at(text, span)),
        (Some(there), _, words) => {
            let (words, there) = (clip(words.unwrap_or_default()), clip(there));
            Err(row.error("quote", format!("'{words}' is not what stands at {start} to {end}: '{there}'{bytes}")))
        }
        (None, ..) => {
            let length = points.of_byte(text.len());
            Err(row.error("end", format!("{end} is past the end of the text, which has {length} characters{bytes}")))
        }
    }
}

fn found(row: Row<'_>, text: &ArcStr, words: &str) -> Result<Quote> {
    let mut places = text.match_indices(words).map(|(at, _)| at);
    match (places.next(), places.next()) {
        (Some(at), None) => Ok(Quote::at(text, Span::new(at, at + words.len()))),
        (Some(_), Some(_)) => {
            Err(row.error("quote", format!("'{}' stands more than once: give start and end", clip(words))))
        }
        (None, _) => Err(row.error("quote", format!("'{}' does not stand in the report", clip(words)))),
    }
}

/// The first 80 characters, on one line.
fn clip(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}
