//! Cues: the words that report a position.

use std::str::FromStr;

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
    /// The second word of a form that stands together, 0 where it has none.
    second: WordId,
}

impl Form {
    /// False for most forms in a clause of these words where `next` is the word behind the first: what else they need
    /// is not there.
    pub fn may_stand(&self, words: WordSet, next: WordId) -> bool {
        (self.second == 0 || self.second == next) && self.needs.may_meet(words) && self.last.may_meet(words)
    }
}

/// All cues of a language, by the first word of each form.
#[derive(Debug, Clone, Default)]
pub struct CueIndex {
    cues: Vec<Cue>,
    /// The forms that begin with each word.
    forms: Vec<Vec<Form>>,
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
            let second = rest.first().filter(|_| !gap).copied().unwrap_or_default();
            let form = Form { rest, gap, cue, needs, last, second };
            if self.forms.len() <= first {
                self.forms.resize(first + 1, Vec::new());
            }
            self.forms[first].push(form);
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
        self.forms.get(word as usize).map_or(&[], Vec::as_slice)
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
