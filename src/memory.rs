//! How much memory there is, so that what cannot fit is refused before it is tried.

use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use crate::error::{Error, Result};

/// Bytes below which nobody looks: it takes longer than most work.
const SMALL: u64 = 256 << 20;

/// Nothing where `needed` bytes, an estimate, can be had; `what` needs them, `instead` needs fewer.
///
/// # Errors
/// [`Error::Memory`] where there are fewer.
pub fn check(what: &'static str, needed: u64, instead: &'static str) -> Result<()> {
    if needed < SMALL { Ok(()) } else { fits(what, needed, available(), instead) }
}

fn fits(what: &'static str, needed: u64, available: u64, instead: &'static str) -> Result<()> {
    match needed > available {
        true => Err(Error::Memory { what, needed, available, instead }),
        false => Ok(()),
    }
}

/// The bytes that this process can still take: the least of what the machine has free, what its container (a control
/// group of Linux) may still take, and what is left of a limit on its address space (`ulimit -v`).
pub fn available() -> u64 {
    let only = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    let system = System::new_with_specifics(only);
    // What a container has read from files counts as used, and is given back where it is needed.
    let container = system.cgroup_limits().map_or(u64::MAX, |limits| limits.total_memory.saturating_sub(limits.rss));
    system.available_memory().min(container).min(addresses())
}

/// What is left of the limit on the addresses of this process; no end to it where there is none.
#[cfg(unix)]
fn addresses() -> u64 {
    use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate};

    let limit = rlimit::Resource::AS.get_soft().unwrap_or(rlimit::INFINITY);
    if limit == rlimit::INFINITY {
        return u64::MAX;
    }
    let mut system = System::new();
    let own = Pid::from_u32(std::process::id());
    let only = ProcessRefreshKind::nothing().with_memory();
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[own]), false, only);
    limit.saturating_sub(system.process(own).map_or(0, sysinfo::Process::virtual_memory))
}

/// There is no such limit.
#[cfg(not(unix))]
fn addresses() -> u64 {
    u64::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_is_refused_with_both_numbers() {
        assert_eq!(fits("a square", 1000, 1000, "blocks need less"), Ok(()));
        let error = fits("a square", 80_000_000_000, 1_500_000_000, "blocks need less").unwrap_err();
        let told = "a square: needs about 80.00 GB of memory, 1.50 GB are available; blocks need less";
        assert_eq!(error.to_string(), told);
    }

    #[test]
    fn this_machine_has_some_memory_and_not_all_of_it() {
        assert!((1 << 20..1 << 60).contains(&available()));
        assert!(check("everything", u64::MAX, "nothing is enough").is_err());
        assert_eq!(check("little", 1, ""), Ok(()));
    }
}
