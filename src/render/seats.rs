//! Who is in favour and who against, as seats, against what a majority needs.

use std::collections::BTreeMap;

use super::describe::range;
use super::escape::{Markup, Px};
use super::picture::{HEADING, Place, bar, frame, label, shortened, stroke, width};
use crate::council::{MajorityRow, Rule, Verdict, majorities};
use crate::group::{Cell, Seat, cells};
use crate::lexicon::{PopulationTables, SizeTable};
use crate::model::{Corpus, Stance};

/// The fewest, expected and most members of one side.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Count {
    /// Certainly at least this many.
    pub lo: usize,
    /// Expected number.
    pub expected: f64,
    /// At most this many.
    pub hi: usize,
}

/// One issue in one meeting, with both sides and what they could decide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Division {
    /// The meeting's id.
    pub meeting: String,
    /// The issue.
    pub issue: String,
    /// Length of the roster.
    pub members: usize,
    /// Members in favour of the issue.
    pub support: Count,
    /// Members against it.
    pub oppose: Count,
    /// What the supporters could decide if only they are in favour, e.g. `possible, 0.41`.
    pub stated: Option<String>,
    /// What they could decide if the silent go along.
    pub assent: Option<String>,
}

impl Division {
    /// Every cell of a corpus on which member states take a side, in the order of the cells, with
    /// what each side could decide by qualified majority.
    pub fn all(corpus: &Corpus, sizes: &SizeTable) -> Vec<Division> {
        let rows = majorities(corpus, sizes, Rule::Qualified, &PopulationTables::standard());
        let mut verdicts: BTreeMap<(&str, &str), Vec<&MajorityRow>> = BTreeMap::new();
        for row in &rows {
            verdicts.entry((&row.meeting, &row.issue)).or_default().push(row);
        }
        let cells = cells(corpus, sizes).cells;
        let taken = cells.iter().filter(|cell| cell.support.hi + cell.oppose.hi > 0);
        taken
            .map(|cell| {
                let rows = verdicts.get(&(cell.meeting.as_str(), cell.issue.as_str())).map_or(&[][..], Vec::as_slice);
                let unknown = rows.iter().find_map(|row| row.reason.as_ref()).map(|why| format!("unknown, {why}"));
                let stated = reading(rows, |row| row.verdict.zip(row.probability)).or(unknown);
                let assent = reading(rows, |row| row.verdict_assent.zip(row.probability_assent));
                Division { stated, assent, ..Division::of(cell) }
            })
            .collect()
    }

    fn of(cell: &Cell) -> Division {
        let members = cell.roster.len();
        let expected =
            |seat| (0..members).filter_map(|at| cell.seating.class(at)).map(|c| cell.seating.chance(c, seat)).sum();
        Division {
            meeting: cell.meeting.clone(),
            issue: cell.issue.clone(),
            members,
            support: Count { lo: cell.support.lo, expected: expected(Seat::Support), hi: cell.support.hi },
            oppose: Count { lo: cell.oppose.lo, expected: expected(Seat::Oppose), hi: cell.oppose.hi },
            stated: None,
            assent: None,
        }
    }

    /// Sides and verdicts in one sentence.
    pub(crate) fn verdicts(&self) -> String {
        let mut text = self.words();
        for (reading, verdict) in [("as stated", &self.stated), ("if the silent go along", &self.assent)] {
            if let Some(verdict) = verdict {
                text.push_str(&format!(". A majority {reading}: {verdict}"));
            }
        }
        text
    }

    /// How many members a qualified majority needs at least: 55 %, rounded up.
    pub(crate) fn needed(&self) -> usize {
        (self.members * 55).div_ceil(100)
    }

    /// Both sides in words: for titles.
    pub(crate) fn words(&self) -> String {
        let side = |count: Count| match count.hi {
            0 => "none".to_owned(),
            _ => format!("{}, expected {:.1}", range((count.lo, count.hi)), count.expected),
        };
        format!("in favour {}; against {}; of {} members", side(self.support), side(self.oppose), self.members)
    }
}

