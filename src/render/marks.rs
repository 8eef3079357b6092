//! A text cut into pieces, each covered by the same statements.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::span::Span;

/// A stretch of text that lies in one paragraph and is covered by the same marks throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Byte range.
    pub span: Span,
    /// How many marks cover it.
    pub depth: usize,
    /// The first of them, by number; at most [`SHOWN`].
    pub covering: Vec<usize>,
    /// The marks that start here.
    pub starting: Vec<usize>,
}

/// How many marks one piece names; more are counted. Keeps the work linear where marks pile up.
pub(crate) const SHOWN: usize = 6;

/// Cuts the text of `paragraphs` at their borders and wherever one of `spans` starts or ends. The
/// spans are not empty and lie on character borders.
pub(crate) fn pieces(paragraphs: &[Span], spans: &[Span]) -> Vec<Piece> {
    let mut cuts: Vec<usize> = paragraphs.iter().chain(spans).flat_map(|s| [s.start, s.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();

    let mut starts: Vec<usize> = (0..spans.len()).collect();
    starts.sort_by_key(|&i| (spans[i].start, i));
    let mut starts = starts.into_iter().peekable();
    let mut active: BTreeSet<usize> = BTreeSet::new();
    let mut ends: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut pieces = Vec::with_capacity(cuts.len());
    for cut in cuts.windows(2) {
        let span = Span::new(cut[0], cut[1]);
        while let Some(&(end, mark)) = ends.first().filter(|(end, _)| *end <= span.start) {
            ends.remove(&(end, mark));
            active.remove(&mark);
        }
        let mut starting = Vec::new();
        while let Some(mark) = starts.next_if(|&i| spans[i].start <= span.start) {
            active.insert(mark);
            ends.insert((spans[mark].end, mark));
            if spans[mark].start == span.start {
                starting.push(mark);
            }
        }
        let covering = active.iter().copied().take(SHOWN).collect();
        pieces.push(Piece { span, depth: active.len(), covering, starting });
    }
    pieces
}

/// The paragraphs of a text, in order and without gaps: each ends after its blank lines. A line that
/// begins with a bullet starts a paragraph of its own.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let mut blank_before = true;
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        let before = text[start..at].trim_end();
        let new = (blank_before && !goes_on(before, line)) || is_item(line);
        if !blank && new && !before.trim_start().is_empty() {
            paragraphs.push(start..at);
            start = at;
        }
        blank_before = blank;
        at += line.len();
    }
    if at > start {
        paragraphs.push(start..at);
    }
    paragraphs.into_iter().map(|p| Span::new(p.start, p.end)).collect()
}

/// True where a page break fell into a sentence: no full stop before it, a small letter after it.
fn goes_on(before: &str, line: &str) -> bool {
    let open = before.ends_with(|c: char| c.is_alphanumeric() || c == ',' || c == '-');
    open && line.trim_start().starts_with(char::is_lowercase)
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    ["- ", "\u{2013} ", "\u{2022}", "\u{25cf}", "\u{f0b7}", "* "].iter().any(|bullet| line.starts_with(bullet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_and_nested_marks_cut_the_text_without_gaps() {
        let spans = [Span::new(2, 8), Span::new(4, 6), Span::new(5, 12), Span::new(2, 8)];
        let cut: Vec<(usize, usize, Vec<usize>, Vec<usize>)> = pieces(&[Span::new(0, 13)], &spans)
            .into_iter()
            .map(|p| (p.span.start, p.span.end, p.covering, p.starting))
            .collect();
        let expected = vec![
            (0, 2, vec![], vec![]),
            (2, 4, vec![0, 3], vec![0, 3]),
            (4, 5, vec![0, 1, 3], vec![1]),
            (5, 6, vec![0, 1, 2, 3], vec![2]),
            (6, 8, vec![0, 2, 3], vec![]),
            (8, 12, vec![2], vec![]),
            (12, 13, vec![], vec![]),
        ];
        assert_eq!(cut, expected);
    }

    #[test]
    fn a_mark_that_began_before_the_paragraph_goes_on_in_it() {
        let cut = pieces(&[Span::new(0, 10), Span::new(10, 20)], &[Span::new(5, 15)]);
        let seen: Vec<(usize, usize, bool)> = cut.iter().map(|p| (p.span.start, p.depth, p.starting == [0])).collect();
        assert_eq!(seen, [(0, 0, false), (5, 1, true), (10, 1, false), (15, 0, false)]);
    }

    #[test]
    fn paragraphs_cover_the_text() {
        for text in ["", "\n\n a\nb\n\n\n c", "a\r\n\r\nb", "kop\n- een\n- twee\nvervolg", "\n"] {
            let spans = paragraphs(text);
            assert_eq!(spans.iter().map(|s| s.slice(text)).collect::<String>(), text);
        }
        assert_eq!(paragraphs("kop\n- een\n- twee\nvervolg\n\nB").len(), 4);
        assert_eq!(paragraphs("Dat is van\n\n\nbelang.\n\nmaar nu").len(), 2);
    }
}
