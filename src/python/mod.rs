//! The Python module `standpunt._core`: thin wrappers, and the only files that name pyo3.

// The declarative module's macros make items without documentation.
#![allow(missing_docs, reason = "pyo3's macros generate undocumented items")]

mod agreement;
mod coding;
mod coefficients;
mod compare;
mod completions;
mod congruence;
mod corpus;
mod council;
mod declared;
mod documents;
mod error;
mod interrupt;
mod lexicon;
mod link;
mod pair_scores;
mod pool;
mod positions;
mod reports;
mod seeds;
mod table;
mod tallies;
mod ties;

use pyo3::prelude::*;

/// The Rust core of Standpunt; use the names of `standpunt` instead.
#[pymodule]
mod _core {
    #[pymodule_export]
    use super::agreement::AgreementCore;
    #[pymodule_export]
    use super::coding::{code, coders_table, compare_codings, statement_schema};
    #[pymodule_export]
    use super::coefficients::{
        alpha_of_bytes, alpha_of_numbers, cohesion_of_counts, consensus_of_counts, esteban_ray, group_consensus,
        policy_agreement, reliability_of_bytes, reliability_of_numbers,
    };
    #[pymodule_export]
    use super::compare::{ComparisonCore, against_votes, compare};
    #[pymodule_export]
    use super::completions::{open_alpha, open_camps, open_cohesion, open_congruence, sensitivity};
    #[pymodule_export]
    use super::congruence::{CongruenceCore, TwoModeCore};
    #[pymodule_export]
    use super::corpus::{CorpusCore, Sizes, read_statements};
    #[pymodule_export]
    use super::council::{Ballot, MajorityCore, majorities, majority, members, pivotal, power};
    #[pymodule_export]
    use super::documents::Documents;
    #[pymodule_export]
    use super::error::{provoke_internal_error, set_threads};
    #[pymodule_export]
    use super::lexicon::{Languages, check_lexicon};
    #[pymodule_export]
    use super::link::{about, draft_codebook, instruments, issues, match_labels, relink, topics};
    #[pymodule_export]
    use super::pair_scores::PairScoresCore;
    #[pymodule_export]
    use super::positions::PositionsCore;
    #[pymodule_export]
    use super::reports::ReportReader;
    #[pymodule_export]
    use super::table::{Table, read_csv};
    #[pymodule_export]
    use super::tallies::{AlphaTallyCore, CohesionTallyCore, PairTallyCore};
    #[pymodule_export]
    use super::ties::TiesCore;

    #[pymodule_export]
    const SEED_REPORT: &str = super::seeds::REPORT;
    #[pymodule_export]
    const SEED_REPORT_NAME: &str = super::seeds::REPORT_NAME;
    #[pymodule_export]
    const SEED_TABLE: &str = super::seeds::TABLE;
    #[pymodule_export]
    const STYLE: &str = crate::render::SHEET;
    #[pymodule_export]
    const __VERSION__: &str = env!("CARGO_PKG_VERSION");
}
