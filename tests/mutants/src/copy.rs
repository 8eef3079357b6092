//! A copy of the project with every mutant in it, built once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use proc_macro2::LineColumn;
use serde_json::Value;
use walkdir::WalkDir;

use crate::mutant::{Genre, Mutant};
use crate::region::Regions;
use crate::switch::{Way, switched};

pub struct Copy {
    root: PathBuf,
    pub folder: PathBuf,
    build: PathBuf,
    /// By the number of the mutant.
    pub ways: HashMap<u32, Way>,
}

impl Copy {
    /// In `scratch`, which keeps what was built before.
    pub fn of(root: &Path, scratch: &Path) -> Copy {
        let (folder, build) = (scratch.join("copy"), scratch.join("build"));
        Copy { root: root.to_owned(), folder, build, ways: HashMap::new() }
    }

    /// Writes the switches, again without each mutant that the compiler refuses, until it refuses none.
    pub fn build(&mut self, mutants: &[Mutant]) -> Result<Vec<PathBuf>> {
        let state = self.build.join("ways.json");
        let key = self.copy(mutants)?;
        if let Some((_, known)) = read_ways(&state).filter(|(known, _)| *known == key) {
            self.ways = known;
        }
        loop {
            self.write(mutants)?;
            let (built, messages) = self.cargo(&["build", "--lib"])?;
            if built {
                break;
            }
            let refused = self.refused(&messages, mutants)?;
            eprintln!("{refused} mutants to be written otherwise or not at all");
        }
        fs::write(&state, serde_json::to_vec(&(key, ways_as_text(&self.ways)))?)?;
        let (built, messages) = self.cargo(&["test", "--tests", "--no-run"])?;
        ensure!(built, "the tests of the copy do not build: {}", rendered(&messages));
        let executable = |message: &Value| message["executable"].as_str().map(PathBuf::from);
        Ok(messages.iter().filter(|message| message["profile"]["test"] == true).filter_map(executable).collect())
    }

    /// Copies all but the sources, and gives a number that changes with the sources and the mutants.
    fn copy(&self, mutants: &[Mutant]) -> Result<u64> {
        let mut hasher = DefaultHasher::new();
        mutants.iter().for_each(|mutant| mutant.name.hash(&mut hasher));
        let is_ours =
            |name: &str| !matches!(name, "target" | ".git" | ".venv" | "dist" | "node_modules" | "__pycache__");
        let all = WalkDir::new(&self.root).sort_by_file_name().into_iter();
        for entry in all.filter_entry(|entry| entry.file_name().to_str().is_some_and(is_ours)) {
            let entry = entry?;
            let path = entry.path().strip_prefix(&self.root)?;
            if !entry.file_type().is_file() {
                continue;
            }
            let bytes = fs::read(entry.path())?;
            if path.starts_with("src") {
                (path, &bytes).hash(&mut hasher);
            } else {
                write_new(&self.folder.join(path), &bytes)?;
            }
        }
        fs::create_dir_all(&self.build)?;
        Ok(hasher.finish())
    }

    fn write(&mut self, mutants: &[Mutant]) -> Result<()> {
        let mut by_file: HashMap<&str, Vec<&Mutant>> = HashMap::new();
        mutants.iter().for_each(|mutant| by_file.entry(&mutant.file).or_default().push(mutant));
        for entry in WalkDir::new(self.root.join("src")) {
            let entry = entry?;
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(&self.root)?;
            let mut bytes = fs::read(entry.path())?;
            if let Some(mutants) = path.to_str().and_then(|path| by_file.get(path)) {
                let source = String::from_utf8(bytes)?;
                let written = switched(&source, mutants, &mut self.ways).with_context(|| path.display().to_string())?;
                bytes = written.into_bytes();
            }
            if path == Path::new("src/lib.rs") {
                bytes.extend(b"\nmod mutant;\n");
            }
            write_new(&self.folder.join(path), &bytes)?;
        }
        write_new(&self.folder.join("src/mutant.rs"), include_bytes!("on.rs"))
    }

