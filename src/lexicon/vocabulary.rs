//! The words of one language, numbered, with the traits that single words carry.

use super::word_map::{WordMap, lower_case};
use crate::span::Span;

/// The number of a word in a [`Vocabulary`]; 0 is every word that it does not hold.
pub type WordId = u32;

/// Words of which some may stand for others: where two sets do not meet, they have no word in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordSet(u128);

impl WordSet {
    /// Meets every set but the empty one.
    pub const ALL: WordSet = WordSet(u128::MAX);

    /// False where the two sets have no word in common.
    pub fn may_meet(self, other: WordSet) -> bool {
        self.0 & other.0 != 0
    }
}

impl FromIterator<WordId> for WordSet {
    fn from_iter<I: IntoIterator<Item = WordId>>(words: I) -> WordSet {
        words.into_iter().fold(WordSet::default(), |set, word| WordSet(set.0 | 1 << (word % u128::BITS)))
    }
}

/// A set of [`Trait`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traits(u128);

/// What a word or phrase can do in a sentence, apart from naming somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Trait {
    /// not, no, never
    Negation,
    /// delete, postpone, lower
    Remove,
    /// keep, maintain
    Keep,
    /// burden, duplication: its lessening is a proposition of its own
    Ill,
    /// important, useful
    Positive,
    /// premature, unfeasible
    Negative,
    /// must, should, necessary
    Necessity,
    /// can, could
    Possibility,
    /// clarification, consequences
    Inquiry,
    /// and, or
    And,
    /// but, however
    But,
    /// both, before "A and B"
    Both,
    /// the "and" of "both", where it is another word
    BothAnd,
    /// side, in "from the Danish side"
    Side,
    /// because, as
    Reason,
    /// while, although
    Contrast,
    /// provided that, if
    Condition,
    /// whereby
    Manner,
    /// so that, because of
    Purpose,
    /// in which, by which: Dutch "waarin", of somebody or of a purpose
    Through,
    /// I, beside which a verb has another form
    Speaker,
    /// difficult: against, where it is a judgement
    Hard,
    /// which, who
    Relative,
    /// that
    That,
    /// by, before the agent of a passive
    Agent,
    /// according to
    Source,
    /// so, before the verb of a closing "so X said"
    Thus,
    /// of
    Of,
    /// any other preposition
    Preposition,
    /// the
    Definite,
    /// a
    Indefinite,
    /// this, these
    Demonstrative,
    /// member states
    Head,
    /// member states, where the noun alone names the group
    Bare,
    /// not only: no negation
    FalseNegation,
    /// stands between a size word and its noun
    Filler,
    /// other
    Other,
    /// minister, delegation
    Envoy,
    /// formerly
    Past,
    /// now, no longer
    Change,
    /// instead of
    Instead,
    /// will, would: of what is announced
    Future,
    /// smaller, milder: before a word that takes away, which names a thing then
    Graded,
    /// be, which asks for something where no auxiliary stands before it
    Plain,
    /// for, where it alone takes a side: "five were for"
    For,
    /// against, as well
    Against,
    /// firmly
    Strong,
    /// in principle
    Weak,
    /// debate, session
    Debate,
    /// thanked
    Courtesy,
    /// the Council adopted
    Decision,
    /// silent
    Silence,
    /// asked for the floor, still being translated: how the meeting runs
    Procedure,
    /// december, friday, months: says when or how much
    Date,
    /// the national parliament
    Parliament,
    /// in line with the motion: no position where no cue takes a side
    Mandate,
    /// as chair, behind the name of a state
    Chair,
    /// call, wish, proposal: a noun that somebody owns
    Plea,
    /// idea, demand: a noun that stands for what was said
    Idea,
    /// consideration, altogether: a word that names no thing
    Idle,
    /// abstained, voted: on the text, and not on what was last said
    Vote,
    /// compromise, general approach: what is voted on
    Text,
    /// as regards: what opens a sentence says what it is about
    Topic,
    /// text, target: a noun of which the agenda item tells which
    Generic,
    /// date, percentage: a noun that stands for a number
    Measure,
    /// off, away: a separable part of a verb
    Particle,
    /// to, before whom a noun is addressed to
    Addressee,
    /// incoming, former: before a Presidency that is not in office
    Incoming,
    /// too, before an adjective
    Excess,
    /// this proposal, it
    Pointer,
    /// this view
    View,
    /// herewith, against it
    PointerWith,
    /// the importance of
    Opening,
    /// a finite or other form of a verb
    Verb,
    /// a form that is never the verb of a clause: an infinitive, a gerund, a noun alike
    Nonfinite,
    /// to, before an infinitive
    Infinitive,
    /// between
    Between,
    /// for, before the holder of a view at the start of a sentence
    Viewpoint,
    /// from, among: before the holder of a noun ("criticism from")
    Bearer,
    /// says nothing of the thing itself: an auxiliary, "also"
    Light,
    /// with, before somebody and a participle
    Absolute,
    /// the former
    First,
    /// the latter
    Second,
    /// his, their: before a demonym
    Own,
    /// as, before what a thing serves as
    As,
    /// only, before the word of a condition: "only … if"
    Only,
    /// if, when: opens a condition behind "only"
    If,
    /// concerns, behind the holder of a view: "as far as X is concerned"
    SourceAfter,
}

