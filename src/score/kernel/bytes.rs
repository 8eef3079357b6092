//! Passes over cells of one byte.

use multiversion::multiversion;
use rayon::prelude::*;

/// Bytes that a thread takes at a time.
const PIECE: usize = 1 << 16;
/// Bytes that one thread passes sooner than another wakes.
const LITTLE: usize = 1 << 21;
/// Bytes replaced at once; they stay in the first cache while all replacements pass.
const BLOCK: usize = 1024;
/// Bytes counted in one byte: whole registers, at most 255.
const SUMMED: usize = 192;
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
    let block = |at: usize| {
        let from = &bytes[at * BLOCK..bytes.len().min((at + 1) * BLOCK)];
        let mut padded = [0; BLOCK];
        let full = from.first_chunk().unwrap_or_else(|| {
            padded[..from.len()].copy_from_slice(from);
            &padded
        });
        match pairs.len() <= FEW {
            true => replaced(full, &pairs),
            false => full.map(|byte| map[byte as usize]),
        }
    };
    // Collected, not filled in: memory that nothing was written to yet costs its page faults once.
    let blocks = 0..bytes.len().div_ceil(BLOCK);
    let blocks: Vec<[u8; BLOCK]> = match bytes.len() <= LITTLE {
        true => blocks.map(block).collect(),
        false => blocks.into_par_iter().map(block).collect(),
    };
    let mut out = blocks.into_flattened();
    out.truncate(bytes.len());
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
    bytes.chunks(SUMMED).map(count).sum()
}

/// How many bytes are `byte`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512vl+avx2", "x86_64+avx2", "aarch64+neon"))]
pub fn count_equal(bytes: &[u8], byte: u8) -> usize {
    let count = |piece: &[u8]| piece.iter().fold(0_u8, |count, own| count.wrapping_add((*own == byte) as u8)) as usize;
    bytes.chunks(SUMMED).map(count).sum()
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
fn replaced(bytes: &[u8; BLOCK], pairs: &[[u8; 2]]) -> [u8; BLOCK] {
    let mut out = [0; BLOCK];
    for &[from, to] in pairs {
        for at in 0..BLOCK {
            // No branch, which every other byte would mislead: each byte is one of the pairs, and `out` begins as 0.
            out[at] |= ((bytes[at] == from) as u8).wrapping_neg() & to;
        }
    }
    out
}
