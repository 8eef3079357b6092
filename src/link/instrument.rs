//! Named laws, plans, programmes, funds, bodies and networks, and which statements are about them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cluster::{Edge, Groups};
use super::names::{Name, is_abbreviation, lower_words, names, repaired, without_loose};
use super::words::{Language, Parser, fold};
use crate::error::{Error, Result, nearest};
use crate::model::{Actor, Corpus, Holder, Stance, Statement};

/// One instrument, with every name it goes by and who is for and against what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instrument {
    /// Its name: that of the user's list, else the one used most.
    pub name: String,
    /// Its abbreviation, where it has one.
    pub abbreviation: Option<String>,
    /// Every form it has in the texts, the most used first.
    pub variants: Vec<String>,
    /// Meetings whose statements are about it, sorted.
    pub meetings: Vec<String>,
    /// How many statements are about it; 0 where only the user's list and a text name it.
    pub statements: usize,
    /// Named states and institutions that support an issue that is about it, sorted.
    pub supporters: Vec<Actor>,
    /// Those that oppose one, sorted.
    pub opponents: Vec<Actor>,
}

impl Instrument {
    /// True where `name` is its name, its abbreviation or a variant, in any case of letters.
    pub fn goes_by(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        let own = self.variants.iter().chain(&self.abbreviation).chain([&self.name]);
        own.into_iter().any(|own| own.to_lowercase() == name)
    }
}

/// An instrument that the user names; takes precedence over what the texts show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownInstrument {
    /// The name that results bear.
    pub name: String,
    /// Its abbreviation.
    pub abbreviation: Option<String>,
    /// Other names and spellings.
    pub aliases: Vec<String>,
}

/// The instruments of a corpus and, for each statement, those it is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Instruments {
    /// In order of name.
    pub rows: Vec<Instrument>,
    /// For each statement of the corpus the places in `rows`, sorted; empty where it is about none.
    pub of: Vec<Vec<usize>>,
}

/// The corpus with the statements that are about one of `names`: names, abbreviations or variants of
/// instruments, those of `known` first.
///
/// # Errors
/// [`Error::Missing`] for a name that no instrument goes by, with the near match.
pub fn about(corpus: &Corpus, names: &[String], known: &[KnownInstrument]) -> Result<Corpus> {
    let Instruments { rows, of } = instruments(corpus, known);
    let mut meant = Vec::new();
    for name in names {
        let place = rows.iter().position(|row| row.goes_by(name));
        let all = rows.iter().flat_map(|row| row.variants.iter().chain([&row.name])).map(String::as_str);
        let missing = || Error::Missing { what: "instrument", got: name.clone(), hint: nearest(name, all) };
        meant.push(place.ok_or_else(missing)?);
    }
    let is_about = |places: &Vec<usize>| places.iter().any(|place| meant.contains(place));
    let statements = corpus.statements.iter().zip(&of).filter(|(_, places)| is_about(places));
    Ok(Corpus { statements: statements.map(|(statement, _)| statement.clone()).collect(), ..corpus.clone() })
}

/// Two spellings of one name from this Jaro–Winkler similarity on.
const SAME: f64 = 0.94;

/// Finds the instruments that statements of `corpus` are about: names that a bracket defines, capitalised names, and
/// abbreviations that statements mention. Variants are joined by abbreviation, by their words in
/// any order and inflection, and by spelling (Jaro–Winkler); states, places, institutions and people
/// are none. What `known` lists is found by its own names and spellings only.
pub fn instruments(corpus: &Corpus, known: &[KnownInstrument]) -> Instruments {
    let mut forms = Forms::default();
    for entry in known {
        forms.know(entry);
    }
    let texts = corpus.reports.iter().map(|report| report.text.as_ref());
    let lower = lower_words(texts.clone().chain(corpus.statements.iter().map(said)));
    for text in texts {
        names(text, &lower).into_iter().for_each(|name| forms.add(name));
    }
    if corpus.reports.is_empty() {
        for statement in &corpus.statements {
            names(said(statement), &lower).into_iter().for_each(|name| forms.add(name));
        }
    }
    for statement in &corpus.statements {
        names(&statement.proposition, &lower).into_iter().for_each(|name| forms.add(name));
    }
    let groups = forms.join();
    let finder = Finder::new(&forms, &groups);
    let found: Vec<Vec<usize>> = corpus.statements.iter().map(|statement| finder.groups(statement)).collect();
    forms.rows(corpus, &groups, &found, known)
}

/// The words of a statement: its quote, else its proposition.
fn said(statement: &Statement) -> &str {
    statement.quote.as_ref().map_or(statement.proposition.as_str(), |quote| quote.text.as_str())
}

/// One form of a name.
struct Form {
    text: String,
    count: usize,
    /// True where a bracket or the user says that it is a name.
    defined: bool,
    /// Its place in the user's list.
    known: Option<usize>,
}

