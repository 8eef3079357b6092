//! Which issue of a corpus a phrase from elsewhere means: the title of a vote, a question of a survey.

use std::collections::BTreeMap;

use super::crosswalk::crosswalk;
use super::scale::{Reading, Scale};
use super::words::Language;
use crate::model::Corpus;

/// The issue that a phrase means.
#[derive(Debug, Clone, PartialEq)]
pub struct Meant {
    /// The issue.
    pub issue: String,
    /// +1 or −1: how the phrase lies to the issue; "abolition of the levy" lies against "levy".
    pub polarity: i8,
    /// How like it is to the issue's name or to one of its phrases: soft TF-IDF cosine, 0 to 1.
    pub similarity: f64,
}

/// A phrase means an issue from this similarity on.
pub const LIKE: f64 = 0.7;

/// For each of `phrases` the issue of the crosswalk with the most similar name or phrase, from [`LIKE`] on;
/// of equally similar ones the first. Different numbers ("in 2030", "in 2034") never meet. Phrases are stemmed in
/// the language of each meeting, or in that of the phrases of the corpus where a meeting has none.
pub fn meant(corpus: &Corpus, phrases: &[&str]) -> Vec<Option<Meant>> {
    let rows = crosswalk(corpus);
    let guess = Language::guess(rows.iter().map(|row| row.proposition.as_str()));
    let mut known: BTreeMap<Language, Vec<(&str, &str, i8)>> = BTreeMap::new();
    for row in &rows {
        let meeting = row.meeting.as_deref().and_then(|id| corpus.meeting(id));
        let language = meeting.and_then(|meeting| Language::of_code(meeting.language.as_deref()?)).unwrap_or(guess);
        let forms = known.entry(language).or_default();
        forms.extend([(row.issue.as_str(), row.issue.as_str(), 1), (&row.proposition, &row.issue, row.polarity)]);
    }
    let mut best: Vec<Option<Meant>> = vec![None; phrases.len()];
    for (language, mut forms) in known {
        forms.sort_unstable();
        forms.dedup();
        let texts: Vec<&str> = forms.iter().map(|(text, ..)| *text).collect();
        let mut scale = Scale::new(language, &texts, phrases);
        let readings: Vec<Reading> = texts.iter().map(|text| scale.read(text)).collect();
        for (phrase, best) in phrases.iter().zip(&mut best) {
            let own = scale.read(phrase);
            for ((text, issue, polarity), reading) in forms.iter().zip(&readings) {
                let same = text.to_lowercase() == phrase.to_lowercase();
                let similarity = if same { 1.0 } else { scale.cosine(&own, reading) };
                let better = best.as_ref().is_none_or(|have| similarity > have.similarity);
                if better && similarity >= LIKE && !own.conflicts(reading) {
                    let polarity = polarity * own.sign * reading.sign;
                    *best = Some(Meant { issue: (*issue).to_owned(), polarity, similarity });
                }
            }
        }
    }
    best
}
