//! CSV files as people save them: commas, semicolons or tabs, with or without Excel's `sep=` line.

use arrow_array::StringArray;
use arrow_array::builder::StringBuilder;
use csv::{ByteRecord, ReaderBuilder};

use super::Grid;
use crate::error::{Error, Result};
use crate::span::line_of;

impl Grid {
    /// The grid of a CSV file. Nothing but an empty cell is missing: `NA` and `NO` are text.
    ///
    /// # Errors
    /// [`Error::Decode`] where the bytes are no UTF-8, [`Error::Format`] for a row of another
    /// length than the header, an unclosed quote or an empty file, and those of [`Grid::new`].
    pub fn from_csv(name: &str, bytes: &[u8]) -> Result<Grid> {
        let text = decode(name, bytes)?;
        let (separator, skipped) = separator(text);
        let body = text.get(skipped..).unwrap_or_default();
        let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(body.as_bytes());
        let problem = |problem: String| Error::Format { file: name.to_owned(), problem };
        let headers = reader.byte_headers().map_err(|e| problem(e.to_string()))?.clone();
        if headers.is_empty() {
            return Err(problem("expected a CSV table with a header, got an empty file".to_owned()));
        }
        let mut columns: Vec<StringBuilder> = headers.iter().map(|_| StringBuilder::new()).collect();
        let mut record = ByteRecord::new();
        let mut rows = 0;
        loop {
            let start = skipped + byte(&reader);
            if !reader.read_byte_record(&mut record).map_err(|e| problem(e.to_string()))? {
                break;
            }
            let end = skipped + byte(&reader);
            check(text, start, end, &record, headers.len()).map_err(problem)?;
            rows += 1;
            for (column, cell) in columns.iter_mut().zip(&record) {
                let cell = without_guard(std::str::from_utf8(cell).unwrap_or_default());
                column.append_option((!cell.is_empty()).then_some(cell));
            }
        }
        let names = headers.iter().map(|h| String::from_utf8_lossy(h).trim().to_owned());
        let columns: Vec<(String, StringArray)> = names.zip(columns.into_iter().map(|mut c| c.finish())).collect();
        Grid::new(name, columns, rows)
    }
}

/// Spreadsheet-safe CSV puts `'` before text that would run as a formula.
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => cell,
    }
}

fn byte(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let good = std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default();
        Error::Decode {
            file: name.to_owned(),
            offset: error.valid_up_to(),
            line: line_of(good, good.len()),
            expected: "UTF-8",
            hint: "save the table as CSV in UTF-8",
        }
    })
}

/// The separator, and how many bytes an Excel `sep=` line takes before the header.
fn separator(text: &str) -> (u8, usize) {
    let line = text.split_inclusive('\n').next().unwrap_or_default();
    if let Some([separator]) = line.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        return (*separator, line.len());
    }
    let count = |separator| line.matches(separator).count();
    let most = [(count(','), b','), (count(';'), b';'), (count('\t'), b'\t')];
    let best = most.into_iter().fold((0, b','), |best, next| if next.0 > best.0 { next } else { best });
    (best.1, 0)
}

/// A row has as many fields as the header, and every quote in it is closed.
fn check(text: &str, start: usize, end: usize, record: &ByteRecord, expected: usize) -> Result<(), String> {
    let raw = text.get(start..end).unwrap_or_default();
    if raw.matches('"').count() % 2 == 1 {
        let last = record.iter().next_back().unwrap_or_default();
        let newlines = last.iter().filter(|b| **b == b'\n').count();
        return Err(format!("line {}: a quote opens here and is never closed", line_of(text, end) - newlines));
    }
    if record.len() != expected {
        // Blank lines before a record belong to its raw text.
        let blank = raw.len() - raw.trim_start_matches(['\n', '\r']).len();
        let line = line_of(text, start + blank);
        return Err(format!("line {line}: {} fields where the header has {expected}", record.len()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Grid::from_csv("t.csv", text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn separators_are_found() {
        for text in ["a,b\n1,2\n", "a;b\n1;2\n", "a\tb\r\n1\t2\r\n", "sep=;\na;b\n1;2\n", "\u{feff}a,b\n1,2"] {
            let grid = Grid::from_csv("t.csv", text.as_bytes()).unwrap();
            assert_eq!((grid.rows(), grid.row(0).get("a"), grid.row(0).get("b")), (1, Some("1"), Some("2")), "{text}");
        }
    }

    #[test]
    fn only_an_empty_cell_is_missing() {
        let grid = Grid::from_csv("t.csv", b"a,b\nNA,\n").unwrap();
        assert_eq!((grid.row(0).get("a"), grid.row(0).get("b")), (Some("NA"), None));
        let grid = Grid::from_csv("t.csv", b"a,b\n'=1+1,'s Lands\n").unwrap();
        assert_eq!((grid.row(0).get("a"), grid.row(0).get("b")), (Some("=1+1"), Some("'s Lands")));
    }

    #[test]
    fn broken_tables_name_the_line() {
        assert_eq!(problem("a,b\n1,2\n\n1,2,3\n"), "t.csv: line 4: 3 fields where the header has 2");
        assert_eq!(problem("a,b\n1,2\n1,\"x\n3,4\n5,6\n"), "t.csv: line 3: a quote opens here and is never closed");
        assert_eq!(problem(""), "t.csv: expected a CSV table with a header, got an empty file");
        assert_eq!(problem("a,a\n1,2\n"), "t.csv: column 'a' stands more than once");
        let error = Grid::from_csv("t.csv", b"a,b\n1,\xff\n").unwrap_err().to_string();
        assert_eq!(error, "t.csv: line 2, byte 6: not valid UTF-8; save the table as CSV in UTF-8");
    }
}
