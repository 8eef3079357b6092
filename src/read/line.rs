//! Lines of a text, however they end.

use memchr::memchr3_iter;

use crate::span::Span;

/// One line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Its words, without the blanks around them.
    pub words: Span,
    /// True where the end of a page ends it.
    pub ends_page: bool,
}

/// The lines of `text`: a line feed, a form feed or a Unicode line separator ends each.
pub fn lines(text: &str) -> impl Iterator<Item = Line> {
    let bytes = text.as_bytes();
    let separator = "\u{2028}".as_bytes();
    let ends = memchr3_iter(b'\n', b'\x0c', separator[0], bytes);
    let ends = ends.filter_map(move |at| match bytes[at] {
        b'\n' => Some((at + 1, false)),
        b'\x0c' => Some((at + 1, true)),
        _ => bytes[at..].starts_with(separator).then_some((at + separator.len(), false)),
    });
    let mut start = 0;
    ends.chain([(text.len(), false)]).map(move |(end, ends_page)| {
        let line = Span::new(start, end).slice(text);
        let words = line.trim();
        let from = start + (line.len() - line.trim_start().len());
        start = end;
        Line { words: Span::new(from, from + words.len()), ends_page }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_a_line_is_known() {
        let text = " één \n\ntwee\u{2028}\u{2019}drie\u{c}vier\r\nvijf";
        let found: Vec<(&str, bool)> = lines(text).map(|line| (line.words.slice(text), line.ends_page)).collect();
        let expected =
            [("één", false), ("", false), ("twee", false), ("’drie", true), ("vier", false), ("vijf", false)];
        assert_eq!(found, expected);
    }
}
