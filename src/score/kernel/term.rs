//! What a shared issue adds to a distance, and how it becomes a whole number.

/// What an issue on which both rows have a number adds to the distance of the pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// w·|x − y|
    Absolute,
    /// w·(x − y)²
    Squared,
    /// w where x ≠ y
    Unequal,
}

/// 1.5 · 2^52: adding and taking it away rounds to whole numbers, in one instruction each.
pub(super) const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// To whole numbers, halves to even ones; for numbers from 0 to 2^51.
#[inline(always)]
pub(super) fn rounded(x: f64) -> f64 {
    (x + ROUNDING) - ROUNDING
}
