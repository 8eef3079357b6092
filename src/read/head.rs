//! The head of a report: which meeting it is about.

use jiff::civil::Date;

use crate::lexicon::{Language, Tag};
use crate::model::{Actor, Institution, Meeting, Roster};

/// What the head of a report says of its meeting.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The body, with "informal" where it stands.
    pub body: Option<String>,
    /// First and last day.
    pub dates: Option<(Date, Date)>,
    /// Where it met.
    pub place: Option<String>,
    /// The state in the chair.
    pub presidency: Option<Actor>,
}

impl Head {
    /// Reads the title of a report; `body` is searched for what the title lacks.
    pub fn read(title: &str, body: &str, language: &Language) -> Head {
        let start: String = body.chars().take(3_000).collect();
        Head {
            body: self::body(title, language).or_else(|| self::body(&start, language)),
            dates: dates(title, language).or_else(|| dates(&start, language)),
            place: place(title, language),
            presidency: presidency(&start, language),
        }
    }

    /// The meeting, with a roster by its date; `name` stands in its id where the head has no body or date.
    pub fn meeting(&self, name: &str, language: &Language, reporting_state: Option<Actor>) -> Meeting {
        let start = self.dates.map(|(start, _)| start);
        let id = match (&self.body, start) {
            (Some(body), Some(start)) => format!("{}-{start}", slug(body, language)),
            _ => name.to_owned(),
        };
        Meeting {
            id,
            body: self.body.clone(),
            date_start: start,
            date_end: self.dates.map(|(_, end)| end),
            place: self.place.clone(),
            presidency: self.presidency.clone(),
            language: Some(language.code.clone()),
            reporting_state,
            roster: start.and_then(|day| Roster::eu(day).ok()).unwrap_or_default(),
        }
    }
}

/// The body's name for an id: without "informal", lower case, hyphens for spaces.
fn slug(body: &str, language: &Language) -> String {
    let informal: Vec<&str> = language.head_words("informal").collect();
    let words = body.split_whitespace().map(str::to_lowercase).filter(|word| !informal.contains(&word.as_str()));
    words.collect::<Vec<_>>().join("-")
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words that name a body, such as "Telecomraad".
fn body_places(words: &[&str], language: &Language) -> Vec<usize> {
    let known: Vec<&str> = language.head_words("bodies").collect();
    let is_body = |word: &str| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        known.iter().any(|body| match body.strip_prefix('*') {
            Some(end) => lower.ends_with(end) && lower.len() > end.len(),
            None => lower == *body,
        })
    };
    (0..words.len()).filter(|at| words[*at].contains(char::is_uppercase) && is_body(words[*at])).collect()
}

/// The body: a word such as "Telecomraad", with the words of its name around it.
fn body(title: &str, language: &Language) -> Option<String> {
    let words = words(title);
    let at = *body_places(&words, language).first()?;
    let name = words[at].to_owned();
    let before = at.checked_sub(1).map(|before| words[before].to_lowercase());
    let informal = before.filter(|before| language.head_words("informal").any(|word| word == before));
    Some(informal.map_or(name.clone(), |informal| format!("{informal} {name}")))
}

/// The first and last day of a meeting: "4-5 maart 2025", "13 en 14 mei 2022", "30 mei – 1 juni".
///
/// Of several dates the one nearest to the body's name is the meeting's; the others are the letter's.
fn dates(text: &str, language: &Language) -> Option<(Date, Date)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let months: Vec<&str> = language.head_words("months").collect();
    let calendar = Calendar { words: &words, months: &months };
    let bodies = body_places(&words, language);
    let near = |at: usize| bodies.iter().map(|body| body.abs_diff(at)).min().unwrap_or(usize::MAX).min(15);
    let found = (0..words.len()).filter_map(|at| Some((near(at), calendar.at(at)?)));
    found.reduce(|best, next| if next.0 < best.0 { next } else { best }).map(|(_, dates)| dates)
}

/// The words of a head, read for dates.
struct Calendar<'w> {
    words: &'w [&'w str],
    months: &'w [&'w str],
}

