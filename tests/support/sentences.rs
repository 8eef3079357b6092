//! Sentences read alone, and how their statements are written in the case tables.

use std::sync::Arc;

use standpunt::lexicon::Lexicon;
use standpunt::model::{Holder, Stance, Statement};
use standpunt::read::{Options, read_report};
use standpunt::stop::Stop;

/// Reads sentences of one language; the report around each gives it a meeting with 27 members.
pub struct Sentences {
    title: &'static str,
    options: Options,
}

impl Sentences {
    pub fn of(language: &str) -> Sentences {
        let title = match language {
            "nl" => "Verslag Telecomraad 4 maart 2025",
            "de" => "Bericht Umweltrat 4. März 2025",
            "fr" => "Compte rendu du Conseil Environnement, 4 mars 2025",
            _ => "Report of the Telecom Council, 4 March 2025",
        };
        let lexicon = Arc::clone(&Lexicon::standard().unwrap());
        Sentences { title, options: Options { lexicon, language: Some(language.to_owned()), lookalikes: false } }
    }

    /// The statements of `sentence`, which stands behind `before` in one agenda item.
    pub fn coded(&self, before: &str, sentence: &str) -> Vec<String> {
        let text = format!("{}\n\n1. Item\n\n{before} {sentence}\n", self.title);
        let reading = read_report(&text, "case", &self.options, &Stop::default()).unwrap();
        let from = text.find(sentence).unwrap();
        let here = reading.statements.iter().filter(|s| s.span().unwrap().start >= from);
        here.map(shown).collect()
    }
}

/// True where the statements are those of `expected`, joined by ` ; `, or none where that is `none`.
pub fn fit(got: &[String], expected: &str) -> bool {
    let wanted: Vec<&str> = expected.split(" ; ").filter(|one| *one != "none").collect();
    got.len() == wanted.len() && got.iter().zip(&wanted).all(|(got, wanted)| fits(got, wanted))
}

fn holder(statement: &Statement) -> String {
    match &statement.holder {
        Holder::Institution(institution) => institution.as_str().to_owned(),
        Holder::Group(group) => {
            let mut text = group.quantifier.map(|q| q.to_string()).unwrap_or_default();
            for (sign, names) in [('+', &group.named), ('-', &group.excluded)] {
                for name in names {
                    text.push(sign);
                    text.push_str(name.as_str());
                }
            }
            text
        }
    }
}

fn shown(statement: &Statement) -> String {
    let sign = match statement.stance {
        Stance::Support => "+",
        Stance::Neutral => "0",
        Stance::Oppose => "-",
    };
    format!("{} {sign}{} {}", holder(statement), if statement.conditional { "?" } else { "" }, statement.proposition)
}

fn fits(statement: &str, expected: &str) -> bool {
    let mut parts = expected.splitn(3, ' ');
    let (who, stance, word) = (parts.next(), parts.next(), parts.next().unwrap_or("*"));
    let mut got = statement.splitn(3, ' ');
    let same = (got.next(), got.next()) == (who, stance);
    let proposition = got.next().unwrap_or_default().to_lowercase();
    same && match word.strip_prefix('=') {
        Some(whole) => proposition == whole.to_lowercase(),
        None => word == "*" || proposition.contains(&word.to_lowercase()),
    }
}
