//! Numbers side by side, in the widest registers that the processor has.

use std::ops::{Deref, DerefMut};

use pulp::Simd;

/// A number that registers hold several of.
pub(super) trait Number: Copy + Default + Send + Sync {
    /// A register of such numbers.
    type Lanes<S: Simd>: Copy;

    /// The whole registers that `numbers` fill.
    fn lanes<S: Simd>(numbers: &[Self]) -> &[Self::Lanes<S>];
    /// The same, to be written.
    fn lanes_mut<S: Simd>(numbers: &mut [Self]) -> &mut [Self::Lanes<S>];
    /// `x` in every lane.
    fn splat<S: Simd>(simd: S, x: Self) -> Self::Lanes<S>;
    /// Sums lane by lane; whole numbers wrap around.
    fn add<S: Simd>(simd: S, a: Self::Lanes<S>, b: Self::Lanes<S>) -> Self::Lanes<S>;
    /// The lesser of each two.
    fn least<S: Simd>(simd: S, a: Self::Lanes<S>, b: Self::Lanes<S>) -> Self::Lanes<S>;
}

macro_rules! number {
    ($number:ty, $lanes:ident, $as:ident, $as_mut:ident, $splat:ident, $add:ident, $least:ident) => {
        impl Number for $number {
            type Lanes<S: Simd> = S::$lanes;

            #[inline(always)]
            fn lanes<S: Simd>(numbers: &[Self]) -> &[S::$lanes] {
                S::$as(numbers).0
            }
            #[inline(always)]
            fn lanes_mut<S: Simd>(numbers: &mut [Self]) -> &mut [S::$lanes] {
                S::$as_mut(numbers).0
            }
            #[inline(always)]
            fn splat<S: Simd>(simd: S, x: Self) -> S::$lanes {
                simd.$splat(x)
            }
            #[inline(always)]
            fn add<S: Simd>(simd: S, a: S::$lanes, b: S::$lanes) -> S::$lanes {
                simd.$add(a, b)
            }
            #[inline(always)]
            fn least<S: Simd>(simd: S, a: S::$lanes, b: S::$lanes) -> S::$lanes {
                simd.$least(a, b)
            }
        }
    };
}

number!(u16, u16s, as_simd_u16s, as_mut_simd_u16s, splat_u16s, add_u16s, min_u16s);
number!(u64, u64s, as_simd_u64s, as_mut_simd_u64s, splat_u64s, add_u64s, min_u64s);
number!(f32, f32s, as_simd_f32s, as_mut_simd_f32s, splat_f32s, add_f32s, min_f32s);
number!(f64, f64s, as_simd_f64s, as_mut_simd_f64s, splat_f64s, add_f64s, min_f64s);

/// Numbers side by side that begin where a line of the cache does: a register is then read at once.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Line<R, const L: usize>(pub(super) [R; L]);

impl<R: Number, const L: usize> Default for Line<R, L> {
    fn default() -> Self {
        Line([R::default(); L])
    }
}

/// Σ of two lines of numbers, lane by lane; `L` is a multiple of what any register holds.
#[inline(always)]
pub(super) fn added<S: Simd, R: Number, const L: usize>(simd: S, a: &Line<R, L>, b: &[R; L]) -> Line<R, L> {
    let mut out = *a;
    for (out, b) in R::lanes_mut::<S>(&mut out.0).iter_mut().zip(R::lanes::<S>(b)) {
        *out = R::add(simd, *out, *b);
    }
    out
}

/// A list that begins where a line of the cache does.
#[derive(Debug, Clone)]
pub(super) struct Aligned<T> {
    all: Vec<T>,
    start: usize,
    len: usize,
}

impl<T: Copy> Aligned<T> {
    /// `len` times `x`.
    pub(super) fn new(len: usize, x: T) -> Aligned<T> {
        let all = vec![x; len + LINE / size_of::<T>()];
        let start = all.as_ptr().align_offset(LINE).min(LINE / size_of::<T>());
        Aligned { all, start, len }
    }
}

/// Bytes of a line of the cache.
const LINE: usize = 64;

impl<T> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all[self.start..self.start + self.len]
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.all[self.start..self.start + self.len]
    }
}
