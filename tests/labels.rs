//! Matching labels at size: time, memory and the same answers as a reference.

#![allow(clippy::print_stdout)] // measurements are for reading

use standpunt::link::match_labels;
use standpunt::stop::Stop;

/// The most memory that this process has held, in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// `STANDPUNT_LABELS=DIR cargo test --release --test labels -- --ignored --nocapture`
///
/// DIR holds `labels_a.txt` and `labels_b.txt`, one label a line, and may hold `top.txt`: for each
/// line of the first the place and the similarity that a reference found.
#[test]
#[ignore = "needs two lists of labels, in the directory that STANDPUNT_LABELS names"]
fn the_best_match_is_that_of_the_reference() {
    let dir = std::path::PathBuf::from(std::env::var("STANDPUNT_LABELS").expect("a directory"));
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap_or_default();
    let (a, b, top) = (read("labels_a.txt"), read("labels_b.txt"), read("top.txt"));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split('\n').collect(), b.split('\n').collect());
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let (before, start) = (peak(), std::time::Instant::now());
        let found = pool.install(|| match_labels(&a, &b, 1, &Stop::default()).unwrap());
        println!("{threads} threads: {:.2} s, {:.1} MB more", start.elapsed().as_secs_f64(), peak() - before);
        assert_eq!(found.len(), a.len());
        for (line, found) in top.lines().zip(&found) {
            let (place, similarity) = line.split_once(' ').unwrap();
            assert_eq!(found.right, place.parse::<usize>().unwrap(), "{}", a[found.left]);
            assert!((found.similarity - similarity.parse::<f64>().unwrap()).abs() < 1e-5);
        }
    }
}
