//! Imports go down only: each module of the core names modules of lower layers, and only the binding
//! names pyo3.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The layers from the ground up; modules of one layer do not know each other.
const LAYERS: [&[&str]; 9] = [
    &["arrow", "error", "span"],
    &["memory", "model", "stop"],
    &["lexicon"],
    &["document", "read", "coded", "link", "group"],
    &["reports", "score"],
    &["council", "compare"],
    &["render"],
    &["columns"],
    &["python"],
];

/// The same within the scores: rooms and files.
const SCORES: [&[&str]; 6] = [
    &["kernel", "stored", "consensus"],
    &["table"],
    &["networks", "raters", "advice"],
    &["pairs"],
    &["corpus", "cohesion"],
    &["cohesion_tally", "completions"],
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file of a folder, with the module directly in it that it belongs to.
fn sources_of(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(Path::new(folder), &mut found);
    let module = |path: &Path| {
        let first = path.strip_prefix(folder).unwrap().components().next().unwrap();
        first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
    };
    let of = |path: PathBuf| (path.clone(), module(&path));
    found.into_iter().map(of).filter(|(_, module)| module != "lib" && module != "mod").collect()
}

fn sources() -> Vec<(PathBuf, String)> {
    sources_of("src")
}

/// The modules that the code of a source names behind `path`; comments may name any.
fn named<'s>(source: &'s str, path: &str) -> Vec<&'s str> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let behind = |line: &'s str| {
        let ends: Vec<usize> = line.match_indices(path).map(|(at, mark)| at + mark.len()).collect();
        ends.into_iter().map(|end| {
            let rest = &line[end..];
            rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default()
        })
    };
    code.flat_map(behind).collect()
}

/// What the sources of `folder` import that does not lie below them; `paths` begin what names a module.
fn rising(layers: &[&[&str]], folder: &str, paths: &[&str]) -> Vec<String> {
    let layer: BTreeMap<&str, usize> =
        layers.iter().enumerate().flat_map(|(at, modules)| modules.iter().map(move |module| (*module, at))).collect();
    let mut wrong = Vec::new();
    for (path, module) in sources_of(folder) {
        let here = layer.get(module.as_str()).unwrap_or_else(|| panic!("{module} has no layer"));
        let source = std::fs::read_to_string(&path).unwrap();
        // In a room of its own `super` is that room.
        let is_room = path.parent() != Some(Path::new(folder));
        let paths = paths.iter().filter(|path| !(is_room && **path == "super::"));
        for other in paths.flat_map(|path| named(&source, path)).filter(|other| *other != module) {
            if layer.get(other).is_some_and(|other| other >= here) {
                wrong.push(format!("{} imports {other}", path.display()));
            }
        }
    }
    wrong
}

#[test]
fn imports_go_down_only() {
    assert_eq!(rising(&LAYERS, "src", &["crate::"]), Vec::<String>::new());
    assert_eq!(rising(&SCORES, "src/score", &["crate::score::", "super::"]), Vec::<String>::new());
}

#[test]
fn only_the_binding_names_pyo3() {
    for (path, module) in sources().into_iter().filter(|(_, module)| module != "python") {
        let source = std::fs::read_to_string(&path).unwrap();
        assert!(!source.contains("pyo3"), "{} ({module}) names pyo3", path.display());
    }
}

#[test]
fn no_file_is_longer_than_600_lines() {
    for (path, _) in sources() {
        let lines = std::fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_source_has_unsafe_code() {
    let manifest = std::fs::read_to_string("Cargo.toml").unwrap();
    assert!(manifest.contains("unsafe_code = \"deny\""));
    for (path, _) in sources() {
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
        let found = code.filter(|line| line.contains("unsafe ") || line.contains("allow(unsafe_code")).count();
        assert_eq!(found, 0, "{}", path.display());
    }
}
