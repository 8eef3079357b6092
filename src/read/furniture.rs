//! What a page carries beside its prose: page numbers, running heads, footnotes and their marks.

use std::collections::{BTreeMap, BTreeSet};

use super::line;
use crate::error::Result;
use crate::span::Span;
use crate::stop::Stop;

/// Places of a text that are no part of its prose, in order and apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Furniture(Vec<Span>);

/// Lines next to the end of a page in which a running head can stand.
const NEAR: usize = 2;
/// Bytes from which on a line is more than the number of a page.
const LONGEST_NUMBER: usize = 24;
/// How far behind its mark a footnote can stand, in bytes.
const FAR: usize = 8_000;

/// A line with words, between the ends of pages before and behind it.
struct Line<'t> {
    span: Span,
    words: &'t str,
    /// How many pages ended before it.
    page: usize,
    /// True where an empty line, the end of a page or its number stands before it.
    apart: bool,
    number: bool,
}

impl Furniture {
    /// The furniture of `text`; one pass over its lines for each kind.
    ///
    /// # Errors
    /// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
    pub fn of(text: &str, stop: &Stop) -> Result<Furniture> {
        let lines = lines(text, stop)?;
        let mut spans: Vec<Span> = lines.iter().filter(|line| line.number).map(|line| line.span).collect();
        spans.extend(running_heads(&lines, stop)?);
        footnotes(&lines, &mut spans, stop)?;
        spans.sort();
        spans.dedup();
        Ok(Furniture(spans))
    }

    /// Every piece of it, in order.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().copied()
    }

    /// True where `span` is furniture as a whole.
    pub fn covers(&self, span: Span) -> bool {
        let at = self.0.partition_point(|one| one.end <= span.start);
        self.0.get(at).is_some_and(|one| one.start <= span.start && span.end <= one.end)
    }

    /// The furniture inside `span`, in order.
    pub fn within(&self, span: Span) -> &[Span] {
        let from = self.0.partition_point(|one| one.start < span.start);
        let to = self.0.partition_point(|one| one.end <= span.end).max(from);
        self.0.get(from..to).unwrap_or_default()
    }
}

fn lines<'t>(text: &'t str, stop: &Stop) -> Result<Vec<Line<'t>>> {
    let paged = text.as_bytes().contains(&b'\x0c');
    let mut found: Vec<Line<'_>> = Vec::new();
    let (mut page, mut apart) = (0, true);
    for line in line::lines(text) {
        stop.check()?;
        let words = line.words.slice(text);
        if words.is_empty() {
            apart = true;
        } else {
            let number = page_number(words);
            found.push(Line { span: line.words, words, page, apart, number });
            page += usize::from(number && !paged);
            apart = number || words.chars().all(|c| matches!(c, '_' | '-' | '–' | '—'));
        }
        if line.ends_page {
            page += 1;
            apart = true;
        }
    }
    Ok(found)
}

/// "Pagina 2 van 4", a bare page number.
fn page_number(line: &str) -> bool {
    if line.len() >= LONGEST_NUMBER {
        return false;
    }
    let first = line.split_whitespace().next().unwrap_or_default().to_lowercase();
    let page =
        matches!(first.as_str(), "pagina" | "page" | "blad" | "seite") && line.contains(|c: char| c.is_ascii_digit());
    page || line.len() <= 3 && line.chars().all(|c| c.is_ascii_digit())
}

