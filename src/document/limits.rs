//! How large a document may be.

use crate::error::{Choice, Error, Result};

/// What is counted in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Bytes of a file.
    FileBytes,
    /// Code points of a text.
    TextChars,
    /// Bytes of the text of a Word document, once unpacked.
    UnpackedBytes,
    /// Unpacked bytes for each packed one, past the first mebibyte (`FREE`).
    UnpackRatio,
    /// Files in a zip archive.
    ZipEntries,
    /// Elements inside each other.
    XmlDepth,
}

/// Unpacked bytes below which no ratio is asked for: a short document of few words packs well.
pub const FREE: u64 = 1 << 20;

const ALL: [(&str, Limit, u64, &str); 6] = [
    ("file_bytes", Limit::FileBytes, 100_000_000, "bytes"),
    ("text_chars", Limit::TextChars, 50_000_000, "characters"),
    ("unpacked_bytes", Limit::UnpackedBytes, 200_000_000, "unpacked bytes"),
    ("unpack_ratio", Limit::UnpackRatio, 100, "unpacked bytes for each packed one"),
    ("zip_entries", Limit::ZipEntries, 2_000, "files in the archive"),
    ("xml_depth", Limit::XmlDepth, 100, "elements inside each other"),
];

/// The most of everything that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits([u64; ALL.len()]);

impl Default for Limits {
    fn default() -> Limits {
        Limits(ALL.map(|(_, _, most, _)| most))
    }
}

impl Limits {
    /// The same limits with another one for what `name` counts: `file_bytes`, `text_chars`, `unpacked_bytes`,
    /// `unpack_ratio`, `zip_entries` or `xml_depth`.
    ///
    /// # Errors
    /// [`Error::Choice`] for another name.
    pub fn with(mut self, name: &str, most: u64) -> Result<Limits> {
        let at = Choice::new("limits", ALL.iter().enumerate().map(|(at, row)| (row.0, at))).pick(name)?;
        if let Some(slot) = self.0.get_mut(at) {
            *slot = most;
        }
        Ok(self)
    }

    /// The most of `limit`.
    pub fn most(&self, limit: Limit) -> u64 {
        ALL.iter().zip(self.0).find(|(row, _)| row.1 == limit).map_or(0, |(_, most)| most)
    }

    /// # Errors
    /// [`Error::TooLarge`] where there is more of it than may be.
    pub fn check(&self, limit: Limit, value: u64, file: &str) -> Result<()> {
        let most = self.most(limit);
        let over = ALL.iter().find(|row| row.1 == limit && value > most);
        over.map_or(Ok(()), |(name, _, _, what)| {
            Err(Error::TooLarge { file: file.to_owned(), value, what, most, name })
        })
    }
}
