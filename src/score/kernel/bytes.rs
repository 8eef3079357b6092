//! Passes over cells of one byte.

use multiversion::multiversion;
use rayon::prelude::*;

/// Bytes that a thread takes at a time.
const PIECE: usize = 1 << 16;
/// Bytes that one thread passes sooner than another wakes.
const LITTLE: usize = 1 << 21;
/// Different bytes that are told apart by comparing with each of them.
const FEW: usize = 16;

/// Which bytes occur.
pub fn occurring(bytes: &[u8]) -> [bool; 256] {
    let ends = folded(bytes, ends, |a, b| [a[0].min(b[0]), a[1].max(b[1])]).unwrap_or([255, 0]);
    let mut found = [false; 256];
    // Signed order keeps -1 beside 0.
    if ends[0] <= ends[1] && (ends[1] - ends[0]) as usize <= FEW {
        for byte in (ends[0]..=ends[1]).map(|byte| byte ^ 128) {
            found[byte as usize] = bytes.contains(&byte);
        }
        return found;
    }
    bytes.iter().for_each(|byte| found[*byte as usize] = true);
    found
}

/// The bytes with each byte b replaced by `map[b]`; only those that are `occurring` occur.
pub fn recoded(bytes: &[u8], map: &[u8; 256], occurring: &[bool; 256]) -> Vec<u8> {
    let pairs: Vec<[u8; 2]> =
        (0..=255).filter(|byte| occurring[*byte as usize]).map(|b| [b, map[b as usize]]).collect();
    if pairs.iter().all(|[from, to]| from == to) {
        return bytes.to_vec();
    }
    let piece = |(from, to): (&[u8], &mut [u8])| match pairs.len() <= FEW {
        true => replace(from, &pairs, to),
        false => to.iter_mut().zip(from).for_each(|(to, from)| *to = map[*from as usize]),
    };
    let mut out = vec![0; bytes.len()];
    match bytes.len() <= LITTLE {
        true => piece((bytes, &mut out)),
        false => bytes.par_chunks(PIECE).zip(out.par_chunks_mut(PIECE)).for_each(piece),
    }
    out
}

/// The first byte from `low` to below `high`.
pub fn position_between(bytes: &[u8], low: u8, high: u8) -> Option<usize> {
    let any = folded(bytes, |piece| holds(piece, low, high), |a, b| a | b);
    any?.then(|| bytes.iter().position(|byte| (low..high).contains(byte))).flatten()
}

/// How many bytes are below `limit`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
pub fn count_below(bytes: &[u8], limit: u8) -> usize {
    let count =
        |piece: &[u8]| piece.iter().fold(0_u8, |count, byte| count.wrapping_add((*byte < limit) as u8)) as usize;
    bytes.chunks(255).map(count).sum()
}

/// How many bytes are `byte`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
pub fn count_equal(bytes: &[u8], byte: u8) -> usize {
    let count = |piece: &[u8]| piece.iter().fold(0_u8, |count, own| count.wrapping_add((*own == byte) as u8)) as usize;
    bytes.chunks(255).map(count).sum()
}

fn folded<T: Send>(
    bytes: &[u8],
    of: impl Fn(&[u8]) -> T + Sync + Send,
    join: impl Fn(T, T) -> T + Sync + Send,
) -> Option<T> {
    match bytes.len() <= LITTLE {
        true => (!bytes.is_empty()).then(|| of(bytes)),
        false => bytes.par_chunks(PIECE).map(of).reduce_with(join),
    }
}

/// The lowest and the highest byte in signed order, both with the sign bit turned.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn ends(bytes: &[u8]) -> [u8; 2] {
    let low = bytes.iter().fold(255, |low: u8, byte| low.min(byte ^ 128));
    [low, bytes.iter().fold(0, |high: u8, byte| high.max(byte ^ 128))]
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn holds(bytes: &[u8], low: u8, high: u8) -> bool {
    bytes.iter().fold(0, |any, byte| any | (byte.wrapping_sub(low) < high.wrapping_sub(low)) as u8) > 0
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
fn replace(bytes: &[u8], pairs: &[[u8; 2]], out: &mut [u8]) {
    // Short pieces stay in the first cache while all pairs pass.
    for (bytes, out) in bytes.chunks(4096).zip(out.chunks_mut(4096)) {
        let out = &mut out[..bytes.len()];
        for &[from, to] in pairs {
            for at in 0..bytes.len() {
                // No branch, which every other byte would mislead: each byte is one of the pairs, and `out` begins as 0.
                out[at] |= ((bytes[at] == from) as u8).wrapping_neg() & to;
            }
        }
    }
}