#[derive(Default)]
struct Forms {
    forms: Vec<Form>,
    place: HashMap<String, usize>,
    /// Forms that a text or the user says are one, the long and the short.
    defined: Vec<(usize, usize)>,
}

impl Forms {
    fn know(&mut self, entry: &KnownInstrument) {
        let first = self.form(&entry.name, true);
        let at = self.forms.iter().filter(|form| form.known.is_some()).filter_map(|form| form.known).max();
        let list = at.map_or(0, |at| at + 1);
        for name in entry.abbreviation.iter().chain(&entry.aliases) {
            let other = self.form(name, true);
            self.defined.push((first, other));
            if let Some(form) = self.forms.get_mut(other) {
                form.known = Some(list);
            }
        }
        if let Some(form) = self.forms.get_mut(first) {
            form.known = Some(list);
        }
    }

    fn add(&mut self, name: Name) {
        let defined = name.also.is_some();
        let long = self.form(without_loose(&name.text), defined);
        self.count(long);
        if without_loose(&name.text) != name.text {
            let whole = self.form(&name.text, defined);
            self.defined.push((long, whole));
            self.count(whole);
        }
        if let Some(short) = name.also {
            let short = self.form(&short, true);
            self.count(short);
            self.defined.push((long, short));
        }
    }

    fn count(&mut self, at: usize) {
        if let Some(form) = self.forms.get_mut(at) {
            form.count += 1;
        }
    }

    fn form(&mut self, text: &str, defined: bool) -> usize {
        let text = text.strip_prefix("EU-").filter(|rest| is_abbreviation(rest)).unwrap_or(text);
        let at = *self.place.entry(text.to_owned()).or_insert_with(|| {
            self.forms.push(Form { text: text.to_owned(), count: 0, defined, known: None });
            self.forms.len() - 1
        });
        if let Some(form) = self.forms.get_mut(at) {
            form.defined |= defined;
        }
        at
    }

    /// Joins forms by definition first, then by words, initials and spelling.
    fn join(&self) -> Groups {
        let mut groups = Groups::new(self.forms.len());
        let apart = |a: &[usize], b: &[usize]| {
            let known = |side: &[usize]| side.iter().find_map(|at| self.forms.get(*at)?.known);
            known(a).is_none() || known(b).is_none()
        };
        let defined = self.defined.iter().map(|(a, b)| Edge { a: *a, b: *b, similarity: 1.0 });
        groups.join_all(defined.collect(), |a, b| apart(a, b) || a == b);
        groups.join_all(self.alike(), apart);
        groups
    }

    /// Pairs with the same words in any order and inflection, with the initials of the other, or
    /// nearly the same spelling. Blocks by first letters and by words keep it short of all pairs.
    fn alike(&self) -> Vec<Edge> {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut parser = Parser::new(Language::English);
        for (at, form) in self.forms.iter().enumerate() {
            let folded = fold(&form.text);
            let mut stems: Vec<String> = folded.split([' ', '-']).map(|word| parser.stem(word).to_owned()).collect();
            let initials: String =
                form.text.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
            stems.sort_unstable();
            stems.dedup();
            let keys = [
                format!("words {}", stems.join(" ")),
                format!("letters {}", if initials.len() > 2 { fold(&initials) } else { folded.clone() }),
                format!("begin {}", folded.chars().take(4).collect::<String>()),
                format!("solid {}", folded.replace([' ', '-'], "")),
            ];
            keys.into_iter().for_each(|key| blocks.entry(key).or_default().push(at));
        }
        let mut edges = Vec::new();
        for (key, block) in &blocks {
            for (at, a) in block.iter().enumerate() {
                for b in block.iter().skip(at + 1).take(200) {
                    edges.extend(self.edge(*a, *b, key.starts_with("begin")));
                }
            }
        }
        edges
    }

    fn edge(&self, a: usize, b: usize, spelling: bool) -> Option<Edge> {
        let (x, y) = (self.forms.get(a)?, self.forms.get(b)?);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        if digits(&x.text) != digits(&y.text) {
            return None;
        }
        if !spelling {
            return Some(Edge { a, b, similarity: 1.0 });
        }
        let cut = |whole: &Form, part: &Form| {
            let starts = whole.text.strip_prefix(&part.text).is_some_and(|rest| rest.starts_with(' '));
            whole.defined && starts && part.text.matches(' ').count() > 1
        };
        // A page break cuts a long name short.
        if cut(x, y) || cut(y, x) {
            return Some(Edge { a, b, similarity: SAME });
        }
        let (p, q) = (fold(&x.text), fold(&y.text));
        let (short, long) = (p.len().min(q.len()), p.len().max(q.len()));
        let similarity = strsim::jaro_winkler(&p, &q);
        // Abbreviations differ by a letter and are other things; long names by a letter are noise.
        (similarity >= SAME && short >= 7 && long - short <= 3).then_some(Edge { a, b, similarity })
    }

