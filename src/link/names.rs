//! Names in running text that could be a law, plan, fund, body or network, and the brackets that
//! define one.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::words::{Language, fold, tokens};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    define: Vec<String>,
    inside: HashSet<String>,
    r#where: HashSet<String>,
    heads: HashSet<String>,
    loose: HashSet<String>,
    never: HashSet<String>,
    peoples: Vec<String>,
    titles: HashSet<String>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| toml::from_str(include_str!("names.toml")).unwrap_or_default());

/// Names of states, regions and cities, folded.
static PLACES: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("places.txt").lines().skip(1).map(fold).collect());

/// A name as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Misread capitals put right, white space single.
    pub text: String,
    /// The other name, where a bracket says that both are one.
    pub also: Option<String>,
}

/// A word with what stands between it and the one before.
struct Word<'t> {
    text: &'t str,
    gap: &'t str,
}

impl Word<'_> {
    /// The part that can be a name: before a hyphen and a lower-case tail, without a genitive.
    fn stem(&self) -> &str {
        let text = self.text.trim_end_matches("'s").trim_end_matches("’s");
        match text.split_once('-') {
            Some((head, tail)) if tail.starts_with(char::is_lowercase) => head,
            _ => text.trim_end_matches('-'),
        }
    }

    /// True where a hyphen joins a lower-case tail ("Horizon-middelen"), which ends a name.
    fn tail(&self) -> Option<&str> {
        let (_, tail) = self.text.split_once('-')?;
        tail.starts_with(char::is_lowercase).then_some(tail)
    }

    fn is_capital(&self) -> bool {
        let mut chars = self.stem().chars();
        match (chars.next(), chars.next()) {
            (Some('/'), Some(second)) => second.is_lowercase(),
            (Some(first), _) => first.is_uppercase(),
            _ => false,
        }
    }

    /// True where the sentence or paragraph before is closed, or a title or number opens the line.
    fn opens(&self) -> bool {
        let blank = self.gap.matches('\n').count() > 1;
        blank || self.gap.contains(['.', '!', '?', ':', ';', '•', '“', '"', '«'])
    }

    /// True where nothing but space joins it to the word before.
    fn follows(&self) -> bool {
        !self.gap.is_empty() && self.gap.chars().all(char::is_whitespace) && self.gap.matches('\n').count() < 2
    }
}

/// Every name that `text` gives reason to see. `lower` holds the lower-case words of all texts: a word
/// that opens a sentence and also occurs small is no name.
pub(crate) fn names(text: &str, lower: &HashSet<String>) -> Vec<Name> {
    let words = words(text);
    let mut found = defined(&words, text);
    let mut at = 0;
    while at < words.len() {
        let run = run(&words, at, lower);
        match name(&words, at, run, lower) {
            Some(name) if is_instrument(&name.text) => found.push(name),
            _ => {}
        }
        at += run.max(1);
    }
    found
}

