//! A readable copy of a text, with a map back to the untouched one.

use unicode_normalization::char::{compose, is_combining_mark};

use super::furniture::Furniture;
use crate::error::Result;
use crate::span::Span;
use crate::stop::Stop;

/// A text without line breaks inside sentences, hyphen breaks, invisible characters and misread
/// letters; every part of it knows where it came from.
#[derive(Debug, Clone, Default)]
pub struct Clean {
    /// The readable text; one space for every run of white space.
    pub text: String,
    /// The text in pieces, in order.
    pieces: Vec<Piece>,
    /// True where a misread letter was put right.
    pub noisy: bool,
}

/// A piece of the readable text, up to the next one, and the place it came from.
#[derive(Debug, Clone, Copy)]
struct Piece {
    at: usize,
    source: Span,
    /// True where it stands there byte for byte; else the whole piece stands for the whole place.
    copied: bool,
}

impl Clean {
    /// Cleans `span` of `source` without its furniture; `ocr` holds misread letters and what they stand for.
    ///
    /// # Errors
    /// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
    pub fn new(
        source: &str,
        span: Span,
        ocr: &[(String, String)],
        furniture: &Furniture,
        stop: &Stop,
    ) -> Result<Clean> {
        let text = span.slice(source);
        let mut clean = Clean { text: String::with_capacity(text.len()), ..Clean::default() };
        let plain = Plain::new(ocr);
        let mut cuts =
            furniture.within(span).iter().map(|cut| (cut.start - span.start, cut.end - span.start)).peekable();
        let mut at = 0;
        while at < text.len() {
            stop.check()?;
            if let Some((_, end)) = cuts.next_if(|(start, _)| *start <= at) {
                at = at.max(end);
                continue;
            }
            let run = plain.run(text, at).min(cuts.peek().map_or(text.len(), |(start, _)| *start));
            if run > at {
                clean.copy(&text[at..run], span.start + at);
                at = run;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let start = span.start + at;
            let after = at + c.len_utf8();
            if let Some((wrong, right)) =
                plain.may_be_misread(&text.as_bytes()[at..]).then(|| misread(text, at, ocr)).flatten()
            {
                clean.put(right, Span::new(start, start + wrong));
                clean.noisy = true;
                at += wrong;
            } else if let Some(end) = hyphen_break(text, at) {
                if keeps_hyphen(&text[..at]) {
                    clean.copy(&text[at..after], start);
                }
                at = end;
            } else if c.is_whitespace() {
                if !clean.text.is_empty() && !clean.text.ends_with(' ') {
                    clean.put(" ", Span::new(start, span.start + after));
                }
                at = after;
            } else if invisible(c) {
                at = after;
            } else {
                at = clean.compose(text, at, span.start);
            }
        }
        Ok(clean)
    }

    /// Adds what stands so at `start`.
    fn copy(&mut self, run: &str, start: usize) {
        match self.pieces.last_mut() {
            Some(last) if last.copied && last.source.end == start => last.source.end += run.len(),
            _ => self.pieces.push(Piece {
                at: self.text.len(),
                source: Span::new(start, start + run.len()),
                copied: true,
            }),
        }
        self.text.push_str(run);
    }

    /// Adds what stands for the words at `source`.
    fn put(&mut self, words: &str, source: Span) {
        if words.len() == 1 && source.len() == 1 {
            return self.copy(words, source.start);
        }
        self.pieces.push(Piece { at: self.text.len(), source, copied: false });
        self.text.push_str(words);
    }

    /// Adds the character at `at` with the combining marks after it, composed where possible.
    fn compose(&mut self, text: &str, at: usize, base: usize) -> usize {
        let mut chars = text[at..].chars();
        let Some(mut c) = chars.next() else { return at };
        let alone = at + c.len_utf8();
        let mut end = alone;
        for mark in chars {
            let Some(both) = is_combining_mark(mark).then(|| compose(c, mark)).flatten() else { break };
            c = both;
            end += mark.len_utf8();
        }
        match end == alone {
            true => self.copy(&text[at..end], base + at),
            false => self.put(c.encode_utf8(&mut [0; 4]), Span::new(base + at, base + end)),
        }
        end
    }

    /// The span of the untouched text behind a span of the readable one.
    pub fn source(&self, span: Span) -> Span {
        let start = self.place(span.start).map_or(0, |place| place.start);
        let end = span.end.checked_sub(1).and_then(|last| self.place(last)).map_or(start, |place| place.end);
        Span::new(start, end.max(start))
    }

    /// Where the byte at `at` of the readable text came from.
    fn place(&self, at: usize) -> Option<Span> {
        let piece = self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)?;
        let piece = self.pieces.get(piece).filter(|_| at < self.text.len())?;
        let start = piece.source.start + (at - piece.at);
        Some(if piece.copied { Span::new(start, start + 1) } else { piece.source })
    }
}