    fn rows(&self, corpus: &Corpus, groups: &Groups, found: &[Vec<usize>], known: &[KnownInstrument]) -> Instruments {
        let mut rows = Vec::new();
        for group in 0..self.forms.len() {
            let members: Vec<&Form> = groups.members(group).iter().filter_map(|at| self.forms.get(*at)).collect();
            let about = found.iter().zip(&corpus.statements).filter(|(of, _)| of.contains(&group));
            let statements: Vec<&Statement> = about.map(|(_, statement)| statement).collect();
            let listed = members.iter().any(|form| form.known.is_some() && form.count > 0);
            if members.is_empty() || statements.is_empty() && !listed {
                continue;
            }
            rows.push((group, self.row(&members, &statements, known)));
        }
        rows.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        let place: HashMap<usize, usize> = rows.iter().enumerate().map(|(at, (group, _))| (*group, at)).collect();
        let of = found.iter().map(|groups| {
            let mut places: Vec<usize> = groups.iter().filter_map(|group| place.get(group).copied()).collect();
            places.sort_unstable();
            places
        });
        Instruments { of: of.collect(), rows: rows.into_iter().map(|(_, row)| row).collect() }
    }

    fn row(&self, members: &[&Form], statements: &[&Statement], known: &[KnownInstrument]) -> Instrument {
        let mut variants: Vec<&&Form> = members.iter().filter(|form| form.count > 0 || form.known.is_some()).collect();
        variants.sort_by(|a, b| b.count.cmp(&a.count).then(b.text.len().cmp(&a.text.len())).then(a.text.cmp(&b.text)));
        let listed = members.iter().find_map(|form| known.get(form.known?));
        let long = variants.iter().find(|form| !is_abbreviation(&form.text));
        let short = variants.iter().find(|form| is_abbreviation(&form.text)).map(|form| form.text.clone());
        let short = short.filter(|text| long.is_some() || !text.contains(char::is_lowercase));
        let long = long.or(variants.first());
        let side = |stance: Stance| -> Vec<Actor> {
            let holders = statements.iter().filter(|s| s.toward_issue() == stance).flat_map(|s| holders(&s.holder));
            holders.collect::<BTreeSet<_>>().into_iter().collect()
        };
        Instrument {
            name: listed
                .map_or_else(|| long.map(|form| form.text.clone()).unwrap_or_default(), |entry| entry.name.clone()),
            abbreviation: listed.and_then(|entry| entry.abbreviation.clone()).or(short),
            variants: variants.iter().map(|form| form.text.clone()).collect(),
            meetings: statements.iter().map(|s| s.meeting.to_string()).collect::<BTreeSet<_>>().into_iter().collect(),
            statements: statements.len(),
            supporters: side(Stance::Support),
            opponents: side(Stance::Oppose),
        }
    }
}

fn holders(holder: &Holder) -> Vec<Actor> {
    match holder {
        Holder::Institution(institution) => vec![institution.to_actor()],
        Holder::Group(group) => group.named.clone(),
    }
}

/// The folded words of a form, the form as written, and its group.
type Entry<'f> = (Vec<String>, &'f str, usize);

/// Looks the forms up in statements: each word in order, one of a single word as it is written.
struct Finder<'f> {
    by_first: HashMap<String, Vec<Entry<'f>>>,
}

impl<'f> Finder<'f> {
    fn new(forms: &'f Forms, groups: &Groups) -> Finder<'f> {
        let mut by_first: HashMap<String, Vec<Entry<'f>>> = HashMap::new();
        for (at, form) in forms.forms.iter().enumerate() {
            let parts: Vec<String> = parts(&form.text).iter().map(|part| fold(part)).collect();
            if let Some(first) = parts.first().cloned() {
                by_first.entry(first).or_default().push((parts, &form.text, groups.of(at)));
            }
        }
        Finder { by_first }
    }

    fn groups(&self, statement: &Statement) -> Vec<usize> {
        let mut found = BTreeSet::new();
        for text in [said(statement), &statement.proposition] {
            let written = parts(text);
            let folded: Vec<String> = written.iter().map(|part| fold(part)).collect();
            let mut end = 0;
            for at in 0..folded.len() {
                let forms = folded.get(at).and_then(|first| self.by_first.get(first)).into_iter().flatten();
                let here = forms.filter(|(words, form, _)| {
                    let single = words.len() == 1;
                    folded.get(at..at + words.len()) == Some(words.as_slice())
                        && (!single || written.get(at).is_some_and(|part| part == form))
                });
                // Inside a longer name another is only a part of it.
                let Some((words, _, group)) = here.max_by_key(|(words, ..)| words.len()) else { continue };
                if at + words.len() > end {
                    end = at + words.len();
                    found.insert(*group);
                }
            }
        }
        found.into_iter().collect()
    }
}

/// The words of a text with misread capitals put right; a hyphen parts words.
fn parts(text: &str) -> Vec<String> {
    let whole = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '+')));
    whole.filter(|part| !part.is_empty()).map(repaired).collect()
}
