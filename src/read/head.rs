//! The head of a report: which meeting it is about.

use std::cell::LazyCell;

use jiff::civil::Date;

use super::sentence::{self, Sentence};
use crate::lexicon::{Language, Tag, lower_case};
use crate::model::{Actor, Institution, Meeting, Roster};
use crate::span::beginning;

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

/// How many characters of the prose are searched.
const SEARCHED: usize = 3_000;

impl Head {
    /// Reads the title of a report.
    pub fn read(title: &str, language: &Language) -> Head {
        Head {
            body: body(title, language),
            dates: dates(title, language),
            place: place(title, language),
            presidency: None,
        }
    }

    /// Reads from the prose of a report what its title leaves open, and the state in the chair.
    pub fn complete(&mut self, prose: &str, language: &Language) {
        let start = beginning(prose, SEARCHED);
        self.body = self.body.take().or_else(|| body(start, language));
        self.dates = self.dates.or_else(|| dates(start, language));
        self.presidency = presidency(start, language);
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

/// The body's name for an id: without "informal", lower case, hyphens for what is no letter.
fn slug(body: &str, language: &Language) -> String {
    let informal: Vec<&str> = language.head_words("informal").collect();
    let lower = body.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| !informal.contains(word)).collect::<Vec<_>>().join("-")
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The places of words that name a body: "Telecomraad" by its end, "Council" by the name before it.
fn body_places(words: &[&str], language: &Language) -> Vec<usize> {
    let known: Vec<&str> = language.head_words("bodies").collect();
    let is_body = |at: &usize| {
        let word = bare(words[*at]);
        if !word.starts_with(char::is_uppercase) {
            return false;
        }
        let lower = word.to_lowercase();
        let named = || at.checked_sub(1).is_some_and(|before| bare(words[before]).starts_with(char::is_uppercase));
        known.iter().any(|body| match (body.strip_prefix("* "), body.strip_prefix('*')) {
            (Some(last), _) => lower == last && named(),
            (None, Some(end)) => lower.ends_with(end) && lower.len() > end.len(),
            (None, None) => lower == *body,
        })
    };
    (0..words.len()).filter(is_body).collect()
}

/// The body: a word such as "Telecomraad", with the words of its name around it.
///
/// A name goes on behind the word ("Raad Algemene Zaken") or stands before it ("Transport Council").
fn body(title: &str, language: &Language) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let at = *body_places(&words, language).first()?;
    let own = bare(words[at]).to_lowercase();
    let last = format!(" {own}");
    let alone = language.head_words("bodies").any(|body| body.contains(&last));
    let whole = language.head_words("bodies").any(|body| body == own);
    // "Landbouw- en Visserijraad".
    let halved = at >= 2 && words[at - 2].ends_with('-') && JOINS.contains(&words[at - 1]);
    let from = if alone { name_before(&words[..at], language) } else { at - if halved { 2 } else { 0 } };
    let to = if whole && !alone { name_after(&words, at, language) } else { at + 1 };
    let part = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_owned();
    let name = words[from..to].iter().map(part).collect::<Vec<_>>().join(" ");
    let before = from.checked_sub(1).map(|before| bare(words[before]).to_lowercase());
    let informal = before.filter(|before| language.head_words("informal").any(|word| word == before));
    Some(informal.map_or(name.clone(), |informal| format!("{informal} {name}")))
}

/// Words that join the parts of a name.
const JOINS: [&str; 12] = ["en", "and", "&", "voor", "und", "et", "für", "of", "de", "het", "des", "der"];

/// Where the capitalised words right before a body begin: "Agriculture and Fisheries".
fn name_before(words: &[&str], language: &Language) -> usize {
    let stops = |word: &str| {
        let lower = bare(word).to_lowercase();
        ["the", "a", "an"].contains(&&*lower)
            || ["title", "informal", "place"].iter().any(|key| language.head_words(key).any(|word| word == lower))
    };
    let mut from = words.len();
    for (at, word) in words.iter().enumerate().rev().take(8) {
        let joins = matches!(bare(word), "and" | "&" | "und" | "et") || *word == "&";
        if stops(word) || !joins && !word.starts_with(char::is_uppercase) || word.ends_with(['.', ':', ';', '|', ')']) {
            break;
        }
        from = if joins { from } else { at };
    }
    from
}

/// Where the name ends that follows a body: "Raad voor Concurrentievermogen".
fn name_after(words: &[&str], at: usize, language: &Language) -> usize {
    let mut to = at + 1;
    for (next, word) in words.iter().enumerate().skip(at + 1).take(10) {
        if words[next - 1].ends_with([',', '.', ':', ';', ')']) || word.starts_with('(') {
            break;
        }
        let lower = bare(word).to_lowercase();
        let month = language.head_words("months").any(|month| month == lower);
        if JOINS.contains(&&*lower) {
            continue;
        }
        if month || !word.starts_with(char::is_uppercase) || ["van", "vom", "du", "op", "te", "in"].contains(&&*lower) {
            break;
        }
        to = next + 1;
    }
    to
}

/// The first and last day of a meeting: "4-5 maart 2025", "13 en 14 mei 2022", "30 mei – 1 juni".
///
/// Of several dates the one nearest to the body's name is the meeting's; the others are the letter's.
fn dates(text: &str, language: &Language) -> Option<(Date, Date)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let months: Vec<&str> = language.head_words("months").collect();
    let calendar = Calendar { words: &words, months: &months };
    let bodies = LazyCell::new(|| body_places(&words, language));
    let near = |at: usize| bodies.iter().map(|body| body.abs_diff(at)).min().unwrap_or(usize::MAX).min(15);
    let found = (0..words.len()).filter_map(|at| calendar.at(at).map(|dates| (near(at), dates)));
    found.reduce(|best, next| if next.0 < best.0 { next } else { best }).map(|(_, dates)| dates)
}

