//! The words of each language, the sizes of groups and the populations, as data files.

mod sizes;

pub use sizes::SizeTable;
