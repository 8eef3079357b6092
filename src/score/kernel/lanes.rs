//! Numbers side by side, in the widest registers that the processor has.

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
number!(f32, f32s, as_simd_f32s, as_mut_simd_f32s, splat_f32s, add_f32s, min_f32s);
number!(f64, f64s, as_simd_f64s, as_mut_simd_f64s, splat_f64s, add_f64s, min_f64s);

/// Σ of two lines of numbers, lane by lane; `L` is a multiple of what any register holds.
#[inline(always)]
pub(super) fn added<S: Simd, R: Number, const L: usize>(simd: S, a: &[R; L], b: &[R; L]) -> [R; L] {
    let mut out = *a;
    for (out, b) in R::lanes_mut::<S>(&mut out).iter_mut().zip(R::lanes::<S>(b)) {
        *out = R::add(simd, *out, *b);
    }
    out
}
