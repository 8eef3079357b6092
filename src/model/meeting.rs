//! One meeting of one body.

use jiff::civil::Date;

use super::{Actor, Roster};

/// One meeting of one body, as the head of its report gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Stable key: body and first day, e.g. `telecomraad-2025-03-04`.
    pub id: String,
    /// The body's name as printed, e.g. `informele Telecomraad`.
    pub body: Option<String>,
    /// First day.
    pub date_start: Option<Date>,
    /// Last day; the first day where there is one only.
    pub date_end: Option<Date>,
    /// Where it met.
    pub place: Option<String>,
    /// The member state holding the Presidency.
    pub presidency: Option<Actor>,
    /// The language of the report, as an ISO 639-1 code.
    pub language: Option<String>,
    /// The member state whose government wrote the report.
    pub reporting_state: Option<Actor>,
    /// Who was a member on the first day.
    pub roster: Roster,
}
