//! Web pages: their prose, without what leads through the site.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, NullCharacterToken, StartTag, Tag, TagToken, Token, TokenSink,
    TokenSinkResult, Tokenizer,
};

use super::paragraphs::Paragraphs;
use crate::error::Result;
use crate::span::pieces;
use crate::stop::Stop;

/// Elements without prose.
const SKIPPED: [&str; 22] = [
    "script", "style", "template", "noscript", "title", "nav", "footer", "aside", "form", "button", "select",
    "textarea", "iframe", "object", "svg", "math", "video", "audio", "canvas", "dialog", "del", "figure",
];

/// Words of a class or a role that mark what is no prose: ways through the site, footnotes, what only machines read.
const MARKED: [&str; 27] = [
    "noot",
    "noten",
    "voetnoot",
    "voetnoten",
    "footnote",
    "footnotes",
    "footnote-ref",
    "nootnummer",
    "doc-footnote",
    "doc-endnotes",
    "doc-noteref",
    "breadcrumb",
    "breadcrumbs",
    "navigation",
    "navigatie",
    "nav",
    "menu",
    "sidebar",
    "search",
    "banner",
    "contentinfo",
    "complementary",
    "cookie",
    "skiplinks",
    "sr-only",
    "visually-hidden",
    "ondertekening",
];

/// Elements inside a paragraph; all others end one.
const INLINE: [&str; 36] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "img", "br", "ruby", "del",
];

/// Elements that have no end.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that another one of their kind ends.
const ITEMS: [&str; 8] = ["p", "li", "dd", "dt", "td", "th", "tr", "option"];

/// Elements inside each other that are kept apart; more is no page that somebody wrote.
const DEEPEST: usize = 512;

/// How much of a page is the document itself: all of it, an article, its main part, its running text.
const LEVELS: usize = 4;

struct Open {
    name: String,
    skips: bool,
    level: usize,
    /// A link to a place on the same page.
    inward: bool,
}

/// The page, once for every level; the innermost that has words is the document.
#[derive(Default)]
struct Page {
    open: Vec<Open>,
    levels: [Paragraphs; LEVELS],
}

#[derive(Default)]
struct Sink(RefCell<Page>);

/// Bytes that are read between two looks at the flag.
const PIECE: usize = 1 << 16;

