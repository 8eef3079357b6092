//! Which format a file is of: what its bytes say, then its name.

use std::path::Path;
use std::str::FromStr;

use crate::error::{Choice, Error, Result};

/// A format that reports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text; tags in it are words.
    Text,
    /// A web page.
    Html,
    /// Official XML.
    Xml,
    /// A Word document (.docx).
    Word,
    /// A PDF with a text layer.
    Pdf,
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Format> {
        let formats = [
            ("text", Format::Text),
            ("html", Format::Html),
            ("xml", Format::Xml),
            ("docx", Format::Word),
            ("pdf", Format::Pdf),
        ];
        Choice::new("reader", formats).pick(name)
    }
}

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
/// The container of older Office files, and of newer ones under a password.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

impl Format {
    /// The format of `bytes`, where no other one is asked for; `name` is the file's.
    ///
    /// # Errors
    /// [`Error::Format`] for a file that is not of the format its name says, or that cannot be read.
    pub fn of(bytes: &[u8], name: &str, asked: Option<Format>) -> Result<Format> {
        let expected = asked.or_else(|| Format::of_name(name));
        let wrong = |problem: &str| Err(Error::Format { file: name.to_owned(), problem: problem.to_owned() });
        if bytes.starts_with(COMPOUND) {
            return match holds(bytes, "EncryptedPackage") {
                true => wrong("the document is protected with a password; save it without one"),
                false => wrong("a Word document of before 2007 or another old Office file; save it as .docx"),
            };
        }
        let is_zip = bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP);
        let is_pdf = bytes.get(..1024.min(bytes.len())).is_some_and(|head| head.windows(5).any(|at| at == b"%PDF-"));
        match expected {
            Some(Format::Word) if !is_zip => {
                wrong("expected a Word document (.docx), which is a zip archive; this is none")
            }
            Some(Format::Pdf) if !is_pdf => wrong("expected a PDF, which begins with %PDF-; this does not"),
            Some(format) if asked.is_some() => Ok(format),
            _ if is_zip => Ok(Format::Word),
            _ if is_pdf => Ok(Format::Pdf),
            Some(format) => Ok(format),
            None => Ok(Format::Text),
        }
    }

    fn of_name(name: &str) -> Option<Format> {
        let extension = Path::new(name).extension()?.to_str()?.to_lowercase();
        match extension.as_str() {
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "xml" => Some(Format::Xml),
            "docx" => Some(Format::Word),
            "pdf" => Some(Format::Pdf),
            _ => None,
        }
    }
}

/// True where `bytes` hold the name of a stream, written as older Office files do: two bytes a letter.
fn holds(bytes: &[u8], stream: &str) -> bool {
    let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|at| at == name)
}
