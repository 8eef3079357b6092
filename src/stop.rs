//! A flag that asks long work to end, and how far the work has come.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::error::{Error, Result};

/// Shared by who waits and who works: one sets it and reads how far the work is, the others look at it now and then
/// and count their steps.
#[derive(Debug, Clone, Default)]
pub struct Stop {
    asked: Arc<AtomicBool>,
    steps: Arc<Steps>,
}

#[derive(Debug, Default)]
struct Steps {
    expected: AtomicU64,
    done: AtomicU64,
}

impl Stop {
    /// Asks all who look to end.
    pub fn set(&self) {
        self.asked.store(true, Ordering::Relaxed);
    }

    /// True once somebody asked.
    pub fn is_set(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Nothing while nobody asked.
    ///
    /// # Errors
    /// [`Error::Stopped`] once somebody did.
    pub fn check(&self) -> Result<()> {
        if self.is_set() { Err(Error::Stopped) } else { Ok(()) }
    }

    /// Says that so many steps, of about equal length, lie ahead, beside those said before.
    pub fn expect(&self, steps: usize) {
        self.steps.expected.fetch_add(steps as u64, Ordering::Relaxed);
    }

    /// Counts one step as done, and looks as [`Stop::check`] does.
    ///
    /// # Errors
    /// As [`Stop::check`].
    pub fn step(&self) -> Result<()> {
        self.steps.done.fetch_add(1, Ordering::Relaxed);
        self.check()
    }

    /// The steps that are done and those that were expected; none are expected of work that is short.
    pub fn progress(&self) -> (u64, u64) {
        (self.steps.done.load(Ordering::Relaxed), self.steps.expected.load(Ordering::Relaxed))
    }

    /// The same flag for work inside of one step, whose own steps nobody counts.
    pub fn within(&self) -> Stop {
        Stop { asked: Arc::clone(&self.asked), steps: Arc::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_within_a_step_are_not_counted_and_stop_all_the_same() {
        let stop = Stop::default();
        assert_eq!(stop.progress(), (0, 0));
        stop.expect(2);
        let within = stop.within();
        within.expect(50);
        within.step().unwrap();
        stop.step().unwrap();
        assert_eq!((stop.progress(), within.progress()), ((1, 2), (1, 50)));
        stop.set();
        assert_eq!(within.check(), Err(Error::Stopped));
        assert_eq!(stop.step(), Err(Error::Stopped));
    }
}
