//! A readable copy of a text, with a map back to the untouched one.

use unicode_normalization::char::{compose, is_combining_mark};

use super::furniture::Furniture;
use crate::span::Span;

/// A text without line breaks inside sentences, hyphen breaks, invisible characters and misread
/// letters; every byte of it knows where it came from.
#[derive(Debug, Clone, Default)]
pub struct Clean {
    /// The readable text; one space for every run of white space.
    pub text: String,
    /// For every byte of `text`, the start of its source; one more at the end.
    from: Vec<u32>,
    /// For every byte of `text`, the end of its source.
    to: Vec<u32>,
    /// True where a misread letter was put right.
    pub noisy: bool,
}

impl Clean {
    /// Cleans `span` of `source` without its furniture; `ocr` holds misread letters and what they stand for.
    pub fn new(source: &str, span: Span, ocr: &[(String, String)], furniture: &Furniture) -> Clean {
        let text = span.slice(source);
        let mut clean = Clean {
            text: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len() + 1),
            to: Vec::with_capacity(text.len() + 1),
            noisy: false,
        };
        let plain = Plain::new(ocr);
        let mut cuts =
            furniture.within(span).iter().map(|cut| (cut.start - span.start, cut.end - span.start)).peekable();
        let mut at = 0;
        while at < text.len() {
            if let Some((_, end)) = cuts.next_if(|(start, _)| *start <= at) {
                at = at.max(end);
                continue;
            }
            let run = plain.run(text, at).min(cuts.peek().map_or(text.len(), |(start, _)| *start));
            if run > at {
                clean.push_run(&text[at..run], span.start + at);
                at = run;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            let start = span.start + at;
            let after = at + c.len_utf8();
            if let Some((wrong, right)) = plain.may_be_misread(text, at).then(|| misread(text, at, ocr)).flatten() {
                clean.push_str(right, start, start + wrong);
                clean.noisy = true;
                at += wrong;
            } else if let Some(end) = hyphen_break(text, at) {
                if keeps_hyphen(&text[..at]) {
                    clean.push(c, start, span.start + after);
                }
                at = end;
            } else if c.is_whitespace() {
                if !clean.text.is_empty() && !clean.text.ends_with(' ') {
                    clean.push(' ', start, span.start + after);
                }
                at = after;
            } else if invisible(c) {
                at = after;
            } else {
                at = clean.push_composed(text, at, span.start);
            }
        }
        clean
    }

    /// Pushes ASCII letters and digits that stand for themselves.
    fn push_run(&mut self, run: &str, start: usize) {
        self.text.push_str(run);
        let (start, end) = (start as u32, (start + run.len()) as u32);
        self.from.extend(start..end);
        self.to.extend(start + 1..=end);
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        for _ in 0..c.len_utf8() {
            self.from.push(start as u32);
            self.to.push(end as u32);
        }
    }

    fn push_str(&mut self, word: &str, start: usize, end: usize) {
        for c in word.chars() {
            self.push(c, start, end);
        }
    }

    /// Pushes the character at `at` with the combining marks after it, composed where possible.
    fn push_composed(&mut self, text: &str, at: usize, base: usize) -> usize {
        let mut chars = text[at..].chars();
        let Some(mut c) = chars.next() else { return at };
        let mut end = at + c.len_utf8();
        for mark in chars {
            let Some(both) = is_combining_mark(mark).then(|| compose(c, mark)).flatten() else { break };
            c = both;
            end += mark.len_utf8();
        }
        self.push(c, base + at, base + end);
        end
    }

    /// The span of the untouched text behind a span of the readable one.
    pub fn source(&self, span: Span) -> Span {
        let start = self.from.get(span.start).copied().unwrap_or_default();
        let end = span.end.checked_sub(1).and_then(|last| self.to.get(last)).copied().unwrap_or(start);
        Span::new(start as usize, end.max(start) as usize)
    }
}

/// Tells letters and digits with which nothing that is mended begins.
struct Plain {
    plain: [bool; 256],
    /// The bytes with which something that may be misread begins, and the first two of each.
    first: [bool; 256],
    misread: Vec<[u8; 2]>,
}

impl Plain {
    fn new(ocr: &[(String, String)]) -> Plain {
        let mut plain: [bool; 256] = std::array::from_fn(|byte| (byte as u8).is_ascii_alphanumeric());
        let mut first = [false; 256];
        let mut misread = Vec::with_capacity(ocr.len());
        for (wrong, _) in ocr {
            let mut bytes = wrong.trim_start_matches('^').bytes();
            let (Some(one), next) = (bytes.next(), bytes.next()) else { continue };
            first[one as usize] = true;
            match next {
                Some(next) => misread.push([one, next]),
                None => plain[one as usize] = false,
            }
        }
        Plain { plain, first, misread }
    }

    fn may_be_misread(&self, text: &str, at: usize) -> bool {
        let bytes = text.as_bytes();
        let (one, next) = (bytes[at], bytes.get(at + 1).copied().unwrap_or_default());
        self.first[one as usize] && (!self.plain[one as usize] || self.misread.contains(&[one, next]))
    }

    /// The end of the run of plain letters at `at`, `at` itself where there is none: furniture may begin a line,
    /// and a letter before a combining mark is composed with it.
    fn run(&self, text: &str, at: usize) -> usize {
        let bytes = text.as_bytes();
        if at == 0 || bytes[at - 1] == b'\n' {
            return at;
        }
        let pairs = bytes[at..].iter().zip(bytes[at..].iter().skip(1));
        let plain = |(one, next): &(&u8, &u8)| {
            self.plain[**one as usize]
                && next.is_ascii()
                && !(self.first[**one as usize] && self.misread.contains(&[**one, **next]))
        };
        at + pairs.take_while(plain).count()
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
        Clean::new(text, Span::new(0, text.len()), &ocr, &Furniture::default())
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