fn words(text: &str) -> Vec<Word<'_>> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '&' | '\'' | '’' | '\u{301}' | '\u{308}');
    let (mut out, mut start, mut before) = (Vec::new(), None, 0);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let slash =
            c == '/' && start.is_none() && text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_lowercase));
        match (part(c) || slash, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let trimmed = text[from..at].trim_matches(['\'', '’']);
                if !trimmed.is_empty() {
                    out.push(Word { text: trimmed, gap: &text[before..from] });
                    before = at;
                }
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// How many words from `at` on make one capitalised name, small inner words included.
fn run(words: &[Word<'_>], at: usize, lower: &HashSet<String>) -> usize {
    let Some(first) = words.get(at).filter(|word| word.is_capital()) else { return 0 };
    let small = fold(first.stem());
    if is_stop(&small) || (first.opens() || at == 0) && lower.contains(&small) {
        return 0;
    }
    let (mut end, mut next) = (at + 1, at + 1);
    if first.tail().is_some() {
        return 1;
    }
    while let Some(word) = words.get(next).filter(|word| word.follows()) {
        if word.is_capital() && !is_stop(&fold(word.stem())) {
            (end, next) = (next + 1, next + 1);
            if word.tail().is_some() {
                break;
            }
        } else if LISTS.inside.contains(word.text)
            && !matches!(word.text, "en" | "and" | "und" | "et")
            && next - end < 2
        {
            next += 1;
        } else {
            break;
        }
    }
    without_where(words.get(at..end).unwrap_or_default())
}

/// How many words of a name come before a place or day that it is followed by: "Council in Warsaw", "Act on Monday".
fn without_where(part: &[Word<'_>]) -> usize {
    let names = |word: &Word<'_>| !word.is_capital() || is_known(&word.stem().to_lowercase());
    let tells = |at: &usize| LISTS.r#where.contains(part[*at].text) && part[*at..].iter().all(names);
    (1..part.len()).find(tells).unwrap_or(part.len())
}

/// The name that a run of words makes, if it makes one.
fn name(words: &[Word<'_>], at: usize, run: usize, lower: &HashSet<String>) -> Option<Name> {
    let part = words.get(at..at + run)?;
    let capitals = part.iter().filter(|word| word.is_capital()).count();
    let text = part.iter().map(|word| repaired(word.stem())).collect::<Vec<_>>().join(" ");
    let titled = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| is_title(word.text));
    if capitals == 0 || titled || part.iter().any(|word| is_title(word.text)) {
        return None;
    }
    let loud = part.iter().filter(|word| word.is_capital()).all(|word| shouts(word.stem()));
    // Every first word of a sentence is a capital: "Neither Cyprus", "Although the Commission".
    let opens = at == 0 || part.first().is_some_and(Word::opens);
    let only_known = part.iter().skip(1).all(|word| !word.is_capital() || is_known(&word.stem().to_lowercase()));
    if capitals > 1 && opens && only_known {
        return None;
    }
    if capitals > 1 {
        return (!loud).then_some(Name { text, also: None });
    }
    let mut beside = at.checked_sub(1).into_iter().chain([at + run]).filter_map(|at| words.get(at));
    let headline = beside.any(|word| shouts(word.stem()) && word.stem().chars().any(char::is_alphabetic));
    let next = words.get(at + run).filter(|word| word.follows()).map(|word| word.text);
    let head = part.last().and_then(Word::tail).or(next).is_some_and(|next| LISTS.heads.contains(&next.to_lowercase()));
    // A word that also stands small is one in a headline: "DEEP-SEA STOCKS (Group 2)".
    let headline = headline || shouts(&text) && lower.contains(&fold(&text));
    let length = text.chars().count();
    let named = head && length > 2 || is_abbreviation(&text) && length <= 8 && !headline;
    named.then_some(Name { text, also: None })
}

/// Names that a bracket defines: "Long Name (ABBR)", "ABBR (Long name)", "Long Name (hierna: Short)".
fn defined(words: &[Word<'_>], text: &str) -> Vec<Name> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('(') {
        let Some(length) = text[at..].find(')').filter(|length| *length < 160) else { continue };
        let inner = text[at + 1..at + length].split_whitespace().collect::<Vec<_>>().join(" ");
        let before = words.partition_point(|word| word.text.as_ptr() as usize - (text.as_ptr() as usize) < at);
        let heads = text[at + length + 1..].starts_with(':');
        found.extend(definition(words.get(..before).unwrap_or_default(), &inner, heads));
    }
    found.retain(|name| is_instrument(&name.text) && name.also.as_deref().is_some_and(is_instrument));
    found
}

/// What a bracket defines. Where it `heads` a paragraph, capitals before it are a title: "FLIGHTS (Article 28a):".
fn definition(before: &[Word<'_>], inner: &str, heads: bool) -> Option<Name> {
    let (said, short) = without_definer(inner);
    let last = before.last()?;
    let many = short.split(' ').count() > 1;
    if is_abbreviation(last.stem()) && many && !heads && short.starts_with(char::is_uppercase) {
        return Some(Name { text: short.to_owned(), also: Some(repaired(last.stem())) });
    }
    if !said && (many || !is_abbreviation(short)) || !short.starts_with(char::is_alphabetic) {
        return None;
    }
    let long = long_name(before, short)?;
    let letters: String =
        long.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    let also = if letters.eq_ignore_ascii_case(short) { letters } else { repaired(short) };
    Some(Name { text: long, also: Some(also) })
}

fn without_definer(inner: &str) -> (bool, &str) {
    let lower = inner.to_lowercase();
    let definer = LISTS.define.iter().filter(|word| lower.starts_with(word.as_str()));
    let Some(longest) = definer.max_by_key(|word| word.len()) else { return (false, inner) };
    let rest = inner.get(longest.len()..).unwrap_or_default();
    if !rest.starts_with([':', ' ', ',']) {
        return (false, inner);
    }
    (true, rest.trim_start_matches([':', ' ', ',']).trim_matches(['"', '“', '”', '‘', '’', '\'']))
}

/// The words before a bracket that it abbreviates: by their initials, else while they are capitals.
fn long_name(before: &[Word<'_>], short: &str) -> Option<String> {
    let (mut start, mut letters) = (before.len(), short.chars().rev().filter(|c| c.is_alphabetic()).peekable());
    for (at, word) in before.iter().enumerate().rev() {
        let Some(letter) = letters.peek() else { break };
        match word.text.chars().next() {
            Some(c) if word.is_capital() && c.eq_ignore_ascii_case(letter) => {
                letters.next();
                start = at;
            }
            _ if LISTS.inside.contains(word.text) => {}
            _ => break,
        }
    }
    if letters.peek().is_some() || start + 1 >= before.len() {
        start = before.len();
        for (at, word) in before.iter().enumerate().rev() {
            match word.is_capital() {
                true => start = at,
                false if is_inside(word.text) => {}
                false => break,
            }
            if !word.follows() {
                break;
            }
        }
    }
    let part: Vec<&Word<'_>> = before.get(start..)?.iter().skip_while(|word| is_stop(&fold(word.text))).collect();
    let text = part.iter().map(|word| repaired(word.text)).collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// False for states, places, institutions, persons, peoples, dates and the like, and for names of those only.
pub(crate) fn is_instrument(name: &str) -> bool {
    let folded = fold(name);
    if PLACES.contains(&folded) || folded.chars().filter(|c| c.is_alphabetic()).count() < 3 {
        return false;
    }
    let words: Vec<String> = tokens(name).filter(|word| !word.chars().all(|c| c.is_ascii_digit())).collect();
    let person = words.len() > 1 && words.first().is_some_and(|first| LISTS.titles.contains(first));
    !words.is_empty() && !person && !words.iter().all(|word| is_known(word))
}

/// True for a lower-case word that names a state, place, institution, people, day or the like, or that only joins.
fn is_known(word: &str) -> bool {
    LISTS.never.contains(word) || PLACES.contains(&fold(word)) || LISTS.inside.contains(word) || is_people(word)
}

/// A small word inside a name; "and" between two capitals more often parts two names.
fn is_inside(word: &str) -> bool {
    LISTS.inside.contains(word) && !matches!(word, "en" | "and" | "und" | "et" | "&")
}

fn is_stop(folded: &str) -> bool {
    Language::ALL.iter().any(|language| language.words().stop.contains(folded))
}

fn is_people(word: &str) -> bool {
    LISTS.peoples.iter().any(|start| word.starts_with(start.as_str()))
}

/// A name without "programme" and the like at its end, where more than one word remains.
pub(crate) fn without_loose(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((rest, last)) if LISTS.loose.contains(&last.to_lowercase()) && rest.contains(' ') => rest,
        _ => name,
    }
}

fn is_title(word: &str) -> bool {
    const TITLES: [&str; 5] = ["minister", "commis", "president", "staatssecretaris", "rapporteur"];
    let lower = word.to_lowercase();
    TITLES.iter().any(|title| lower.starts_with(title)) && !matches!(lower.as_str(), "commission" | "commissie")
        || lower.starts_with("eurocommis")
}

/// At least two capitals in a word of three or more: ENISA, CyCLONe, InvestAI.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    !word.contains(' ') && capitals >= 2 && word.chars().count() >= 3
}

/// A long word in capitals only is a headline.
fn shouts(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase()) && word.chars().count() > 1
}

/// Puts misread capitals right: "/" before a small letter is an I, and so is a small l behind a
/// capital at the end of a word that has more capitals.
pub(crate) fn repaired(word: &str) -> String {
    let mut chars: Vec<char> = word.chars().collect();
    if chars.first() == Some(&'/')
        && let Some(first) = chars.first_mut()
    {
        *first = 'I';
    }
    let mixed = chars.iter().filter(|c| c.is_uppercase()).count() >= 2;
    if let [.., capital, last] = chars.as_mut_slice()
        && mixed
        && capital.is_uppercase()
        && *last == 'l'
    {
        *last = 'I';
    }
    chars.into_iter().collect()
}

/// The lower-case words of `texts`, folded.
pub(crate) fn lower_words<'a>(texts: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let mut lower = BTreeSet::new();
    for text in texts {
        lower.extend(words(text).iter().filter(|word| word.text.starts_with(char::is_lowercase)).map(|word| word.text));
    }
    lower.into_iter().map(fold).collect()
}
