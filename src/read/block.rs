//! Paragraphs and headings of a report.

use super::furniture::Furniture;
use super::line::{Line, lines};
use crate::error::Result;
use crate::span::Span;
use crate::stop::Stop;

/// One paragraph or heading of the untouched text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// True for a line that titles what follows.
    pub heading: bool,
}

/// Splits a text into paragraphs and headings; a page break inside a sentence does not end one, furniture is no block.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub fn blocks(text: &str, furniture: &Furniture, stop: &Stop) -> Result<Vec<Block>> {
    let mut found: Vec<Block> = Vec::new();
    for span in paragraphs(text, furniture, stop)? {
        stop.check()?;
        let (run_in, rest) = split_heading(text, span);
        for (span, heading) in run_in.map(|span| (span, true)).into_iter().chain(rest.map(|span| (span, false))) {
            let heading = heading || stands_alone(span.slice(text));
            match found.last_mut() {
                Some(last) if !heading && !last.heading && goes_on(last.span.slice(text), span.slice(text)) => {
                    last.span.end = span.end;
                }
                _ => found.push(Block { span, heading }),
            }
        }
    }
    Ok(found)
}

/// Runs of lines without a blank one; a numbered line begins a run of its own, and so does an item of a list.
fn paragraphs(text: &str, furniture: &Furniture, stop: &Stop) -> Result<Vec<Span>> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    for Line { words: span, .. } in lines(text) {
        stop.check()?;
        let trimmed = span.slice(text);
        if trimmed.is_empty() || furniture.covers(span) {
            open = open && !trimmed.is_empty();
            continue;
        }
        match found.last_mut() {
            Some(last) if open && !numbered(trimmed) && !shouted(trimmed) && !is_item(last.slice(text), trimmed) => {
                last.end = span.end;
            }
            _ => found.push(span),
        }
        open = true;
    }
    Ok(found)
}

/// "IN THE CORRIDORS: …": a heading in capitals that opens its line.
fn shouted(line: &str) -> bool {
    // Most lines begin with a small letter.
    if !line.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) {
        return false;
    }
    let Some(colon) = line.find(':').filter(|at| *at < 60) else { return false };
    let title = line[..colon].split('(').next().unwrap_or_default();
    let letters = title.chars().filter(|c| c.is_alphabetic());
    title.split_whitespace().count() <= 8 && letters.clone().count() >= 4 && letters.clone().all(char::is_uppercase)
}

