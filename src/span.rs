//! Places in a text: byte spans in the core, code points for people.

/// A half-open range of byte offsets into the untouched text of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "span {start}..{end}");
        Span { start, end }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// True where the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text it covers, or `""` where it does not lie on character borders of `text`.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The character that begins at byte `at`; `None` past the end, and inside of a character.
pub fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Which characters make up words.
pub struct Alphabet {
    /// What each byte is.
    bytes: [Part; 256],
    /// Whether digits are inside.
    digits: bool,
    /// Whether a character that is not ASCII is inside.
    other: fn(char) -> bool,
}

/// What a byte is to an [`Alphabet`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Inside,
    Outside,
    /// Part of a character that is not ASCII.
    Other,
}

impl Alphabet {
    /// The letters of ASCII and, with `digits`, its digits; other characters where `other` holds.
    pub const fn new(digits: bool, other: fn(char) -> bool) -> Alphabet {
        let (mut bytes, mut byte) = ([Part::Other; 256], 0);
        while byte < 128 {
            let inside = (byte as u8).is_ascii_alphabetic() || digits && (byte as u8).is_ascii_digit();
            bytes[byte] = if inside { Part::Inside } else { Part::Outside };
            byte += 1;
        }
        Alphabet { bytes, digits, other }
    }

    /// The longest runs of such characters, from left to right.
    pub fn runs<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Span> + 't {
        let mut end = 0;
        std::iter::from_fn(move || {
            let start = self.skip(text, end, false);
            end = self.skip(text, start, true);
            (end > start).then(|| Span::new(start, end))
        })
    }

    /// How many of these bytes, from the first on, are letters or digits of ASCII inside; all are asked at once.
    #[inline]
    fn run(&self, letters: &[u8; 8]) -> usize {
        let all = u64::from_le_bytes(*letters);
        let ascii = all & every(0x7f);
        let mut inside = between(ascii | every(0x20), b'a', b'z');
        if self.digits {
            inside |= between(ascii, b'0', b'9');
        }
        ((!inside | all) & every(0x80)).trailing_zeros() as usize / 8
    }

    /// Past the characters from byte `at` on that are, or are not, `inside`.
    #[inline]
    pub fn skip(&self, text: &str, mut at: usize, inside: bool) -> usize {
        let part = if inside { Part::Inside } else { Part::Outside };
        while inside && let Some(letters) = text.as_bytes().get(at..).and_then(|rest| rest.first_chunk()) {
            let run = self.run(letters);
            at += run;
            if run < letters.len() {
                break;
            }
        }
        while let Some(byte) = text.as_bytes().get(at) {
            match self.bytes[usize::from(*byte)] {
                here if here == part => at += 1,
                Part::Other => match char_at(text, at).filter(|c| (self.other)(*c) == inside) {
                    Some(c) => at += c.len_utf8(),
                    None => break,
                },
                _ => break,
            }
        }
        at
    }
}

/// For each byte, none of which is over 127, its highest bit where it is one of those from `first` to `last`.
#[inline]
fn between(bytes: u64, first: u8, last: u8) -> u64 {
    (bytes + every(0x80 - first)) & !(bytes + every(0x7f - last))
}

/// A number of which every byte is that one.
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The text up to its code point number `points`, or the whole of a shorter one.
pub fn beginning(text: &str, points: usize) -> &str {
    let mut rest = text.chars();
    if text.len() > points && points > 0 {
        rest.nth(points - 1);
        return &text[..text.len() - rest.as_str().len()];
    }
    text
}

/// The text in pieces of about so many bytes, none of which cuts a character.
pub fn pieces(text: &str, bytes: usize) -> impl Iterator<Item = Span> {
    let mut start: usize = 0;
    std::iter::from_fn(move || {
        let mut end = start.saturating_add(bytes.max(1)).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let piece = Span::new(start, end);
        start = end;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Converts between byte offsets and code points of one text; built once, asked often.
///
/// Holds the code point count at every 64th byte, so a question costs at most 64 steps.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    marks: Vec<usize>,
}

const STRIDE: usize = 64;

fn starts_char(byte: &u8) -> bool {
    (*byte as i8) >= -0x40
}

impl<'t> CodePoints<'t> {
    /// Reads `text` once.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(STRIDE) {
            marks.push(count);
            count += block.iter().filter(|b| starts_char(b)).count();
        }
        CodePoints { text, marks }
    }

    /// The number of code points before `byte` (at most the length of the text).
    pub fn of_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let block = byte / STRIDE;
        let (Some(mark), from) = (self.marks.get(block), block * STRIDE) else {
            return self.text.chars().count();
        };
        mark + self.text.as_bytes()[from..byte].iter().filter(|b| starts_char(b)).count()
    }

    /// The byte at which code point number `point` starts; `None` past the end.
    pub fn to_byte(&self, point: usize) -> Option<usize> {
        let block = self.marks.partition_point(|&m| m <= point).saturating_sub(1);
        let mut seen = *self.marks.get(block).unwrap_or(&0);
        for (at, byte) in self.text.as_bytes().iter().enumerate().skip(block * STRIDE) {
            if starts_char(byte) {
                if seen == point {
                    return Some(at);
                }
                seen += 1;
            }
        }
        (seen == point).then_some(self.text.len())
    }
}

