//! What a printed heading says of its matter: the number, the session and what stands in brackets left out.

use super::words::{Language, tokens};

/// A heading without number, session words before a colon, and brackets, in lower case.
pub(crate) fn bare(heading: &str) -> String {
    let mut text = without_brackets(heading);
    loop {
        let trimmed = text.trim_start();
        let Some((first, rest)) = trimmed.split_once(char::is_whitespace) else { break };
        if rest.trim().is_empty() || !is_number(first) {
            break;
        }
        text = rest.to_owned();
    }
    if let Some((before, after)) = text.split_once(':')
        && !after.trim().is_empty()
        && tokens(before).all(|word| is_session(&word))
    {
        text = after.to_owned();
    }
    let text = text.to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(['.', ':', ';', ',']).to_owned()
}

fn without_brackets(text: &str) -> String {
    let (mut depth, mut out) = (0usize, String::with_capacity(text.len()));
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    if out.trim().is_empty() { text.to_owned() } else { out }
}

/// "1.", "2a)", "IV.", "-": a mark that only counts items.
fn is_number(word: &str) -> bool {
    let inner = word.trim_matches(['.', '(', ')', '[', ']', '-', '–', '—', '•', '*', '/']);
    let marked = inner.len() < word.len();
    let digits = inner.starts_with(|c: char| c.is_ascii_digit()) && inner.chars().count() <= 4;
    inner.is_empty()
        || marked && (digits && inner.chars().filter(|c| c.is_alphabetic()).count() <= 1 || is_roman(inner))
        || marked && inner.chars().count() == 1
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x'))
}

fn is_session(word: &str) -> bool {
    let short = word.chars().count() <= 4 && (is_roman(word) || word.chars().all(|c| c.is_ascii_digit()));
    short || Language::ALL.iter().any(|language| language.words().session.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_heading_without_number_session_and_bracket() {
        let rows = [
            ("1. Werksessie I: Cybercrisismanagement", "cybercrisismanagement"),
            ("2. Werklunch: Civiel-militaire samenwerking", "civiel-militaire samenwerking"),
            ("IV) Richtlijn bodemmonitoring (beleidsdebat)", "richtlijn bodemmonitoring"),
            ("MONITORING (Articles 9-12)", "monitoring"),
            ("3. Diversen", "diversen"),
            ("Working session II: Cable security", "cable security"),
            ("5G: uitrol", "5g: uitrol"),
            ("2030", "2030"),
            ("", ""),
        ];
        for (heading, key) in rows {
            assert_eq!(bare(heading), key, "{heading}");
        }
    }
}
