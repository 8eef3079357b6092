//! The words of one language, numbered, with the traits that single words carry.

use rustc_hash::FxHashMap as HashMap;

/// The number of a word in a [`Vocabulary`]; 0 is every word that it does not hold.
pub type WordId = u32;

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

    /// True where `one` is in the set.
    pub fn has(self, one: Trait) -> bool {
        self.0 & 1 << one as u32 != 0
    }

    /// True where one of `any` is in the set.
    pub fn any(self, any: &[Trait]) -> bool {
        any.iter().any(|one| self.has(*one))
    }

    /// Both sets together.
    pub fn union(self, other: Traits) -> Traits {
        Traits(self.0 | other.0)
    }
}

/// Puts `word` into `lower`, in lower case and alone.
pub fn lower_case(word: &str, lower: &mut String) {
    lower.clear();
    if word.is_ascii() {
        lower.push_str(word);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(word.chars().flat_map(char::to_lowercase));
    }
}

/// The numbered words of one language, and the stems that give traits to every word they begin.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: HashMap<Box<str>, WordId>,
    traits: Vec<Traits>,
    stems: Stems,
}

/// Stems, letter by letter: most words are told from all of them by their first few.
#[derive(Debug, Clone, Default)]
struct Stems {
    next: HashMap<(u32, u8), u32>,
    /// The traits of the stem that ends at each node; the first node is where all begin.
    traits: Vec<Traits>,
}

impl Stems {
    fn mark(&mut self, stem: &str, one: Trait) {
        if self.traits.is_empty() {
            self.traits.push(Traits::default());
        }
        let mut node = 0;
        for byte in stem.bytes() {
            let fresh = self.traits.len() as u32;
            node = *self.next.entry((node, byte)).or_insert(fresh);
            if node == fresh {
                self.traits.push(Traits::default());
            }
        }
        let traits = &mut self.traits[node as usize];
        *traits = traits.with(one);
    }

    /// The traits of all stems that begin `word`.
    fn of(&self, word: &str) -> Traits {
        let mut all = Traits::default();
        let mut node = 0;
        for byte in word.bytes() {
            let Some(next) = self.next.get(&(node, byte)) else { break };
            node = *next;
            all = all.union(self.traits[node as usize]);
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
        let next = self.traits.len() as WordId;
        let id = *self.ids.entry(word.into()).or_insert(next);
        if id == next {
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

    /// The number of a lower-case word, 0 where it is not held, and its traits.
    pub fn look_up(&self, word: &str) -> (WordId, Traits) {
        let id = self.ids.get(word).copied().unwrap_or(0);
        let own = self.traits.get(id as usize).copied().unwrap_or_default();
        (id, own.union(self.stems.of(word)))
    }
}
