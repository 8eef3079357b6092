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

/// The names with `::` between them that a text begins with, and what follows.
fn leading(text: &str) -> (Vec<String>, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
    let names = text[..end].split("::").filter(|name| !name.is_empty());
    (names.map(str::to_owned).collect(), &text[end..])
}

/// The modules behind every `crate::` and `super::` of a source, as segments from `src` on; `at` is the source's own.
fn paths(source: &str, at: &[String]) -> Vec<Vec<String>> {
    let code: Vec<&str> = source.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        let inner = |from: usize| code[..from].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        for (from, _) in code.match_indices(start).filter(|(from, _)| !inner(*from)) {
            let (mut base, mut rest) = (Vec::new(), &code[from..]);
            if start == "crate::" {
                rest = &rest[start.len()..];
            } else {
                base = at.to_vec();
            }
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
            let (own, rest) = leading(rest);
            let items = rest.strip_prefix('{').and_then(|group| group.split('}').next()).unwrap_or_default();
            found.push([base.clone(), own.clone()].concat());
            found.extend(items.split(',').map(|item| [base.clone(), own.clone(), leading(item.trim()).0].concat()));
        }
    }
    found
}

/// For every source that is no `mod.rs` those others it imports.
fn imports() -> BTreeMap<String, Vec<String>> {
    let of = |path: &Path| path.strip_prefix("src").unwrap().with_extension("").to_str().unwrap().to_owned();
    let sources: BTreeMap<String, PathBuf> = sources().into_iter().map(|(path, _)| (of(&path), path)).collect();
    let leaf =
        |path: &[String]| (1..=path.len()).rev().map(|n| path[..n].join("/")).find(|name| sources.contains_key(name));
    let each = |(name, path): (&String, &PathBuf)| {
        let at: Vec<String> = name.split('/').map(str::to_owned).collect();
        let found = paths(&std::fs::read_to_string(path).unwrap(), &at);
        let mut others: Vec<String> =
            found.iter().filter_map(|path| leaf(path)).filter(|other| other != name).collect();
        others.sort();
        others.dedup();
        (name.clone(), others)
    };
    sources.iter().map(each).collect()
}

#[test]
fn no_two_files_import_each_other() {
    let mut left = imports();
    assert!(left.values().map(Vec::len).sum::<usize>() > 300, "imports are found at all");
    // Whoever imports nothing that is left is taken away, until only circles are.
    loop {
        let count = left.len();
        let names: Vec<String> = left.keys().cloned().collect();
        left.retain(|_, others| others.iter().any(|other| names.contains(other)));
        if left.len() == count {
            break;
        }
    }
    // Whoever only hangs on a circle is none.
    loop {
        let count = left.len();
        let wanted: Vec<String> = left.values().flatten().cloned().collect();
        left.retain(|name, _| wanted.contains(name));
        if left.len() == count {
            break;
        }
    }
    assert!(left.is_empty(), "{left:#?}");
}