/// The verdicts of the sides in one reading: `in favour possible, 0.26; against impossible`.
fn reading<F>(rows: &[&MajorityRow], verdict: F) -> Option<String>
where
    F: Fn(&MajorityRow) -> Option<(Verdict, f64)>,
{
    let sides = rows.iter().filter_map(|row| {
        let side = if row.side == Stance::Oppose { "against" } else { "in favour" };
        let (verdict, probability) = verdict(row)?;
        Some(match verdict {
            Verdict::Possible => format!("{side} possible, {probability:.2}"),
            settled => format!("{side} {}", settled.as_str()),
        })
    });
    let sides: Vec<String> = sides.collect();
    (!sides.is_empty()).then(|| sides.join("; "))
}

/// What the colours of [`seats`] mean.
pub(crate) const KEY: &str = "From the left in favour, from the right against. Full: certain; pale: possible; tick: expected; \
                              dashed: 55 % of the members.";

const LANE: f64 = 8.0;
/// The height of a bar of seats.
pub(crate) const TALL: f64 = 2.0 * LANE + 6.0;

/// Draws the seats of a division: supporters from the left in the upper lane, opponents from the
/// right in the lower. A majority of the stated needs the upper bar to reach the dashed line; one
/// by assent needs the lower bar not to cross it.
pub(crate) fn seats(svg: &mut Markup, division: &Division, at: (f64, f64), wide: f64) {
    let (x, y) = at;
    let seat = wide / division.members.max(1) as f64;
    let place = |count: f64| count.min(division.members as f64) * seat;
    svg.open("g").attr("class", "cell").leaf("title", "", format!("{}: {}", division.issue, division.words()));
    bar(svg, "f", (x, y + 3.0), (wide, 2.0 * LANE));
    let (support, oppose) = (division.support, division.oppose);
    bar(svg, "g q", (x, y + 3.0), (place(support.hi as f64), LANE));
    bar(svg, "g", (x, y + 3.0), (place(support.lo as f64), LANE));
    let from_right = |count: f64| x + wide - place(count);
    bar(svg, "o q", (from_right(oppose.hi as f64), y + 3.0 + LANE), (place(oppose.hi as f64), LANE));
    bar(svg, "o", (from_right(oppose.lo as f64), y + 3.0 + LANE), (place(oppose.lo as f64), LANE));
    if support.hi > 0 {
        stroke(svg, "k", &format!("M{} {}v{LANE}", Px(x + place(support.expected)), Px(y + 3.0)));
    }
    if oppose.hi > 0 {
        stroke(svg, "k", &format!("M{} {}v{LANE}", Px(from_right(oppose.expected)), Px(y + 3.0 + LANE)));
    }
    let needed = x + place(division.needed() as f64);
    stroke(svg, "k d", &format!("M{} {}v{}", Px(needed), Px(y), Px(TALL)));
    svg.close();
}

/// What each side could decide: one bar of seats per issue, as an SVG.
pub fn majorities_svg(divisions: &[Division], place: Place) -> String {
    const WIDE: f64 = 420.0;
    const ROW: f64 = 54.0;
    let height = HEADING + ROW * divisions.len() as f64 + 8.0;
    let verdicts = divisions.iter().flat_map(|division| [&division.stated, &division.assent]).flatten();
    let verdicts = verdicts.map(|verdict| width(verdict)).fold(0.0, f64::max);
    let size = (WIDE + 12.0 + width("if the silent go along: ") + verdicts, height);
    let mut svg = frame(size, place, "What each side could decide", KEY);
    for (row, division) in divisions.iter().enumerate() {
        let y = HEADING + ROW * row as f64;
        label(&mut svg, (0.0, y + 10.0), "", &shortened(&division.issue, 95));
        seats(&mut svg, division, (0.0, y + 15.0), WIDE);
        for (dy, reading, verdict) in
            [(24.0, "as stated", &division.stated), (38.0, "if the silent go along", &division.assent)]
        {
            if let Some(verdict) = verdict {
                label(&mut svg, (WIDE + 12.0, y + dy), "s", &format!("{reading}: {verdict}"));
            }
        }
    }
    svg.finish()
}
