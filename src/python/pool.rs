//! Worker threads: as many as the caller asked for, and in a forked process its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

use crate::error::{Error, Result};

/// The process in which the threads of all were started.
static HOME: OnceLock<u32> = OnceLock::new();
/// How many threads were asked for; 0 for one per processor.
static WANTED: AtomicUsize = AtomicUsize::new(0);
/// The threads of a forked process, or those that were asked for: process, number, threads.
static OWN: Mutex<Option<(u32, usize, Arc<ThreadPool>)>> = Mutex::new(None);

/// The most threads that can be asked for.
const MOST: usize = 1024;

/// Sets how many threads every later call works on; 0 for one per processor.
///
/// # Errors
/// [`Error::Option`] for more than 1024.
pub fn want(threads: usize) -> Result<()> {
    if threads > MOST {
        let expected = format!("1 to {MOST}, or None");
        return Err(Error::Option { name: "threads", got: threads.to_string(), expected });
    }
    WANTED.store(threads, Ordering::Relaxed);
    Ok(())
}

/// Runs `work` where worker threads are: a forked process has none of those of its parent, and would
/// wait for them for ever, so it gets its own.
pub fn run<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match wanted() {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

/// Runs `work` on a worker thread, and `watch` here meanwhile.
pub fn beside<T>(work: impl FnOnce() + Send, watch: impl FnOnce() -> T) -> T {
    match wanted() {
        Some(pool) => pool.in_place_scope(|scope| {
            scope.spawn(|_| work());
            watch()
        }),
        None => rayon::in_place_scope(|scope| {
            scope.spawn(|_| work());
            watch()
        }),
    }
}

/// The pool to work in; `None` where it is the global one of the process that was there first.
fn wanted() -> Option<Arc<ThreadPool>> {
    let here = std::process::id();
    let wanted = WANTED.load(Ordering::Relaxed);
    let home = wanted == 0 && *HOME.get_or_init(|| here) == here;
    if home { None } else { own(here, wanted) }
}

fn own(here: u32, wanted: usize) -> Option<Arc<ThreadPool>> {
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    match &*own {
        Some((process, number, pool)) if *process == here && *number == wanted => Some(pool.clone()),
        _ => {
            let pool = Arc::new(ThreadPoolBuilder::new().num_threads(wanted).build().ok()?);
            let before = own.replace((here, wanted, pool.clone()));
            // The threads of a parent's pool are not here to be ended.
            if before.as_ref().is_some_and(|(process, ..)| *process != here) {
                std::mem::forget(before);
            }
            Some(pool)
        }
    }
}
