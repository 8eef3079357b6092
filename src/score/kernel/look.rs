//! Sums over the issues that another row has, looked up a few issues at a time.
//!
//! Σ x over the issues that a row has, for many x side by side: the sums of each of the 16 choices among four
//! issues are made once, and every row picks one (Arlazarov, Dinic, Kronrod and Faradzhev 1970).

/// Issues whose sums are made together.
pub(super) const WORD: usize = 4;
/// Words looked up in one pass over the rows, so that their sums stay in the first cache.
const WORDS: usize = 8;
/// Issues in a pass; rows are filled up to a multiple of it.
pub(super) const PASS: usize = WORD * WORDS;

/// Numbers that are added up without a look at overflow, which callers rule out.
pub(super) trait Plus {
    fn plus(self, other: Self) -> Self;
}

impl Plus for u16 {
    #[inline(always)]
    fn plus(self, other: u16) -> u16 {
        self.wrapping_add(other)
    }
}

impl Plus for f32 {
    #[inline(always)]
    fn plus(self, other: f32) -> f32 {
        self + other
    }
}

impl Plus for f64 {
    #[inline(always)]
    fn plus(self, other: f64) -> f64 {
        self + other
    }
}

/// Adds to each of `into`, one a row, Σ of `columns` (one a issue, lanes side by side) over the issues that the row's
/// words have: four a word, the first the lowest bit. `per` words a row, a multiple of eight.
#[inline(always)]
pub(super) fn look<R, const L: usize>(columns: &[[R; L]], words: &[u8], per: usize, into: &mut [[R; L]])
where
    R: Copy + Default + Plus,
{
    let mut tables = [[[R::default(); L]; 1 << WORD]; WORDS];
    for (pass, columns) in columns.as_chunks::<PASS>().0.iter().enumerate() {
        for (columns, table) in columns.as_chunks::<WORD>().0.iter().zip(&mut tables) {
            for choice in 1..1_usize << WORD {
                let (rest, column) = (choice & (choice - 1), choice.trailing_zeros() as usize % WORD);
                for lane in 0..L {
                    table[choice][lane] = table[rest][lane].plus(columns[column][lane]);
                }
            }
        }
        let of_rows = words.chunks_exact(per).map(|row| row.as_chunks::<WORDS>().0[pass]);
        for (words, into) in of_rows.zip(into.iter_mut()) {
            let mut sum = *into;
            for (word, table) in words.iter().zip(&tables) {
                let line = &table[(word & 15) as usize];
                for lane in 0..L {
                    sum[lane] = sum[lane].plus(line[lane]);
                }
            }
            *into = sum;
        }
    }
}
