//! Which tokens of a sentence have a trait, a bit a token.

use crate::lexicon::{Trait, Traits};

use super::token::Token;

/// For each trait the tokens that have it, a bit a token: what is asked of a run of tokens is told without going
/// through them.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// How many words of bits a trait has; those of one trait follow those of the one before.
    width: usize,
    bits: Vec<u64>,
}

impl Places {
    /// Those of other tokens, in the room of these.
    pub fn fill(&mut self, tokens: &[Token]) {
        self.width = tokens.len().div_ceil(u64::BITS as usize);
        self.bits.clear();
        self.bits.resize(self.width * Traits::MOST, 0);
        for (at, token) in tokens.iter().enumerate() {
            self.toggle(at, token.traits);
        }
    }

    /// Puts the token at `at` among those with each of the traits, or takes it out again.
    pub fn toggle(&mut self, at: usize, traits: Traits) {
        let (word, bit) = (at / u64::BITS as usize, at % u64::BITS as usize);
        for one in traits.numbers() {
            self.bits[one * self.width + word] ^= 1 << bit;
        }
    }

    /// One word of the bits of the tokens that have one of the traits.
    #[inline]
    fn word(&self, word: usize, any: &[Trait]) -> u64 {
        any.iter().fold(0, |bits, one| bits | self.bits[*one as usize * self.width + word])
    }

    /// The first of the tokens from `from` up to `to`, which is one that there is or one past the last, that have one of
    /// the traits.
    pub fn first(&self, mut from: usize, to: usize, any: &[Trait]) -> Option<usize> {
        const WIDTH: usize = u64::BITS as usize;
        while from < to {
            let left = self.word(from / WIDTH, any) >> (from % WIDTH);
            if left != 0 {
                return Some(from + left.trailing_zeros() as usize).filter(|at| *at < to);
            }
            from += WIDTH - from % WIDTH;
        }
        None
    }

    /// All of them.
    #[inline]
    pub fn having<'s>(&'s self, mut from: usize, to: usize, any: &'s [Trait]) -> impl Iterator<Item = usize> + 's {
        std::iter::from_fn(move || {
            let at = self.first(from, to, any)?;
            from = at + 1;
            Some(at)
        })
    }
}
