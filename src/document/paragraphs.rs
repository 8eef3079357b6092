//! Paragraphs as they are found in a document, written down as a text.

/// A text under way: paragraphs apart by an empty line, white space inside them in one blank.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraphs {
    text: String,
    open: String,
}

impl Paragraphs {
    /// Goes on with the open paragraph.
    pub(super) fn push(&mut self, words: &str) {
        for c in words.chars() {
            if !matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.open.push(c);
            } else if !self.open.is_empty() && !self.open.ends_with([' ', '\n']) {
                self.open.push(' ');
            }
        }
    }

    /// Ends a line of the open paragraph.
    pub(super) fn line(&mut self) {
        self.open.truncate(self.open.trim_end_matches(' ').len());
        if !self.open.is_empty() && !self.open.ends_with("\n\n") {
            self.open.push('\n');
        }
    }

    /// Ends the open paragraph.
    pub(super) fn end(&mut self) {
        let paragraph = self.open.trim();
        if !paragraph.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            self.text.push_str(paragraph);
        }
        self.open.clear();
    }

    /// The text of all paragraphs.
    pub(super) fn finish(mut self) -> String {
        self.end();
        self.text
    }
}