/// Lines that stand on several pages next to where they end. The first page's top is left: it can be the title.
fn running_heads(lines: &[Line<'_>], stop: &Stop) -> Result<Vec<Span>> {
    let pages: Vec<&[Line<'_>]> = lines.chunk_by(|a, b| a.page == b.page).collect();
    if pages.len() < 2 {
        return Ok(Vec::new());
    }
    let mut stands: BTreeMap<(String, Option<i64>), BTreeSet<usize>> = BTreeMap::new();
    let mut candidates = Vec::new();
    for page in &pages {
        stop.check()?;
        let prose: Vec<&Line<'_>> = page.iter().filter(|line| !line.number).collect();
        for (at, line) in prose.iter().enumerate() {
            if (at < NEAR || at + NEAR >= prose.len()) && line.words.contains(char::is_alphabetic) {
                for key in head_keys(line) {
                    stands.entry(key).or_default().insert(line.page);
                }
                candidates.push((at < NEAR && line.page == 0, *line));
            }
        }
    }
    let repeated = |line: &Line<'_>| {
        let n = head_keys(line).iter().filter_map(|key| stands.get(key)).map(BTreeSet::len).max().unwrap_or_default();
        n >= 2 && n * 2 + 1 >= pages.len()
    };
    let mut heads = Vec::new();
    for (title, line) in candidates {
        stop.check()?;
        heads.extend((!title && repeated(line)).then_some(line.span));
    }
    Ok(heads)
}

/// A line as it stands, and without a number at its end or beginning that goes up with the pages.
fn head_keys(line: &Line<'_>) -> Vec<(String, Option<i64>)> {
    let words: Vec<&str> = line.words.split_whitespace().collect();
    let counted = |word: Option<&&str>, rest: Option<&[&str]>| {
        let n = word?.parse::<i64>().ok().filter(|n| *n < 1_000)?;
        Some((rest?.join(" "), Some(n - line.page as i64)))
    };
    let end = counted(words.last(), words.get(..words.len().saturating_sub(1)));
    let start = counted(words.first(), words.get(1..));
    [Some((words.join(" "), None)), end, start].into_iter().flatten().collect()
}

/// Footnotes at the foot of a page, and the marks in the prose that lead to them: "jl.1".
fn footnotes(lines: &[Line<'_>], spans: &mut Vec<Span>, stop: &Stop) -> Result<()> {
    let mut marks: BTreeMap<u8, Span> = BTreeMap::new();
    let mut inside: Option<usize> = None;
    for line in lines.iter().filter(|line| !line.number) {
        stop.check()?;
        let mark = note_number(line.words).and_then(|n| Some((n, *marks.get(&n)?)));
        let opens =
            (line.apart || inside == Some(line.page)) && mark.is_some_and(|(_, at)| line.span.start - at.end < FAR);
        if let Some((n, at)) = mark.filter(|_| opens) {
            marks.remove(&n);
            spans.extend([at, line.span]);
            inside = Some(line.page);
        } else if inside == Some(line.page) && !line.apart {
            spans.push(line.span);
        } else {
            inside = None;
            collect_marks(line, &mut marks);
        }
    }
    Ok(())
}

/// The number that a footnote begins with: "1 Kamerstuk 21501, nr. 905."
fn note_number(line: &str) -> Option<u8> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (number, rest) = line.split_once(char::is_whitespace)?;
    let opens =
        rest.trim_start().starts_with(|c: char| c.is_uppercase() || c == '“') || rest.trim_start().starts_with("http");
    number.parse().ok().filter(|n| opens && number.len() <= 2 && *n > 0)
}

/// Numbers that stand right behind a word or its full stop.
fn collect_marks(line: &Line<'_>, marks: &mut BTreeMap<u8, Span>) {
    let bytes = line.words.as_bytes();
    // Every line comes here: one look at all of it, as most have none.
    if !bytes.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return;
    }
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(u8::is_ascii_digit) {
        at += next;
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let before: String = line.words.get(..at).unwrap_or_default().chars().rev().take(2).collect();
        let mut before = before.chars();
        let glued = match before.next() {
            Some('.' | ',' | ';' | ')' | '”' | '"') => !before.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_lowercase(),
            None => false,
        };
        let rest = line.words.get(at + digits..).unwrap_or_default();
        let ends = rest.is_empty()
            || rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')'));
        if let Some(n) = line.words.get(at..at + digits).and_then(|n| n.parse::<u8>().ok()).filter(|_| glued && ends) {
            marks.insert(n, Span::new(line.span.start + at, line.span.start + at + digits));
        }
        at += digits;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose(text: &str) -> String {
        let furniture = Furniture::of(text, &Stop::default()).unwrap();
        let mut kept = String::new();
        let mut at = 0;
        for span in furniture.within(Span::new(0, text.len())) {
            kept.push_str(&text[at..span.start]);
            at = span.end;
        }
        kept.push_str(&text[at..]);
        kept.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn furniture_is_told_from_prose() {
        let rows = [
            ("Een zin\n\nPagina 2 van 4\n\ngaat door.", "Een zin gaat door."),
            (
                "Verslag\n\nA b.\nKamer 1\n\u{c}Kamer, nr. 3\nC d.\nKamer 2\n\u{c}Kamer, nr. 3\nE f.\nKamer 3",
                "Verslag A b. C d. E f.",
            ),
            (
                "Titel\nEen a.\nTwee b.\n\u{c}Titel\nDrie c.\nVier d.\n\u{c}Titel\nVijf e.\nZes f.",
                "Titel Een a. Twee b. Drie c. Vier d. Vijf e. Zes f.",
            ),
            (
                "Vorige week jl.1 was dat.2 Ja\n\n1 Kamerstuk 21501,\nnr. 905.\n2 Zie daar.\n\nVerder.",
                "Vorige week jl. was dat. Ja Verder.",
            ),
            (
                "Dat zei men in artikel 4.\n\n27 Lidstaten steunden het.",
                "Dat zei men in artikel 4. 27 Lidstaten steunden het.",
            ),
            ("Het zijn er 28.000 in totaal.\n\n0 Niets", "Het zijn er 28.000 in totaal. 0 Niets"),
        ];
        for (text, expected) in rows {
            assert_eq!(prose(text), expected, "{text}");
        }
    }
}
