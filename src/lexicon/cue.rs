//! Cues: the words that report a position.

use std::str::FromStr;

use rustc_hash::FxHashMap as HashMap;

use super::vocabulary::{Vocabulary, WordId, WordSet};
use crate::error::{Choice, Error};

/// What a cue does with its object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// welcomed X: for X
    Support,
    /// opposed X: against X
    Oppose,
    /// called for X, asked for X: for X, a question where X is information
    Request,
    /// stressed (the importance of) X: for X where X is a measure or an aim
    Stress,
    /// warned of X, feared X: against what was proposed, or against X
    Concern,
    /// found X premature: the adjective decides
    Judge,
    /// drew attention to X: for X where X is a measure, without a side where it is a problem
    Attention,
    /// said that …: what follows decides
    Say,
    /// concluded that …: as said, but from the chair it sums up what others said
    Conclude,
    /// presented, announced: reported without a side
    Neutral,
    /// wanted X: for X; wanted to say, to support: as the verb behind it says
    Want,
    /// presented X: reported of a state, procedure of an institution
    Present,
    /// joined the speaker before
    Join,
    /// found support with X for what the speaker before said: X joins
    Backed,
    /// opposed the speaker before
    Counter,
    /// withdrew its objection to X: weakly for X
    Yield,
    /// thanked, stayed silent, took a decision: no position
    Skip,
}

impl Class {
    /// True where the cue itself takes a side and does not only report.
    pub fn takes_side(self) -> bool {
        matches!(
            self,
            Class::Support
                | Class::Oppose
                | Class::Request
                | Class::Stress
                | Class::Concern
                | Class::Want
                | Class::Join
                | Class::Backed
                | Class::Yield
                | Class::Judge
        )
    }
}

impl Class {
    /// True where it speaks of being against: what nobody does, all go along with.
    pub fn denies(self) -> bool {
        matches!(self, Class::Oppose | Class::Concern | Class::Yield)
    }
}

impl FromStr for Class {
    type Err = Error;

    fn from_str(word: &str) -> Result<Class, Error> {
        let words = [
            ("support", Class::Support),
            ("oppose", Class::Oppose),
            ("request", Class::Request),
            ("stress", Class::Stress),
            ("concern", Class::Concern),
            ("judge", Class::Judge),
            ("attention", Class::Attention),
            ("say", Class::Say),
            ("conclude", Class::Conclude),
            ("neutral", Class::Neutral),
            ("want", Class::Want),
            ("present", Class::Present),
            ("join", Class::Join),
            ("backed", Class::Backed),
            ("counter", Class::Counter),
            ("yield", Class::Yield),
            ("skip", Class::Skip),
        ];
        Choice::new("class of cue", words).pick(word)
    }
}

/// One cue as a language file gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// The line of the file, which is also the name of the rule.
    pub name: String,
    /// What it does.
    pub class: Class,
    /// Words that must stand in the clause as well; each with its alternatives.
    pub with: Vec<Vec<WordId>>,
    /// Prepositions that open its object.
    pub openers: Vec<WordId>,
    /// True where the cue is a noun and not a verb.
    pub noun: bool,
}

impl Cue {
    /// The word that the cue of a `line` hangs on.
    ///
    /// # Errors
    /// What is wrong with the line, in words.
    pub fn word(line: &str) -> Result<&str, String> {
        let word = line.split(['+', '>']).next().unwrap_or_default().trim();
        if word.is_empty() || word.contains(' ') {
            return Err(format!(
                "cue '{line}': expected one word, then '+' and further words, then '>' and prepositions"
            ));
        }
        Ok(word)
    }
}

/// One form of the word that a cue hangs on.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// The words after the first.
    pub rest: Vec<WordId>,
    /// True where other words may stand before the rest: "riep … op".
    pub gap: bool,
    /// The cue.
    pub cue: usize,
    /// One of these must stand in the clause as well.
    needs: WordSet,
    /// And so must the last word of a form that others may stand in.
    last: WordSet,
}

