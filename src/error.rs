//! What can go wrong: one sentence that says what was expected, what came, and where.

use std::fmt;

/// The result of anything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something could not be done. The text form is lower case and names the place.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A word that is none of the allowed ones.
    Choice {
        /// What the word stands for: a column, an option.
        what: String,
        /// The word.
        got: String,
        /// The allowed ones.
        allowed: Vec<String>,
        /// The nearest allowed one, if one is near.
        hint: Option<String>,
    },
    /// A value in a table that does not fit its column.
    Cell {
        /// The file or the name of the frame.
        table: String,
        /// Which row.
        row: RowNumber,
        /// Column.
        column: String,
        /// What is wrong: got and expected, in words.
        problem: String,
    },
    /// A table that lacks a column, or has one twice.
    Columns {
        /// The file or the name of the frame.
        table: String,
        /// What is wrong, in words.
        problem: String,
    },
    /// A date outside what is known, or none.
    Date {
        /// What came.
        got: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Bytes that are no text in the expected encoding.
    Decode {
        /// The file.
        file: String,
        /// Byte offset, from 0.
        offset: usize,
        /// Line, from 1.
        line: usize,
        /// The encoding.
        expected: &'static str,
        /// What to try.
        hint: &'static str,
    },
    /// A file that cannot be opened.
    File {
        /// The file.
        file: String,
        /// What the system says.
        kind: std::io::ErrorKind,
    },
    /// A file that is not of the format its name or its use says.
    Format {
        /// The file.
        file: String,
        /// What is wrong, in words.
        problem: String,
    },
    /// More than what is allowed.
    Limit {
        /// What is counted.
        what: &'static str,
        /// How much there is.
        value: u64,
        /// How much may be.
        limit: u64,
    },
    /// More memory than there is, by an estimate.
    Memory {
        /// What needs it.
        what: &'static str,
        /// How many bytes it needs.
        needed: u64,
        /// How many can be had.
        available: u64,
        /// What needs less.
        instead: &'static str,
    },
    /// A document over a limit that can be raised.
    TooLarge {
        /// The file.
        file: String,
        /// How much there is, as far as it was counted.
        value: u64,
        /// What is counted.
        what: &'static str,
        /// How much may be.
        most: u64,
        /// The limit's name.
        name: &'static str,
    },
    /// A lexicon, codebook or size table that does not hold together.
    Lexicon {
        /// The file.
        file: String,
        /// Line, from 1; 0 where it is the whole file.
        line: usize,
        /// What is wrong, in words.
        problem: String,
    },
    /// Something asked for that is not there.
    Missing {
        /// What kind of thing.
        what: &'static str,
        /// What was asked for.
        got: String,
        /// The nearest one there, if one is near.
        hint: Option<String>,
    },
    /// The caller stopped the work.
    Stopped,
    /// An option outside its range.
    Option {
        /// The option.
        name: &'static str,
        /// What came.
        got: String,
        /// What was expected.
        expected: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = |f: &mut fmt::Formatter<'_>, hint: &Option<String>| match hint {
            Some(hint) => write!(f, " (did you mean '{hint}'?)"),
            None => Ok(()),
        };
        match self {
            Error::Choice { what, got, allowed, hint } => {
                write!(f, "{what}: '{got}' is not one of {}", allowed.join(", "))?;
                meant(f, hint)
            }
            Error::Cell { table, row, column, problem } => {
                write!(f, "{table}: {row}, column '{column}': {problem}")
            }
            Error::Columns { table, problem } => write!(f, "{table}: {problem}"),
            Error::Date { got, expected } => write!(f, "date {got}: expected {expected}"),
            Error::Decode { file, offset, line, expected, hint } => {
                write!(f, "{file}: line {line}, byte {offset}: not valid {expected}; {hint}")
            }
            Error::File { file, kind } => write!(f, "{file}: {kind}"),
            Error::Format { file, problem } => write!(f, "{file}: {problem}"),
            Error::Limit { what, value, limit } => write!(f, "{what}: {value} is over the limit of {limit}"),
            Error::Memory { what, needed, available, instead } => {
                let [needed, available] = [needed, available].map(|bytes| *bytes as f64 / 1e9);
                write!(f, "{what}: needs about {needed:.2} GB of memory, {available:.2} GB are available; {instead}")
            }
            Error::TooLarge { file, value, what, most, name } => {
                write!(f, "{file}: {value} {what} are over the limit of {most}; limits={{'{name}': {value}}} raises it")
            }
            Error::Lexicon { file, line: 0, problem } => write!(f, "{file}: {problem}"),
            Error::Lexicon { file, line, problem } => write!(f, "{file}: line {line}: {problem}"),
            Error::Missing { what, got, hint } => {
                write!(f, "no {what} '{got}'")?;
                meant(f, hint)
            }
            Error::Stopped => f.write_str("stopped"),
            Error::Option { name, got, expected } => write!(f, "{name}: expected {expected}, got {got}"),
        }
    }
}

