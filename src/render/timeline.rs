//! One issue over time: both sides in every meeting that spoke of it.

use super::picture::{HEADING, Place, frame, label, shortened};
use super::seats::{Division, KEY, TALL, seats};
use crate::error::{Error, Result, nearest};
use crate::lexicon::SizeTable;
use crate::model::Corpus;

const WIDE: f64 = 420.0;
const ROW: f64 = TALL + 18.0;
const LEFT: f64 = 96.0;

/// An issue in the meetings that took sides on it, one bar of seats each, in order of the days. What stands between
/// two meetings is not known: silence is no change of position.
///
/// # Errors
/// [`Error::Missing`] for an issue on which no member state took a side, with the nearest one.
pub fn timeline_svg(corpus: &Corpus, sizes: &SizeTable, issue: &str, place: Place) -> Result<String> {
    let all = Division::all(corpus, sizes);
    let divisions: Vec<&Division> = all.iter().filter(|division| division.issue == issue).collect();
    if divisions.is_empty() {
        let hint = nearest(issue, all.iter().map(|division| division.issue.as_str()));
        return Err(Error::Missing { what: "issue with a side", got: issue.to_owned(), hint });
    }
    let height = HEADING + ROW * divisions.len() as f64 + 8.0;
    let mut svg = frame((LEFT + WIDE + 260.0, height), place, &shortened(issue, 90), KEY);
    for (row, division) in divisions.into_iter().enumerate() {
        let y = HEADING + ROW * row as f64;
        let day = corpus.meeting(&division.meeting).and_then(|meeting| meeting.date_start);
        label(&mut svg, (0.0, y + 14.0), "b", &day.map_or_else(|| "no date".to_owned(), |day| day.to_string()));
        seats(&mut svg, division, (LEFT, y), WIDE);
        label(&mut svg, (LEFT + WIDE + 12.0, y + 9.0), "", &shortened(&division.meeting, 40));
        if let Some(verdict) = &division.stated {
            label(&mut svg, (LEFT + WIDE + 12.0, y + 23.0), "s", verdict);
        }
    }
    Ok(svg.finish())
}
