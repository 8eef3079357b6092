//! What a browser's tokenizer sees in a display.

use std::cell::RefCell;

use html5ever::tokenizer::states::{Rawtext, Rcdata};
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, NullCharacterToken, StartTag, Tag, TagToken, Token, TokenSink,
    TokenSinkResult, Tokenizer,
};

/// One mark of a report.
#[derive(Debug, Default, Clone)]
pub struct Mark {
    pub class: String,
    pub title: String,
    pub text: String,
}

/// A display as its tokens.
#[derive(Debug, Default, Clone)]
pub struct Parsed {
    /// Every tag with the names of its attributes, in order.
    pub shape: Vec<String>,
    /// All text.
    pub text: String,
    /// The text of the report, without signs.
    pub article: String,
    /// Every title.
    pub titles: Vec<String>,
    /// The signs before the marks.
    pub signs: Vec<String>,
    /// The marks of the report.
    pub marks: Vec<Mark>,
    stack: Vec<String>,
}

impl Parsed {
    pub fn of(html: &str) -> Parsed {
        let input = BufferQueue::default();
        input.push_back(html.into());
        let tokenizer = Tokenizer::new(Sink::default(), Default::default());
        while let html5ever::TokenizerResult::Script(_) = tokenizer.feed(&input) {}
        tokenizer.end();
        tokenizer.sink.0.into_inner()
    }

    fn tag(&mut self, tag: Tag) {
        let name = tag.name.to_string();
        let names: Vec<String> = tag.attrs.iter().map(|a| a.name.local.to_string()).collect();
        let value = |wanted: &str| {
            let found = tag.attrs.iter().find(|a| &*a.name.local == wanted);
            found.map(|a| a.value.to_string()).unwrap_or_default()
        };
        self.shape.push(format!("{:?} {name} {}", tag.kind, names.join(" ")));
        if tag.kind == EndTag {
            self.stack.pop();
            return;
        }
        self.titles.extend(Some(value("title")).filter(|t| !t.is_empty()));
        match name.as_str() {
            "sup" if self.is_inside("article") => self.signs.push(String::new()),
            "mark" if self.is_inside("article") => {
                self.marks.push(Mark { class: value("class"), title: value("title"), text: String::new() });
            }
            _ => {}
        }
        if !tag.self_closing && !["meta", "br"].contains(&name.as_str()) {
            self.stack.push(name);
        }
    }

    fn characters(&mut self, text: &str) {
        self.text.push_str(text);
        if !self.is_inside("article") {
            return;
        }
        if self.is_inside("sup") {
            self.signs.last_mut().unwrap().push_str(text);
            return;
        }
        self.article.push_str(text);
        if self.is_inside("mark") {
            self.marks.last_mut().unwrap().text.push_str(text);
        }
    }

    fn is_inside(&self, tag: &str) -> bool {
        self.stack.iter().any(|open| open == tag)
    }
}

#[derive(Default)]
struct Sink(RefCell<Parsed>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            CharacterTokens(text) => self.0.borrow_mut().characters(&text),
            NullCharacterToken => panic!("a NUL came through"),
            TagToken(tag) => {
                let raw = match (tag.kind, &*tag.name) {
                    (StartTag, "style") => Some(Rawtext),
                    (StartTag, "title") => Some(Rcdata),
                    _ => None,
                };
                self.0.borrow_mut().tag(tag);
                if let Some(kind) = raw {
                    return TokenSinkResult::RawData(kind);
                }
            }
            Token::CommentToken(text) => panic!("a comment: {text}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}