/// Tells the characters that stand for themselves.
struct Plain<'o> {
    /// For each byte the kinds of places that it may begin, a bit each; where the next byte has the same bit in `seconds`
    /// such a place begins, or, where kinds share a bit, may begin.
    firsts: [u16; 256],
    seconds: [u16; 256],
    /// What may be misread.
    misread: Vec<&'o [u8]>,
}

impl<'o> Plain<'o> {
    /// Two blanks, of which one is left.
    const BLANKS: u16 = 1 << 13;
    /// A hyphen that can end a line.
    const HYPHEN: u16 = 1 << 14;
    /// Any other character that does not stand for itself, whatever follows.
    const OTHER: u16 = 1 << 15;
    /// How many bits are left for what may be misread.
    const PAIRS: usize = 13;

    /// The kinds of places apart from what may be misread.
    const ALWAYS: ([u16; 256], [u16; 256]) = {
        let (mut firsts, mut seconds) = ([0; 256], [Plain::OTHER; 256]);
        let mut byte = 0;
        while byte < 256 {
            if !(0x20 <= byte && byte < 0x7f) {
                firsts[byte] = Plain::OTHER;
            }
            if !(byte as u8).is_ascii_graphic() {
                seconds[byte] |= Plain::HYPHEN;
            }
            byte += 1;
        }
        firsts[b'-' as usize] |= Plain::HYPHEN;
        firsts[b' ' as usize] |= Plain::BLANKS;
        seconds[b' ' as usize] |= Plain::BLANKS;
        (firsts, seconds)
    };

    fn new(ocr: &'o [(String, String)]) -> Plain<'o> {
        let (mut firsts, mut seconds) = Plain::ALWAYS;
        let mut misread = Vec::with_capacity(ocr.len());
        for (at, (wrong, _)) in ocr.iter().enumerate() {
            let wrong = wrong.trim_start_matches('^').as_bytes();
            let Some(one) = wrong.first() else { continue };
            let bit = wrong.get(1).map_or(Plain::OTHER, |_| 1 << (at % Plain::PAIRS));
            firsts[usize::from(*one)] |= bit;
            if let Some(next) = wrong.get(1) {
                seconds[usize::from(*next)] |= bit;
            }
            misread.push(wrong);
        }
        Plain { firsts, seconds, misread }
    }

    /// True where `bytes` begin with what may be misread.
    fn may_be_misread(&self, bytes: &[u8]) -> bool {
        self.misread.iter().any(|wrong| wrong.first() == bytes.first() && bytes.starts_with(wrong))
    }

    /// The end of the run of plain characters at `at`, `at` itself where there is none: single blanks stand between
    /// them, and what stands before another character may be composed with it.
    fn run(&self, text: &str, at: usize) -> usize {
        let bytes = &text.as_bytes()[at..];
        if bytes.first() == Some(&b' ') {
            return at;
        }
        // Every byte comes here: one question that is almost always answered alike.
        let kinds = |(one, next): (&u8, &u8)| self.firsts[usize::from(*one)] & self.seconds[usize::from(*next)];
        let last = bytes.len().saturating_sub(1);
        let mut run = 0;
        while run < last {
            let mut pairs = bytes[run..last].iter().zip(&bytes[run + 1..]).map(kinds);
            let Some(plain) = pairs.position(|kinds| kinds != 0) else {
                run = last;
                break;
            };
            run += plain;
            // Most words that begin like a misread one are none.
            let other = kinds((&bytes[run], &bytes[run + 1])) >> Plain::PAIRS != 0;
            if other || self.may_be_misread(&bytes[run..]) {
                break;
            }
            run += 1;
        }
        let composed = run > 0 && bytes.get(run).is_some_and(|byte| !byte.is_ascii());
        at + run - usize::from(composed)
    }
}

/// Zero-width and direction characters, which no reader sees.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\0')
}

