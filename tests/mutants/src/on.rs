//! The module `mutant` of the copy: which mutant is on, and which were reached.

use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock};

const UNREAD: u32 = u32::MAX;
const WATCHED: u32 = u32::MAX - 1;

static ON: AtomicU32 = AtomicU32::new(UNREAD);
static SEEN: [AtomicBool; 1 << 16] = [const { AtomicBool::new(false) }; 1 << 16];

/// Whether `MUTANT` names this one.
#[inline(always)]
pub fn on(id: u32) -> bool {
    let on = ON.load(Relaxed);
    if on < WATCHED { on == id } else { first(id) }
}

/// Reads the environment once, and writes to the file `MUTANTS_REACHED` each id that comes by for the first time.
#[cold]
#[inline(never)]
fn first(id: u32) -> bool {
    static REACHED: OnceLock<Option<Mutex<File>>> = OnceLock::new();
    let reached = REACHED.get_or_init(|| {
        let file = std::env::var_os("MUTANTS_REACHED").map(|path| Mutex::new(File::create(path).unwrap()));
        let on = std::env::var("MUTANT").map_or(0, |id| id.parse().unwrap());
        ON.store(if file.is_some() { WATCHED } else { on }, Relaxed);
        file
    });
    match reached {
        None => ON.load(Relaxed) == id,
        Some(file) => {
            if !SEEN[id as usize].swap(true, Relaxed) {
                writeln!(file.lock().unwrap(), "{id}").unwrap();
            }
            false
        }
    }
}

/// What a function returns that hides its iterator's type: its own, or the mutant's one element or none.
#[derive(Clone)]
pub enum Either<I: Iterator> {
    Usual(I),
    Instead(Option<I::Item>),
}

impl<I: Iterator> Iterator for Either<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        match self {
            Either::Usual(usual) => usual.next(),
            Either::Instead(one) => one.take(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Either::Usual(usual) => usual.size_hint(),
            Either::Instead(one) => (one.iter().len(), Some(one.iter().len())),
        }
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Either<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        match self {
            Either::Usual(usual) => usual.next_back(),
            Either::Instead(one) => one.take(),
        }
    }
}

impl<I: ExactSizeIterator> ExactSizeIterator for Either<I> {}
