//! Who changed position between two sets of meetings.

use super::escape::{Markup, Px};
use super::picture::{HEADING, Place, bar, dot, frame, label, shortened, stroke};
use crate::compare::{Change, Shift};

/// The most rows a picture of shifts shows.
const MOST: usize = 60;
const ROW: f64 = 22.0;
const LEFT: f64 = 380.0;
const WIDE: f64 = 220.0;

/// One line per actor and issue from where it stood to where it stands, those that moved farthest first.
///
/// From the left end, certainly against, to the right end, certainly in favour; the ring is before, the dot
/// after. Only changes of position have a row: silence, new issues and what is not certain are counted in the heading.
pub fn shifts_svg(shifts: &[Shift], place: Place) -> String {
    let mut moved: Vec<&Shift> = shifts.iter().filter(|shift| is_move(shift.change)).collect();
    moved.sort_by(|a, b| step(b).total_cmp(&step(a)).then_with(|| (&a.issue, &a.actor).cmp(&(&b.issue, &b.actor))));
    let count = |change: Change| shifts.iter().filter(|shift| shift.change == change).count();
    let mut said = format!(
        "{} changes of position; {} unchanged, {} uncertain, {} fell silent, {} joined.",
        moved.len(),
        count(Change::Unchanged),
        count(Change::Uncertain),
        count(Change::FellSilent),
        count(Change::Joined)
    );
    if moved.len() > MOST {
        said.push_str(&format!(" The {MOST} largest are shown."));
        moved.truncate(MOST);
    }
    let bottom = HEADING + ROW * moved.len().max(1) as f64;
    let mut svg = frame((LEFT + WIDE + 130.0, bottom + 30.0), place, "Who changed position", &said);
    for (tick, words) in [(-1.0, "against"), (0.0, "neutral"), (1.0, "in favour")] {
        stroke(&mut svg, "l d", &format!("M{} {}V{}", Px(place_of(tick)), Px(HEADING), Px(bottom)));
        label(&mut svg, (place_of(tick), bottom + 16.0), "s m", words);
    }
    for (row, shift) in moved.into_iter().enumerate() {
        write_row(&mut svg, shift, HEADING + ROW * row as f64);
    }
    svg.finish()
}

fn is_move(change: Change) -> bool {
    matches!(change, Change::Moved | Change::ToNeutral | Change::FromNeutral | Change::Hardened | Change::Softened)
}

fn step(shift: &Shift) -> f64 {
    shift.before.zip(shift.after).map_or(0.0, |(before, after)| (after - before).abs())
}

fn place_of(value: f64) -> f64 {
    LEFT + WIDE * (value.clamp(-1.0, 1.0) + 1.0) / 2.0
}

fn write_row(svg: &mut Markup, shift: &Shift, top: f64) {
    let middle = top + ROW / 2.0;
    let words = shift.change.as_str().replace('_', " ");
    svg.open("g").attr("class", "cell").leaf("title", "", title(shift, &words));
    label(svg, (0.0, middle + 4.0), "b", &shortened(shift.actor.as_str(), 10));
    label(svg, (64.0, middle + 4.0), "", &shortened(&shift.issue, 50));
    if let (Some(before), Some(after)) = (shift.before, shift.after) {
        let (class, mark) = match after - before {
            step if step > 0.0 => ("gs", "g"),
            step if step < 0.0 => ("os", "o"),
            _ => ("us", "u"),
        };
        let line = format!("M{} {}H{}", Px(place_of(before)), Px(middle), Px(place_of(after)));
        svg.open("path").attr("class", class).attr("d", line).attr("stroke-width", "2.5").close();
        dot(svg, "k", (place_of(before), middle), 5.5);
        dot(svg, mark, (place_of(after), middle), 4.0);
    }
    label(svg, (LEFT + WIDE + 16.0, middle + 4.0), "s", &words);
    bar(svg, "z", (0.0, top + ROW - 1.0), (LEFT - 16.0, 0.5));
    svg.close();
}

/// The shift in words, with the quotes of both sides.
fn title(shift: &Shift, words: &str) -> String {
    let mut text = format!("{} on {}: {words}", shift.actor.as_str(), shift.issue);
    for (when, quotes) in [("before", &shift.quotes_before), ("after", &shift.quotes_after)] {
        for quote in quotes.iter().take(2) {
            text.push_str(&format!("\n{when}: \u{201c}{}\u{201d}", shortened(quote, 160)));
        }
    }
    text
}
