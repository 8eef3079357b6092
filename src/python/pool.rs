//! Worker threads that survive a fork.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// The process in which the threads of all were started.
static HOME: OnceLock<u32> = OnceLock::new();
/// The threads of a forked process.
static OWN: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// Runs `work` where worker threads are: a forked process has none of those of its parent, and would
/// wait for them for ever, so it gets its own.
pub fn run<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let here = std::process::id();
    if *HOME.get_or_init(|| here) == here {
        return work();
    }
    match own(here) {
        Some(pool) => pool.install(work),
        None => work(),
    }
}

fn own(here: u32) -> Option<Arc<ThreadPool>> {
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    match &*own {
        Some((process, pool)) if *process == here => Some(pool.clone()),
        _ => {
            let pool = Arc::new(ThreadPoolBuilder::new().build().ok()?);
            // The threads of the parent's pool are not here to be ended.
            std::mem::forget(own.replace((here, pool.clone())));
            Some(pool)
        }
    }
}