fn misread<'o>(text: &str, at: usize, ocr: &'o [(String, String)]) -> Option<(usize, &'o str)> {
    let word_start = !text[..at].ends_with(char::is_alphanumeric);
    ocr.iter().find_map(|(wrong, right)| {
        // A mistaken letter stands inside a word; a mistaken capital or slash begins one, and the
        // hyphen that tells it is left to be read as one.
        let (wrong, begins) = wrong.strip_prefix('^').map_or((wrong.as_str(), false), |rest| (rest, true));
        let inside = wrong.starts_with(char::is_lowercase) && !begins;
        let fits = text[at..].starts_with(wrong) && inside != word_start;
        let consumed = wrong.trim_end_matches('-').len();
        fits.then(|| (consumed, right.trim_end_matches('-')))
    })
}

/// Where a hyphen at `at` ends a line: the place at which the word goes on.
fn hyphen_break(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix(['-', '\u{2010}'])?;
    let blank = rest.len() - rest.trim_start().len();
    let joined = text[..at].ends_with(char::is_alphabetic) && rest.trim_start().starts_with(char::is_lowercase);
    let word: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    // "publiek- en privaat" ends its first part on purpose.
    let elliptic = matches!(word.as_str(), "en" | "of" | "and" | "or" | "und" | "oder" | "et" | "ou");
    (rest[..blank].contains('\n') && joined && !elliptic).then(|| text.len() - rest.len() + blank)
}

/// An abbreviation keeps its hyphen over a line break: "EU-\ngeld".
fn keeps_hyphen(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    word.chars().count() <= 4 && word.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(text: &str) -> Clean {
        let ocr = [
            ("ooé".into(), "oö".into()),
            ("oé".into(), "oö".into()),
            ("Al-".into(), "AI-".into()),
            ("/n".into(), "In".into()),
        ];
        Clean::new(text, Span::new(0, text.len()), &ocr, &Furniture::default(), &Stop::default()).unwrap()
    }

    #[test]
    fn line_breaks_hyphens_and_misread_letters_are_mended() {
        let rows = [
            ("een\ngroep\n\n lidstaten", "een groep lidstaten"),
            ("samen-\nwerking", "samenwerking"),
            ("EU-\ngeld en Al-\ngedreven", "EU-geld en AI-gedreven"),
            ("publiek-\nen privaat", "publiek- en privaat"),
            ("gecooérdineerde coérdinatie", "gecoördineerde coördinatie"),
            ("het /nvestAl initiatief", "het InvestAl initiatief"),
            ("a\u{200b}b coo\u{308}rdinatie", "ab coördinatie"),
        ];
        for (text, expected) in rows {
            assert_eq!(clean(text).text, expected);
        }
    }

    #[test]
    fn every_span_leads_back_to_its_source() {
        let text = "één samen-\nwerking met\n coo\u{308}rdinatie";
        let clean = clean(text);
        for word in clean.text.split(' ') {
            let start = clean.text.find(word).unwrap();
            let source = clean.source(Span::new(start, start + word.len())).slice(text);
            let bare = |s: &str| s.chars().filter(|c| c.is_ascii_alphabetic()).collect::<String>();
            assert_eq!(
                bare(source).len(),
                bare(&word.replace(['é', 'ö'], "")).len() + source.matches("o\u{308}").count()
            );
        }
    }
}
