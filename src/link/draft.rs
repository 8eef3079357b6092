//! A codebook drafted from what a corpus is linked to.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::codebook::{Codebook, CodebookIssue, CodebookTopic};
use super::words::Language;
use crate::model::Corpus;

impl Codebook {
    /// The codebook that describes what `corpus` is linked to now, to be corrected by hand.
    pub fn draft(corpus: &Corpus) -> Codebook {
        let language = |meeting: &str| {
            let code = corpus.meeting(meeting).and_then(|meeting| meeting.language.as_deref());
            code.and_then(Language::of_code).unwrap_or(Language::English)
        };
        let (mut topics, mut issues) = (Drafts::default(), Drafts::default());
        for statement in &corpus.statements {
            let language = language(&statement.meeting);
            topics.add(&statement.topic, &statement.topic, (language, statement.section.to_string(), 1));
            issues.add(
                &statement.issue,
                &statement.topic,
                (language, statement.proposition.to_string(), statement.polarity),
            );
        }
        let topic = |(name, _, aliases): Row| CodebookTopic {
            name,
            aliases: aliases.into_iter().map(|(language, phrase, _)| (language, phrase)).collect(),
        };
        let issue = |(name, topic, aliases): Row| CodebookIssue {
            name,
            topic: Some(topic).filter(|topic| !topic.is_empty()),
            aliases,
        };
        Codebook {
            topics: topics.rows.into_iter().map(topic).collect(),
            issues: issues.rows.into_iter().map(issue).collect(),
        }
    }

    /// The file that [`Codebook::parse`] reads.
    pub fn to_toml(&self) -> String {
        let topics = self.topics.iter().map(|topic| {
            let aliases = topic.aliases.iter().map(|(language, phrase)| (*language, phrase.clone(), 1)).collect();
            Draft::new(&topic.name, None, aliases)
        });
        let issues = self.issues.iter().map(|i| Draft::new(&i.name, i.topic.as_deref(), i.aliases.clone()));
        let file = DraftFile { topic: topics.collect(), issue: issues.collect() };
        toml::to_string(&file).unwrap_or_default()
    }
}

/// A name, its one topic, and its aliases with their polarity.
type Row = (String, String, Vec<(Language, String, i8)>);

/// Names with their aliases, in order of appearance.
#[derive(Default)]
struct Drafts {
    rows: Vec<Row>,
    place: HashMap<String, usize>,
}

impl Drafts {
    fn add(&mut self, name: &str, topic: &str, alias: (Language, String, i8)) {
        if name.trim().is_empty() {
            return;
        }
        let at = *self.place.entry(name.to_lowercase()).or_insert_with(|| {
            self.rows.push((name.to_owned(), topic.to_owned(), Vec::new()));
            self.rows.len() - 1
        });
        let Some((_, first, aliases)) = self.rows.get_mut(at) else { return };
        // An issue that spans topics is bound to none.
        if first != topic {
            first.clear();
        }
        if !alias.1.trim().is_empty() && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
}

#[derive(Serialize)]
struct DraftFile {
    topic: Vec<Draft>,
    issue: Vec<Draft>,
}

#[derive(Serialize)]
struct Draft {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<String>,
    #[serde(flatten)]
    aliases: BTreeMap<&'static str, Vec<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    against: BTreeMap<&'static str, Vec<String>>,
}

impl Draft {
    fn new(name: &str, topic: Option<&str>, phrases: Vec<(Language, String, i8)>) -> Draft {
        let (mut aliases, mut against) = (BTreeMap::new(), BTreeMap::new());
        for (language, phrase, polarity) in phrases {
            let side: &mut BTreeMap<&str, Vec<String>> = if polarity < 0 { &mut against } else { &mut aliases };
            side.entry(language.as_str()).or_default().push(phrase);
        }
        Draft { name: name.to_owned(), topic: topic.map(str::to_owned), aliases, against }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drafted_reads_back() {
        let codebook = Codebook {
            topics: vec![CodebookTopic {
                name: "energy".into(),
                aliases: vec![(Language::Dutch, "energie \"x\"".into())],
            }],
            issues: vec![CodebookIssue {
                name: "tax".into(),
                topic: Some("energy".into()),
                aliases: vec![(Language::Dutch, "belasting".into(), 1), (Language::English, "exemption".into(), -1)],
            }],
        };
        assert_eq!(Codebook::parse("draft", &codebook.to_toml()).unwrap(), codebook);
    }
}