impl Traits {
    /// The set with `one` in it as well.
    pub fn with(self, one: Trait) -> Traits {
        Traits(self.0 | 1 << one as u32)
    }

    /// The set without `one`.
    pub fn without(self, one: Trait) -> Traits {
        Traits(self.0 & !(1 << one as u32))
    }

    /// True where `one` is in the set.
    pub fn has(self, one: Trait) -> bool {
        self.0 & 1 << one as u32 != 0
    }

    /// The set of `all` of these.
    pub const fn of(all: &[Trait]) -> Traits {
        let (mut set, mut at) = (0, 0);
        while at < all.len() {
            set |= 1 << all[at] as u32;
            at += 1;
        }
        Traits(set)
    }

    /// True where one of `any` is in the set.
    pub fn any(self, any: &[Trait]) -> bool {
        self.meets(Traits::of(any))
    }

    /// True where the two sets have a trait in common.
    pub fn meets(self, other: Traits) -> bool {
        self.0 & other.0 != 0
    }

    /// How many traits a set can hold.
    pub const MOST: usize = u128::BITS as usize;

    /// The numbers of the traits in the set.
    pub fn numbers(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            next
        })
    }

    /// Both sets together.
    pub fn union(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }
}

/// The numbered words of one language, and the stems that give traits to every word they begin.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: WordMap<WordId>,
    traits: Vec<Traits>,
    stems: Stems,
}

/// Stems, letter by letter: most words are told from all of them by their first few.
#[derive(Debug, Clone, Default)]
struct Stems {
    /// For each node the letters that may follow, in order, with the node each leads to; all stems begin at the first.
    next: Vec<Vec<(u8, u32)>>,
    /// The traits of the stem that ends at each node.
    traits: Vec<Traits>,
}

impl Stems {
    fn mark(&mut self, stem: &str, one: Trait) {
        if self.next.is_empty() {
            self.add_node();
        }
        let mut node = 0;
        for byte in stem.bytes() {
            node = match self.next[node].binary_search_by_key(&byte, |(letter, _)| *letter) {
                Ok(at) => self.next[node][at].1 as usize,
                Err(at) => {
                    let fresh = self.add_node();
                    self.next[node].insert(at, (byte, fresh as u32));
                    fresh
                }
            };
        }
        self.traits[node] = self.traits[node].with(one);
    }

    fn add_node(&mut self) -> usize {
        self.next.push(Vec::new());
        self.traits.push(Traits::default());
        self.next.len() - 1
    }

    /// The traits of all stems that begin `word`, in any case.
    fn of(&self, word: &str) -> Traits {
        match word.is_ascii() {
            true => self.of_letters(word.bytes().map(|byte| byte.to_ascii_lowercase())),
            false => self.of_letters(lower_case(word, &mut String::new()).bytes()),
        }
    }

    fn of_letters(&self, letters: impl Iterator<Item = u8>) -> Traits {
        let mut all = Traits::default();
        let mut node = 0;
        for byte in letters {
            let Some(next) = self.next.get(node) else { break };
            let Ok(at) = next.binary_search_by_key(&byte, |(letter, _)| *letter) else { break };
            node = next[at].1 as usize;
            all = all.union(self.traits[node]);
        }
        all
    }
}

impl Vocabulary {
    /// The number of `word`, which is added where it is new.
    pub fn add(&mut self, word: &str) -> WordId {
        if self.traits.is_empty() {
            self.traits.push(Traits::default());
        }
        let fresh = self.traits.len() as WordId;
        let id = *self.ids.or_insert(word, fresh);
        if id == fresh {
            self.traits.push(Traits::default());
        }
        id
    }

    /// Gives `one` to `word`; `word*` gives it to every word that begins so.
    pub fn mark(&mut self, word: &str, one: Trait) {
        if let Some(stem) = word.strip_suffix('*') {
            self.stems.mark(stem, one);
        } else {
            let id = self.add(word) as usize;
            self.traits[id] = self.traits[id].with(one);
        }
    }

    /// The same words, each with the traits of the stems that begin it; nothing is added afterwards.
    pub fn with_stems(mut self) -> Vocabulary {
        for (word, id) in self.ids.iter() {
            let own = &mut self.traits[*id as usize];
            *own = own.union(self.stems.of(&word));
        }
        self
    }

    /// The number of a word in any case, 0 where it is not held.
    pub fn id(&self, word: &str) -> WordId {
        self.ids.get(word).copied().unwrap_or_default()
    }

    /// The number of a word in any case, 0 where it is not held, and its traits.
    pub fn look_up(&self, word: &str) -> (WordId, Traits) {
        self.look_up_at(word, Span::new(0, word.len()))
    }

    /// The same of the word at `span` of a text.
    #[inline]
    pub fn look_up_at(&self, text: &str, span: Span) -> (WordId, Traits) {
        match self.ids.get_at(text, span) {
            Some(id) => (*id, self.traits[*id as usize]),
            None => (0, self.stems.of(span.slice(text))),
        }
    }
}
