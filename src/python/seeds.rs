//! The seed corpus, compiled in so that an installed wheel holds it.

/// The report of the informal Telecom Council of 4 and 5 March 2025.
pub const REPORT: &str = include_str!("../../seeds/reports/verslag-informele-telecomraad-2025-03.txt");
/// Its name.
pub const REPORT_NAME: &str = "verslag-informele-telecomraad-2025-03";
/// The coded positions of three further Telecom Councils.
pub const TABLE: &str = include_str!("../../seeds/coded/telecom-councils.csv");
