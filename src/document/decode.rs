//! Bytes to text, with no silent replacement.

use encoding_rs::{Encoding, UTF_8};

use crate::error::{Error, Result};
use crate::span::line_of;

/// A text and, where its byte order mark chose the encoding, the name of that.
pub(super) type Decoded = (String, Option<&'static str>);

/// The text of `bytes`, without a byte order mark; UTF-8, or UTF-16 or UTF-32 with a mark, or the named encoding.
///
/// # Errors
/// [`Error::Decode`] with line and byte where the bytes do not fit, [`Error::Option`] for an unknown encoding.
pub fn decode(bytes: &[u8], file: &str, encoding: Option<&str>) -> Result<String> {
    decoded(bytes, file, encoding).map(|(text, _)| text)
}

/// As [`decode`], with the encoding that a byte order mark chose.
pub(super) fn decoded(bytes: &[u8], file: &str, encoding: Option<&str>) -> Result<Decoded> {
    let Some(label) = encoding else {
        return match Wide::of(bytes) {
            Some(wide) => Ok((wide.decode(bytes, file)?, Some(wide.name))),
            None => Ok((narrow(bytes, file, UTF_8)?, None)),
        };
    };
    let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(|| Error::Option {
        name: "encoding",
        got: format!("'{label}'"),
        expected: "the name of an encoding, such as 'utf-8' or 'cp1252'".to_owned(),
    })?;
    Ok((narrow(bytes, file, encoding)?, None))
}

fn narrow(bytes: &[u8], file: &str, encoding: &'static Encoding) -> Result<String> {
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    if !malformed {
        return Ok(text.into_owned());
    }
    let good = std::str::from_utf8(bytes).err().filter(|_| encoding == UTF_8).map_or(0, |error| error.valid_up_to());
    let before = std::str::from_utf8(bytes.get(..good).unwrap_or_default()).unwrap_or_default();
    let hint = "if the file is from an older Windows program, try encoding='cp1252'";
    Err(Error::Decode {
        file: file.to_owned(),
        offset: good,
        line: line_of(before, good),
        expected: if encoding == UTF_8 { "UTF-8" } else { encoding.name() },
        hint,
    })
}

/// An encoding of two or four bytes a unit, told by its byte order mark.
struct Wide {
    name: &'static str,
    mark: &'static [u8],
    width: usize,
    little: bool,
}

/// The longer marks stand first: that of UTF-32 begins as that of UTF-16 does.
const WIDE: [Wide; 4] = [
    Wide { name: "UTF-32", mark: b"\xff\xfe\0\0", width: 4, little: true },
    Wide { name: "UTF-32", mark: b"\0\0\xfe\xff", width: 4, little: false },
    Wide { name: "UTF-16", mark: b"\xff\xfe", width: 2, little: true },
    Wide { name: "UTF-16", mark: b"\xfe\xff", width: 2, little: false },
];

impl Wide {
    fn of(bytes: &[u8]) -> Option<&'static Wide> {
        WIDE.iter().find(|wide| bytes.starts_with(wide.mark))
    }

    fn decode(&self, bytes: &[u8], file: &str) -> Result<String> {
        let body = bytes.get(self.mark.len()..).unwrap_or_default();
        let number = |unit: &[u8]| {
            let add = |all: u32, byte: &u8| all << 8 | u32::from(*byte);
            if self.little { unit.iter().rev().fold(0, add) } else { unit.iter().fold(0, add) }
        };
        let whole = body.chunks_exact(self.width);
        let rest = whole.remainder().len();
        let units = whole.map(number);
        let mut text = String::with_capacity(body.len() / self.width);
        let mut read = 0;
        let characters: &mut dyn Iterator<Item = Option<char>> = if self.width == 4 {
            &mut units.map(char::from_u32)
        } else {
            &mut char::decode_utf16(units.map(|unit| unit as u16)).map(|one| one.ok())
        };
        for character in characters {
            let Some(character) = character else { return Err(self.wrong(file, &text, read)) };
            read += if self.width == 4 { 4 } else { 2 * character.len_utf16() };
            text.push(character);
        }
        if rest > 0 { Err(self.wrong(file, &text, read)) } else { Ok(text) }
    }

    fn wrong(&self, file: &str, before: &str, read: usize) -> Error {
        Error::Decode {
            file: file.to_owned(),
            offset: self.mark.len() + read,
            line: line_of(before, before.len()),
            expected: self.name,
            hint: "its byte order mark says that it is",
        }
    }
}

/// The encoding that a web page or an XML document declares for itself, where it has no byte order mark.
pub(super) fn declared(bytes: &[u8]) -> Option<&str> {
    if Wide::of(bytes).is_some() || Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = bytes.get(..bytes.len().min(1024))?;
    let mark =
        |key: &[u8]| head.windows(key.len()).position(|at| at.eq_ignore_ascii_case(key)).map(|at| at + key.len());
    let rest = head.get(mark(b"charset=").or_else(|| mark(b"encoding="))?..)?;
    let label = rest.split(|byte| b"\"'>;? /\t\r\n".contains(byte)).find(|part| !part.is_empty())?;
    std::str::from_utf8(label).ok().filter(|label| Encoding::for_label(label.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_their_mark_or_named() {
        assert_eq!(decode("\u{feff}één".as_bytes(), "a", None).unwrap(), "één");
        assert_eq!(decode(&[0xff, 0xfe, 0xe9, 0, b'n', 0], "a", None).unwrap(), "én");
        assert_eq!(decode(&[0xfe, 0xff, 0, 0xe9, 0, b'n'], "a", None).unwrap(), "én");
        assert_eq!(decode(b"\xff\xfe\0\0\xe9\0\0\0n\0\0\0", "a", None).unwrap(), "én");
        assert_eq!(decode(b"\0\0\xfe\xff\0\0\0\xe9\0\x01\xf6\0", "a", None).unwrap(), "é\u{1f600}");
        assert_eq!(decode(b"\xe9\xe9n", "a", Some("cp1252")).unwrap(), "één");
        let error = decode(b"een\n\xe9\xe9n", "a.txt", None).unwrap_err();
        let expected = "a.txt: line 2, byte 4: not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'";
        assert_eq!(error.to_string(), expected);
        let error = decode(b"\xff\xfee\0\n\0\0\xd8x\0", "a.txt", None).unwrap_err();
        let expected = "a.txt: line 2, byte 6: not valid UTF-16; its byte order mark says that it is";
        assert_eq!(error.to_string(), expected);
        let error = decode(b"x", "a", Some("cp12520")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "encoding: expected the name of an encoding, such as 'utf-8' or 'cp1252', got 'cp12520'"
        );
    }
}