/// The words of a head, read for dates.
struct Calendar<'w> {
    words: &'w [&'w str],
    months: &'w [&'w str],
}

impl Calendar<'_> {
    fn bare(word: &str) -> String {
        bare(word).to_lowercase()
    }

    fn month(&self, at: usize) -> Option<i8> {
        let word = bare(self.words.get(at)?);
        let named = |month: &&str| match word.is_ascii() {
            true => word.eq_ignore_ascii_case(month),
            false => word.to_lowercase() == **month,
        };
        self.months.iter().position(named).map(|month| month as i8 % 12 + 1)
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

/// Where it met: after "te" or "in", or with commas beside the date: "Luxembourg, 5 June 2014".
fn place(title: &str, language: &Language) -> Option<String> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let marks: Vec<&str> = language.head_words("place").collect();
    let capital =
        |word: &&str| bare(word).starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit());
    let marked =
        words.iter().rposition(|word| marks.contains(&word.to_lowercase().as_str())).and_then(|at| words.get(at + 1));
    let days = (1..words.len()).find(|at| !numbers(bare(words[*at])).is_empty());
    let before = days.and_then(|at| words.get(at - 1)).filter(|word| word.ends_with(','));
    let behind = words.last().filter(|word| {
        let apart = words.len().checked_sub(2).and_then(|at| words.get(at)).is_some_and(|word| word.ends_with(','));
        apart || word.starts_with('(')
    });
    let name = body(title, language).unwrap_or_default();
    let known = |word: &&&str| {
        let lower = bare(word).to_lowercase();
        capital(word)
            && !name.split(' ').any(|part| part == bare(word))
            && body_places(&[word], language).is_empty()
            && !["months", "title", "weekdays"].iter().any(|key| language.head_words(key).any(|word| word == lower))
    };
    let found = [marked, before, behind].into_iter().flatten().find(known)?;
    let name = bare(found);
    let shouted = name.chars().count() > 3 && name.chars().all(|c| !c.is_lowercase());
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(if shouted { format!("{first}{}", letters.as_str().to_lowercase()) } else { name.to_owned() })
}

/// "het Poolse voorzitterschap", but not the incoming one.
fn presidency(text: &str, language: &Language) -> Option<Actor> {
    let offices = language.file.institutions.get(Institution::Presidency.as_str()).into_iter().flatten();
    let offices: Vec<&str> = offices.filter_map(|office| office.get_ref().split(' ').next()).collect();
    let mut room = String::new();
    sentence::split(text, language).find_map(|span| {
        // Most sentences name no office, and need not be read into words.
        let lower = lower_case(span.slice(text), &mut room);
        let named = offices.iter().any(|office| lower.contains(office));
        named.then(|| chair(text, &sentence::read(text, span, language), language)).flatten()
    })
}

