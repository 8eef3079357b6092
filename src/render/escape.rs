//! The one place where text becomes markup.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

/// HTML or SVG under construction. Tags and attribute names are fixed words of the program; text and
/// attribute values are escaped, and [`Markup::style`] alone writes raw, from fixed text only.
///
/// ```
/// use standpunt::render::Markup;
/// let mut markup = Markup::default();
/// markup.open("p").attr("title", "\"5 > 4\"").text("a < b");
/// assert_eq!(markup.finish(), "<p title=\"&quot;5 &gt; 4&quot;\">a &lt; b</p>");
/// ```
#[derive(Debug, Default, Clone)]
pub struct Markup {
    out: String,
    open: Vec<&'static str>,
    pending: bool,
}

/// Elements that end in `/>` where they hold nothing; all others need an end tag in HTML.
const EMPTY: [&str; 12] =
    ["br", "hr", "meta", "col", "rect", "path", "line", "circle", "use", "polyline", "polygon", "stop"];

impl Markup {
    /// Opens an element; [`Markup::attr`] may follow until something is written into it.
    pub fn open(&mut self, tag: &'static str) -> &mut Markup {
        self.settle();
        self.out.push('<');
        self.out.push_str(tag);
        self.open.push(tag);
        self.pending = true;
        self
    }

    /// Adds an attribute to the element just opened; without one, nothing is written.
    pub fn attr(&mut self, name: &'static str, value: impl Display) -> &mut Markup {
        if self.pending {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.escape(value, true);
            self.out.push('"');
        }
        self
    }

    /// Writes text.
    pub fn text(&mut self, text: impl Display) -> &mut Markup {
        self.settle();
        self.escape(text, false);
        self
    }

    /// Closes the innermost open element.
    pub fn close(&mut self) -> &mut Markup {
        let Some(tag) = self.open.pop() else { return self };
        if self.pending && EMPTY.contains(&tag) {
            self.out.push_str("/>");
            self.pending = false;
            return self;
        }
        self.settle();
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        self
    }

    /// An element that holds text only.
    pub fn leaf(&mut self, tag: &'static str, class: &str, text: impl Display) -> &mut Markup {
        self.open(tag);
        if !class.is_empty() {
            self.attr("class", class);
        }
        self.text(text).close()
    }

    /// A style sheet of the program, written as it stands.
    pub fn style(&mut self, sheet: &'static str) -> &mut Markup {
        self.open("style").settle();
        self.out.push_str(sheet);
        self.close()
    }

    /// The declaration that starts an HTML document.
    pub fn doctype(&mut self) -> &mut Markup {
        self.out.push_str("<!doctype html>\n");
        self
    }

    /// Takes over finished markup, which itself came from here.
    pub fn append(&mut self, other: Markup) -> &mut Markup {
        self.settle();
        self.out.push_str(&other.finish());
        self
    }

    /// Closes what is open and hands the markup out.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn settle(&mut self) {
        if self.pending {
            self.out.push('>');
            self.pending = false;
        }
    }

    fn escape(&mut self, value: impl Display, attribute: bool) {
        // Writing to a String cannot fail.
        let _ = write!(Escaper { out: &mut self.out, attribute }, "{value}");
    }
}

struct Escaper<'o> {
    out: &'o mut String,
    attribute: bool,
}

impl Write for Escaper<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let text = visible(text);
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let entity = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                // Parsers normalise a bare carriage return, and in XML attributes every line end and tab.
                b'\r' => "&#13;",
                b'\n' if self.attribute => "&#10;",
                b'\t' if self.attribute => "&#9;",
                _ => continue,
            };
            self.out.push_str(&text[from..at]);
            self.out.push_str(entity);
            from = at + 1;
        }
        self.out.push_str(&text[from..]);
        Ok(())
    }
}

/// The text with every character that hides, reorders or breaks text written out: `\u{202e}`
/// becomes `[U+202E]`, control characters their pictures (`␀`). Tab and line ends stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_hidden(c) => shown.push(c),
            '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{2426}')),
            '\u{7f}' => shown.push('\u{2421}'),
            c => {
                let _ = write!(shown, "[U+{:04X}]", c as u32);
            }
        }
    }
    Cow::Owned(shown)
}

fn is_hidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        ' '..='~' => false,
        // Controls; Arabic letter mark; Hangul fillers; Mongolian separators.
        '\0'..='\u{9f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180e}' | '\u{3164}' | '\u{ffa0}' => {
            true
        }
        // Zero width and bidi controls, invisible operators, byte order mark, interlinear marks, tags.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        // No characters at all: XML refuses two of them.
        c => (c as u32) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&c),
    }
}

/// A coordinate or length: at most two decimals, no trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Px(pub f64);

impl Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.0);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        f.write_str(if text == "-0" { "0" } else { text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_reorders_text_is_written_out() {
        assert_eq!(visible("a\u{202e}b\u{200b}c\u{feff}\0\u{1b}\u{85}"), "a[U+202E]b[U+200B]c[U+FEFF]␀␛[U+0085]");
        assert_eq!(visible("coördinatie\r\n\té"), "coördinatie\r\n\té");
    }

    #[test]
    fn coordinates_are_short() {
        let shown = [0.0, -0.001, 1.5, 2.0, 1.0 / 3.0, 100.0].map(|x| Px(x).to_string());
        assert_eq!(shown, ["0", "0", "1.5", "2", "0.33", "100"]);
    }
}
