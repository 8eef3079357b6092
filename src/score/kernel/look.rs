//! Sums over the issues that another row has, looked up a few issues at a time.
//!
//! Σ x over the issues that a row has, for many x side by side: the sums of each of the 16 choices among four
//! issues are made once, and every row picks one (Arlazarov, Dinic, Kronrod and Faradzhev 1970).

use pulp::{Arch, Simd, WithSimd};

use super::lanes::{Line, Number, added};

/// Issues whose sums are made together.
pub(super) const WORD: usize = 4;
/// Words looked up in one pass over the rows, so that their sums stay in the first cache.
const WORDS: usize = 8;
/// Issues in a pass; rows are filled up to a multiple of it.
pub(super) const PASS: usize = WORD * WORDS;

/// Adds to each of `into`, one a row, Σ of `columns` (one a issue, lanes side by side) over the issues that the row's
/// words have: four a word, the first the lowest bit. `per` words a row, a multiple of eight. No sum may overflow.
pub(super) fn look<R: Number, const L: usize>(columns: &[[R; L]], words: &[u8], per: usize, into: &mut [Line<R, L>]) {
    Arch::new().dispatch(Look { columns, words, per, into });
}

struct Look<'a, R, const L: usize> {
    columns: &'a [[R; L]],
    words: &'a [u8],
    per: usize,
    into: &'a mut [Line<R, L>],
}

/// The sums of each choice among the issues of a word.
type Table<R, const L: usize> = [Line<R, L>; 1 << WORD];

impl<R: Number, const L: usize> WithSimd for Look<'_, R, L> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let mut tables = [[Line::default(); 1 << WORD]; WORDS];
        for (pass, columns) in self.columns.as_chunks::<PASS>().0.iter().enumerate() {
            for (columns, table) in columns.as_chunks::<WORD>().0.iter().zip(&mut tables) {
                fill(simd, columns, table);
            }
            let of_rows = self.words.chunks_exact(self.per).map(|row| row.as_chunks::<WORDS>().0[pass]);
            for (words, into) in of_rows.zip(self.into.iter_mut()) {
                pick(simd, &tables, &words, into);
            }
        }
    }
}

#[inline(always)]
fn fill<S: Simd, R: Number, const L: usize>(simd: S, columns: &[[R; L]; WORD], table: &mut Table<R, L>) {
    for choice in 1..1_usize << WORD {
        let (rest, column) = (choice & (choice - 1), choice.trailing_zeros() as usize % WORD);
        table[choice] = added(simd, &table[rest], &columns[column]);
    }
}

/// Adds what each word picks; part by part, so that the sum stays in registers.
#[inline(always)]
fn pick<S: Simd, R: Number, const L: usize>(
    simd: S,
    tables: &[Table<R, L>; WORDS],
    words: &[u8; WORDS],
    into: &mut Line<R, L>,
) {
    for (part, into) in R::lanes_mut::<S>(&mut into.0).iter_mut().enumerate() {
        let mut sum = *into;
        for at in 0..WORDS {
            sum = R::add(simd, sum, R::lanes::<S>(&tables[at][(words[at] & 15) as usize].0)[part]);
        }
        *into = sum;
    }
}