    /// Notes what the errors refuse, and counts it.
    fn refused(&mut self, messages: &[Value], mutants: &[Mutant]) -> Result<usize> {
        let mut regions: HashMap<PathBuf, Regions> = HashMap::new();
        let mut refused: BTreeMap<u32, String> = BTreeMap::new();
        let errors = messages.iter().map(|message| &message["message"]).filter(|error| error["level"] == "error");
        let mut strange = Vec::new();
        for error in errors.filter(|error| error["spans"].as_array().is_some_and(|spans| !spans.is_empty())) {
            let mut spans: Vec<&Value> = error["spans"].as_array().into_iter().flatten().collect();
            spans.sort_by_key(|span| span["is_primary"] != true);
            let mut found = Vec::new();
            for (file, start, end) in spans.into_iter().filter_map(in_source) {
                let path = self.folder.join(file);
                if !regions.contains_key(&path) {
                    regions.insert(path.clone(), Regions::of(&fs::read_to_string(&path)?)?);
                }
                found = regions[&path].around(start, end).to_vec();
                if !found.is_empty() {
                    break;
                }
            }
            if found.is_empty() && error["code"]["code"] == "E0015" {
                // A mutant takes `const` from its function, which constants call.
                let called =
                    error["message"].as_str().and_then(|message| message.split('`').nth(1)).unwrap_or_default();
                let inside = mutants.iter().filter(|mutant| mutant.function() == called);
                refused.extend(inside.map(|mutant| (mutant.id, "constant".to_owned())));
            } else if found.is_empty() {
                strange.push(error["rendered"].as_str().unwrap_or_default());
            }
            let code = error["code"]["code"].as_str().unwrap_or_default();
            let why = format!("does not compile: {code} {}", error["message"].as_str().unwrap_or_default());
            refused.extend(found.into_iter().map(|id| (id, why.clone())));
        }
        if refused.is_empty() {
            bail!("errors that belong to no mutant: {}", strange.join("\n"));
        }
        let operators: HashSet<u32> =
            mutants.iter().filter(|mutant| mutant.genre == Genre::BinaryOperator).map(|mutant| mutant.id).collect();
        for (id, why) in &refused {
            let way = self.ways.entry(*id).or_insert(Way::Once);
            let constant = why == "constant";
            *way = if *way == Way::Once && !constant && operators.contains(id) {
                Way::Twice
            } else {
                Way::Not(why.replace('\n', " "))
            };
        }
        Ok(refused.len())
    }

    /// Tests keep their assertions and checks of overflow, and run fast.
    fn cargo(&self, args: &[&str]) -> Result<(bool, Vec<Value>)> {
        let output = Command::new("cargo")
            .args(args)
            .args(["--locked", "--message-format=json", "--config", "profile.dev.opt-level=1"])
            .args(["--config", "profile.dev.debug=0", "--config", "profile.dev.incremental=false"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.build)
            .env("RUSTFLAGS", "--cap-lints=warn")
            .stderr(std::process::Stdio::inherit())
            .output()?;
        let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| line.starts_with(b"{"));
        Ok((output.status.success(), lines.map(serde_json::from_slice).collect::<Result<_, _>>()?))
    }
}

/// The place of a span, or of the macro call behind it, in a file of the project.
fn in_source(span: &Value) -> Option<(&str, LineColumn, LineColumn)> {
    let file = span["file_name"].as_str()?;
    if !file.starts_with("src/") || file == "src/mutant.rs" {
        return span["expansion"].get("span").and_then(in_source);
    }
    let place = |line: &str, column: &str| {
        Some(LineColumn { line: span[line].as_u64()? as usize, column: span[column].as_u64()? as usize - 1 })
    };
    Some((file, place("line_start", "column_start")?, place("line_end", "column_end")?))
}

fn rendered(messages: &[Value]) -> String {
    let errors = messages.iter().map(|message| &message["message"]).filter(|error| error["level"] == "error");
    errors.filter_map(|error| error["rendered"].as_str()).collect()
}

/// Leaves a file alone that is as it should be, so that Cargo does too.
fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("a file in a folder")?)?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

fn ways_as_text(ways: &HashMap<u32, Way>) -> HashMap<u32, &str> {
    let text = |way| match way {
        &Way::Once => None,
        Way::Twice => Some("twice"),
        Way::Not(why) => Some(why.as_str()),
    };
    ways.iter().filter_map(|(id, way)| Some((*id, text(way)?))).collect()
}

fn read_ways(path: &Path) -> Option<(u64, HashMap<u32, Way>)> {
    let (key, ways): (u64, HashMap<u32, String>) = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let way = |text: String| if text == "twice" { Way::Twice } else { Way::Not(text) };
    Some((key, ways.into_iter().map(|(id, text)| (id, way(text))).collect()))
}
