//! What has to hold for any input. The fuzz targets look for one for which it does not; `tests/replay.rs`
//! tries again, without a fuzzer, all that were found.

mod coded;
mod displays;
mod documents;
mod lexicon;
mod reading;
mod scores;

/// Panics where it is broken.
type Promise = fn(&[u8]);

/// Each target with its promise.
pub const TARGETS: [(&str, Promise); 8] = [
    ("read_nl", |data| reading::holds(data, &["nl"])),
    ("read_en", |data| reading::holds(data, &["en"])),
    ("read_de_fr", |data| reading::holds(data, &["de", "fr"])),
    ("coded", coded::holds),
    ("documents", documents::holds),
    ("lexicon", lexicon::holds),
    ("scores", scores::holds),
    ("displays", displays::holds),
];

/// Panics where the promise of that target does not hold for `data`.
pub fn holds(target: &str, data: &[u8]) {
    let (_, promise) = TARGETS.iter().find(|(name, _)| *name == target).expect("the name of a target");
    promise(data);
}

/// The bytes as text; what is no text of them is replaced.
fn words(data: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(data)
}
