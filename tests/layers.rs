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

/// Every source file, with the module of the first level that it belongs to.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(Path::new("src"), &mut found);
    let module = |path: &Path| {
        let first = path.components().nth(1).unwrap().as_os_str().to_str().unwrap().to_owned();
        first.trim_end_matches(".rs").to_owned()
    };
    found.into_iter().map(|path| (path.clone(), module(&path))).filter(|(_, module)| module != "lib").collect()
}

/// The modules that the code of a source names as `crate::module`; comments may name any.
fn named(source: &str) -> impl Iterator<Item = &str> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| {
        line.match_indices("crate::").map(|(at, mark)| {
            let rest = &line[at + mark.len()..];
            rest.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default()
        })
    })
}

#[test]
fn imports_go_down_only() {
    let layer: BTreeMap<&str, usize> =
        LAYERS.iter().enumerate().flat_map(|(at, modules)| modules.iter().map(move |module| (*module, at))).collect();
    let mut wrong = Vec::new();
    for (path, module) in sources() {
        let here = layer.get(module.as_str()).unwrap_or_else(|| panic!("{module} has no layer"));
        let source = std::fs::read_to_string(&path).unwrap();
        for other in named(&source).filter(|other| *other != module && layer.contains_key(other)) {
            if layer[other] >= *here {
                wrong.push(format!("{} imports {other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