/// The forms that begin with one word, and the places in that list of those that stand together, by their second word,
/// and of the others.
#[derive(Debug, Clone, Default)]
struct Forms {
    all: Vec<Form>,
    together: HashMap<WordId, Vec<usize>>,
    others: Vec<usize>,
}

/// All cues of a language, by the first word of each form.
#[derive(Debug, Clone, Default)]
pub struct CueIndex {
    cues: Vec<Cue>,
    /// The forms that begin with each word.
    forms: Vec<Forms>,
}

impl CueIndex {
    /// Adds the cue that `line` spells, with the forms of its first word; a word that must stand in the
    /// clause may also stand there as one of its `compounds` ("hiertegen" for "tegen").
    pub fn add<'f, I: Iterator<Item = &'f str>>(
        &mut self,
        vocabulary: &mut Vocabulary,
        (class, line): (Class, &str),
        forms: Option<&str>,
        compounds: &dyn Fn(&str) -> I,
    ) {
        let (head, openers) = line.split_once('>').unwrap_or((line, ""));
        let (word, with) = head.split_once('+').unwrap_or((head, ""));
        let cue = self.cues.len();
        let with: Vec<Vec<WordId>> = with
            .split_whitespace()
            .map(|one| {
                one.split('|')
                    .flat_map(|word| std::iter::once(word).chain(compounds(word).collect::<Vec<_>>()))
                    .map(|word| vocabulary.add(word))
                    .collect()
            })
            .collect();
        let needs = with.first().map_or(WordSet::ALL, |any| any.iter().copied().collect());
        for form in forms.unwrap_or(word.trim()).split_whitespace().map(|form| form.trim_start_matches('~')) {
            let gap = form.contains("..");
            let mut words = form.split(if gap { ".." } else { "_" }).map(|part| vocabulary.add(part));
            let Some(first) = words.next() else { continue };
            let first = first as usize;
            let rest: Vec<WordId> = words.collect();
            let last = rest.last().filter(|_| gap).map_or(WordSet::ALL, |last| [*last].into_iter().collect());
            let second = rest.first().filter(|_| !gap).copied();
            if self.forms.len() <= first {
                self.forms.resize(first + 1, Forms::default());
            }
            let forms = &mut self.forms[first];
            let places = second.map_or(&mut forms.others, |second| forms.together.entry(second).or_default());
            places.push(forms.all.len());
            forms.all.push(Form { rest, gap, cue, needs, last });
        }
        self.cues.push(Cue {
            name: line.split_whitespace().collect::<Vec<_>>().join(" "),
            class,
            with,
            openers: openers.split_whitespace().map(|word| vocabulary.add(word)).collect(),
            noun: forms.is_none(),
        });
    }

    /// The forms that begin with `word`.
    pub fn forms(&self, word: WordId) -> &[Form] {
        self.forms.get(word as usize).map_or(&[], |forms| forms.all.as_slice())
    }

    /// The forms that begin with `word` in a clause of these words where `next` is the word behind it, without most of
    /// those that need what is not there.
    pub fn standing(&self, word: WordId, words: WordSet, next: WordId) -> Vec<&Form> {
        let Some(Forms { all, together, others }) = self.forms.get(word as usize) else { return Vec::new() };
        let may_stand = |at: &usize| all[*at].needs.may_meet(words) && all[*at].last.may_meet(words);
        let mut places: Vec<usize> = others.iter().copied().filter(may_stand).collect();
        if !together.is_empty()
            && let Some(together) = together.get(&next)
        {
            places.extend(together.iter().copied().filter(may_stand));
            places.sort_unstable();
        }
        places.into_iter().map(|at| &all[at]).collect()
    }

    /// The cue of that number.
    pub fn cue(&self, cue: usize) -> &Cue {
        &self.cues[cue]
    }

    /// How many cues there are.
    pub fn len(&self) -> usize {
        self.cues.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.cues.is_empty()
    }
}
