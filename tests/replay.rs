//! What the fuzz targets found, tried again, and the sentences of the case tables: the promises of
//! `tests/fuzz` without a fuzzer.

use std::path::Path;

#[path = "fuzz/src/lib.rs"]
mod promises;

/// Every how many lines of the case tables one is tried: all of them are read by tests of their own.
const STEP: usize = 25;

/// The names and bytes of the files in a folder, sorted by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

/// Fails with the input where the promise of a target does not hold.
fn tried(target: &str, data: &[u8], name: &str) {
    let held = std::panic::catch_unwind(|| promises::holds(target, data)).is_ok();
    assert!(held, "{target}, {name}: {:?}", String::from_utf8_lossy(data));
}

#[test]
fn what_was_found_once_holds_now() {
    for (target, _) in promises::TARGETS {
        for (name, data) in files(&Path::new("tests/fuzz/findings").join(target)) {
            tried(target, &data, &name);
        }
    }
}

#[test]
fn the_sentences_of_the_case_tables_hold_for_every_target() {
    let mut sentences = 0;
    for (name, table) in files(Path::new("tests/cases")) {
        for line in table.split(|byte| *byte == b'\n').skip(1).step_by(STEP) {
            promises::TARGETS.iter().for_each(|(target, _)| tried(target, line, &name));
            sentences += 1;
        }
    }
    assert!(sentences > 50, "{sentences} sentences");
}
