//! Topics and issues of different sentences, speakers and meetings joined.
//!
//! Phrases are stemmed and compared by soft TF-IDF with Jaro–Winkler between words. The
//! crosswalk holds the result as rows to correct; a codebook takes precedence over similarity.

mod cluster;
mod codebook;
mod crosswalk;
mod draft;
mod heading;
mod instrument;
mod issue;
mod labels;
mod lookup;
mod meant;
mod names;
mod scale;
mod similarity;
mod topic;
mod words;

pub use codebook::{Codebook, CodebookIssue, CodebookTopic};
pub use crosswalk::{CrosswalkRow, TopicRow, assign, crosswalk, link, relink, retopic, topic_crosswalk};
pub use instrument::{Instrument, Instruments, KnownInstrument, about, instruments};
pub use issue::{LinkOptions, assign_issues};
pub use labels::{LabelMatch, match_labels};
pub use meant::{LIKE, Meant, meant};
pub use topic::topics;
pub use words::Language;