/// The pages and paragraphs of one text, counted from 1, by which a place in it is cited.
#[derive(Debug, Clone)]
pub struct Divisions {
    /// Where each page after the first begins; a form feed is the end of a page.
    pages: Vec<usize>,
    /// Where each paragraph begins; an empty line parts them.
    paragraphs: Vec<usize>,
}

impl Divisions {
    /// Reads `text` once.
    pub fn new(text: &str) -> Divisions {
        let pages = text.match_indices('\u{c}').map(|(at, _)| at + 1).collect();
        let mut paragraphs = Vec::new();
        let (mut at, mut empty) = (0, true);
        for line in text.split_inclusive('\n') {
            let blank = line.trim().is_empty();
            if empty && !blank {
                paragraphs.push(at);
            }
            empty = blank;
            at += line.len();
        }
        Divisions { pages, paragraphs }
    }

    /// The page on which `byte` lies; `None` for a text without pages.
    pub fn page(&self, byte: usize) -> Option<usize> {
        (!self.pages.is_empty()).then(|| 1 + self.pages.partition_point(|start| *start <= byte))
    }

    /// The paragraph in which `byte` lies; `None` before the first.
    pub fn paragraph(&self, byte: usize) -> Option<usize> {
        Some(self.paragraphs.partition_point(|start| *start <= byte)).filter(|n| *n > 0)
    }
}

/// The line, counted from 1, on which `byte` lies; CR, LF, CRLF, form feed and the Unicode line
/// separators each end one line.
pub fn line_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or(text);
    let ends = before.chars().filter(|c| matches!(c, '\n' | '\r' | '\u{c}' | '\u{2028}' | '\u{2029}' | '\u{85}'));
    1 + ends.count() - before.matches("\r\n").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHANUMERIC: Alphabet = Alphabet::new(true, char::is_alphanumeric);

    #[test]
    fn code_points_and_bytes_convert_both_ways() {
        let text = "a\u{e9}\u{1f600}e\u{301}".repeat(50);
        let points = CodePoints::new(&text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.of_byte(byte), point);
            assert_eq!(points.to_byte(point), Some(byte));
        }
        let count = text.chars().count();
        assert_eq!(points.of_byte(text.len()), count);
        assert_eq!(points.to_byte(count), Some(text.len()));
        assert_eq!(points.to_byte(count + 1), None);
    }

    #[test]
    fn a_text_is_cut_by_code_points_and_by_runs() {
        let text = "één, twee\u{301} (3)";
        let words: Vec<&str> = ALPHANUMERIC.runs(text).map(|span| span.slice(text)).collect();
        assert_eq!(words, ["één", "twee", "3"]);
        assert_eq!(ALPHANUMERIC.runs("-").count(), 0);
        let cut: Vec<&str> = [1, 3, 12, 14, 99].map(|points| beginning(text, points)).to_vec();
        assert_eq!(cut, ["é", "één", "één, twee\u{301} (", text, text]);
    }

    #[test]
    fn pieces_make_the_text_again_and_cut_no_character() {
        let text = "a\u{e9}\u{1f600}e\u{301}".repeat(5);
        for bytes in [0, 1, 2, 3, 7, 100] {
            let parts: Vec<&str> = pieces(&text, bytes).map(|piece| piece.slice(&text)).collect();
            assert_eq!(parts.concat(), text, "{bytes}");
            assert!(parts.iter().all(|part| !part.is_empty() && part.len() < bytes.max(1) + 4), "{bytes}");
        }
        assert_eq!(pieces("", 5).count(), 0);
    }

    #[test]
    fn places_are_cited_by_page_and_paragraph() {
        let text = "a\nb\n\n \nc\n\n\u{c}d\n\u{c}e";
        let divisions = Divisions::new(text);
        let cited = |word: &str| {
            let at = text.find(word).unwrap();
            (divisions.page(at), divisions.paragraph(at))
        };
        let found: Vec<_> = ["a", "b", "c", "d", "e"].map(cited).to_vec();
        let expected = [(1, 1), (1, 1), (1, 2), (2, 3), (3, 3)].map(|(page, paragraph)| (Some(page), Some(paragraph)));
        assert_eq!(found, expected);
        assert_eq!(Divisions::new("a").page(0), None);
        assert_eq!(Divisions::new(" \n").paragraph(0), None);
    }

    #[test]
    fn every_line_end_counts_once() {
        let text = "a\r\nb\rc\nd\u{2028}e\u{c}f";
        let lines: Vec<usize> = "abcdef".chars().map(|c| line_of(text, text.find(c).unwrap())).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 6]);
    }
}
