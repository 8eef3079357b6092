//! What of a text does not look like what it is: controls, invisible marks, letters of another alphabet.

use memchr::memchr2_iter;

use crate::error::Result;
use crate::span::{Span, char_at, pieces};
use crate::stop::Stop;

/// Bytes that are searched between two looks at the flag.
const PIECE: usize = 1 << 20;

/// What a reader of the results should know of the characters of a text, in sentences.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub(super) fn oddities(text: &str, stop: &Stop) -> Result<Vec<String>> {
    let (mut controls, mut hidden, mut mixed) = (false, false, None);
    for piece in pieces(text, PIECE) {
        stop.check()?;
        let words = piece.slice(text);
        let kinds = words.bytes().fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)]);
        controls = controls || kinds & CONTROL != 0 && words.contains(|c: char| c.is_control() && !c.is_whitespace());
        let hides = |at: usize| char_at(words, at).is_some_and(hides);
        hidden = hidden || kinds & HIDDEN != 0 && memchr2_iter(0xe2, 0xef, words.as_bytes()).any(hides);
        if mixed.is_none() && kinds & ALPHABET != 0 {
            mixed = two_alphabets(text, piece);
        }
    }
    let mut told = Vec::new();
    if controls {
        told.push("control characters in the text".to_owned());
    }
    if hidden {
        told.push("characters in the text that are invisible or change its direction".to_owned());
    }
    if let Some(word) = mixed {
        told.push(format!("letters of two alphabets in one word, such as '{word}'"));
    }
    Ok(told)
}

/// An ASCII control that is no white space, or the byte that begins the other controls.
const CONTROL: u8 = 1;
/// A byte that begins the characters that hide.
const HIDDEN: u8 = 2;
/// A byte that begins Greek or Cyrillic letters.
const ALPHABET: u8 = 4;

/// Of which of these kinds each byte is.
const KINDS: [u8; 256] = {
    let (mut kinds, mut at) = ([0; 256], 0);
    while at < kinds.len() {
        let byte = at as u8;
        kinds[at] = match byte {
            0xc2 => CONTROL,
            0xe2 | 0xef => HIDDEN,
            0xcd..=0xd4 => ALPHABET,
            _ if byte.is_ascii_control() && !byte.is_ascii_whitespace() => CONTROL,
            _ => 0,
        };
        at += 1;
    }
    kinds
};

/// Zero-width characters that are no part of a spelling, and those that turn the direction of text.
fn hides(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The first word of Latin letters with Greek or Cyrillic ones among them, which look alike, that has one in `piece`.
fn two_alphabets(text: &str, piece: Span) -> Option<&str> {
    let other = |c: char| matches!(c, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') && c.is_alphabetic();
    let latin = |c: char| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}') && c.is_alphabetic();
    let mut from = piece.start;
    while let Some(at) = text.get(from..piece.end)?.find(other).map(|at| from + at) {
        let word = word_around(text, at);
        if word.slice(text).contains(latin) {
            return Some(word.slice(text));
        }
        from = word.end;
    }
    None
}

fn word_around(text: &str, at: usize) -> Span {
    let (before, after) = text.split_at(at);
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let end = text.len() - after.trim_start_matches(char::is_alphabetic).len();
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_mislead_are_told() {
        let rows = [
            ("coördinatie\u{301}\r\n\t\u{c}", ""),
            ("a\0", "control characters in the text"),
            ("a\u{202e}b", "characters in the text that are invisible or change its direction"),
            ("Σ en Москва, Тhe Α1", "letters of two alphabets in one word, such as 'Тhe'"),
        ];
        for (text, expected) in rows {
            assert_eq!(oddities(text, &Stop::default()).unwrap().join("; "), expected, "{text:?}");
        }
    }
}
