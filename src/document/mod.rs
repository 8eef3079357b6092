//! Files to text.
//!
//! Whatever the format, the text is prose in paragraphs that an empty line keeps apart; where a document has pages, a
//! form feed stands between them. Offsets refer to that text.

mod decode;
mod format;
mod html;
mod limits;
mod markup;
mod pages;
mod paragraphs;
mod word;
mod xml;

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

pub use decode::decode;
use decode::decoded;
pub use format::Format;
pub use limits::{Limit, Limits};

use crate::error::{Error, Result};
use crate::stop::Stop;

/// Gives the text of each page of a PDF; the core has no reader of its own for them.
pub type TextLayer = Arc<dyn Fn(&[u8], &str) -> Result<Vec<String>> + Send + Sync>;

/// How files are opened.
#[derive(Clone, Default)]
pub struct Opening {
    /// The encoding of text; what the text itself says, or UTF-8, where it is `None`.
    pub encoding: Option<String>,
    /// The format; what the file shows where it is `None`.
    pub format: Option<Format>,
    /// How large a file may be.
    pub limits: Limits,
    /// What reads PDF; without it they are refused.
    pub pdf: Option<TextLayer>,
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Opening { encoding, format, limits, pdf } = self;
        write!(f, "Opening {{ {encoding:?}, {format:?}, {limits:?}, pdf: {} }}", pdf.is_some())
    }
}

/// The text of a file, and what its reader should know of how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The text.
    pub text: String,
    /// Notes, in sentences.
    pub notes: Vec<String>,
}

/// Bytes of a file that are read between two looks at the flag.
const PIECE: u64 = 1 << 20;

/// How the note begins on a file whose encoding its byte order mark chose.
pub const READ_AS: &str = "read as";

/// The text of a file, read once and whole.
///
/// # Errors
/// [`Error::File`] where it cannot be opened, [`Error::Format`] where it is written to meanwhile, and those of [`text`].
pub fn open(path: &Path, opening: &Opening, stop: &Stop) -> Result<Document> {
    let file = path.display().to_string();
    let failed = |error: std::io::Error| Error::File { file: file.clone(), kind: error.kind() };
    let most = opening.limits.most(Limit::FileBytes);
    let mut handle = File::open(path).map_err(failed)?;
    let state = |handle: &File| handle.metadata().map(|of| (of.len(), of.modified().ok())).map_err(failed);
    let before = state(&handle)?;
    opening.limits.check(Limit::FileBytes, before.0, &file)?;
    let mut bytes = Vec::with_capacity(usize::try_from(before.0).unwrap_or_default());
    let mut rest = (&mut handle).take(most.saturating_add(1));
    while rest.by_ref().take(PIECE).read_to_end(&mut bytes).map_err(failed)? > 0 {
        stop.check()?;
    }
    opening.limits.check(Limit::FileBytes, bytes.len() as u64, &file)?;
    if is_torn(before, state(&handle)?, bytes.len() as u64) {
        let problem = "the file was written to while it was read; read it again".to_owned();
        return Err(Error::Format { file, problem });
    }
    document(&bytes, &file, opening, stop)
}

/// True where a file of this length and time of change before and after was not read as it stood at one time. What is
/// no file on a disk says that it has no length.
fn is_torn<T: PartialEq>(before: (u64, T), after: (u64, T), read: u64) -> bool {
    before != after || before.0 > 0 && before.0 != read
}

/// The text of a document; `file` is its name, which tells the format where the bytes do not.
///
/// # Errors
/// [`Error::Format`] for what is not of its format, is protected, or holds no text; [`Error::Decode`] for bytes that
/// are no text; [`Error::TooLarge`] over a limit; [`Error::Stopped`] where `stop` asks for it.
pub fn text(bytes: &[u8], file: &str, opening: &Opening, stop: &Stop) -> Result<String> {
    document(bytes, file, opening, stop).map(|document| document.text)
}

fn document(bytes: &[u8], file: &str, opening: &Opening, stop: &Stop) -> Result<Document> {
    let encoding = opening.encoding.as_deref();
    let plain = |encoding: Option<&str>| decoded(bytes, file, encoding);
    let said = || encoding.or(decode::declared(bytes));
    let (text, marked) = match Format::of(bytes, file, opening.format)? {
        Format::Text => plain(encoding)?,
        Format::Html => {
            let (html, marked) = plain(said())?;
            (html::read(&html, stop)?, marked)
        }
        Format::Xml => {
            let (xml, marked) = plain(said())?;
            (xml::read(&xml, file, &opening.limits, stop)?, marked)
        }
        Format::Word => (word::read(bytes, file, &opening.limits, stop)?, None),
        Format::Pdf => (pages::join(&layer(bytes, file, opening)?), None),
    };
    opening.limits.check(Limit::TextChars, text.chars().count() as u64, file)?;
    let note = |name: &str| format!("{READ_AS} {name}, as its byte order mark says");
    Ok(Document { text, notes: marked.map(note).into_iter().collect() })
}

fn layer(bytes: &[u8], file: &str, opening: &Opening) -> Result<Vec<String>> {
    let wrong = |problem: String| Error::Format { file: file.to_owned(), problem };
    let Some(reader) = &opening.pdf else { return Err(wrong("a PDF, and nothing here reads those".to_owned())) };
    let pages = reader(bytes, file)?;
    if pages.iter().any(|page| page.contains(char::is_alphabetic)) {
        return Ok(pages);
    }
    let n = pages.len();
    let pages = if n == 1 { "page has".to_owned() } else { format!("{n} pages have") };
    Err(wrong(format!("the PDF has no text layer: its {pages} pictures only; recognise the text (OCR) first")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_written_to_meanwhile_is_not_taken_for_whole() {
        for (before, after, read, torn) in [
            ((5, 1), (5, 1), 5, false),
            ((0, 1), (0, 1), 9, false),
            ((5, 1), (9, 1), 9, true),
            ((5, 1), (5, 2), 5, true),
            ((5, 1), (5, 1), 3, true),
        ] {
            assert_eq!(is_torn(before, after, read), torn, "{before:?} {after:?} {read}");
        }
    }
}
