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
pub use format::Format;
pub use limits::{Limit, Limits};

use crate::error::{Error, Result};

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

/// The text of a file, read once and whole.
///
/// # Errors
/// [`Error::File`] where it cannot be opened, and those of [`text`].
pub fn open(path: &Path, opening: &Opening) -> Result<String> {
    let file = path.display().to_string();
    let failed = |error: std::io::Error| Error::File { file: file.clone(), kind: error.kind() };
    let most = opening.limits.most(Limit::FileBytes);
    let handle = File::open(path).map_err(failed)?;
    let size = handle.metadata().map_err(failed)?.len();
    opening.limits.check(Limit::FileBytes, size, &file)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    handle.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    opening.limits.check(Limit::FileBytes, bytes.len() as u64, &file)?;
    text(&bytes, &file, opening)
}

/// The text of a document; `file` is its name, which tells the format where the bytes do not.
///
/// # Errors
/// [`Error::Format`] for what is not of its format, is protected, or holds no text; [`Error::Decode`] for bytes that
/// are no text; [`Error::TooLarge`] over a limit.
pub fn text(bytes: &[u8], file: &str, opening: &Opening) -> Result<String> {
    let encoding = opening.encoding.as_deref();
    let text = match Format::of(bytes, file, opening.format)? {
        Format::Text => decode(bytes, file, encoding)?,
        Format::Html => html::read(&decode(bytes, file, encoding.or(decode::declared(bytes)))?),
        Format::Xml => xml::read(&decode(bytes, file, encoding.or(decode::declared(bytes)))?, file, &opening.limits)?,
        Format::Word => word::read(bytes, file, &opening.limits)?,
        Format::Pdf => pages::join(&layer(bytes, file, opening)?),
    };
    opening.limits.check(Limit::TextChars, text.chars().count() as u64, file)?;
    Ok(text)
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
