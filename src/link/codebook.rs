//! A codebook: the topics and issues that an analyst names, with the phrases that mean them.
//!
//! It is a TOML file. `against` holds phrases that lie against the issue:
//!
//! ```toml
//! [[topic]]
//! name = "energy taxation"
//! nl = ["energiebelastingrichtlijn"]
//!
//! [[issue]]
//! name = "exemption for aviation"
//! topic = "energy taxation"
//! en = ["exemption for aviation"]
//! nl = ["vrijstelling voor de luchtvaart"]
//! against.nl = ["kerosinebelasting"]
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::words::Language;
use crate::error::{Error, Result, nearest};
use crate::span::line_of;

/// The topics and issues that an analyst names. What it says takes precedence over similarity.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Codebook {
    /// In the order of the file.
    pub topics: Vec<CodebookTopic>,
    /// In the order of the file.
    pub issues: Vec<CodebookIssue>,
}

/// A topic and the headings that mean it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodebookTopic {
    /// The key that statements bear.
    pub name: String,
    /// Headings by language.
    pub aliases: Vec<(Language, String)>,
}

/// An issue and the phrases that mean it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CodebookIssue {
    /// The name that statements bear.
    pub name: String,
    /// The only topic under which the phrases mean it; `None` for all.
    pub topic: Option<String>,
    /// Phrases by language, with +1 or −1 toward the issue.
    pub aliases: Vec<(Language, String, i8)>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    topic: Vec<TopicEntry>,
    issue: Vec<IssueEntry>,
}

type Aliases = [(Language, Vec<Spanned<String>>); 4];

/// A table of the file whose other keys are phrases by language.
macro_rules! table_of_phrases {
    ($name:ident { $($field:ident: $type:ty),* }) => {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $($field: $type,)*
            #[serde(default)]
            nl: Vec<Spanned<String>>,
            #[serde(default)]
            en: Vec<Spanned<String>>,
            #[serde(default)]
            de: Vec<Spanned<String>>,
            #[serde(default)]
            fr: Vec<Spanned<String>>,
        }

        impl $name {
            fn aliases(self) -> Aliases {
                [
                    (Language::Dutch, self.nl),
                    (Language::English, self.en),
                    (Language::German, self.de),
                    (Language::French, self.fr),
                ]
            }
        }
    };
}

table_of_phrases!(TopicEntry { name: Spanned<String> });
table_of_phrases!(IssueEntry { name: Spanned<String>, topic: Option<Spanned<String>>, against: Option<Against> });
table_of_phrases!(Against {});

/// Where problems of one file are told.
struct Source<'t> {
    file: &'t str,
    text: &'t str,
}

impl Source<'_> {
    fn wrong<T>(&self, at: &Spanned<String>, problem: String) -> Result<T> {
        Err(Error::Lexicon { file: self.file.to_owned(), line: line_of(self.text, at.span().start), problem })
    }

    fn name(&self, kind: &str, name: &Spanned<String>, seen: &mut BTreeSet<String>) -> Result<String> {
        let text = name.get_ref().trim();
        if text.is_empty() {
            return self.wrong(name, format!("the {kind} has an empty name"));
        }
        if !seen.insert(text.to_lowercase()) {
            return self.wrong(name, format!("the {kind} '{text}' stands here a second time"));
        }
        Ok(text.to_owned())
    }

    fn phrase(&self, phrase: &Spanned<String>) -> Result<String> {
        match phrase.get_ref().trim() {
            "" => self.wrong(phrase, "an empty phrase means nothing".to_owned()),
            text => Ok(text.to_owned()),
        }
    }
}

impl Codebook {
    /// Reads a codebook; `file` is its name in errors.
    ///
    /// # Errors
    /// [`Error::Lexicon`] with the line of what is no TOML, an unknown key, an empty or doubled name,
    /// an unknown topic, or a phrase that means two issues.
    pub fn parse(file: &str, text: &str) -> Result<Codebook> {
        let source = Source { file, text };
        let entries: File = toml::from_str(text).map_err(|error| Error::Lexicon {
            file: file.to_owned(),
            line: error.span().map_or(0, |span| line_of(text, span.start)),
            problem: error.message().to_owned(),
        })?;
        let mut seen = BTreeSet::new();
        let topics: Vec<CodebookTopic> =
            entries.topic.into_iter().map(|entry| topic(&source, entry, &mut seen)).collect::<Result<_>>()?;
        let (mut seen, mut meant) = (BTreeSet::new(), BTreeMap::new());
        let mut issues = Vec::new();
        for entry in entries.issue {
            issues.push(issue(&source, entry, &topics, &mut seen, &mut meant)?);
        }
        Ok(Codebook { topics, issues })
    }
}

