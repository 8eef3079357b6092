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
    pub fn of(tokens: &[Token]) -> Places {
        let width = tokens.len().div_ceil(u64::BITS as usize);
        let mut places = Places { width, bits: vec![0; width * Traits::MOST] };
        for (at, token) in tokens.iter().enumerate() {
            places.toggle(at, token.traits);
        }
        places
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

    /// The tokens from `from` up to `to`, which is one that there is or one past the last, that have one of the traits.
    #[inline]
    pub fn having<'s>(&'s self, from: usize, to: usize, any: &'s [Trait]) -> impl Iterator<Item = usize> + 's {
        const WIDTH: usize = u64::BITS as usize;
        let mut word = from / WIDTH;
        let mut left = if from < to { self.word(word, any) & (u64::MAX << (from % WIDTH)) } else { 0 };
        std::iter::from_fn(move || {
            while left == 0 {
                word += 1;
                if word * WIDTH >= to {
                    return None;
                }
                left = self.word(word, any);
            }
            let at = word * WIDTH + left.trailing_zeros() as usize;
            left &= left - 1;
            (at < to).then_some(at)
        })
    }
}
