//! Propositions of different sentences, speakers and meetings joined to issues.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rustc_hash::FxHashMap as HashMap;

use super::cluster::{Edge, Groups};
use super::codebook::Codebook;
use super::lookup::{Coded, Lookup};
use super::similarity::{Bag, Vocabulary, overlap};
use super::words::{Kind, Language, Parser, Phrase};
use crate::error::Result;
use crate::model::{ArcStr, Meeting, Statement};
use crate::stop::Stop;

/// What joining depends on. Every threshold is a similarity from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkOptions {
    /// Phrases of one topic join from this soft TF-IDF cosine on.
    pub within: f64,
    /// Or where this share of the weight of the shorter phrase stands in the longer.
    pub contained: f64,
    /// Phrases of different topics join where this share of each stands in the other or its heading.
    pub across: f64,
    /// Takes precedence over similarity.
    pub codebook: Option<Codebook>,
}

impl Default for LinkOptions {
    fn default() -> LinkOptions {
        LinkOptions { within: 0.7, contained: 0.75, across: 0.9, codebook: None }
    }
}

/// What a light word and a word of the topic's own heading count.
const LIGHT: f64 = 0.15;
const HEADING: f64 = 0.25;
/// A stem in more phrases than this proposes no pairs: others must.
const COMMON: usize = 400;
/// Groups join where the mean similarity of their pairs is this part of `within`.
const MEAN: f64 = 0.75;
/// Across topics, what both phrases share must weigh this many times a word found once.
const ACROSS_WEIGHT: f64 = 1.2;

/// One distinct phrase of one topic.
struct Item {
    topic: usize,
    phrase: Phrase,
    stems: Vec<(u32, Kind)>,
    bag: Bag,
    count: usize,
    /// The issue of the codebook that it means.
    coded: Option<Coded>,
}

impl Item {
    fn numbers(&self) -> impl Iterator<Item = u32> {
        self.stems.iter().filter(|(_, kind)| *kind == Kind::Number).map(|(stem, _)| *stem)
    }

    /// Two issues of the codebook; or "in 2030" and "in 2034", "five years" and "ten years" are two things.
    fn conflicts(&self, other: &Item) -> bool {
        match (self.coded, other.coded) {
            (Some(own), Some(its)) => return own.issue != its.issue,
            (Some(coded), None) | (None, Some(coded)) if coded.bound && self.topic != other.topic => return true,
            _ => {}
        }
        self.numbers().next().is_some()
            && other.numbers().next().is_some()
            && !self.numbers().any(|number| other.numbers().any(|n| n == number))
    }
}

struct Linker<'o> {
    options: &'o LinkOptions,
    words: Vocabulary,
    items: Vec<Item>,
    topics: Vec<(String, Vec<u32>)>,
    /// For each statement its item and the sign of its own phrase.
    place: Vec<(u32, i8)>,
    /// For each stem the items that have it.
    holders: Vec<Vec<usize>>,
    /// For each stem ln(1 + phrases / phrases with the stem).
    rarity: Vec<f64>,
}

/// Sets `issue` and `polarity` of every statement from its `proposition` and `topic`.
///
/// Phrases are stemmed in the language of their meeting, as `meetings` give it or else as its statements look, and compared by soft TF-IDF, first within a
/// topic, then across topics, where the evidence must be stronger. Operators do not separate:
/// "keeping X" lies with X (+1), "abolishing X" against it (−1), and what lessens an ill ("less
/// waste") is the positive form. Phrases with different numbers ("in 2030", "in 2034") never join.
/// The issue bears the most central of its phrases; a statement without proposition has its topic as
/// issue. The same statements in the same order give the same issues.
///
/// # Errors
/// [`Error::Stopped`](crate::Error::Stopped) where `stop` asks for it; some statements may be set then.
pub fn assign_issues(
    statements: &mut [Statement],
    meetings: &[Meeting],
    options: &LinkOptions,
    stop: &Stop,
) -> Result<()> {
    let linker = Linker::read(statements, meetings, options, stop)?;
    let groups = linker.join(stop)?;
    let names = linker.names(&groups, stop)?;
    let canonical = |item| stop.check().map(|()| linker.canonical(item, groups.members(groups.of(item))));
    let canonical: Vec<Option<i8>> = match options.codebook {
        Some(_) => (0..linker.items.len()).map(canonical).collect::<Result<_>>()?,
        None => vec![None; linker.items.len()],
    };
    for (statement, (item, sign)) in statements.iter_mut().zip(&linker.place) {
        let item = *item as usize;
        let Some((name, own)) = names.get(&groups.of(item)) else { continue };
        statement.issue.clone_from(name);
        statement.polarity = sign * canonical[item].unwrap_or(*own);
        stop.check()?;
    }
    Ok(())
}