/// True for a line behind a bullet, such as "– Spain objected".
pub fn bulleted(line: &str) -> bool {
    line.strip_prefix(['–', '—', '-', '*', '▪', '•', 'Ø']).is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// True for an item of a list behind what stands before it: "… objected.\n– Poland", but not "states\n– save Malta –".
fn is_item(last: &str, next: &str) -> bool {
    let sentence = next.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    bulleted(next) && sentence && (bulleted(last) || last.ends_with(['.', ';', ':']))
}

/// "1. …", "II. …", "a) …", "Ø …".
pub fn numbered(line: &str) -> bool {
    let mark = line.split_whitespace().next().unwrap_or_default();
    let Some(label) = mark.strip_suffix(['.', ')', ':']) else { return matches!(mark, "Ø" | "•" | "=") };
    let digits = label.trim_end_matches(|c: char| c.is_ascii_lowercase());
    // "2", "1a", "b"
    let digits = digits.chars().all(|c| c.is_ascii_digit()) && label.len() - digits.len() <= 1 && label.len() <= 3;
    let roman = label.chars().all(|c| "IVX".contains(c));
    !label.is_empty() && (digits || roman) && mark.len() < line.len()
}

/// The heading that opens a paragraph, and what follows it: "MONITORING (Article 9): SWEDEN …".
fn split_heading(text: &str, span: Span) -> (Option<Span>, Option<Span>) {
    let paragraph = span.slice(text);
    if numbered(paragraph)
        && let Some(end) = paragraph.find('\n')
        && short_line(paragraph[..end].trim_end())
    {
        let rest = span.start + end + (paragraph[end..].len() - paragraph[end..].trim_start().len());
        return (
            Some(Span::new(span.start, span.start + paragraph[..end].trim_end().len())),
            Some(Span::new(rest, span.end)),
        );
    }
    let Some(colon) = paragraph.char_indices().take(90).find(|(_, c)| *c == ':').map(|(at, _)| at) else {
        return (None, Some(span));
    };
    let (title, rest) = (&paragraph[..colon], paragraph[colon + 1..].trim_start());
    let shouted = title.chars().filter(|c| c.is_alphabetic()).take(4).all(char::is_uppercase);
    // "IN THE CORRIDORS: Nobody spoke."
    let whole = title.split_whitespace().nth(1).is_some() && !title.chars().any(char::is_lowercase);
    let short = title.split_whitespace().count() <= 8
        && !title.contains(['.', ';', ','])
        && title.starts_with(char::is_uppercase);
    if !rest.is_empty()
        && rest.trim_start_matches(['"', '“', '‘', '\'']).starts_with(char::is_uppercase)
        && (rest.len() > 40 || whole)
        && short
        && (shouted || title.split_whitespace().count() <= 6)
    {
        return (Some(Span::new(span.start, span.start + colon)), Some(Span::new(span.end - rest.len(), span.end)));
    }
    (None, Some(span))
}

fn short_line(line: &str) -> bool {
    line.split_whitespace().take(17).count() <= 16 && !line.ends_with(['.', ',', ';'])
}

/// How many letters a title has at most.
const LONGEST_TITLE: usize = 300;

/// A short paragraph that is no sentence, or one in capitals.
fn stands_alone(paragraph: &str) -> bool {
    let words = paragraph.split_whitespace().take(15).count();
    let upper = paragraph.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(char::is_uppercase)
        || numbered(paragraph);
    upper
        && (!bulleted(paragraph) || numbered(paragraph))
        && !paragraph.ends_with(['.', '!', '?', ';', ',', '”', '"', '\u{2019}'])
        && (words <= 14 || in_capitals(paragraph))
}

/// The title of a bulletin, over several lines.
fn in_capitals(paragraph: &str) -> bool {
    let letters = paragraph.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = paragraph.chars().filter(|c| c.is_uppercase()).count();
    letters < LONGEST_TITLE && 5 * capitals > 4 * letters
}

/// True where `next` continues a sentence that `last` leaves open.
fn goes_on(last: &str, next: &str) -> bool {
    let open = !last.ends_with(['.', '!', '?', ':', '”', '"']);
    let open = open && !is_item(last, next);
    open && !numbered(next) || last.ends_with(',') || next.starts_with(char::is_lowercase) && !numbered(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Block> {
        let stop = Stop::default();
        blocks(text, &Furniture::of(text, &stop).unwrap(), &stop).unwrap()
    }

    fn shown(text: &str) -> Vec<String> {
        let mark =
            |b: &Block| format!("{}{}", if b.heading { "# " } else { "" }, b.span.slice(text).replace('\n', " "));
        read(text).iter().map(mark).collect()
    }

    #[test]
    fn headings_are_told_from_paragraphs() {
        let rows: [(&str, &[&str]); 7] = [
            (
                "BULLETIN OF NEGOTIATIONS\nVol. 8 No. 14 | Friday, 5 December 2025\nSUMMARY OF THE COUNCIL OF MINISTERS FOR THE ENVIRONMENT: GHENT, 2 DECEMBER 2025\n\nSpain spoke.",
                &[
                    "# BULLETIN OF NEGOTIATIONS Vol. 8 No. 14 | Friday, 5 December 2025 SUMMARY OF THE COUNCIL OF MINISTERS FOR THE ENVIRONMENT: GHENT, 2 DECEMBER 2025",
                    "Spain spoke.",
                ],
            ),
            ("1. Eerste punt\n\nDe Commissie zei iets.\n", &["# 1. Eerste punt", "De Commissie zei iets."]),
            ("1. Eerste punt\nDe Commissie zei iets.\n", &["# 1. Eerste punt", "De Commissie zei iets."]),
            (
                "OPENING (Article 4): SWEDEN spoke at some length about its forests today.",
                &["# OPENING (Article 4)", "SWEDEN spoke at some length about its forests today."],
            ),
            ("Diversen\n\nMalta vroeg aandacht.", &["# Diversen", "Malta vroeg aandacht."]),
            (
                "Malta sprak.\n\nc. Schol en tong\n\nSpanje niet.",
                &["Malta sprak.", "# c. Schol en tong", "Spanje niet."],
            ),
            ("Malta sprak.\n\n1a) Schol\nSpanje niet.", &["Malta sprak.", "# 1a) Schol", "Spanje niet."]),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn every_item_of_a_list_is_a_paragraph() {
        let rows: [(&str, &[&str]); 4] = [
            ("- Spanje was tegen\n- Malta was voor\n", &["- Spanje was tegen", "- Malta was voor"]),
            ("Zij waren het oneens.\n– Spanje was tegen", &["Zij waren het oneens.", "– Spanje was tegen"]),
            ("Alle landen\n– Malta uitgezonderd – waren tegen.", &["Alle landen – Malta uitgezonderd – waren tegen."]),
            ("Spanje vroeg om:\n- meer geld;\n- een fonds.", &["Spanje vroeg om: - meer geld; - een fonds."]),
        ];
        for (text, expected) in rows {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_page_break_inside_a_sentence_is_bridged() {
        let text = "Daarom is het volgens de Commissie van groot belang, zo gaf zij ook nu weer aan tijdens de lunch,\n\n\n\ndat lidstaten handelen.";
        assert_eq!(read(text).len(), 1);
        let text = "Nederland vroeg aandacht voor het beter benutten van het European Cybersecurity Competence of een ander\n\nPagina 2 van 4\n\nCentre en het netwerk.";
        assert_eq!(read(text).len(), 1);
    }
}