impl std::error::Error for Error {}

/// The number of a row, counted from 1 after the header, and that which a spreadsheet shows beside it.
///
/// ```
/// use standpunt::RowNumber;
///
/// assert_eq!(RowNumber::after_header(17).to_string(), "row 17 (spreadsheet row 18)");
/// assert_eq!(RowNumber::of_array(17).to_string(), "row 17");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowNumber {
    number: usize,
    sheet: Option<usize>,
}

impl RowNumber {
    /// Row `number` of a file or frame, one below the header.
    pub fn after_header(number: usize) -> RowNumber {
        RowNumber { number, sheet: Some(number + 1) }
    }

    /// Row `number` of a file in which comments stand between the rows, at `line` of the file.
    pub fn at_line(number: usize, line: usize) -> RowNumber {
        RowNumber { number, sheet: Some(line) }
    }

    /// Row `number` of an array, which has no header.
    pub fn of_array(number: usize) -> RowNumber {
        RowNumber { number, sheet: None }
    }

    /// The number, from 1.
    pub fn number(self) -> usize {
        self.number
    }
}

impl fmt::Display for RowNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.number)?;
        self.sheet.map_or(Ok(()), |sheet| write!(f, " (spreadsheet row {sheet})"))
    }
}

/// A closed set of words, each with its value; a wrong word is answered with the nearest.
#[derive(Debug)]
pub struct Choice<T> {
    what: &'static str,
    options: Vec<(String, T)>,
    also: Option<&'static str>,
}

impl<T> Choice<T> {
    /// The words allowed for `what`.
    pub fn new<'a, I: IntoIterator<Item = (&'a str, T)>>(what: &'static str, options: I) -> Choice<T> {
        let options = options.into_iter().map(|(word, value)| (word.to_owned(), value)).collect();
        Choice { what, options, also: None }
    }

    /// A further form that is allowed but is no single word, named in the error.
    pub fn also(mut self, form: &'static str) -> Choice<T> {
        self.also = Some(form);
        self
    }

    /// The value of `word`.
    ///
    /// # Errors
    /// [`Error::Choice`] where it is none of the words.
    pub fn pick(self, word: &str) -> Result<T> {
        let Some(at) = self.options.iter().position(|(option, _)| option == word) else {
            let mut allowed: Vec<String> = self.options.into_iter().map(|(option, _)| option).collect();
            let hint = nearest(word, allowed.iter().map(String::as_str));
            allowed.extend(self.also.map(str::to_owned));
            return Err(Error::Choice { what: self.what.to_owned(), got: word.to_owned(), allowed, hint });
        };
        self.options.into_iter().nth(at).map(|(_, value)| value).ok_or(Error::Missing {
            what: self.what,
            got: word.to_owned(),
            hint: None,
        })
    }
}

/// The word of `among` nearest to `word` by Jaro–Winkler similarity, if one reaches 0.8.
pub fn nearest<'a, I: IntoIterator<Item = &'a str>>(word: &str, among: I) -> Option<String> {
    let lower = word.to_lowercase();
    let scored = among.into_iter().map(|option| (strsim::jaro_winkler(&lower, &option.to_lowercase()), option));
    let best = scored.fold(None, |best: Option<(f64, &str)>, next| match best {
        Some(best) if best.0 >= next.0 => Some(best),
        _ => Some(next),
    });
    best.filter(|(similarity, _)| *similarity >= 0.8).map(|(_, option)| option.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_word_is_answered_with_the_nearest() {
        let error = Choice::new("stance", [("support", 1), ("oppose", -1)]).pick("suport").unwrap_err();
        assert_eq!(error.to_string(), "stance: 'suport' is not one of support, oppose (did you mean 'support'?)");
        let error = Choice::new("stance", [("support", 1), ("oppose", -1)]).pick("voor").unwrap_err();
        assert_eq!(error.to_string(), "stance: 'voor' is not one of support, oppose");
    }
}
