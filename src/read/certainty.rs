//! How often a statement is right, by what it rests on.

use crate::model::{Holder, Quantifier, Stance};

/// What a statement rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// The first object of a verb that reports a position, or the words that join another to it.
    Verb,
    /// The first object of a noun or adjective that does.
    Noun,
    /// A further object, a gap, or what was said before.
    Weak,
    /// A verb that the lexicon lacks.
    Guess,
}

/// The share of statements of this kind whose holder and stance were right in the coded reports that no rule was
/// tuned for (`tests/gold/held`), pooled over kinds of like shares so that each stands for 25 rows or more; the holder
/// may be `carried` over from words before.
pub fn certainty(ground: Ground, stance: Stance, holder: &Holder, carried: bool) -> f64 {
    let institution = holder.institution().is_some();
    let named = holder.group().is_some_and(|group| group.quantifier == Some(Quantifier::NamedOnly));
    match (ground, stance) {
        (Ground::Verb, Stance::Support | Stance::Oppose) | (Ground::Noun, Stance::Oppose)
            if !institution && !carried =>
        {
            0.91
        }
        (Ground::Noun, Stance::Support) if named => 0.91,
        (Ground::Noun, Stance::Support) if !institution => 0.87,
        (Ground::Weak, Stance::Support | Stance::Oppose) if named && !carried => 0.87,
        (Ground::Verb, Stance::Neutral) if institution => 0.87,
        (Ground::Verb | Ground::Noun, Stance::Support | Stance::Oppose) => 0.77,
        (Ground::Verb | Ground::Noun, Stance::Neutral) => 0.66,
        (Ground::Weak, Stance::Support | Stance::Oppose) => 0.66,
        (Ground::Weak, Stance::Neutral) | (Ground::Guess, _) => 0.2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, Group, Institution};

    #[test]
    fn the_better_the_ground_the_surer() {
        let holders = [
            Holder::states(vec![Actor::new("NL")]),
            Holder::Group(Group::default()),
            Holder::Institution(Institution::ALL[0]),
        ];
        for holder in &holders {
            for stance in [Stance::Support, Stance::Neutral, Stance::Oppose] {
                let of = |ground| certainty(ground, stance, holder, false);
                assert!(of(Ground::Verb) >= of(Ground::Noun) && of(Ground::Noun) >= of(Ground::Weak));
                assert!(of(Ground::Weak) >= of(Ground::Guess) && of(Ground::Guess) < 0.5);
            }
        }
    }
}
