//! The key of an agenda item: its printed heading without number, session and bracket, joined
//! with the headings that nearly agree.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cluster::{Edge, Groups};
use super::codebook::Codebook;
use super::heading::bare;
use super::lookup::Lookup;
use super::similarity::{Bag, Vocabulary, overlap};
use super::words::{Kind, Language, Parser};
use crate::error::Result;
use crate::model::ArcStr;
use crate::stop::Stop;

/// Headings join from this similarity on.
const JOINS: f64 = 0.85;

/// The key of each of `headings`, in the same order: two headings of one matter have one key.
///
/// The key is the first such heading in lower case, without its number ("1.", "IV)"), the words for
/// the kind of item ("Werksessie I:") and what stands in brackets; a heading that the codebook knows has the codebook's
/// name of the topic. An empty heading has an empty key.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it.
pub fn topics<'t, I>(headings: I, codebook: Option<&Codebook>, stop: &Stop) -> Result<Vec<ArcStr>>
where
    I: IntoIterator<Item = &'t str>,
{
    let headings = Distinct::of(headings);
    let language = Language::guess_weighted(headings.texts.iter().copied().zip(headings.counts));
    let lookup = codebook.map(Lookup::new);
    let mut parsers: Vec<(Language, Parser)> = Language::ALL.map(|l| (l, Parser::new(l))).into();
    let mut known = |key: &str| -> Option<String> {
        let lookup = lookup.as_ref()?;
        let mut found = parsers.iter_mut().filter_map(|(l, parser)| lookup.topic(&parser.parse(key), *l));
        found.next().map(str::to_owned)
    };
    let bare: Vec<String> = headings.texts.iter().map(|heading| bare(heading)).collect();
    let keys = Distinct::of(bare.iter().map(String::as_str));
    let coded = keys.texts.iter().map(|key| stop.check().map(|()| known(key)));
    let coded: Vec<Option<String>> = coded.collect::<Result<_>>()?;
    let groups = join(&keys.texts, language, stop)?;
    let key = |key: usize| coded[key].as_deref().unwrap_or(keys.texts[groups.of(key)]).into();
    let names: Vec<ArcStr> = (0..keys.texts.len()).map(key).collect();
    let name = |heading: u32| names[keys.places[heading as usize] as usize].clone();
    Ok(headings.places.into_iter().map(name).collect())
}

/// Each of some texts once, in order of first appearance: most statements share their heading with others.
struct Distinct<'t> {
    texts: Vec<&'t str>,
    /// How often each stands.
    counts: Vec<usize>,
    /// For each text that was given its place among these.
    places: Vec<u32>,
}

impl<'t> Distinct<'t> {
    fn of(all: impl IntoIterator<Item = &'t str>) -> Distinct<'t> {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut distinct = Distinct { texts: Vec::new(), counts: Vec::new(), places: Vec::new() };
        for text in all {
            let at = *known.entry(text).or_insert(distinct.texts.len() as u32);
            if at as usize == distinct.texts.len() {
                distinct.texts.push(text);
                distinct.counts.push(0);
            }
            distinct.counts[at as usize] += 1;
            distinct.places.push(at);
        }
        distinct
    }
}

fn join(headings: &[&str], language: Language, stop: &Stop) -> Result<Groups> {
    let (mut words, mut parser) = (Vocabulary::default(), Parser::new(language));
    let mut rows: Vec<Vec<(u32, Kind)>> = Vec::new();
    for heading in headings {
        stop.check()?;
        let stems = parser.parse(heading).stems;
        rows.push(stems.into_iter().map(|(stem, kind)| (words.id(&stem), kind)).collect());
    }
    words.find_near(stop);
    stop.check()?;
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        row.iter().for_each(|(stem, _)| holders.entry(*stem).or_default().push(at));
    }
    let rarity = |stem: u32| (1.0 + rows.len() as f64 / holders.get(&stem).map_or(1, Vec::len) as f64).ln();
    let bags: Vec<Bag> = rows.iter().map(|row| row.iter().map(|(stem, _)| (*stem, rarity(*stem))).collect()).collect();
    let numbers = |row: &[(u32, Kind)]| -> Vec<u32> {
        row.iter().filter(|(_, kind)| *kind == Kind::Number).map(|(stem, _)| *stem).collect()
    };
    let mut edges = Vec::new();
    for (a, bag) in bags.iter().enumerate() {
        let near = bag.iter().flat_map(|(stem, _)| words.near(*stem).iter().map(|(id, _)| *id).chain([*stem]));
        let mut others: Vec<usize> =
            near.filter_map(|stem| holders.get(&stem)).flatten().copied().filter(|b| *b > a).collect();
        others.sort_unstable();
        others.dedup();
        for b in others {
            stop.check()?;
            let (Some(other), Some(x), Some(y)) = (bags.get(b), rows.get(a), rows.get(b)) else { continue };
            let similarity = overlap(&words, bag, other).cosine;
            if similarity >= JOINS && numbers(x) == numbers(y) {
                edges.push(Edge { a, b, similarity });
            }
        }
    }
    let mut groups = Groups::new(headings.len());
    groups.join_all(edges, |_, _| !stop.is_set());
    stop.check()?;
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(headings: &[&str]) -> Vec<ArcStr> {
        topics(headings.iter().copied(), None, &Stop::default()).unwrap()
    }

    #[test]
    fn near_headings_have_the_key_of_the_first() {
        let found = keys(&[
            "1. Cybercrisismanagement",
            "2. Kunstmatige intelligentie",
            "4. Cyber-crisismanagement",
            "Cybercrisis-management",
        ]);
        assert_eq!(found.first(), Some(&ArcStr::from("cybercrisismanagement")));
        assert_eq!(
            keys(&["Verordening bodem 2024", "Verordening bodem 2025"]),
            ["verordening bodem 2024", "verordening bodem 2025"]
        );
        assert_eq!(keys(&["a. Soil sealing targets", "Soil sealing target (Article 4)"]), ["soil sealing targets"; 2]);
    }
}