impl Calendar<'_> {
    fn bare(word: &str) -> String {
        word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    }

    fn month(&self, at: usize) -> Option<i8> {
        let word = Self::bare(self.words.get(at)?);
        self.months.iter().position(|month| word == *month).map(|month| month as i8 % 12 + 1)
    }

    fn year(&self, at: usize) -> Option<i16> {
        let word = Self::bare(self.words.get(at)?);
        word.parse().ok().filter(|year| (1950..2200).contains(year))
    }

    /// The date whose first month stands at `at`; a year elsewhere in the head serves where none follows.
    fn at(&self, at: usize) -> Option<(Date, Date)> {
        let month = self.month(at)?;
        let before = days_before(&self.words[..at], &Self::bare);
        let days = if before.is_empty() { days_after(&self.words[at + 1..], &Self::bare) } else { before };
        let year =
            (at + 1..at + 6).find_map(|i| self.year(i)).or_else(|| (0..self.words.len()).find_map(|i| self.year(i)))?;
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let start = Date::new(year, month, *first).ok()?;
        let same = Date::new(year, month, *last).ok()?;
        let next = (at + 1..at + 5).find_map(|i| Some((i, self.month(i)?)));
        let other = next.and_then(|(i, month)| {
            let day = *days_before(&self.words[at + 1..i], &Self::bare).first()?;
            Date::new(year, month, day).ok().filter(|end| *end > start)
        });
        Some((start, other.unwrap_or(same)))
    }
}

/// "March 17, 2026": the days behind the month.
fn days_after(words: &[&str], bare: &dyn Fn(&str) -> String) -> Vec<i8> {
    words.first().map(|word| numbers(&bare(word))).unwrap_or_default()
}

/// The days right before a month: "4-5", "13 en 14", "3, 4 en 5".
fn days_before(words: &[&str], bare: &dyn Fn(&str) -> String) -> Vec<i8> {
    let mut days = Vec::new();
    for word in words.iter().rev().take(5) {
        let found = numbers(&bare(word));
        if found.is_empty() && !matches!(bare(word).as_str(), "en" | "and" | "und" | "et" | "t/m" | "" | "tot") {
            break;
        }
        days.extend(found);
    }
    days
}

fn numbers(word: &str) -> Vec<i8> {
    let parts = word.split(['-', '–', '/', '—']).map(|part| part.trim_end_matches(|c: char| c.is_alphabetic()));
    let days: Option<Vec<i8>> = parts.map(|part| part.parse().ok().filter(|day| (1..=31).contains(day))).collect();
    days.unwrap_or_default()
}

/// The capitalised words after "te" or "in".
fn place(title: &str, language: &Language) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let marks: Vec<&str> = language.head_words("place").collect();
    let at = words.iter().rposition(|word| marks.contains(&word.to_lowercase().as_str()))?;
    let name = words.get(at + 1)?.trim_matches(|c: char| !c.is_alphanumeric());
    name.starts_with(char::is_uppercase).then(|| name.to_owned())
}

/// "het Poolse voorzitterschap", but not the incoming one.
fn presidency(text: &str, language: &Language) -> Option<Actor> {
    let mut found = None;
    for span in super::sentence::split(text, language) {
        let sentence = super::sentence::read(text, span, language);
        for at in 0..sentence.tokens.len() {
            let state = sentence.longest(at, |tag| match tag {
                Tag::Demonym(state) => Some(state.clone()),
                _ => None,
            });
            let Some((len, state)) = state else { continue };
            let chair =
                sentence.longest(at + len, |tag| (*tag == Tag::Institution(Institution::Presidency)).then_some(()));
            let before = at.checked_sub(1).map(|i| sentence.tokens[i].span.slice(text).to_lowercase());
            let incoming = language.head_words("incoming").any(|word| Some(word) == before.as_deref());
            if chair.is_some() && !incoming {
                found = found.or(Some(state));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn titles_give_body_dates_and_place() {
        let dutch = Lexicon::standard().unwrap().language("nl").unwrap();
        let rows = [
            (
                "Verslag informele Telecomraad 4-5 maart 2025, te Warschau, Polen",
                "informele Telecomraad",
                "2025-03-04",
                "2025-03-05",
            ),
            ("Verslag Milieuraad 16 oktober 2023", "Milieuraad", "2023-10-16", "2023-10-16"),
            ("Verslag Transportraad van 13 en 14 mei 2022 te Luxemburg", "Transportraad", "2022-05-13", "2022-05-14"),
            ("Verslag Landbouwraad 30 mei – 1 juni 2019", "Landbouwraad", "2019-05-30", "2019-06-01"),
        ];
        for (title, body, start, end) in rows {
            let head = Head::read(title, "", &dutch);
            let dates = head.dates.map(|(a, b)| (a.to_string(), b.to_string()));
            assert_eq!(
                (head.body.as_deref(), dates),
                (Some(body), Some((start.to_owned(), end.to_owned()))),
                "{title}"
            );
        }
    }
}
