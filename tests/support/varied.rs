//! Texts that nobody wrote: sentences and reports cut up and put together anew, the same in every run. What they say
//! is of no account; a rule that reads any of it otherwise shows.

use super::random::Random;

/// What stands between two pieces of sentences.
const BETWEEN: [&str; 24] = [
    " ",
    " ",
    " ",
    " ",
    ", ",
    ", ",
    ". ",
    ". ",
    "; ",
    ": ",
    " (",
    ") ",
    "\n",
    "\n\n",
    "\n\n- ",
    "\n\u{2022} ",
    " \u{2013} ",
    " \"",
    "\" ",
    "\n\n2. ",
    " and ",
    ", en ",
    ", which ",
    ", maar ",
];

/// As many texts as there are sentences, of pieces of some four sentences each.
pub fn spliced(sentences: &[String], seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    let text = |at: usize| {
        let mut text = String::new();
        for piece in 0..4 {
            // Neighbours in a table are about one rule.
            let near = (at + random.below(5)) % sentences.len();
            let from = if random.below(2) == 0 { near } else { random.below(sentences.len()) };
            let words: Vec<&str> = sentences[from].split(' ').collect();
            let (start, end) = match random.below(4) {
                0 => (0, words.len()),
                1 => (0, random.below(words.len()) + 1),
                2 => (random.below(words.len()), words.len()),
                _ => {
                    let cut = random.below(words.len());
                    (cut, cut + random.below(words.len() - cut) + 1)
                }
            };
            let mut words = words[start..end].to_vec();
            if random.below(3) == 0 {
                words.remove(random.below(words.len()));
            }
            if piece > 0 {
                text.push_str(BETWEEN[random.below(BETWEEN.len())]);
            }
            text.push_str(&words.join(" "));
        }
        text
    };
    (0..sentences.len()).map(text).collect()
}

/// Each sentence with one or two words put in, left out, exchanged or moved, or a pause put in or left out.
pub fn edited(sentences: &[String], seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    let pool: Vec<&str> = sentences.iter().flat_map(|sentence| sentence.split(' ')).collect();
    let edit = |sentence: &String| {
        let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
        for _ in 0..1 + random.below(2) {
            let at = random.below(words.len());
            let word = pool[random.below(pool.len())];
            match random.below(8) {
                0 | 1 => words.insert(at, word.to_owned()),
                2 if words.len() > 1 => drop(words.remove(at)),
                3 => words[at] = word.to_owned(),
                4 => words.swap(at, at.saturating_sub(1)),
                5 => words[at].push(','),
                6 => words[at] = words[at].trim_end_matches([',', '.', ')']).to_owned(),
                _ => {
                    let moved = words.remove(at);
                    words.insert(random.below(words.len() + 1), moved);
                }
            }
        }
        words.join(" ")
    };
    sentences.iter().map(edit).collect()
}

/// A text whose every line that holds words is edited so.
pub fn edited_lines(text: &str, seed: u64) -> String {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let words: Vec<String> = lines.iter().filter(|line| !line.trim().is_empty()).cloned().collect();
    let mut edited = edited(&words, seed).into_iter();
    let line = |line: String| if line.trim().is_empty() { line } else { edited.next().unwrap_or_default() };
    lines.into_iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A report with lines left out, doubled, joined and moved, and some words in capitals.
pub fn disordered(report: &str, seed: u64) -> String {
    let mut random = Random(seed);
    let mut lines: Vec<String> = report.lines().map(str::to_owned).collect();
    for _ in 0..lines.len() / 8 + 1 {
        let (at, other) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(7) {
            0 => drop(lines.splice(at..=at, [])),
            1 => lines.insert(other, lines[at].clone()),
            2 => lines.swap(at, other),
            3 => lines[at] = lines[at].to_uppercase(),
            4 => lines.insert(at, String::new()),
            5 => lines[at] = lines[at].trim().to_owned(),
            _ => {
                let next = lines.get(at + 1).cloned().unwrap_or_default();
                lines[at] = format!("{} {next}", lines[at]);
            }
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n")
}
