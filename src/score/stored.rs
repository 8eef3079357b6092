//! The form of tables and tallies as bytes that can be kept, sent and read again.
//!
//! ```text
//! standpunt pair tally 1\n    what it is, and the version of this form
//! {"measure": "kappa", …}\n   one line of JSON: what it counts, and the lengths of what follows
//! numbers                     little-endian, in the order in which they are written here
//! checksum                    CRC-32 of all bytes before it
//! ```
//!
//! The same tally gives the same bytes. Reading checks the sum and every length, and runs nothing.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serializer};

use crate::error::{Error, Result};

const VERSION: u32 = 1;

/// Bytes on their way out.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// Begins a `kind` of thing that `head` describes.
    pub(super) fn new(kind: &str, head: &impl Serialize) -> Writer {
        let head = serde_json::to_string(head).unwrap_or_default();
        Writer(format!("standpunt {kind} {VERSION}\n{head}\n").into_bytes())
    }

    /// Numbers, each as `bytes` writes it.
    pub(super) fn put<T: Copy, const N: usize>(&mut self, numbers: &[T], bytes: fn(T) -> [u8; N]) {
        self.0.reserve(numbers.len() * N);
        numbers.iter().for_each(|number| self.0.extend(bytes(*number)));
    }

    /// All bytes, with their checksum.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let sum = crc32fast::hash(&self.0);
        self.0.extend(sum.to_le_bytes());
        self.0
    }
}

/// Bytes on their way in.
pub(super) struct Reader<'a> {
    name: &'a str,
    kind: &'a str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Opens the bytes of a `kind` of thing; `name` is what errors call them.
    ///
    /// # Errors
    /// [`Error::Format`] for another kind or version, or a checksum that does not fit.
    pub(super) fn open<H: DeserializeOwned>(name: &'a str, kind: &'a str, data: &'a [u8]) -> Result<(H, Reader<'a>)> {
        let mut reader = Reader { name, kind, rest: data };
        let first = reader.line()?;
        let expected = format!("standpunt {kind} {VERSION}");
        if first != expected.as_bytes() {
            let got: String = String::from_utf8_lossy(first).chars().take(40).collect();
            return Err(reader.wrong(format!("expected '{expected}', got '{got}'")));
        }
        let end = data.len().saturating_sub(4);
        let (body, sum) = data.split_at(end);
        if crc32fast::hash(body).to_le_bytes() != sum {
            return Err(reader.wrong("its checksum does not fit: the file is cut short or changed".to_owned()));
        }
        reader.rest = &body[first.len() + 1..];
        let head = reader.line()?;
        let head = serde_json::from_slice(head).map_err(|error| reader.wrong(error.to_string()))?;
        Ok((head, reader))
    }

    fn line(&mut self) -> Result<&'a [u8]> {
        match self.rest.iter().position(|byte| *byte == b'\n') {
            Some(end) => {
                let (line, rest) = self.rest.split_at(end);
                self.rest = &rest[1..];
                Ok(line)
            }
            None => Err(self.wrong("it has no first line".to_owned())),
        }
    }

    /// The next `count` numbers, each as `number` reads it.
    ///
    /// # Errors
    /// [`Error::Format`] where there are fewer.
    pub(super) fn take<T, const N: usize>(&mut self, count: usize, number: fn([u8; N]) -> T) -> Result<Vec<T>> {
        let Some((mine, rest)) = count.checked_mul(N).and_then(|bytes| self.rest.split_at_checked(bytes)) else {
            return Err(self.wrong("it is shorter than it says".to_owned()));
        };
        self.rest = rest;
        Ok(mine.as_chunks::<N>().0.iter().map(|bytes| number(*bytes)).collect())
    }

    /// # Errors
    /// [`Error::Format`] where something is left.
    pub(super) fn close(self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.wrong("it is longer than it says".to_owned())) }
    }

    /// The error for bytes that are not what they should be.
    pub(super) fn wrong(&self, problem: String) -> Error {
        Error::Format { file: self.name.to_owned(), problem: format!("not a stored {}: {problem}", self.kind) }
    }
}

/// A double in JSON, bit for bit.
pub(super) mod bits {
    use super::{Deserialize, Serializer};

    pub fn serialize<S: Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(number.to_bits())
    }

    pub fn deserialize<'de, D: serde::Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        u64::deserialize(from).map(f64::from_bits)
    }
}
