//! Report text to statements.
//!
//! ```text
//! text ─▶ clean ─▶ block ─▶ sentence ─▶ mention ─▶ clause ─▶ stance ─▶ statements
//!                  head                 memory ────┘          proposition
//! ```

mod block;
mod clause;
mod clean;
mod coder;
mod head;
mod list;
mod memory;
mod mention;
mod predicate;
mod proposition;
mod report;
mod sentence;
mod stance;
mod subject;

pub use clean::Clean;
pub use report::{Options, Reading, read_report};
