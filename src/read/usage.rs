//! How often the entries of a language file stand in texts.

use std::collections::BTreeMap;

use super::block::blocks;
use super::clean::Clean;
use super::furniture::Furniture;
use super::sentence;
use crate::error::Result;
use crate::lexicon::{Cue, Entry, Language, each};
use crate::stop::Stop;

/// One form of an entry: its words in order, and what must stand in the sentence as well.
struct Form {
    entry: usize,
    rest: Vec<String>,
    gap: bool,
    with: Vec<Vec<String>>,
}

/// The forms of all entries, by their first word; stems by their letters.
#[derive(Default)]
struct Forms {
    words: BTreeMap<String, Vec<Form>>,
    stems: BTreeMap<String, Vec<usize>>,
}

/// For each entry, in how many places of the texts it stands, as the reader sees their words.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub fn usage(entries: &[Entry], language: &Language, texts: &[&str], stop: &Stop) -> Result<Vec<usize>> {
    let forms = Forms::of(entries, language);
    let mut counts = vec![0; entries.len()];
    for text in texts {
        let furniture = Furniture::of(text, stop)?;
        for block in blocks(text, &furniture, stop)? {
            let clean = Clean::new(text, block.span, &language.file.ocr, &furniture, stop)?;
            for span in sentence::split(&clean.text, language) {
                stop.check()?;
                let tokens = sentence::read(&clean.text, span, language).tokens;
                let words: Vec<String> = tokens.iter().map(|t| t.span.slice(&clean.text).to_lowercase()).collect();
                forms.count(&words, &mut counts);
            }
        }
    }
    Ok(counts)
}

impl Forms {
    fn of(entries: &[Entry], language: &Language) -> Forms {
        let mut forms = Forms::default();
        for (at, entry) in entries.iter().enumerate() {
            if entry.list.starts_with("cues.") {
                let verb = Cue::word(&entry.text).unwrap_or_default();
                let with =
                    entry.text.split('>').next().and_then(|head| head.split_once('+')).map_or("", |(_, with)| with);
                let with: Vec<Vec<String>> = with
                    .split_whitespace()
                    .map(|one| one.split('|').flat_map(|word| language.with_compounds(word)).collect())
                    .collect();
                forms.add_all(at, &language.forms(verb).unwrap_or_else(|| verb.to_owned()), &with);
            } else if entry.list == "verbs" {
                forms.add_all(at, &language.forms(&entry.text).unwrap_or_default(), &[]);
            } else {
                each(&entry.text).iter().for_each(|phrase| forms.add_phrase(at, phrase));
            }
        }
        forms
    }

    fn add_phrase(&mut self, entry: usize, phrase: &str) {
        match phrase.strip_suffix('*') {
            Some(stem) => self.stems.entry(stem.to_owned()).or_default().push(entry),
            None => self.add(Form { entry, rest: Vec::new(), gap: false, with: Vec::new() }, phrase.split(' ')),
        }
    }

    fn add_all(&mut self, entry: usize, forms: &str, with: &[Vec<String>]) {
        for form in forms.split_whitespace().map(|form| form.trim_start_matches('~')) {
            let gap = form.contains("..");
            let parts = form.split(if gap { ".." } else { "_" });
            self.add(Form { entry, rest: Vec::new(), gap, with: with.to_vec() }, parts);
        }
    }

    fn add<'w>(&mut self, mut form: Form, mut words: impl Iterator<Item = &'w str>) {
        let Some(first) = words.next() else { return };
        form.rest = words.map(str::to_owned).collect();
        self.words.entry(first.to_owned()).or_default().push(form);
    }

    fn count(&self, words: &[String], counts: &mut [usize]) {
        for (at, word) in words.iter().enumerate() {
            let after = words.get(at + 1..).unwrap_or_default();
            for form in self.words.get(word).into_iter().flatten() {
                let rest = if form.gap {
                    form.rest.iter().all(|part| after.contains(part))
                } else {
                    after.starts_with(&form.rest)
                };
                if rest && form.with.iter().all(|one| one.iter().any(|word| words.contains(word))) {
                    counts[form.entry] += 1;
                }
            }
            let prefixes = word.char_indices().map(|(at, c)| &word[..at + c.len_utf8()]);
            for entry in prefixes.filter_map(|prefix| self.stems.get(prefix)).flatten() {
                counts[*entry] += 1;
            }
        }
    }
}