fn topic(source: &Source<'_>, entry: TopicEntry, seen: &mut BTreeSet<String>) -> Result<CodebookTopic> {
    let name = source.name("topic", &entry.name, seen)?;
    let mut topic = CodebookTopic { name, aliases: Vec::new() };
    for (language, phrases) in entry.aliases() {
        for phrase in phrases {
            topic.aliases.push((language, source.phrase(&phrase)?));
        }
    }
    Ok(topic)
}

/// What each phrase means: language, topic and phrase to the issue.
type Meant = BTreeMap<(Language, Option<String>, String), String>;

fn issue(
    source: &Source<'_>,
    mut entry: IssueEntry,
    topics: &[CodebookTopic],
    seen: &mut BTreeSet<String>,
    meant: &mut Meant,
) -> Result<CodebookIssue> {
    let name = source.name("issue", &entry.name, seen)?;
    let mut issue = CodebookIssue { name, topic: None, aliases: Vec::new() };
    if let Some(topic) = &entry.topic {
        let known = topics.iter().find(|known| known.name.eq_ignore_ascii_case(topic.get_ref()));
        if known.is_none() && !topics.is_empty() {
            let near = nearest(topic.get_ref(), topics.iter().map(|topic| topic.name.as_str()));
            let near = near.map(|near| format!(" (did you mean '{near}'?)")).unwrap_or_default();
            return source.wrong(topic, format!("no topic '{}' in this codebook{near}", topic.get_ref()));
        }
        issue.topic = Some(known.map_or_else(|| topic.get_ref().clone(), |known| known.name.clone()));
    }
    let against = entry.against.take().into_iter().flat_map(Against::aliases).map(|side| (side, -1));
    let sides = entry.aliases().into_iter().map(|side| (side, 1)).chain(against);
    for ((language, phrases), polarity) in sides {
        for phrase in phrases {
            let text = source.phrase(&phrase)?;
            let key = (language, issue.topic.clone(), text.to_lowercase());
            let here = format!("{} {polarity}", issue.name);
            if let Some(other) = meant.insert(key, here.clone()).filter(|other| *other != here) {
                let other = other.trim_end_matches(" -1").trim_end_matches(" 1");
                return source.wrong(&phrase, format!("'{text}' already means '{other}'"));
            }
            issue.aliases.push((language, text, polarity));
        }
    }
    Ok(issue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_codebook_is_answered_with_its_line() {
        let rows = [
            (
                "[[issue]]\nname = \"a\"\n\n[[issue]]\nname = \"A\"",
                "c.toml: line 5: the issue 'A' stands here a second time",
            ),
            ("[[issue]]\nname = \"\"", "c.toml: line 2: the issue has an empty name"),
            ("[[issue]]\nname = \"a\"\nnl = [\"x\", \" \"]", "c.toml: line 3: an empty phrase means nothing"),
            (
                "[[issue]]\nname = \"a\"\nnl = [\"x\"]\n[[issue]]\nname = \"b\"\nnl = [\n\"X\"]",
                "c.toml: line 7: 'X' already means 'a'",
            ),
            (
                "[[topic]]\nname = \"energy\"\n[[issue]]\nname = \"a\"\ntopic = \"enrgy\"",
                "c.toml: line 5: no topic 'enrgy' in this codebook (did you mean 'energy'?)",
            ),
        ];
        for (text, message) in rows {
            assert_eq!(Codebook::parse("c.toml", text).unwrap_err().to_string(), message);
        }
        let unknown = Codebook::parse("c.toml", "[[issue]]\nname = \"a\"\nxx = [\"b\"]").unwrap_err().to_string();
        assert!(unknown.starts_with("c.toml: line 3: unknown field"), "{unknown}");
    }
}