/// The prose of a web page, one paragraph for every block.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub(super) fn read(html: &str, stop: &Stop) -> Result<String> {
    let input = BufferQueue::default();
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    for piece in pieces(html, PIECE) {
        stop.check()?;
        input.push_back(piece.slice(html).into());
        while let TokenizerResult::Script(()) = tokenizer.feed(&input) {}
    }
    tokenizer.end();
    let levels = tokenizer.sink.0.into_inner().levels.map(Paragraphs::finish);
    Ok(levels.into_iter().rev().find(|text| !text.is_empty()).unwrap_or_default())
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut page = self.0.borrow_mut();
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                page.start(&tag);
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(ScriptData),
                    "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            TagToken(tag) if tag.kind == EndTag => page.end(&tag.name),
            CharacterTokens(words) => page.words(&words),
            NullCharacterToken => page.words("\0"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn value(tag: &Tag, name: &str) -> String {
    let found = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
    found.map(|attribute| attribute.value.to_lowercase()).unwrap_or_default()
}

/// How near to the document's own text an element brings.
fn level(name: &str, tag: &Tag) -> usize {
    match () {
        () if value(tag, "id") == "broodtekst" => 3,
        () if name == "main" || value(tag, "role") == "main" => 2,
        () if name == "article" => 1,
        () => 0,
    }
}

impl Page {
    fn level(&self) -> usize {
        self.open.last().map_or(0, |open| open.level)
    }

    fn skips(&self) -> bool {
        self.open.last().is_some_and(|open| open.skips)
    }

    fn write(&mut self, write: impl Fn(&mut Paragraphs)) {
        let level = self.level();
        if !self.skips() {
            self.levels.iter_mut().take(level + 1).for_each(write);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        let block = !INLINE.contains(&name);
        if block {
            self.end_item(name);
            self.write(Paragraphs::end);
        } else if name == "br" {
            self.write(Paragraphs::line);
        }
        if VOID.contains(&name) || tag.self_closing && !block || self.open.len() >= DEEPEST {
            return;
        }
        let level = self.level().max(level(name, tag));
        let note = name == "sup" && self.open.iter().any(|open| open.inward);
        let inward = name == "a" && value(tag, "href").starts_with('#');
        let raised = inward && self.open.last().is_some_and(|open| open.name == "sup");
        let marks = format!("{} {}", value(tag, "class"), value(tag, "role"));
        let marked = marks.split_whitespace().any(|word| MARKED.contains(&word));
        let hidden = tag.attrs.iter().any(|attribute| &*attribute.name.local == "hidden");
        let site_head = name == "header" && level == 0;
        let skips = self.skips() || SKIPPED.contains(&name) || marked || hidden || note || raised || site_head;
        self.open.push(Open { name: name.to_owned(), skips, level, inward });
    }

    /// A new item ends the one before it, and any block an open paragraph.
    fn end_item(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| !INLINE.contains(&open.name.as_str())) else { return };
        let last = self.open.get(at).map_or("", |open| open.name.as_str());
        if last == "p" || ITEMS.contains(&last) && last == name {
            self.write(Paragraphs::end);
            self.open.truncate(at);
        }
    }

    fn end(&mut self, name: &str) {
        let inline = INLINE.contains(&name);
        let mut inner = self.open.iter().rev();
        let at = inner.position(|open| open.name == name || inline && !INLINE.contains(&open.name.as_str()));
        let Some(at) = at.map(|back| self.open.len() - 1 - back) else { return };
        if self.open.get(at).is_some_and(|open| open.name == name) {
            if !inline {
                self.write(Paragraphs::end);
            }
            self.open.truncate(at);
            if !inline {
                self.write(Paragraphs::end);
            }
        }
    }

    fn words(&mut self, words: &str) {
        self.write(|paragraphs| paragraphs.push(words));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_told_from_what_leads_through_the_site() {
        let rows = [
            ("<p>een<p>twee <b>drie</b>\n vier", "een\n\ntwee drie vier"),
            ("<nav>weg</nav><p>een</p><footer>weg</footer>", "een"),
            ("<p>buiten</p><main><p>binnen</p></main>", "binnen"),
            ("<main><p>knop</p><div id=broodtekst><p>tekst</p></div></main>", "tekst"),
            ("<p>steun.<sup><a href='#n1'>1</a></sup> Ja</p><div class='noot'>1 Zie</div>", "steun. Ja"),
            ("<p>m<sup>2</sup> &amp; &eacute;&#233;n", "m2 & één"),
            ("<script>let p = '<p>weg';</script><style>p{}</style>een", "een"),
            ("een<br>twee<br/><br>drie", "een\ntwee\n\ndrie"),
            ("<ul><li>een<li>twee</ul>drie", "een\n\ntwee\n\ndrie"),
            ("<nav><b>weg</nav></b>een", "een"),
            ("<div hidden>weg</div><table><tr><td>een<td>twee</table>", "een\n\ntwee"),
        ];
        for (html, expected) in rows {
            assert_eq!(read(html, &Stop::default()).unwrap(), expected, "{html}");
        }
    }

    #[test]
    fn a_long_page_is_one_whole() {
        let words = "één &amp; <b>twee</b> ".repeat(PIECE / 16);
        let page = format!("<p>{words}</p><p>drie</p>");
        assert!(page.len() > PIECE);
        let expected = format!("{}\n\ndrie", "één & twee ".repeat(PIECE / 16).trim());
        assert_eq!(read(&page, &Stop::default()).unwrap(), expected);
    }
}