/// The state of the first presidency that a sentence names.
fn chair(text: &str, sentence: &Sentence<'_>, language: &Language) -> Option<Actor> {
    (0..sentence.tokens.len()).find_map(|at| {
        let (len, state) = sentence.longest(at, |tag| match tag {
            Tag::Demonym(state) => Some(state),
            _ => None,
        })?;
        sentence.longest(at + len, |tag| (*tag == Tag::Institution(Institution::Presidency)).then_some(()))?;
        let before = at.checked_sub(1).map(|i| sentence.tokens[i].span.slice(text).to_lowercase());
        let incoming = language.head_words("incoming").any(|word| Some(word) == before.as_deref());
        (!incoming).then(|| state.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn dutch_titles_give_body_dates_and_place() {
        check(
            "nl",
            &[
                (
                    "Verslag informele Telecomraad 4-5 maart 2025, te Warschau, Polen",
                    "informele Telecomraad",
                    "2025-03-04",
                    "2025-03-05",
                    "Warschau",
                ),
                ("Verslag Milieuraad 16 oktober 2023", "Milieuraad", "2023-10-16", "2023-10-16", ""),
                (
                    "Verslag Transportraad van 13 en 14 mei 2022 te Luxemburg",
                    "Transportraad",
                    "2022-05-13",
                    "2022-05-14",
                    "Luxemburg",
                ),
                ("Verslag Landbouwraad 30 mei – 1 juni 2019", "Landbouwraad", "2019-05-30", "2019-06-01", ""),
                ("VERSLAG RAAD ALGEMENE ZAKEN VAN 19 MEI 2015", "RAAD ALGEMENE ZAKEN", "2015-05-19", "2015-05-19", ""),
                (
                    "Verslag van de Raad voor Concurrentievermogen van 28 en 29 mei\n2015",
                    "Raad voor Concurrentievermogen",
                    "2015-05-28",
                    "2015-05-29",
                    "",
                ),
                (
                    "Verslag Raad Justitie en Binnenlandse Zaken, 9 en 10 maart 2023",
                    "Raad Justitie en Binnenlandse Zaken",
                    "2023-03-09",
                    "2023-03-10",
                    "",
                ),
                (
                    "Verslag Energieraad 31 januari en 1 februari 2024 per videoconferentie",
                    "Energieraad",
                    "2024-01-31",
                    "2024-02-01",
                    "",
                ),
                (
                    "Verslag ingelaste Landbouw- en Visserijraad, Brussel, 7 september 2015",
                    "ingelaste Landbouw- en Visserijraad",
                    "2015-09-07",
                    "2015-09-07",
                    "Brussel",
                ),
            ],
        );
    }

    #[test]
    fn english_titles_give_body_dates_and_place() {
        check(
            "en",
            &[
                (
                    "Transport Council\nLuxembourg, 5 June 2014",
                    "Transport Council",
                    "2014-06-05",
                    "2014-06-05",
                    "Luxembourg",
                ),
                (
                    "SUMMARY OF THE MINISTERIAL SESSION ON SOIL: NICOSIA, 17-18 MARCH 2026",
                    "MINISTERIAL SESSION",
                    "2026-03-17",
                    "2026-03-18",
                    "Nicosia",
                ),
                (
                    "Report of the informal Agriculture and Fisheries Council, Dublin, 30 June to 1 July 2026",
                    "informal Agriculture and Fisheries Council",
                    "2026-06-30",
                    "2026-07-01",
                    "Dublin",
                ),
                (
                    "Outcome of the Competitiveness Council in Brussels on 28 May 2018",
                    "Competitiveness Council",
                    "2018-05-28",
                    "2018-05-28",
                    "Brussels",
                ),
                (
                    "Telecommunications Council by videoconference, 5 June 2020",
                    "Telecommunications Council",
                    "2020-06-05",
                    "2020-06-05",
                    "",
                ),
                ("Transport Council: March 8, 2016", "Transport Council", "2016-03-08", "2016-03-08", ""),
            ],
        );
    }

    fn check(code: &str, rows: &[(&str, &str, &str, &str, &str)]) {
        let language = Lexicon::standard().unwrap().language(code).unwrap();
        for (title, body, start, end, place) in rows.iter().copied() {
            let head = Head::read(title, &language);
            let dates = head.dates.map(|(a, b)| (a.to_string(), b.to_string()));
            assert_eq!(head.place.as_deref().unwrap_or_default(), place, "{title}");
            assert_eq!(
                (head.body.as_deref(), dates),
                (Some(body), Some((start.to_owned(), end.to_owned()))),
                "{title}"
            );
        }
    }
}