impl<'o> Linker<'o> {
    fn read(
        statements: &[Statement],
        meetings: &[Meeting],
        options: &'o LinkOptions,
        stop: &Stop,
    ) -> Result<Linker<'o>> {
        let mut parsers: BTreeMap<Language, Parser> = BTreeMap::new();
        let languages = languages(statements, meetings);
        let lookup = options.codebook.as_ref().map(Lookup::new);
        let mut linker = Linker {
            options,
            words: Vocabulary::default(),
            items: Vec::new(),
            topics: Vec::new(),
            place: Vec::new(),
            holders: Vec::new(),
            rarity: Vec::new(),
        };
        let (mut topic_of, mut known) = (HashMap::default(), HashMap::default());
        let mut item_of: HashMap<(usize, Vec<u32>, String), usize> = HashMap::default();
        for statement in statements {
            stop.check()?;
            let language = languages.get(statement.meeting.as_str()).copied().unwrap_or(Language::English);
            let parser = parsers.entry(language).or_insert_with(|| Parser::new(language));
            let topic = *topic_of.entry(statement.topic.as_str()).or_insert_with(|| {
                linker.add_topic(&statement.topic, parser);
                linker.topics.len() - 1
            });
            let text = if statement.proposition.trim().is_empty() { &statement.topic } else { &statement.proposition };
            let place = *known.entry((topic, language, text.as_str())).or_insert_with(|| {
                let phrase = parser.parse(text);
                let sign = phrase.sign;
                let coded = lookup.as_ref().and_then(|lookup| lookup.issue(&phrase, language, &statement.topic));
                (linker.add_item(topic, phrase, coded, &mut item_of) as u32, sign)
            });
            linker.place.push(place);
            if let Some(item) = linker.items.get_mut(place.0 as usize) {
                item.count += 1;
            }
        }
        linker.weigh(stop)?;
        Ok(linker)
    }

    fn add_topic(&mut self, topic: &str, parser: &mut Parser) {
        let stems = parser.parse(topic).stems;
        let ids = stems.iter().map(|(stem, _)| self.words.id(stem)).collect();
        self.topics.push((topic.to_owned(), ids));
    }

    /// Phrases with the same stems are one item; one without any stands for its own words.
    fn add_item(
        &mut self,
        topic: usize,
        phrase: Phrase,
        coded: Option<Coded>,
        item_of: &mut HashMap<(usize, Vec<u32>, String), usize>,
    ) -> usize {
        let stems: Vec<(u32, Kind)> = phrase.stems.iter().map(|(stem, kind)| (self.words.id(stem), *kind)).collect();
        let mut key: Vec<u32> = stems.iter().map(|(stem, _)| *stem).collect();
        key.sort_unstable();
        let own = if key.is_empty() { phrase.core.to_lowercase() } else { String::new() };
        *item_of.entry((topic, key, own)).or_insert_with(|| {
            self.items.push(Item { topic, phrase, stems, bag: Bag::new(), count: 0, coded });
            self.items.len() - 1
        })
    }

    fn weigh(&mut self, stop: &Stop) -> Result<()> {
        self.words.find_near(stop);
        stop.check()?;
        self.holders = vec![Vec::new(); self.words.len()];
        for (at, item) in self.items.iter().enumerate() {
            for (stem, _) in &item.stems {
                if let Some(holders) = self.holders.get_mut(*stem as usize) {
                    holders.push(at);
                }
            }
        }
        let rarity = |holders: &Vec<usize>| (1.0 + self.items.len() as f64 / holders.len().max(1) as f64).ln();
        self.rarity = self.holders.iter().map(rarity).collect();
        let bags = self.items.iter().map(|item| stop.check().map(|()| self.bag(item)));
        let bags: Vec<Bag> = bags.collect::<Result<_>>()?;
        for (item, bag) in self.items.iter_mut().zip(bags) {
            item.bag = bag;
        }
        Ok(())
    }

    fn bag(&self, item: &Item) -> Bag {
        let weight = |(stem, kind): &(u32, Kind)| {
            let part = match kind {
                Kind::Light => LIGHT,
                Kind::Full if self.in_heading(item.topic, *stem) => HEADING,
                Kind::Full | Kind::Number => 1.0,
            };
            (*stem, part * self.rarity(*stem))
        };
        item.stems.iter().map(weight).collect()
    }

    fn in_heading(&self, topic: usize, stem: u32) -> bool {
        self.topics.get(topic).is_some_and(|(_, heading)| heading.contains(&stem))
    }

    fn rarity(&self, stem: u32) -> f64 {
        self.rarity.get(stem as usize).copied().unwrap_or_default()
    }

    fn join(&self, stop: &Stop) -> Result<Groups> {
        let (mut inside, mut across) = (Vec::new(), Vec::new());
        for a in 0..self.items.len() {
            for b in self.candidates(a) {
                stop.check()?;
                let (Some(x), Some(y)) = (self.items.get(a), self.items.get(b)) else { continue };
                if x.conflicts(y) {
                    continue;
                }
                let (similarity, edges) = match x.topic == y.topic {
                    true => (self.within(x, y), &mut inside),
                    false => (self.across(x, y), &mut across),
                };
                if let Some(similarity) = similarity {
                    edges.push(Edge { a, b, similarity });
                }
            }
        }
        // Where it is to end nothing fits, and what was joined is dropped.
        let fits = |a: &[usize], b: &[usize]| {
            let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (self.items.get(*x), self.items.get(*y))));
            !stop.is_set() && pairs.take(COMMON).all(|pair| !matches!(pair, (Some(x), Some(y)) if x.conflicts(y)))
        };
        let mut groups = Groups::new(self.items.len());
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, issue) in self.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.coded?.issue))) {
            groups.join(*first.entry(issue).or_insert(at), at);
        }
        groups.join_all(inside, |a, b| fits(a, b) && self.cohere(a, b));
        groups.join_all(across, fits);
        stop.check()?;
        Ok(groups)
    }

    /// One short phrase inside many long ones must not join them all: the mean over pairs counts.
    fn cohere(&self, a: &[usize], b: &[usize]) -> bool {
        let (mut sum, mut count) = (0.0, 0.0);
        for (x, y) in a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).take(COMMON) {
            if let (Some(x), Some(y)) = (self.items.get(*x), self.items.get(*y)) {
                sum += self.within(x, y).unwrap_or_else(|| overlap(&self.words, &x.bag, &y.bag).cosine);
                count += 1.0;
            }
        }
        sum >= MEAN * self.options.within * count
    }

    /// Later items that share a stem, or a near one, that is not too common.
    fn candidates(&self, a: usize) -> BTreeSet<usize> {
        let Some(item) = self.items.get(a) else { return BTreeSet::new() };
        let carrying = item.stems.iter().filter(|(_, kind)| *kind != Kind::Light);
        let near = carrying.flat_map(|(stem, _)| self.words.near(*stem).iter().map(|(id, _)| *id).chain([*stem]));
        let holders = near.filter_map(|stem| self.holders.get(stem as usize)).filter(|items| items.len() <= COMMON);
        holders.flatten().copied().filter(|b| *b > a).collect()
    }

    fn within(&self, x: &Item, y: &Item) -> Option<f64> {
        let overlap = overlap(&self.words, &x.bag, &y.bag);
        match () {
            () if overlap.cosine >= self.options.within => Some(overlap.cosine),
            // A phrase inside another comes after every pair that is alike as a whole.
            () if overlap.contained >= self.options.contained && self.tells(x, y) => {
                Some(self.options.within * overlap.contained)
            }
            () => None,
        }
    }

    /// True where they share a word that is neither light nor in the heading.
    fn tells(&self, x: &Item, y: &Item) -> bool {
        let own = |item: &Item, (stem, kind): &(u32, Kind)| *kind != Kind::Light && !self.in_heading(item.topic, *stem);
        let shared = |stem: u32| y.stems.iter().any(|other| own(y, other) && self.words.inner(stem, other.0) > 0.0);
        x.stems.iter().filter(|word| own(x, word)).any(|(stem, _)| shared(*stem))
    }

    /// How far each phrase stands in the other and its heading, where they share enough.
    fn across(&self, x: &Item, y: &Item) -> Option<f64> {
        let covered = |from: &Item, to: &Item| {
            let heading = self.topics.get(to.topic).map_or(&[][..], |(_, stems)| stems.as_slice());
            let (mut all, mut found) = (0.0, 0.0);
            for (stem, kind) in &from.stems {
                let weight = if *kind == Kind::Light { LIGHT } else { 1.0 } * self.rarity(*stem);
                let own = to.stems.iter().map(|(other, _)| other);
                let near = own.chain(heading).map(|other| self.words.inner(*stem, *other)).fold(0.0, f64::max);
                all += weight;
                found += weight * near;
            }
            (if all > 0.0 { found / all } else { 0.0 }, found)
        };
        let ((x_share, x_mass), (y_share, y_mass)) = (covered(x, y), covered(y, x));
        let once = (1.0 + self.items.len() as f64).ln();
        let similarity = x_share.min(y_share);
        let strong = x_mass.max(y_mass) >= ACROSS_WEIGHT * once && self.tells(x, y);
        (strong && similarity >= self.options.across).then_some(similarity)
    }

    /// For each group its issue and the sign of its positive, keeping form.
    fn names(&self, groups: &Groups, stop: &Stop) -> Result<BTreeMap<usize, (ArcStr, i8)>> {
        let coded = self.options.codebook.iter().flat_map(|codebook| &codebook.issues);
        let mut taken: BTreeSet<String> = coded.map(|issue| issue.name.clone()).collect();
        let mut names = BTreeMap::new();
        for group in 0..self.items.len() {
            stop.check()?;
            let members: Vec<&Item> = groups.members(group).iter().filter_map(|at| self.items.get(*at)).collect();
            if let Some(coded) = self.coded(&members) {
                names.insert(group, (coded.0.into(), coded.1));
                continue;
            }
            let Some((name, sign)) = self.name(&members, stop)? else { continue };
            let topic = members.first().and_then(|item| self.topics.get(item.topic)).map_or("", |(topic, _)| topic);
            let free = [name.clone(), format!("{name} ({topic})")].into_iter().find(|name| !taken.contains(name));
            let name = free.unwrap_or_else(|| format!("{name} ({topic}) {}", group + 1));
            taken.insert(name.clone());
            names.insert(group, (name.into(), sign));
        }
        Ok(names)
    }

    fn coded(&self, members: &[&Item]) -> Option<(String, i8)> {
        let coded = members.iter().find_map(|item| item.coded)?;
        Some((self.options.codebook.as_ref()?.issues.get(coded.issue)?.name.clone(), coded.canonical))
    }

    /// The sign of the positive form, of the phrase itself or of the nearest one that the codebook knows.
    fn canonical(&self, item: usize, members: &[usize]) -> Option<i8> {
        let own = self.items.get(item)?;
        let known = members.iter().filter_map(|at| self.items.get(*at)).filter_map(|other| Some((other, other.coded?)));
        let near = |other: &Item| overlap(&self.words, &own.bag, &other.bag).cosine;
        let nearest = known.fold(None, |best: Option<(f64, i8)>, (other, coded)| {
            let similarity = near(other);
            best.filter(|(have, _)| *have >= similarity).or(Some((similarity, coded.canonical)))
        });
        own.coded.map(|coded| coded.canonical).or(nearest.map(|(_, canonical)| canonical))
    }

    /// The most central phrase; ties go to the first. What nobody wants is named by less of it.
    fn name(&self, members: &[&Item], stop: &Stop) -> Result<Option<(String, i8)>> {
        let less = |item: &&&Item| item.phrase.ill && item.phrase.sign < 0;
        let lessening: Vec<&Item> = members.iter().filter(less).copied().collect();
        let (among, sign) = if lessening.is_empty() { (members, 1) } else { (lessening.as_slice(), -1) };
        let central = |item: &Item| -> f64 {
            let near = |other: &&Item| other.count as f64 * overlap(&self.words, &item.bag, &other.bag).cosine;
            members.iter().take(COMMON).map(near).sum()
        };
        let mut best: Option<(f64, &Item)> = None;
        for item in among {
            stop.check()?;
            let score = central(item);
            if best.is_none_or(|(have, _)| score > have + 1e-9) {
                best = Some((score, item));
            }
        }
        let named = |(_, item): (f64, &Item)| if sign < 0 { &item.phrase.whole } else { &item.phrase.core }.clone();
        Ok(best.map(|best| (named(best), sign)))
    }
}

/// The language of each meeting; where none is known, or one without a stemmer, that of its quotes and propositions.
fn languages<'s>(statements: &'s [Statement], meetings: &'s [Meeting]) -> HashMap<&'s str, Language> {
    let known = |meeting: &'s Meeting| Some((meeting.id.as_str(), Language::of_code(meeting.language.as_deref()?)?));
    let mut languages: HashMap<&str, Language> = meetings.iter().filter_map(known).collect();
    let mut texts: HashMap<&str, Vec<&str>> = HashMap::default();
    for statement in statements.iter().filter(|statement| !languages.contains_key(statement.meeting.as_str())) {
        let quote = statement.quote.as_ref().map(|quote| quote.text.as_str());
        texts.entry(&statement.meeting).or_default().extend(quote.into_iter().chain([statement.proposition.as_str()]));
    }
    languages.par_extend(texts.into_par_iter().map(|(meeting, texts)| (meeting, Language::guess(texts))));
    languages
}
