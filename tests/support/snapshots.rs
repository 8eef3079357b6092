//! Texts held whole in `tests/snapshots`, for a reviewer to read in a diff.

use std::path::Path;

const FOLDER: &str = "tests/snapshots";

/// File names, and what makes their text.
pub type Snapshots = &'static [(&'static str, fn() -> String)];

/// Fails with the first line of each that differs; `test` is the file of the tests.
pub fn unchanged(snapshots: Snapshots, test: &str) {
    let differing = snapshots.iter().filter_map(|(name, make)| {
        let (known, made) = (std::fs::read_to_string(Path::new(FOLDER).join(name)).unwrap_or_default(), lines(&make()));
        let mut lines = known.lines().chain(["(its end)"]).zip(made.lines().chain(["(its end)"])).enumerate();
        let (at, (was, is)) = lines.find(|(_, (was, is))| was != is)?;
        Some(format!("{name}, line {}:\n  was {was}\n  is  {is}", at + 1))
    });
    let differing: Vec<String> = differing.collect();
    assert!(
        differing.is_empty(),
        "where it is meant, `cargo test --test {test} -- --ignored` writes {FOLDER} anew:\n{}",
        differing.join("\n")
    );
}

/// Writes them anew.
pub fn write(snapshots: Snapshots) {
    std::fs::create_dir_all(FOLDER).unwrap();
    for (name, make) in snapshots {
        std::fs::write(Path::new(FOLDER).join(name), lines(&make())).unwrap();
    }
}

/// An element a line, and a style sheet only named.
fn lines(shown: &str) -> String {
    let mut text = shown.to_owned();
    while let Some((from, to)) = text.find("<style>").zip(text.find("</style>")) {
        text.replace_range(from..to + "</style>".len(), "<style/>");
    }
    text.replace("><", ">\n<") + "\n"
}
