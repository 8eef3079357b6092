//! Bytes to text, with no silent replacement.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::{Error, Result};

/// The text of `bytes`, without a byte order mark; UTF-8, or UTF-16 with a mark, or the named encoding.
///
/// # Errors
/// [`Error::Decode`] with line and byte where the bytes do not fit, [`Error::Option`] for an unknown encoding.
pub fn decode(bytes: &[u8], file: &str, encoding: Option<&str>) -> Result<String> {
    let encoding = match encoding {
        None => Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding),
        Some(label) => Encoding::for_label(label.as_bytes()).ok_or_else(|| Error::Option {
            name: "encoding",
            got: format!("'{label}'"),
            expected: "the name of an encoding, such as 'utf-8' or 'cp1252'".to_owned(),
        })?,
    };
    let (text, malformed) = encoding.decode_with_bom_removal(bytes);
    if !malformed {
        return Ok(text.into_owned());
    }
    let offset = if encoding == UTF_8 { std::str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to()) } else { 0 };
    let line = 1 + bytes.iter().take(offset).filter(|b| **b == b'\n').count();
    let hint = match () {
        () if encoding == UTF_16LE || encoding == UTF_16BE => "the byte order mark says UTF-16",
        () => "if the file is from an older Windows program, try encoding='cp1252'",
    };
    Err(Error::Decode { file: file.to_owned(), offset, line, hint })
}

/// The encoding that a web page or an XML document declares for itself, where it has no byte order mark.
pub(super) fn declared(bytes: &[u8]) -> Option<&str> {
    if Encoding::for_bom(bytes).is_some() {
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
        assert_eq!(decode(b"\xe9\xe9n", "a", Some("cp1252")).unwrap(), "één");
        let error = decode(b"een\n\xe9\xe9n", "a.txt", None).unwrap_err();
        let expected = "a.txt: line 2, byte 4: not valid UTF-8; if the file is from an older Windows program, try encoding='cp1252'";
        assert_eq!(error.to_string(), expected);
        let error = decode(b"x", "a", Some("cp12520")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "encoding: expected the name of an encoding, such as 'utf-8' or 'cp1252', got 'cp12520'"
        );
    }
}
