//! Word documents: the paragraphs of `word/document.xml`, unpacked under a limit, never to disk.

use std::io::{Cursor, Read};

use quick_xml::events::BytesStart;
use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{FREE, Limit, Limits};
use super::markup::{Visit, attribute, visit};
use super::paragraphs::Paragraphs;
use crate::error::{Error, Result};
use crate::span::line_of;
use crate::stop::Stop;

/// The one part that is read: headers, footers, footnotes and comments are parts of their own.
const PART: &str = "word/document.xml";

/// The paragraphs of a Word document.
///
/// # Errors
/// [`Error::Format`] for what is no Word document, or a damaged or protected one; [`Error::TooLarge`] for an archive
/// that unpacks to too much.
pub(super) fn read(bytes: &[u8], file: &str, limits: &Limits, stop: &Stop) -> Result<String> {
    let xml = unpack(bytes, file, limits, stop)?;
    let mut body = Body::default();
    visit(&xml, &format!("{file}: {PART}"), limits, &mut body, stop)?;
    body.close();
    Ok(body.paragraphs.finish())
}

/// The text of [`PART`], its bytes counted while they are unpacked: what an archive says of itself is not believed.
fn unpack(bytes: &[u8], file: &str, limits: &Limits, stop: &Stop) -> Result<String> {
    let wrong = |problem: &str| Error::Format { file: file.to_owned(), problem: problem.to_owned() };
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|_| wrong("expected a Word document, got a zip archive that is cut off or damaged"))?;
    limits.check(Limit::ZipEntries, archive.len() as u64, file)?;
    let mut part = archive.by_name(PART).map_err(|error| match error {
        ZipError::FileNotFound => wrong("expected a Word document, got a zip archive without word/document.xml"),
        ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            wrong("the document is protected with a password; save it without one")
        }
        error => wrong(&format!("word/document.xml cannot be unpacked: {error}")),
    })?;
    let mut xml = Vec::new();
    let mut chunk = vec![0; 1 << 16];
    loop {
        stop.check()?;
        let n = part.read(&mut chunk).map_err(|_| wrong("word/document.xml is cut off or damaged"))?;
        if n == 0 {
            break;
        }
        xml.extend_from_slice(chunk.get(..n).unwrap_or_default());
        let size = xml.len() as u64;
        limits.check(Limit::UnpackedBytes, size, file)?;
        if size > FREE {
            limits.check(Limit::UnpackRatio, size / (bytes.len() as u64).max(1), file)?;
        }
    }
    String::from_utf8(xml).map_err(|error| Error::Decode {
        file: format!("{file}: {PART}"),
        offset: error.utf8_error().valid_up_to(),
        line: line_of(&String::from_utf8_lossy(error.as_bytes()), error.utf8_error().valid_up_to()),
        expected: "UTF-8",
        hint: "a Word document is always UTF-8",
    })
}

/// Elements without words of the document: text that was deleted or moved away, the second form of a drawing.
const SKIPPED: [&str; 5] = ["del", "moveFrom", "Fallback", "instrText", "delText"];

/// The body of a document; text boxes come before the paragraph they hang on.
#[derive(Default)]
struct Body {
    paragraphs: Paragraphs,
    /// The paragraphs under way, a text box's inside the one it hangs on.
    open: Vec<Paragraph>,
    skipped: usize,
    in_text: bool,
}

#[derive(Default)]
struct Paragraph {
    words: Paragraphs,
    /// A line of the table of contents.
    contents: bool,
}

impl Body {
    fn close(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if !paragraph.contents {
            // Its lines stay: only the blanks inside them have been put in order.
            for (at, line) in paragraph.words.finish().lines().enumerate() {
                if at > 0 {
                    self.paragraphs.line();
                }
                self.paragraphs.push(line);
            }
            self.paragraphs.end();
        }
    }

    fn with(&mut self, write: impl FnOnce(&mut Paragraphs)) {
        if let Some(paragraph) = self.open.last_mut() {
            write(&mut paragraph.words);
        }
    }
}

impl Visit for Body {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        if self.skipped > 0 || SKIPPED.contains(&name) {
            self.skipped += 1;
            return;
        }
        match name {
            "p" => self.open.push(Paragraph::default()),
            "pStyle" => {
                let style = attribute(tag, "val").unwrap_or_default().to_lowercase();
                let contents = ["toc", "inhopg"].iter().any(|name| style.starts_with(name));
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.contents = contents;
                }
            }
            "t" => self.in_text = true,
            "tab" if !self.in_text => self.with(|words| words.push(" ")),
            "br" | "cr" => self.with(Paragraphs::line),
            "noBreakHyphen" => self.with(|words| words.push("-")),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.close(),
            "t" => self.in_text = false,
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.skipped == 0 && self.in_text {
            self.with(|open| open.push(words));
        }
    }
}
