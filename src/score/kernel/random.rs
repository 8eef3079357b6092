//! Numbers drawn from a seed, the same on every machine.

/// SplitMix64 (Steele, Lea and Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// Stream number `stream` of a seed; streams have nothing to do with each other.
    pub(crate) fn stream(seed: u64, stream: u64) -> Random {
        Random(mix(mix(seed.wrapping_add(STEP)).wrapping_add(stream.wrapping_mul(STEP))))
    }

    /// The next 64 bits.
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A whole number from 0 to below `n`, each as likely as the others to 2⁻⁶⁴·n.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// A number from 0 to below 1.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Puts the first `count` of `items` in an order in which each choice of them is as likely.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T], count: usize) {
        for at in 0..count.min(items.len()) {
            let other = at + self.below(items.len() - at);
            items.swap(at, other);
        }
    }
}

/// What the state of SplitMix64 goes up by.
pub(crate) const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// The output of SplitMix64 for a state.
pub(crate) fn mix(state: u64) -> u64 {
    let z = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn each_number_is_as_likely_and_streams_differ() {
        let mut random = Random::stream(7, 0);
        let mut counts = [0; 6];
        (0..60_000).for_each(|_| counts[random.below(6)] += 1);
        assert!(counts.iter().all(|&n| (9_500..10_500).contains(&n)), "{counts:?}");
        let mean = (0..10_000).map(|_| random.unit()).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        assert_ne!(Random::stream(7, 0).bits(), Random::stream(7, 1).bits());
        let mut items = [1, 2, 3, 4];
        random.shuffle(&mut items, 4);
        items.sort_unstable();
        assert_eq!(items, [1, 2, 3, 4]);
    }
}
