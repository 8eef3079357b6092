//! What the fuzz targets found, tried again, and the sentences of the case tables: the promises of
//! `tests/fuzz` without a fuzzer.

use std::path::Path;

#[path = "fuzz/src/lib.rs"]
mod promises;

/// The names and bytes of the files in a folder, sorted by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

#[test]
fn what_was_found_once_holds_now() {
    let mut tried = 0;
    for (target, promise) in promises::TARGETS {
        for (name, data) in files(&Path::new("tests/fuzz/findings").join(target)) {
            eprintln!("{name}");
            promise(&data);
            tried += 1;
        }
    }
    assert!(tried > 0);
}
